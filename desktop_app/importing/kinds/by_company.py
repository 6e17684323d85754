"""指标 × 企业: rows = indicators, each company a column (or a group of columns: 本月, 累计 …)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from desktop_app.catalogue.lookup import find_unit, split_unit
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.importing.amounts import amount_at
from desktop_app.importing.convert import to_stored
from desktop_app.importing.draft import Draft, Figure
from desktop_app.importing.kinds.cells import read_figure, settle_unit
from desktop_app.importing.kinds.months import titled
from desktop_app.importing.kinds.official_heads import row_label, under_measure
from desktop_app.importing.kinds.wide import add_facts
from desktop_app.importing.lines import is_number, is_total
from desktop_app.importing.plan import KnownEnterprise
from desktop_app.importing.recognise.context import settle_company
from desktop_app.importing.recognise.figures import Aspect, listed_units, means_period, of_stretch, split_aspect
from desktop_app.importing.recognise.report_month import settle_month
from desktop_app.importing.recognise.units import pick
from desktop_app.importing.recognise.words import find_column
from desktop_app.importing.said import SKIP, Answer
from desktop_app.models.values import from_fixed, plain

_LOOKED = 3000
_SIDE_HEADS = ("序号", "行次", "行号", "代码", "指标代码", "备注", "说明", "口径", "指标解释")


@dataclass(frozen=True)
class CompanyColumn:
    """A column of one company's figures; ``company`` is its name as written, ``enterprise`` None when unknown."""

    column: int
    name: str
    company: str
    enterprise: KnownEnterprise | None
    aspect: Aspect
    unit: Unit | None


@dataclass(frozen=True)
class Shape:
    """Where things stand."""

    label: int
    columns: tuple[CompanyColumn, ...]
    unit: int | None
    totals: tuple[int, ...]
    """Columns of 合计: compared with the sum of the companies."""
    measure: tuple[str, ...] = ()
    """What the title speaks of, where rows name only its parts (同城, 异地)."""


def find_shape(draft: Draft) -> Shape | None:
    """The table's columns; None unless a head names a company and at least half of the rows name indicators."""
    unit = find_column(draft.names, ("计量单位", "单位"))
    side = {column for word in _SIDE_HEADS if (column := find_column(draft.names, (word,))) is not None}
    columns = [found for c in range(len(draft.levels)) if c not in {unit, *side} and (found := _column(draft, c))]
    known = {found.column for found in columns if found.enterprise is not None}
    if not known:
        return None
    first = min(known)
    named = titled(draft)
    for measure in ((), (named[0].name,) if len(named) == 1 else ()):
        for label in range(first):
            if label != unit and _names_indicators(draft, label, measure):
                totals = tuple(c for c in range(first, draft.table.width) if is_total(draft.levels[c][:1]))
                taken = tuple(c for c in columns if c.column >= first and c.column not in totals)
                return Shape(label, taken, unit, totals, measure)
    return None


def _column(draft: Draft, column: int) -> CompanyColumn | None:
    """A head of a company's name and, it may be, an aspect and a unit; an unknown name only over figures."""
    unit: Unit | None = None
    words: list[str] = []
    for level in draft.levels[column]:
        word, found = split_unit(level)
        alone = find_unit(level.strip("()（） "))
        unit = found or alone or unit
        if alone is None:
            words.append(word)
    aspect, rest = split_aspect(words)
    if len(rest) != 1:
        return None
    matches = draft.companies.in_cell(rest[0]).matches
    if not matches and not any(is_number(draft.cell(row, column)) for row, _ in islice(draft.body(), _LOOKED)):
        return None
    one = matches[0] if len(matches) == 1 else None
    return CompanyColumn(column, draft.shown[column], rest[0], one, aspect, unit)


def _names_indicators(draft: Draft, column: int, measure: Sequence[str]) -> bool:
    cells = [cell for row, _ in islice(draft.body(), _LOOKED) if (cell := draft.cell(row, column))]
    known = sum(under_measure(tuple(measure), row_label(cell)) is not None for cell in cells)
    return known > 0 and known * 2 >= len(cells)


def build(draft: Draft, shape: Shape) -> None:
    """Facts of every row and company."""
    settle_month(draft)
    if draft.options.company:
        settle_company(draft)
    _tell_columns(draft, shape)
    if draft.stopped() or draft.month is None:
        return
    cells: dict[int, dict[tuple[str, Aspect], Figure | None]] = {}
    owners = {c.enterprise.id: c.enterprise for c in shape.columns if c.enterprise is not None}
    indicators: dict[str, Indicator] = {}
    section: tuple[str, ...] = shape.measure
    seen: dict[str, int] = {}
    for row, _ in draft.body():
        label = row_label(draft.cell(row, shape.label))
        if not any(draft.cell(row, c.column) or (row, c.column) in draft.table.sheet.flags for c in shape.columns):
            section = (label,) if under_measure((), label) else section
            draft.skipped.add(row)
            continue
        indicator = under_measure((), label) or under_measure(section, label)
        if indicator is None:
            _unknown(draft, row, shape)
            continue
        if indicator.parts:
            section = (label,)
        earlier = seen.setdefault(indicator.code, row)
        if earlier != row:
            draft.error("DUPLICATE_ROW", f"{indicator.name}在第{earlier + 1}行已经有了", "请删去重复的一行", row=row)
            continue
        indicators[indicator.code] = indicator
        _read_row(draft, row, shape, indicator, cells)
    for owner, figures in cells.items():
        add_facts(draft, indicators, figures, owners[owner], draft.month)


def _unknown(draft: Draft, row: int, shape: Shape) -> None:
    text = draft.cell(row, shape.label)
    draft.error(
        "UNKNOWN_INDICATOR",
        f"“{text}”不是目录里的指标" if text else "这一行没有写指标名称",
        "请按指标目录的名称填写",
        row=row,
        column=draft.name(shape.label),
        value=text,
    )


def _tell_columns(draft: Draft, shape: Shape) -> None:
    draft.mean(shape.label, "指标")
    draft.mean(shape.unit, "单位")
    taken: dict[tuple[int, Aspect], str] = {}
    for column in shape.columns:
        if column.enterprise is None:
            near = draft.companies.nearest(column.company)
            asked = f"是不是“{near}”？" if near else ""
            draft.error(
                "UNKNOWN_COMPANY",
                f"列名“{column.company}”不在企业名录里",
                asked + "请核对名称；确是新企业的，先用企业名录文件登记；不是企业的，说明这一列跳过",
                column=column.name,
                value=column.company,
                answers=[Answer(f"{SKIP}这一列", meanings=((draft.key(column.column), SKIP),))],
            )
            continue
        key = column.enterprise.id, column.aspect
        if key in taken:
            draft.error(
                "DUPLICATE_COLUMN",
                f"“{taken[key]}”和“{column.name}”两列是同一家企业",
                "请只留一列，或改正列名",
                column=column.name,
            )
        taken[key] = column.name
        draft.seen[column.enterprise.id] = column.enterprise
        draft.mean(column.column, f"{column.enterprise.short_name or column.enterprise.name} {column.aspect.value}")


def _read_row(
    draft: Draft,
    row: int,
    shape: Shape,
    indicator: Indicator,
    cells: dict[int, dict[tuple[str, Aspect], Figure | None]],
) -> None:
    months: list[Figure] = []
    for column in shape.columns:
        enterprise = column.enterprise
        if enterprise is None:
            continue
        base = "%" if column.aspect.percent else indicator.base_unit
        unit = settle_unit(draft, indicator, base, _named_unit(draft, row, shape, column, base), column.name)
        figure = None if unit is None else read_figure(draft, row, column.column, column.name, unit)
        if figure is None:
            draft.unread.add(indicator.code)
        elif column.aspect is Aspect.MONTH:
            months.append(figure)
        if draft.options.company and draft.enterprise is not None and enterprise.id != draft.enterprise.id:
            continue
        cells.setdefault(enterprise.id, {})[indicator.code, _aspect(draft, column, indicator)] = figure
    _compare(draft, row, shape, indicator, months)


def _aspect(draft: Draft, column: CompanyColumn, indicator: Indicator) -> Aspect:
    """In a table of January up to a month the flows are 累计, unless the head says 本月."""
    explicit = len(draft.levels[column.column]) > 1
    if not draft.cumulative or not indicator.kind.adds_over_months or not means_period(column.name, explicit=explicit):
        return column.aspect
    return of_stretch(column.aspect)


def _named_unit(draft: Draft, row: int, shape: Shape, column: CompanyColumn, base: str) -> Unit | None:
    if column.aspect.percent:
        return None
    own = find_unit(draft.cell(row, shape.unit)) if shape.unit is not None else None
    title = split_unit(draft.table.title)[1] if shape.measure else None
    listed = pick(listed_units(draft.levels[column.column]), base)
    return own or split_unit(draft.cell(row, shape.label))[1] or column.unit or listed or title


def _compare(draft: Draft, row: int, shape: Shape, indicator: Indicator, months: Sequence[Figure]) -> None:
    """The row's own 合计 against its companies; only where every company has a number in the same unit."""
    units = {figure.unit for figure in months}
    if not indicator.kind.adds_over_companies or len(units) != 1 or len(months) != len(shape.columns):
        return
    unit = units.pop()
    for column in shape.totals:
        amount = amount_at(draft, row, column)
        if unit is None or amount.number is None or any(figure.stored is None for figure in months):
            continue
        stated, _ = to_stored(amount.number, unit)
        known = sum(figure.stored or 0 for figure in months)
        if abs(stated - known) > sum(figure.step for figure in months) // 2:
            draft.report(
                "TOTAL_MISMATCH",
                f"{indicator.name}“{draft.name(column)}”是 {plain(from_fixed(stated))} {unit.base}，"
                f"各企业之和是 {plain(from_fixed(known))} {unit.base}",
                "请核对是合计写错，还是漏了一家企业",
                row=row,
                column=draft.name(column),
                value=draft.cell(row, column),
            )
