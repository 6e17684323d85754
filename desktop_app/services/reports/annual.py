"""年度快递市场监管报告: the figures of a year, of the ledger's own area or of the one above it that has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import DASH
from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.indicators.figures import Scope, build_figure, one_decimal
from desktop_app.indicators.growth import growth_pct
from desktop_app.indicators.publication import plan_publication
from desktop_app.models.values import NATIONAL_REGION, CellState, Month, Period, PeriodKind, region_ancestors
from desktop_app.services import charting, context
from desktop_app.services.figures import regions_with_figures
from desktop_app.services.reports.annual_ledgers import with_ledgers
from desktop_app.services.reports.kinds import EDITIONS, ReportKind
from desktop_app.services.reports.publishing import public_chart
from desktop_app.services.results.overview import Tone
from desktop_app.services.results.reports import ReportRemark
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.publication import Publication
    from desktop_app.indicators.results.figures import Figure
    from desktop_app.reporting.annual_data import AnnualData, AreaFigures
    from desktop_app.reporting.content import Document

_VOLUME, _REVENUE = "MKT.VOL", "MKT.REV"
_YEARS = 4
_MISFIT = Fraction(1, 200)
"""By so much of the whole the parts of an area may miss it through rounding and still be told of."""
_NATION = "全国"


def _region(ledger: Ledger, period: Period) -> str:
    """The ledger's own region, or the nearest one above it when it has no volumes at all (national series)."""
    return context.nearest_region_with(ledger, _VOLUME, period.last)


def _has_year(calc: Calculator, period: Period) -> bool:
    """A year is told of when its volume is known to its end."""
    last = Period.of_month(period.last)
    return calc.amount(_VOLUME, period).value is not None and (
        calc.amount(_VOLUME, last).value is not None or calc.amount(_VOLUME, period).cumulated is not None
    )


def blocked(ledger: Ledger, period: Period) -> str:
    """Without a volume of the whole year there is no report of it."""
    region = _region(ledger, period)
    if _has_year(context.calculator(ledger, period.last, region), period):
        return ""
    return f"{period.label}的快递业务量还没有报到12月"


def remarks(_ledger: Ledger, _period: Period) -> tuple[ReportRemark, ...]:
    """How much is left to be written by hand."""
    from desktop_app.reporting.annual.build import open_places

    count = open_places()
    return (ReportRemark("待填", Tone.INFO, f"{count} 处留待填写", "印成〔待填写：……〕；另存为 Word 后补写"),)


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the annual report."""
    from desktop_app.reporting.annual import build_annual

    return build_annual(annual_data(ledger, period, edition, made_on))


def annual_data(ledger: Ledger, period: Period, edition: str, made_on: date) -> AnnualData:
    """Everything that the annual report says, computed once."""
    from desktop_app.reporting.annual_data import AnnualData
    from desktop_app.reporting.content import Edition

    own, where = context.home(ledger), _region(ledger, period)
    calc, scope = context.calculator(ledger, period.last, where), context.scope(ledger, where)
    at_home = where == own.region
    areas, lacking = _areas(ledger, calc, period, scope)
    data = AnnualData(
        region_name=_NATION if where == NATIONAL_REGION else scope.region_name or where[:6],
        period=period,
        made_on=made_on,
        figures={code: build_figure(calc, code, period, scope) for code in _codes()},
        scale=scope.scale,
        edition=Edition(edition),
        sample=own.sample,
        bureau=own.bureau,
        areas=areas,
        areas_lacking=lacking,
        charts=_charts(calc, period, scope),
    )
    if at_home:
        data = with_ledgers(ledger, data)
    return data if data.edition.names_companies else _published(calc, data)


def _codes() -> tuple[str, ...]:
    """Every indicator that the templates or the table name."""
    import re

    from desktop_app.reporting.templates import load_templates

    templates = load_templates("annual")
    said = [
        words
        for paragraph in templates.paragraphs
        for sentence in paragraph.sentences
        for words in (sentence.lead, *sentence.clauses)
    ]
    named = re.findall(r"\{([A-Z0-9_.]+):", "".join(said))
    return tuple(dict.fromkeys([*(row.code for row in templates.rows), *named, "SVC.SAT"]))


# ----------------------------------------------------------------------------------------------- areas


def _areas(ledger: Ledger, calc: Calculator, period: Period, scope: Scope) -> tuple[tuple[AreaFigures, ...], str]:
    """Parts of the area that have figures of their own, or why they are left out."""
    keys = [
        choice.key
        for choice in regions_with_figures(ledger)
        if choice.key != scope.region and region_ancestors(choice.key)[:1] == [scope.region]
    ]
    if not keys:
        return (), "没有分地区的数"
    groups = _bands(keys) if scope.region == NATIONAL_REGION else {
        key: (context.region_name(ledger, key), [key]) for key in sorted(keys)
    }  # fmt: skip
    whole = calc.amount(_VOLUME, period).value
    if whole is None or whole <= 0:
        return (), "没有全年的合计数"
    found = [_area(ledger, calc, period, scope, key, *group) for key, group in groups.items()]
    total = sum((Fraction(a.volume.value) for a in found if a.volume is not None and a.volume.value), Fraction(0))
    if abs(total - whole) > whole * _MISFIT:
        return (), "各地区的数合起来不等于合计"
    return tuple(found), ""


def _bands(keys: Sequence[str]) -> dict[str, tuple[str, list[str]]]:
    from desktop_app.reporting.templates import load_templates

    bands = load_templates("annual").bands
    return {band.name: (band.name, [key for key in keys if key[:2] in band.provinces]) for band in bands}


def _area(
    ledger: Ledger, calc: Calculator, period: Period, scope: Scope, key: str, name: str, members: Sequence[str]
) -> AreaFigures:
    from desktop_app.reporting.annual_data import AreaFigures

    def sum_of(code: str) -> tuple[Figure | None, Fraction | None]:
        """Sum over the members with its share in the whole; None when one of them is lacking."""
        now, before = Fraction(0), Fraction(0)
        known_before = True
        first: Figure | None = None
        for member in members:
            part = build_figure(
                context.calculator(ledger, period.last, member), code, period, replace(scope, region=member)
            )
            if part.value is None:
                return None, None
            first = first or part
            now += Fraction(part.value)
            known_before = known_before and part.previous_year is not None
            before += Fraction(part.previous_year or 0)
        if first is None:
            return None, None
        whole = calc.amount(code, period).value
        return _summed(calc, scope, first, now, before if known_before else None, name), (
            now / whole * 100 if whole else None
        )

    volume, volume_share = sum_of(_VOLUME)
    revenue, revenue_share = sum_of(_REVENUE)
    return AreaFigures(key, name, volume, revenue, one_decimal(volume_share), one_decimal(revenue_share))


def _summed(calc: Calculator, scope: Scope, first: Figure, now: Fraction, before: Fraction | None, name: str) -> Figure:
    from desktop_app.catalogue.format import format_amount
    from desktop_app.indicators.figures import exact

    indicator = calc.catalogue.indicator(first.code)
    rate = None if before is None else growth_pct(now, before)
    return replace(
        first, value=exact(now), text=format_amount(indicator, now, scope.scale), region_name=name,
        previous_year=exact(before), yoy_pct=one_decimal(rate), state=CellState.VALUE,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------- charts


def _charts(calc: Calculator, period: Period, scope: Scope) -> dict[str, ChartSpec]:
    """Volume and revenue of the last years, the year's months beside last year's, the composition."""
    volume = calc.catalogue.indicator(_VOLUME)
    charts = {
        "volume": _years(calc, _VOLUME, period, scope),
        "volume_months": charting.trend_chart(calc, volume, period.last, scope, count=12),
        "revenue": _years(calc, _REVENUE, period, scope),
        "products": _composition(calc, period),
    }
    # A single year is no picture: its months are.
    single = {key for key, spec in charts.items() if len(spec.categories) < 2}
    kept = {key: spec for key, spec in charts.items() if key not in single}
    if "products" in single:
        kept["products"] = charting.composition_chart(calc, volume, period.last, scope)
    return kept


def _last_years(period: Period) -> list[Period]:
    return [period.years_before(back) for back in reversed(range(_YEARS))]


def _years(calc: Calculator, code: str, period: Period, scope: Scope) -> ChartSpec:
    indicator = calc.catalogue.indicator(code)
    display = indicator.display[scope.scale]
    years = _last_years(period)
    values = [charting.shown(indicator, calc.amount(code, year).value, scope.scale) for year in years]
    known = [(year, value) for year, value in zip(years, values, strict=True) if value is not None]
    return ChartSpec(
        kind=ChartKind.BAR,
        title=indicator.name,
        unit=display.unit.name,
        categories=tuple(year.label for year, _ in known),
        series=(Series("全年", tuple(value for _, value in known)),),
        decimals=display.decimals,
        keys=tuple(str(year.last) for year, _ in known),
    )


def _composition(calc: Calculator, period: Period) -> ChartSpec:
    volume = calc.catalogue.indicator(_VOLUME)
    years = [year for year in _last_years(period) if calc.amount(_VOLUME, year).value]
    roles = (Role.PART_1, Role.PART_2, Role.PART_3, Role.PART_4)
    series = []
    for role, code in zip(roles, volume.parts, strict=False):
        pairs = [(calc.amount(code, year).value, calc.amount(_VOLUME, year).value) for year in years]
        shares = (None if part is None or not whole else one_decimal(part / whole * 100) for part, whole in pairs)
        series.append(Series(calc.catalogue.indicator(code).short, tuple(shares), role))
    return ChartSpec(
        kind=ChartKind.STACKED,
        title="快递业务量构成",
        unit="%",
        maximum=Decimal(100),
        categories=tuple(year.label for year in years),
        series=tuple(series),
        decimals=1,
        keys=tuple(str(year.last) for year in years),
    )


# ----------------------------------------------------------------------------------------------- editions


def _published(calc: Calculator, data: AnnualData) -> AnnualData:
    """Without figures that tell of a single company: this year's, and growth that leads back to last year's."""
    plan = plan_publication(calc, data.figures, data.period.last)
    gone = {code for code in data.figures if code in plan.cumulative or code in plan.month}
    bases = plan.cumulative_base | plan.month_base
    figures = {code: _open(figure, plan, gone, bases) for code, figure in data.figures.items() if code not in gone}
    charts = {key: spec for key, spec in (data.charts or {}).items() if key == "volume_months"}
    if (months := charts.get("volume_months")) is not None:
        charts["volume_months"] = public_chart(calc, _VOLUME, months)
    for key, code in (("volume", _VOLUME), ("revenue", _REVENUE)):
        spec = (data.charts or {}).get(key)
        if spec is not None and code not in gone and not _hidden_years(calc, code, spec):
            charts[key] = spec
    names = tuple(calc.catalogue.indicator(code).name for code in data.figures if code in gone)
    # A township's volume may be one company's alone: areas of a county are not published.
    return replace(
        data,
        figures=figures,
        charts=charts,
        areas=data.areas if data.scale == "national" else (),
        withheld=names,
    )


def _open(figure: Figure, plan: Publication, gone: set[str], bases: frozenset[str]) -> Figure:
    """Without growth from a withheld base, and without a share in a withheld whole."""
    whole = plan.parents.get(figure.code, "")
    if figure.code in bases:
        figure = replace(figure, previous_year=None, previous_year_text=DASH, yoy_pct=None, share_change_pp=None)
    if whole in gone:
        figure = replace(figure, share_pct=None, share_change_pp=None)
    return replace(figure, share_change_pp=None) if whole in bases else figure


def _hidden_years(calc: Calculator, code: str, spec: ChartSpec) -> bool:
    return any(code in plan_publication(calc, [code], Month.parse(key)).cumulative for key in spec.keys)


ANNUAL = ReportKind(
    code="annual",
    title="年度快递市场监管报告",
    periods=frozenset({PeriodKind.YEAR}),
    period_hint="年度报告的期间是一年，例如 2020",
    blocked=blocked,
    blocked_hint="请先导入该年各月的企业报表，或12月的累计数",
    build=build,
    remarks=remarks,
    editions=EDITIONS,
    in_set=False,
)
