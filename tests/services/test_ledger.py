"""Making and opening ledgers: whose they are, what the frame says of them, a demo that is whole or not there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.errors import CancelledError, LedgerError, UserError
from desktop_app.models.values import Month
from desktop_app.services import ledger, sample
from desktop_app.services.maintenance import make_backup
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH_FILES, REGION, brought


def test_a_new_ledger_knows_its_county_and_nothing_else(tmp_path: Path) -> None:
    with closing(ledger.create(tmp_path / "a.db", REGION, "蛟河市")) as made:
        found = ledger.info(made)
    assert (found.region_code, found.region_name, found.sample) == ("220281", "蛟河市", False)
    assert (found.first_month, found.last_month, found.work_month, found.last_backup) == ("", "", "", "")


def test_creating_again_opens_what_is_there(registers_file: Path) -> None:
    with closing(ledger.create(registers_file, REGION)) as opened:
        assert ledger.info(opened).region_name == "蛟河市"


@pytest.mark.parametrize("region", ["", "22028", "abc", "2202810000001"])
def test_a_region_that_is_none(tmp_path: Path, region: str) -> None:
    with pytest.raises(UserError, match="区划代码"):
        ledger.create(tmp_path / "a.db", region)
    assert not (tmp_path / "a.db").exists()


def test_a_demo_given_up_half_way_leaves_nothing(tmp_path: Path) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(CancelledError):
        sample.make_sample(tmp_path / "a.db", REGION, cancelled=cancelled)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("a.db")] == []


def test_the_demo_says_that_it_is_one(county: Ledger) -> None:
    found = ledger.info(county)
    assert found.sample
    assert (found.first_month, found.last_month, found.work_month) == ("2020-01", "2021-12", "2021-03")


def test_no_demo_into_a_real_ledger(registers_file: Path) -> None:
    with pytest.raises(LedgerError, match="不能装入示例数据"):
        ledger.create_sample(registers_file, REGION)


def test_the_month_worked_on_is_remembered(fresh: Ledger) -> None:
    assert ledger.info(fresh).work_month == ""
    ledger.set_work_month(fresh, Month(2021, 2))
    assert ledger.info(fresh).work_month == "2021-02"


def test_the_frame_tells_of_the_last_change_and_backup(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, MARCH_FILES / "甲_202103.xlsx")
    assert ledger.info(fresh).last_saved.startswith("今日 ")
    assert ledger.info(fresh).last_backup == ""
    make_backup(fresh, tmp_path / "备份")
    assert ledger.info(fresh).last_backup.startswith("今日 ")


def test_one_window_at_a_time(fresh: Ledger) -> None:
    lock = ledger.hold(fresh)
    assert lock is not None
    try:
        assert fresh.path is not None
        with closing(ledger.open_ledger(fresh.path)) as other, pytest.raises(LedgerError):
            ledger.hold(other)
    finally:
        lock.release()
