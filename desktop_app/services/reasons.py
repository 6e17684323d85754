"""Reasons for warnings (说明): remembered per company and check, and gathered for the quality note of a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.results.imports import FilePreview
from desktop_app.services.results.reasons import Remembered, earlier_reasons
from desktop_app.storage import observations, reasons
from desktop_app.storage.engine import Ledger
from desktop_app.storage.observations import StoredObservation
from desktop_app.storage.reasons import Explained

if TYPE_CHECKING:
    from desktop_app.reporting.monthly_data import ExplainedDoubts


def _explained(ledger: Ledger) -> tuple[Explained, ...]:
    def load() -> tuple[Explained, ...]:
        with ledger.read() as session:
            return tuple(reasons.explained(session))

    return context.cached(ledger, "explained", load)


def remembered(ledger: Ledger) -> tuple[Remembered, ...]:
    """Every reason that was ever given, by company and code, newest first, each once; undone imports left out."""
    return tuple(dict.fromkeys(Remembered(e.enterprise_id, e.code, e.reason) for e in _explained(ledger)))


def earlier(ledger: Ledger, preview: FilePreview) -> tuple[str, ...]:
    """Reasons given before for the same company and the doubts that this file raises, newest first."""
    if preview.plan is None or not preview.plan.questions:
        return ()
    return earlier_reasons(remembered(ledger), preview.plan)


# ----------------------------------------------------------------------------------------------- quality note


def explained_doubts(ledger: Ledger, month: Month) -> tuple[ExplainedDoubts, ...]:
    """What was doubted in the figures that count for a month, grouped by the reason that was given.

    Doubts about figures that were corrected or undone since are left out. Companies with the same doubts stand
    together; what is doubted is said by the names of the rules, with the indicators concerned.
    """
    from desktop_app.reporting.monthly_data import ExplainedDoubts

    catalogue = context.catalogue(ledger)
    names = {member.id: member.name for member in context.members(ledger)}
    by_reason: dict[str, dict[str, dict[str, list[str]]]] = {}
    for doubt, figures in _in_force(ledger, month):
        check = catalogue.rules.checks.get(doubt.code)
        company = names.get(doubt.enterprise_id, "") if doubt.enterprise_id is not None else ""
        what = check.name if check is not None else doubt.message.removeprefix(company).strip(" 。")
        shorts = by_reason.setdefault(_tidy(doubt.reason), {}).setdefault(company, {}).setdefault(what, [])
        shorts += [catalogue.indicator(code).name for code in figures if catalogue.indicator(code).name not in shorts]
    return tuple(
        ExplainedDoubts(reason, tuple(_by_doubt(companies).items())) for reason, companies in by_reason.items()
    )


def _in_force(ledger: Ledger, month: Month) -> Iterable[tuple[Explained, tuple[str, ...]]]:
    """Explained warnings about current figures of the month, with the codes of the figures in the doubted cell."""
    with ledger.read() as session:
        current = observations.current_observations(
            session, first=month, last=month, regions=[context.home(ledger).region]
        )
        batches = {o.batch_id for o in current}
        found = sorted((e for e in _explained(ledger) if e.batch_id in batches), key=lambda e: e.batch_id)
        brought = {
            batch: observations.observations_of_batch(session, batch) for batch in {each.batch_id for each in found}
        }
    standing = {o.id for o in current}
    for each in found:
        figures = _doubted(each, brought[each.batch_id])
        if any(o.id in standing for o in figures):
            exact = [o for o in figures if (o.row, o.column) == (each.row, each.column)]
            yield each, tuple(dict.fromkeys(o.indicator for o in exact))


def _doubted(doubt: Explained, brought: list[StoredObservation]) -> list[StoredObservation]:
    """The figures that a warning is about: of its cell, else of its row, else of its whole file."""
    row = [o for o in brought if (o.sheet, o.row) == (doubt.sheet, doubt.row)]
    return [o for o in row if o.column == doubt.column] or row or brought


def _by_doubt(companies: dict[str, dict[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    """What is doubted → the companies of which it is."""
    found: dict[str, tuple[str, ...]] = {}
    for company, doubts in companies.items():
        said = "、".join(what + (f"（{'、'.join(shorts)}）" if shorts else "") for what, shorts in doubts.items())
        found[said] = (*found.get(said, ()), company)
    return found


def _tidy(reason: str) -> str:
    return " ".join(reason.split()).rstrip("。；;.")
