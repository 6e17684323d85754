"""What a company's figures of this month say to those of its last months: stocks, 进港 against 出港, denominators."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

from desktop_app.catalogue.model import Kind
from desktop_app.importing.checks.facts import FactIndex, Owner, is_green_rate, label, say, subject, who
from desktop_app.importing.draft import Draft, Fact
from desktop_app.models.values import SCALE, Month, Span, plain, quantize

_LATELY = 3
"""A stock reported once a quarter is compared with the last one known; one that is counted once a year, with that."""
_HABIT, _LEAST_HABIT = 12, 6
_OF_A_HUNDRED = {"%": "请核对分子、分母和小数点", "分": "满分是 100 分，请核对小数点"}
"""Units that end at 100, and what is to be looked at."""


def stock_jumps(draft: Draft, index: FactIndex, slipped: set[int]) -> None:
    """Outlets, staff, lockers … that grow or shrink within a month by more than the limit (STOCK_JUMP)."""
    if not draft.rules.asks("STOCK_JUMP"):
        return
    limit = Fraction(draft.rules.threshold("STOCK_JUMP", "limit_pct"))
    least = Fraction(draft.rules.threshold("STOCK_JUMP", "least")) * SCALE
    for fact in draft.facts:
        if fact.indicator.kind is not Kind.STOCK or fact.value is None or id(fact) in slipped or _is_half(fact):
            continue
        before = _last(index, fact)
        if before is None or abs(fact.value - before[1]) < least:
            continue
        month, value = before
        if value <= 0 or abs(Fraction(fact.value - value, value)) * 100 > limit:
            unit = fact.indicator.base_unit
            draft.report(
                "STOCK_JUMP",
                f"{subject(fact)} {say(fact.value, unit)}，{month.label}是 {say(value, unit)}，一下"
                f"{'多' if fact.value > value else '少'}了 {say(abs(fact.value - value), unit)}",
                "期末数一般变动不大；请核实是否口径变了，并说明原因",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def context_bounds(draft: Draft) -> None:
    """People, land and product of a county that no county has (CONTEXT_BOUNDS): most often a unit that was missed."""
    if not draft.rules.asks("CONTEXT_BOUNDS"):
        return
    rules = draft.rules
    people = rules.threshold("CONTEXT_BOUNDS", "people_low"), rules.threshold("CONTEXT_BOUNDS", "people_high")
    area = rules.threshold("CONTEXT_BOUNDS", "area_low"), rules.threshold("CONTEXT_BOUNDS", "area_high")
    bounds = {"CTX.POP": people, "CTX.POP.REG": people, "CTX.AREA": area}
    for fact in draft.facts:
        ends = bounds.get(fact.indicator.code)
        if ends is None or fact.value is None or fact.enterprise is not None or not _is_county(fact.region):
            continue
        low, high = (int(end * SCALE) for end in ends)
        if not low <= fact.value <= high:
            unit = fact.indicator.base_unit
            draft.report(
                "CONTEXT_BOUNDS",
                f"{subject(fact)} {say(fact.value, unit)}，县级一般在 {say(low, unit)} 到 {say(high, unit)} 之间",
                "请核对数和单位；确实如此的写明原因",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def _is_county(region: str) -> bool:
    return region.endswith("000000") and not region.endswith("00000000")


def _is_half(fact: Fact) -> bool:
    return fact.indicator.code.endswith((".NUM", ".DEN"))


def _last(index: FactIndex, fact: Fact) -> tuple[Month, int] | None:
    """The last value known within a quarter before the month, or within the months for which it holds (沿用)."""
    for back in range(1, max(_LATELY, fact.indicator.carried_months) + 1):
        value = index.past(fact, fact.month.shift(-back))
        if value is not None:
            return fact.month.shift(-back), value
    return None


def flow_balance(draft: Draft, index: FactIndex, doubted: set[int]) -> None:
    """进港 against 出港: their ratio against its own median of the last twelve months (FLOW_BALANCE).

    :param doubted: ids of facts about which something is asked already: one question is enough.
    """
    if not draft.rules.asks("FLOW_BALANCE"):
        return
    times = Fraction(draft.rules.threshold("FLOW_BALANCE", "times"))
    least = Fraction(draft.rules.threshold("FLOW_BALANCE", "least")) * SCALE
    for owner, group in index.groups.items():
        inward, outward = group.get(("OPS.IN", Span.MONTH)), group.get(("MKT.VOL", Span.MONTH))
        if inward is None or outward is None or inward.enterprise is None or {id(inward), id(outward)} & doubted:
            continue
        if not inward.value or not outward.value or min(inward.value, outward.value) < least:
            continue
        ratio = Fraction(inward.value, outward.value)
        # Close to last month and last year: the months between need not be read.
        if all(near is not None and near**2 / times <= ratio**2 <= near**2 * times for near in _near(index, owner)):
            continue
        usual = [each for back in range(1, _HABIT + 1) if (each := _ratio(index, owner, back)) is not None]
        if len(usual) < _LEAST_HABIT:
            continue
        habit = Fraction(median(usual))
        if habit / times <= ratio <= habit * times:
            continue
        draft.report(
            "FLOW_BALANCE",
            f"{who(inward)} 进港量是出港量（业务量）的 {quantize(ratio, 2)} 倍，近一年一般是 {quantize(habit, 2)} 倍",
            "请核对进港和出港有没有填反、填错，并说明原因",
            row=inward.figure.row,
            column=inward.figure.name,
            value=inward.figure.text,
        )


def _near(index: FactIndex, owner: Owner) -> tuple[Fraction | None, Fraction | None]:
    return _ratio(index, owner, 1), _ratio(index, owner, 12)


def _ratio(index: FactIndex, owner: Owner, back: int) -> Fraction | None:
    region, company, month = owner
    then = region, company, month.shift(-back)
    inward, outward = index.known(then, "OPS.IN"), index.known(then, "MKT.VOL")
    return Fraction(inward, outward) if inward and outward and inward > 0 and outward > 0 else None


def rate_bases(draft: Draft, index: FactIndex) -> None:
    """Denominators of rates that change their scope from one month to the next (RATE_BASE).

    What grows with business is measured by it: the denominator per parcel of the same month; a stock by itself. One
    question for a company and month.
    """
    if not draft.rules.asks("RATE_BASE"):
        return
    for group in index.groups.values():
        changed = [
            (base, rate, before)
            for _, base, rate in index.ratio_pairs(group)
            if base.enterprise is not None and base.span is Span.MONTH and (before := _changed(draft, index, base))
        ]
        if not changed:
            continue
        base, rate, (month, value) = changed[0]
        unit = base.indicator.base_unit
        more = f"；另有 {len(changed) - 1} 个比率的分母也是这样" if len(changed) > 1 else ""
        draft.report(
            "RATE_BASE",
            f"{subject(base)}（{rate}的分母）{say(base.value or 0, unit)}，{month.label}是 {say(value, unit)}，"
            f"变动超过 {plain(draft.rules.threshold('RATE_BASE', 'limit_pct'))}%，和业务量的变动不相称{more}",
            "分母的口径变了，比率就不可比；请核实并说明原因",
            row=base.figure.row,
            column=base.figure.name,
            value=base.figure.text,
        )


_BUSINESS = ("MKT.VOL", "GRN.EWAYBILL.DEN")
"""What tells how much business there was: the volume, else all parcels with a label."""


def _changed(draft: Draft, index: FactIndex, base: Fact) -> tuple[Month, int] | None:
    """The earlier month and denominator from which this one is too far; None when it is not, or nothing tells."""
    before = _last(index, base)
    least = draft.rules.threshold("RATE_BASE", "least") * SCALE
    if before is None or not base.value or before[1] <= 0 or abs(base.value - before[1]) < least:
        return None
    ratio = Fraction(base.value, before[1])
    if base.indicator.kind is Kind.FLOW:
        growth = _business(index, base, before[0])
        if growth is None:
            return None
        ratio /= growth
    change = ratio - 1 if ratio >= 1 else 1 / ratio - 1
    return before if change * 100 > Fraction(draft.rules.threshold("RATE_BASE", "limit_pct")) else None


def _business(index: FactIndex, base: Fact, month: Month) -> Fraction | None:
    company = base.enterprise.id if base.enterprise else None
    for code in _BUSINESS:
        now = index.known((base.region, company, base.month), code)
        then = index.known((base.region, company, month), code)
        if now and then and now > 0 and then > 0 and code != base.indicator.code:
            return Fraction(now, then)
    return None


def parcel_bounds(draft: Draft, index: FactIndex) -> None:
    """Parcels of a green sheet are some of the parcels of the same company and month (RATIO_BOUNDS)."""
    if not draft.rules.asks("RATIO_BOUNDS"):
        return
    slack = 1 + Fraction(draft.rules.threshold("RATIO_BOUNDS", "slack_pct")) / 100
    for fact in draft.facts:
        code = fact.indicator.code
        parcels = code.startswith("GRN.") and fact.indicator.base_unit == "件" and fact.indicator.kind is Kind.FLOW
        if not parcels or not fact.value or fact.enterprise is None:
            continue
        volume = index.known((fact.region, fact.enterprise.id, fact.month), "MKT.VOL", fact.span)
        if volume is not None and fact.value > volume * slack:
            draft.report(
                "RATIO_BOUNDS",
                f"{subject(fact)} {say(fact.value, '件')}，比它{label(fact)[-2:]}的快递业务量 {say(volume, '件')} 还多",
                "请核对件数、月份和口径（是否把投递的快件也算进去了），并说明原因",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def shares(draft: Draft) -> None:
    """Shares and scores in % outside 0 … 100 (RATIO_BOUNDS); green rates that companies give alone block."""
    told = [(column.indicator, cell) for column, _, _, cell in draft.rates]
    told += [(fact.indicator, fact.figure) for fact in draft.facts if not is_green_rate(fact)]
    for indicator, cell in told:
        unit = indicator.base_unit
        if unit in _OF_A_HUNDRED and cell.stored is not None and not 0 <= cell.stored <= 100 * SCALE:
            draft.report(
                "RATIO_BOUNDS",
                f"{indicator.name} {say(cell.stored)}{unit} 不在 0—100{unit} 之间",
                _OF_A_HUNDRED[unit],
                row=cell.row,
                column=cell.name,
                value=cell.text,
            )


def falling_cumulations(draft: Draft, index: FactIndex, slipped: set[int]) -> None:
    """A 累计 below an earlier one of its year, or above a later one (CUMULATION_FALLS).

    Where the month itself is told, 累计 = 上月累计 + 本月 is checked instead.
    """
    for fact in draft.facts:
        told_by_month = (fact.indicator.code, Span.MONTH) in index.groups[fact.owner]
        if fact.span is not Span.YTD or fact.value is None or told_by_month or id(fact) in slipped:
            continue
        found = _other_way(index, fact)
        if found is None:
            continue
        month, value = found
        draft.report(
            "CUMULATION_FALLS",
            f"{subject(fact)} {say(fact.value, fact.indicator.base_unit)}，{month.label}累计是 {say(value)}："
            "同一年里后面的累计不会比前面的小",
            "请核对月份和单位；修订了以前数的，说明原因",
            row=fact.figure.row,
            column=fact.figure.name,
            value=fact.figure.text,
        )


def _other_way(index: FactIndex, fact: Fact) -> tuple[Month, int] | None:
    """The nearest month whose 累计 does not go with this one."""
    year, value = fact.month.year, fact.value or 0
    before = [(month, -1) for month in range(fact.month.month - 1, 0, -1)]
    after = [(month, 1) for month in range(fact.month.month + 1, 13)]
    for side in (before, after):
        for number, sign in side:
            month = Month(year, number)
            other = index.past(fact, month, Span.YTD)
            if other is None:
                continue
            if (other - value) * sign < 0:
                return month, other
            break
    return None
