"""目标任务: the register of targets with their progress, and where documents contradict each other."""

from __future__ import annotations

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.targets import Target
from desktop_app.indicators.target_conflicts import find_conflicts
from desktop_app.indicators.targets import target_progress
from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.ledger import info
from desktop_app.services.results.targets import TargetConflict, TargetProgress
from desktop_app.storage.engine import Ledger


def targets(ledger: Ledger, month: Month | None = None) -> tuple[TargetProgress, ...]:
    """Every target as of a month (default: the month that is being worked on), those that bind this area first."""
    when = month or _work_month(ledger)
    calc = context.calculator(ledger, when)
    scope = context.scope(ledger)
    rows = [target_progress(calc, target, when, scope) for target in _all()]
    own = context.home(ledger).region
    order = {target.code: (not target.binds(own), number) for number, target in enumerate(_all())}
    return tuple(sorted(rows, key=lambda row: order[row.code]))


def conflicts() -> tuple[TargetConflict, ...]:
    """Contradictions within and between documents."""
    catalogue = load_catalogue()
    return find_conflicts(_all(), catalogue.indicators, catalogue.units)


def _all() -> list[Target]:
    return [target for plan in load_catalogue().plans.values() for target in plan.targets]


def _work_month(ledger: Ledger) -> Month:
    """The month on the screen, else the last with figures, else the last that is over."""
    from datetime import datetime

    known = info(ledger)
    for text in (known.work_month, known.last_month):
        if text:
            return Month.parse(text)
    now = datetime.now().astimezone()
    return Month(now.year, now.month).shift(-1)
