"""行业指标: the tree, the table, one figure with its rows, its charts and its provenance."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.catalogue.format import DASH, format_amount
from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.errors import UserError
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.breakdown import enterprise_rows, month_rows, part_rows
from desktop_app.indicators.figures import Scope, build_figure
from desktop_app.models.values import Month, Period
from desktop_app.services import charting, context
from desktop_app.services.combined import combined_figure, form_members, members_of
from desktop_app.services.lacking import why_unsaid
from desktop_app.services.results.figures import (
    Choice,
    Figure,
    FigureReport,
    FigureRow,
    IndicatorBoard,
    IndicatorDetail,
    Source,
    TableLine,
    TreeNode,
)
from desktop_app.storage import trace
from desktop_app.storage.engine import Ledger

INPUT_SUFFIXES = (".NUM", ".DEN")
TRACE_LIMIT = 400
"""Sources listed under one figure; a year of twelve companies has 144."""


def indicator_tree(ledger: Ledger) -> tuple[TreeNode, ...]:
    """Groups and indicators in the catalogue's order, the bureau's own among them; retired ones are left out."""
    from desktop_app.services.pinyin import initials

    tree: dict[str, dict[str, list[TreeNode]]] = {}
    for indicator in context.catalogue(ledger).indicators.values():
        if indicator.retired:
            continue
        upper, _, lower = indicator.group.partition("/")
        node = TreeNode(indicator.name, indicator.code, initials=initials(indicator.name), unit=indicator.base_unit)
        tree.setdefault(upper, {}).setdefault(lower, []).append(node)
    return tuple(
        TreeNode(upper, children=tuple(TreeNode(lower, children=tuple(nodes)) for lower, nodes in groups.items()))
        for upper, groups in tree.items()
    )


def find_indicator(ledger: Ledger, code: str) -> Indicator:
    """The catalogue's indicator, or the bureau's own.

    :raises UserError: when there is none, with the nearest codes, or those that bear what was taken for one as a name.
    """
    catalogue = context.catalogue(ledger)
    found = catalogue.indicators.get(code.upper())
    if found is None and (form := catalogue.forms.get(code.upper())) is not None:
        raise UserError(f"{form.code} 是报表（{form.name}），不是指标", hint="报表的各行各是一个指标，例如 MKT.VOL")
    if found is None:
        head = code.upper().split(".")[0]
        near = [known for known in catalogue.indicators if known.startswith(head)][:6]
        named = [known for known, entry in catalogue.indicators.items() if code in {entry.name, entry.short}]
        hint = f"相近的代码：{'、'.join(near)}" if near else "代码见“行业指标”左侧的树"
        hint = f"“{code}”的代码是 {'、'.join(named)}" if named else hint
        raise UserError(f"没有指标 {code}", hint=hint)
    return found


# ----------------------------------------------------------------------------------------------- one figure


def figure_report(
    ledger: Ledger,
    code: str,
    period: Period,
    *,
    by: str = "",
    region: str | None = None,
    first: Month | None = None,
    last: Month | None = None,
    with_sources: bool = True,
) -> FigureReport:
    """A figure with its rows: by enterprise, region or month, else its parts.

    Without ``region`` it is the ledger's own, or the nearest one above that has the figure (national series).

    :raises UserError: unknown indicator.
    """
    if region is not None:
        context.check_region(ledger, region)
    if (combined := _combined(ledger, code, period, region)) is not None:
        return combined
    indicator = find_indicator(ledger, code)
    where = region or context.nearest_region_with(ledger, indicator.code, period.last)
    calc = context.calculator(ledger, period.last, where)
    scope = context.scope(ledger, where)
    figure = build_figure(calc, indicator.code, period, scope)
    if figure.value is None:
        figure = replace(figure, notes=(*figure.notes, why_unsaid(calc, indicator, period, scope)))
    if with_sources:
        figure = replace(figure, sources=sources_of(ledger, calc, indicator.code, period, scope))
    match by:
        case "enterprise":
            rows = enterprise_rows(calc, indicator.code, period, scope)
        case "month":
            start = first or Month(period.last.year, 1)
            if start > (last or period.last):
                raise UserError(f"起始月份 {start} 晚于终止月份 {last or period.last}", hint="请对调起始和终止月份")
            rows = month_rows(
                context.calculator(ledger, last or period.last, where), code, start, last or period.last, scope
            )
        case "region":
            rows = _region_rows(ledger, indicator, period)
        case _:
            rows = part_rows(calc, indicator.code, period, scope)
    return FigureReport(figure, rows, by)


def _combined(ledger: Ledger, code: str, period: Period, region: str | None) -> FigureReport | None:
    """A row of the sources' catalogue that is several indicators or a form; None for an indicator."""
    catalogue = context.catalogue(ledger)
    form = catalogue.forms.get(code.upper())
    members = members_of(catalogue, code) if form is None else form_members(catalogue, form.code)
    if form is None and not members:
        return None
    if form is not None:
        name, note = form.name, form.note or f"{form.code} 是报表，不是指标；各行的指标逐个列出"
    else:
        name, note = "、".join(each.name for each in members), f"这是 {len(members)} 个指标，逐个列出"
    where = region or context.nearest_region_with(ledger, members[0].code if members else "MKT.VOL", period.last)
    calc, scope = context.calculator(ledger, period.last, where), context.scope(ledger, where)
    figure, rows = combined_figure(calc, code.upper(), name, members, note, period, scope)
    return FigureReport(figure, rows, "")


def _region_rows(ledger: Ledger, indicator: Indicator, period: Period) -> tuple[FigureRow, ...]:
    """One row per region that has figures of its own for this indicator."""
    rows = []
    for choice in places_of(ledger, indicator, period.last):
        calc = context.calculator(ledger, period.last, choice.key)
        figure = build_figure(calc, indicator.code, period, context.scope(ledger, choice.key))
        if figure.value is not None:
            rows.append(
                FigureRow(choice.key, choice.name, figure.value, figure.state, figure.text, yoy_pct=figure.yoy_pct)
            )
    return tuple(rows)


def places_of(ledger: Ledger, indicator: Indicator, month: Month) -> tuple[Choice, ...]:
    """Regions that may have this figure: those with figures, and the towns where villages are counted."""
    known = regions_with_figures(ledger)
    catalogue = context.catalogue(ledger)
    codes = (indicator.code, *(indicator.formula.inputs if indicator.formula is not None else ()))
    if not any(catalogue.indicator(code).kind is Kind.COVERAGE for code in codes):
        return known
    stored = {choice.key for choice in known}
    towns = context.coverage_book(ledger).towns(month)
    return (*known, *(Choice(code, name) for code, name in towns.items() if code not in stored))


def regions_with_figures(ledger: Ledger) -> tuple[Choice, ...]:
    """Regions for which figures are stored, the ledger's own first."""
    own = context.home(ledger)

    def load() -> tuple[Choice, ...]:
        with ledger.read() as session:
            stored = trace.regions_with_figures(session)
        others = [code for code in stored if code != own.region]
        return (
            Choice(own.region, own.name or "本县"),
            *(Choice(code, context.region_name(ledger, code)) for code in others),
        )

    return context.cached(ledger, "regions_with_figures", load)


def sources_of(ledger: Ledger, calc: Calculator, code: str, period: Period, scope: Scope) -> tuple[Source, ...]:
    """File, row and version of every stored number in the figure (可追溯)."""
    keys = calc.amount(code, period, scope.members).keys
    ids = [calc.facts.values[key].observation_id for key in keys]
    with ledger.read() as session:
        found = trace.sources(session, ids[:TRACE_LIMIT])
    names = {member.id: member.name for member in calc.facts.members}
    return tuple(
        Source(
            batch=s.batch_id,
            file=s.file_name,
            sheet=s.sheet,
            row=s.row,
            column=s.column,
            enterprise=names.get(s.enterprise_id, "") if s.enterprise_id is not None else "",
            indicator=s.indicator,
            month=str(s.month),
            version=s.version,
            status=s.status.value,
            amount=s.amount,
        )
        for s in found
    )


# ----------------------------------------------------------------------------------------------- the tab


def indicator_board(
    ledger: Ledger, month: Month, group: str, enterprise_id: int | None = None, region: str | None = None
) -> IndicatorBoard:
    """The table of one group (``市场规模`` or ``市场规模/业务量与收入``) for a month, a region, perhaps one company."""
    scope = context.scope(ledger, region, enterprise_id)
    calc = context.calculator(ledger, month, scope.region)
    period = Period.of_month(month)
    chosen = [
        indicator
        for indicator in calc.catalogue.indicators.values()
        if (indicator.group == group or indicator.group.startswith(group + "/") or not group) and not indicator.retired
    ]
    codes = {indicator.code for indicator in chosen}
    lines = tuple(
        TableLine(build_figure(calc, indicator.code, period, scope), 1 if indicator.parent in codes else 0)
        for indicator in chosen
    )
    return IndicatorBoard(
        group=group,
        month_label=month.label,
        scope=_scope_words(calc, scope, period),
        lines=lines,
        regions=regions_with_figures(ledger),
        enterprises=tuple(Choice(str(m.id), m.name) for m in calc.facts.active_members([month])),
    )


def _scope_words(calc: Calculator, scope: Scope, period: Period) -> str:
    """“蛟河市 · 10 家企业，2 家未报”."""
    if scope.members is not None:
        return f"{scope.region_name} · {'、'.join(scope.names[i] for i in scope.members)}"
    amount = calc.amount("MKT.VOL", period)
    words = [f"{len(amount.reported)} 家企业"] if amount.reported else []
    if amount.missing:
        words.append(f"{len(amount.missing)} 家未报")
    if amount.returned:
        words.append(f"{len(amount.returned)} 家退回")
    return f"{scope.region_name} · {'，'.join(words)}" if words else scope.region_name


def indicator_detail(
    ledger: Ledger, code: str, month: Month, enterprise_id: int | None = None, region: str | None = None
) -> IndicatorDetail:
    """Charts and provenance of one line of the table."""
    indicator = find_indicator(ledger, code).at(month)
    scope = context.scope(ledger, region, enterprise_id)
    calc = context.calculator(ledger, month, scope.region)
    period = Period.of_month(month)
    figure = build_figure(calc, indicator.code, period, scope)
    sources = sources_of(ledger, calc, indicator.code, period, scope)
    return IndicatorDetail(
        figure=figure,
        trend=charting.trend_chart(calc, indicator, month, scope),
        composition=charting.composition_chart(calc, indicator, month, scope),
        # All companies, also when one is chosen: the ranking is where another one is picked.
        ranking=charting.ranking_chart(calc, indicator, period, context.scope(ledger, region)),
        trace=trace_lines(calc, indicator, figure, period, scope, sources),
        sources=sources,
    )


def trace_lines(
    calc: Calculator,
    indicator: Indicator,
    figure: Figure,
    period: Period,
    scope: Scope,
    sources: tuple[Source, ...],
) -> tuple[str, ...]:
    """此数从何来: formula, who is in it, definition, base, files, status."""
    lines = []
    if figure.value is None:
        lines.append(f"{period.label}：{figure.text}")
    if indicator.parts and figure.value is not None:
        parts = [build_figure(calc, part, period, scope) for part in indicator.parts]
        known = [p for p in parts if p.value is not None]
        if len(known) == len(parts):
            lines.append("= " + " + ".join(f"{calc.catalogue.indicator(p.code).short} {p.text}" for p in known))
    elif figure.formula:
        lines.append(figure.formula)
        lines.append(_inputs_line(calc, indicator, period, scope))
    if words := _reported_words(figure, indicator, calc):
        lines.append(words)
    lines.append(f"口径 {figure.definition}")
    if figure.previous_year_text != DASH:
        basis = f"（{figure.yoy_basis}）" if figure.yoy_basis else ""
        lines.append(f"上年同期 {figure.previous_year_text}{figure.display_unit}{basis}")
    elif figure.yoy_basis:
        lines.append(f"同比为{figure.yoy_basis}数，本台账没有上年同期数")
    files = {source.batch for source in sources}
    if files:
        lines.append(f"来源 {len(files)} 个文件，{len(sources)} 个数")
    if figure.status:
        lines.append(f"状态 {figure.status}")
    lines.extend(figure.notes[1:] if figure.completeness.words else figure.notes)
    return tuple(line for line in lines if line)


def _inputs_line(calc: Calculator, indicator: Indicator, period: Period, scope: Scope) -> str:
    """The inputs of a formula with their amounts, over the companies that gave all of them."""
    if indicator.formula is None:
        return ""
    pieces = []
    for code, amount in calc.inputs_used(indicator, period, scope.members).items():
        entry = calc.catalogue.indicator(code)
        if amount.value is not None:
            pieces.append(f"{entry.short} {format_amount(entry, amount.value, scope.scale, with_unit=True)}")
    return "，".join(pieces)


def _reported_words(figure: Figure, indicator: Indicator, calc: Calculator) -> str:
    complete = figure.completeness
    if not complete.expected:
        return ""
    words = f"{complete.reported} 家企业报送"
    if figure.value is not None and indicator.kind.adds_over_months and calc.additive(indicator.code):
        words += f" {figure.value.normalize():,f} {indicator.base_unit}"
    lacking = [f"{'、'.join(complete.missing)}未报"] if complete.missing else []
    if complete.returned:
        lacking.append(f"{'、'.join(complete.returned)}退回")
    return words + (f"；{'，'.join(lacking)}，不作 0 计" if lacking else "")
