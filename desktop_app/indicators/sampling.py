"""Rates found by sampling (抽查): how far the true rate may lie from the one found.

Wilson's score interval at 95 %: with p = k/n and z = 1.959964,

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)

E. B. Wilson, Probable inference, JASA 22 (1927) 209–212. Unlike p ± z·√(p(1−p)/n) it stays within 0…100 % and holds for
small samples and for 100 %.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from desktop_app.models.values import quantize

Z95 = Decimal("1.959964")
_LONG = Context(prec=40, rounding=ROUND_HALF_UP)
SMALL = 30
"""Below this a sample says little."""


def wilson(passed: int, sample: int) -> tuple[Decimal, Decimal]:
    """Lower and upper bound in percent, exact to 30 digits.

    :raises ValueError: no sample, or more passed than were drawn.
    """
    if sample <= 0 or not 0 <= passed <= sample:
        raise ValueError(f"{passed} of {sample} is no sample")
    with localcontext(_LONG):
        n, p, square = Decimal(sample), Decimal(passed) / sample, Z95 * Z95
        middle = p + square / (2 * n)
        spread = Z95 * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
        below = 1 + square / n
        low, high = (middle - spread) / below * 100, (middle + spread) / below * 100
        return max(low, Decimal(0)), min(high, Decimal(100))


def sample_range(passed: int, sample: int) -> str:
    """“88.1—94.0%”."""
    low, high = (quantize(bound, 1) for bound in wilson(passed, sample))
    return f"{low}—{high}%"


def sample_words(passed: int, sample: int) -> str:
    """“抽查 335 件，95% 置信区间 88.1—94.0%”; a small sample is called one."""
    tail = "，样本太小" if sample < SMALL else ""
    return f"抽查 {sample} 件，95% 置信区间 {sample_range(passed, sample)}{tail}"
