"""One function per command: call a service, print its result, return the exit status.

Services are imported inside, so that ``--help`` is instant and no command but ``gui`` loads Qt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.errors import CancelledError
from desktop_app.models.values import Period

if TYPE_CHECKING:
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.results.imports import ImportOptions, ImportResult

Arguments = argparse.Namespace
Command = Callable[[Arguments], int]


class CommandAdder(Protocol):
    """Adds a command to the grammar and returns its parser."""

    def __call__(self, name: str, run: Command, text: str) -> argparse.ArgumentParser:
        """``text`` is the help of the command."""
        ...


def _note(text: str) -> None:
    print(text, file=sys.stderr)


# ----------------------------------------------------------------------------------------------- ledger


def init(arguments: Arguments) -> int:
    """``init``: create or upgrade a ledger, with ``--sample`` filled with the demo county."""
    from desktop_app.services import ledger as service
    from desktop_app.services import sample

    if arguments.sample:
        ledger, files = sample.make_sample(arguments.db, arguments.region, arguments.name, _progress)
        _note(f"已装入示例数据：{files} 个文件。")
    else:
        ledger = service.create(arguments.db, arguments.region, arguments.name)
    with closing(ledger):
        info = service.info(ledger)
        if level := service.upper_level(ledger):
            _note(f"提示：{info.region_code} 是{level}代码，建的是{level}台账；县级台账请用 6 位代码，例如 220281。")
    place = info.region_code if info.region_name == info.region_code else f"{info.region_name}（{info.region_code}）"
    emit(
        arguments,
        {"db": info.path, "schema": info.schema, "region": info.region_code},
        f"台账 {info.path}，地区 {place}，结构 {info.schema}。",
    )
    return 0


def _progress(done: int, total: int, what: str) -> None:
    if what and sys.stderr.isatty():
        print(f"\r{done + 1}/{total} {what}", end="\x1b[K", file=sys.stderr, flush=True)


def backup(arguments: Arguments) -> int:
    """``backup``."""
    from desktop_app.services.maintenance import make_backup

    with closing(opened(arguments)) as ledger:
        made = make_backup(ledger, arguments.folder)
    emit(
        arguments,
        {"file": str(made.path), "sha256": made.sha256, "verified": made.verified, "rows": made.rows},
        f"已备份到 {made.path}，校验通过，共 {sum(made.rows.values())} 行。",
    )
    return 0


def restore(arguments: Arguments) -> int:
    """``restore``."""
    from desktop_app.services.maintenance import restore_backup

    kept = restore_backup(arguments.file, arguments.db)
    words = f"原台账另存为 {kept.path}。" if kept else ""
    emit(arguments, {"restored": str(arguments.file), "replaced": str(kept.path) if kept else None}, f"已恢复。{words}")
    return 0


def check(arguments: Arguments) -> int:
    """``check``: status 1 when anything is wrong."""
    from desktop_app.services.maintenance import check as run_checks

    with closing(opened(arguments)) as ledger:
        results = run_checks(ledger)
    rows = [{"name": r.name, "ok": r.ok, "detail": r.detail} for r in results]
    sound = all(r.ok for r in results)
    lines = [f"{'✓' if r.ok else '✗'} {r.name}：{r.detail}" for r in results]
    emit(arguments, {"ok": sound, "checks": rows}, "\n".join(lines))
    return 0 if sound else 1


def self_test(arguments: Arguments) -> int:
    """``self-test``: status 1 when a step fails."""
    from desktop_app.services.selftest import run_self_test

    steps = run_self_test()
    rows = [{"step": s.name, "ok": s.ok, "detail": s.detail, "seconds": str(s.seconds)} for s in steps]
    lines = [f"{'✓' if s.ok else '✗'} {s.name}：{s.detail}（{s.seconds} 秒）" for s in steps]
    emit(arguments, {"steps": rows}, "\n".join(lines))
    return 0 if all(s.ok for s in steps) else 1


# ----------------------------------------------------------------------------------------------- registers


def regions_import(arguments: Arguments) -> int:
    """``regions import``."""
    from desktop_app.services.packing import packed_ahead

    with packed_ahead(arguments.file) as packing:
        from desktop_app.services.registers import import_regions

        with closing(opened(arguments)) as ledger:
            done = import_regions(ledger, arguments.file, month=arguments.month, packing=packing)
    if done.closed:
        _note(
            f"停用的 {done.closed} 个村，进村记录没有接到别的村。其中有迁移、合并、更名换代码的，"
            f"请撤销这一批（bureau-ledger undo {done.batch}），到窗口的“快递进村”→“登记”→“核对新名录”里逐条确认。"
        )
    emit(
        arguments,
        {
            "read": done.read,
            "added": done.added,
            "changed": done.changed,
            "closed": done.closed,
            "refused": done.refused,
            "villages": done.villages,
            "units": done.units,
            "batch": done.batch,
        },
        f"名录：读 {done.read} 行，村级单位 {done.units} 个，其中建制村 {done.villages} 个；"
        f"新增 {done.added}，变更 {done.changed}，停用 {done.closed}。",
    )
    return 0


def enterprises_import(arguments: Arguments) -> int:
    """``enterprises import``."""
    from desktop_app.services.registers import import_enterprises

    with closing(opened(arguments)) as ledger:
        done = import_enterprises(ledger, arguments.file, arguments.accept_warnings)
    emit(
        arguments,
        {"added": done.added, "changed": done.changed, "unchanged": done.unchanged},
        f"企业名录：新增 {done.added} 家，变更 {done.changed} 家，未变 {done.unchanged} 家。",
    )
    return 0


def enterprises_list(arguments: Arguments) -> int:
    """``enterprises list``."""
    from desktop_app.services.registers import list_enterprises

    with closing(opened(arguments)) as ledger:
        found = list_enterprises(ledger)
    rows = [
        {
            "id": e.id,
            "name": e.name,
            "short_name": e.short_name,
            "brand": e.brand,
            "uscc": e.uscc,
            "licence_no": e.licence_no,
            "kind": e.kind,
            "aliases": list(e.aliases),
            "opened": str(e.opened) if e.opened else None,
            "closed": str(e.closed) if e.closed else None,
        }
        for e in found
    ]
    emit(
        arguments,
        rows,
        table(["企业", "简称", "品牌", "信用代码"], [[e.name, e.short_name, e.brand, e.uscc] for e in found]),
    )
    return 0


def outlets_list(arguments: Arguments) -> int:
    """``outlets list``."""
    from dataclasses import asdict

    from desktop_app.services.registers import list_outlets

    with closing(opened(arguments)) as ledger:
        rows = list_outlets(ledger, arguments.company, arguments.kind or "")
    heads = ["网点", "类型", "企业", "备案编号", "乡镇", "村", "绿色", "回收装置", "标准化"]
    cells = [
        [r.name, r.kind, r.company, r.filing_no, r.town, r.village, r.green, r.recycling, r.standardised] for r in rows
    ]
    emit(arguments, [asdict(row) for row in rows], table(heads, cells))
    return 0


# ----------------------------------------------------------------------------------------------- files in


def inspect(arguments: Arguments) -> int:
    """``inspect``."""
    from desktop_app.cli import shapes
    from desktop_app.services.reading import inspect_path, write_table

    reading = inspect_path(arguments.file, arguments.sheet, arguments.join, arguments.encoding, arguments.password)
    if arguments.csv:
        write_table(reading, arguments.csv, arguments.file)
        _note(f"表已写到 {arguments.csv}")
    emit(arguments, shapes.reading(reading), shapes.reading_text(reading))
    return 0


def import_files(arguments: Arguments) -> int:
    """``import``: status 1 when any file was refused; the others are stored all the same."""
    from desktop_app.cli import shapes
    from desktop_app.services.results.imports import ImportOptions, Outcome

    options = ImportOptions(
        company=arguments.company,
        month=arguments.period,
        region=arguments.region,
        status=arguments.status,
        sheet=arguments.sheet,
        password=arguments.password,
        encoding=arguments.encoding,
        profile=arguments.profile,
        meanings=tuple(arguments.column),
    )
    with closing(opened(arguments)) as ledger:
        results = [_import_one(ledger, file, options, arguments) for file in arguments.files]
    emit(arguments, [shapes.import_result(result) for result in results], "")
    for result in results:
        _note(shapes.import_text(result))
    if len(results) > 1:
        _note(shapes.import_summary(results, dry_run=arguments.dry_run))
    return 1 if any(result.outcome is Outcome.REFUSED for result in results) else 0


def _import_one(ledger: Ledger, file: Path, options: ImportOptions, arguments: Arguments) -> ImportResult:
    """One file of several: whatever keeps it from being stored ends this file and no other."""
    from desktop_app.services import imports, reasons
    from desktop_app.services.repairs import accept_repairs

    preview = imports.preview_file(ledger, file, options)
    try:
        if arguments.accept_repairs and preview.plan is not None and preview.plan.proposals:
            preview = accept_repairs(ledger, preview, arguments.accept_repairs, options=options)
        earlier = reasons.earlier(ledger, preview)
    except CancelledError:
        raise
    except Exception as error:  # noqa: BLE001 (a batch goes on behind a file that we cannot cope with)
        return imports.not_stored(preview, error)
    if arguments.dry_run:
        done = imports.result_of(preview, preview.outcome)
    else:
        (done,) = imports.commit_previews(ledger, [preview], arguments.accept_warnings)
    return replace(done, earlier_reasons=earlier)


def undo(arguments: Arguments) -> int:
    """``undo``; with ``--dry-run`` what it would change, and status 1 when it cannot be done."""
    from desktop_app.cli import differences
    from desktop_app.services.dependants import dependants
    from desktop_app.services.imports import undo_batch

    if arguments.dry_run:
        return _would_undo(arguments)
    with closing(opened(arguments)) as ledger:
        found = dependants(ledger, arguments.batch)
        row = undo_batch(ledger, arguments.batch, arguments.reason)
    emit(
        arguments,
        {"batch": row.id, "file": row.file_name, "state": row.state},
        differences.undone_text(found),
    )
    return 0


def _would_undo(arguments: Arguments) -> int:
    from desktop_app.cli import differences
    from desktop_app.services.dependants import dependants

    with closing(opened(arguments)) as ledger:
        found = dependants(ledger, arguments.batch)
    emit(arguments, differences.dependants(found), differences.dependants_text(found))
    return 1 if found.refused else 0


def batches(arguments: Arguments) -> int:
    """``batches``."""
    from desktop_app.cli import shapes
    from desktop_app.services.imports import list_batches

    with closing(opened(arguments)) as ledger:
        rows = list_batches(ledger)
    heads = ["批次", "文件", "种类", "企业", "月份", "状态", "入库行", "时间"]
    cells = [
        [str(r.id), r.file_name, r.kind_label, r.company, r.period, r.state_label, str(r.accepted), r.created_at]
        for r in rows
    ]
    emit(arguments, [shapes.batch(row) for row in rows], table(heads, cells))
    return 0


# ----------------------------------------------------------------------------------------------- printing, window


def report(arguments: Arguments) -> int:
    """``report``."""
    from desktop_app.services.reports import make_report

    period: Period = arguments.period
    ending = arguments.output.suffix.lower().lstrip(".")
    fmt = arguments.format or (ending if ending in {"docx", "xlsx"} else "pdf")
    with closing(opened(arguments)) as ledger:
        made = make_report(ledger, arguments.kind, period, fmt, arguments.edition, arguments.output)
    for glyph in made.missing_glyphs:
        _note(f"没有字体能印出“{glyph}”，已用〓代替。")
    emit(
        arguments,
        {
            "file": str(made.file),
            "pages": made.pages,
            "figures": made.figures,
            "missing_glyphs": list(made.missing_glyphs),
        },
        f"已写到 {made.file}，{made.pages} 页，{made.figures} 个数。",
    )
    return 0


def gui(arguments: Arguments) -> int:
    """``gui``: the window; the only command that loads Qt."""
    from desktop_app.views.app import run

    return run(str(Path(arguments.db)) if "://" not in arguments.db else arguments.db)
