"""The history of imports: every batch in words."""

from __future__ import annotations

from desktop_app.importing.plan import FileKind
from desktop_app.models.values import BatchState
from desktop_app.services import context
from desktop_app.services.results.imports import BatchRow
from desktop_app.storage import batches
from desktop_app.storage.batches import StoredBatch
from desktop_app.storage.engine import Ledger

STATE_LABELS = {BatchState.COMMITTED: "已入库", BatchState.UNDONE: "已撤销", BatchState.RETURNED: "已退回"}


def list_batches(ledger: Ledger) -> tuple[BatchRow, ...]:
    """The history of imports, newest first."""
    names = {member.id: member.name for member in context.members(ledger)}
    with ledger.read() as session:
        stored = batches.list_batches(session)
    return tuple(_batch_row(batch, names) for batch in stored)


def _batch_row(batch: StoredBatch, names: dict[int, str]) -> BatchRow:
    kind = FileKind(batch.kind)
    return BatchRow(
        id=batch.id,
        file_name=batch.file_name,
        sha256=batch.sha256,
        kind=kind.value,
        kind_label=kind.label,
        company=names.get(batch.enterprise_id, "") if batch.enterprise_id is not None else "",
        period=str(batch.month) if batch.month else "",
        state=batch.state.value,
        state_label=STATE_LABELS[batch.state],
        created_at=f"{batch.created_at.astimezone():%Y-%m-%d %H:%M}",
        created_by=batch.created_by,
        accepted=batch.rows_accepted,
        rejected=batch.rows_rejected,
        skipped=batch.rows_skipped,
        reason=batch.undone_reason if batch.state is BatchState.UNDONE else batch.reason,
        totals_text=f"{len(batch.totals)} 项控制数" if batch.totals else "",
    )
