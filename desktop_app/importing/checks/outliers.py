"""Figures outside a company's own seasonal habit, measured robustly (OUTLIER).

With z(t) = ln x(t) of one indicator of one company:

* level    L(t) = median of z over the 12 months before t (at least six known);
* deviation d(t) = z(t) − L(t);
* habit    s(t) = median of d over earlier months of the same season (:mod:`season`: the festival month is compared with
  festival months, whichever calendar month they fall in; November with Novembers), 0 where there is none;
* residual  r(t) = d(t) − s(t), and the same for every earlier month against its own season;
* spread    σ = 1.4826 × median |r − median r| over the earlier months (MAD; σ as of a normal distribution).

A figure is asked about when |r(t)| > ``mads`` × max(σ, 0.1) and it is more than ``times`` times (or less than one part
in ``times`` of) what was to be expected, e^(L+s). Where the season has no earlier example, twice as far is let pass.

Median and MAD as in F. R. Hampel, The Influence Curve and Its Role in Robust Estimation, JASA 69 (1974) 383–393: half
of the history may be wrong before they give way. Logarithms, because months differ by factors and not by amounts; in
binary floats, because they only judge: nothing computed here is stored or printed but the expected size, in two digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import median

from desktop_app.catalogue.model import Kind
from desktop_app.importing.checks.facts import FactIndex, say, subject
from desktop_app.importing.checks.season import ORDINARY, season
from desktop_app.importing.draft import Draft, Fact
from desktop_app.models.values import SCALE, Month, Span

_BACK = 36
"""Months of history that are looked at."""
_LEVEL, _LEAST_LEVEL = 12, 6
_CONSISTENT = 1.4826
_LEAST_SPREAD = 0.1
_CLOSE = 2
"""Within half and twice both last month and the same month of last year nothing needs to be worked out."""


def check(draft: Draft, index: FactIndex, doubted: set[int]) -> None:
    """Month figures of companies; wholes before their parts, which are not asked about a second time.

    :param doubted: ids of facts about which something is asked already.
    """
    if not draft.rules.asks("OUTLIER"):
        return
    for group in index.groups.values():
        asked: set[str] = set()
        facts = [fact for (_, span), fact in group.items() if span is Span.MONTH and fact.indicator.kind is Kind.FLOW]
        for fact in sorted(facts, key=lambda fact: fact.indicator.parent is not None):
            if fact.enterprise is None or fact.indicator.parent in asked:
                continue
            if id(fact) in doubted or _check_one(draft, index, fact):
                asked.add(fact.indicator.code)


def _check_one(draft: Draft, index: FactIndex, fact: Fact) -> bool:
    least = draft.rules.threshold("OUTLIER", "least") * SCALE
    if not fact.value or fact.value < 0 or _usual(index, fact, int(least)):
        return False
    history = _history(index, fact)
    known = [value for value in history if value is not None]
    if len(known) < draft.rules.whole("OUTLIER", "months"):
        return False
    found = judge(fact.month, fact.value, history)
    if found is None or max(found.expected, fact.value) < least:
        return False
    times = float(draft.rules.threshold("OUTLIER", "times"))
    mads = float(draft.rules.threshold("OUTLIER", "mads"))
    wide = 1 if found.examples else 2
    if abs(found.residual) <= mads * found.spread * wide or abs(found.residual) <= log(times) * wide:
        return False
    direction = "高" if found.residual > 0 else "低"
    like = season(fact.month)
    basis = f"往年{like}" if found.examples and like != ORDINARY else "近一年"
    draft.report(
        "OUTLIER",
        f"{subject(fact)} {say(fact.value, fact.indicator.base_unit)}，比按{basis}的常态推算的约 "
        f"{say(_rough(found.expected), fact.indicator.base_unit)} {direction}出很多，离开了这家企业自己的起伏范围",
        "请核实并说明原因",
        row=fact.figure.row,
        column=fact.figure.name,
        value=fact.figure.text,
    )
    return True


def _usual(index: FactIndex, fact: Fact, least: int) -> bool:
    """Small like last month and last year, close to both, or new: three years of history need not be read for it."""
    value = fact.value or 0
    near = (index.past(fact, fact.month.shift(-1)), index.past(fact, fact.month.shift(-12)))
    if near[1] is None and index.past(fact, fact.month.shift(-13)) is None:
        return True
    if value < least and all(past is None or past < least for past in near):
        return True
    return all(past is not None and past < value * _CLOSE and value < past * _CLOSE for past in near)


def _history(index: FactIndex, fact: Fact) -> list[int | None]:
    """Values of the months before, the latest last; zero and nothing alike are no example."""
    company = fact.enterprise.id if fact.enterprise else None
    code, region = fact.indicator.code, fact.region
    values = (index.known((region, company, fact.month.shift(-back)), code) for back in range(_BACK, 0, -1))
    return [value if value is not None and value > 0 else None for value in values]


@dataclass(frozen=True)
class Judgement:
    """How far a figure is off: ``residual`` and ``spread`` in logarithms, ``expected`` in stored units."""

    residual: float
    spread: float
    expected: int
    examples: int
    """Earlier months of the same season that were known."""


def judge(month: Month, value: int, history: Sequence[int | None]) -> Judgement | None:
    """The figure of ``month`` against the months before it (the latest last); None without enough of them."""
    logs = [None if past is None else log(past) for past in (*history, value)]
    seasons = [season(month.shift(back)) for back in range(-len(history), 1)]
    deviations = [_deviation(logs, place) for place in range(len(logs))]
    by_season: dict[str, list[float]] = {}
    for name, deviation in zip(seasons[:-1], deviations[:-1], strict=True):
        if deviation is not None:
            by_season.setdefault(name, []).append(deviation)
    habits = {name: median(found) for name, found in by_season.items()}
    mine = deviations[-1]
    if mine is None:
        return None
    # A season with one example would judge itself; what it lacks is the ordinary scatter of the others.
    scatter = [
        deviation - habits[name]
        for name, deviation in zip(seasons[:-1], deviations[:-1], strict=True)
        if deviation is not None and len(by_season[name]) > 1
    ]
    middle = median(scatter) if scatter else 0.0
    spread = _CONSISTENT * median(abs(each - middle) for each in scatter) if scatter else 0.0
    habit = habits.get(seasons[-1], 0.0)
    residual = mine - habit
    return Judgement(
        residual, max(spread, _LEAST_SPREAD), round(exp(log(value) - residual)), len(by_season.get(seasons[-1], ()))
    )


def _deviation(logs: Sequence[float | None], place: int) -> float | None:
    own = logs[place]
    before = [each for each in logs[max(0, place - _LEVEL) : place] if each is not None]
    return None if own is None or len(before) < _LEAST_LEVEL else own - median(before)


def _rough(stored: int) -> int:
    """Two digits are all that is known of what was to be expected; whole units."""
    whole = max(1, stored // SCALE)
    step: int = 10 ** max(0, len(str(whole)) - 2)
    return (whole + step // 2) // step * step * SCALE
