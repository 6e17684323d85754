"""更正说明: which printed numbers have moved since, as a draft for the bureau."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.reporting.cells import words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    Edition,
    Note,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
    Text,
)

MOST_EVENTS = 12
"""So many of the changes since are named; the others are counted."""


@dataclass(frozen=True)
class Corrected:
    """The report that is corrected. ``printed_on``: the day in words."""

    title: str
    code: str
    printed_on: str
    edition_label: str


@dataclass(frozen=True)
class Moved:
    """One number: what it is, as printed, as it is now."""

    what: str
    printed: str
    now: str


def build_correction(
    report: Corrected, moved: Sequence[Moved], events: Sequence[str], bureau: str, made_on: date
) -> Document:
    """A letter with one table; what has been done to the ledger since stands below it as the ground."""
    table = Table(
        title="更正前后对照",
        columns=(Column("指标", Align.LEFT, weight=Decimal(3)), Column("原印"), Column("更正为")),
        rows=tuple(Row((words_cell(row.what), words_cell(row.printed), words_cell(row.now))) for row in moved),
    )
    opening = (
        f"{report.printed_on}出具的《{report.title}》（{report.edition_label}，编号{report.code}），"
        f"因所依据的数据其后有变动，其中{len(moved)}个数更正如下，其余不变。"
    )
    blocks: list[Block] = [Paragraph((Text(opening),)), table]
    if events:
        more = f"等{len(events)}项" if len(events) > MOST_EVENTS else ""
        blocks.append(Note((Text("；".join(events[:MOST_EVENTS]) + more + "。"),), label="其后的变动"))
    blocks.append(SignatureBlock())
    return Document(
        title=f"关于《{report.title}》的更正说明",
        period_label="",
        blocks=tuple(blocks),
        edition=Edition.INTERNAL,
        made_on=made_on,
        issuer=bureau,
        badges=("征求意见",),
    )
