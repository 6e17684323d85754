"""Is the ledger whole? File, links, schema, audit chain, control totals, evidence, versions (台账自检)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import distinct, func, select, text

from desktop_app.models.batch import EvidenceFile, ImportBatch
from desktop_app.models.coverage import CoverageRecord
from desktop_app.models.observation import Observation
from desktop_app.models.values import BatchState, CellState, Span
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from desktop_app.storage.schema import HEAD

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

VILLAGES = "VILLAGES"
RECORDS = "RECORDS"
"""Keys of the control totals of a coverage file: distinct villages, and records."""


@dataclass(frozen=True)
class CheckResult:
    """One check: its Chinese name, whether it passed, and what was found."""

    name: str
    ok: bool
    detail: str


def check_ledger(ledger: Ledger) -> list[CheckResult]:
    """Run every check in one moment of the ledger; none of them changes anything."""
    with ledger.read() as session:
        steps: list[tuple[str, Callable[[Session], str]]] = [
            ("结构版本", _schema),
            ("审计链", _audit),
            ("控制数", _control_totals),
            ("原始文件", _evidence),
            ("数据版本", _versions),
        ]
        if ledger.path is not None:
            steps[:0] = [("文件完整性", _file), ("关联", _foreign_keys)]
        results = []
        for name, step in steps:
            problem = step(session)
            results.append(CheckResult(name, not problem, problem or "正常"))
        return results


def _file(session: Session) -> str:
    found = [str(line) for line in session.scalars(text("PRAGMA integrity_check(5)"))]
    return "" if found == ["ok"] else "；".join(found)


def _foreign_keys(session: Session) -> str:
    broken = session.execute(text("PRAGMA foreign_key_check")).all()
    return f"{len(broken)} 处断开的关联，第一处在表 {broken[0][0]}" if broken else ""


def _schema(session: Session) -> str:
    revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    return "" if revision == HEAD else f"台账是 {revision}，程序是 {HEAD}"


def _audit(session: Session) -> str:
    return audit.verify(session).message


def _control_totals(session: Session) -> str:
    """Control totals noted at import = sums of what is stored; a total without figures or the reverse is caught too."""
    o, c = Observation, CoverageRecord
    sums: dict[int, dict[str, int]] = {}
    stored = (
        select(o.batch_id, o.indicator, func.sum(o.value))
        .where(o.span == Span.MONTH, o.state == CellState.VALUE)
        .group_by(o.batch_id, o.indicator)
    )
    for batch_id, indicator, total in session.execute(stored):
        sums.setdefault(batch_id, {})[indicator] = int(total or 0)
    cumulative = (
        select(o.batch_id, o.indicator, o.month, func.sum(o.value))
        .where(o.span == Span.YTD, o.state == CellState.VALUE)
        .group_by(o.batch_id, o.indicator, o.month)
        .order_by(o.month.desc())
    )
    for batch_id, indicator, _, total in session.execute(cumulative):
        # Where a batch has only 累计 figures of an indicator, its control total is their sum in the last month.
        sums.setdefault(batch_id, {}).setdefault(indicator, int(total or 0))
    records = select(c.batch_id, func.count(distinct(c.village_code)), func.count()).group_by(c.batch_id)
    for batch_id, villages, count in session.execute(records):
        sums.setdefault(batch_id, {}).update({VILLAGES: villages, RECORDS: count})
    wrong: list[str] = []
    batches = select(ImportBatch.id, ImportBatch.totals).where(ImportBatch.state == BatchState.COMMITTED)
    for batch_id, totals in session.execute(batches):
        found = sums.get(batch_id, {})
        wrong += [
            f"第 {batch_id} 号批次 {code}：应为 {total}，实有 {found.get(code, 0)}"
            for code, total in totals.items()
            if total != found.get(code, 0)
        ]
    return _shorten(wrong)


def _evidence(session: Session) -> str:
    """Every kept file still has the bytes that its sha-256 names; read one by one, a ledger may hold gigabytes."""
    wrong: list[str] = []
    e = EvidenceFile
    query = select(e.sha256, e.name, e.size, e.content).execution_options(yield_per=1)
    for sha256, name, size, content in session.execute(query):
        try:
            plain = zlib.decompress(content)
        except zlib.error:
            plain = b""
        if len(plain) != size or hashlib.sha256(plain).hexdigest() != sha256:
            wrong.append(f"{name} 与导入时不一致")
    c = CoverageRecord
    proofs = (
        select(c.evidence_sha256)
        .where(c.evidence_sha256.is_not(None), c.evidence_sha256.not_in(select(e.sha256)))
        .distinct()
    )
    wrong += [f"进村证据文件 {str(sha256)[:12]} 不在台账里" for sha256 in session.scalars(proofs)]
    return _shorten(wrong)


def _versions(session: Session) -> str:
    """Versions of every key run from 1 without holes: nothing has been removed."""
    o, c = Observation, CoverageRecord
    key = (o.indicator, o.month, o.span, o.region_code, o.enterprise_id)
    place = (c.village_code, c.brand, c.month)
    wrong = [
        f"{row.indicator} {row.month} 缺版本"
        for row in session.execute(
            select(*key).group_by(*key).having(func.count() != func.max(o.version)).limit(20)
        )
    ] + [
        f"{row.village_code} {row.brand} {row.month} 缺版本"
        for row in session.execute(
            select(*place).group_by(*place).having(func.count() != func.max(c.version)).limit(20)
        )
    ]  # fmt: skip
    return _shorten(wrong)


def _shorten(problems: list[str]) -> str:
    head = "；".join(problems[:3])
    return f"{head}；等共 {len(problems)} 处" if len(problems) > 3 else head
