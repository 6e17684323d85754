"""The trace of a rate or number of villages (快递进村)."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.catalogue.format import format_pct, format_pp
from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.coverage import definition_text, ratio_pct
from desktop_app.models.values import CellState, Period, quantize
from desktop_app.services import context
from desktop_app.services.results.definitions import DefinitionTable
from desktop_app.services.results.tracing import BY_MODE, FigureAddress, FigureTrace, TraceNode
from desktop_app.services.tracing import words
from desktop_app.services.tracing.address import Subject, title_of
from desktop_app.services.tracing.villages import (
    ALL_VILLAGES,
    REACHED,
    Villages,
    not_counting,
    village_nodes,
    villages_of,
)
from desktop_app.storage.engine import Ledger

Lines = list[tuple[str, str]]


def trace_villages(
    ledger: Ledger,
    indicator: Indicator,
    address: FigureAddress,
    period: Period,
    subject: Subject,
    table: DefinitionTable | None,
) -> FigureTrace:
    """Which villages count, which do not, the record behind each, and the same a year before."""
    found = villages_of(ledger, address, subject.unit, period.last)
    value = _value(indicator, found)
    text = _text(indicator, value)
    lines: Lines = [("数值", text)]
    if address.printed and address.printed not in {text, text.rstrip("%个")} and address.measure == "value":
        lines.insert(0, ("印出", address.printed))
    lines += _formula_lines(indicator, found, value, text)
    lines += _definition_lines(indicator, address, found, period, table)
    before = villages_of(ledger, address, subject.unit, period.last.shift(-12))
    lines += _change_lines(indicator, value, _value(indicator, before))
    own = subject.name or context.home(ledger).name or "全县"
    state = CellState.MISSING if value is None else CellState.VALUE
    nodes = village_nodes(ledger, address, found) if value is not None else ()
    files, records = words.count_of(nodes)
    if records:
        lines.append(("来源", f"{files} 个文件，{records} 行通达记录；记录从所属月份起沿用到下一次更新"))
    tree = [TraceNode(f"{own} {found.count} 个建制村", text, state, children=nodes)]
    then = _value(indicator, before)
    if then is not None:
        year = f"{before.month.label}（上年同期）"
        tree.append(TraceNode(year, _text(indicator, then), children=village_nodes(ledger, address, before)))
    return FigureTrace(
        address=address,
        title=title_of(period, subject, indicator.name, address),
        text=address.printed or text,
        state=state,
        lines=tuple(lines),
        tree=tuple(tree),
        lacking=not_counting(found) if value is not None else (),
        lacking_word="未计入的村",
        definitions=table,
    )


def _value(indicator: Indicator, found: Villages) -> Fraction | None:
    """The rate in %, or the number; None before the first record and without villages."""
    if not found.count or not (found.started or indicator.code == ALL_VILLAGES):
        return None
    return ratio_pct(len(found.passed), found.count) if _is_rate(indicator) else Fraction(len(found.passed))


def _is_rate(indicator: Indicator) -> bool:
    return indicator.base_unit == "%"


def _text(indicator: Indicator, value: Fraction | None) -> str:
    if value is None:
        return CellState.MISSING.label
    return f"{format_pct(value)}%" if _is_rate(indicator) else f"{int(value)}个"


def _formula_lines(indicator: Indicator, found: Villages, value: Fraction | None, text: str) -> Lines:
    if value is None:
        why = "村级底册里没有这样的村" if not found.count else f"{found.month.label}以前还没有进村记录，未报不作 0 计"
        return [("说明", why)]
    if not _is_rate(indicator):
        return [("公式", f"{indicator.name} = {found.words}的建制村数")]
    return [
        ("公式", f"{indicator.name} = {found.words}的建制村数 ÷ 建制村总数 × 100"),
        ("代入", f"{len(found.passed)} ÷ {found.count} × 100 = {text}"),
    ]


def _definition_lines(
    indicator: Indicator, address: FigureAddress, found: Villages, period: Period, table: DefinitionTable | None
) -> Lines:
    """By which definition, of what clause; the indicator's own words only where they are those."""
    own = next((key for key, code in REACHED.items() if code == indicator.code), "")
    used = "" if address.brand or address.definition.startswith(BY_MODE) else address.definition or own
    lines: Lines = []
    if used:
        line = next((each for each in table.lines if each.key == used), None) if table is not None else None
        clause = definition_text(used) if line is None else f"{line.name}（{line.clause}）"
        lines.append(("用的口径", clause))
    if used == own:
        lines += words.definition_lines(indicator)
    if found.majors and used not in {"", "any", "direct"}:
        lines.append(("主要品牌", f"{period.last.year}年：{'、'.join(found.majors)}"))
    return lines


def _change_lines(indicator: Indicator, now: Fraction | None, then: Fraction | None) -> Lines:
    if now is None or then is None:
        return []
    words_now, words_then = _text(indicator, now), _text(indicator, then)
    if not _is_rate(indicator):
        return [("同比", f"本期 {words_now} − 上年同期 {words_then} = {int(now - then):+d}个".replace("= -", "= −"))]
    moved = format_pp(now - then, with_unit=True)
    if quantize(now, 1) - quantize(then, 1) != quantize(now - then, 1):
        moved += words.UNROUNDED
    return [
        ("同比", f"本期 {words_now} − 上年同期 {words_then} = {moved}"),
        ("同比基数", "本台账的上年同期数，同一口径"),
    ]
