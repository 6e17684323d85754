"""Formulas of own indicators while they are typed: read, explained, tried on the ledger's figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.catalogue.format import format_amount
from desktop_app.catalogue.formula import Formula, FormulaError, parse_formula
from desktop_app.catalogue.formula_tree import outline, unit_clashes, unit_doubts
from desktop_app.catalogue.model import Catalogue, Indicator
from desktop_app.catalogue.nodes import Ago, Binary, Extreme, Negative, Node
from desktop_app.indicators.amounts import Amount, Calculator
from desktop_app.indicators.figures import Scope, build_figure, completeness
from desktop_app.models.values import CellState, Month, Period
from desktop_app.services import context
from desktop_app.services.results.own_indicators import FormulaInput, FormulaNote, FormulaReading, Trial
from desktop_app.storage.engine import Ledger

_NEAR = 3
_CODE = re.compile(r"(?<![\w.])[A-Za-z]\w*(?:\.\w+)+(?![\w.])", re.ASCII)
_PLACE = re.compile(r"^第\d+个字符处：")


def read_formula(ledger: Ledger, text: str, code: str = "", unit: str = "") -> FormulaReading:
    """What a formula says, what it reads, and what is wrong with it; nothing is stored.

    :param code: of the indicator that it is for: a circle through it is told.
    :param unit: in which the indicator is to be printed; a result in another one is told.
    """
    catalogue = context.catalogue(ledger)
    if not text.strip():
        return FormulaReading()
    written, text = text, coded(text, catalogue)
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        return FormulaReading(notes=(_error_note(_in_writing(error, written, catalogue), written, catalogue),))
    names = {known: entry.name for known, entry in catalogue.indicators.items()}
    notes = [*_unknown(formula, catalogue), *_circle(formula, code, catalogue), *_without_numbers(formula, catalogue)]
    notes += [FormulaNote(words) for words in unit_clashes(formula, catalogue.indicators, catalogue.units)]
    if written != text:
        notes = [replace(note, text=_PLACE.sub("", note.text), position=0, length=0) for note in notes]
    if unit in catalogue.units:
        base = catalogue.units[unit].base
        doubts = unit_doubts(formula, base, catalogue.indicators, catalogue.units)
        notes += [FormulaNote(words, serious=False) for words in doubts]
    inputs = tuple(_input(known, catalogue) for known in formula.inputs)
    return FormulaReading(formula.describe(names), tuple(outline(formula.tree, names)), inputs, tuple(notes))


def coded(text: str, catalogue: Catalogue) -> str:
    """The formula with codes in place of the names that were typed; names that two indicators bear stay.

    A code in small letters is the code: mkt.vol.
    """
    pattern, codes = _by_name(catalogue)
    text = pattern.sub(lambda found: codes[found[0]], text)
    return _CODE.sub(lambda found: known if (known := found[0].upper()) in catalogue.indicators else found[0], text)


def _by_name(catalogue: Catalogue) -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, set[str]] = {}
    for entry in catalogue.indicators.values():
        for name in {entry.name, entry.short}:
            codes.setdefault(name, set()).add(entry.code)
    alone = {name: min(found) for name, found in codes.items() if len(found) == 1}
    names = "|".join(re.escape(name) for name in sorted(alone, key=len, reverse=True))
    return re.compile(rf"(?<![㐀-鿿\w.])(?:{names})(?![㐀-鿿\w.])"), alone


def _in_writing(error: FormulaError, written: str, catalogue: Catalogue) -> FormulaError:
    """The error at its place in what was typed, where names stood for codes."""
    pattern, codes = _by_name(catalogue)
    shift, at = 0, error.position
    for found in pattern.finditer(written):
        longer = len(codes[found[0]]) - len(found[0])
        if found.start() + 1 + shift >= at:
            break
        shift += longer
    return FormulaError(error.reason, written, max(at - shift, 1))


def _error_note(error: FormulaError, text: str, catalogue: Catalogue) -> FormulaNote:
    """A Chinese name where a code belongs is named as such."""
    at = min(error.position, len(text) + 1)
    word = re.match(r"[㐀-鿿/（）()]*[㐀-鿿]", text[at - 1 :])
    if word is not None:
        found = [entry for entry in catalogue.indicators.values() if word[0] in (entry.name, entry.short)]
        hint = f"，要写代码 {found[0].code}" if found else "，公式里要写指标代码；可从提示里选"
        return FormulaNote(f"第{at}个字符处：“{word[0]}”是中文{hint}", at, len(word[0]))
    return FormulaNote(f"第{at}个字符处：{error.reason}", at, 1 if at <= len(text) else 0)


def _place_of(formula: Formula, code: str) -> tuple[int, int]:
    found = re.search(rf"(?<![\w.]){re.escape(code)}(?![\w.])", formula.text)
    return (found.start() + 1, len(code)) if found else (0, 0)


def _unknown(formula: Formula, catalogue: Catalogue) -> Iterator[FormulaNote]:
    for code in formula.inputs:
        if code in catalogue.indicators:
            continue
        head = code.split(".")[0] + "."
        near = [known for known in catalogue.indicators if known.startswith(code) or code.startswith(known)]
        near = near or [known for known in catalogue.indicators if known.startswith(head)]
        hint = f"；相近的有 {'、'.join(near[:_NEAR])}" if near else ""
        at, length = _place_of(formula, code)
        yield FormulaNote(f"第{at}个字符处：没有指标 {code}{hint}", at, length)


def _circle(formula: Formula, code: str, catalogue: Catalogue) -> Iterator[FormulaNote]:
    """Inputs that lead back to the indicator itself."""
    for first in formula.inputs:
        way = _way(first, code, catalogue, ())
        if code and way:
            at, length = _place_of(formula, first)
            words = " → ".join((code, *way))
            yield FormulaNote(f"第{at}个字符处：公式绕成一圈：{words}", at, length)


def _way(start: str, end: str, catalogue: Catalogue, seen: tuple[str, ...]) -> tuple[str, ...]:
    """The codes by which ``start`` leads to ``end``, both included; empty when it does not."""
    if start == end:
        return (start,)
    entry = catalogue.indicators.get(start)
    if entry is None or start in seen:
        return ()
    formulas = (each.formula for each in (entry, *entry.earlier) if each.formula is not None)
    for code in dict.fromkeys(code for formula in formulas for code in formula.inputs):
        if way := _way(code, end, catalogue, (*seen, start)):
            return (start, *way)
    return ()


def _without_numbers(formula: Formula, catalogue: Catalogue) -> Iterator[FormulaNote]:
    if not formula.inputs:
        yield FormulaNote("公式里没有指标，只有常数")
    for code in formula.inputs:
        entry = catalogue.indicators.get(code)
        if entry is not None and entry.retired:
            at, length = _place_of(formula, code)
            yield FormulaNote(f"第{at}个字符处：{entry.name}已停用，停用后没有数", at, length, serious=False)


def _input(code: str, catalogue: Catalogue) -> FormulaInput:
    entry = catalogue.indicators.get(code)
    if entry is None:
        return FormulaInput(code, "没有这个指标", "")
    return FormulaInput(code, entry.name, entry.base_unit)


# ----------------------------------------------------------------------------------------------- trying it


def try_indicator(ledger: Ledger, tried: Indicator, month: Month, region: str | None = None) -> Trial:
    """What an indicator would give for a month and a region, computed as every figure is; nothing is stored.

    :raises UserError: a region that the ledger does not know.
    """
    if region is not None:
        context.check_region(ledger, region)
    catalogue = context.catalogue(ledger)
    with_it = replace(catalogue, indicators={**catalogue.indicators, tried.code: tried})
    scope = context.scope(ledger, region)
    calc = context.trial_calculator(ledger, with_it, month, scope.region)
    period = Period.of_month(month)
    place = f"{scope.region_name} {month.label}"
    rows = _rows(calc, tried, period, scope)
    figure = build_figure(calc, tried.code, period, scope)
    if figure.value is not None:
        return Trial(place, rows, f"{figure.text}{figure.display_unit}", figure.completeness.words)
    lacking = [f"{row.name}{row.note}" for row in rows if not row.text]
    if not tried.at(month).valid(month):
        reason = f"{month.label}不在启用的月份里"
    elif lacking:
        reason = f"{'，'.join(lacking)}，所以算不出来"
    elif tried.formula is not None:
        reason = "除数是 0，所以没有结果，印作“—”"
    else:
        reason = f"{month.label}还没有录入或导入这个指标的数（{figure.state.label}）"
    return Trial(place, rows, "", reason)


def _rows(calc: Calculator, tried: Indicator, period: Period, scope: Scope) -> tuple[FormulaInput, ...]:
    """The inputs just as the formula takes them; those of earlier years by themselves."""
    tried = tried.at(period.last)
    if tried.formula is None:
        return ()
    now = _read_now(tried.formula.tree)
    used = calc.inputs_used(tried, period, scope.members)
    wholes = {code: calc.amount(code, period, scope.members) for code in used if code in now}
    rows = [_row(calc, code, "", used[code], scope, whole) for code, whole in wholes.items()]
    for code, years in tried.formula.earlier:
        amount = calc.amount(code, period.years_before(years), scope.members)
        rows.append(_row(calc, code, f"{years}年前同期", amount, scope))
    return tuple(rows)


def _row(
    calc: Calculator, code: str, when: str, amount: Amount, scope: Scope, whole: Amount | None = None
) -> FormulaInput:
    """One input; ``whole``: over all companies, to say who is lacking, where ``amount`` is over those that gave all."""
    entry = calc.catalogue.indicator(code)
    name = f"{when}{entry.name}"
    if amount.value is None:
        state = amount.state.label if amount.state is not CellState.VALUE else "没有数"
        return FormulaInput(code, name, entry.base_unit, "", state)
    text = format_amount(entry, amount.value, scope.scale, with_unit=True)
    return FormulaInput(code, name, entry.base_unit, text, completeness(whole or amount, scope.names).words or "有数")


def _read_now(node: Node) -> set[str]:
    """Codes of which the formula reads the period's own amount."""
    match node:
        case Ago():
            return set()
        case Negative(operand):
            return _read_now(operand)
        case Binary(_, left, right):
            return _read_now(left) | _read_now(right)
        case Extreme(_, terms):
            return set().union(*map(_read_now, terms))
        case _:
            return {code} if (code := getattr(node, "code", "")) else set()
