"""Reading ``[[programme]]`` entries: green programmes as rows of targets; a name's digits are never parsed."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.catalogue.indicators import choice, known_unit
from desktop_app.catalogue.model import Indicator, Programme, ProgrammeLine, Unit
from desktop_app.catalogue.reading import Entry
from desktop_app.models.values import NATIONAL_REGION, Comparator, Month, region_code

CAMPAIGN_ENDS = (".CHK", ".BAD")
"""Ends of the codes that count what a campaign checked and what failed."""


def read_programme(entry: Entry, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> Programme:
    """One programme with its target lines."""
    programme = Programme(
        code=entry.text("code"),
        name=entry.text("name"),
        year=entry.integer("year"),
        level=entry.text("level"),
        document=entry.text("document"),
        source=entry.text("source"),
        region=_region(entry),
        lines=tuple(_read_line(line, indicators, units) for line in entry.tables("line")),
        retired=entry.flag("retired", default=False),
    )
    entry.finish()
    if not programme.lines:
        raise entry.error("方案里没有目标行 [[programme.line]]")
    return programme


def _read_line(entry: Entry, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> ProgrammeLine:
    code = entry.text("indicator") if entry.has("indicator") else None
    if code is not None and code not in indicators:
        raise entry.error(f"指标 {code} 没有登记")
    comparator = choice(entry, "comparator", Comparator)
    value = entry.decimal("value") if entry.has("value") else None
    if value is None and comparator is not Comparator.DONE:
        raise entry.error("缺少 value（目标值）；只有“完成”类目标可以没有")
    campaign = entry.text("campaign", "")
    if campaign and not {f"{campaign}{end}" for end in CAMPAIGN_ENDS} <= set(indicators):
        raise entry.error(f"campaign（专项治理）{campaign} 没有登记检查数和不合格数两个指标")
    line = ProgrammeLine(
        name=entry.text("name"),
        indicator=code,
        comparator=comparator,
        value=value,
        unit=known_unit(entry, units, indicators[code].base_unit if code else None).name,
        as_of=_month(entry),
        scope=entry.text("scope"),
        clause=entry.text("clause", ""),
        text=entry.text("text"),
        increment=entry.flag("increment", default=False),
        campaign=campaign,
    )
    entry.finish()
    return line


def _region(entry: Entry) -> str:
    text = entry.text("region", NATIONAL_REGION)
    try:
        return region_code(text)
    except ValueError as error:
        raise entry.error(str(error)) from None


def _month(entry: Entry) -> str:
    text = entry.text("as_of")
    try:
        return str(Month.parse(text))
    except ValueError:
        raise entry.error(f"完成时间“{text}”应写成 2021-12 这样的年月") from None
