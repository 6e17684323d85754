"""What the menu above a column offers is what the import understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.plan import FileKind, ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from desktop_app.importing.profiles import head_levels
from desktop_app.importing.recognise.by_profile import roles_of, understood
from desktop_app.importing.recognise.figures import read_head
from desktop_app.models.values import Span
from desktop_app.services.meanings import ASPECTS, ROLES, meaning_book
from desktop_app.services.results.meanings import Parsed
from desktop_app.storage.engine import Ledger
from tests.importing.makers import Rows, codes, context, figures, only, save


def read(folder: Path, rows: Rows, *meanings: tuple[str, str]) -> ImportPlan:
    return plan_import(save(folder, "表.csv", rows), context(), ImportOptions(meanings=meanings))


def test_every_indicator_of_the_menu_is_read_back_with_every_aspect_and_unit(county: Ledger) -> None:
    book = meaning_book(county)
    assert len(book.indicators) > 35
    for each in book.indicators:
        for aspect in ("", *(ASPECTS if each.has_aspects else ())):
            for unit in ("", *book.units.get(each.base_unit, ())):
                meaning = Parsed(each.name, aspect, unit).text
                found = read_head(head_levels(meaning, (), ""), 0, "")
                assert found is not None, meaning
                assert found.indicator.name == each.name, meaning
                assert found.aspect.value == (aspect or "本月"), meaning
                assert (found.unit.name if found.unit else "") == unit, meaning
                assert book.parse(meaning) == Parsed(each.name, aspect, unit)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_of_the_menu_is_understood(role: str) -> None:
    assert understood(head_levels(role, (), ""))
    assert roles_of(head_levels(role, (), "")) or role == "单位"


def test_units_are_offered_for_figures_only(county: Ledger) -> None:
    book = meaning_book(county)
    assert book.units_for("快递业务量 · 件") == ("件", "千件", "万件", "亿件")
    assert book.units_for("业务收入本月 · 万元") == ("元", "千元", "万元", "亿元")
    assert book.units_for("企业") == book.units_for("快递业务量同比") == book.units_for("跳过") == ()


HEAD = ["企业名称", "票数", "备注"]
ROWS: Rows = [["2021年5月汇总表"], HEAD, ["示例甲快递", "12.5", "补"]]


def test_an_unknown_column_is_read_as_the_user_says_with_her_unit(tmp_path: Path) -> None:
    plan = read(tmp_path, ROWS, ("票数", "快递业务量 · 万件"))
    assert figures(plan)["MKT.VOL", Span.MONTH.value, 1] == 125_000 * 10_000
    assert plan.column_meanings[1] == "快递业务量 · 万件"
    assert "列“票数”按您说的读作 快递业务量 · 万件" in plan.grounds
    assert dict(plan.said) == {1: "快递业务量 · 万件"}


def test_her_unit_goes_before_the_files_own_and_no_unit_leaves_it(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月汇总表"], ["单位：件"], ["企业名称", "投递量（件）"], ["示例甲快递", "12"]]
    assert list(figures(read(tmp_path, rows, ("投递量（件）", "快递业务量 · 万件"))).values()) == [120_000 * 10_000]
    assert list(figures(read(tmp_path, rows, ("投递量（件）", "快递业务量"))).values()) == [12 * 10_000]


def test_a_column_is_named_by_its_number_too(tmp_path: Path) -> None:
    plan = read(tmp_path, ROWS, ("第2列", "快递业务量 · 千件"), ("第3列", "跳过"))
    assert list(figures(plan).values()) == [12_500 * 10_000]


def test_a_table_of_no_known_kind_shows_itself_so_that_its_columns_can_be_named(tmp_path: Path) -> None:
    from desktop_app.importing.planner import UnrecognisedError

    rows: Rows = [["2021年5月"], ["甲栏", "乙栏"], ["x", "5"], ["y", "6"]]
    with pytest.raises(UnrecognisedError) as refused:
        read(tmp_path, rows)
    plan = refused.value.plan
    assert (plan.kind, plan.reading.columns, plan.counts.rejected) == (FileKind.UNKNOWN, ("甲栏", "乙栏"), 2)
    named = read(tmp_path, [*rows[:2], ["示例甲快递", "5"]], ("甲栏", "企业"), ("乙栏", "快递业务量 · 件"))
    assert figures(named) == {("MKT.VOL", Span.MONTH.value, 1): 50_000}


def test_the_column_that_the_user_names_is_the_one_of_its_role(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月汇总表"], ["企业名称", "承运方", "投递量"], ["张三", "示例甲快递", "5"]]
    plan = read(tmp_path, rows, ("承运方", "企业"))
    assert codes(plan) == []
    assert any("列“企业名称”不用" in ground for ground in plan.grounds)


def test_words_that_nobody_understands_and_columns_that_are_not_there_are_refused(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量"], ["示例甲快递", "5"]]
    plan = read(tmp_path, rows, ("投递量", "什么"), ("无", "企业"))
    assert "什么" in only(plan, "MEANING_UNKNOWN").message
    assert "企业名称、投递量" in only(plan, "COLUMN_UNKNOWN").suggestion


def test_two_columns_of_one_indicator_are_asked_and_each_answer_settles_it(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月汇总表"], ["企业名称", "投递量", "派件量"], ["示例甲快递", "5", "6"]]
    issue = only(read(tmp_path, rows), "DUPLICATE_COLUMN")
    assert [answer.label for answer in issue.answers] == ["只用“投递量”", "只用“派件量”"]
    for answer, expected in zip(issue.answers, (5, 6), strict=True):
        settled = plan_import(save(tmp_path, "表.csv", rows), context(), answer.upon(ImportOptions()))
        assert list(figures(settled).values()) == [expected * 10_000]


def test_the_tables_own_total_stands_beside_the_control_total(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月汇总表"], ["企业名称", "投递量"], ["示例甲快递", "5"], ["示例乙快递", "6"]]
    for written, agrees in (("11", True), ("12", False)):
        plan = read(tmp_path, [*rows, ["合计", written]])
        (total,) = plan.own_totals.values()
        assert (total.stated, total.summed, total.agrees) == (int(written) * 10_000, 110_000, agrees)
