"""Green sheets against themselves and against the business: 100 % month after month, parcels and 快递业务量."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.catalogue.model import Kind
from desktop_app.importing.checks.facts import FactIndex, is_green_rate, say, subject, who
from desktop_app.importing.draft import Draft, Fact
from desktop_app.models.values import SCALE, Span, plain, quantize

_ALL_PARCELS = "GRN.EWAYBILL.DEN"
"""快件总数 of the green sheet, which ought to be about 快递业务量."""
_TAPED = "GRN.TAPE.DEN"
_FULL = 100 * SCALE
_NEARLY = _FULL - SCALE // 20
"""99.95 %, which reads 100.0 %."""


def lone_rates(draft: Draft, index: FactIndex) -> None:
    """A company's rate without numerator and denominator (RATE_WITHOUT_INPUTS); one question for an indicator."""
    if not draft.rules.asks("RATE_WITHOUT_INPUTS"):
        return
    alone: dict[str, list[Fact]] = {}
    for fact in draft.facts:
        indicator = fact.indicator
        if fact.enterprise is None or fact.value is None or indicator.kind is not Kind.RATIO or not indicator.formula:
            continue
        owner = fact.region, fact.enterprise.id, fact.month
        if not all(index.known(owner, code) is not None for code in indicator.formula.inputs):
            alone.setdefault(indicator.code, []).append(fact)
    for found in alone.values():
        first = found[0]
        names = "、".join(dict.fromkeys(each.enterprise.short_name for each in found if each.enterprise is not None))
        wanted = first.indicator.formula.inputs if first.indicator.formula else ()
        words = "、".join(draft.catalogue.indicators[code].name for code in wanted)
        draft.report(
            "RATE_WITHOUT_INPUTS",
            f"{names}的“{first.indicator.name}”只报了比率，没有报{words}",
            "比率照收，单独显示（◇），不计入全县的比率；请企业补报分子和分母",
            row=first.figure.row,
            column=first.figure.name,
            value=first.figure.text,
        )


def lone_halves(draft: Draft, index: FactIndex) -> None:
    """A numerator without its denominator or the reverse (RATE_WITHOUT_INPUTS): the company's rate cannot be said."""
    if not draft.rules.asks("RATE_WITHOUT_INPUTS"):
        return
    for group in index.groups.values():
        for given, lacking, rate in index.lone_halves(group):
            if given.enterprise is not None and given.indicator.code.startswith("GRN."):
                draft.report(
                    "RATE_WITHOUT_INPUTS",
                    f"{who(given)} 报了{given.indicator.name}，没有报{lacking.indicator.name}，{rate}算不出",
                    "比率记为未报，不计入全县；请企业补报",
                    row=lacking.figure.row,
                    column=lacking.figure.name,
                    value=lacking.figure.text,
                )


def lone_rate_bounds(draft: Draft) -> None:
    """A rate given alone outside 0 … 100 % blocks: nothing stands behind it by which it could be mended.

    0.95 without a sign is most often 95 %, which a spreadsheet has written as a fraction; it is asked about.
    """
    for fact in draft.facts:
        if fact.value is None or not fact.indicator.green_rate:
            continue
        if not 0 <= fact.value <= _FULL:
            draft.report(
                "RATE_BOUNDS",
                f"{who(fact) or '全县'} {fact.indicator.name} {say(fact.value)}% 不在 0—100% 之间",
                "请企业核对比率和小数点，最好补报分子和分母",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )
        elif 0 < fact.value <= SCALE and "%" not in fact.figure.text:
            draft.report(
                "RATIO_BOUNDS",
                f"{who(fact) or '全县'} {fact.indicator.name}写的是 {fact.figure.text}，按 {say(fact.value)}% 读",
                f"是 {say(fact.value * 100)}% 的，请改成带 % 的数再导入；确实不到 1% 的写明原因",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def county_rates(draft: Draft, index: FactIndex) -> None:
    """A county's rate that was handed down against the ratio of its companies' sums (COUNTY_RATE)."""
    if not draft.rules.asks("COUNTY_RATE"):
        return
    points = Fraction(draft.rules.threshold("COUNTY_RATE", "points"))
    for fact in draft.facts:
        if fact.enterprise is not None or fact.value is None or not fact.indicator.green_rate:
            continue
        ours = _ratio_of_sums(draft, index, fact)
        if ours is not None and abs(ours - Fraction(fact.value, SCALE)) > points:
            draft.report(
                "COUNTY_RATE",
                f"{fact.month.label}下发的全县{fact.indicator.name}是 {say(fact.value)}%，按企业报的分子、分母算是 "
                f"{quantize(ours, 1)}%，差得多",
                "请核对企业是不是没有报全、口径是不是相同，写明原因；下发的照收，列在旁边，全县仍按算出的",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def _ratio_of_sums(draft: Draft, index: FactIndex, fact: Fact) -> Fraction | None:
    """The county's rate in percent over the companies that gave both halves; None without any."""
    top = bottom = 0
    for company in draft.context.enterprises:
        owner = fact.region, company.id, fact.month
        upper, lower = (index.known(owner, f"{fact.indicator.code}.{half}") for half in ("NUM", "DEN"))
        if upper is not None and lower is not None:
            top, bottom = top + upper, bottom + lower
    return Fraction(100 * top, bottom) if bottom else None


def full_rates(draft: Draft, index: FactIndex) -> None:
    """A rate that is 100.0 % for months running (RATE_FULL); one question for a company and month."""
    if not draft.rules.asks("RATE_FULL"):
        return
    months = draft.rules.whole("RATE_FULL", "months")
    least = draft.rules.threshold("RATE_FULL", "least") * SCALE
    for group in index.groups.values():
        full = [
            (upper, rate)
            for upper, lower, rate in index.ratio_pairs(group)
            if upper.enterprise is not None
            and upper.span is Span.MONTH
            and upper.value == lower.value
            and (lower.value or 0) >= least
            and all(_was_full(index, upper, lower, back) for back in range(1, months))
        ]
        if full:
            upper, _ = full[0]
            names = "、".join(rate for _, rate in full)
            draft.report(
                "RATE_FULL",
                f"{who(upper)} {names}连着 {months} 个月都是 100.0%，分子和分母一个数也不差",
                "请核实是不是逐件统计的，能否抽查验证，并说明原因",
                row=upper.figure.row,
                column=upper.figure.name,
                value=upper.figure.text,
            )
    for fact in draft.facts:
        if fact.span is Span.MONTH and is_green_rate(fact) and all(_reads_full(index, fact, n) for n in range(months)):
            draft.report(
                "RATE_FULL",
                f"{who(fact)} {fact.indicator.name}连着 {months} 个月都报 100.0%，没有报分子和分母",
                "请核实是怎样统计的，补报分子和分母，并说明原因",
                row=fact.figure.row,
                column=fact.figure.name,
                value=fact.figure.text,
            )


def _reads_full(index: FactIndex, fact: Fact, back: int) -> bool:
    value = index.past(fact, fact.month.shift(-back))
    return value is not None and _NEARLY <= value <= _FULL


def _was_full(index: FactIndex, upper: Fact, lower: Fact, back: int) -> bool:
    month = upper.month.shift(-back)
    above, below = index.past(upper, month), index.past(lower, month)
    return above is not None and above == below and above > 0


def parcels(draft: Draft, index: FactIndex) -> None:
    """快件总数 far below 快递业务量 (PARCEL_BASE); more taped parcels than parcels (RATIO_BOUNDS)."""
    asks_base, asks_tape = draft.rules.asks("PARCEL_BASE"), draft.rules.asks("RATIO_BOUNDS")
    least = Fraction(draft.rules.threshold("PARCEL_BASE", "least_pct")) / 100
    for fact in draft.facts:
        if fact.enterprise is None or not fact.value or fact.span is not Span.MONTH:
            continue
        owner = fact.region, fact.enterprise.id, fact.month
        if asks_base and fact.indicator.code == _ALL_PARCELS:
            volume = index.known(owner, "MKT.VOL")
            if volume and fact.value < volume * least:
                draft.report(
                    "PARCEL_BASE",
                    f"{subject(fact)} {say(fact.value, '件')}，不到本月快递业务量 {say(volume, '件')} 的 "
                    f"{plain(draft.rules.threshold('PARCEL_BASE', 'least_pct'))}%",
                    "请核对是不是只统计了一部分快件，并说明原因",
                    row=fact.figure.row,
                    column=fact.figure.name,
                    value=fact.figure.text,
                )
        elif asks_tape and fact.indicator.code == _TAPED:
            whole = index.known(owner, _ALL_PARCELS)
            if whole is not None and fact.value > whole:
                draft.report(
                    "RATIO_BOUNDS",
                    f"{subject(fact)} {say(fact.value, '件')}，比快件总数 {say(whole, '件')} 还多",
                    "用胶带封装的件数不能多于快件总数；请核对是否填反、填错",
                    row=fact.figure.row,
                    column=fact.figure.name,
                    value=fact.figure.text,
                )
