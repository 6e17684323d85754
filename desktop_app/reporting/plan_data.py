"""What the plan monitoring table (规划监测表) prints, computed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.indicators.results.plan_watch import WatchedPlan
from desktop_app.models.values import Month
from desktop_app.reporting.content import Edition


@dataclass(frozen=True)
class PlanData:
    """``plans``: the documents that bind the area and are not over, the bureau's own first.

    ``conflicts``: contradictions within and between them, a sentence each. ``definitions``: name, code and version of
    the definition of every indicator that has a figure.
    """

    region_name: str
    month: Month
    made_on: date
    plans: tuple[WatchedPlan, ...]
    conflicts: tuple[str, ...]
    definitions: tuple[str, ...]
    edition: Edition = Edition.INTERNAL
    sample: bool = False
    bureau: str = ""
