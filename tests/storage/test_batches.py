"""Batches: the file kept byte for byte, issues, duplicates, undoing and returning."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desktop_app.errors import LedgerError
from desktop_app.importing.plan import Issue
from desktop_app.models.values import BatchState, FigureStatus, Month, Severity
from desktop_app.storage.batches import (
    NewBatch,
    add_batch,
    committed_with,
    get_batch,
    issues_of,
    keep_evidence,
    list_batches,
    mark_returned,
    mark_undone,
    read_evidence,
)
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import upsert_enterprises
from tests.storage.makers import COUNTY, MARCH, batch, company

CONTENT = "业务量,100\r\n".encode("gb18030")


def test_a_batch_comes_back_with_file_counts_totals_and_issues(any_ledger: Ledger) -> None:
    issue = Issue(Severity.WARNING, "price-band", "单价偏高", "请核对", "表1", 7, "业务收入", "1 200")
    new = NewBatch(
        "甲 3月.csv", CONTENT, "official_form", COUNTY, FigureStatus.FLASH, MARCH, 1, "甲-表", "已电话核实", "gb18030",
        "表1", 9, 6, 1, 2, {"MKT.VOL": 9_007_199_254_740_993}, "小王",
    )  # fmt: skip
    with any_ledger.write() as session:
        upsert_enterprises(session, [company("示例甲快递")])
        number = add_batch(session, new, [issue])
    with any_ledger.read() as session:
        found = get_batch(session, number)
        assert (found.file_name, found.kind, found.month, found.enterprise_id) == (
            "甲 3月.csv",
            "official_form",
            MARCH,
            1,
        )
        assert (found.rows_read, found.rows_accepted, found.rows_rejected, found.rows_skipped) == (9, 6, 1, 2)
        assert found.totals == {"MKT.VOL": 9_007_199_254_740_993}, "beyond what a binary float holds"
        assert (found.state, found.status, found.created_by) == (BatchState.COMMITTED, FigureStatus.FLASH, "小王")
        assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert found.issues == 1
        (kept,) = issues_of(session, number)
        assert (kept.severity, kept.message, kept.row, kept.column) == (Severity.WARNING, "单价偏高", 7, "业务收入")
        assert read_evidence(session, found.sha256) == CONTENT


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=4000))
def test_evidence_is_kept_byte_for_byte(ledger: Ledger, content: bytes) -> None:
    with ledger.write() as session:
        digest = keep_evidence(session, "f", content)
        assert keep_evidence(session, "g", content) == digest, "the same bytes are kept once"
    with ledger.read() as session:
        assert read_evidence(session, digest) == content


def test_missing_or_damaged_evidence_is_said(ledger: Ledger) -> None:
    with ledger.write() as session:
        digest = keep_evidence(session, "f", CONTENT)
        session.execute(text("DROP TRIGGER tr_evidence_file_no_update"))
        session.execute(text("UPDATE evidence_file SET content = x'00'"))
    with ledger.read() as session:
        with pytest.raises(LedgerError, match="已损坏"):
            read_evidence(session, digest)
        with pytest.raises(LedgerError, match="没有这个原始文件"):
            read_evidence(session, "0" * 64)


def test_the_same_file_is_recognised_while_its_batch_stands(any_ledger: Ledger) -> None:
    digest = hashlib.sha256(CONTENT).hexdigest()
    with any_ledger.write() as session:
        assert committed_with(session, digest) is None
        number = batch(session, CONTENT)
    with any_ledger.write() as session:
        found = committed_with(session, digest)
        assert found is not None
        assert found.id == number
        mark_undone(session, number, "导错了")
        assert committed_with(session, digest) is None
        stored = get_batch(session, number)
        assert (stored.state, stored.undone_reason) == (BatchState.UNDONE, "导错了")
        assert stored.undone_at is not None


def test_undoing_or_returning_twice_is_refused(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        first, second = batch(session, b"1"), batch(session, b"2")
        mark_undone(session, first, "")
        mark_returned(session, second, "单位错了")
    for number, action in ((first, mark_undone), (first, mark_returned), (second, mark_returned), (99, mark_undone)):
        with pytest.raises(LedgerError), any_ledger.write() as session:
            action(session, number, "")
    with any_ledger.write() as session:
        mark_undone(session, second, "退回件也撤销")
        assert get_batch(session, second).reason == "单位错了"


def test_lists_are_newest_first_and_filtered(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        numbers = [batch(session, str(n).encode()) for n in range(4)]
        mark_undone(session, numbers[1], "")
    with any_ledger.read() as session:
        assert [b.id for b in list_batches(session)] == numbers[::-1]
        assert [b.id for b in list_batches(session, limit=2)] == numbers[:1:-1]
        assert [b.id for b in list_batches(session, state=BatchState.UNDONE)] == [numbers[1]]
        assert list_batches(session, month=Month(2021, 4)) == []
        assert len(list_batches(session, month=MARCH)) == 4
        assert list_batches(session, enterprise_id=1) == []


def test_rows_that_do_not_add_up_are_refused_by_the_database(any_ledger: Ledger) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), any_ledger.write() as session:
        add_batch(session, NewBatch("f", b"", "wide", COUNTY, FigureStatus.MONTHLY, rows_read=5, rows_accepted=4))
