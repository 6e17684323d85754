"""The facts of a file by owner and indicator, with what the ledger holds of them, and tolerances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.importing.draft import Draft, Fact
from desktop_app.models.values import SCALE, CellState, Month, Span, from_fixed, plain

Owner = tuple[str, int | None, Month]
Key = tuple[str, Span]


class FactIndex:
    """Facts of the file, grouped by region, company and month; values of other months from the file or the ledger."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.groups: dict[Owner, dict[Key, Fact]] = {}
        for fact in draft.facts:
            self.groups.setdefault(fact.owner, {}).setdefault((fact.indicator.code, fact.span), fact)
        self._stored: dict[tuple[str, Month, Span, str, int | None], int | None] = {}
        self._steps = self._finest_steps(draft.facts)
        told = {fact.indicator.code for fact in draft.facts}
        self._halves = [
            (indicator.name, f"{code}.NUM", f"{code}.DEN")
            for code, indicator in draft.catalogue.indicators.items()
            if f"{code}.NUM" in told and f"{code}.DEN" in told
        ]

    @staticmethod
    def _finest_steps(facts: Iterable[Fact]) -> dict[tuple[Owner, str, Span], int]:
        """Finest written digit of a whole and its parts: the trailing zeros of single cells are often lost."""
        steps: dict[tuple[Owner, str, Span], int] = {}
        for fact in facts:
            if fact.value is not None:
                place = fact.owner, fact.indicator.parent or fact.indicator.code, fact.span
                steps[place] = min(steps.get(place, fact.figure.step), fact.figure.step)
        return steps

    def half_step(self, fact: Fact) -> int:
        """Half of the last written digit, ×2 to stay whole; 0 for counts written to the single piece."""
        step = self._steps.get((fact.owner, fact.indicator.parent or fact.indicator.code, fact.span), SCALE)
        return 0 if step <= SCALE and fact.indicator.base_unit != "元" else step

    def ratio_pairs(self, group: dict[Key, Fact]) -> Iterator[tuple[Fact, Fact, str]]:
        """(numerator, denominator, name of the rate) of every rate of which the group holds both halves' values."""
        for name, top, bottom in self._halves:
            for span in Span:
                upper, lower = group.get((top, span)), group.get((bottom, span))
                if upper is not None and lower is not None and upper.value is not None and lower.value is not None:
                    yield upper, lower, name

    def lone_halves(self, group: dict[Key, Fact]) -> Iterator[tuple[Fact, Fact, str]]:
        """(half that has a value, half that is 未报, name of the rate) of a month where the file has both columns."""
        for name, top, bottom in self._halves:
            both = group.get((top, Span.MONTH)), group.get((bottom, Span.MONTH))
            for given, lacking in (both, both[::-1]):
                if given is None or lacking is None or given.value is None:
                    continue
                if lacking.figure.state is CellState.MISSING:
                    yield given, lacking, name

    def past(self, fact: Fact, month: Month, span: Span | None = None) -> int | None:
        """The value of the same indicator and company in another month: this file's, else the ledger's."""
        return self.known((fact.region, _company(fact), month), fact.indicator.code, span or fact.span)

    def stored(self, fact: Fact, month: Month, span: Span) -> int | None:
        """The ledger's own current value."""
        return self._kept((fact.indicator.code, month, span, fact.region, _company(fact)))

    def known(self, owner: Owner, code: str, span: Span = Span.MONTH) -> int | None:
        """The value of any indicator of one region, company and month: this file's, else the ledger's."""
        near = self.groups.get(owner, {}).get((code, span))
        if near is not None and near.value is not None:
            return near.value
        region, company, month = owner
        return self._kept((code, month, span, region, company))

    def _kept(self, place: tuple[str, Month, Span, str, int | None]) -> int | None:
        if place not in self._stored:
            self._stored[place] = self.draft.context.history.value(*place)
        return self._stored[place]


def _company(fact: Fact) -> int | None:
    return fact.enterprise.id if fact.enterprise else None


def is_green_rate(fact: Fact) -> bool:
    """A green rate (0 … 100 %) that a company gives as such: stored and shown (◇), in no ratio of sums."""
    return fact.enterprise is not None and fact.indicator.green_rate


def say(stored: int, base_unit: str = "") -> str:
    """Fixed-point amount → text with thousands separators and unit (35,391 件)."""
    text = plain(from_fixed(stored))
    whole, point, fraction = text.partition(".")
    unit = f" {base_unit}" if base_unit else ""
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{fraction}{unit}"


def who(fact: Fact) -> str:
    """The company of a fact as it is named in messages."""
    if fact.enterprise is None:
        return ""
    return fact.enterprise.short_name or fact.enterprise.name


def subject(fact: Fact) -> str:
    """示例甲快递 快递业务量本月."""
    return f"{who(fact)} {label(fact)}".strip()


def label(fact: Fact) -> str:
    """快递业务量本月, 快递业务收入累计."""
    return fact.indicator.name + ("累计" if fact.span is Span.YTD else "本月")
