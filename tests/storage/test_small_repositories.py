"""Comparable bases and the fingerprint of a whole ledger."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from desktop_app.models.values import Month, Span
from desktop_app.storage.comparable import add_base, current_bases
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from desktop_app.storage.opening import open_ledger
from desktop_app.storage.settings import set_setting
from tests.storage.makers import COUNTY, figure, store_figures


def test_the_newest_comparable_base_of_a_key_counts(any_ledger: Ledger) -> None:
    key = ("MKT.VOL", Month(2020, 3), Span.MONTH, COUNTY, None)
    with any_ledger.write() as session:
        add_base(session, *key, published=100, comparable=90, reason="划出一个网点")
        add_base(session, *key, published=100, comparable=95, reason="核定")
        add_base(
            session, "MKT.REV", Month(2020, 4), Span.YTD, COUNTY, None, published=None, comparable=7, reason="并户"
        )
    with any_ledger.read() as session:
        first, second = current_bases(session)
        assert (first.month, first.span, first.region, first.published, first.comparable, first.reason) == (
            Month(2020, 3), Span.MONTH, COUNTY, 100, 95, "核定",
        )  # fmt: skip
        assert second.published is None
        assert [b.indicator for b in current_bases(session, indicators=["MKT.REV"])] == ["MKT.REV"]
        assert [b.indicator for b in current_bases(session, first=Month(2020, 4), last=Month(2020, 4))] == ["MKT.REV"]


def test_the_fingerprint_changes_with_any_row_and_only_then(any_ledger: Ledger) -> None:
    empty = dump_hash(any_ledger)
    assert dump_hash(any_ledger) == empty
    with any_ledger.write() as session:
        store_figures(session, figure(1))
    one = dump_hash(any_ledger)
    assert one != empty

    def refused() -> None:
        with any_ledger.write() as session:
            store_figures(session, figure(2))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refused()
    assert dump_hash(any_ledger) == one


def test_the_fingerprint_is_that_of_the_content_not_of_the_file(ledger: Ledger) -> None:
    assert ledger.path is not None
    with ledger.write() as session:
        set_setting(session, "a", "1")
    before = dump_hash(ledger)
    ledger.close()
    copy = ledger.path.with_name("copy.db")
    shutil.copy(ledger.path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("VACUUM")
    with open_ledger(copy) as other:
        assert dump_hash(other) == before
