"""The stored figures of one region, laid out for calculation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from desktop_app.indicators.daily import SeasonBook
from desktop_app.models.values import CellState, Month, Span


class FactKey(NamedTuple):
    """Address of one current figure. ``enterprise_id`` None = the region's own figure (本局、全国)."""

    indicator: str
    month: int
    """202103"""
    span: Span
    enterprise_id: int | None


class Fact(NamedTuple):
    """The current version of one figure; ``value`` is fixed-point and None unless ``state`` is VALUE."""

    value: int | None
    state: CellState
    status: str
    observation_id: int
    reported_previous: int | None = None
    reported_yoy: int | None = None
    batch_id: int = 0
    """Batches are numbered in the order in which they came in."""
    reason: str = ""
    """Why it was accepted, where that had to be said."""


@dataclass(frozen=True)
class Member:
    """A company that reports, with the months between which it is open."""

    id: int
    name: str
    brand: str
    opened: Month | None = None
    closed: Month | None = None

    def active(self, month: Month) -> bool:
        """Whether the company is open in ``month`` (the closing month included)."""
        return (self.opened is None or self.opened <= month) and (self.closed is None or month <= self.closed)


@dataclass(frozen=True)
class Facts:
    """All current figures of one region within a window of months.

    ``returned``: (enterprise id, month key) whose file was sent back and not yet replaced (退回).
    ``comparable``: comparable-base values (可比口径), addressed by the *current* month: what to divide by.
    """

    region: str
    values: Mapping[FactKey, Fact]
    members: tuple[Member, ...] = ()
    returned: frozenset[tuple[int, int]] = frozenset()
    comparable: Mapping[FactKey, int] = field(default_factory=dict)
    season: SeasonBook = field(default_factory=lambda: SeasonBook({}, {}))
    """The days of the peak seasons (旺季日报), of which some indicators are made."""

    def __post_init__(self) -> None:
        by_code: dict[str, set[int]] = {}
        own: set[str] = set()
        for key in self.values:
            if key.enterprise_id is None:
                own.add(key.indicator)
            else:
                by_code.setdefault(key.indicator, set()).add(key.enterprise_id)
        for code in self.season.figures:
            if told := self.season.reporters(code):
                by_code.setdefault(code, set()).update(told)
        object.__setattr__(self, "_reporters", {code: frozenset(ids) for code, ids in by_code.items()})
        object.__setattr__(self, "_own", frozenset(own))
        object.__setattr__(self, "_by_id", {member.id: member for member in self.members})

    _reporters: Mapping[str, frozenset[int]] = field(default_factory=dict, init=False, repr=False)
    _by_id: Mapping[int, Member] = field(default_factory=dict, init=False, repr=False)
    _own: frozenset[str] = field(default=frozenset(), init=False, repr=False)

    def get(self, indicator: str, month: Month, span: Span, enterprise_id: int | None) -> Fact | None:
        """The fact at this address, or None."""
        return self.values.get(FactKey(indicator, month.key, span, enterprise_id))

    def reporters(self, indicator: str) -> frozenset[int]:
        """Companies that ever gave this indicator, or the days that it is made of, within the window."""
        return self._reporters.get(indicator, frozenset())

    def has_own(self, indicator: str) -> bool:
        """Whether the region itself has a figure of this indicator within the window."""
        return indicator in self._own

    def knows(self, indicator: str) -> bool:
        """Whether anybody ever gave this indicator within the window."""
        return self.has_own(indicator) or bool(self.reporters(indicator))

    def member(self, enterprise_id: int) -> Member:
        """The member with this id; ``KeyError`` when there is none."""
        return self._by_id[enterprise_id]

    def among(self, wanted: frozenset[int] | None) -> Iterable[Member]:
        """Members with these ids in the register's order; all without any."""
        if wanted is None:
            return self.members
        if len(wanted) == 1:
            return [member for one in wanted if (member := self._by_id.get(one)) is not None]
        return [member for member in self.members if member.id in wanted]

    def active_members(self, months: Iterable[Month]) -> tuple[Member, ...]:
        """Members open in any of the months."""
        wanted = list(months)
        return tuple(m for m in self.members if any(m.active(month) for month in wanted))


def by_brand(given: Mapping[Member, Fraction | None]) -> list[Fraction]:
    """Amounts of companies → amounts of their brands; a company without a brand is one of its own."""
    brands: dict[str, Fraction] = {}
    for member, value in given.items():
        label = member.brand or member.name
        brands[label] = brands.get(label, Fraction(0)) + (value or 0)
    return list(brands.values())
