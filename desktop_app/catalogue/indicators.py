"""Reading ``[[indicator]]`` entries (指标与口径) into :class:`Indicator`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from desktop_app.catalogue.formula import Formula, FormulaError, parse_formula
from desktop_app.catalogue.model import (
    Dimension,
    Display,
    Frequency,
    Indicator,
    Kind,
    Owner,
    SeasonFigure,
    SeriesBreak,
    Unit,
)
from desktop_app.catalogue.reading import Entry
from desktop_app.models.values import Month, Polarity

MAX_DECIMALS = 4
"""Amounts are stored to 1/10 000 of the base unit."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)+")
_RULE = re.compile(r"CR[1-9]\d?|HHI")
_Word = TypeVar("_Word", bound=StrEnum)


def read_indicator(entry: Entry, units: Mapping[str, Unit]) -> Indicator:
    """One entry, checked as far as it can be without the other entries."""
    code = entry.text("code")
    if _CODE.fullmatch(code) is None:
        raise entry.error(f"代码“{code}”写法不对，应为大写字母和数字，用点分段，如 MKT.VOL")
    base = entry.text("base_unit")
    if base not in units or units[base].base != base:
        raise entry.error(f"基本单位“{base}”没有在 units.toml 登记为基本单位")
    county = _read_display(entry.table("county"), base, units)
    indicator = Indicator(
        code=code,
        name=entry.text("name"),
        short=entry.text("short"),
        group=entry.text("group"),
        kind=choice(entry, "kind", Kind),
        owner=choice(entry, "owner", Owner),
        base_unit=base,
        display={
            "county": county,
            "national": _read_display(entry.table("national"), base, units) if entry.has("national") else county,
        },
        polarity=choice(entry, "polarity", Polarity),
        definition=entry.text("definition"),
        definition_version=entry.integer("definition_version", 1),
        source=entry.text("source"),
        formula=_read_formula(entry),
        parts=entry.texts("parts"),
        parent=entry.text("parent") if entry.has("parent") else None,
        aliases=entry.texts("aliases"),
        core=entry.flag("core", default=True),
        rule=_read_rule(entry),
        breaks=tuple(_read_break(each) for each in entry.tables("breaks")),
        carried_months=entry.integer("carried_months", 0),
        sampled=entry.flag("sampled", default=False),
        season=choice(entry, "season", SeasonFigure) if entry.has("season") else None,
        entered=_read_entered(entry),
        valid_from=_read_month(entry, "valid_from"),
        valid_to=_read_month(entry, "valid_to"),
        frequency=choice(entry, "frequency", Frequency) if entry.has("frequency") else Frequency.MONTH,
        dimensions=tuple(_word(entry, "dimensions", text, Dimension) for text in entry.texts("dimensions")),
        retired=entry.flag("retired", default=False),
    )
    earlier = [_read_earlier(each, indicator) for each in entry.tables("earlier")]
    entry.finish()
    _check_alone(indicator, entry)
    _check_versions([*earlier, indicator], entry)
    return replace(indicator, earlier=tuple(earlier))


def _read_earlier(entry: Entry, now: Indicator) -> Indicator:
    """A definition that held before; what it does not say is as today."""
    found = replace(
        now,
        definition=entry.text("definition"),
        definition_version=entry.integer("definition_version"),
        source=entry.text("source", now.source),
        formula=_read_formula(entry),
        valid_from=_read_month(entry, "valid_from"),
        valid_to=_read_month(entry, "valid_to"),
        retired=False,
    )
    entry.finish()
    _check_alone(found, entry)
    return found


def _check_versions(versions: list[Indicator], entry: Entry) -> None:
    """Oldest first, each ending before the next begins, numbers rising."""
    for before, after in pairwise(versions):
        if before.definition_version >= after.definition_version:
            raise entry.error(f"earlier 里的口径要从旧到新排，版本号递增；第{after.definition_version}版排在后面")
        if before.valid_to is None or after.valid_from is None or before.valid_to >= after.valid_from:
            raise entry.error(
                f"第{before.definition_version}版口径的 valid_to 要早于第{after.definition_version}版的 valid_from"
            )


def choice(entry: Entry, key: str, words: type[_Word]) -> _Word:
    """A text that must be one of the values of an enum."""
    return _word(entry, key, entry.text(key), words)


def _word(entry: Entry, key: str, text: str, words: type[_Word]) -> _Word:
    try:
        return words(text)
    except ValueError:
        allowed = "、".join(word.value for word in words)
        raise entry.error(f"{key} 的值“{text}”不对，应为其中之一：{allowed}") from None


def _read_display(entry: Entry, base: str, units: Mapping[str, Unit]) -> Display:
    unit = known_unit(entry, units, base)
    decimals = entry.integer("decimals")
    if not 0 <= decimals <= MAX_DECIMALS:
        raise entry.error(f"小数位数应在 0 到 {MAX_DECIMALS} 之间")
    entry.finish()
    return Display(unit, decimals)


def known_unit(entry: Entry, units: Mapping[str, Unit], base: str | None = None) -> Unit:
    """The unit under the key ``unit``; with ``base``, it must convert into that base unit."""
    name = entry.text("unit")
    unit = units.get(name)
    if unit is None:
        raise entry.error(f"单位“{name}”没有在 units.toml 登记")
    if base is not None and unit.base != base:
        raise entry.error(f"单位“{name}”换算不成基本单位“{base}”")
    return unit


def _read_formula(entry: Entry) -> Formula | None:
    if not entry.has("formula"):
        return None
    try:
        return parse_formula(entry.text("formula"))
    except FormulaError as error:
        raise entry.error(str(error)) from error


def _read_rule(entry: Entry) -> str:
    rule = entry.text("rule", "")
    if rule and _RULE.fullmatch(rule) is None:
        raise entry.error(f"集中度规则 rule 的值“{rule}”不对，应为 CR4、CR8 这样的写法或 HHI")
    return rule


def _read_entered(entry: Entry) -> bool:
    """``entered = true``; what is the bureau's own or handed down to it is entered anyway, if it is a number."""
    own = entry.text("owner") in {Owner.BUREAU, Owner.SUPERIOR} and entry.text("kind") != Kind.CATEGORY
    return entry.flag("entered", default=own and not entry.has("formula"))


def _read_break(entry: Entry) -> SeriesBreak:
    month = _read_month(entry, "month")
    if month is None:
        raise entry.error("断点缺少月份 month")
    found = SeriesBreak(month, entry.text("reason"))
    entry.finish()
    return found


def _read_month(entry: Entry, key: str) -> Month | None:
    if not entry.has(key):
        return None
    try:
        return Month.parse(entry.text(key))
    except ValueError:
        raise entry.error(f'{key} 应写成月份，如 "2021-01"') from None


def _check_alone(indicator: Indicator, entry: Entry) -> None:
    computed = indicator.formula is not None
    if indicator.kind is Kind.RATIO and not computed:
        raise entry.error('比率指标（kind = "ratio"）缺少 formula（公式）')
    if computed and indicator.kind in {Kind.COVERAGE, Kind.INDEX, Kind.RANK, Kind.CATEGORY}:
        raise entry.error(f'kind = "{indicator.kind}" 的指标不能有公式')
    if computed and indicator.owner is not Owner.COMPUTED:
        raise entry.error("有公式的指标由程序计算，owner 应为 computed")
    if (indicator.kind is Kind.INDEX) != bool(indicator.rule):
        raise entry.error("集中度指标（index）要有 rule，其他指标不能有")
    by_other_means = {Kind.COVERAGE, Kind.INDEX, Kind.CATEGORY}
    if indicator.owner is Owner.COMPUTED and not computed and indicator.kind not in by_other_means:
        raise entry.error('owner = "computed" 的指标缺少 formula（公式）')
    if indicator.carried_months and indicator.kind is not Kind.STOCK:
        raise entry.error("carried_months（沿用月数）只用于时点数（stock）")
    if indicator.valid_from and indicator.valid_to and indicator.valid_from > indicator.valid_to:
        raise entry.error("valid_from 晚于 valid_to")
    if computed and indicator.entered:
        raise entry.error("有公式的指标由程序计算，不能录入（entered）")
    if indicator.parts and computed:
        raise entry.error("一个指标不能既有分项 parts 又有公式 formula")
