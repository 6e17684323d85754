"""快递进村: coverage as of a month for the tab, the command line and the reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.catalogue.format import DASH, format_amount, format_pp
from desktop_app.errors import UserError
from desktop_app.indicators.coverage import (
    DEFINITIONS,
    STOPPED,
    CoverageBook,
    Snapshot,
    VillageState,
    coverage_value,
    definition_text,
    ratio_pct,
)
from desktop_app.indicators.figures import one_decimal
from desktop_app.indicators.growth import change
from desktop_app.models.values import CoverageMode, Month, Period, quantize
from desktop_app.services import context, latest_coverage
from desktop_app.services.pinyin import initials
from desktop_app.services.results.overview import Kpi, Tone
from desktop_app.services.results.rural import (
    CoverageLine,
    CoverageReport,
    Gap,
    HeatCell,
    RuralBoard,
    TownRow,
    VillageRow,
)
from desktop_app.services.rural_charts import modes_chart, trend_chart
from desktop_app.storage.engine import Ledger

FREQUENCY_TARGET = "目标 >99%"
"""西部建制村邮件周投递3次及以上比例 2025 (同上)."""


def coverage_report(
    ledger: Ledger, month: Month, definition: str = "any", *, by: str = "", gaps: bool = False
) -> CoverageReport:
    """通达率 as of ``month`` with a breakdown by town, brand or mode and the villages that are not reached.

    :raises UserError: unknown definition, or no village register.
    """
    _check(definition)
    if by in {"", "town"} and not gaps:
        counts = latest_coverage.reach_counts(ledger, month, definition, named=by == "town")
        if counts is not None:
            return latest_coverage.counted(counts, month, definition, by)
    snapshot, started = latest_coverage.coverage_snapshot(ledger, month)
    book: CoverageBook | None = None
    if gaps or (definition not in {"any", "direct"} and not snapshot.majors):
        # Since when, and the brands that stand for main ones where none are set: the whole history tells.
        book = context.coverage_book(ledger)
        snapshot, started = book.snapshot(month), book.started(month)
    if not snapshot.villages:
        raise latest_coverage.no_register()
    covered = snapshot.count(definition)
    return CoverageReport(
        period=str(month),
        villages=len(snapshot.villages),
        covered=covered,
        rate_pct=one_decimal(ratio_pct(covered, len(snapshot.villages))) if started else None,
        definition=definition,
        definition_text=definition_text(definition),
        by_kind=by,
        by=_breakdown(snapshot, definition, by, started=started),
        gaps=_gaps(book, snapshot, definition, evidence_days(ledger)) if book and gaps and started else (),
    )


def _check(definition: str) -> None:
    try:
        definition_text(definition)
    except ValueError:
        raise UserError(f"没有这种口径：{definition}", hint="可用 any、direct、major 或品牌个数，如 3") from None


def _breakdown(snapshot: Snapshot, definition: str, by: str, *, started: bool) -> tuple[CoverageLine, ...]:
    """Lines by town, brand or mode; before the first record their rates are 未报, not 0 %."""
    villages = snapshot.villages

    def line(key: str, name: str, group: Sequence[VillageState], covered: int) -> CoverageLine:
        rate = one_decimal(ratio_pct(covered, len(group))) if started else None
        return CoverageLine(key, name, len(group), covered, rate)

    match by:
        case "town":
            return tuple(
                line(code, name, group, sum(v.reached(definition, snapshot.majors) for v in group))
                for code, name, group in towns_of(snapshot)
            )
        case "brand":
            brands = {brand for v in villages for brand in v.records}
            return tuple(line(b, b, villages, sum(b in v.served for v in villages)) for b in sorted(brands))
        case "mode":
            return tuple(line(m.value, m.value, villages, sum(m in v.modes for v in villages)) for m in CoverageMode)
    return ()


def towns_of(snapshot: Snapshot) -> list[tuple[str, str, list[VillageState]]]:
    """Towns in the order of their codes with their villages."""
    groups: dict[str, tuple[str, list[VillageState]]] = {}
    for state in snapshot.villages:
        groups.setdefault(state.village.town_code, (state.village.town, []))[1].append(state)
    return [(code, name, group) for code, (name, group) in sorted(groups.items())]


# ----------------------------------------------------------------------------------------------- gaps


def evidence_days(ledger: Ledger) -> int:
    """Age in days from which evidence is 待核实."""
    return context.catalogue(ledger).rules.evidence_days


def _gaps(book: CoverageBook, snapshot: Snapshot, definition: str, limit: int) -> tuple[Gap, ...]:
    """Villages not reached, relapsed ones first, then by town."""
    found = [
        _gap(book, snapshot, state, definition, limit)
        for state in snapshot.villages
        if not state.reached(definition, snapshot.majors)
    ]
    return tuple(sorted(found, key=lambda gap: (not gap.relapsed, gap.code)))


def _gap(book: CoverageBook, snapshot: Snapshot, state: VillageState, definition: str, limit: int) -> Gap:
    since = book.unreached_since(state, snapshot.month, definition)
    return Gap(
        code=state.village.code,
        town=state.village.town,
        name=state.village.name,
        missing=_missing_words(snapshot, state, definition),
        since=str(since) if since else "从未",
        relapsed=book.relapsed(state, snapshot.month, definition),
        evidence=evidence_words(state, snapshot.month, limit),
    )


def _missing_words(snapshot: Snapshot, state: VillageState, definition: str) -> str:
    served = set(state.served)
    if definition == "direct":
        return "无企业直投" + (f"（有{'、'.join(m.value for m in state.modes)}）" if state.modes else "")
    lacking = [brand for brand in snapshot.majors if brand not in served]
    if not served.intersection(snapshot.majors):
        return "全部品牌"
    return "、".join(lacking)


def evidence_age(state: VillageState, month: Month) -> int | None:
    """Days from the newest evidence to the month's end, at least 0; None when there is no evidence."""
    dates = [fact.evidence_date for fact in state.records.values() if fact.evidence_date is not None]
    if not dates:
        return None
    return max((date(month.year, month.month, month.days) - max(dates)).days, 0)


def evidence_words(state: VillageState, month: Month, limit: int) -> str:
    """Age of the newest evidence: “92 天”, “待核实 210 天” beyond ``limit`` days, or “—”."""
    days = evidence_age(state, month)
    if days is None:
        return DASH
    return f"待核实 {days} 天" if days > limit else f"{days} 天"


# ----------------------------------------------------------------------------------------------- the tab


def rural_board(ledger: Ledger, month: Month, definition: str = "any") -> RuralBoard:
    """Everything that 快递进村 shows.

    :raises UserError: unknown definition.
    """
    _check(definition)
    book = context.coverage_book(ledger)
    snapshot = book.snapshot(month)
    started = book.started(month)
    reason = ""
    if not snapshot.villages:
        reason = "还没有村级名录。请到“数据导入”放入名录文件（12 位代码、村名、乡镇）。"
    elif not started:
        reason = f"{month.label}及以前没有进村数据。请到“数据导入”放入快递进村表。"
    brands = book.brands if started else ()
    limit = evidence_days(ledger)
    return RuralBoard(
        month=str(month),
        definition=definition,
        definitions=(*DEFINITIONS.items(), ("3", definition_text("3"))),
        kpis=_kpis(ledger, book, snapshot) if not reason else (),
        brands=brands,
        towns=town_rows(book, snapshot, definition, brands) if not reason else (),
        villages=village_rows(book, snapshot, limit) if not reason else (),
        gaps=_gaps(book, snapshot, definition, limit) if started else (),
        trend=trend_chart(book, month, definition),
        modes=modes_chart(book, month),
        empty_reason=reason,
        total=total_row(book, snapshot, definition, brands) if not reason else None,
    )


def town_rows(book: CoverageBook, snapshot: Snapshot, definition: str, brands: tuple[str, ...]) -> tuple[TownRow, ...]:
    """One row per township with each brand's share of its villages."""
    return tuple(
        _town_row(book, snapshot, code, name, group, definition, brands) for code, name, group in towns_of(snapshot)
    )


def total_row(book: CoverageBook, snapshot: Snapshot, definition: str, brands: tuple[str, ...]) -> TownRow:
    """All villages of the county as one row; its code is empty."""
    return _town_row(book, snapshot, "", "全县", snapshot.villages, definition, brands)


def _town_row(
    book: CoverageBook,
    snapshot: Snapshot,
    code: str,
    name: str,
    group: Sequence[VillageState],
    definition: str,
    brands: tuple[str, ...],
) -> TownRow:
    covered = sum(v.reached(definition, snapshot.majors) for v in group)
    cells = []
    for brand in brands:
        reached = sum(brand in v.served for v in group)
        cells.append(HeatCell(reached, len(group), one_decimal(ratio_pct(reached, len(group)))))
    return TownRow(
        code=code,
        name=name,
        villages=len(group),
        covered=covered,
        rate_pct=one_decimal(ratio_pct(covered, len(group))),
        cells=tuple(cells),
        stations=sum(1 for v in group if v.station),
        relapsed=sum(1 for v in group if book.relapsed(v, snapshot.month, definition)),
    )


def _kpis(ledger: Ledger, book: CoverageBook, snapshot: Snapshot) -> tuple[Kpi, ...]:
    month = snapshot.month
    calc = context.calculator(ledger, month)
    own = context.home(ledger).region

    def text(code: str) -> str:
        value = coverage_value(book, code, month)
        return "未报" if value is None else format_amount(calc.catalogue.indicator(code), value)

    def moved(code: str) -> tuple[str, Tone]:
        difference = change(coverage_value(book, code, month), coverage_value(book, code, month.shift(-1)))
        if difference is None:
            return "上月无数据", Tone.NEUTRAL
        rounded = quantize(difference, 1)
        if rounded == 0:
            return "与上月持平", Tone.NEUTRAL
        return ("▲ " if rounded > 0 else "▼ ") + format_pp(abs(difference), with_unit=True).lstrip("+"), (
            Tone.GOOD if rounded > 0 else Tone.BAD
        )

    def card(code: str, title: str, unit: str, note: str, change_words: tuple[str, Tone] | None = None) -> Kpi:
        words, tone = change_words or ("", Tone.NEUTRAL)
        return Kpi(title, text(code), unit, words, tone, "", note, code=code)

    reached = snapshot.count("any")
    post_parcels = _post_parcels(ledger, month, own)
    return (
        card("RUR.VILLAGES", "建制村", "个", f"{month} 名录"),
        card("RUR.REACH", "通达率", "%", f"{reached}/{len(snapshot.villages)} 村", moved("RUR.REACH")),
        card("RUR.DIRECT", "直投到村", "%", "口径：企业直投", moved("RUR.DIRECT")),
        card("RUR.MAJOR", "主要品牌全通", "%", f"{len(snapshot.majors)} 个品牌", moved("RUR.MAJOR")),
        card("RUR.YK.VIL", "邮快合作", "村", post_parcels),
        card("RUR.FREQ3", "周投递≥3次", "%", FREQUENCY_TARGET, moved("RUR.FREQ3")),
    )


def _post_parcels(ledger: Ledger, month: Month, region: str) -> str:
    calc = context.calculator(ledger, month, region)
    indicator = calc.catalogue.indicator("RUR.YK.VOL")
    amount = calc.amount("RUR.YK.VOL", Period.of_month(month))
    if amount.value is None:
        return "代投件量未报"
    return f"代投 {format_amount(indicator, amount.value, with_unit=True)}"


def village_rows(book: CoverageBook, snapshot: Snapshot, limit: int) -> tuple[VillageRow, ...]:
    """One row per village; ``limit``: age in days from which evidence is 待核实."""
    rows = []
    for state in snapshot.villages:
        reached = state.reached("any", snapshot.majors)
        words = "通达" if reached else "回退" if book.relapsed(state, snapshot.month, "any") else "未通"
        months = [fact.month for fact in state.records.values()]
        rows.append(
            VillageRow(
                code=state.village.code,
                town=state.village.town,
                name=state.village.name,
                initials=initials(state.village.name),
                state=words,
                brands=state.served,
                modes=tuple(mode.value for mode in state.modes),
                frequency=state.frequency,
                station=state.station,
                as_of=str(Month.from_key(max(months))) if months else "",
                evidence=evidence_words(state, snapshot.month, limit),
                carried=_carried(months, snapshot.month),
                proof=_proof(state),
                town_code=state.village.town_code,
                charged=tuple(brand for brand in state.served if state.records[brand].extra_charge),
                stopped=tuple(brand for brand, fact in state.records.items() if fact.state in STOPPED),
            )
        )
    return tuple(rows)


def _carried(months: list[int], month: Month) -> str:
    """沿用自2021-02, when no record is of the month itself."""
    return f"沿用自{Month.from_key(max(months))}" if months and max(months) < month.key else ""


def _proof(state: VillageState) -> str:
    """Kind, date and checker of the newest evidence; empty when there is none."""
    dated = [(fact.evidence_date, fact) for fact in state.records.values() if fact.evidence_date is not None]
    if not dated:
        return ""
    day, fact = max(dated, key=lambda pair: pair[0])
    return " ".join(filter(None, (fact.evidence_kind, str(day), fact.checker)))


# ----------------------------------------------------------------------------------------------- charts
