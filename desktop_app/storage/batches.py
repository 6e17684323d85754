"""Import batches with the evidence and the issues that belong to them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, func, insert, select

from desktop_app.errors import LedgerError
from desktop_app.models.base import utc_now
from desktop_app.models.batch import EvidenceFile, ImportBatch, ImportIssueRecord
from desktop_app.models.values import BatchState, FigureStatus, Month, Severity
from desktop_app.storage.evidence import PackedFile, pack
from desktop_app.storage.filters import month_of
from desktop_app.storage.shapes import IssueLike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class NewBatch:
    """What is known of an import before it is stored; ``content`` is the file itself."""

    file_name: str
    content: bytes | PackedFile
    kind: str
    region_code: str
    status: FigureStatus
    month: Month | None = None
    enterprise_id: int | None = None
    profile: str | None = None
    reason: str = ""
    encoding: str = ""
    sheet: str = ""
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_skipped: int = 0
    totals: Mapping[str, int] = field(default_factory=dict)
    created_by: str = ""


@dataclass(frozen=True)
class StoredIssue:
    """One issue as it was stored."""

    severity: Severity
    code: str
    message: str
    suggestion: str
    sheet: str
    row: int | None
    column: str
    value: str


@dataclass(frozen=True)
class StoredBatch:
    """One batch. Moments are aware, in UTC. ``issues`` counts what :func:`issues_of` gives."""

    id: int
    file_name: str
    sha256: str
    kind: str
    enterprise_id: int | None
    month: Month | None
    region_code: str
    status: FigureStatus
    state: BatchState
    profile: str | None
    reason: str
    encoding: str
    sheet: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_skipped: int
    totals: dict[str, int]
    created_at: datetime
    created_by: str
    undone_at: datetime | None
    undone_reason: str
    issues: int


_B = ImportBatch
_COLUMNS = (
    _B.id, _B.file_name, _B.sha256, _B.kind, _B.enterprise_id, _B.month, _B.region_code, _B.status, _B.state,
    _B.profile, _B.reason, _B.encoding, _B.sheet, _B.rows_read, _B.rows_accepted, _B.rows_rejected, _B.rows_skipped,
    _B.totals, _B.created_at, _B.created_by, _B.undone_at, _B.undone_reason,
)  # fmt: skip


def next_number(session: Session) -> int:
    """The number of the batch that comes next, for a transaction that writes."""
    return (session.scalar(select(func.max(_B.id))) or 0) + 1


def add_batch(session: Session, new: NewBatch, issues: Iterable[IssueLike] = (), number: int | None = None) -> int:
    """Store a batch, its file and its issues; returns the batch's number (``number``: one taken in advance)."""
    batch = ImportBatch(
        id=number,
        file_name=new.file_name,
        sha256=keep_evidence(session, new.file_name, new.content),
        kind=new.kind,
        enterprise_id=new.enterprise_id,
        month=None if new.month is None else new.month.key,
        region_code=new.region_code,
        status=new.status,
        state=BatchState.COMMITTED,
        profile=new.profile,
        reason=new.reason,
        encoding=new.encoding,
        sheet=new.sheet,
        rows_read=new.rows_read,
        rows_accepted=new.rows_accepted,
        rows_rejected=new.rows_rejected,
        rows_skipped=new.rows_skipped,
        totals=dict(new.totals),
        created_at=utc_now(),
        created_by=new.created_by,
    )
    session.add(batch)
    session.flush()
    session.add_all(
        ImportIssueRecord(
            batch_id=batch.id,
            severity=issue.severity,
            code=issue.code,
            message=issue.message,
            suggestion=issue.suggestion,
            sheet=issue.sheet,
            row=issue.row,
            column=issue.column,
            value=issue.value,
        )
        for issue in issues
    )
    session.flush()
    return batch.id


def keep_evidence(session: Session, name: str, content: bytes | PackedFile) -> str:
    """Keep a file; the same bytes are kept once. Returns the sha-256."""
    file = pack(content) if isinstance(content, bytes) else content
    if session.scalar(select(EvidenceFile.sha256).where(EvidenceFile.sha256 == file.sha256)) is None:
        session.execute(
            insert(EvidenceFile).values(
                sha256=file.sha256, name=name, size=file.size, content=file.content, stored_at=utc_now()
            )
        )
    return file.sha256


def read_evidence(session: Session, sha256: str) -> bytes:
    """The bytes of a kept file.

    :raises LedgerError: it is not there, or it is no longer what was imported.
    """
    stored = session.scalar(select(EvidenceFile.content).where(EvidenceFile.sha256 == sha256))
    if stored is None:
        raise LedgerError("台账里没有这个原始文件", where=sha256[:12])
    try:
        content = zlib.decompress(stored)
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LedgerError("留存的原始文件已损坏", hint="请用备份恢复", where=sha256[:12])
    return content


def evidence_name(session: Session, sha256: str) -> str:
    """The name under which a file was kept; empty when there is none of this hash."""
    return session.scalar(select(EvidenceFile.name).where(EvidenceFile.sha256 == sha256)) or ""


def list_batches(
    session: Session,
    *,
    state: BatchState | None = None,
    month: Month | None = None,
    enterprise_id: int | None = None,
    limit: int | None = None,
) -> list[StoredBatch]:
    """Batches, newest first."""
    query = _select().order_by(_B.id.desc())
    if state is not None:
        query = query.where(_B.state == state)
    if month is not None:
        query = query.where(_B.month == month.key)
    if enterprise_id is not None:
        query = query.where(_B.enterprise_id == enterprise_id)
    if limit is not None:
        query = query.limit(limit)
    return [_stored(row) for row in session.execute(query)]


def get_batch(session: Session, batch_id: int) -> StoredBatch:
    """One batch.

    :raises LedgerError: there is none of this number.
    """
    row = session.execute(_select().where(_B.id == batch_id)).first()
    if row is None:
        raise LedgerError(
            f"没有第 {batch_id} 号导入批次", hint="批次号见“历史”", command="用 bureau-ledger batches 查看批次号"
        )
    return _stored(row)


def committed_with(session: Session, sha256: str) -> StoredBatch | None:
    """The newest batch in force that came from the very same file (重复导入)."""
    query = _select().where(_B.sha256 == sha256, _B.state == BatchState.COMMITTED).order_by(_B.id.desc())
    row = session.execute(query.limit(1)).first()
    return None if row is None else _stored(row)


def issues_of(session: Session, batch_id: int) -> list[StoredIssue]:
    """What was noted about a batch, in the order in which it was found."""
    i = ImportIssueRecord
    query = (
        select(i.severity, i.code, i.message, i.suggestion, i.sheet, i.row, i.column, i.value)
        .where(i.batch_id == batch_id)
        .order_by(i.id)
    )
    return [StoredIssue(*row) for row in session.execute(query)]


def mark_undone(session: Session, batch_id: int, reason: str) -> None:
    """Take a batch back as a whole (撤销): its figures stop counting, earlier versions count again.

    Register rows that it changed are put back by :func:`desktop_app.storage.registers.revert`, which comes first.

    :raises LedgerError: no such batch, or undone already.
    """
    batch = _changeable(session, batch_id)
    batch.state = BatchState.UNDONE
    batch.undone_at = utc_now()
    batch.undone_reason = reason
    session.flush()


def mark_returned(session: Session, batch_id: int, reason: str) -> None:
    """Send a batch back to its company (退回): the file stays as evidence, none of its figures counts.

    :raises LedgerError: no such batch, or it is no longer in force.
    """
    batch = _changeable(session, batch_id)
    if batch.state is BatchState.RETURNED:
        raise LedgerError(f"第 {batch_id} 号批次已经退回")
    batch.state = BatchState.RETURNED
    batch.reason = reason
    session.flush()


def _changeable(session: Session, batch_id: int) -> ImportBatch:
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise LedgerError(
            f"没有第 {batch_id} 号导入批次", hint="批次号见“历史”", command="用 bureau-ledger batches 查看批次号"
        )
    if batch.state is BatchState.UNDONE:
        raise LedgerError(f"第 {batch_id} 号批次已经撤销")
    return batch


def _select() -> Select[*tuple[Any, ...]]:
    issues = (
        select(func.count())
        .select_from(ImportIssueRecord)
        .where(ImportIssueRecord.batch_id == _B.id)
        .scalar_subquery()
        .label("issues")
    )
    return select(*_COLUMNS, issues)


def _stored(row: Row[*tuple[Any, ...]]) -> StoredBatch:
    values = row._asdict()
    key = values.pop("month")
    return StoredBatch(month=None if key is None else month_of(key), **values)


def still_returned(newest_first: Sequence[StoredBatch]) -> frozenset[tuple[int, int]]:
    """(company, month) of files sent back for which no file of the same kind has been stored since."""
    replaced: set[tuple[int, int, str]] = set()
    found: set[tuple[int, int]] = set()
    for batch in newest_first:
        if batch.enterprise_id is None or batch.month is None:
            continue
        address = (batch.enterprise_id, batch.month.key)
        if batch.state is BatchState.COMMITTED:
            replaced.add((*address, batch.kind))
        elif batch.state is BatchState.RETURNED and (*address, batch.kind) not in replaced:
            found.add(address)
    return frozenset(found)
