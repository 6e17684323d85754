"""``targets --text`` and ``--sheet``: how sentences and tables of targets are read, and their entry."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.errors import UserError
from desktop_app.models.values import Month

if TYPE_CHECKING:
    from desktop_app.services.ledger import Ledger
    from desktop_app.services.results.target_sheets import TargetSheet
    from desktop_app.services.results.targets import Reading, TargetDraft, Unread


def by_text(arguments: argparse.Namespace) -> int:
    """``targets --text TEXT [--document D] [--clause C] [--year Y] [--enter [--words [N …]]]``."""
    from desktop_app.services import target_reading
    from desktop_app.services import targets as service
    from desktop_app.services.results.targets import entry_of, worded_entry

    with closing(opened(arguments)) as ledger:
        document = arguments.document.strip()
        year = _year(arguments, ledger)
        reading = target_reading.read_text(ledger, arguments.text, year, document)
        worded = _worded(reading, arguments.words)
        entered: tuple[str, ...] = ()
        if arguments.enter:
            if not reading.drafts and not worded:
                hint = "指标、数和单位要在同一句里；没有数的目标加 --words 照原文登记"
                raise UserError("没有认出目标，没有登记", hint=hint)
            due = Month(year, 12)
            entries = [entry_of(each, document, arguments.clause) for each in reading.drafts]
            entries += [worded_entry(each, document, arguments.clause, due) for each in worded]
            entered = service.add_targets(ledger, entries)
    emit(arguments, _reading(reading, entered), _told(reading, entered))
    return 0


def by_sheet(arguments: argparse.Namespace) -> int:
    """``targets --sheet FILE [--document D] [--year Y] [--enter]``."""
    from desktop_app.services import target_sheets

    with closing(opened(arguments)) as ledger:
        sheet = target_sheets.preview_sheet(ledger, arguments.sheet, arguments.document, _year(arguments, ledger))
        entered = target_sheets.take_sheet(ledger, sheet).added if arguments.enter else ()
    cells = [
        [row.sheet, str(row.row), row.change.label, row.entry.name, row.target_text, "；".join(row.notes)]
        for row in sheet.rows
    ]
    cells += [[each.sheet, str(each.row), "认不出", each.said, "", each.reason] for each in sheet.problems]
    words = table(["表", "行", "登记为", "指标", "目标", "说明"], cells)
    emit(arguments, _sheet(sheet, entered), words + _entered_words(entered))
    return 0


def _worded(reading: Reading, numbers: list[int] | None) -> list[Unread]:
    """What is to be entered in its own words: the lines with these numbers, without numbers those without a figure.

    :raises UserError: no line has such a number.
    """
    if numbers is None:
        return []
    if not numbers:
        return [each for each in reading.unread if not each.counted]
    most = len(reading.unread)
    if wrong := [str(number) for number in numbers if not 1 <= number <= most]:
        told = f"序号从 1 到 {most}" if most else "所有的话都认成了目标"
        raise UserError(f"没有登记的话里没有第 {'、'.join(wrong)} 条", hint=f"{told}；不加 --enter 先看一遍")
    return [reading.unread[number - 1] for number in sorted(set(numbers))]


def _year(arguments: argparse.Namespace, ledger: Ledger) -> int:
    from desktop_app.services.ledger import work_month

    return arguments.year if arguments.year is not None else work_month(ledger).year


def _told(reading: Reading, entered: tuple[str, ...]) -> str:
    cells = [
        [each.name, each.measure.label, _value(each), each.due.label, "；".join(each.doubts)] for each in reading.drafts
    ]
    words = table(["指标", "口径", "目标", "期限", "疑问"], cells)
    if reading.unread:
        left = [[str(number), each.text, each.reason] for number, each in enumerate(reading.unread, start=1)]
        words += "\n\n没有认成目标的话：\n" + table(["序号", "原话", "原因"], left)
    return "\n".join([words, *reading.bases]) + _entered_words(entered)


def _entered_words(entered: tuple[str, ...]) -> str:
    return f"\n已登记 {len(entered)} 个目标：{'、'.join(entered)}" if entered else ""


def _value(draft: TargetDraft) -> str:
    return f"{draft.comparator.value}{draft.value.normalize():f}{draft.unit}"


def _reading(reading: Reading, entered: tuple[str, ...]) -> dict[str, object]:
    return {
        "targets": [
            {
                "indicator": each.indicator,
                "name": each.name,
                "measure": each.measure.value,
                "comparator": each.comparator.value,
                "target": f"{each.value:f}",
                "unit": each.unit,
                "due": str(each.due),
                "base_month": None if each.base_month is None else str(each.base_month),
                "baseline": None if each.base_value is None else f"{each.base_value:f}",
                "scope": each.scope or None,
                "doubts": list(each.doubts),
            }
            for each in reading.drafts
        ],
        "unread": [{"text": each.text, "reason": each.reason} for each in reading.unread],
        "bases": list(reading.bases),
        "entered": list(entered),
    }


def _sheet(sheet: TargetSheet, entered: tuple[str, ...]) -> dict[str, object]:
    return {
        "file": sheet.file_name,
        "rows": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "change": row.change.value,
                "indicator": row.entry.indicator or None,
                "target_text": row.target_text,
                "due": str(row.entry.due),
                "before": row.before or None,
                "notes": list(row.notes),
            }
            for row in sheet.rows
        ],
        "problems": [
            {"sheet": each.sheet, "row": each.row, "said": each.said, "reason": each.reason} for each in sheet.problems
        ],
        "entered": list(entered),
    }
