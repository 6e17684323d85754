"""Checks across catalogue entries: groups, parts and wholes, formula inputs and circles, ambiguous names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.catalogue.fold import fold_alias
from desktop_app.catalogue.model import Indicator
from desktop_app.catalogue.reading import Entry
from desktop_app.catalogue.units import UnitIndex

Indicators = Mapping[str, Indicator]
Places = Mapping[str, Entry]
"""Code → the entry it was read from, for messages."""


def check_groups(indicators: Indicators, places: Places, groups: tuple[str, ...]) -> None:
    """Every indicator stands in a listed group of the tree."""
    for code, indicator in indicators.items():
        if indicator.group not in groups:
            raise places[code].error(f"分组“{indicator.group}”没有在 groups.toml 登记")


def link_parts(indicators: Indicators, places: Places) -> dict[str, Indicator]:
    """Set ``parent`` from the wholes' ``parts``; both sides must agree where both are written."""
    owners: dict[str, str] = {}
    for code, whole in indicators.items():
        for part in whole.parts:
            _check_part(whole, part, indicators, places[code])
            if part in owners:
                raise places[code].error(f"分项 {part} 已属于 {owners[part]}，不能再属于 {code}")
            owners[part] = code
    linked: dict[str, Indicator] = {}
    for code, indicator in indicators.items():
        if indicator.parent is not None and indicator.parent != owners.get(code):
            raise places[code].error(f"parent 写的是 {indicator.parent}，但 {indicator.parent} 的 parts 里没有 {code}")
        linked[code] = replace(indicator, parent=owners.get(code))
    return linked


def _check_part(whole: Indicator, code: str, indicators: Indicators, place: Entry) -> None:
    part = indicators.get(code)
    if part is None:
        raise place.error(f"分项 {code} 没有登记")
    if code == whole.code:
        raise place.error("指标不能是自己的分项")
    if part.base_unit != whole.base_unit or part.kind is not whole.kind:
        raise place.error(f"分项 {code} 的基本单位或性质与合计不同，不能相加")
    if part.parent not in {None, whole.code}:
        raise place.error(f"分项 {code} 的 parent 写的是 {part.parent}，不是 {whole.code}")


def check_formulas(indicators: Indicators, places: Places) -> None:
    """Formula inputs exist and no formula leads back to itself."""
    for code, indicator in indicators.items():
        for name in _inputs(indicator):
            if name not in indicators:
                raise places[code].error(f"公式用到的指标 {name} 没有登记")
    settled: set[str] = set()
    for code in indicators:
        _walk(code, (), indicators, places, settled)


def _inputs(indicator: Indicator) -> tuple[str, ...]:
    """Of every version: a circle that only past months run through is one too."""
    formulas = (each.formula for each in (indicator, *indicator.earlier))
    return tuple(dict.fromkeys(code for formula in formulas if formula is not None for code in formula.inputs))


def _walk(code: str, path: tuple[str, ...], indicators: Indicators, places: Places, settled: set[str]) -> None:
    if code in path:
        circle = " → ".join((*path[path.index(code) :], code))
        raise places[code].error(f"公式绕成一圈：{circle}")
    if code not in settled:
        for name in _inputs(indicators[code]):
            _walk(name, (*path, code), indicators, places, settled)
        settled.add(code)


def collect_words(indicators: Indicators, places: Places, units: UnitIndex) -> dict[str, str]:
    """Folded code, name and aliases → code of the reported indicator; a word for two indicators is refused.

    Words of an indicator that merely repeats another one (出港量 = 快递业务量) lead to that other one, because this
    is the figure that a file can carry. ``short`` is left out: 同城 stands under volume and under revenue.
    """
    words: dict[str, str] = {}
    for code, indicator in indicators.items():
        add_words(words, indicator, places[code], units)
    return words


def add_words(words: dict[str, str], indicator: Indicator, place: Entry, units: UnitIndex) -> None:
    """Add what :func:`collect_words` collects of one indicator."""
    target = (indicator.formula.same_as if indicator.formula is not None else None) or indicator.code
    for pattern in (indicator.code, indicator.name, *indicator.aliases):
        for word in fold_alias(pattern, units):
            if not word:
                raise place.error(f"别名“{pattern}”里没有可识别的字")
            owner = words.setdefault(word, target)
            if owner != target:
                raise place.error(f"“{word}”已经是 {owner} 的名称或别名，文件里出现时分不清")
