"""A scored sheet (评分表): passed with 90 % of the total and no veto (绿色网点、绿色分拨中心评价指引)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class ScoredItem:
    """``scored`` None: not scored yet."""

    name: str
    full: Fraction
    scored: Fraction | None


@dataclass(frozen=True)
class Score:
    """``passed`` None: something is still to be scored, or to be said of a veto."""

    full: Fraction
    scored: Fraction
    vetoes: tuple[str, ...]
    """Those that apply."""
    passed: bool | None

    @property
    def rate_pct(self) -> Fraction:
        """Points in percent of the total."""
        return self.scored * 100 / self.full if self.full else Fraction(0)


def score(
    items: Sequence[ScoredItem], vetoes: Sequence[tuple[str, bool | None]], pass_pct: Fraction = Fraction(90)
) -> Score:
    """The result. A veto fails the sheet whatever the points; without one every item has to be scored.

    :raises ValueError: more points than an item is worth, or fewer than none.
    """
    for item in items:
        if item.full <= 0 or (item.scored is not None and not 0 <= item.scored <= item.full):
            raise ValueError(item.name)
    full = sum((item.full for item in items), Fraction(0))
    scored = sum((item.scored for item in items if item.scored is not None), Fraction(0))
    applying = tuple(text for text, applies in vetoes if applies)
    whole = all(item.scored is not None for item in items) and all(applies is not None for _, applies in vetoes)
    enough = scored * 100 >= pass_pct * full if whole and full else None
    return Score(full, scored, applying, False if applying else enough)
