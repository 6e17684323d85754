"""Profiles are learned with the import, used by the next file, undone with it, edited and shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.services import imports, profiles
from desktop_app.services.results.imports import ImportResult, Outcome
from desktop_app.storage.engine import Ledger
from tests.importing.makers import MARKET_HEAD, save

ROW = ["1", "示例丁快递有限公司", "1000", "20000", "100", "21100", "12000", "180000", "3000", "5000", "200000"]


def put(ledger: Ledger, folder: Path, month: str, head: list[str], name: str, row: list[str] = ROW) -> ImportResult:
    rows = [[f"2021年{month}月快递企业业务量及收入汇总表"], ["单位：件、元"], head, row]
    preview = imports.preview_file(ledger, save(folder, name, rows), ImportOptions())
    return imports.commit_previews(ledger, [preview], "已核实")[0]


def test_a_stored_file_teaches_and_the_next_is_read_by_it(fresh: Ledger, tmp_path: Path) -> None:
    assert profiles.list_profiles(fresh) == ()
    assert put(fresh, tmp_path, "3", list(MARKET_HEAD), "一.csv").outcome is Outcome.COMMITTED
    (learned,) = profiles.list_profiles(fresh)
    assert (learned.name, learned.enterprise_name, learned.uses) == ("示例丁快递", "示例丁快递有限公司", 1)
    odd = list(MARKET_HEAD)
    odd[2] = "同城业务数量（含代收）"
    rows = [["2021年4月汇总表"], ["单位：件、元"], odd, ROW]
    plan = imports.plan_file(fresh, save(tmp_path, "二.csv", rows), ImportOptions())
    assert plan.profile == "示例丁快递"
    assert any("按方案“示例丁快递”" in ground for ground in plan.grounds)


def test_a_dry_run_and_a_refused_file_teach_nothing(fresh: Ledger, tmp_path: Path) -> None:
    wrong = [*ROW[:5], "99", *ROW[6:]]
    assert put(fresh, tmp_path, "3", list(MARKET_HEAD), "错.csv", wrong).outcome is Outcome.REFUSED
    assert profiles.list_profiles(fresh) == ()


def test_undoing_the_only_file_takes_its_profile_along(fresh: Ledger, tmp_path: Path) -> None:
    first = put(fresh, tmp_path, "3", list(MARKET_HEAD), "一.csv")
    second = put(fresh, tmp_path, "4", list(MARKET_HEAD), "二.csv")
    assert [p.uses for p in profiles.list_profiles(fresh)] == [2]
    assert first.batch is not None
    assert second.batch is not None
    imports.undo_batch(fresh, first.batch)
    assert [p.uses for p in profiles.list_profiles(fresh)] == [1]
    imports.undo_batch(fresh, second.batch)
    assert profiles.list_profiles(fresh) == ()


def test_what_is_settled_by_hand_survives_and_counts(fresh: Ledger, tmp_path: Path) -> None:
    put(fresh, tmp_path, "3", list(MARKET_HEAD), "一.csv")
    settled = profiles.settle_column(fresh, "示例丁快递", "甲类", "同城快递业务量 · 件")
    assert settled.layout.columns[-1].fixed
    odd = [name if name != "同城业务量" else "甲类" for name in MARKET_HEAD]
    done = put(fresh, tmp_path, "4", odd, "二.csv")
    assert done.outcome is Outcome.COMMITTED
    assert done.totals["MKT.VOL.LOCAL"] == "1000"
    assert any(c.fixed for c in profiles.show(fresh, "示例丁快递").layout.columns)


def test_a_meaning_that_nobody_understands_is_refused(fresh: Ledger, tmp_path: Path) -> None:
    put(fresh, tmp_path, "3", list(MARKET_HEAD), "一.csv")
    with pytest.raises(UserError, match="不是认识的含义"):
        profiles.settle_column(fresh, "示例丁快递", "甲类", "什么")


def test_renaming_deleting_and_unknown_names(fresh: Ledger, tmp_path: Path) -> None:
    put(fresh, tmp_path, "3", list(MARKET_HEAD), "一.csv")
    profiles.rename(fresh, "示例丁快递", "丁快递")
    assert profiles.show(fresh, "丁快递").id == profiles.show(fresh, "1").id
    with pytest.raises(UserError, match="没有名为"):
        profiles.rename(fresh, "示例丁快递", "x")
    with pytest.raises(UserError, match="1 到 80"):
        profiles.rename(fresh, "丁快递", " ")
    profiles.delete(fresh, "丁快递")
    assert profiles.list_profiles(fresh) == ()


def test_profiles_travel_from_ledger_to_ledger(fresh: Ledger, tmp_path: Path) -> None:
    put(fresh, tmp_path, "3", list(MARKET_HEAD), "一.csv")
    before = profiles.show(fresh, "示例丁快递")
    out = tmp_path / "方案.json"
    profiles.export_profiles(fresh, [], out)
    profiles.delete(fresh, "示例丁快递")
    (back,) = profiles.import_profiles(fresh, out)
    assert (back.name, back.enterprise_id, back.layout) == (before.name, before.enterprise_id, before.layout)
    assert len(profiles.import_profiles(fresh, out)) == 1
    out.write_text(out.read_text(encoding="utf-8").replace("示例丁快递有限公司", "无此企业"), encoding="utf-8")
    with pytest.raises(UserError, match="无此企业"):
        profiles.import_profiles(fresh, out)
