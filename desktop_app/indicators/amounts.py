"""From stored figures to the amount of one indicator in one period: sums that carry their states.

Flows add over months and companies; stocks add over companies and take the last month; ratios are evaluated over sums
of the companies that gave *every* input (ratio of sums). Nothing here rounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from desktop_app.catalogue.formula import Formula
from desktop_app.catalogue.model import Catalogue, Indicator, Kind
from desktop_app.indicators.facts import FactKey, Facts, Member
from desktop_app.models.values import SCALE, CellState, Month, Period, Span

CoverageLookup = Callable[[str, Month], Fraction | None]
"""Rates and counts that come from the village register: (indicator, month) → value in base units."""


@dataclass(frozen=True)
class Amount:
    """An aggregated amount in base units with who is in it.

    ``value`` is None unless ``state`` is VALUE. ``partial``: companies of which some month of the period is lacking
    (their other months are in the sum). ``keys``: the stored figures used. ``cumulated``: the reported 累计 where it
    stands beside a full set of months and differs from their sum.
    """

    value: Fraction | None
    state: CellState
    reported: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    partial: frozenset[int] = frozenset()
    keys: tuple[FactKey, ...] = ()
    cumulated: Fraction | None = None

    @property
    def complete(self) -> bool:
        """Nobody who should be in the sum is lacking."""
        return not (self.missing or self.returned or self.partial)


NOTHING = Amount(None, CellState.MISSING)


@dataclass(frozen=True)
class Calculator:
    """Amounts of one region's facts under one catalogue. Pure; caches what it has computed."""

    catalogue: Catalogue
    facts: Facts
    coverage: CoverageLookup | None = None
    _cache: dict[tuple[str, Period, frozenset[int] | None], Amount] = field(
        default_factory=dict, repr=False, compare=False
    )

    def amount(self, code: str, period: Period, members: frozenset[int] | None = None) -> Amount:
        """The amount of ``code`` in ``period`` over all companies, or over ``members`` only.

        :raises KeyError: when the catalogue has no such indicator.
        """
        cache_key = (code, period, members)
        if cache_key not in self._cache:
            self._cache[cache_key] = self._compute(self.catalogue.indicator(code), period, members)
        return self._cache[cache_key]

    def additive(self, code: str) -> bool:
        """Whether companies' amounts add up to the whole, so that shares and contributions make sense."""
        return self._from_companies(self.catalogue.indicator(code))

    # ------------------------------------------------------------------ choosing the way

    def _compute(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> Amount:
        if indicator.kind is Kind.COVERAGE:
            return self._covered(indicator, period)
        if self._from_companies(indicator):
            return self._over_companies(indicator, period, members)
        own = self._entity(indicator, period, None)
        if own.value is not None and members is None:
            return own
        if indicator.kind is Kind.INDEX:
            return self._concentration(period, members)
        if indicator.formula is not None:
            return self._evaluate(indicator, indicator.formula, period, members)
        return own if members is None else NOTHING

    def _from_companies(self, indicator: Indicator) -> bool:
        """Whether the figure is summed over companies: somebody reported it, or its parts."""
        if indicator.kind not in (Kind.FLOW, Kind.STOCK):
            return False
        if self.facts.reporters(indicator.code):
            return True
        return bool(indicator.parts) and any(self.facts.reporters(part) for part in indicator.parts)

    def _covered(self, indicator: Indicator, period: Period) -> Amount:
        value = self.coverage(indicator.code, period.last) if self.coverage else None
        if value is not None:
            return Amount(value, CellState.VALUE)
        return self._entity(indicator, period, None)

    # ------------------------------------------------------------------ sums over companies

    def _over_companies(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> Amount:
        total = Fraction(0)
        reported: set[int] = set()
        missing: set[int] = set()
        returned: set[int] = set()
        partial: set[int] = set()
        keys: list[FactKey] = []
        cumulated = Fraction(0)
        differs = False
        for member in self._expected(indicator, period, members):
            piece = self._entity(indicator, period, member)
            if piece.value is not None:
                total += piece.value
                cumulated += piece.value if piece.cumulated is None else piece.cumulated
                differs = differs or piece.cumulated is not None
                reported.add(member.id)
                partial |= piece.partial
                keys.extend(piece.keys)
            elif piece.state is CellState.RETURNED:
                returned.add(member.id)
            elif piece.state is not CellState.NOT_APPLICABLE:
                missing.add(member.id)
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
            tuple(keys),
            cumulated if differs else None,
        )

    def _expected(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> list[Member]:
        months = [period.last] if indicator.kind is Kind.STOCK else period.months
        active = self.facts.active_members(months)
        return [m for m in active if members is None or m.id in members]

    # ------------------------------------------------------------------ one company, or the region itself

    def _entity(self, indicator: Indicator, period: Period, member: Member | None) -> Amount:
        """Amount of one company (or of the region itself when ``member`` is None)."""
        if indicator.kind is not Kind.FLOW:
            return self._month(indicator, period.last, member)
        wanted = [m for m in period.months if member is None or member.active(m)]
        pieces = [self._month(indicator, month, member) for month in wanted]
        present = [p for p in pieces if p.value is not None]
        cumulated = self._by_cumulation(indicator, period, member)
        if pieces and len(present) == len(pieces):
            total = sum((p.value for p in present if p.value is not None), Fraction(0))
            keys = tuple(k for p in present for k in p.keys)
            other = cumulated.value if len(pieces) > 1 and cumulated.value not in (None, total) else None
            return replace(pieces[0], value=total, keys=keys, cumulated=other)
        if cumulated.value is not None:
            return cumulated
        if not present or member is None:
            # A published series with holes has no sum; a company's months do, and it is said that some are lacking.
            return self._absent(pieces)
        total = sum((p.value for p in present if p.value is not None), Fraction(0))
        na_only = all(p.value is not None or p.state is CellState.NOT_APPLICABLE for p in pieces)
        keys = tuple(k for p in present for k in p.keys)
        return Amount(total, CellState.VALUE, partial=frozenset() if na_only else frozenset({member.id}), keys=keys)

    @staticmethod
    def _absent(pieces: list[Amount]) -> Amount:
        states = {p.state for p in pieces if p.value is None}
        if CellState.RETURNED in states:
            return Amount(None, CellState.RETURNED)
        if states == {CellState.NOT_APPLICABLE}:
            return Amount(None, CellState.NOT_APPLICABLE)
        return NOTHING

    def _month(self, indicator: Indicator, month: Month, member: Member | None) -> Amount:
        """One month's figure: as stored, else the sum of its parts, else the difference of two 累计."""
        found = self._stored(indicator.code, month, Span.MONTH, member)
        if found.value is not None or found.state is not CellState.MISSING:
            return found
        if indicator.parts and not indicator.formula:
            pieces = [self._stored(part, month, Span.MONTH, member) for part in indicator.parts]
            if all(p.value is not None for p in pieces):
                total = sum((p.value for p in pieces if p.value is not None), Fraction(0))
                return Amount(total, CellState.VALUE, keys=tuple(k for p in pieces for k in p.keys))
        if indicator.kind is Kind.FLOW:
            return self._by_cumulation(indicator, Period.of_month(month), member)
        return found

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
        """累计 at the end minus 累计 before the start; MISSING when either is lacking."""
        end = self._stored(indicator.code, period.last, Span.YTD, member)
        if end.value is None or period.first.year != period.last.year:
            return NOTHING
        if period.first.month == 1:
            return end
        start = self._stored(indicator.code, period.first.shift(-1), Span.YTD, member)
        if start.value is None:
            return NOTHING
        return Amount(end.value - start.value, CellState.VALUE, keys=end.keys + start.keys)

    # ------------------------------------------------------------------ computed indicators

    def inputs(self, indicator: Indicator) -> tuple[str, ...]:
        """The reported indicators that a computed one finally rests on, without repeats."""
        if indicator.formula is None:
            return (indicator.code,)
        found: dict[str, None] = {}
        for code in indicator.formula.inputs:
            child = self.catalogue.indicator(code)
            for leaf in (code,) if self.facts.knows(code) else self.inputs(child):
                found[leaf] = None
        return tuple(found)

    def _evaluate(
        self, indicator: Indicator, formula: Formula, period: Period, members: frozenset[int] | None
    ) -> Amount:
        """Evaluate the formula over the companies that gave every company-reported input."""
        leaves = [self.catalogue.indicator(code) for code in self.inputs(indicator)]
        from_companies = [leaf for leaf in leaves if self._from_companies(leaf)]
        common: frozenset[int] | None = members
        lacking: frozenset[int] = frozenset()
        returned: frozenset[int] = frozenset()
        partial: frozenset[int] = frozenset()
        for leaf in from_companies:
            whole = self.amount(leaf.code, period, members)
            common = whole.reported if common is None else common & whole.reported
            lacking |= whole.missing
            returned |= whole.returned
            partial |= whole.partial
        keys: list[FactKey] = []

        def lookup(code: str) -> Fraction | None:
            leaf = self.catalogue.indicator(code)
            subset = common if from_companies and self._rests_on_companies(leaf) else None
            found = self.amount(code, period, subset)
            keys.extend(found.keys)
            return found.value

        value = formula.evaluate(lookup, period.days)
        state = CellState.VALUE if value is not None else self._state_of_inputs(leaves, period, members)
        return Amount(
            value,
            state,
            common or frozenset(),
            lacking - returned,
            returned,
            partial,
            tuple(dict.fromkeys(keys)),
        )

    def _rests_on_companies(self, indicator: Indicator) -> bool:
        return self._from_companies(indicator) or any(
            self._from_companies(self.catalogue.indicator(code)) for code in self.inputs(indicator)
        )

    def _state_of_inputs(self, leaves: list[Indicator], period: Period, members: frozenset[int] | None) -> CellState:
        """Why a computed figure has no value: 退回 before 未报; a zero denominator is 不适用."""
        states = {self.amount(leaf.code, period, members).state for leaf in leaves}
        for state in (CellState.RETURNED, CellState.MISSING):
            if state in states:
                return state
        return CellState.NOT_APPLICABLE

    def _concentration(self, period: Period, members: frozenset[int] | None, top: int = 8) -> Amount:
        """CRn: share of the ``top`` brands in the volume, times 100 (指数). Definition from memory, 待核."""
        volume = self.catalogue.indicator("MKT.VOL")
        whole = self.amount("MKT.VOL", period, members)
        if whole.value is None or whole.value <= 0 or not whole.reported:
            return Amount(None, whole.state if whole.value is None else CellState.NOT_APPLICABLE)
        brands: dict[str, Fraction] = {}
        for member_id in whole.reported:
            member = self.facts.member(member_id)
            piece = self._entity(volume, period, member).value or Fraction(0)
            label = member.brand or member.name
            brands[label] = brands.get(label, Fraction(0)) + piece
        leading = sum(sorted(brands.values(), reverse=True)[:top], Fraction(0))
        return replace(whole, value=leading / whole.value * 100, cumulated=None)
