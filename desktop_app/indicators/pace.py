"""How many months a target is away at the present pace (按现在的速度)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from desktop_app.catalogue.format import DASH
from desktop_app.models.values import Comparator, Month

WINDOW = 6
"""Months over which the pace is taken."""
FAR = 120


@dataclass(frozen=True)
class Arrival:
    """``months`` until the target is met: 0 when it is, None when it cannot be said or is not being approached."""

    months: int | None
    text: str
    words: str


NOT_SAID = Arrival(None, DASH, "")


def pace(values: Sequence[Fraction | None]) -> Fraction | None:
    """Change a month between the last value and the earliest known one of the window; None without two.

    :param values: months in order, the last of them the present one; at most :data:`WINDOW` + 1 are looked at.
    """
    window = values[-WINDOW - 1 :]
    if not window or window[-1] is None:
        return None
    for place, value in enumerate(window[:-1]):
        if value is not None:
            return (window[-1] - value) / (len(window) - 1 - place)
    return None


def arrival(
    comparator: Comparator,
    now: Fraction,
    target: Fraction,
    change: Fraction | None,
    month: Month,
    due: Month,
    basis: str = f"近 {WINDOW} 个月",
) -> Arrival:
    """When ``target`` is met if every month brings ``change``; whether that is in time for ``due``.

    :param basis: the months from which the change was taken, for the words.
    """
    if comparator.met(now, target):
        return Arrival(0, "已到", "已经达到")
    if change is None:
        return Arrival(None, DASH, "不到两个月的数，看不出速度")
    rising = comparator in {Comparator.GE, Comparator.GT}
    if change == 0 or (change > 0) is not rising:
        return Arrival(None, "不靠近", f"{basis}没有向目标靠近")
    distance = (target - now) / change
    months = ceil(distance)
    if months == distance and comparator in {Comparator.GT, Comparator.LT}:
        months += 1
    if months > FAR:
        return Arrival(months, "十年以上", f"按{basis}的速度，十年内到不了")
    there = month.shift(months)
    late = there > due
    words = f"按{basis}的速度，{there.label}到达，" + (f"晚于 {due.label}的期限" if late else "赶得上期限")
    return Arrival(months, f"{months} 个月" + ("，晚" if late else ""), words)
