"""Figures typed by hand (录入): read and checked as a file of one figure a line, by the rules that files go through.

Relations need both ends: what stands in the ledger beside a typed figure (分子和分母, 合计和分项, 全县和乡镇) is laid
beside it for the checks. What was doubtful before anything was typed is not told again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import NamedTuple

from desktop_app.catalogue.model import Catalogue, Indicator, Unit
from desktop_app.importing.checks import run_checks
from desktop_app.importing.draft import Draft, Fact, Figure
from desktop_app.importing.grid import RawBook, RawSheet
from desktop_app.importing.heads import Head
from desktop_app.importing.kinds.cells import read_figure
from desktop_app.importing.outcome import Source, make_plan, make_reading
from desktop_app.importing.plan import FileKind, ImportContext, ImportOptions, ImportPlan, Issue, RowRole
from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.importing.table import Table
from desktop_app.models.values import SCALE, CellState, FigureStatus, Month, Severity, Span

HEAD = ("期间", "期别", "地区代码", "地区", "指标代码", "指标", "数值", "单位")
VALUE = HEAD.index("数值")


class Standing(NamedTuple):
    """A stored figure; ``value`` is fixed-point, None unless ``state`` is VALUE."""

    state: CellState
    value: int | None
    status: FigureStatus


@dataclass(frozen=True)
class EntryLine:
    """One figure as typed: whose, which and when, and the text of the cell in ``unit``."""

    indicator: Indicator
    month: Month
    span: Span
    region: str
    region_name: str
    text: str
    unit: Unit
    standing: Standing | None = None
    """What the ledger holds of it; None for nothing."""

    @property
    def address(self) -> tuple[str, Month, Span, str]:
        """What the figure is of."""
        return self.indicator.code, self.month, self.span, self.region

    def cells(self) -> tuple[str, ...]:
        """The line of the file that is kept as evidence."""
        stretch = "累计" if self.span is Span.YTD else "本月"
        where = (str(self.month), stretch, self.region, self.region_name)
        return (*where, self.indicator.code, self.indicator.name, self.text.strip(), self.unit.name)


@dataclass(frozen=True)
class Remark:
    """What a check says about the typed line of this number (0-based)."""

    line: int
    issue: Issue


@dataclass(frozen=True)
class EntryPlan:
    """What storing typed figures would do.

    ``plan`` holds the lines against which nothing stands, in their order (``accepted`` are their numbers); None when
    there are none. ``refused``: why the others are not stored. ``asked``: what wants a reason, among the accepted.
    """

    plan: ImportPlan | None
    accepted: tuple[int, ...]
    refused: tuple[Remark, ...]
    asked: tuple[Remark, ...]
    content: bytes


def plan_entry(
    lines: Sequence[EntryLine],
    beside: Sequence[EntryLine],
    known: ImportContext,
    catalogue: Catalogue,
    status: FigureStatus,
    name: str,
) -> EntryPlan:
    """Check typed figures; nothing is stored.

    A line that says what stands already, or an empty one where nothing stands, is neither accepted nor refused.

    :param beside: what stands in the ledger of the figures that the typed ones are related to.
    :param name: of the file that is kept as evidence.
    """
    make = _Maker(known, catalogue, status, name)
    refused: dict[int, Issue] = {}
    reading = make.draft(lines)
    for issue in reading.issues:
        if issue.severity is Severity.ERROR and issue.row is not None:
            refused.setdefault(issue.row - 2, issue)
    idle = {fact.figure.row - 1 for fact in reading.facts if _says_nothing(lines[fact.figure.row - 1], fact, status)}
    before = make.doubts(beside)
    typed = {line.address for line in lines}
    rest = [line for line in beside if line.address not in typed]
    while True:
        good = [number for number in range(len(lines)) if number not in refused and number not in idle]
        found = make.remarks([lines[number] for number in good], rest, before) if good else []
        told = [Remark(good[remark.line], remark.issue) for remark in found]
        errors = [remark for remark in told if remark.issue.severity is Severity.ERROR]
        if not errors:
            break
        for remark in errors:
            refused.setdefault(remark.line, remark.issue)
    asked = told
    kept = [lines[number] for number in good]
    content = _written(line.cells() for line in kept)
    return EntryPlan(
        make.plan(kept, content, [_moved(r, good.index(r.line)) for r in asked]) if kept else None,
        tuple(good),
        tuple(Remark(line, _own_words(issue)) for line, issue in sorted(refused.items())),
        tuple(Remark(r.line, _own_words(r.issue)) for r in asked),
        content,
    )


@dataclass(frozen=True)
class _Maker:
    """Makes drafts of lines, always of the same ledger and status."""

    known: ImportContext
    catalogue: Catalogue
    status: FigureStatus
    name: str

    def draft(self, lines: Sequence[EntryLine]) -> Draft:
        """A draft with a fact for every line that can be read."""
        rows = (HEAD, *(line.cells() for line in lines))
        roles = (RowRole.HEADER, *(RowRole.DATA for _ in lines))
        head = Head((0,), None, tuple((name,) for name in HEAD))
        table = Table(RawSheet("", rows), rows, roles, head, "", "", ())
        companies = CompanyIndex((), self.known.region_name)
        draft = Draft(PurePath(self.name), table, HEAD, self.catalogue, self.known, ImportOptions(), companies)
        draft.kind, draft.region, draft.status = FileKind.ENTRY, self.known.region, self.status
        for row, line in enumerate(lines, start=1):
            figure = read_figure(draft, row, VALUE, HEAD[VALUE], line.unit)
            if figure is not None and _answers(draft, line, figure):
                draft.facts.append(Fact(line.indicator, line.month, line.span, line.region, None, figure))
        return draft

    def doubts(self, lines: Sequence[EntryLine]) -> frozenset[tuple[str, str]]:
        """What the checks say of lines that stand in the ledger."""
        draft = self.draft(lines)
        run_checks(draft)
        return frozenset((issue.code, issue.message) for issue in draft.issues)

    def remarks(
        self, typed: Sequence[EntryLine], beside: Sequence[EntryLine], before: frozenset[tuple[str, str]]
    ) -> list[Remark]:
        """What the checks say of typed lines that they did not say before.

        What is said of a figure of the ledger is said because of the typed ones that it is compared with.
        """
        draft = self.draft([*typed, *beside])
        run_checks(draft)
        found: list[Remark] = []
        for issue in draft.issues:
            if (issue.code, issue.message) in before:
                continue
            row = None if issue.row is None else issue.row - 2
            if row is not None and row < len(typed):
                found.append(Remark(row, issue))
                continue
            other = None if row is None else beside[row - len(typed)]
            found += [
                Remark(number, issue) for number, line in enumerate(typed) if other is None or _beside(line, other)
            ]
        return found

    def plan(self, lines: Sequence[EntryLine], content: bytes, asked: Sequence[Remark]) -> ImportPlan:
        """What storing these lines does, with what was asked about them."""
        draft = self.draft(lines)
        draft.month = lines[0].month if len({line.month for line in lines}) == 1 else None
        book = RawBook((draft.table.sheet,), encoding="utf-8", delimiter=",", quote='"')
        plan = make_plan(draft, make_reading(draft, Source(self.name, content, book, ())))
        return replace(plan, issues=tuple(_own_words(remark.issue) for remark in asked))


def _answers(draft: Draft, line: EntryLine, figure: Figure) -> bool:
    """Where 是 or 否 is asked for, no other number is an answer."""
    if line.unit.base != "是/否" or figure.stored in {None, 0, SCALE}:
        return True
    draft.error(
        "NOT_YES_NO",
        f"{line.indicator.name}只能是“是”或“否”，不能是 {figure.text}",
        "写“是”或“否”",
        row=figure.row,
        column=figure.name,
        value=figure.text,
    )
    return False


def _says_nothing(line: EntryLine, fact: Fact, status: FigureStatus) -> bool:
    if line.standing is None:
        return not line.text.strip()
    return line.standing == (fact.figure.state, fact.value, status)


def _beside(line: EntryLine, other: EntryLine) -> bool:
    """Whether two figures can have to do with each other: same place and month, or same indicator and month."""
    same = line.region == other.region or line.indicator.code == other.indicator.code
    return line.month == other.month and same


def _moved(remark: Remark, line: int) -> Remark:
    """The remark at the line's place among the stored ones."""
    return Remark(line, replace(remark.issue, row=line + 2))


def _written(rows: Iterable[tuple[str, ...]]) -> bytes:
    """The lines as the CSV that is kept as evidence."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


_HINTS = {
    "NOT_A_NUMBER": "改成数；没有数据的写“未报”，不适用的写“—”",
    "UNIT_AMBIGUOUS": "这一格的单位已写在表头，数里不再写“万”“亿”；要用别的单位，连单位一起写，如 40.2万人",
    "NEGATIVE": "数量和金额不能为负",
    "MONTH_IN_FUTURE": "到那时再录；年份看错的，换一年",
    "CORRECTION": "写明为什么改（统计部门修订、录错等），旧数留存",
    "UNIT_MISMATCH": "看一下表头的单位",
}
"""How to mend it where the check's own words are for a company's file."""


def _own_words(issue: Issue) -> Issue:
    """The bureau mends its own figures: nobody is to be asked for another file."""
    hint = _HINTS.get(issue.code, issue.suggestion.replace("请企业", "请"))
    return replace(issue, suggestion=hint)
