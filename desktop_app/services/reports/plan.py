"""规划监测表: which documents are watched in a month, and their lines."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.catalogue.targets import Measure, Target
from desktop_app.indicators.plan_watch import mid_term, watch_line
from desktop_app.indicators.results.plan_watch import Grade, WatchedPlan
from desktop_app.indicators.results.targets import Standing
from desktop_app.indicators.targets import target_progress
from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.services import context, targets
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.reports.monthly import remarks
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.plan_data import PlanData


def binding(ledger: Ledger, month: Month) -> dict[str, list[Target]]:
    """Documents that bind the area and are not over, each with its targets; the bureau's own first."""
    own = context.home(ledger).region
    documents: dict[str, list[Target]] = defaultdict(list)
    for target in targets.register(ledger):
        if target.binds(own) and target.measure is not Measure.STATED:
            documents[target.document].append(target)
    running = Month(month.year, 1)
    return {name: rows for name, rows in documents.items() if max(row.due for row in rows) >= running}


def plan_data(ledger: Ledger, month: Month, edition: str, made_on: date) -> PlanData:
    """Everything that the plan monitoring table says as of a month, computed once."""
    from desktop_app.reporting.content import Edition
    from desktop_app.reporting.plan_data import PlanData

    calc, scope, own = context.calculator(ledger, month), context.scope(ledger), context.home(ledger)
    plans: list[WatchedPlan] = []
    documents = binding(ledger, month)
    for name, rows in documents.items():
        every = [(target, target_progress(calc, target, month, scope)) for target in rows]
        found = [(target, progress) for target, progress in every if progress.standing is not Standing.WORDED]
        worded = [f"{target.name}（{target.clause}）" for target, each in every if each.standing is Standing.WORDED]
        middle = (mid_term(calc, target, progress, rows, month, scope) for target, progress in found)
        plans.append(
            WatchedPlan(
                name,
                tuple(watch_line(calc, target, progress, month, scope) for target, progress in found),
                tuple(line for line in middle if line is not None),
                tuple(worded),
            )
        )
    shown = {target.code for rows in documents.values() for target in rows}
    measured = dict.fromkeys(line.indicator for plan in plans for line in plan.year if line.grade is not Grade.NO_DATA)
    known = [calc.catalogue.indicators[code] for code in measured if code in calc.catalogue.indicators]
    return PlanData(
        region_name=own.name or own.region[:6],
        month=month,
        made_on=made_on,
        plans=tuple(plans),
        conflicts=tuple(each.message for each in targets.conflicts(ledger) if shown & set(each.targets)),
        definitions=tuple(f"{each.name}（{each.code}，第{each.definition_version}版）" for each in known),
        edition=Edition(edition),
        sample=own.sample,
        bureau=own.bureau,
    )


def blocked(ledger: Ledger, period: Period) -> str:
    """Without a target there is nothing to watch."""
    return "" if binding(ledger, period.last) else "没有登记管本地的目标"


def build(ledger: Ledger, period: Period, edition: str, made_on: date) -> Document:
    """The content of the plan monitoring table, as of the end of the period."""
    from desktop_app.reporting.plan import build_plan

    return build_plan(plan_data(ledger, period.last, edition, made_on))


PLAN = ReportKind(
    code="plan",
    title="规划监测表",
    periods=frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR}),
    period_hint="例如 2021-03、2021-Q1、2021-H1 或 2021",
    blocked=blocked,
    blocked_hint="请先在“目标任务”里登记",
    build=build,
    remarks=remarks,
)
