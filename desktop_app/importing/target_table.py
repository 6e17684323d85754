"""Targets out of a table (由表格导入目标): our own form, a list with other heads, or a column of sentences.

Nothing is stored here: every row is either understood, with what is doubtful said in words, or named with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from desktop_app.catalogue.fold import letters
from desktop_app.catalogue.target_form import HEAD_WORDS, STATES_NOT, TargetField
from desktop_app.catalogue.targets import Measure
from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawSheet
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers import open_workbook
from desktop_app.importing.recognise.units import is_unit
from desktop_app.importing.table import read_table
from desktop_app.importing.target_cells import CellError, is_worded, read_row
from desktop_app.importing.target_text import read_sentences
from desktop_app.models.values import Comparator, Month

_WORDS = {letters(word): field for field, words in HEAD_WORDS.items() for word in words}
_YEAR_HEAD = re.compile(r"^(20\d\d)年?(?:目标值?|计划数?|规划目标|基期|实际|完成)?$")
_LOOKED_AT = 40
"""Lines in which a head is looked for."""
_MOST_ROWS = 2000
_LONG = 14
"""Letters from which on a cell under 目标 is a sentence and no number with a unit."""


@dataclass(frozen=True)
class SheetTarget:
    """One target as a row gives it; ``notes`` say how it was read where that is not what is written.

    A goal in words (文字目标) has no indicator, no unit and None for its value.
    """

    sheet: str
    row: int
    document: str
    clause: str
    indicator: str
    name: str
    measure: Measure
    comparator: Comparator
    value: Decimal | None
    unit: str
    due: Month
    scope: str = ""
    region: str = ""
    base_month: Month | None = None
    base_value: Decimal | None = None
    text: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowProblem:
    """A row that was not understood."""

    sheet: str
    row: int
    said: str
    """What stands in it."""
    reason: str


@dataclass(frozen=True)
class TargetTable:
    """Everything in a file, in its order."""

    file_name: str
    targets: tuple[SheetTarget, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class _Columns:
    """Which column is what. ``years``: columns headed by a year, the first the base, the last the target."""

    head: int
    fields: Mapping[TargetField, int]
    years: tuple[tuple[int, int], ...] = ()
    """(year, column), earliest first."""


def read_target_table(path: Path, document: str, year: int) -> TargetTable:
    """Read a workbook or text file.

    :param document: name of the document where the file names none.
    :param year: year for what names no date.
    :raises FileRefusedError: the file cannot be read or holds no list of targets.
    """
    book = open_workbook(path, ImportOptions())
    targets: list[SheetTarget] = []
    problems: list[RowProblem] = []
    for sheet in book.sheets:
        if sheet.hidden or sheet.name in STATES_NOT:
            continue
        for found in _sheet(sheet, document, year):
            if isinstance(found, RowProblem):
                problems.append(found)
            else:
                targets.append(found)
    if not targets and not problems:
        raise FileRefusedError(
            "表里没有目标", hint="第一行要有列名（指标、目标值、单位 … 或 原文），空表可用“导出空表”做", where=path.name
        )
    return TargetTable(path.name, tuple(targets), tuple(problems))


def _sheet(sheet: RawSheet, document: str, year: int) -> Iterator[SheetTarget | RowProblem]:
    cells = read_table(sheet, is_unit).cells
    columns = _columns(cells)
    first = columns.head + 1
    if len(cells) - first > _MOST_ROWS:
        raise FileRefusedError(f"“{sheet.name}”有 {len(cells) - first} 行，不像目标表", hint=f"最多 {_MOST_ROWS} 行")
    for number in range(first, len(cells)):
        row = cells[number]
        if any(row):
            yield from _row(sheet, number, row, columns, document, year)


def _columns(cells: Sequence[Sequence[str]]) -> _Columns:
    """The first line that reads like a head; without one every line is a sentence."""
    for number, row in enumerate(cells[:_LOOKED_AT]):
        fields: dict[TargetField, int] = {}
        years: list[tuple[int, int]] = []
        for column, cell in enumerate(row):
            if (field := _WORDS.get(letters(cell))) is not None:
                fields.setdefault(field, column)
            elif match := _YEAR_HEAD.match("".join(cell.split())):
                years.append((int(match[1]), column))
        named = {TargetField.CODE, TargetField.NAME} & fields.keys()
        if named and (TargetField.VALUE in fields or years or TargetField.TEXT in fields):
            return _settled(_Columns(number, fields, tuple(sorted(years))), cells)
        if {TargetField.TEXT, TargetField.VALUE, TargetField.NAME} & fields.keys() and _alone(row, fields):
            return _settled(_Columns(number, fields), cells)
    return _Columns(-1, {})


def _alone(row: Sequence[str], fields: Mapping[TargetField, int]) -> bool:
    """序号 | 文件 | 目标任务: every filled head but a number's is known."""
    return all(
        not cell or column in fields.values() or letters(cell) in {"序号", "编号", "备注"}
        for column, cell in enumerate(row)
    )


def _settled(columns: _Columns, cells: Sequence[Sequence[str]]) -> _Columns:
    """A column 目标 or 指标 that holds sentences is the text."""
    fields = dict(columns.fields)
    for field in (TargetField.VALUE, TargetField.NAME):
        with_numbers = field is TargetField.NAME and (columns.years or TargetField.VALUE in fields)
        if field not in fields or TargetField.TEXT in fields or with_numbers:
            continue
        told = [row[fields[field]] for row in cells[columns.head + 1 :] if row[fields[field]]]
        sentences = sum(1 for cell in told if len(cell) > _LONG and re.search(r"\d", cell))
        if told and sentences * 2 > len(told):
            fields[TargetField.TEXT] = fields.pop(field)
    return replace(columns, fields=fields)


# ----------------------------------------------------------------------------------------------- rows


def _row(
    sheet: RawSheet, number: int, row: Sequence[str], columns: _Columns, document: str, year: int
) -> Iterator[SheetTarget | RowProblem]:
    said = _said(row)

    def problem(reason: str) -> RowProblem:
        return RowProblem(sheet.name, number + 1, said, reason)

    flagged = next((flag for (line, _), flag in sheet.flags.items() if line == number), None)
    if flagged is not None:
        yield problem("有公式没有结果或出错的格，请在 WPS 里重新保存")
        return
    cell = _cells(row, columns)
    base = _Given(sheet.name, number + 1, cell(TargetField.DOCUMENT) or document, cell, year)
    named = cell(TargetField.CODE) or cell(TargetField.NAME)
    if is_worded(cell) or (named and (cell(TargetField.VALUE) or columns.years or cell(TargetField.YEARLY))):
        yield from _structured(base, columns, row, problem)
        return
    text = cell(TargetField.TEXT) if columns.fields else max(row, key=len)
    if not text:
        if columns.fields and not named:
            return  # a line of headings or of a serial number only
        yield problem("没有目标值" if named else "没有原文")
        return
    found = list(_sentence(base, text))
    yield from found or [problem("没有认出目标：指标、数和单位要在同一句里")]


@dataclass(frozen=True)
class _Given:
    """What a row says of itself."""

    sheet: str
    row: int
    document: str
    cell: Callable[[TargetField], str]
    year: int


def _cells(row: Sequence[str], columns: _Columns) -> Callable[[TargetField], str]:
    def cell(field: TargetField) -> str:
        column = columns.fields.get(field)
        return "" if column is None else unicodedata.normalize("NFC", row[column]).strip()

    return cell


def _said(row: Sequence[str]) -> str:
    words = "｜".join(dict.fromkeys(cell for cell in row if cell))
    return words if len(words) <= 60 else words[:59] + "…"


def _structured(
    given: _Given, columns: _Columns, row: Sequence[str], problem: Callable[[str], RowProblem]
) -> Iterator[SheetTarget | RowProblem]:
    if not given.document:
        yield problem("没有写文件名称")
        return
    try:
        for read in read_row(given.cell, _year_cells(columns, row), given.year):
            yield SheetTarget(
                given.sheet,
                given.row,
                document=given.document,
                clause=given.cell(TargetField.CLAUSE),
                indicator=read.indicator,
                name=read.name,
                measure=read.measure,
                comparator=read.comparator,
                value=read.value,
                unit=read.unit,
                due=read.due,
                scope=given.cell(TargetField.SCOPE),
                region=given.cell(TargetField.REGION),
                base_month=read.base_month,
                base_value=read.base_value,
                text=given.cell(TargetField.TEXT),
                notes=read.notes,
            )
    except CellError as error:
        yield problem(str(error))


def _year_cells(columns: _Columns, row: Sequence[str]) -> tuple[tuple[int, str], ...]:
    return tuple((year, row[column]) for year, column in columns.years)


def _sentence(given: _Given, text: str) -> Iterator[SheetTarget | RowProblem]:
    """The targets of a sentence; what the row says of document, clause and date holds for all of them."""
    due = given.cell(TargetField.DUE)
    match = re.search(r"20\d\d", due)
    reading = read_sentences(text, int(match[0]) if match else given.year, document="" if match else given.document)
    if reading.drafts and not given.document:
        yield RowProblem(given.sheet, given.row, text[:60], "没有写文件名称")
        return
    for draft in reading.drafts:
        yield SheetTarget(
            given.sheet,
            given.row,
            document=given.document,
            clause=given.cell(TargetField.CLAUSE),
            indicator=draft.indicator,
            name=draft.name,
            measure=draft.measure,
            comparator=draft.comparator,
            value=draft.value,
            unit=draft.unit,
            due=draft.due,
            scope=given.cell(TargetField.SCOPE) or draft.scope,
            region=given.cell(TargetField.REGION),
            base_month=draft.base_month,
            base_value=draft.base_value,
            text=draft.text,
            notes=draft.doubts,
        )
    for left in reading.unread:
        # Where the row gave targets, words without a figure beside them are no problem of the row.
        if left.counted or not reading.drafts:
            yield RowProblem(given.sheet, given.row, left.text[:60], left.reason)
