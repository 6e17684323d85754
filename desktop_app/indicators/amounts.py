"""From stored figures to the amount of one indicator in one period: sums that carry their states.

Flows add over months and companies; stocks add over companies and take the last month; ratios are evaluated over sums
of the companies that gave *every* input (ratio of sums). Nothing here rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from desktop_app.catalogue.formula import Formula
from desktop_app.catalogue.model import Catalogue, Indicator, Kind, SeasonFigure
from desktop_app.indicators.amount import NOTHING, Amount, absent, said_last
from desktop_app.indicators.basis import Basis
from desktop_app.indicators.facts import FactKey, Facts, Member, by_brand
from desktop_app.indicators.growth import concentration
from desktop_app.indicators.past import PastYears
from desktop_app.indicators.season import season_amount, usual_amount
from desktop_app.indicators.ties import Ties
from desktop_app.models.values import SCALE, CellState, Month, Period, Span

__all__ = ["NOTHING", "Amount", "Calculator", "CoverageLookup"]

CoverageLookup = Callable[[str, Month], Fraction | None]
"""Rates and counts that come from the village register: (indicator, month) → value in base units."""


@dataclass(frozen=True)
class Calculator:
    """Amounts of one region's facts under one catalogue. Pure; caches what it has computed."""

    catalogue: Catalogue
    facts: Facts
    coverage: CoverageLookup | None = None
    left_out: frozenset[tuple[int, int]] = frozenset()
    """(enterprise id, month key) that do not enter sums over several months."""
    _cache: dict[tuple[str, Period, frozenset[int] | None], Amount] = field(
        default_factory=dict, repr=False, compare=False
    )

    _pieces: dict[tuple[str, Period, int], Amount] = field(default_factory=dict, repr=False, compare=False)
    """One company's amounts: the same for itself and within the whole."""
    ties: Ties = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ties", Ties(self.catalogue, self.facts))

    def under(self, catalogue: Catalogue) -> Calculator:
        """The same figures under another catalogue."""
        return Calculator(catalogue, self.facts, self.coverage, self.left_out)

    def without(self, left_out: Collection[tuple[int, int]]) -> Calculator:
        """The same without more (company, month key)."""
        return replace(self, left_out=self.left_out | frozenset(left_out), _cache={}, _pieces={})

    def amount(self, code: str, period: Period, members: frozenset[int] | None = None) -> Amount:
        """The amount of ``code`` in ``period`` over all companies, or over ``members`` only.

        A figure that is not kept by company (通达率、有效申诉率、集中度) is 不适用 to some companies only.

        :raises KeyError: when the catalogue has no such indicator.
        """
        if members is not None and not self.ties.kept_by_company(self.catalogue.indicator(code)):
            return Amount(None, CellState.NOT_APPLICABLE)
        return self.over(code, period, members)

    def over(self, code: str, period: Period, members: frozenset[int] | None) -> Amount:
        """As :meth:`amount`, but figures of the region itself are taken as they stand, whoever the members are."""
        cache_key = (code, period, members)
        if cache_key not in self._cache:
            self._cache[cache_key] = self._compute(self.catalogue.indicator(code).at(period.last), period, members)
        return self._cache[cache_key]

    def computed(self, code: str, period: Period, members: frozenset[int] | None = None) -> Amount:
        """The figure by its formula, even where it was handed down; MISSING for an indicator without a formula."""
        indicator = self.catalogue.indicator(code)
        formula = indicator.formula
        return NOTHING if formula is None else self._evaluate(indicator, formula, period, members)

    def handed_down(self, code: str, period: Period) -> Amount:
        """The region's figure as it was handed down, never computed."""
        return self._entity(self.catalogue.indicator(code), period, None)

    def additive(self, code: str) -> bool:
        """Whether companies' amounts add up to the whole, so that shares and contributions make sense."""
        return self.ties.from_companies(self.catalogue.indicator(code))

    # ------------------------------------------------------------------ choosing the way

    def _compute(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> Amount:
        if indicator.kind is Kind.COVERAGE:
            return self._covered(indicator, period)
        if indicator.season is SeasonFigure.USUAL:
            return usual_amount(self, indicator.code, period, members)
        if self.ties.from_companies(indicator):
            told = self.told_whole(indicator, period, members)
            return self._over_companies(indicator, period, members) if told is None else told
        own = self._entity(indicator, period, None)
        if own.value is not None and members is None:
            # A green rate that was handed down never stands before the ratio of the companies' own sums.
            ratio = self._derived(indicator, period, members, own) if indicator.green_rate else NOTHING
            return own if ratio.value is None else ratio
        if indicator.kind is Kind.CATEGORY or not indicator.valid(period.last):
            return Amount(None, CellState.NOT_APPLICABLE)
        return self._derived(indicator, period, members, own)

    def told_whole(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> Amount | None:
        """What the bureau itself has told of the whole, where that goes before the companies' figures; else None.

        So it is with a stock that the bureau judges (绿色网点) and with figures of the season (旺季).
        """
        if members is not None or not (indicator.judged or indicator.season is not None):
            return None
        own = self._entity(indicator, period, None)
        return None if own.value is None else own

    def _derived(self, indicator: Indicator, period: Period, members: frozenset[int] | None, own: Amount) -> Amount:
        if indicator.kind is Kind.INDEX:
            return self.concentration(indicator.rule, "MKT.VOL", period, members)
        if indicator.formula is not None:
            return self._evaluate(indicator, indicator.formula, period, members)
        return own if members is None else self._over_companies(indicator, period, members)

    def _covered(self, indicator: Indicator, period: Period) -> Amount:
        value = self.coverage(indicator.code, period.last) if self.coverage else None
        return self._entity(indicator, period, None) if value is None else Amount(value, CellState.VALUE)

    # ------------------------------------------------------------------ sums over companies

    def _over_companies(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> Amount:
        values: list[Fraction] = []
        reported: set[int] = set()
        missing: set[int] = set()
        returned: set[int] = set()
        partial: set[int] = set()
        holes: set[int] = set()
        keys: list[FactKey] = []
        off_months, off_cumulation = Fraction(0), Fraction(0)
        differs = False
        for member in self._expected(indicator, period, members):
            piece = self._piece(indicator, period, member)
            if piece.value is not None:
                values.append(piece.value)
                if piece.months_sum is not None and piece.cumulated is not None:
                    differs = True
                    off_months += piece.months_sum - piece.value
                    off_cumulation += piece.cumulated - piece.value
                reported.add(member.id)
                partial |= piece.partial
                holes |= piece.holes
                keys.extend(piece.keys)
            elif piece.state is CellState.RETURNED:
                returned.add(member.id)
            elif piece.state is not CellState.NOT_APPLICABLE:
                missing.add(member.id)
        # One company alone, as a pivot has by the thousand: adding it to nothing would take as long as finding it.
        total = values[0] if len(values) == 1 else sum(values, Fraction(0))
        if reported:
            state = CellState.VALUE
        elif returned and not missing:
            state = CellState.RETURNED
        elif missing or returned:
            state = CellState.MISSING
        else:
            state = CellState.NOT_APPLICABLE
        return Amount(
            total if reported else None,
            state,
            frozenset(reported),
            frozenset(missing),
            frozenset(returned),
            frozenset(partial),
            frozenset(holes),
            tuple(keys),
            total + off_months if differs else None,
            total + off_cumulation if differs else None,
        )

    def _piece(self, indicator: Indicator, period: Period, member: Member) -> Amount:
        key = (indicator.code, period, member.id)
        found = self._pieces.get(key)
        if found is None:
            found = self._pieces[key] = self._entity(indicator, period, member)
        return found

    def _expected(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> list[Member]:
        months = [period.last] if indicator.kind is Kind.STOCK else period.months
        return [m for m in self.facts.among(members) if any(m.active(month) for month in months)]

    # ------------------------------------------------------------------ one company, or the region itself

    def _entity(self, indicator: Indicator, period: Period, member: Member | None) -> Amount:
        """Amount of one company (or of the region itself when ``member`` is None)."""
        if indicator.season is not None:
            return season_amount(self._told, self.facts, indicator, period, member)
        return self._told(indicator, period, member)

    def _told(self, indicator: Indicator, period: Period, member: Member | None) -> Amount:
        """What is stored of it over the months of a period."""
        if not indicator.kind.adds_over_months:
            return self._standing(indicator, period.last, member)
        wanted = [m for m in period.months if self._counts(member, m)]
        pieces = [self._month(indicator, month, member) for month in wanted]
        present = [p for p in pieces if p.value is not None]
        if len(pieces) == len(present) == 1:
            return pieces[0]
        whole = member is None or not any((member.id, m.key) in self.left_out for m in period.months)
        cumulated = self._by_cumulation(indicator, period, member) if whole else NOTHING
        if pieces and len(present) == len(pieces):
            total = sum((p.value for p in present if p.value is not None), Fraction(0))
            keys = tuple(k for p in present for k in p.keys)
            apart = len(pieces) > 1 and cumulated.value not in (None, total)
            summed = replace(pieces[0], value=total, keys=keys)
            return said_last(self.facts, summed, cumulated) if apart else summed
        if cumulated.value is not None:
            return cumulated
        if not present or member is None:
            # A published series with holes has no sum; a company's months do, and it is said that some are lacking.
            return absent(pieces)
        total = sum((p.value for p in present if p.value is not None), Fraction(0))
        na_only = all(p.value is not None or p.state is CellState.NOT_APPLICABLE for p in pieces)
        keys = tuple(k for p in present for k in p.keys)
        who = frozenset({member.id})
        return Amount(total, CellState.VALUE, partial=frozenset() if na_only else who, holes=who, keys=keys)

    def _counts(self, member: Member | None, month: Month) -> bool:
        return member is None or (member.active(month) and (member.id, month.key) not in self.left_out)

    def _standing(self, indicator: Indicator, month: Month, member: Member | None) -> Amount:
        """A figure that stands at the end of a period; one that is counted once a year holds on (沿用)."""
        found = self._month(indicator, month, member)
        back = 0
        while found.state is CellState.MISSING and back < indicator.carried_months:
            back += 1
            found = self._month(indicator, month.shift(-back), member)
        return found

    def _month(self, indicator: Indicator, month: Month, member: Member | None) -> Amount:
        """One month's figure: as stored, else the sum of its parts, else the difference of two 累计."""
        found = self._whole_or_parts(indicator, month, Span.MONTH, member)
        if found.state is CellState.MISSING and indicator.kind.adds_over_months:
            return self._by_cumulation(indicator, Period.of_month(month), member)
        return found

    def _whole_or_parts(self, indicator: Indicator, month: Month, span: Span, member: Member | None) -> Amount:
        """The figure as stored, else the sum of its parts when every one of them is."""
        found = self._stored(indicator.code, month, span, member)
        if found.state is not CellState.MISSING or not indicator.parts or indicator.formula:
            return found
        pieces = [self._stored(part, month, span, member) for part in indicator.parts]
        values = [piece.value for piece in pieces if piece.value is not None]
        if len(values) < len(pieces):
            return found
        return Amount(
            sum(values, Fraction(0)), CellState.VALUE, keys=tuple(key for piece in pieces for key in piece.keys)
        )

    def _stored(self, code: str, month: Month, span: Span, member: Member | None) -> Amount:
        who = member.id if member else None
        fact = self.facts.get(code, month, span, who)
        if fact is not None and fact.state is CellState.VALUE and fact.value is not None:
            key = FactKey(code, month.key, span, who)
            return Amount(Fraction(fact.value, SCALE), CellState.VALUE, keys=(key,))
        if who is not None and (who, month.key) in self.facts.returned:
            return Amount(None, CellState.RETURNED)
        return Amount(None, fact.state) if fact is not None else NOTHING

    def _by_cumulation(self, indicator: Indicator, period: Period, member: Member | None) -> Amount:
        """累计 at the end minus 累计 before the start; MISSING when either is lacking.

        A company that closed within the period ends with its last 累计, one that opened within the year began from
        nothing.
        """
        if period.first.year != period.last.year:
            return NOTHING
        last = min(period.last, member.closed) if member and member.closed else period.last
        end = self._whole_or_parts(indicator, last, Span.YTD, member)
        if end.value is None or last < period.first:
            return NOTHING
        before = period.first.shift(-1)
        if period.first.month == 1 or (member and member.opened and before < member.opened):
            return end
        start = self._whole_or_parts(indicator, before, Span.YTD, member)
        if start.value is None:
            return NOTHING
        return Amount(end.value - start.value, CellState.VALUE, keys=end.keys + start.keys)

    # ------------------------------------------------------------------ computed indicators

    def inputs(self, indicator: Indicator, month: Month | None = None) -> tuple[str, ...]:
        """The reported indicators that a computed one finally rests on, by ``month``'s (or today's) definitions."""
        return self.ties.inputs(indicator, month)

    def company_inputs(self, indicator: Indicator, month: Month) -> tuple[Indicator, ...]:
        """The indicators summed over companies that a figure rests on: itself, its inputs, or the brands' volume."""
        return self.ties.company_inputs(indicator, month)

    def inputs_used(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None = None
    ) -> Mapping[str, Amount]:
        """Amounts of the formula's inputs just as they are evaluated; empty for an indicator without a formula."""
        if indicator.formula is None:
            return {}
        return self._basis(indicator, period, members).inputs(indicator.formula, period)

    def together(self, codes: Sequence[str], period: Period, members: frozenset[int] | None = None) -> list[Amount]:
        """Amounts of several indicators over the companies, and their months, that gave all of them.

        A part and its whole are so divided: who gave the whole alone would make every share stand low.
        """
        plain = [self.amount(code, period, members) for code in codes]
        if len({(each.reported, each.holes) for each in plain}) == 1 and not plain[0].holes:
            return plain
        asked = (self.company_inputs(self.catalogue.indicator(code), period.last) for code in codes)
        leaves = {leaf.code: leaf for each in asked for leaf in each}
        basis = self._basis_of(tuple(leaves.values()), period, members)
        return [basis.amount(code, period) for code in codes]

    def _evaluate(
        self, indicator: Indicator, formula: Formula, period: Period, members: frozenset[int] | None
    ) -> Amount:
        """Evaluate the formula over the companies that gave every company-reported input."""
        basis = self._basis(indicator, period, members)
        used = basis.inputs(formula, period)
        past = PastYears(self, period, members)
        value = formula.evaluate(lambda code: used[code].value, period.days, past)
        return Amount(
            value,
            CellState.VALUE if value is not None else self._why_none(indicator, period, members, basis, past),
            basis.members or frozenset(),
            basis.missing - basis.returned,
            basis.returned,
            basis.partial,
            keys=tuple(dict.fromkeys(key for amount in (*used.values(), *past.asked) for key in amount.keys)),
        )

    def _basis(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> Basis:
        return self._basis_of(self.company_inputs(indicator, period.last), period, members)

    def _basis_of(self, leaves: Sequence[Indicator], period: Period, members: frozenset[int] | None) -> Basis:
        """The companies that gave every input, each with the months for which it gave every one of them."""
        if not leaves:
            return Basis(self, members)
        wholes = [self.amount(leaf.code, period, members) for leaf in leaves]
        common = frozenset.intersection(*(whole.reported for whole in wholes))
        partial = frozenset().union(*(whole.partial for whole in wholes))
        missing = frozenset().union(*(whole.missing for whole in wholes))
        left_out: set[tuple[int, int]] = set()
        for company in common & frozenset().union(*(whole.holes for whole in wholes)):
            member = self.facts.member(company)
            flows = [leaf for leaf in leaves if leaf.kind.adds_over_months]
            uneven = {m.key for m in period.months if any(self._month(f, m, member).value is None for f in flows)}
            if all(m.key in uneven for m in period.months):
                common -= {company}
                missing |= {company}
            left_out |= {(company, month) for month in uneven}
        calculator = self.without(left_out) if left_out else self
        returned = frozenset().union(*(whole.returned for whole in wholes))
        return Basis(calculator, common, missing, returned, partial, on_companies=True)

    def rests_on_companies(self, indicator: Indicator) -> bool:
        """Whether the figure is summed over companies, or computed from figures that are."""
        return self.ties.rests_on_companies(indicator)

    def _why_none(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None, basis: Basis, past: PastYears
    ) -> CellState:
        """Why a computed figure has no value: 退回 before 未报, also of an earlier year; a zero base is 不适用."""
        if basis.on_companies and not basis.members and (basis.missing or basis.returned):
            return CellState.RETURNED if basis.returned >= basis.missing else CellState.MISSING
        states = {self.amount(code, period, members).state for code in self.inputs(indicator, period.last)}
        states |= {asked.state for asked in past.asked}
        for state in (CellState.RETURNED, CellState.MISSING):
            if state in states:
                return state
        return CellState.NOT_APPLICABLE

    def concentration(self, rule: str, code: str, period: Period, members: frozenset[int] | None) -> Amount:
        """CRn or HHI of the brands' shares in what companies give; see :func:`concentration` (CRn: 定义待核)."""
        volume = self.catalogue.indicator(code).at(period.last)
        whole = self.amount(code, period, members)
        if whole.value is None or whole.value <= 0 or not whole.reported:
            return Amount(None, whole.state if whole.value is None else CellState.NOT_APPLICABLE)
        given = {
            who: self.amount(volume.code, period, frozenset({who.id})).value
            for who in map(self.facts.member, whole.reported)
        }
        value = concentration(rule, by_brand(given))
        return replace(whole, value=value, cumulated=None, months_sum=None)
