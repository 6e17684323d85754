"""The enterprise register: found by code or name, aliases belong to one company, 主要品牌 by year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.errors import LedgerError
from desktop_app.models.values import Month
from desktop_app.storage import batches
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import (
    add_alias,
    all_major_brands,
    enterprises,
    major_brands,
    set_major_brands,
    upsert_enterprises,
)
from desktop_app.storage.registers import RegisterCounts, revert
from tests.storage.makers import batch, company, figure, store_figures

CODE = "91220281MA0TEST12X"


def test_a_company_is_found_again_and_blanks_erase_nothing(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        first = company("示例甲快递有限公司", "甲快递", uscc=CODE, phone="0432-1")
        assert upsert_enterprises(session, [first, company("示例乙快递")]) == RegisterCounts(added=2)
        renamed = company("示例甲快递（蛟河）有限公司", "甲快递", "甲", uscc=CODE)
        again = company("示例乙快递")
        assert upsert_enterprises(session, [renamed, again]) == RegisterCounts(changed=1, unchanged=1)
    with any_ledger.read() as session:
        found = enterprises(session)
        assert [(c.name, c.phone, c.aliases) for c in found] == [
            ("示例甲快递（蛟河）有限公司", "0432-1", ("甲快递", "甲")), ("示例乙快递", "", ()),
        ]  # fmt: skip


def test_an_alias_or_code_of_another_company_is_refused(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        upsert_enterprises(session, [company("示例甲快递", "甲", uscc=CODE), company("示例乙快递")])
    before = dump_hash(any_ledger)
    with pytest.raises(LedgerError, match="别名“甲”已属于“示例甲快递”"), any_ledger.write() as session:
        upsert_enterprises(session, [company("示例丙快递", "甲")])
    with pytest.raises(LedgerError, match="属于“示例甲快递”，不是“示例乙快递”"), any_ledger.write() as session:
        upsert_enterprises(session, [company("示例乙快递", uscc=CODE)])
    with pytest.raises(LedgerError, match="别名"), any_ledger.write() as session:
        add_alias(session, 2, "甲")
    assert dump_hash(any_ledger) == before


def test_only_companies_open_in_the_month(any_ledger: Ledger) -> None:
    gone = replace(company("示例甲快递"), opened=Month(2019, 1), closed=Month(2021, 2))
    new = replace(company("示例乙快递"), opened=Month(2021, 3))
    with any_ledger.write() as session:
        upsert_enterprises(session, [gone, new])
    with any_ledger.read() as session:
        assert [c.name for c in enterprises(session, Month(2021, 2))] == ["示例甲快递"]
        assert [c.name for c in enterprises(session, Month(2021, 3))] == ["示例乙快递"]
        assert enterprises(session)[0].closed == Month(2021, 2)


def test_undoing_a_register_import(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        upsert_enterprises(session, [company("示例甲快递", "甲", phone="1")])
        number = batch(session)
        upsert_enterprises(
            session, [company("示例甲快递", "甲甲", phone="2"), company("示例乙快递", "乙")], batch_id=number
        )
    with any_ledger.write() as session:
        revert(session, number)
        batches.mark_undone(session, number, "")
    with any_ledger.read() as session:
        assert [(c.name, c.phone, c.aliases) for c in enterprises(session)] == [("示例甲快递", "1", ("甲",))]


def test_a_company_with_figures_stays(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        number = batch(session)
        upsert_enterprises(session, [company("示例甲快递")], batch_id=number)
        store_figures(session, figure(1, enterprise_id=1))
    with pytest.raises(LedgerError, match="示例甲快递"), any_ledger.write() as session:
        revert(session, number)
    with any_ledger.read() as session:
        assert len(enterprises(session)) == 1


def test_major_brands_change_with_the_years(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        set_major_brands(session, 2021, ["甲", "乙", "丙"])
        set_major_brands(session, 2022, ["甲", "丁"])
        set_major_brands(session, 2022, ["甲", "丁", "戊"])
    with any_ledger.read() as session:
        assert major_brands(session, 2020) == []
        assert major_brands(session, 2021) == ["甲", "乙", "丙"]
        assert major_brands(session, 2023) == ["甲", "丁", "戊"]
        every = all_major_brands(session)
        assert {year: list(brands) for year, brands in every.items()} == {
            year: major_brands(session, year) for year in every
        }
        assert min(every) == 2021
