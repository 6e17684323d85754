"""专项治理: what the bureau has checked since January and what failed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from desktop_app.catalogue.format import DASH, format_amount
from desktop_app.catalogue.programmes import CAMPAIGN_ENDS
from desktop_app.indicators.figures import exact
from desktop_app.indicators.results.green import GreenLine
from desktop_app.indicators.results.tone import Tone
from desktop_app.models.values import Period, PeriodKind

if TYPE_CHECKING:
    from desktop_app.catalogue.model import ProgrammeLine
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.figures import Scope


def counted(calculator: Calculator, code: str, period: Period) -> tuple[Fraction | None, int]:
    """Sum over the months that were entered (None without any), and how many these are."""
    found = [calculator.amount(code, Period.of_month(month)).value for month in period.months]
    known = [value for value in found if value is not None]
    return (sum(known, Fraction(0)) if known else None), len(known)


def campaign_line(
    calculator: Calculator, line: ProgrammeLine, target_text: str, period: Period, scope: Scope
) -> GreenLine:
    """A programme's line about a campaign: from January where a month is asked for."""
    year = Period.to_date(period.last) if period.kind is PeriodKind.MONTH else period
    (checked, months), (failed, _) = (counted(calculator, f"{line.campaign}{end}", year) for end in CAMPAIGN_ENDS)
    unit = calculator.catalogue.indicator(f"{line.campaign}{CAMPAIGN_ENDS[0]}")

    def said(value: Fraction) -> str:
        return format_amount(unit, value, scope.scale, with_unit=True)

    state, tone, text, note = "专项治理", Tone.NEUTRAL, DASH, ""
    if checked is not None:
        text = f"查{said(checked)}"
        note = f"{year.label}检查 {said(checked)}（录了 {months} 个月），" + (
            "不合格数未录" if failed is None else f"不合格 {said(failed)}"
        )
    if checked is not None and failed is not None:
        state, tone = (f"不合格 {said(failed)}", Tone.WARN) if failed else ("未见不合格", Tone.GOOD)
    return GreenLine(
        indicator="",
        name=line.name,
        comparator=line.comparator.value,
        target=None,
        target_text=target_text,
        value=exact(checked),
        value_text=text,
        unit=unit.base_unit,
        gap_text=DASH,
        numerator=exact(failed),
        denominator=exact(checked),
        fraction_text="",
        met=None,
        state_text=state,
        state_tone=tone,
        clause=line.clause,
        spark=(),
        as_of=line.as_of,
        note=note,
    )
