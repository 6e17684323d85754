"""绿色包装 of one company: its profile, what-if, and the estimate of tape saved."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.errors import UserError
from desktop_app.indicators.green_company import profile, what_if, what_if_words
from desktop_app.indicators.savings import ASSUMPTIONS, FORMULA, saving_words, tape_saving
from desktop_app.models.values import Month, Period, quantize
from desktop_app.services import context
from desktop_app.services.green import find_programme
from desktop_app.services.results.green import CompanyProfile, ProfileRow
from desktop_app.storage.engine import Ledger


def company_profile(ledger: Ledger, month: Month, company: str = "", programme: str | None = None) -> CompanyProfile:
    """The company's rates beside the county's; the first active company where none is named.

    :raises UserError: no such company in the month, or no company at all.
    """
    calc = context.calculator(ledger, month)
    period = Period.of_month(month)
    members = calc.facts.active_members(period.months)
    if not members:
        raise UserError(f"{month.label}没有登记企业", hint="请先导入企业名录")
    member = next((each for each in members if each.name == company), None if company else members[0])
    if member is None:
        raise UserError(f"{month.label}没有企业“{company}”", hint="请从列表里选")
    chosen = find_programme(calc.catalogue, programme, month, calc.facts.region)
    rows = profile(calc, chosen, period, member)
    return CompanyProfile(
        month=str(month),
        company=member.name,
        programme_name=chosen.name,
        companies=tuple(each.name for each in members),
        rows=rows,
        chart=_chart(member.name, rows),
    )


def _chart(name: str, rows: tuple[ProfileRow, ...]) -> ChartSpec:
    """The company's bars beside the county's, of the rates that both have."""
    both = [row for row in rows if row.value is not None and row.county is not None]
    return ChartSpec(
        kind=ChartKind.BAR,
        title=f"{name}与全县",
        unit="%",
        categories=tuple(row.name for row in both),
        keys=tuple(row.indicator for row in both),
        series=(
            Series(name, tuple(quantize(row.value, 1) for row in both if row.value is not None), Role.PART_1),
            Series("全县", tuple(quantize(row.county, 1) for row in both if row.county is not None), Role.PART_2),
        ),
        decimals=1,
        reason="" if both else f"{name}没有报绿色包装的数",
    )


def what_if_sentence(ledger: Ledger, month: Month, code: str, company: str, rate: str) -> str:
    """“若企业A由 84.0% 升到 95%，全县由 90.8% 变为 92.3%（…）。”

    :raises UserError: the rate is no percentage, or the company gave no numerator and denominator.
    """
    wanted = _positive(rate.strip().rstrip("%"), "比率", "例如 95")
    if wanted > 100:
        raise UserError(f"比率 {rate} 超过 100%", hint="例如 95")
    calc = context.calculator(ledger, month)
    indicator = calc.catalogue.indicators.get(code)
    member = next((each for each in calc.facts.members if each.name == company), None)
    if indicator is None or member is None:
        raise UserError("没有这个企业或指标", hint="请从表里选一行")
    found = what_if(calc, indicator, Period.of_month(month), member.id, wanted)
    if found is None:
        raise UserError(f"{company}没有报{indicator.short}的分子和分母，算不出", hint="只报比率的不入全县合计")
    return what_if_words(company, found, wanted)


def tape_estimate(ledger: Ledger, month: Month, metres: str = "") -> tuple[str, str, str]:
    """The estimate since January, its formula and its assumptions.

    :param metres: tape a parcel in metres; empty: only the share is said.
    :raises UserError: no figures, or the length is no number.
    """
    length = _positive(metres.strip(), "每件长度", "例如 0.8") if metres.strip() else None
    calc = context.calculator(ledger, month)
    used = calc.inputs_used(calc.catalogue.indicator("GRN.TAPE"), Period.to_date(month))
    narrow, taped = used["GRN.TAPE.NUM"].value, used["GRN.TAPE.DEN"].value
    if narrow is None or not taped:
        raise UserError("今年还没有瘦身胶带的分子和分母", hint="请先导入绿色包装表")
    assumed = ASSUMPTIONS + (f"每件 {metres.strip()} 米是录入的假设。" if length is not None else "")
    return f"{Period.to_date(month).label}{saving_words(tape_saving(narrow, taped, length))}", FORMULA, assumed


def _positive(text: str, word: str, hint: str) -> Fraction:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UserError(f"{word}“{text}”要是一个数", hint=hint) from None
    if not value.is_finite() or value < 0 or value > 10_000:
        raise UserError(f"{word}“{text}”不合理", hint=hint)
    return Fraction(value)
