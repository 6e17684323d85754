"""A company's layout is learned from what was read, found again, and speaks only where the file itself does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.catalogue.template_code import TemplateCode, read_code
from desktop_app.errors import UserError
from desktop_app.importing.plan import FileKind, ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from desktop_app.importing.profiles import (
    Layout,
    MappingProfile,
    ProfileColumn,
    dump_layout,
    from_file,
    layout_of,
    load_layout,
    match,
    merged,
    to_file,
)
from desktop_app.models.values import Month, Span
from tests.importing.makers import (
    MARKET_HEAD,
    codes,
    context,
    figures,
    market_row,
    market_table,
    official_ledger,
    official_table,
    only,
    plan_rows,
    save,
)

ROW = market_row("示例丁快递有限公司", 1000, 20000, 100)


def learned(plan: ImportPlan, name: str = "丁快递", owner: int | None = 4, number: int = 1) -> MappingProfile:
    return MappingProfile(number, name, owner, f"示例{name}有限公司", plan.kind, layout_of(plan))


def with_profile(
    folder: Path,
    rows: Sequence[Sequence[str]],
    *profiles: MappingProfile,
    name: str = "表.csv",
    options: ImportOptions | None = None,
) -> ImportPlan:
    known = replace(context(), profiles=profiles)
    return plan_import(save(folder, name, rows), known, options or ImportOptions())


@pytest.fixture
def profile(tmp_path: Path) -> MappingProfile:
    return learned(plan_rows(tmp_path, market_table(ROW)))


def test_a_layout_says_what_each_column_was(profile: MappingProfile) -> None:
    meanings = {column.head: column.meaning for column in profile.layout.columns}
    assert meanings["企业名称"] == "企业"
    assert meanings["快递业务量合计"].endswith("· 件")
    assert meanings["序号"] == "跳过"
    assert (profile.layout.header_rows, profile.layout.unit) == (1, "件、元")


def test_moved_and_added_columns_change_nothing(tmp_path: Path, profile: MappingProfile) -> None:
    plain = plan_rows(tmp_path, market_table(ROW))
    order = [1, 2, 4, 3, 5, 0, 8, 9, 7, 6, 10]
    head, row = [*(MARKET_HEAD[c] for c in order), "备注"], [*(ROW[c] for c in order), "补"]
    rows = [["蛟河市2021年5月快递企业业务量及收入汇总表"], ["单位：件、元"], head, row]
    moved = with_profile(tmp_path, rows, profile)
    assert moved.profile == "丁快递"
    assert figures(moved) == figures(plain)


def test_a_renamed_column_is_read_by_the_profile(tmp_path: Path, profile: MappingProfile) -> None:
    odd = list(MARKET_HEAD)
    odd[2] = "同城业务数量（含代收）"
    rows = [["蛟河市2021年5月汇总表"], ["单位：件、元"], odd, ROW]
    plan = with_profile(tmp_path, rows, profile)
    assert figures(plan)["MKT.VOL.LOCAL", Span.MONTH.value, 4] == 10_000_000
    assert any("列“同城业务数量（含代收）”按方案“丁快递”读作" in ground for ground in plan.grounds)


def test_a_strange_column_in_its_place_is_asked(tmp_path: Path, profile: MappingProfile) -> None:
    odd = list(MARKET_HEAD)
    odd[2] = "甲类"
    rows = [["蛟河市2021年5月汇总表"], ["单位：件、元"], odd, ROW]
    issue = only(with_profile(tmp_path, rows, profile), "ASK_COLUMN")
    assert "甲类" in issue.message
    assert "同城" in issue.message
    assert "--column “甲类=同城快递业务量”" in issue.on_command_line
    assert [answer.label for answer in issue.answers] == ["是同城快递业务量", "跳过这一列"]


def test_what_the_clerk_has_settled_goes_before_the_head(tmp_path: Path, profile: MappingProfile) -> None:
    fixed = tuple(
        replace(c, meaning="跳过", fixed=True) if c.head == "其他业务收入" else c for c in profile.layout.columns
    )
    told = replace(profile, layout=replace(profile.layout, columns=fixed))
    plan = with_profile(tmp_path, market_table(ROW), told)
    assert not any(o.indicator == "REL.REVOTHER" for o in plan.observations)
    assert "列“其他业务收入”按方案“丁快递”读作 跳过" in plan.grounds


def test_the_files_own_unit_wins_and_the_profiles_fills_a_gap(tmp_path: Path) -> None:
    small = ["1", "示例丁快递有限公司", "0.1", "2", "0.01", "2.11", *ROW[6:]]
    rows = [["蛟河市2021年5月汇总表"], ["单位：万件、元"], MARKET_HEAD, small]
    profile = learned(plan_rows(tmp_path, rows))
    silent = with_profile(tmp_path, [rows[0], *rows[2:]], profile)
    assert figures(silent)["MKT.VOL.LOCAL", Span.MONTH.value, 4] == 10_000_000
    assert any("按万件读（按方案“丁快递”" in ground for ground in silent.grounds)
    said = with_profile(tmp_path, market_table(ROW), profile)
    assert figures(said)["MKT.VOL.LOCAL", Span.MONTH.value, 4] == 10_000_000


def test_a_file_without_a_name_is_taken_for_its_company_and_asked(tmp_path: Path) -> None:
    rows = official_table()
    known = learned(plan_rows(tmp_path, rows, official_ledger()), "甲快递", 1)
    nameless = [row if not row[0].startswith("填报单位") else ["", *row[1:]] for row in rows]
    plan = with_profile(tmp_path, nameless, known)
    assert plan.enterprise_id == 1
    assert "--company" in only(plan, "COMPANY_BY_PROFILE").on_command_line
    chosen = with_profile(tmp_path, nameless, known, options=ImportOptions(profile="甲快递"))
    assert chosen.enterprise_id == 1
    assert "COMPANY_BY_PROFILE" not in codes(chosen)
    assert any("按方案“甲快递”" in ground for ground in chosen.grounds)


def test_a_layout_that_two_companies_share_names_neither(tmp_path: Path) -> None:
    rows = official_table()
    plan = plan_rows(tmp_path, rows, official_ledger())
    nameless = [row if not row[0].startswith("填报单位") else ["", *row[1:]] for row in rows]
    asked = with_profile(tmp_path, nameless, learned(plan, "甲快递", 1), learned(plan, "乙快递", 2, 2))
    assert asked.enterprise_id is None
    assert "--company" in only(asked, "COMPANY_MISSING").on_command_line


def test_another_companys_profile_is_not_used(tmp_path: Path) -> None:
    rows = official_table()
    plan = plan_rows(tmp_path, rows, official_ledger())
    named = with_profile(tmp_path, rows, learned(plan, "乙快递", 2))
    assert (named.enterprise_id, named.profile) == (1, "")


def test_profiles_that_contradict_each_other_are_asked(tmp_path: Path, profile: MappingProfile) -> None:
    odd = [*MARKET_HEAD, "甲数"]
    rows = [["2021年5月汇总表"], ["单位：件、元"], odd, ["1", "", *ROW[2:], "5"]]
    one = replace(
        profile, layout=replace(profile.layout, columns=(*profile.layout.columns, ProfileColumn("甲数", "投递量 · 件")))
    )
    two = replace(
        one,
        id=2,
        name="丙快递",
        enterprise_id=3,
        layout=replace(profile.layout, columns=(*profile.layout.columns, ProfileColumn("甲数", "有效申诉量 · 件"))),
    )
    issue = only(with_profile(tmp_path, rows, one, two), "ASK_PROFILE")
    assert "丁快递" in issue.message
    assert "丙快递" in issue.message
    assert "--profile" in issue.on_command_line


def test_an_unknown_profile_is_said(tmp_path: Path, profile: MappingProfile) -> None:
    plan = with_profile(tmp_path, market_table(ROW), profile, options=ImportOptions(profile="戊"))
    assert "丁快递" in only(plan, "PROFILE_UNKNOWN").suggestion


def test_layouts_of_other_tables_are_not_alike(profile: MappingProfile) -> None:
    heads = ["代码", "建制村", "乡镇", "示例甲", "示例乙"]
    assert match(profile, heads, [True] * 5).likeness < 0.2


def test_profiles_travel_as_a_file(profile: MappingProfile) -> None:
    (back,) = from_file(to_file([profile]))
    assert back == replace(profile, id=0, enterprise_id=None)
    assert load_layout(dump_layout(profile.layout)) == profile.layout


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "别的", "version": 1, "profiles": []}', "不是"])
def test_other_files_are_no_profiles(text: str) -> None:
    with pytest.raises(UserError, match="方案"):
        from_file(text)


def test_learning_again_keeps_what_is_settled() -> None:
    old = Layout((ProfileColumn("票数", "快递业务量 · 件", fixed=True), ProfileColumn("旧", "跳过")), unit="元")
    new = Layout((ProfileColumn("票数", "跳过"), ProfileColumn("新", "企业")), unit="元")
    again = merged(old, new)
    assert again.columns == (ProfileColumn("票数", "快递业务量 · 件", fixed=True), ProfileColumn("新", "企业"))
    assert merged(old, new, ["票数"]).columns == new.columns, "the clerk has let go of it"


def test_a_settled_unit_does_not_outlive_the_files_change_of_units() -> None:
    """Settled as 件 under “单位：件”; the company then writes 万件: the file is believed, and so it is learned."""
    old = Layout((ProfileColumn("票数", "快递业务量 · 件", fixed=True),), unit="件")
    read = Layout((ProfileColumn("票数", "快递业务量 · 万件"),), unit="万件")
    assert merged(old, read).columns == (ProfileColumn("票数", "快递业务量 · 万件", fixed=True),)
    headed = Layout((ProfileColumn("票数（万件）", "快递业务量 · 万件"),), unit="件")
    assert merged(old, headed).columns == (ProfileColumn("票数（万件）", "快递业务量 · 万件", fixed=True),)


def test_the_code_of_a_template_is_read_back_and_not_believed_when_changed() -> None:
    code = TemplateCode("FORM.2.1", "示例丙快递有限公司", Month(2021, 3), "220281000000")
    assert read_code(code.rows()) == code
    changed = [(name, "示例甲快递有限公司" if name == "企业" else value) for name, value in code.rows()]
    assert read_code(changed) is None
    assert read_code([("别的", "1")]) is None


def test_ten_files_at_once_sort_themselves(tmp_path: Path) -> None:
    """Company, month and kind of each come from what stands in it, with a sentence why."""
    letters = "甲乙丙丁"
    for month in ("2021年4月", "2021年5月"):
        for number, letter in enumerate(letters, start=1):
            plan = plan_rows(tmp_path, official_table(month, f"示例{letter}快递有限公司"), name=f"{number}{month}.csv")
            assert (plan.kind, plan.enterprise_id) == (FileKind.OFFICIAL_FORM, number)
            assert plan.month is not None
            assert plan.month.label == month
            assert next(g.partition("：")[0] for g in plan.grounds if "：" in g) == "种类"
            assert any(g.startswith("企业：") for g in plan.grounds)
            assert any(g.startswith("月份：") for g in plan.grounds)
