"""网点名录 end to end: preview, commit, listing, history, undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.services import imports, profiles, registers
from desktop_app.services.maintenance import check
from desktop_app.services.results.imports import Outcome
from desktop_app.storage.engine import Ledger
from tests.services.demo import REASON, SAMPLE, brought, in_force, written

HEAD = "备案编号,网点名称,网点类型,企业名称,乡镇,建制村,绿色网点,回收装置\n"
ROWS = "0220,白石山一店,末端网点,示例甲快递,白石山镇,,是,\n,镇上的柜,快件箱组,,白石山镇,,不适用,否\n"


def test_the_demo_countys_list(fresh: Ledger) -> None:
    result = brought(fresh, SAMPLE / "outlets.csv", reason="")
    assert (result.outcome, result.kind, result.rejected) == (Outcome.COMMITTED, "outlets", 0)
    assert result.totals == {"OUTLETS": str(result.accepted)}
    rows = registers.list_outlets(fresh)
    assert len(rows) == result.accepted
    assert all(row.filing_no.startswith("0220281") for row in rows if row.company)
    assert {row.kind for row in rows} == {"分支机构", "末端网点", "村级站", "公共服务站", "快件箱组"}
    assert all(row.village and row.town for row in rows if row.kind == "村级站")
    assert [row.cells for row in rows if row.kind == "快件箱组"][:2] == [44, 64]
    assert "未报" in {row.standardised for row in rows if row.company == "示例子快递有限公司"}
    assert all(step.ok for step in check(fresh))


def test_what_is_listed(fresh: Ledger) -> None:
    brought(fresh, SAMPLE / "outlets.csv")
    mine = registers.list_outlets(fresh, company="示例甲", kind="末端网点")
    assert {(row.company, row.kind) for row in mine} == {("示例甲快递有限公司", "末端网点")}
    assert 0 < len(mine) < len(registers.list_outlets(fresh, company="示例甲"))
    with pytest.raises(UserError, match="没有“示例寅”"):
        registers.list_outlets(fresh, company="示例寅")
    with pytest.raises(UserError, match="没有“驿站”"):
        registers.list_outlets(fresh, kind="驿站")


def test_history_names_the_kind_and_undo_restores_exactly(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, written(tmp_path, "一.csv", HEAD + ROWS))
    before = in_force(fresh)
    changed = (
        HEAD
        + ROWS.replace("白石山一店", "白石山老店").replace("不适用,否", "不适用,是")
        + "9,新店,末端网点,乙快递,,,,\n"
    )
    second = brought(fresh, written(tmp_path, "二.csv", changed))
    assert (second.outcome, second.accepted) == (Outcome.COMMITTED, 3)
    assert [issue.code for issue in second.issues] == ["OUTLET_RENAMED"]
    row = imports.list_batches(fresh)[0]
    assert (row.kind_label, row.period, row.accepted) == ("网点名录", "", 3)
    names = {o.name: (o.recycling, o.green) for o in registers.list_outlets(fresh)}
    assert names == {"白石山老店": ("未报", "是"), "镇上的柜": ("是", "不适用"), "新店": ("未报", "未报")}
    assert second.batch is not None
    imports.undo_batch(fresh, second.batch, "放错了")
    assert in_force(fresh) == before


def test_a_wrong_row_stops_the_whole_list(fresh: Ledger, tmp_path: Path) -> None:
    before = in_force(fresh)
    result = brought(fresh, written(tmp_path, "一.csv", HEAD + ROWS + "1,丙店,末端网点,无此企业,,,,\n"))
    assert (result.outcome, [issue.code for issue in result.issues]) == (Outcome.REFUSED, ["UNKNOWN_COMPANY"])
    assert in_force(fresh) == before


def test_the_same_list_again_is_a_duplicate_and_a_resaved_one_changes_nothing(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, written(tmp_path, "一.csv", HEAD + ROWS))
    assert brought(fresh, written(tmp_path, "二.csv", HEAD + ROWS)).outcome is Outcome.DUPLICATE
    before = registers.list_outlets(fresh)
    resaved = brought(fresh, written(tmp_path, "三.csv", HEAD + ROWS, "gb18030"))
    assert (resaved.outcome, registers.list_outlets(fresh)) == (Outcome.COMMITTED, before)


def test_a_list_teaches_its_layout_and_a_renamed_column_is_read_by_it(fresh: Ledger, tmp_path: Path) -> None:
    brought(fresh, written(tmp_path, "一.csv", HEAD + ROWS))
    assert [p.name for p in profiles.list_profiles(fresh)] == ["示例甲快递"]
    odd = HEAD.replace("回收装置", "回收装置情况") + ROWS.replace("是,\n", "是,有\n")
    plan = imports.plan_file(fresh, written(tmp_path, "二.csv", odd), ImportOptions())
    assert any("按方案“示例甲快递”读作 回收装置" in ground for ground in plan.grounds)
    assert brought(fresh, written(tmp_path, "三.csv", odd), REASON).outcome is Outcome.COMMITTED
    assert registers.list_outlets(fresh, company="甲快递")[0].recycling == "是"
