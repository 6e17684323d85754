"""A second opinion on every operation of the engine, written apart from it: decimals of fifty digits, no fractions.

It reads a :class:`World` cell by cell and knows nothing of facts, amounts or the catalogue. Rates are rounded once,
half away from zero, as a clerk with a long calculator would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from desktop_app.models.values import Month
from tests.indicators.world import GAP, World

LONG = Context(prec=50, rounding=ROUND_HALF_UP)
UNIT = Decimal(10_000)
HUNDRED = Decimal(100)


def rounded(value: Decimal | None, places: int = 1) -> Decimal | None:
    """四舍五入 once; Decimal's HALF_UP goes away from zero on both sides."""
    if value is None:
        return None
    with localcontext(LONG):
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def divided(above: Decimal | None, below: Decimal | None, times: Decimal = Decimal(1)) -> Decimal | None:
    """above ÷ below × times; None without both or over zero."""
    if above is None or below is None or below == 0:
        return None
    with localcontext(LONG):
        return above * times / below


def growth(now: Decimal | None, base: Decimal | None) -> Decimal | None:
    """同比、环比 in %; “—” over a base of zero or below, and for a value below zero."""
    if now is None or base is None or base <= 0 or now < 0:
        return None
    with localcontext(LONG):
        return (now - base) * HUNDRED / base


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """比重 in %."""
    return divided(part, whole, HUNDRED) if whole is not None and whole > 0 else None


def points(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """百分点."""
    if now is None or then is None:
        return None
    with localcontext(LONG):
        return now - then


def pull(part: Decimal | None, before: Decimal | None, whole_before: Decimal | None) -> Decimal | None:
    """拉动, 百分点 of the whole's growth."""
    return share(points(part, before), whole_before)


def contribution(
    part: Decimal | None, before: Decimal | None, whole: Decimal | None, whole_before: Decimal | None
) -> Decimal | None:
    """贡献率 in %."""
    if growth(whole, whole_before) is None:
        return None
    return divided(points(part, before), points(whole, whole_before), HUNDRED)


def average_growth(now: Decimal | None, base: Decimal | None, years: int) -> Decimal | None:
    """年均增速 in %, geometric, the base year not counted: by bisection, since a root is no plain division."""
    if growth(now, base) is None or now is None or base is None:
        return None
    with localcontext(LONG):
        ratio = now / base
        low, high = Decimal(0), max(ratio, Decimal(1)) + 1
        for _ in range(140):
            middle = (low + high) / 2
            if middle**years > ratio:
                high = middle
            else:
                low = middle
        return (low - 1) * HUNDRED


def concentration(amounts: Sequence[Decimal], largest: int | None) -> Decimal | None:
    """CRn (``largest`` = n) or HHI (None) of the brands' amounts; None in an empty market."""
    whole = sum(amounts, Decimal(0))
    if whole <= 0:
        return None
    with localcontext(LONG):
        shares = sorted((amount * HUNDRED / whole for amount in amounts), reverse=True)
        if largest is None:
            return sum((each * each for each in shares), Decimal(0))
        return sum(sorted(amounts, reverse=True)[:largest], Decimal(0)) * HUNDRED / whole


@dataclass(frozen=True)
class Total:
    """A sum, and who is in it or not; ``value`` None when nobody gave anything."""

    value: Decimal | None
    given: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    partial: frozenset[int] = frozenset()

    @property
    def lacking_words(self) -> str:
        """“12 家中 2 家未报、1 家退回”; empty when nobody is lacking."""
        ways = ((self.missing, "未报"), (self.partial, "缺部分月份"), (self.returned, "退回"))
        words = [f"{len(who)} 家{word}" for who, word in ways if who]
        everybody = self.given | self.missing | self.returned
        return f"{len(everybody)} 家中 {'、'.join(words)}" if words else ""


def open_months(world: World, company: int, months: Iterable[Month]) -> list[Month]:
    """The months in which a company was open."""
    found = next(each for each in world.members if each.id == company)
    return [
        month
        for month in months
        if not (found.opened is not None and month < found.opened)
        and not (found.closed is not None and month > found.closed)
    ]


def given(world: World, code: str, company: int, month: Month) -> Decimal | None:
    """What a company gave, in base units; None for nothing (未报、不适用、退回)."""
    cell = world.cells.get((code, company, month), GAP)
    return Decimal(cell) / UNIT if isinstance(cell, int) else None


def flow(world: World, code: str, months: Sequence[Month], companies: Iterable[int] | None = None) -> Total:
    """Months and companies added up; silence is never nought, and it is said who is silent."""
    total, groups = Decimal(0), {word: set[int]() for word in ("given", "missing", "returned", "partial")}
    for company in [each.id for each in world.members] if companies is None else companies:
        wanted = open_months(world, company, months)
        cells = [world.cells.get((code, company, month), GAP) for month in wanted]
        numbers = [Decimal(cell) / UNIT for cell in cells if isinstance(cell, int)]
        silent = [cell for cell in cells if not isinstance(cell, int)]
        if numbers:
            total += sum(numbers, Decimal(0))
            groups["given"].add(company)
            if any(cell != "na" for cell in silent):
                groups["partial"].add(company)
        elif "returned" in silent:
            groups["returned"].add(company)
        elif any(cell != "na" for cell in silent):
            groups["missing"].add(company)
    frozen = {word: frozenset(who) for word, who in groups.items()}
    return Total(total if groups["given"] else None, **frozen)


def stock(world: World, code: str, months: Sequence[Month]) -> Total:
    """Companies added up as they stand in the last month."""
    return flow(world, code, months[-1:])


def both(world: World, codes: Sequence[str], months: Sequence[Month]) -> tuple[list[Decimal] | None, frozenset[int]]:
    """Sums of several flows over the company-months for which every one of them was given, and whose these are."""
    sums, who = [Decimal(0) for _ in codes], set()
    for company in (each.id for each in world.members):
        for month in open_months(world, company, months):
            cells = [given(world, code, company, month) for code in codes]
            if all(cell is not None for cell in cells):
                who.add(company)
                sums = [total + (cell or Decimal(0)) for total, cell in zip(sums, cells, strict=True)]
    return (sums if who else None), frozenset(who)


def compared(world: World, code: str, months: Sequence[Month], earlier: Sequence[Month]) -> Decimal | None:
    """Growth of the sums, unless more than half of either comes from who is silent on the other side."""
    sides = (months, earlier), (earlier, months)
    if any(one_sided(world, code, here, there) > Decimal("0.5") for here, there in sides):
        return None
    return growth(flow(world, code, months).value, flow(world, code, earlier).value)


def one_sided(world: World, code: str, here: Sequence[Month], there: Sequence[Month]) -> Decimal:
    """Which part of the sum over ``here`` comes from companies, or from their months, that are silent in ``there``."""
    whole, other = flow(world, code, here), flow(world, code, there)
    if whole.value is None or whole.value <= 0:
        return Decimal(0)
    apart = Decimal(0)
    for company in whole.given & (other.missing | other.returned | other.partial):
        for month, then in zip(here, there, strict=True):
            silent = world.cells.get((code, company, then), GAP) in {GAP, "missing", "returned"}
            if company not in other.partial or (silent and then in open_months(world, company, [then])):
                apart += given(world, code, company, month) or 0
    with localcontext(LONG):
        return apart / whole.value
