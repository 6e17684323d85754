"""What the catalogue says, as frozen data: indicators, units, official forms, green programmes, check rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from desktop_app.catalogue.families import DefinitionFamily
from desktop_app.catalogue.formula import Formula
from desktop_app.catalogue.rules import CheckRules
from desktop_app.catalogue.scoring import ScoringForm
from desktop_app.catalogue.targets import PlanDocument
from desktop_app.models.values import NATIONAL_REGION, Comparator, Month, Polarity, region_ancestors


class Kind(StrEnum):
    """How an indicator behaves over time and over companies (指标性质)."""

    FLOW = "flow"
    """Adds over months, companies and towns (时期数)."""
    STOCK = "stock"
    """Adds over companies and towns, takes the last month over time (时点数)."""
    RATIO = "ratio"
    """Computed from a formula over aggregated inputs: the ratio of sums, never a mean of ratios."""
    COUNT = "count"
    """Counted events and projects (件次、项、场); adds as a flow does (计数)."""
    SCORE = "score"
    """Handed down as it is, or computed by a stated rule; never adds (得分、时长)."""
    RANK = "rank"
    """A place in an order (位次): never adds; what changes are places, and the first is the best."""
    INDEX = "index"
    """Computed by a rule over the brands' shares (CRn, HHI)."""
    CATEGORY = "category"
    """A classification (进村方式、申诉构成): no number of its own; its members are counted elsewhere."""
    COVERAGE = "coverage"
    """Computed from the village register, never reported by a company."""

    @property
    def adds_over_months(self) -> bool:
        """Whether a year is the sum of its months."""
        return self in {Kind.FLOW, Kind.COUNT}

    @property
    def adds_over_companies(self) -> bool:
        """Whether the whole is the sum of companies and towns."""
        return self in {Kind.FLOW, Kind.COUNT, Kind.STOCK}


class Frequency(StrEnum):
    """How often a figure is reported or counted, and so entered by hand (频度)."""

    MONTH = "month"
    QUARTER = "quarter"
    """At the end of a quarter; what adds over months is entered as 累计."""
    YEAR = "year"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"month": "按月", "quarter": "按季", "year": "按年"}[self.value]


class Dimension(StrEnum):
    """By what a figure is kept beside the whole county (维度)."""

    COMPANY = "company"
    TOWN = "town"


class SeasonFigure(StrEnum):
    """What of the days of the peak season (旺季日报) an indicator is, where nobody has told it as one figure."""

    WHOLE = "collected"
    """收寄 of all its days."""
    FESTIVAL = "festival"
    """收寄 of 11月11日."""
    DUE = "due"
    """应投, of the days of which 妥投 was told too."""
    DELIVERED = "delivered"
    """妥投, of the days of which 应投 was told too."""
    USUAL = "usual"
    """日常量: the daily mean of the third quarter."""


class Owner(StrEnum):
    """Who brings the figure."""

    COMPANY = "company"
    BUREAU = "bureau"
    SUPERIOR = "superior"
    """市级下发"""
    COMPUTED = "computed"


@dataclass(frozen=True)
class Unit:
    """A unit and its size in base units.

    ``factor``: base units in one of this unit (万件 → 10 000 件). ``base``: the base unit's name; units with one base
    convert into each other.
    """

    name: str
    base: str
    factor: Decimal
    aliases: tuple[str, ...] = ()
    """Other words that files use for it (票 for 件)."""


@dataclass(frozen=True)
class Display:
    """One way to print an indicator: unit and fixed decimals, for the places named (``county``, ``national``)."""

    unit: Unit
    decimals: int


@dataclass(frozen=True)
class SeriesBreak:
    """A month from which figures cannot be compared with earlier ones (断点), and why."""

    month: Month
    reason: str


@dataclass(frozen=True)
class Indicator:
    """One indicator with one definition (指标与口径).

    ``parts`` are the codes whose sum is this indicator (分项); ``parent`` the whole it is a part of.
    ``display`` gives the printed form at ``county`` (县) and ``national`` (全国) scale; the fixed-point base unit is
    ``base_unit``. ``aliases`` are the words that files use for it; recognition folds width, blanks and brackets.
    """

    code: str
    name: str
    short: str
    group: str
    """Path in the tree, e.g. ``市场规模/业务量与收入``."""
    kind: Kind
    owner: Owner
    base_unit: str
    display: Mapping[str, Display]
    polarity: Polarity
    definition: str
    definition_version: int
    source: str
    formula: Formula | None = None
    parts: tuple[str, ...] = ()
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    core: bool = True
    """核心 in the catalogue of the sources."""
    sampled: bool = False
    """A rate found by sampling (抽查): shown with its sample and confidence."""
    rule: str = ""
    """How an index is computed: ``CR8`` (any number) or ``HHI``."""
    breaks: tuple[SeriesBreak, ...] = ()
    """Growth over one of these is refused unless a comparable base has been entered."""
    carried_months: int = 0
    """For a stock that is counted once a year (人口、面积): months that a figure holds without a newer one."""
    season: SeasonFigure | None = None
    """Made of the days of the peak season where it was neither handed down nor entered; a year has one season."""
    entered: bool = False
    """Whether the bureau enters it by hand (录入), by its frequency and, where it is kept by town, for each of them."""
    valid_from: Month | None = None
    valid_to: Month | None = None
    """Months for which this definition holds; None is unbounded."""
    frequency: Frequency = Frequency.MONTH
    dimensions: tuple[Dimension, ...] = ()
    """By what it is kept beside the whole county, where that is said; companies' figures are kept by company anyway."""
    retired: bool = False
    """停用: no longer offered or recognised; its figures stay."""
    earlier: tuple[Indicator, ...] = ()
    """The definitions that held before this one, oldest first: the same indicator with other words or formula."""

    @property
    def judged(self) -> bool:
        """Whether the bureau's own count stands before the sum of companies' (绿色网点): a stock that it owns."""
        return self.owner is Owner.BUREAU and self.kind is Kind.STOCK

    @property
    def green_rate(self) -> bool:
        """Whether it is a rate of green packaging: those may be given without their halves, and then stand apart."""
        return self.kind is Kind.RATIO and self.code.startswith("GRN.")

    @property
    def told_to_date(self) -> bool:
        """Whether a figure is told as 累计: it adds over months and is counted by the quarter or the year (GDP)."""
        return self.rare and self.kind.adds_over_months

    @property
    def rare(self) -> bool:
        """Whether it is counted by the quarter or the year."""
        return self.frequency is not Frequency.MONTH

    def at(self, month: Month) -> Indicator:
        """The definition that holds in a month; the present one where none does."""
        if not self.earlier:
            return self
        return next((each for each in (self, *self.earlier) if each.valid(month)), self)

    def valid(self, month: Month) -> bool:
        """Whether the definition holds in a month."""
        return (self.valid_from is None or month >= self.valid_from) and (
            self.valid_to is None or month <= self.valid_to
        )

    def break_between(self, earlier: Month, later: Month) -> SeriesBreak | None:
        """The break that parts two months, the later one included."""
        return next((each for each in self.breaks if earlier < each.month <= later), None)


@dataclass(frozen=True)
class FormRow:
    """One row of an official form: its printed code, name, unit and the indicator it carries."""

    code: str
    name: str
    unit: str
    indicator: str
    total: bool = False
    """A sum row (合计) which is checked against its parts and stored as the whole."""
    assumed: bool = False
    """推定: the row's place in the form was not seen in a source; it may be edited."""


@dataclass(frozen=True)
class OfficialForm:
    """An official statistical form (国邮定2.1表)."""

    code: str
    name: str
    title_words: tuple[str, ...]
    rows: tuple[FormRow, ...]
    note: str = ""
    """Why a form that the sources name has no rows here (its layout was not seen); empty for one that can be read."""


@dataclass(frozen=True)
class ProgrammeLine:
    """One target of a green programme. ``value`` is in ``unit``; ``indicator`` None = a campaign without a rate."""

    name: str
    indicator: str | None
    comparator: Comparator
    value: Decimal | None
    unit: str
    as_of: str
    """When it is to be met: ``2021-12``."""
    scope: str
    clause: str
    text: str
    increment: bool = False
    """The target counts what is added within the year (新增), not the level."""
    campaign: str = ""
    """Of a campaign (专项治理): stem of the counts of what was checked (``.CHK``) and what failed (``.BAD``)."""


@dataclass(frozen=True)
class Programme:
    """A green programme: rows of targets; its name's digits are never parsed."""

    code: str
    name: str
    year: int
    level: str
    """全国, 市级 or 本局."""
    document: str
    source: str
    lines: tuple[ProgrammeLine, ...]
    region: str = NATIONAL_REGION
    """12-digit code of the area for which it was set; it binds everybody below."""
    retired: bool = False
    """停用: no longer offered; what was printed with it stays."""

    def binds(self, region: str) -> bool:
        """Whether the programme was set for ``region`` or an area above it."""
        return self.region == region or self.region in region_ancestors(region)


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue, read once and shared; look-ups by code raise ``KeyError``."""

    indicators: Mapping[str, Indicator]
    units: Mapping[str, Unit]
    forms: Mapping[str, OfficialForm]
    programmes: Mapping[str, Programme]
    rules: CheckRules
    plans: Mapping[str, PlanDocument] = field(default_factory=dict)
    """Documents with their targets (目标) and stated figures, by code."""
    scorings: Mapping[str, ScoringForm] = field(default_factory=dict)
    """Forms by which green outlets and sorting centres are scored, by code."""
    groups: tuple[str, ...] = ()
    """Paths of the indicator tree in the order of display; ``indicators`` comes in the same order."""
    families: Mapping[str, DefinitionFamily] = field(default_factory=dict)
    """Matters with several definitions (口径), by code of the leading indicator."""
    alternates: frozenset[str] = frozenset()
    """Indicators that are but another definition of a family's leading one."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Folded name or alias → code of the reported indicator, for recognition."""

    own: frozenset[str] = frozenset()
    """Codes of the bureau's own indicators (自设指标), those that are retired included."""
    own_programmes: frozenset[str] = frozenset()
    """Codes of the bureau's own green programmes, those that are retired included."""

    def indicator(self, code: str) -> Indicator:
        """The indicator of this code; ``KeyError`` with the code when there is none."""
        return self.indicators[code]

    def family_of(self, code: str) -> DefinitionFamily | None:
        """The family of definitions to which an indicator belongs."""
        found = self.families.get(code)
        if found is not None:
            return found
        return next((f for f in self.families.values() if any(v.indicator == code for v in f.versions)), None)
