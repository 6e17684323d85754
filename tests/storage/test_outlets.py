"""The outlet register: found by filing number or name within a company; undoing a list restores it exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.errors import LedgerError
from desktop_app.importing.outlet_plan import PlannedOutlet
from desktop_app.models.values import Flag, Month, OutletKind
from desktop_app.storage import batches
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import upsert_enterprises
from desktop_app.storage.outlets import StoredOutlet, outlets, upsert_outlets
from desktop_app.storage.registers import RegisterCounts, revert
from tests.storage.makers import batch, company


def outlet(name: str, filing: str = "", *, owner: int | None = 1, green: Flag = Flag.MISSING) -> PlannedOutlet:
    return PlannedOutlet(
        enterprise_id=owner,
        kind=OutletKind.TERMINAL if owner else OutletKind.LOCKERS,
        name=name,
        filing_no=filing,
        address="示例路1号",
        region_code="220281100000",
        opened=Month(2019, 3),
        closed=None,
        green=green,
        recycling=Flag.NO,
        standardised=Flag.MISSING,
        cells=None,
        contact="某某",
        phone="",
        row=2,
    )


@pytest.fixture
def register(any_ledger: Ledger) -> Ledger:
    """Two companies; the first has two outlets."""
    with any_ledger.write() as session:
        upsert_enterprises(session, [company("示例甲快递"), company("示例乙快递")])
        first = [outlet("一店", "0220", green=Flag.YES), outlet("二店", "0221"), outlet("柜", owner=None)]
        assert upsert_outlets(session, first) == RegisterCounts(added=3)
    return any_ledger


def all_of(ledger: Ledger) -> list[StoredOutlet]:
    with ledger.read() as session:
        return outlets(session)


def test_an_outlet_is_found_again_and_blanks_erase_nothing(register: Ledger) -> None:
    with register.write() as session:
        again = replace(outlet("一号店", "0220"), address="", contact="", recycling=Flag.YES, closed=Month(2021, 3))
        same = [outlet("二店"), outlet("柜", owner=None)]
        assert upsert_outlets(session, [again, *same]) == RegisterCounts(changed=1, unchanged=2)
    first = all_of(register)[0]
    assert (first.name, first.filing_no, first.address, first.contact) == ("一号店", "0220", "示例路1号", "某某")
    assert (first.green, first.recycling, first.standardised) == (Flag.YES, Flag.YES, Flag.MISSING)
    assert (first.opened, first.closed) == (Month(2019, 3), Month(2021, 3))


def test_companies_may_use_the_same_names_and_numbers(register: Ledger) -> None:
    with register.write() as session:
        assert upsert_outlets(session, [outlet("一店", "0220", owner=2)]) == RegisterCounts(added=1)
        assert [o.name for o in outlets(session, enterprise_id=2)] == ["一店"]
        assert [o.name for o in outlets(session, kind=OutletKind.LOCKERS)] == ["柜"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([outlet("二店", "0220")], "属于“一店”，不是“二店”"),
        ([outlet("一店"), outlet("一号店", "0220")], "同一个网点"),
        ([replace(outlet("一店"), opened=None, closed=Month(2018, 1))], "早于台账里的开办月份"),
    ],
)
def test_what_contradicts_the_register_changes_nothing(register: Ledger, rows: list[PlannedOutlet], said: str) -> None:
    before = all_of(register)
    with pytest.raises(LedgerError, match=said), register.write() as session:
        upsert_outlets(session, rows)
    assert all_of(register) == before


def test_undoing_a_list_restores_the_register_exactly(register: Ledger) -> None:
    """Names handed on from one outlet to the next, a new number and a new outlet, all taken back."""
    before = all_of(register)
    with register.write() as session:
        number = batch(session, kind="outlets")
        changes = [outlet("三店", "0221"), outlet("二店", "0220", green=Flag.NO), outlet("四店", "0229")]
        assert upsert_outlets(session, changes, batch_id=number) == RegisterCounts(added=1, changed=2)
    assert [o.name for o in all_of(register)] == ["二店", "三店", "柜", "四店"]
    with register.write() as session:
        revert(session, number)
        batches.mark_undone(session, number, "")
    assert all_of(register) == before


def test_a_list_that_others_built_upon_waits_for_them(register: Ledger) -> None:
    with register.write() as session:
        first = batch(session, b"1", kind="outlets")
        upsert_outlets(session, [outlet("一店", green=Flag.NO)], batch_id=first)
        second = batch(session, b"2", kind="outlets")
        upsert_outlets(session, [outlet("一店", green=Flag.YES)], batch_id=second)
    with (
        pytest.raises(LedgerError, match=f"请先撤销第 {second} 号|第 {second} 号批次又改动"),
        register.write() as session,
    ):
        revert(session, first)


def test_a_company_with_outlets_stays(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        number = batch(session)
        upsert_enterprises(session, [company("示例甲快递")], batch_id=number)
        upsert_outlets(session, [outlet("一店")])
    with pytest.raises(LedgerError, match="示例甲快递"), any_ledger.write() as session:
        revert(session, number)
