"""The sentences of a trace: definition, formula with the numbers put in, the base of every change."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.catalogue.format import DASH, MINUS, format_amount, format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.figures import Growth, Scope, formula_text, growth_over_year, moves_in_points, points_unit
from desktop_app.indicators.remarks import one_sided_words
from desktop_app.models.values import Period, quantize
from desktop_app.services.results.figures import Figure
from desktop_app.services.results.tracing import TraceNode

Lines = list[tuple[str, str]]
TIMES = " × 100%"
UNROUNDED = "（按未四舍五入的数算）"


def definition_lines(indicator: Indicator) -> Lines:
    """口径, its clause and its validity."""
    validity = ""
    if indicator.valid_from is not None:
        validity += f"{indicator.valid_from.label}起"
    if indicator.valid_to is not None:
        validity += f"至{indicator.valid_to.label}"
    lines = [
        ("口径", f"{indicator.code} 第{indicator.definition_version}版：{indicator.definition}"),
        ("出处", indicator.source),
        ("有效期", validity or "长期"),
    ]
    lines += [("断点", f"{each.month.label}起{each.reason}，前后不可比") for each in indicator.breaks]
    return lines


def value_lines(calc: Calculator, indicator: Indicator, figure: Figure, period: Period, scope: Scope) -> Lines:
    """数值, 公式, 代入, 报送."""
    lines: Lines = []
    if figure.value is not None:
        words = f"{figure.text} {figure.display_unit}"
        if indicator.kind.adds_over_companies and indicator.base_unit != figure.display_unit:
            words += f"（{figure.value.normalize():,f} {indicator.base_unit}）"
        lines.append(("数值", words))
    else:
        lines.append(("数值", figure.text))
    lines += formula_lines(calc, indicator, figure, period, scope)
    complete = figure.completeness
    if complete.expected:
        absent = [f"{'、'.join(complete.missing)}未报"] if complete.missing else []
        absent += [f"{'、'.join(complete.returned)}退回"] if complete.returned else []
        tail = f"；{'，'.join(absent)}，不作 0 计" if absent else ""
        lines.append(("报送", f"{complete.expected} 家中 {complete.reported} 家已报{tail}"))
    if figure.status:
        lines.append(("状态", f"{figure.status}（按其中最不确定的一个）"))
    return lines


def formula_lines(calc: Calculator, indicator: Indicator, figure: Figure, period: Period, scope: Scope) -> Lines:
    """The formula in Chinese, and again with the numbers put in."""
    lines: Lines = []
    if words := formula_text(calc, indicator):
        lines.append(("公式", words))
    elif indicator.rule:
        lines.append(("公式", _rule_words(indicator)))
    elif calc.told_whole(indicator, period, scope.members) is not None:
        lines.append(("来由", "用本局评定、录入的数，不用企业报数之和"))
    elif calc.additive(indicator.code):
        lines.append(("公式", f"{indicator.name} = 各企业报数之和"))
    amount = calc.amount(indicator.code, period, scope.members)
    if indicator.formula is not None and any(key.indicator == indicator.code for key in amount.keys):
        return [*lines, ("代入", "本期用上级直接下发的数，没有按公式计算")]
    if figure.value is None:
        return lines
    if indicator.formula is not None:
        numbers = {
            code: format_amount(calc.catalogue.indicator(code), used.value, scope.scale, with_unit=True)
            for code, used in calc.inputs_used(indicator, period, scope.members).items()
            if used.value is not None
        }
        put_in = indicator.formula.describe(numbers).replace("报告期日数", f"{period.days}日")
        lines.append(("代入", f"{put_in} = {figure.text}{figure.display_unit}"))
    elif indicator.parts:
        parts = [(code, calc.amount(code, period, scope.members)) for code in indicator.parts]
        if all(each.value is not None for _, each in parts):
            texts = [
                format_amount(calc.catalogue.indicator(code), each.value, scope.scale)
                for code, each in parts
                if each.value is not None
            ]
            lines.append(("代入", f"{' + '.join(texts)} = {figure.text}{figure.display_unit}"))
    return lines


def _rule_words(indicator: Indicator) -> str:
    if indicator.rule == "HHI":
        return f"{indicator.name} = 各品牌业务量比重（%）的平方和"
    return f"{indicator.name} = 业务量前{indicator.rule.removeprefix('CR')}位品牌之和 ÷ 全部业务量 × 100"


def change_lines(
    calc: Calculator, indicator: Indicator, figure: Figure, period: Period, scope: Scope, reason: str
) -> Lines:
    """同比, 环比 and 比重 with their bases. ``reason``: why the comparable base was entered."""
    yearly = growth_over_year(calc, indicator, period, scope)
    lines: Lines = []
    if yearly.broken:
        lines.append(("同比", f"{DASH}：{yearly.broken}"))
    elif yearly.withheld:
        lines.append(("同比", f"{DASH}：{yearly.withheld}，不算同比"))
    elif yearly.base is not None or yearly.basis:
        lines.append(("同比", _against(indicator, figure, yearly.base, yearly.rate, scope, "本期", "上年同期")))
        lines.append(("同比基数", _base_words(indicator, yearly, scope, reason)))
    if not figure.mom_applies:
        lines.append(("环比", "不适用：全年的上期就是上年，只有同比"))
    elif figure.previous is not None:
        base = calc.amount(indicator.code, period.previous(), scope.members).value
        rate = None if figure.mom_pct is None else Fraction(figure.mom_pct)
        lines.append(("环比", _against(indicator, figure, base, rate, scope, "本期", "上期")))
    if indicator.parent is not None and figure.share_pct is not None:
        part, whole = (each.value for each in calc.together((indicator.code, indicator.parent), period, scope.members))
        parent = calc.catalogue.indicator(indicator.parent)
        if part is not None and whole is not None:
            told = (format_amount(indicator, part, scope.scale), format_amount(parent, whole, scope.scale))
            words = f"{told[0]} ÷ {parent.short} {told[1]}{TIMES}"
            moved = figure.share_change_pp
            tail = "" if moved is None else f"，比上年同期 {format_pp(moved, with_unit=True)}"
            lines.append(("比重", f"{words} = {format_pct(figure.share_pct)}%{tail}"))
    return lines


def _against(
    indicator: Indicator,
    figure: Figure,
    base: Fraction | None,
    rate: Fraction | None,
    scope: Scope,
    now: str,
    then: str,
) -> str:
    if rate is None:
        return f"{DASH}：基数为零、未报或不能比较"
    if base is None:
        return f"{format_pct(rate, signed=True)}%（文件里直接写的）"
    before = format_amount(indicator, base, scope.scale)
    exact = _unrounded(indicator, figure, before, rate)
    if moves_in_points(indicator):
        unit = points_unit(indicator, scope.scale).removeprefix("个")
        return f"{now} {figure.text} − {then} {before} = {format_pp(rate)}{unit}{exact}"
    return f"（{now} {figure.text} − {then} {before}）÷ {before}{TIMES} = {format_pct(rate, signed=True)}%{exact}"


def _unrounded(indicator: Indicator, figure: Figure, before: str, rate: Fraction) -> str:
    """A word where the printed numbers, being rounded, would not give the printed change."""
    try:
        now, then = (Fraction(text.replace(MINUS, "-")) for text in (figure.text, before))
    except ValueError:
        return ""
    if not moves_in_points(indicator) and then <= 0:
        return ""
    printed = now - then if moves_in_points(indicator) else (now - then) / then * 100
    return "" if quantize(printed, 1) == quantize(rate, 1) else UNROUNDED


def _base_words(indicator: Indicator, yearly: Growth, scope: Scope, reason: str) -> str:
    if yearly.basis == "可比口径":
        published = DASH
        if yearly.published is not None:
            published = format_amount(indicator, yearly.published, scope.scale, with_unit=True)
        why = f"，理由：{reason}" if reason else ""
        return f"可比口径基数（录入的）{why}；公布的上年同期数 {published}"
    if yearly.basis == "报送":
        return "企业报表里写的上年同期数（报送）；本台账没有上年同期数"
    lacking = f"；上年同期{yearly.lacking}" if yearly.lacking else ""
    beside = one_sided_words(indicator, yearly, "上年同期", "本期", "同比", both=False)
    return "；".join((f"本台账的上年同期数{lacking}", *beside))


def count_of(nodes: tuple[TraceNode, ...]) -> tuple[int, int]:
    """How many files and stored numbers stand under these nodes."""
    batches: set[int] = set()
    places: set[tuple[int, str, int, str]] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.place is not None:
            batches.add(node.place.batch)
            places.add((node.place.batch, node.place.sheet, node.place.row, node.place.column))
    return len(batches), len(places)
