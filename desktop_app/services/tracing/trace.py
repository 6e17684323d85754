"""One printed number, from its formula down to the rows of the files."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from desktop_app.catalogue.format import format_amount
from desktop_app.catalogue.model import Indicator, Kind
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import FactKey
from desktop_app.indicators.figures import Scope, build_figure
from desktop_app.models.values import SCALE, BatchState, CellState, Month, Period, PeriodKind, Span
from desktop_app.services import context, definitions
from desktop_app.services.results.definitions import DefinitionTable
from desktop_app.services.results.tracing import DAY, FigureAddress, FigureTrace, TraceNode
from desktop_app.services.tracing import others, words
from desktop_app.services.tracing.address import Subject, period_of, subject_of, title_of
from desktop_app.services.tracing.beside import beside
from desktop_app.services.tracing.days import trace_days
from desktop_app.services.tracing.reach import trace_villages
from desktop_app.services.tracing.tree import Grower
from desktop_app.storage import batches, comparable, versions
from desktop_app.storage.engine import Ledger


def trace_figure(ledger: Ledger, address: FigureAddress) -> FigureTrace:
    """Everything that is known of the number at ``address``.

    :raises UserError: the period, the company or the unit does not exist, or nobody knows such a number.
    """
    if address.code.startswith(DAY):
        return trace_days(ledger, address)
    if not address.subject and address.region and _of_villages(ledger, address):
        address = replace(address, region="", subject=address.region)
    period = period_of(address)
    subject = subject_of(ledger, address)
    where = context.scope(ledger, address.region or None).region
    if not address.region and address.code in context.catalogue(ledger).indicators:
        where = context.nearest_region_with(ledger, address.code, period.last)
    calc = context.calculator(ledger, period.last, where)
    if address.code not in calc.catalogue.indicators:
        return others.trace_other(ledger, address, period)
    indicator = calc.catalogue.indicator(address.code)
    own = where == context.home(ledger).region
    if indicator.kind is Kind.COVERAGE and own and subject.scope.members is None:
        table = _definitions(ledger, calc, indicator, address, period, subject)
        return trace_villages(ledger, indicator, address, period, subject, table)
    scope = context.scope(ledger, where) if where != subject.scope.region else subject.scope
    return _trace_amount(ledger, calc, indicator, address, period, Subject(scope, subject.unit, subject.name))


def _of_villages(ledger: Ledger, address: FigureAddress) -> bool:
    """Whether the region is a town of the ledger's own, and the figure is computed from its villages."""
    entry = context.catalogue(ledger).indicators.get(address.code)
    if entry is None or entry.kind is not Kind.COVERAGE:
        return False
    return bool(context.coverage_book(ledger).of_town(address.region).register)


def _definitions(
    ledger: Ledger,
    calc: Calculator,
    indicator: Indicator,
    address: FigureAddress,
    period: Period,
    subject: Subject,
) -> DefinitionTable | None:
    if address.brand or subject.unit:
        return None
    amount = calc.amount(indicator.code, period, subject.scope.members)
    handed = any(key.indicator == indicator.code for key in amount.keys)
    key = address.definition
    family = calc.catalogue.family_of(indicator.code)
    if family is not None and not key:
        used = definitions.used_version(family, indicator.code, "", period.last, handed=handed)
        key = used.key if used is not None else ""
    return definitions.compare(ledger, indicator.code, period, subject.scope, key)


# ----------------------------------------------------------------------------------------------- amounts


def _trace_amount(
    ledger: Ledger, calc: Calculator, indicator: Indicator, address: FigureAddress, period: Period, subject: Subject
) -> FigureTrace:
    scope = subject.scope
    figure = build_figure(calc, indicator.code, period, scope)
    grower = _grower(ledger, calc, indicator, period, scope)
    tree = [grower.grow(indicator.code, period, scope.members)]
    lacking = tuple(grower.lacking)
    base = _comparable(ledger, calc, indicator, period, scope)
    if base is not None:
        tree.append(base)
    before = period.previous_year()
    if calc.amount(indicator.code, before, scope.members).value is not None:
        name = f"{before.label}{'（公布的上年同期数）' if base is not None else '（上年同期）'}"
        tree.append(grower.grow(indicator.code, before, scope.members, name=name))
    files, numbers = words.count_of(tuple(tree[:1]))
    held_against, others_beside = beside(ledger, calc, indicator, address, period, scope)
    tree += others_beside
    lines = words.value_lines(calc, indicator, figure, period, scope)
    if address.printed and address.printed not in {figure.text, f"{figure.text}{figure.display_unit}"}:
        lines.insert(0, ("印出", address.printed))
    table = _definitions(ledger, calc, indicator, address, period, subject)
    if table is not None and table.used is not None:
        lines.append(("用的口径", f"{table.used.name}（{table.used.clause}）"))
    lines += words.definition_lines(indicator)
    changes = words.change_lines(calc, indicator, figure, period, scope, base.note if base is not None else "")
    told = {caption for caption, _ in held_against}
    lines = [*(line for line in lines if line[0] not in told), *held_against]
    lines += [line for line in changes if line[0] not in told]
    if numbers:
        lines.append(("来源", f"{files} 个文件，{numbers} 个数"))
    notes = figure.notes[1:] if figure.completeness.words else figure.notes
    lines += [("说明", note) for note in notes]
    if figure.value is None and tree[0].state is CellState.VALUE:
        lines[0] = ("数值", f"{tree[0].text}（{tree[0].note}）")
        figure = replace(figure, state=CellState.VALUE, text=tree[0].text)
    shown = figure.text if figure.value is None else f"{figure.text}{figure.display_unit}"
    return FigureTrace(
        address=address,
        title=title_of(period, subject, indicator.name, address),
        text=address.printed or shown,
        state=figure.state,
        lines=tuple(lines),
        tree=tuple(tree),
        lacking=lacking,
        definitions=table,
    )


def _grower(ledger: Ledger, calc: Calculator, indicator: Indicator, period: Period, scope: Scope) -> Grower:
    """With every stored version that the figure or its bases may rest on, read in one go."""
    codes: dict[str, None] = {indicator.code: None}
    waiting = [indicator.code, *calc.inputs(indicator)]
    while waiting:
        code = waiting.pop()
        codes[code] = None
        entry = calc.catalogue.indicator(code)
        further = [
            *entry.parts,
            *(entry.formula.inputs if entry.formula else ()),
            *(("MKT.VOL",) if entry.rule else ()),
        ]
        waiting += [each for each in further if each not in codes]
    months = {*period.months, *period.previous_year().months, period.first.shift(-1)}
    for each in (period, period.previous_year()):
        for code in codes:
            months |= {Month.from_key(key.month) for key in calc.amount(code, each, scope.members).keys}
    with ledger.read() as session:
        found = versions.figure_versions(session, scope.region, list(codes), months)
        sent_back = batches.list_batches(session, state=BatchState.RETURNED)
    returned = {
        (batch.enterprise_id, batch.month.key): batch.reason
        for batch in reversed(sent_back)
        if batch.enterprise_id is not None and batch.month is not None
    }
    return Grower(calc, scope, found, returned)


def _comparable(
    ledger: Ledger, calc: Calculator, indicator: Indicator, period: Period, scope: Scope
) -> TraceNode | None:
    """The comparable base that stands in for last year's figure; its reason is the note."""
    who = next(iter(scope.members)) if scope.members else None
    span = Span.MONTH if period.kind is PeriodKind.MONTH else Span.YTD
    stored = calc.facts.comparable.get(FactKey(indicator.code, period.last.key, span, who))
    if stored is None or (span is Span.YTD and period.first != Month(period.last.year, 1)):
        return None
    then = period.last.shift(-12)
    with ledger.read() as session:
        bases = comparable.current_bases(session, indicators=[indicator.code], first=then, last=then)
    reason = next((b.reason for b in bases if (b.region, b.span, b.enterprise_id) == (scope.region, span, who)), "")
    text = format_amount(indicator, Fraction(stored, SCALE), scope.scale, with_unit=True)
    return TraceNode(f"{period.previous_year().label}（可比口径基数，录入）", text, note=reason)
