"""Reasons given before (说明), as both fronts offer them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.importing.plan import ImportPlan

MOST = 6
"""How many earlier reasons are offered for one file."""


@dataclass(frozen=True)
class Remembered:
    """A reason that was given for a company's warning of this code."""

    enterprise_id: int | None
    code: str
    reason: str


def earlier_reasons(remembered: Iterable[Remembered], plan: ImportPlan) -> tuple[str, ...]:
    """Reasons given before for the same company and the same doubts, newest first as they come, each once."""
    companies: dict[int, set[int | None]] = {}
    for figure in plan.observations:
        companies.setdefault(figure.row, set()).add(figure.enterprise_id)
    asked: set[tuple[int | None, str]] = set()
    for issue in plan.questions:
        whose = {plan.enterprise_id} if plan.enterprise_id is not None else companies.get(issue.row or 0, {None})
        asked.update((company, issue.code) for company in whose)
    found = dict.fromkeys(each.reason for each in remembered if (each.enterprise_id, each.code) in asked)
    return tuple(found)[:MOST]
