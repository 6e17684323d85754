"""A batch without a file of a company: what the clerk has entered, kept as evidence and undone as a whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.importing.plan import FileKind
from desktop_app.models.values import FigureStatus, Month
from desktop_app.services.ledger import actor
from desktop_app.storage import audit, batches, settings
from desktop_app.storage.batches import NewBatch

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def open_batch(
    session: Session,
    title: str,
    kind: FileKind,
    lines: Sequence[Sequence[object]],
    *,
    reason: str,
    month: Month | None = None,
    totals: Mapping[str, int] | None = None,
) -> int:
    """Store what was entered as the evidence of a new batch, a table like any other; returns its number.

    ``lines``: the head, then a line for each thing entered; what is stored points to them, the head being line 1.
    ``title`` stands in the history of imports where a file's name stands, e.g. 手工登记·进村.csv.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows(["" if cell is None else str(cell) for cell in line] for line in lines)
    content, rows = buffer.getvalue().encode("utf-8-sig"), len(lines) - 1
    batch = batches.add_batch(
        session,
        NewBatch(
            file_name=title,
            content=content,
            kind=kind.value,
            region_code=settings.get_setting(session, "region_code") or "",
            status=FigureStatus.MONTHLY,
            month=month,
            reason=reason,
            rows_read=rows,
            rows_accepted=rows,
            totals=totals or {},
            created_by=actor(),
        ),
    )
    audit.append(session, actor(), title, reason, {"batch": batch, "rows": rows})
    return batch
