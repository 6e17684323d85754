"""Doubts that ask for a reason (核实): growth, price per piece, zero report, same figures as last month."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.importing.checks.facts import FactIndex, Key, say, subject, who
from desktop_app.importing.draft import Draft, Fact
from desktop_app.models.values import Severity, Span, plain, quantize

WATCHED = ("MKT.VOL", "MKT.REV", "OPS.IN")
"""Totals whose growth is watched; parts of a few hundred pieces jump every month."""


def check(draft: Draft, index: FactIndex, slipped: set[int]) -> set[int]:
    """Every soft rule, company by company; figures with a wrong unit are left out.

    :returns: ids of the facts whose growth is asked about: other rules need not ask about their size again.
    """
    doubted: set[int] = set()
    for group in index.groups.values():
        facts = [fact for code in WATCHED if (fact := group.get((code, Span.MONTH))) is not None]
        facts = [fact for fact in facts if fact.enterprise is not None and id(fact) not in slipped]
        doubted.update(id(fact) for fact in facts if _growth(draft, index, fact))
        _price(draft, group, slipped)
        _zero(draft, group)
        _same(draft, index, facts)
    return doubted


_SEASON = {1: "春节", 2: "春节", 3: "春节", 11: "双11", 12: "双11"}
"""Months whose change on the month before is mostly the calendar's."""


def _growth(draft: Draft, index: FactIndex, fact: Fact) -> bool:
    """One question for 同比 and 环比 together; a jump of the season is none when the year's growth is usual.

    :returns: whether it is asked.
    """
    rules = draft.rules
    if not fact.value or not (rules.asks("YOY_LIMIT") or rules.asks("MOM_LIMIT")):
        return False
    base = index.past(fact, fact.month.shift(-12))
    if base is None and fact.previous is not None:
        base = fact.previous.stored
    yoy = _rate(fact.value, base)
    mom = _rate(fact.value, index.past(fact, fact.month.shift(-1)))
    yoy_limit, mom_limit = rules.threshold("YOY_LIMIT", "limit_pct"), rules.threshold("MOM_LIMIT", "limit_pct")
    usual_year = yoy is not None and abs(yoy) <= Fraction(yoy_limit)
    doubts: dict[str, str] = {}
    if yoy is not None and not usual_year and rules.asks("YOY_LIMIT"):
        doubts["YOY_LIMIT"] = f"同比{_change(yoy)}，超过 {plain(yoy_limit)}%（上年同期 {say(base or 0)}）"
    if mom is not None and abs(mom) > Fraction(mom_limit) and rules.asks("MOM_LIMIT"):
        if usual_year and fact.month.month in _SEASON:
            draft.ground(f"环比变动较大的月份在{_SEASON[fact.month.month]}前后而同比正常，不作疑问")
        else:
            doubts["MOM_LIMIT"] = f"环比{_change(mom)}，超过 {plain(mom_limit)}%"
    if doubts:
        draft.report(
            # Two doubts, one question: it is as strict as the stricter of the two.
            next((code for code in doubts if rules.severity(code) is Severity.ERROR), next(iter(doubts))),
            f"{subject(fact)} {say(fact.value, fact.indicator.base_unit)}，{'；'.join(doubts.values())}",
            "请核实并说明原因",
            row=fact.figure.row,
            column=fact.figure.name,
            value=fact.figure.text,
        )
    return bool(doubts)


def _rate(value: int, base: int | None) -> Fraction | None:
    return Fraction(value - base, base) * 100 if base and base > 0 else None


def _change(rate: Fraction) -> str:
    return f"{'增长' if rate > 0 else '下降'} {quantize(abs(rate), 1)}%"


def _price(draft: Draft, group: dict[Key, Fact], slipped: set[int]) -> None:
    volume, revenue = group.get(("MKT.VOL", Span.MONTH)), group.get(("MKT.REV", Span.MONTH))
    if volume is None or revenue is None or {id(volume), id(revenue)} & slipped or revenue.enterprise is None:
        return
    if volume.value is None or revenue.value is None:
        return
    low, high = draft.rules.threshold("PRICE_BAND", "low"), draft.rules.threshold("PRICE_BAND", "high")
    if volume.value <= 0:
        if revenue.value > 0:
            draft.report(
                "PRICE_BAND",
                f"{who(revenue)} 业务量为 0，却有业务收入 {say(revenue.value, '元')}",
                "请核实并说明原因",
                row=revenue.figure.row,
                column=revenue.figure.name,
                value=revenue.figure.text,
            )
        return
    price = Fraction(revenue.value, volume.value)
    if not Fraction(low) <= price <= Fraction(high):
        draft.report(
            "PRICE_BAND",
            f"{who(revenue)} 单件收入 {quantize(price, 2)} 元，不在 {plain(low)}—{plain(high)} 元之间"
            f"（收入 {say(revenue.value)} 元，业务量 {say(volume.value)} 件）",
            "请核对收入和业务量的单位与口径，并说明原因",
            row=revenue.figure.row,
            column=revenue.figure.name,
            value=revenue.figure.text,
        )


def _zero(draft: Draft, group: dict[Key, Fact]) -> None:
    volume = group.get(("MKT.VOL", Span.MONTH))
    if volume is None or volume.value != 0 or volume.enterprise is None:
        return
    revenue = group.get(("MKT.REV", Span.MONTH))
    if revenue is None or not revenue.value:
        draft.report(
            "ZERO_REPORT",
            f"{who(volume)} {volume.month.label}零报（业务量为 0）",
            "请核实确无业务，并说明原因",
            row=volume.figure.row,
            column=volume.figure.name,
            value=volume.figure.text,
        )


def _same(draft: Draft, index: FactIndex, facts: list[Fact]) -> None:
    known = [fact for fact in facts if fact.value]
    if len(known) < 2:
        return
    if all(index.past(fact, fact.month.shift(-1)) == fact.value for fact in known):
        first = known[0]
        draft.report(
            "SAME_AS_LAST_MONTH",
            f"{who(first)} {first.month.label}的{'、'.join(f.indicator.short for f in known)}和上月完全相同",
            "可能把上月的表又发了一遍；请核实",
            row=first.figure.row,
            column=first.figure.name,
            value=first.figure.text,
        )
