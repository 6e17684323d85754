"""Targets by table: the form filled in and read back, against the register, stored as a whole, taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services import target_sheets, targets
from desktop_app.services.results.target_sheets import SheetChange, TargetSheet
from desktop_app.services.results.targets import Standing, worded_entry
from desktop_app.services.target_reading import read_text
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, stored
from tests.services.test_targets import YEAR

HEADS = "文件,条款,指标名称,口径,比较符,目标值,单位,期限\n"
YEARS_ROW = "本局2021年工作要点,第3条,快递业务量,水平,≥,{value},万件,2021年\n"


def sheet(ledger: Ledger, folder: Path, *rows: str) -> TargetSheet:
    file = folder / "目标.csv"
    file.write_text(HEADS + "".join(rows), encoding="utf-8")
    return target_sheets.preview_sheet(ledger, file, "", 2021)


def codes(ledger: Ledger) -> list[str]:
    return [row.code for row in targets.targets(ledger, MARCH) if row.code.startswith("OWN.")]


def test_the_blank_form_can_be_filled_in_and_read_back(spring: Ledger, tmp_path: Path) -> None:
    form = tmp_path / "空表.xlsx"
    target_sheets.write_blank(spring, form)
    book = load_workbook(form)
    page = book["目标"]
    heads = [cell.value for cell in page[1]]
    assert heads[:9] == ["文件", "条款", "指标代码", "指标名称", "口径", "比较符", "目标值", "单位", "期限"]
    assert heads[-1] == "原文"
    assert page.protection.sheet
    assert page["A1"].protection.locked, "heads cannot be changed"
    assert not page["A2"].protection.locked
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists["F2"] == '"≥,>,≤,<,=,约"'
    assert "同比增速" in lists["E2"]
    assert lists["C2"].startswith("'指标和单位'!$A$2")
    assert "不低于" in "".join(str(row[0].value) for row in book["填写说明"].iter_rows())
    filled = ["本局2021年工作要点", "第3条", None, "快递业务量", None, "约", "800", "万件", "2021年"]
    for column, value in enumerate(filled, start=1):
        page.cell(2, column).value = value
    page.cell(3, 1).value, page.cell(3, len(heads)).value = "本局2021年工作要点", "快递业务收入完成9000万元、同比增长8%"
    book.save(form)
    found = target_sheets.preview_sheet(spring, form, "", 2021)
    assert not found.problems
    assert [(row.row, row.change, row.target_text) for row in found.rows] == [
        (2, SheetChange.NEW, "≥800万件"),
        (3, SheetChange.NEW, "≥9000万元"),
        (3, SheetChange.NEW, "同比增速≥8%"),
    ]
    assert found.rows[0].notes == ("“约”按≥登记",)


def test_what_is_exported_reads_back_as_the_same(spring: Ledger, tmp_path: Path) -> None:
    reading = read_text(spring, "服务能力明显增强", 2021, YEAR.document)
    goal = worded_entry(reading.unread[0], YEAR.document, YEAR.clause, Month(2021, 12))
    targets.add_targets(spring, [YEAR, goal, replace(goal, text="行业治理水平明显提升")])
    every = [row.code for row in targets.targets(spring, MARCH)]
    out = tmp_path / "全部.xlsx"
    count = target_sheets.write_targets(spring, every, out)
    rows = targets.targets(spring, MARCH)
    assert count == sum(1 for row in rows if row.measure != "stated"), "goals in words are rows too"
    page = load_workbook(out)["目标"]
    lines = [[cell.value or "" for cell in line] for line in page.iter_rows(min_row=2, max_row=count + 1)]
    assert ["文字目标", "", "", "", "2021年"] in [line[4:9] for line in lines if line[-1] == "服务能力明显增强"]
    assert sum(1 for line in lines if line[4] == "文字目标") == sum(1 for r in rows if r.standing is Standing.WORDED)
    found = target_sheets.preview_sheet(spring, out, "", 2021)
    assert not found.problems
    assert Counter(row.change for row in found.rows) == {SheetChange.SAME: count}
    with pytest.raises(UserError, match="没有要登记的行"):
        target_sheets.take_sheet(spring, found)


def test_goals_in_words_come_by_table_beside_the_others(spring: Ledger, tmp_path: Path) -> None:
    (tmp_path / "要点.csv").write_text(
        "文件,条款,指标名称,口径,目标值,单位,期限,原文\n"
        "本局2021年工作要点,第3条,快递业务量,水平,800,万件,2021年,\n"
        "本局2021年工作要点,第6条,,文字目标,,,2021年,服务能力明显增强\n"
        "本局2021年工作要点,第6条,,文字目标,—,,2021年,行业治理水平明显提升\n"
        "本局2021年工作要点,第7条,,文字目标,35,亿元,2021年,重点工程完成投资35亿元\n"
        "本局2021年工作要点,第8条,快递业务量,文字目标,,,2021年,\n",
        encoding="utf-8",
    )
    found = target_sheets.preview_sheet(spring, tmp_path / "要点.csv", "", 2021)
    assert [(row.entry.name, row.target_text) for row in found.rows] == [
        ("快递业务量", "≥800万件"),
        ("服务能力明显增强", "完成"),
        ("行业治理水平明显提升", "完成"),
    ]
    assert [(each.row, each.reason) for each in found.problems] == [
        (5, "口径写“文字目标”，又写了目标值“35”，请改口径或去掉目标值"),
        (6, "文字目标要写原文"),
    ]
    taken = target_sheets.take_sheet(spring, found)
    worded = [row for row in targets.targets(spring, MARCH) if row.code in taken.added[1:]]
    assert {(row.text, row.standing, row.due) for row in worded} == {
        ("服务能力明显增强", Standing.WORDED, "2021-12"),
        ("行业治理水平明显提升", Standing.WORDED, "2021-12"),
    }
    again = target_sheets.preview_sheet(spring, tmp_path / "要点.csv", "", 2021)
    assert {row.change for row in again.rows} == {SheetChange.SAME}


def test_nothing_is_stored_before_it_is_confirmed_then_all_at_once_and_back(spring: Ledger, tmp_path: Path) -> None:
    targets.add_target(spring, YEAR)
    before, known = stored(spring), codes(spring)
    found = sheet(
        spring,
        tmp_path,
        YEARS_ROW.format(value=900),
        "本局2021年工作要点,第3条,快递业务收入,水平,≥,9000,万元,2021年\n",
        "本局2021年工作要点,第3条,快递员满意度,水平,≥,90,分,2021年\n",
    )
    assert [(row.change, row.before) for row in found.rows] == [
        (SheetChange.CHANGED, "≥800万件"),
        (SheetChange.NEW, ""),
    ]
    assert [(problem.row, problem.reason) for problem in found.problems] == [
        (4, "没有叫“快递员满意度”的指标，请填指标代码")
    ]
    assert stored(spring) == before, "looking at a file stores nothing"
    taken = target_sheets.take_sheet(spring, found)
    assert taken.closed == tuple(known)
    rows = {row.code: row.target_text for row in targets.targets(spring, MARCH) if row.code.startswith("OWN.")}
    assert sorted(rows.values()) == ["≥9000万元", "≥900万件"]
    assert targets.last_sheet(spring) == taken, "it can be undone weeks later too: the audit trail knows it"
    target_sheets.undo_sheet(spring, taken)
    assert targets.last_sheet(spring) is None
    assert codes(spring) == known
    assert [row.target_text for row in targets.targets(spring, MARCH) if row.code in known] == ["≥800万件"]


def test_rows_that_stand_twice_are_taken_once(spring: Ledger, tmp_path: Path) -> None:
    found = sheet(spring, tmp_path, YEARS_ROW.format(value=800), YEARS_ROW.format(value=800), YEARS_ROW.format(value=9))
    assert len(found.rows) == 1
    assert [problem.reason for problem in found.problems] == ["与第 2 行重复", "与第 2 行是同一条，但写得不一样"]


def test_a_published_target_is_not_changed_by_a_table(spring: Ledger, tmp_path: Path) -> None:
    head = "文件,条款,指标代码,目标值,单位,期限,地区代码,比较符,范围\n"
    (tmp_path / "改.csv").write_text(
        head + "吉林市快递业发展“十四五”规划,专栏7,GRN.TAPE,90,%,2025年,220200,≥,\n", encoding="utf-8"
    )
    found = target_sheets.preview_sheet(spring, tmp_path / "改.csv", "", 2021)
    assert not found.rows
    assert "随程序登记的是≥98%，不能改" in found.problems[0].reason


def test_a_register_that_has_changed_since_refuses_the_whole_file(spring: Ledger, tmp_path: Path) -> None:
    own = targets.add_target(spring, YEAR).code
    found = sheet(
        spring,
        tmp_path,
        YEARS_ROW.format(value=900),
        "本局2021年工作要点,第4条,快递业务收入,水平,≥,9000,万元,2021年\n",
    )
    targets.close_target(spring, own, "上级调整了目标")
    before = stored(spring)
    with pytest.raises(UserError):
        target_sheets.take_sheet(spring, found)
    assert stored(spring) == before


def test_the_same_target_entered_meanwhile_refuses_the_whole_file(spring: Ledger, tmp_path: Path) -> None:
    found = sheet(
        spring,
        tmp_path,
        "本局2021年工作要点,第4条,快递业务收入,水平,≥,9000,万元,2021年\n",
        YEARS_ROW.format(value=800),
    )
    targets.add_target(spring, replace(YEAR, text="", value=Decimal(800)))
    before = stored(spring)
    with pytest.raises(UserError, match="已经登记过"):
        target_sheets.take_sheet(spring, found)
    assert stored(spring) == before


def test_an_import_of_which_something_was_taken_off_is_not_undone_as_a_whole(spring: Ledger, tmp_path: Path) -> None:
    taken = target_sheets.take_sheet(spring, sheet(spring, tmp_path, YEARS_ROW.format(value=800)))
    targets.close_target(spring, taken.added[0], "上级调整了目标")
    assert targets.last_sheet(spring) is None
    before = stored(spring)
    with pytest.raises(UserError, match="没有第"):
        target_sheets.undo_sheet(spring, taken)
    assert stored(spring) == before


def test_words_that_the_ledger_has_no_room_for_are_named(spring: Ledger, tmp_path: Path) -> None:
    found = sheet(spring, tmp_path, "文件名称" * 40 + ",第3条,快递业务量,水平,≥,800,万件,2021年\n")
    assert [problem.reason for problem in found.problems] == ["文件名称太长（160 字），最多 120 字"]


def test_places_that_are_not_written_to(spring: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="xlsx"):
        target_sheets.write_blank(spring, tmp_path / "空表.csv")
    with pytest.raises(UserError, match="没有可以导出"):
        target_sheets.write_targets(spring, ["CN2020.1"], tmp_path / "公布数.xlsx")
    assert list(tmp_path.glob("*.csv")) == []
