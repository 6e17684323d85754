"""Importing files: preview, commit, return to the company, undo, history. One file is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import CancelledError, FileRefusedError, LedgerError, UserError
from desktop_app.importing.bulk.sink import Sink
from desktop_app.importing.plan import FileKind, ImportContext, ImportOptions, ImportPlan, Issue
from desktop_app.models.values import BatchState, Severity, from_fixed, plain
from desktop_app.services import changes, context, profiles
from desktop_app.services.batch_list import list_batches as list_batches  # noqa: PLC0414 - handed on
from desktop_app.services.company_doubts import with_doubts
from desktop_app.services.faults import fault_issue, unstored_issue
from desktop_app.services.known import KnownVillages, former_villages, known_enterprises, known_outlets
from desktop_app.services.ledger import actor
from desktop_app.services.progress import Cancelled, Progress, Told, hundredths, never, quiet, stepwise, untold
from desktop_app.services.reading import LARGEST, check_readable
from desktop_app.services.results.imports import BatchRow, FilePreview, ImportResult, Outcome
from desktop_app.storage import (
    audit,
    batches,
    coverage,
    enterprises,
    late_records,
    observations,
    outlet_figures,
    outlets,
    registers,
    rules,
)
from desktop_app.storage.batches import NewBatch, StoredBatch
from desktop_app.storage.engine import Ledger
from desktop_app.storage.evidence import PackedFile, pack_file
from desktop_app.storage.history import LedgerHistory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


# ----------------------------------------------------------------------------------------------- planning


def plan_file(
    ledger: Ledger,
    path: Path,
    options: ImportOptions,
    progress: Told | None = None,
    cancelled: Cancelled | None = None,
    sink: Sink | None = None,
) -> ImportPlan:
    """Read one file against the ledger; nothing is stored, unless a ``sink`` takes villages ahead of the plan.

    :raises FileRefusedError: the file cannot be read.
    :raises CancelledError: the user has cancelled.
    """
    from desktop_app.importing.planner import plan_import

    check_readable(path, LARGEST)
    own = context.home(ledger)
    with ledger.read() as session:
        known = ImportContext(
            region=own.region,
            region_name=own.name,
            enterprises=known_enterprises(ledger),
            villages=KnownVillages(ledger),
            former=former_villages(ledger),
            history=LedgerHistory(session),
            profiles=profiles.list_profiles(ledger),
            outlets=known_outlets(ledger),
            today=datetime.now().astimezone().date(),
            catalogue=context.catalogue(ledger),
        )
        return plan_import(path, known, options, progress=progress, cancelled=cancelled, sink=sink)


def preview_files(
    ledger: Ledger,
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    progress: Progress = quiet,
    cancelled: Cancelled = never,
) -> tuple[FilePreview, ...]:
    """How each file would go in; nothing is stored. A file that cannot be read is told so, the others go on."""
    found = []
    for number, path in enumerate(paths):
        if cancelled():
            raise CancelledError
        progress(number, len(paths), path.name)
        told = hundredths(progress, 0, 100) if len(paths) == 1 else None
        found.append(preview_file(ledger, path, options or ImportOptions(), told, cancelled))
    progress(len(paths), len(paths), "")
    return tuple(found)


def preview_file(
    ledger: Ledger,
    path: Path,
    options: ImportOptions,
    progress: Told | None = None,
    cancelled: Cancelled | None = None,
) -> FilePreview:
    """How one file would go in; a fault of ours ends this file and no other, with a report.

    :raises CancelledError: the user has cancelled.
    """
    from desktop_app.importing.planner import UnrecognisedError

    digest = ""
    try:
        check_readable(path, LARGEST)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        with ledger.read() as session:
            stamp = context.stamp(session)
            same = batches.committed_with(session, digest)
        if same is not None:
            return _doubled(FilePreview(path, path.name, digest, Outcome.PREVIEW, "", None, ()), same)
        plan = plan_file(ledger, path, options, progress, cancelled)
        diff = changes.diff_of_plan(ledger, plan)
        plan = with_doubts(ledger, plan)
        if (twin := changes.same_content(diff, plan)) is not None:
            plan = replace(plan, issues=(*plan.issues, twin))
    except UnrecognisedError as error:
        return FilePreview(path, path.name, digest, Outcome.REFUSED, "认不出", error.plan, error.plan.issues)
    except LedgerError as error:
        # Not the file's fault: it is as good as before once the ledger can be used again.
        found = (unstored_issue(error),)
        return FilePreview(path, path.name, digest, Outcome.REFUSED, "没有核对", None, found, options=options)
    except UserError as error:
        kind = type(error) if isinstance(error, FileRefusedError) else FileRefusedError
        issue = Issue(Severity.ERROR, kind.code, error.message, error.hint, command=error.command)
        name = path.name or str(path.resolve())
        return FilePreview(path, name, digest, Outcome.REFUSED, kind.label, None, (issue,), options=options)
    except CancelledError:
        raise
    except Exception as error:  # noqa: BLE001 (a batch goes on behind a file that we cannot cope with)
        told = (fault_issue(error),)
        return FilePreview(path, path.name, digest, Outcome.REFUSED, "出错", None, told, options=options)
    outcome = Outcome.REFUSED if plan.errors else Outcome.PREVIEW
    sha256, label = plan.reading.sha256, _label(plan)
    return FilePreview(
        path, path.name, sha256, outcome, label, plan, plan.issues, diff=diff, options=options, stamp=stamp
    )


def _doubled(preview: FilePreview, same: StoredBatch) -> FilePreview:
    """The preview of a file that is in the ledger already."""
    issue = Issue(
        Severity.WARNING,
        "DUPLICATE_FILE",
        f"这个文件已在第 {same.id} 号批次导入（{same.file_name}）",
        "不必再导入；如要重来，先撤销该批次",
    )
    outcome = Outcome.DUPLICATE
    return replace(preview, outcome=outcome, label="重复", plan=None, issues=(issue,), duplicate_of=same.id)


def _label(plan: ImportPlan) -> str:
    if plan.errors:
        return f"有错 {len(plan.errors)}"
    if plan.questions:
        return f"待说明 {len(plan.questions)}"
    return "可入库"


# ----------------------------------------------------------------------------------------------- committing


def commit_previews(
    ledger: Ledger,
    previews: Sequence[FilePreview],
    reason: str = "",
    progress: Progress = quiet,
    cancelled: Cancelled = never,
) -> tuple[ImportResult, ...]:
    """Store every file that may be stored, each in its own transaction; the others keep their outcome.

    Files with warnings are stored only with a ``reason`` (说明). A file is checked against the ledger at the moment of
    storing: one that has come in meanwhile is a duplicate; when anything else was written since it was planned, it is
    planned again, and what is doubtful only now is refused, for the reason was not given for that. What prevents the
    storing of one file, a fault of ours among it, ends that file with nothing of it stored, and no other.

    :raises CancelledError: the user has cancelled; the files before it stay stored.
    """
    results = []
    for number, preview in enumerate(previews):
        if cancelled():
            raise CancelledError
        progress(number, len(previews), preview.file_name)
        told = hundredths(progress, 0, 100) if len(previews) == 1 else untold
        try:
            results.append(_commit(ledger, preview, reason, told, cancelled))
        except CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 (the files behind it go on; its own transaction is rolled back)
            results.append(not_stored(preview, error))
    progress(len(previews), len(previews), "")
    return tuple(results)


def not_stored(preview: FilePreview, error: Exception) -> ImportResult:
    """The result of a file that something has kept from being stored: first of its issues is what and why."""
    return result_of(replace(preview, issues=(unstored_issue(error), *preview.issues)), Outcome.REFUSED)


def _commit(ledger: Ledger, preview: FilePreview, reason: str, told: Told, cancelled: Cancelled) -> ImportResult:
    plan = preview.plan
    if plan is None or not preview.ready:
        return result_of(preview, preview.outcome)
    if plan.questions and not reason.strip():
        return result_of(preview, Outcome.REFUSED)
    with ledger.write() as session:
        if (same := batches.committed_with(session, preview.sha256)) is not None:
            return result_of(_doubled(preview, same), Outcome.DUPLICATE)
        if rules.version(session) != plan.rules_version:
            raise FileRefusedError("审核规则在核对之后又改了", hint="请重新核对这个文件", where=preview.file_name)
        if context.stamp(session) == preview.stamp:
            batch = _store(session, preview.path, plan, reason, told, cancelled)
            return result_of(preview, Outcome.COMMITTED, batch)
    # Another writer was faster. Reading takes seconds, so it is done outside of the write lock, and checked anew.
    fresh = _planned_again(ledger, preview, cancelled)
    return _commit(ledger, fresh, reason, told, cancelled)


def _planned_again(ledger: Ledger, preview: FilePreview, cancelled: Cancelled) -> FilePreview:
    """The file as it stands against the ledger now; refused when something is doubtful that was not before."""
    fresh = preview_file(ledger, preview.path, preview.options, None, cancelled)
    if fresh.plan is not None and fresh.sha256 != preview.sha256:
        raise _changed(preview.path)
    seen = {(issue.code, issue.message) for issue in preview.issues}
    if fresh.ready and any((issue.code, issue.message) not in seen for issue in fresh.issues):
        return replace(fresh, outcome=Outcome.REFUSED)
    return fresh


def _store(session: Session, path: Path, plan: ImportPlan, reason: str, told: Told, cancelled: Cancelled) -> int | None:
    """Batch, figures, registers and audit event of one file; returns the batch."""
    reason = "；".join(part for part in (reason.strip(), repair_words(plan)) if part)
    if plan.kind is FileKind.REGISTRY:
        from desktop_app.services.registers import store_registry

        return store_registry(session, path, plan, None, told, cancelled).batch
    learned = profiles.learn(session, plan)
    new = replace(batch_of(path, plan, reason=reason), profile=learned or None)
    batch = batches.add_batch(session, new, plan.issues)
    observations.insert_observations(session, plan.observations, batch_id=batch, status=plan.status, reason=reason)
    outlet_figures.insert_figures(session, plan.outlet_figures, batch_id=batch)
    step = stepwise(told, cancelled, "条记录")
    if coverage.insert_coverage(session, plan.coverage, batch_id=batch, told=step):
        late_records.hand_on(session, {record.village_code for record in plan.coverage}, batch)
    if plan.enterprises:
        enterprises.upsert_enterprises(session, plan.enterprises, batch_id=batch)
    if plan.outlets:
        outlets.upsert_outlets(session, plan.outlets, batch_id=batch)
    detail = {"batch": batch, "sha256": plan.reading.sha256, "accepted": plan.counts.accepted, "reason": reason}
    audit.append(session, actor(), "导入", plan.reading.file_name, detail)
    if plan.repairs:
        cells = [f"第{cell.row}行第{cell.column + 1}列按{cell.unit}读" for cell in plan.repairs]
        repaired = {"batch": batch, "sha256": plan.reading.sha256, "reason": plan.repair_reason, "cells": cells}
        audit.append(session, actor(), "单位改读", plan.reading.file_name, repaired)
    return batch


def repair_words(plan: ImportPlan) -> str:
    """The accepted unit repairs as they stand in the batch's reason; empty for none."""
    if not plan.repairs:
        return ""
    units = "、".join(dict.fromkeys(cell.unit for cell in plan.repairs))
    return f"单位改读 {len(plan.repairs)} 格（{units}）：{plan.repair_reason}"


def batch_of(path: Path, plan: ImportPlan, *, reason: str, packed: PackedFile | None = None) -> NewBatch:
    """The batch that storing a plan makes; reads the file again (unless it is packed) and refuses if it has changed.

    :raises FileRefusedError: the file on disk is no longer the one that was checked.
    """
    content = pack_file(path) if packed is None else packed
    if content.sha256 != plan.reading.sha256:
        raise _changed(path)
    return NewBatch(
        file_name=plan.reading.file_name,
        content=content,
        kind=plan.kind.value,
        region_code=plan.region,
        status=plan.status,
        month=plan.month,
        enterprise_id=plan.enterprise_id,
        reason=reason,
        encoding=plan.reading.encoding,
        sheet=plan.reading.sheet,
        rows_read=plan.counts.read,
        rows_accepted=plan.counts.accepted,
        rows_rejected=plan.counts.rejected,
        rows_skipped=plan.counts.skipped,
        # Registers bring no figures; what their control totals count is in the register, not in the batch.
        totals={} if plan.kind.is_register else plan.totals,
        created_by=actor(),
    )


def _changed(path: Path) -> FileRefusedError:
    return FileRefusedError("文件在核对之后又被改动", hint="请重新放入这个文件", where=path.name)


def result_of(preview: FilePreview, outcome: Outcome, batch: int | None = None) -> ImportResult:
    """The outcome as the command line prints it."""
    plan = preview.plan
    counts = plan.counts if plan else None
    return ImportResult(
        file=preview.file_name,
        sha256=preview.sha256,
        outcome=outcome,
        batch=batch if batch is not None else preview.duplicate_of,
        kind=plan.kind.value if plan else FileKind.UNKNOWN.value,
        company=plan.enterprise_name if plan else "",
        period=str(plan.month) if plan and plan.month else "",
        read=counts.read if counts else 0,
        accepted=counts.accepted if counts else 0,
        rejected=counts.rejected if counts else 0,
        skipped=counts.skipped if counts else 0,
        totals=totals_text(plan) if plan else {},
        issues=preview.issues,
        repairable=plan is not None and bool(plan.proposals),
        diff=preview.diff,
        notes=plan.notes if plan else (),
    )


COUNT_TOTALS = frozenset({"VILLAGES", "RECORDS", "OUTLETS"})
"""Control totals that are plain counts, not fixed-point amounts."""


def totals_text(plan: ImportPlan) -> dict[str, str]:
    """Control totals as exact text in base units."""
    return {
        code: str(total) if code in COUNT_TOTALS else plain(from_fixed(total)) for code, total in plan.totals.items()
    }


# ----------------------------------------------------------------------------------------------- return, undo


def return_file(ledger: Ledger, preview: FilePreview, reason: str) -> int:
    """Send a file back to its company (退回): kept as evidence, none of its figures counts. Returns the batch.

    :raises UserError: no reason given, or the file does not say whose and which month's it is.
    """
    plan = preview.plan
    if not reason.strip():
        raise UserError("退回要写明原因", hint="例如：分项之和不等于合计，请核对后重报")
    if plan is None or plan.enterprise_id is None or plan.month is None:
        raise UserError(
            "认不出这是哪家企业哪个月的表，不能登记退回", hint="请先确认企业和月份", where=preview.file_name
        )
    with ledger.write() as session:
        batch = batches.add_batch(session, batch_of(preview.path, plan, reason=reason), plan.issues)
        batches.mark_returned(session, batch, reason)
        audit.append(session, actor(), "退回", preview.file_name, {"batch": batch, "reason": reason})
    return batch


def undo_batch(ledger: Ledger, batch_id: int, reason: str = "") -> BatchRow:
    """Take a whole import back, even weeks later; earlier versions count again.

    :raises LedgerError: there is no such batch, or it is undone already.
    """
    with ledger.write() as session:
        before = batches.get_batch(session, batch_id)
        if before.state is not BatchState.UNDONE:
            registers.revert(session, batch_id)
            if before.kind == FileKind.REGISTRY.value:
                from desktop_app.services.registers import forget_name

                forget_name(session, batch_id)
        batches.mark_undone(session, batch_id, reason)
        coverage.forget_brands(session, batch_id)
        if before.profile and before.state is BatchState.COMMITTED:
            profiles.forget(session, before.profile)
        audit.append(session, actor(), "撤销导入", before.file_name, {"batch": batch_id, "reason": reason})
    return next(row for row in list_batches(ledger) if row.id == batch_id)
