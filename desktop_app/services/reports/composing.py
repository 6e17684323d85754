"""What is printed of a kind of report: computed content, then what the bureau has made of it, once for all kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.models.values import Period
from desktop_app.services.reports import formality, layouts, texts
from desktop_app.services.reports.kinds import ReportKind
from desktop_app.services.results.reports import DraftParagraph, ReportRemark
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document


@dataclass(frozen=True)
class Composed:
    """A report ready for a writer; its paragraphs as the clerk may edit them, and what she should know of it."""

    document: Document
    paragraphs: tuple[DraftParagraph, ...]
    remarks: tuple[ReportRemark, ...]
    """Before printing: figures in edited words that no longer hold, a red head without its number."""


def compose(ledger: Ledger, kind: ReportKind, period: Period, edition: str, made_on: date) -> Composed:
    """The content of a report.

    :raises UserError: it cannot be made; the message says why.
    """
    from desktop_app.reporting.paper import on_fitting_paper

    document = computed(ledger, kind, period, edition, made_on)
    document, paragraphs = texts.edited(ledger, kind.code, period, edition, document)
    remarks = (*texts.remarks_of(paragraphs), *formality.remarks_of(ledger, kind.code, period))
    document = on_fitting_paper(formality.formal(ledger, kind.code, period, document))
    return Composed(document, paragraphs, remarks)


def computed(ledger: Ledger, kind: ReportKind, period: Period, edition: str, made_on: date) -> Document:
    """The same before the clerk's words: its sections as the bureau wants them."""
    return layouts.arranged(ledger, kind.code, kind.build(ledger, period, edition, made_on))
