"""测算 on the board and in the prints of 绿色包装: off until the bureau turns them on for its ledger."""

from __future__ import annotations

from desktop_app.indicators.results.savings import Estimate
from desktop_app.indicators.savings import cartons_words, tape_words, wraps_words
from desktop_app.models.values import Period, PeriodKind
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.storage import audit, settings
from desktop_app.storage.engine import Ledger

SETTING = "green_estimates"
ACTION = "绿色测算"


def estimates_on(ledger: Ledger) -> bool:
    """Whether the bureau wants estimates shown and printed."""

    def load() -> bool:
        with ledger.read() as session:
            return settings.get_setting(session, SETTING) == "1"

    return context.cached(ledger, SETTING, load)


def show_estimates(ledger: Ledger, *, on: bool) -> None:
    """Turn them on or off, on the board and in prints alike."""
    if on == estimates_on(ledger):
        return
    with ledger.write() as session:
        settings.set_setting(session, SETTING, "1" if on else "")
        audit.append(session, actor(), ACTION, "显示和打印测算" if on else "不显示测算", {"on": on})


def estimates(ledger: Ledger, period: Period) -> tuple[Estimate, ...]:
    """What can be estimated, of a month since January; nothing while they are off."""
    if not estimates_on(ledger):
        return ()
    calc = context.calculator(ledger, period.last)
    year = Period.to_date(period.last) if period.kind is PeriodKind.MONTH else period
    used = calc.inputs_used(calc.catalogue.indicator("GRN.TAPE"), year)
    narrow, taped = used["GRN.TAPE.NUM"].value, used["GRN.TAPE.DEN"].value
    found = [tape_words(year.label, narrow, taped)] if narrow is not None and taped else []
    for code, words in (("GRN.NOREPACK.NUM", wraps_words), ("GRN.CARTON", cartons_words)):
        value = calc.amount(code, year).value
        if value:
            found.append(words(year.label, value))
    return tuple(found)
