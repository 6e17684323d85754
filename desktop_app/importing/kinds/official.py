"""国邮定2.1表 and its relatives: one company, one month; rows = indicators, columns = 本期, 上年同期, 同比, 本年累计.

Two shapes: every row names its indicator (国内同城快递业务量), or rows name the part (国内同城) and a head of two rows
names the measure (业务量/本月).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.catalogue.lookup import find_unit, split_unit
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.importing.convert import read_amount
from desktop_app.importing.draft import Draft, Figure
from desktop_app.importing.kinds.cells import read_figure, says_something, settle_unit, warn_blank_months
from desktop_app.importing.kinds.official_heads import Shape, ValueColumn, row_label, under_measure
from desktop_app.importing.kinds.wide import add_facts
from desktop_app.importing.recognise.context import settle_company
from desktop_app.importing.recognise.figures import (
    Aspect,
    find_indicator,
    means_period,
    of_stretch,
)
from desktop_app.importing.recognise.report_month import settle_month
from desktop_app.importing.recognise.units import pick


def build(draft: Draft, shape: Shape) -> None:
    """Facts of the form: month and cumulative figures with 上年同期 and 同比 beside them."""
    settle_month(draft)
    settle_company(draft)
    shape = _of_this_stretch(draft, shape)
    if not any(value.aspect is Aspect.MONTH or value.until for value in shape.values):
        draft.error("MISSING_COLUMN", "表里缺少“本期”（本月）一列", "请企业补上这一列再发；累计不能代替本月")
    period = draft.cumulative and any(v.aspect is Aspect.MONTH and _is_period(draft, v) for v in shape.values)
    _tell_columns(draft, shape, period=period)
    if draft.stopped() or draft.month is None:
        return
    cells: dict[tuple[str, Aspect], Figure | None] = {}
    indicators: dict[str, Indicator] = {}
    rows: dict[str, int] = {}
    if period:
        draft.ground("报告期是1月以来的几个月，“本期”按本年累计读")
    section: tuple[str, ...] = ()
    for row, _ in draft.body():
        label = row_label(draft.cell(row, shape.label))
        flags = draft.table.sheet.flags
        # A formula without a saved result shows nothing, but the row is no heading.
        if not any(draft.cell(row, v.column) or (row, v.column) in flags for v in shape.values):
            section = (label,) if find_indicator((label,)) else section
            draft.skipped.add(row)
            continue
        if not any(value.measure for value in shape.values):
            own = find_indicator((label,))
            section = (label,) if own is not None and own.parts else section
        _read_row(draft, row, shape, label, section, cells, indicators, rows)
    if period:
        cells = _period_cells(draft, indicators, cells)
    else:
        _blank_months(draft, shape, list(rows.values()))
    if not draft.broken_rows or cells:
        add_facts(draft, indicators, cells, draft.enterprise, draft.month)


def _of_this_stretch(draft: Draft, shape: Shape) -> Shape:
    """The form without columns of another stretch (一季度 in the form of May), which are asked about."""
    if draft.month is None:
        return shape
    month = draft.month.month
    others = [value for value in shape.values if value.until not in {0, month}]
    for value in others:
        draft.warn(
            "UNREAD_COLUMN",
            f"“{value.name}”不是到{month}月为止的累计，里面的数没有收",
            "要收的请另报那一期的表；不要的写明原因",
            column=value.name,
        )
    return replace(shape, values=tuple(value for value in shape.values if value not in others))


def _blank_months(draft: Draft, shape: Shape, rows: Sequence[int]) -> None:
    told = {value: any(draft.cell(row, value.column) for row in rows) for value in shape.values}
    for value in shape.values:
        beside = [v.name for v in shape.values if v.aspect is Aspect.YTD and v.measure == value.measure and told[v]]
        if value.aspect is Aspect.MONTH and not told[value]:
            warn_blank_months(draft, [value.name], beside)


def _is_period(draft: Draft, value: ValueColumn) -> bool:
    """本期, or a lone 数量; 本月 and 3月 are one month whatever the title says."""
    head = "".join(draft.levels[value.column])
    return means_period(head, explicit="月" in head)


def _period_cells(
    draft: Draft, indicators: Mapping[str, Indicator], cells: Mapping[tuple[str, Aspect], Figure | None]
) -> dict[tuple[str, Aspect], Figure | None]:
    """The form of a stretch from January (一季度): its flows are the 累计, equal to one that stands beside."""
    turned: dict[tuple[str, Aspect], Figure | None] = {}
    for (code, aspect), figure in cells.items():
        into = of_stretch(aspect) if indicators[code].kind.adds_over_months else aspect
        beside = turned.get((code, into))
        if figure and beside and not _alike(figure, beside):
            draft.error(
                "PERIOD_DIFFERS",
                f"{indicators[code].name}：报告期是1月以来的几个月，“{beside.name}” {beside.text}"
                f" 应等于“{figure.name}” {figure.text}",
                "请企业核对报告期：一个月的表写那个月",
                row=figure.row,
                column=figure.name,
                value=figure.text,
            )
        if not says_something(beside):
            turned[code, into] = figure
    return turned


def _alike(one: Figure, other: Figure) -> bool:
    if one.stored is None or other.stored is None:
        return True
    return abs(one.stored - other.stored) <= max(one.step, other.step)


def _tell_columns(draft: Draft, shape: Shape, *, period: bool) -> None:
    draft.mean(shape.label, "分项" if any(value.measure for value in shape.values) else "指标")
    draft.mean(shape.unit, "单位")
    draft.mean(shape.code, "跳过")
    for value in shape.values:
        unit = f" · {value.unit.name}" if value.unit else ""
        aspect = of_stretch(value.aspect) if period else value.aspect
        draft.mean(value.column, "".join(value.measure) + aspect.value + unit)


def _read_row(
    draft: Draft,
    row: int,
    shape: Shape,
    label: str,
    section: tuple[str, ...],
    cells: dict[tuple[str, Aspect], Figure | None],
    indicators: dict[str, Indicator],
    rows: dict[str, int],
) -> None:
    for value in shape.values:
        indicator = _row_indicator(draft, row, shape, value.measure, label, section)
        if indicator is None:
            if read_amount(draft.cell(row, value.column)).number is not None or not value.measure:
                _unknown_row(draft, row, shape, label)
                return
            # A part that this measure does not have (其他 of 业务量) is left blank or crossed out.
            continue
        earlier = rows.setdefault(indicator.code, row)
        if earlier != row:
            draft.error(
                "DUPLICATE_ROW",
                f"{indicator.name}在第{earlier + 1}行已经有了",
                "请删去重复的一行",
                row=row,
                column=draft.name(shape.label),
                value=draft.cell(row, shape.label),
            )
            return
        indicators[indicator.code] = indicator
        base = "%" if value.aspect.percent else indicator.base_unit
        if not value.aspect.percent and _strange_unit(draft, row, shape, indicator):
            continue
        unit = settle_unit(draft, indicator, base, _row_unit(draft, row, shape, value, base), value.name)
        if unit is not None:
            figure = read_figure(draft, row, value.column, value.name, unit)
            cells[indicator.code, value.aspect] = figure
            if figure is None:
                draft.unread.add(indicator.code)


def _unknown_row(draft: Draft, row: int, shape: Shape, label: str) -> None:
    draft.error(
        "UNKNOWN_INDICATOR",
        f"“{label}”不是认识的指标" if label else "这一行没有写指标名称",
        "请按国邮定2.1表的指标名称填写",
        row=row,
        column=draft.name(shape.label),
        value=draft.cell(row, shape.label),
    )


def _row_indicator(
    draft: Draft, row: int, shape: Shape, measure: tuple[str, ...], label: str, section: tuple[str, ...]
) -> Indicator | None:
    """By the row's words, alone or behind the section's name (一、业务量 … 其中：国内同城); last by the row's code."""
    if found := under_measure(measure, label):
        return found
    if not measure and section and (found := under_measure(section, label)):
        return found
    code = draft.cell(row, shape.code).zfill(2) if shape.code is not None and not measure else ""
    for form in draft.catalogue.forms.values():
        if any(word in draft.table.title for word in form.title_words):
            wanted = next((line.indicator for line in form.rows if line.code == code), None)
            if wanted is not None:
                if code != draft.cell(row, shape.code):
                    draft.change(row, shape.code, code, "前面的 0 丢了，按两位行代码补上")
                return draft.catalogue.indicators[wanted]
    return None


def _strange_unit(draft: Draft, row: int, shape: Shape, indicator: Indicator) -> bool:
    """Whether the row names a unit that nobody knows (美元, 公斤); said once a row."""
    text = draft.cell(row, shape.unit)
    # A dash or a blank names no unit, and so no strange one.
    if shape.unit is None or not text or find_unit(text) is not None or not read_amount(text).problem:
        return False
    if row not in draft.broken_rows:
        draft.error(
            "UNIT_UNKNOWN",
            f"“{text}”不是认识的单位",
            f"{indicator.name}的单位可写{indicator.base_unit}；请企业改正",
            row=row,
            column=draft.name(shape.unit),
            value=text,
        )
    return True


def _row_unit(draft: Draft, row: int, shape: Shape, value: ValueColumn, base: str) -> Unit | None:
    """The row's own unit (its column or its name), else the head's; only one that fits the aspect."""
    if value.aspect.percent:
        return None
    if value.unit is not None and value.column in draft.said:
        return value.unit
    own = find_unit(draft.cell(row, shape.unit)) if shape.unit is not None else None
    return own or split_unit(draft.cell(row, shape.label))[1] or value.unit or pick(value.listed, base)
