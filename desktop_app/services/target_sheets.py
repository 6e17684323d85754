"""Targets by table (由表格导入目标): what a file holds against the register, storing it, taking it back; exporting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.catalogue.targets import Measure, Target
from desktop_app.errors import UserError
from desktop_app.models.values import region_code
from desktop_app.services import context, targets
from desktop_app.services.ledger import actor
from desktop_app.services.reading import check_readable
from desktop_app.services.results.target_sheets import RowProblem, SheetChange, SheetRow, TargetSheet, TargetsTaken
from desktop_app.services.results.targets import TargetEntry
from desktop_app.storage import audit
from desktop_app.storage import targets as stored
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.importing.target_table import SheetTarget

_Key = tuple[object, ...]


def preview_sheet(ledger: Ledger, path: Path, document: str, year: int) -> TargetSheet:
    """What importing this table would do; stores nothing.

    :param document: name of the document where the file names none.
    :param year: year for rows without a date.
    :raises FileRefusedError: the file cannot be read or holds no list of targets.
    """
    from desktop_app.importing.target_table import read_target_table

    check_readable(path)
    table = read_target_table(path, document.strip(), year)
    known = {_key(each): each for each in targets.register(ledger)}
    met: dict[_Key, tuple[Target, int]] = {}
    rows: list[SheetRow] = []
    problems = list(table.problems)
    for read in table.targets:
        try:
            entry = _entry(read)
            target = targets.as_target(ledger, entry)
            entry = replace(entry, name=target.name)
            earlier = met.setdefault(_key(target), (target, read.row))
            _refuse_twice(earlier, target)
            rows.append(_compared(read, entry, target, known.get(_key(target))))
        except UserError as error:
            said = f"{read.document}｜{read.clause}｜{read.name}"
            reason = error.message + (f"：{error.hint}" if error.hint else "")
            problems.append(RowProblem(read.sheet, read.row, said, reason))
    problems.sort(key=lambda each: (each.sheet, each.row))
    return TargetSheet(table.file_name, tuple(rows), tuple(problems))


def _refuse_twice(earlier: tuple[Target, int], target: Target) -> None:
    """A target that stands twice in one file is taken once; two wordings of one are for the clerk to settle."""
    first, row = earlier
    if first is not target:
        raise UserError(f"与第 {row} 行{'重复' if _says(first) == _says(target) else '是同一条，但写得不一样'}")


def _entry(read: SheetTarget) -> TargetEntry:
    try:
        region = region_code(read.region) if read.region else ""
    except ValueError as error:
        raise UserError(str(error)) from None
    return TargetEntry(
        document=read.document,
        indicator=read.indicator,
        value=read.value,
        unit=read.unit,
        due=read.due,
        measure=read.measure.value,
        comparator=read.comparator.value,
        clause=read.clause,
        name=read.name,
        text=read.text,
        scope=read.scope,
        region=region,
        base_month=read.base_month,
        base_value=read.base_value,
    )


def _key(target: Target) -> _Key:
    """What makes two rows the same target: document, clause, indicator or words, what of it, whose, until when."""
    return (
        target.document,
        target.clause,
        target.indicator or "".join(target.text.split()),
        target.measure,
        target.scope,
        target.region,
        target.due,
    )


def _says(target: Target) -> _Key:
    """What it promises. Name and wording may differ without the promise being another one.

    Of a goal without an indicator the words are all, and they are in its key.
    """
    if target.indicator is None:
        return ()
    return (target.comparator, target.value, target.unit, target.base_month, target.base_value)


def _compared(read: SheetTarget, entry: TargetEntry, target: Target, before: Target | None) -> SheetRow:
    change, replaces, stood = SheetChange.NEW, "", ""
    if before is not None and _says(before) == _says(target):
        change = SheetChange.SAME
    elif before is not None:
        if before.document_code != targets.OWN:
            raise UserError(
                f"《{before.document}》{before.clause}随程序登记的是{before.text_of_value}，不能改",
                hint="确是另一份文件的，请改文件名称",
            )
        change, replaces, stood = SheetChange.CHANGED, before.code, _whole(before)
    return SheetRow(read.sheet, read.row, change, entry, _whole(target), stood, replaces, read.notes)


def _whole(target: Target) -> str:
    base = "" if target.base_value is None else f"（基期{target.base_value.normalize():f}）"
    return target.text_of_value + base


# ----------------------------------------------------------------------------------------------- storing


def take_sheet(ledger: Ledger, sheet: TargetSheet) -> TargetsTaken:
    """Store the new and the changed rows, all or none; a changed target's older wording stays in the ledger's history.

    :raises UserError: nothing to store, or the register has changed since the file was looked at.
    """
    wanted = [row for row in sheet.rows if row.change is not SheetChange.SAME]
    if not wanted:
        raise UserError("没有要登记的行", hint="各行都已登记过，或没有认出来")
    made = [targets.checked(ledger, row.entry) for row in wanted]
    reason = f"由表格“{sheet.file_name}”更改"
    with ledger.write() as session:
        closed = [
            stored.close_target(session, targets.own_number(row.replaces), reason) for row in wanted if row.replaces
        ]
        known = [replace(each, id=0) for each in stored.own_targets(session)]
        added = []
        for row in made:
            if row in known:
                raise UserError(f"“{row.name}”的这条目标已经登记过", hint="登记簿刚改过，请重新读一次表格")
            known.append(row)
            added.append(stored.add_target(session, row, by=actor()))
        told = {"file": sheet.file_name, "added": added, "closed": [each.id for each in closed]}
        audit.append(session, actor(), targets.ACTION, _subject(sheet.file_name, f"登记 {len(added)} 条"), told)
    return TargetsTaken(sheet.file_name, targets.codes(added), targets.codes([each.id for each in closed]))


def undo_sheet(ledger: Ledger, taken: TargetsTaken) -> None:
    """Take an import back as a whole: what it added is closed, what it replaced counts again.

    :raises UserError: one of the targets has been taken off since.
    """
    with ledger.write() as session:
        for code in taken.added:
            stored.close_target(session, targets.own_number(code), f"撤销由表格“{taken.file_name}”的登记")
        for code in taken.closed:
            stored.reopen_target(session, targets.own_number(code))
        told = {"file": taken.file_name, "undone": [targets.own_number(code) for code in taken.added]}
        audit.append(session, actor(), targets.ACTION, _subject(taken.file_name, "的登记撤销"), told)


def _subject(file_name: str, what: str) -> str:
    """Line of the audit trail, of which a long file name must not take all the room."""
    return f"由表格“{file_name[:100]}”{what}"


# ----------------------------------------------------------------------------------------------- exporting


def write_blank(ledger: Ledger, out: Path) -> None:
    """The empty form with lists to choose from and a page on how to fill it in.

    :raises UserError: the place cannot be written.
    """
    _write(ledger, (), out)


def write_targets(ledger: Ledger, codes: Sequence[str], out: Path) -> int:
    """The named targets in the same form, those without an indicator as goals in words; how many.

    :raises UserError: none of them is in the register, or the place cannot be written.
    """
    wanted = set(codes)
    found = [each for each in targets.register(ledger) if each.code in wanted and each.measure is not Measure.STATED]
    if not found:
        raise UserError("没有可以导出的目标", hint="公布数不是目标，不导出；请换一个筛选")
    _write(ledger, found, out)
    return len(found)


def _write(ledger: Ledger, rows: Sequence[Target], out: Path) -> None:
    from desktop_app.exchange.target_sheet import write_target_sheet

    if out.suffix.lower() != ".xlsx":
        raise UserError("目标表要存成 .xlsx 文件", hint=f"例如 {out.stem}.xlsx", where=str(out))
    if ledger.path is not None and out.exists() and out.samefile(ledger.path):
        raise UserError("表格不能盖掉台账", hint="请另取一个文件名", where=str(out))
    own = context.home(ledger)
    write_target_sheet(rows, context.catalogue(ledger), own.region, out)
