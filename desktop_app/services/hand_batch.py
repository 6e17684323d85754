"""A batch without a file of a company: what the clerk has entered, kept as evidence and undone as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
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
    entry: Mapping[str, object],
    *,
    reason: str,
    month: Month | None = None,
    rows: int = 1,
    totals: Mapping[str, int] | None = None,
) -> int:
    """Store what was entered (as JSON, with the moment) as the evidence of a new batch; returns its number.

    ``title`` stands in the history of imports where a file's name stands, e.g. 手工登记·进村.
    """
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    content = json.dumps({"at": at, "reason": reason, **entry}, ensure_ascii=False, default=str, indent=1).encode()
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
