"""An aggregated amount that carries its state: who is in it, who is not, which stored figures it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from desktop_app.indicators.facts import FactKey, Facts
from desktop_app.models.values import CellState


@dataclass(frozen=True)
class Amount:
    """An aggregated amount in base units with who is in it.

    ``value`` is None unless ``state`` is VALUE. ``partial``: companies of which some month of the period is lacking
    (their other months are in the sum). ``holes``: those, and the companies to which some month does not apply.
    ``keys``: the stored figures used. ``months_sum`` and ``cumulated``: the sum of a full set of months and the
    reported 累计 beside it, where they differ; the value is the one that was said last.
    """

    value: Fraction | None
    state: CellState
    reported: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    partial: frozenset[int] = frozenset()
    holes: frozenset[int] = frozenset()
    keys: tuple[FactKey, ...] = ()
    months_sum: Fraction | None = None
    cumulated: Fraction | None = None

    @property
    def complete(self) -> bool:
        """Nobody who should be in the sum is lacking."""
        return not (self.missing or self.returned or self.partial)


NOTHING = Amount(None, CellState.MISSING)


def absent(pieces: Sequence[Amount]) -> Amount:
    """What is said of a period of which nothing can be added up: 退回 before 未报; 不适用 only of all its months."""
    states = {piece.state for piece in pieces if piece.value is None}
    if CellState.RETURNED in states:
        return Amount(None, CellState.RETURNED)
    if states == {CellState.NOT_APPLICABLE}:
        return Amount(None, CellState.NOT_APPLICABLE)
    return NOTHING


def said_last(facts: Facts, summed: Amount, cumulated: Amount) -> Amount:
    """The reported 累计 goes before the sum of the months, unless a month was corrected after it had come in."""

    def newest(amount: Amount) -> int:
        return max((facts.values[key].batch_id for key in amount.keys), default=0)

    corrected = newest(summed) > newest(cumulated)
    told = summed if corrected else replace(summed, value=cumulated.value, keys=cumulated.keys)
    return replace(told, months_sum=summed.value, cumulated=cumulated.value)
