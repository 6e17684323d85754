"""Cells of figures → fixed-point amounts in base units, with every problem and every change of form noted."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.importing.amounts import amount_at
from desktop_app.importing.codes import read_code
from desktop_app.importing.convert import MAX_FIXED, Amount, to_stored
from desktop_app.importing.dates import read_date
from desktop_app.importing.draft import Draft, Figure
from desktop_app.importing.grid import FORMULA_WITHOUT_VALUE
from desktop_app.importing.recognise.figures import Aspect, FigureColumn, read_head
from desktop_app.importing.recognise.units import base_unit, pick, strangers_in, units_in
from desktop_app.importing.said import Answer
from desktop_app.models.values import CellState, Month

_ASKED_BASES = {"件", "元"}
"""Bases that are written in several units (件/万件, 元/万元): an unnamed unit is said."""


def column_unit(draft: Draft, figure: FigureColumn) -> Unit | None:
    """Unit of a column: its head, else the line of units or the title, else the base unit; None after an error."""
    base = "%" if figure.aspect.percent else figure.indicator.base_unit
    return settle_unit(draft, figure.indicator, base, figure.unit, figure.name)


def settle_unit(draft: Draft, indicator: Indicator, base: str, named: Unit | None, name: str) -> Unit | None:
    """The unit for amounts of ``base``, with its ground.

    :param named: what the head or a unit column says; must convert into ``base``.
    """
    if named is not None:
        unit = _named_unit(draft, indicator, base, named, name)
        if unit is not None and named.name not in draft.named_units:
            draft.named_units.append(named.name)
        return unit
    listed = [] if base == "%" else units_in(draft.table.unit)
    if not listed and (learned := _unit_of_profile(draft, base, name)) is not None:
        return learned
    unit = pick(listed, base)
    if unit is not None:
        draft.ground(f"单位：{unit.name}（文件写明“单位：{draft.table.unit}”）")
        return unit
    several = [unit.name for unit in listed if unit.base == base]
    if several:
        draft.error(
            "UNIT_AMBIGUOUS",
            f"文件写的单位有{'、'.join(several)}，不知“{name}”用哪一个",
            "请指明用哪一个单位，或请企业在列名里写明",
            column=name,
            answers=_unit_answers(draft, indicator, several, name),
        )
        return None
    if base in _ASKED_BASES and (strange := strangers_in(draft.table.unit)):
        draft.error(
            "UNIT_UNKNOWN",
            f"文件的单位写着“{draft.table.unit}”，“{'、'.join(strange)}”不是认识的单位，“{name}”不知用什么单位",
            f"{indicator.name}的单位可写{base}或万{base}；请企业改正，或在列名里写明",
            column=name,
        )
        return None
    if base in _ASKED_BASES:
        draft.ground(f"单位：没有写明“{name}”的单位，按{base}读")
    elif base not in draft.usual_units:
        draft.usual_units.append(base)
    return base_unit(base)


def _unit_answers(draft: Draft, indicator: Indicator, units: list[str], name: str) -> list[Answer]:
    """One answer for each unit, where the column as a whole can be named: its head says the indicator."""
    columns = [column for column, head in enumerate(draft.shown) if head == name]
    figure = read_head(draft.levels[columns[0]], columns[0], name) if len(columns) == 1 else None
    if figure is None or figure.indicator.code != indicator.code:
        return []
    aspect = "" if figure.aspect is Aspect.MONTH else figure.aspect.value
    key = draft.key(columns[0])
    return [Answer(f"用{unit}", meanings=((key, f"{indicator.name}{aspect} · {unit}"),)) for unit in units]


def _unit_of_profile(draft: Draft, base: str, name: str) -> Unit | None:
    """The unit that the company used in this layout, where the file itself says none."""
    if draft.profile is None or base not in _ASKED_BASES:
        return None
    meanings = [said.meaning for column, said in draft.profile.columns.items() if draft.shown[column] == name]
    units = [unit for m in meanings if (unit := find_unit(m.partition(" · ")[2])) is not None and unit.base == base]
    unit = units[0] if units else pick(units_in(draft.profile.profile.layout.unit), base)
    if unit is not None:
        draft.ground(f"单位：“{name}”按{unit.name}读（按方案“{draft.profile.profile.name}”，文件里没有写）")
    return unit


def _named_unit(draft: Draft, indicator: Indicator, base: str, named: Unit, name: str) -> Unit | None:
    if named.base == base:
        return named
    if named.factor == 1 and base not in _ASKED_BASES | {"%"} and named.base not in {"元", "%"}:
        # Counting words (个, 次, 件, 家 …) are used loosely; one of each is one.
        return base_unit(base)
    draft.error(
        "UNIT_MISMATCH",
        f"“{name}”写的单位是“{named.name}”，而{indicator.name}的单位应是{base}或可换算成{base}",
        "请核对这一列是什么指标，或更正单位",
        column=name,
        value=named.name,
    )
    return None


def read_figure(draft: Draft, row: int, column: int, name: str, unit: Unit) -> Figure | None:
    """One cell → figure in base units; None after an error (the row is rejected)."""
    text = draft.cell(row, column)
    flag = draft.table.sheet.flags.get((row, column))
    if flag is not None:
        if flag.code == FORMULA_WITHOUT_VALUE:
            draft.error(
                flag.code,
                "这一格是公式，但文件里没有保存它的结果",
                "请企业用 Excel 或 WPS 打开原表，按 F9 重算后保存再发；不能当作 0",
                row=row,
                column=name,
                value=flag.text,
            )
        else:
            draft.error(
                flag.code, f"这一格是错误值 {flag.text}", "请企业改正公式后再发", row=row, column=name, value=flag.text
            )
        return None
    amount = amount_at(draft, row, column)
    if amount.problem:
        draft.error(
            "NOT_A_NUMBER", amount.problem, "请企业改成数字；没有数据的填“未报”", row=row, column=name, value=text
        )
        return None
    if amount.change:
        draft.change(row, column, amount.read_as, amount.why)
    if amount.lost:
        draft.warn(
            "DIGITS_LOST",
            f"“{text}”是科学计数法，只写到 {amount.step:f}，更细的数字可能已经丢失",
            "请企业把这一列设为“数值”格式再发；确实是整数的，说明原因后可以入库",
            row=row,
            column=name,
            value=text,
        )
    return _store(draft, Figure(row, column, name, text, amount, None, 0), unit)


def _store(draft: Draft, figure: Figure, unit: Unit) -> Figure | None:
    amount = figure.amount
    if amount.number is None:
        return figure
    actual = _actual_unit(draft, figure, amount, unit)
    if actual is None:
        return None
    stored, exact = to_stored(amount.number, actual)
    if abs(stored) > MAX_FIXED:
        draft.error(
            "TOO_LARGE",
            f"“{figure.text}”大得不合情理",
            "请核对数字和单位",
            row=figure.row,
            column=figure.name,
            value=figure.text,
        )
        return None
    if not exact:
        draft.warn(
            "ROUNDED",
            f"“{figure.text}”的小数位太多，按四舍五入存到小数点后 4 位（{unit.base}）",
            "一般不影响结果；如有疑问请核对原数",
            row=figure.row,
            column=figure.name,
            value=figure.text,
        )
    step, _ = to_stored(amount.step, actual)
    return Figure(figure.row, figure.column, figure.name, figure.text, amount, stored, max(step, 1), actual)


def _actual_unit(draft: Draft, figure: Figure, amount: Amount, unit: Unit) -> Unit | None:
    """The cell's own unit goes before the column's; a scale word in a scaled column is ambiguous.

    A unit that the company has confirmed for this cell goes before both.
    """
    confirmed = draft.repairs.get((figure.row, figure.column))
    told = find_unit(confirmed.unit) if confirmed is not None else None
    if confirmed is not None and told is not None and told.base == unit.base:
        draft.repaired.add(confirmed)
        why = f"企业确认单位是{told.name}：{draft.options.repair_reason}"
        draft.change(figure.row, figure.column, f"{amount.number:f}{told.name}", why)
        return told
    if amount.unit:
        own = find_unit(amount.unit)
        if own is None or (own.base != unit.base and not (own.base == "个" and unit.factor == 1)):
            draft.error(
                "UNIT_MISMATCH",
                f"“{figure.text}”的单位与这一列不符",
                f"这一列应是{unit.name}",
                row=figure.row,
                column=figure.name,
                value=figure.text,
            )
            return None
        if own.factor != unit.factor:
            draft.change(figure.row, figure.column, f"{amount.number:f}{own.name}", "按格内的单位，不按这一列的单位")
        return own if own.base == unit.base else unit
    if unit.factor != 1 and amount.number is not None and any(word in figure.text for word in "万亿"):
        draft.error(
            "UNIT_AMBIGUOUS",
            f"“{figure.text}”里有“万”或“亿”，而这一列的单位已经是{unit.name}",
            "请企业只在一处写明单位",
            row=figure.row,
            column=figure.name,
            value=figure.text,
        )
        return None
    return unit


def settle_code(draft: Draft, row: int, column: int | None, lengths: tuple[int, ...]) -> str:
    """The code of a cell as text; every repair is noted and asks for a reason, lost digits are an error."""
    text = draft.cell(row, column)
    if column is None or not text:
        return ""
    read = read_code(text, lengths)
    if read.problem:
        draft.error("CODE_LOST", read.problem, read.hint, row=row, column=draft.name(column), value=text)
    elif read.code != text:
        draft.change(row, column, read.code, read.why)
        draft.warn(
            "CODE_RESTORED",
            f"“{text}”按代码 {read.code} 读：{read.why}",
            "请核对；以后请把这一列设为文本",
            row=row,
            column=draft.name(column),
            value=text,
        )
    return read.code


def read_month(draft: Draft, row: int, column: int | None) -> Month | None:
    """The month of a date in a register (开办日期); None when the cell says nothing, or after an error."""
    text = draft.cell(row, column)
    if text in {"", "-", "—", "/", "无"}:
        return None
    found = read_date(text)
    if found is None:
        draft.error(
            "DATE_UNREADABLE", f"“{text}”不是日期", "请写成 2020-03-01", row=row, column=draft.name(column), value=text
        )
        return None
    if found.why and column is not None:
        draft.change(row, column, found.month.label, found.why)
    return found.month


def warn_blank_months(draft: Draft, blank: Sequence[str], filled: Sequence[str]) -> None:
    """Ask about columns of the month that are blank from top to bottom beside filled ones: heads are easily swapped."""
    if blank and filled:
        draft.warn(
            "BLANK_MONTH",
            f"“{'”“'.join(blank)}”全空，而“{'”“'.join(filled)}”有数",
            "是不是两列的列名写反了，或数填错了列？本月确实没有数的，说明原因后可以入库",
            column=blank[0],
        )


def says_something(figure: Figure | None) -> bool:
    """Whether the cell holds a value or a written state (an empty cell says nothing)."""
    return figure is not None and (figure.state is not CellState.MISSING or bool(figure.text))
