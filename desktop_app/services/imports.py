"""Importing files: preview, commit, return to the company, undo, history. One file is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop_app.errors import CancelledError, FileRefusedError, UserError
from desktop_app.importing.plan import (
    FileKind,
    ImportContext,
    ImportOptions,
    ImportPlan,
    Issue,
    Reading,
)
from desktop_app.models.values import BatchState, Severity, from_fixed, plain
from desktop_app.services import context, profiles
from desktop_app.services.known import KnownVillages, known_enterprises
from desktop_app.services.ledger import actor
from desktop_app.services.progress import Cancelled, Progress, Told, hundredths, never, quiet, stepwise, untold
from desktop_app.services.results.imports import BatchRow, FilePreview, ImportResult, Outcome
from desktop_app.storage import audit, batches, coverage, enterprises, observations, registers
from desktop_app.storage.batches import NewBatch, StoredBatch
from desktop_app.storage.engine import Ledger
from desktop_app.storage.evidence import PackedFile, pack_file
from desktop_app.storage.history import LedgerHistory

MAX_BYTES = 1024 * 1024 * 1024
"""Larger files are no tables of a bureau. What cannot be read in pieces has a limit of its own."""


# ----------------------------------------------------------------------------------------------- reading


def inspect_path(path: Path, sheet: str | None = None, join: str = "/", encoding: str | None = None) -> Reading:
    """How a file is read; needs no ledger and decides nothing. An empty file reads as an empty table.

    :param encoding: of a text file, where the user knows better.
    :raises FileRefusedError: the file cannot be read.
    """
    from desktop_app.importing.normalise import empty_reading
    from desktop_app.importing.planner import inspect_file
    from desktop_app.importing.readers import EmptyFileError

    _check_readable(path)
    try:
        return inspect_file(path, ImportOptions(sheet=sheet, join=join, encoding=encoding))
    except EmptyFileError:
        return empty_reading(path)


def write_table(reading: Reading, out: Path) -> None:
    """The table of a reading as RFC 4180 UTF-8 CSV: head and data rows, cells as text, unchanged in content.

    :raises UserError: the place cannot be written.
    """
    from desktop_app.importing.normalise import write_normalised_csv

    try:
        write_normalised_csv(reading, out)
    except OSError as error:
        raise UserError("写不出这个文件", hint="请检查文件夹和写入权限", where=str(out)) from error


# ----------------------------------------------------------------------------------------------- planning


def plan_file(
    ledger: Ledger,
    path: Path,
    options: ImportOptions,
    progress: Told | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """Read one file against the ledger; nothing is stored.

    :raises FileRefusedError: the file cannot be read.
    :raises CancelledError: the user has cancelled.
    """
    from desktop_app.importing.planner import plan_import

    _check_readable(path)
    own = context.home(ledger)
    with ledger.read() as session:
        known = ImportContext(
            region=own.region,
            region_name=own.name,
            enterprises=known_enterprises(ledger),
            villages=KnownVillages(ledger),
            history=LedgerHistory(session),
            profiles=profiles.list_profiles(ledger),
            today=datetime.now().astimezone().date(),
        )
        return plan_import(path, known, options, progress=progress, cancelled=cancelled)


def _check_readable(path: Path) -> None:
    if not path.exists():
        raise FileRefusedError("找不到这个文件", hint="请检查路径和文件名", where=str(path))
    if path.is_dir():
        raise FileRefusedError("这是文件夹，不是文件", hint="请选其中的文件", where=str(path))
    try:
        size = path.stat().st_size
        with path.open("rb") as handle:
            handle.read(1)
    except OSError as error:
        raise FileRefusedError("文件打不开", hint="请先在 WPS 中关闭它，或检查读取权限", where=path.name) from error
    if size > MAX_BYTES:
        raise FileRefusedError(f"文件太大（{size // 1024 // 1024} MB）", hint="请确认是不是放错了文件", where=path.name)


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
    """How one file would go in.

    :raises CancelledError: the user has cancelled.
    """
    digest = ""
    try:
        _check_readable(path)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        with ledger.read() as session:
            same = batches.committed_with(session, digest)
        if same is not None:
            return FilePreview(path, path.name, digest, Outcome.DUPLICATE, "重复", None, (_duplicate(same),), same.id)
        plan = plan_file(ledger, path, options, progress, cancelled)
    except UserError as error:
        issue = Issue(Severity.ERROR, "UNREADABLE", error.message, error.hint)
        return FilePreview(path, path.name, digest, Outcome.REFUSED, "不读", None, (issue,))
    outcome = Outcome.REFUSED if plan.errors else Outcome.PREVIEW
    return FilePreview(path, path.name, plan.reading.sha256, outcome, _label(plan), plan, plan.issues)


def _duplicate(same: StoredBatch) -> Issue:
    return Issue(
        Severity.WARNING,
        "DUPLICATE_FILE",
        f"这个文件已在第 {same.id} 号批次导入（{same.file_name}）",
        "不必再导入；如要重来，先撤销该批次",
    )


def _label(plan: ImportPlan) -> str:
    if plan.errors:
        return f"有错 {len(plan.errors)}"
    if plan.warnings:
        return f"待说明 {len(plan.warnings)}"
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

    Files with warnings are stored only with a ``reason`` (说明). Each file is planned again at the moment of storing,
    so that what an earlier file of the same list changed is seen.
    """
    results = []
    for number, preview in enumerate(previews):
        if cancelled():
            raise CancelledError
        progress(number, len(previews), preview.file_name)
        told = hundredths(progress, 0, 100) if len(previews) == 1 else untold
        results.append(_commit(ledger, preview, reason, told, cancelled))
    progress(len(previews), len(previews), "")
    return tuple(results)


def _commit(ledger: Ledger, preview: FilePreview, reason: str, told: Told, cancelled: Cancelled) -> ImportResult:
    plan = preview.plan
    if plan is None or not preview.ready:
        return result_of(preview, preview.outcome)
    if plan.warnings and not reason.strip():
        return result_of(preview, Outcome.REFUSED)
    if plan.kind is FileKind.REGISTRY:
        from desktop_app.services.registers import commit_registry

        return result_of(
            preview, Outcome.COMMITTED, commit_registry(ledger, preview.path, plan, None, told, cancelled).batch
        )
    with ledger.write() as session:
        learned = profiles.learn(session, plan)
        new = replace(batch_of(preview.path, plan, reason=reason), profile=learned or None)
        batch = batches.add_batch(session, new, plan.issues)
        observations.insert_observations(session, plan.observations, batch_id=batch, status=plan.status, reason=reason)
        step = stepwise(told, cancelled, "条记录")
        coverage.insert_coverage(session, plan.coverage, batch_id=batch, told=step)
        if plan.enterprises:
            enterprises.upsert_enterprises(session, plan.enterprises, batch_id=batch)
        detail = {"batch": batch, "sha256": plan.reading.sha256, "accepted": plan.counts.accepted, "reason": reason}
        audit.append(session, actor(), "导入", preview.file_name, detail)
    return result_of(preview, Outcome.COMMITTED, batch)


def batch_of(path: Path, plan: ImportPlan, *, reason: str, packed: PackedFile | None = None) -> NewBatch:
    """The batch that storing a plan makes; reads the file again (unless it is packed) and refuses if it has changed.

    :raises FileRefusedError: the file on disk is no longer the one that was checked.
    """
    content = pack_file(path) if packed is None else packed
    if content.sha256 != plan.reading.sha256:
        raise FileRefusedError("文件在核对之后又被改动", hint="请重新放入这个文件", where=path.name)
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
        totals=plan.totals,
        created_by=actor(),
    )


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
    )


COUNT_TOTALS = frozenset({"VILLAGES", "RECORDS"})
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
        batches.mark_undone(session, batch_id, reason)
        if before.profile and before.state is BatchState.COMMITTED:
            profiles.forget(session, before.profile)
        audit.append(session, actor(), "撤销导入", before.file_name, {"batch": batch_id, "reason": reason})
    return next(row for row in list_batches(ledger) if row.id == batch_id)


STATE_LABELS = {BatchState.COMMITTED: "已入库", BatchState.UNDONE: "已撤销", BatchState.RETURNED: "已退回"}


def list_batches(ledger: Ledger) -> tuple[BatchRow, ...]:
    """The history of imports, newest first."""
    names = {member.id: member.name for member in context.members(ledger)}
    with ledger.read() as session:
        stored = batches.list_batches(session)
    return tuple(_batch_row(batch, names) for batch in stored)


def _batch_row(batch: StoredBatch, names: dict[int, str]) -> BatchRow:
    kind = FileKind(batch.kind)
    return BatchRow(
        id=batch.id,
        file_name=batch.file_name,
        sha256=batch.sha256,
        kind=kind.value,
        kind_label=kind.label,
        company=names.get(batch.enterprise_id, "") if batch.enterprise_id is not None else "",
        period=str(batch.month) if batch.month else "",
        state=batch.state.value,
        state_label=STATE_LABELS[batch.state],
        created_at=f"{batch.created_at.astimezone():%Y-%m-%d %H:%M}",
        created_by=batch.created_by,
        accepted=batch.rows_accepted,
        rejected=batch.rows_rejected,
        skipped=batch.rows_skipped,
        reason=batch.undone_reason if batch.state is BatchState.UNDONE else batch.reason,
        totals_text=f"{len(batch.totals)} 项控制数" if batch.totals else "",
    )
