"""What a column may mean, for the menu above the columns of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.importing.said import AUTO, SKIP, column_key

__all__ = ["AUTO", "SKIP", "IndicatorMeaning", "MeaningBook", "Parsed", "column_key"]

_UNIT = " · "
_RATES = frozenset({"同比", "累计同比", "环比"})


@dataclass(frozen=True)
class IndicatorMeaning:
    """An indicator that a column may hold. ``words``: folded names and pinyin initials by which it is found."""

    name: str
    group: str
    base_unit: str
    words: tuple[str, ...]
    has_aspects: bool = True
    """Its name can stand before 本年累计, 上年同期 and the like; not 增长率 and such, which say one themselves."""


@dataclass(frozen=True)
class Parsed:
    """A meaning in its parts: 快递业务量本年累计 · 万件 → 快递业务量, 本年累计, 万件."""

    words: str
    aspect: str
    unit: str

    @property
    def is_rate(self) -> bool:
        """A percentage: no unit of the indicator applies."""
        return self.aspect in _RATES

    @property
    def text(self) -> str:
        """The parts put together again; the month's own figure is not named."""
        return f"{self.words}{self.aspect}" + (f"{_UNIT}{self.unit}" if self.unit else "")


@dataclass(frozen=True)
class MeaningBook:
    """Everything that may be said of a column."""

    indicators: tuple[IndicatorMeaning, ...] = ()
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What is no figure (企业, 月份, 建制村 …), each with the words by which it is found."""
    aspects: tuple[str, ...] = ()
    """Which figure of an indicator (本年累计, 上年同期 …); none is the month's own."""
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Base unit → the units that convert into it."""

    def parse(self, meaning: str) -> Parsed:
        """A meaning as shown above a column, in its parts."""
        words, _, unit = meaning.partition(_UNIT)
        aspect = next((a for a in sorted(self.aspects, key=len, reverse=True) if words.endswith(a)), "")
        return Parsed(words.removesuffix(aspect), aspect, unit)

    def indicator(self, words: str) -> IndicatorMeaning | None:
        """The indicator of this name or alias."""
        folded = words.casefold()
        return next((each for each in self.indicators if folded in (each.name.casefold(), *each.words)), None)

    def units_for(self, meaning: str) -> tuple[str, ...]:
        """Units into which a column of figures may be changed; none for names, rates and counts of one unit."""
        parsed = self.parse(meaning)
        found = self.indicator(parsed.words)
        base = found.base_unit if found is not None else ""
        units = next((u for b, u in self.units.items() if b == base or parsed.unit in u), ())
        return () if parsed.is_rate else units
