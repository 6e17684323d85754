"""What would mend a unit slip: the cells read in another unit. The figures stay the company's own (单位改读).

The bureau may not overwrite a company's figure, so nothing but the unit is proposed, and only where the unit that the
slip points to exists: a count of 件 that is ten thousand times too large in a column of 件 has none, and goes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.model import Unit
from desktop_app.importing.checks.facts import FactIndex, label, say, who
from desktop_app.importing.convert import to_stored
from desktop_app.importing.draft import Draft, Fact, Figure
from desktop_app.importing.repair import Repair, RepairProposal

_SAME = 100
"""Cells beside a figure within 1/100 … 100 times of it were written in the same unit."""


@dataclass(frozen=True)
class Reading:
    """The cells of a slip with the unit that would mend it, not yet tied to an issue."""

    cells: tuple[Repair, ...]
    written: str
    unit: str
    text: str

    def answer(self, draft: Draft) -> None:
        """Propose it for the issue that was reported last."""
        draft.proposals.append(RepairProposal(draft.issues[-1], self.cells, self.written, self.unit, self.text))


def find_reading(draft: Draft, index: FactIndex, root: str, factor: int, slipped: Sequence[Fact]) -> Reading | None:
    """The unit in which the slipped figures make sense; None when there is none.

    :param root: code of the whole to which the slipped figures belong.
    :param factor: how many times too large the figures are; negative: too small.
    """
    family = list(_family(index, root, slipped))
    main = next((fact for fact in family if fact.indicator.code == root), family[0])
    written = main.figure.unit
    unit = None if written is None else _unit(draft, written, factor)
    if written is None or unit is None or main.figure.amount.number is None:
        return None
    places = {
        (figure.row, figure.column): Repair(figure.row + 1, figure.column, unit.name)
        for fact in family
        for figure in _cells(fact)
        if figure.unit == written
    }
    stored, _ = to_stored(main.figure.amount.number, unit)
    read = f"{who(main)} {label(main)} {main.figure.text} 按{unit.name}读，为 {say(stored, unit.base)}".strip()
    several = f"（同类共 {len(places)} 格）" if len(places) > 1 else ""
    return Reading(tuple(places[place] for place in sorted(places)), written.name, unit.name, read + several)


def _unit(draft: Draft, written: Unit, factor: int) -> Unit | None:
    """The unit that is so many times smaller (or larger) than the one that was read; None when there is none."""
    wanted = Fraction(written.factor) / factor if factor > 0 else Fraction(written.factor) * -factor
    fitting = (u for u in draft.catalogue.units.values() if u.base == written.base and Fraction(u.factor) == wanted)
    return next(fitting, None)


def _family(index: FactIndex, root: str, slipped: Sequence[Fact]) -> Iterator[Fact]:
    """The whole and all its parts: a part too small to show the slip (0.02 万件) was written in the same unit."""
    first = slipped[0]
    group = index.groups[first.owner]
    codes = dict.fromkeys([root, *(index.draft.catalogue.indicators[root].parts), *(f.indicator.code for f in slipped)])
    for code in codes:
        fact = group.get((code, first.span))
        if fact is not None and fact.value is not None:
            yield fact


def _cells(fact: Fact) -> Iterator[Figure]:
    """The figure, and 上年同期 and 上月 beside it where they are of the same size."""
    yield fact.figure
    for beside in (fact.previous, fact.last_month):
        if beside is None or not beside.stored or not fact.value:
            continue
        if Fraction(1, _SAME) < abs(Fraction(beside.stored, fact.value)) < _SAME:
            yield beside
