"""Targets of plans and work programmes (目标): what was promised, by which document and clause, how it is measured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.catalogue.reading import Entry
from desktop_app.models.values import NATIONAL_REGION, YES_NO_UNIT, Comparator, Month, region_ancestors, region_code

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Indicator, Unit


_HOPED = re.compile("力争|争取|预期性")


class Measure(StrEnum):
    """What of an indicator a target speaks of."""

    LEVEL = "level"
    """The figure of the year, or as it stands at its end (水平)."""
    YOY = "yoy"
    """Growth over the year before, % (同比增速)."""
    AVERAGE = "average"
    """Average yearly growth since the base year, %, geometric (年均增速)."""
    INCREMENT = "increment"
    """What is added since the base, in the indicator's unit or points (累计增量)."""
    CHANGE = "change"
    """Growth since the base as a whole, % (累计增幅)."""
    STATED = "stated"
    """No target: a figure that the document states as reached (公布数); documents contradict each other."""

    @property
    def label(self) -> str:
        """Chinese word."""
        return {
            "level": "水平",
            "yoy": "同比增速",
            "average": "年均增速",
            "increment": "累计增量",
            "change": "累计增幅",
            "stated": "公布数",
        }[self.value]

    @property
    def is_rate(self) -> bool:
        """Whether its value is a growth in %."""
        return self in {Measure.YOY, Measure.AVERAGE, Measure.CHANGE}


@dataclass(frozen=True)
class Target:
    """One target. ``value`` and ``base_value`` are in ``unit`` (% for rates of growth)."""

    code: str
    """Document code and number of the entry: ``JL145.3``."""
    document: str
    """Name of the document."""
    document_code: str
    region: str
    """12-digit code of the area it was set for."""
    name: str
    indicator: str | None
    measure: Measure
    comparator: Comparator
    value: Decimal | None
    unit: str
    due: Month
    clause: str
    text: str
    scope: str = ""
    """Whose figure is meant, where not the whole area's (西部地区、主要品牌)."""
    base_month: Month | None = None
    base_value: Decimal | None = None
    expected: bool = False
    """预期性 (a hope) rather than binding."""
    plan_start: Month | None = None
    """The December before the document's first year: where its lines start when it names no base period."""

    @property
    def start(self) -> Month:
        """Where the way to the target starts: its base period, else the plan's, else the December before its year."""
        return self.base_month or self.plan_start or Month(self.due.year - 1, 12)

    def in_base_units(self, value: Decimal, factor: Decimal) -> Fraction:
        """``value`` in base units; rates of growth stay in %."""
        return Fraction(value) if self.measure.is_rate else Fraction(value) * Fraction(factor)

    def binds(self, region: str) -> bool:
        """Whether it was set for ``region`` or an area above it."""
        return self.region == region or self.region in region_ancestors(region)

    @property
    def nature(self) -> str:
        """性质 as the document words it: 约束性, 预期性 (力争、争取 too); empty where it says nothing."""
        if "约束性" in self.text:
            return "约束性"
        return "预期性" if self.expected or _HOPED.search(self.text) else ""

    @property
    def text_of_value(self) -> str:
        """“≥8000万件”, “年均增速≥15%”, “累计增量>40%”."""
        if self.value is None:
            return Comparator.DONE.value
        if self.unit == YES_NO_UNIT:
            return "做到"
        lead = "" if self.measure in {Measure.LEVEL, Measure.STATED} else self.measure.label
        sign = "" if self.measure is Measure.STATED and self.comparator is Comparator.GE else self.comparator.value
        points = self.measure is Measure.INCREMENT and self.unit == "%"
        return f"{lead}{sign}{self.value.normalize():f}{'个百分点' if points else self.unit}"


@dataclass(frozen=True)
class PlanDocument:
    """A plan, a programme of work or a report, with its targets and the figures it states."""

    code: str
    name: str
    region: str
    year: int
    source: str
    targets: tuple[Target, ...]


def read_document(entry: Entry, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> PlanDocument:
    """One ``[[plan]]`` entry with its ``[[plan.target]]`` rows."""
    code, name, region = entry.text("code"), entry.text("name"), _region(entry)
    rows = entry.tables("target")
    year = entry.integer("year")
    document = PlanDocument(
        code=code,
        name=name,
        region=region,
        year=year,
        source=entry.text("source"),
        targets=tuple(
            replace(_read_target(row, code, name, region, number, indicators, units), plan_start=Month(year - 1, 12))
            for number, row in enumerate(rows, 1)
        ),
    )
    entry.finish()
    if not document.targets:
        raise entry.error("文件里没有目标 [[plan.target]]")
    return document


def _read_target(
    entry: Entry,
    document_code: str,
    document: str,
    region: str,
    number: int,
    indicators: Mapping[str, Indicator],
    units: Mapping[str, Unit],
) -> Target:
    from desktop_app.catalogue.indicators import choice, known_unit

    code = entry.text("indicator") if entry.has("indicator") else None
    if code is not None and code not in indicators:
        raise entry.error(f"指标 {code} 没有登记")
    measure = choice(entry, "measure", Measure) if entry.has("measure") else Measure.LEVEL
    comparator = choice(entry, "comparator", Comparator) if entry.has("comparator") else Comparator.GE
    value = entry.decimal("value") if entry.has("value") else None
    if value is None and comparator is not Comparator.DONE:
        raise entry.error("缺少 value（目标值）；只有“完成”类目标可以没有")
    base = None if measure.is_rate or code is None else indicators[code].base_unit
    target = Target(
        code=f"{document_code}.{number}",
        document=document,
        document_code=document_code,
        region=region,
        name=entry.text("name"),
        indicator=code,
        measure=measure,
        comparator=comparator,
        value=value,
        unit=known_unit(entry, units, base).name,
        due=_month(entry, "due"),
        clause=entry.text("clause"),
        text=entry.text("text"),
        scope=entry.text("scope", ""),
        base_month=_month(entry, "base_month") if entry.has("base_month") else None,
        base_value=entry.decimal("base_value") if entry.has("base_value") else None,
        expected=entry.flag("expected", default=False),
    )
    entry.finish()
    if measure in {Measure.AVERAGE, Measure.INCREMENT, Measure.CHANGE} and target.base_month is None:
        raise entry.error("从基期算起的目标要写 base_month（基期），如 2020-12")
    return target


def _region(entry: Entry) -> str:
    text = entry.text("region", NATIONAL_REGION)
    try:
        return region_code(text)
    except ValueError as error:
        raise entry.error(str(error)) from None


def _month(entry: Entry, key: str) -> Month:
    text = entry.text(key)
    try:
        return Month.parse(text)
    except ValueError:
        raise entry.error(f"{key} 的“{text}”应写成 2025-12 这样的年月") from None
