"""网点名录: recognised by its heads, read with states, and asked about where it is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.importing.kinds.outlet_cells import kind_in, read_filing, read_flag, read_kind
from desktop_app.importing.outlet_plan import KnownOutlet
from desktop_app.importing.plan import FileKind, ImportContext, ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from desktop_app.importing.profiles import MappingProfile, ProfileColumn, layout_of
from desktop_app.models.values import Flag, Month, OutletKind
from tests.importing.makers import Rows, codes, context, only, plan_rows, save, xlsx_bytes

HEAD = (
    *("备案编号", "网点名称", "网点类型", "企业名称", "乡镇", "建制村", "地址", "绿色网点", "回收装置", "标准化"),
    *("格口数", "开办日期", "停办日期"),
)
TERMINAL = (
    *("0220281001", "示例甲白石山一店", "末端网点", "示例甲快递有限公司", "白石山镇", "", "示例路1号", "是", "√", ""),
    *("", "2019-03-05", ""),
)
LOCKER = ("", "民主街道快件箱01组", "智能快件箱（组）", "", "民主街道", "", "", "/", "无", "", "84", "", "")


def changed(row: Sequence[str], **cells: str) -> list[str]:
    """A row with other cells, by head."""
    return [cells.get(head, cell) for head, cell in zip(HEAD, row, strict=True)]


def planned(folder: Path, *rows: Sequence[str], options: ImportOptions | None = None) -> ImportPlan:
    return plan_rows(folder, [HEAD, *rows], options=options, name="a.csv")


def with_context(folder: Path, rows: Rows, known: ImportContext, options: ImportOptions | None = None) -> ImportPlan:
    return plan_import(save(folder, "b.csv", rows), known, options or ImportOptions())


def test_an_outlet_list_is_known_by_its_heads(tmp_path: Path) -> None:
    plan = planned(tmp_path, TERMINAL, LOCKER)
    assert (plan.kind, plan.kind.label, codes(plan)) == (FileKind.OUTLETS, "网点名录", [])
    assert (plan.counts.accepted, plan.totals, plan.month) == (2, {"OUTLETS": 2}, None)
    shop, locker = plan.outlets
    assert (shop.enterprise_id, shop.kind, shop.filing_no) == (1, OutletKind.TERMINAL, "0220281001")
    assert (shop.region_code, shop.opened, shop.closed) == ("220281100000", Month(2019, 3), None)
    assert (shop.green, shop.recycling, shop.standardised) == (Flag.YES, Flag.YES, Flag.MISSING)
    assert (locker.enterprise_id, locker.kind, locker.cells) == (None, OutletKind.LOCKERS, 84)
    assert (locker.green, locker.recycling) == (Flag.NOT_APPLICABLE, Flag.NO)
    assert plan.grounds[0].startswith("种类：网点名录（有网点名称")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (("末端网点", "网点类别", "备案号", "品牌", "位置"), ("甲一店", "末端网点", "01", "示例甲", "示例路")),
        (("序号", "名称", "类型", "所属企业", "格口"), ("1", "一号柜", "快递柜", "甲快递", "60")),
        (("网点名称", "企业", "村", "是否绿色网点", "有无回收装置"), ("甲店", "甲快递", "金星村", "是", "否")),
    ],
)
def test_outlet_lists_of_other_heads(tmp_path: Path, head: Sequence[str], row: Sequence[str]) -> None:
    plan = plan_rows(tmp_path, [["蛟河市末端网点备案名录"], head, row])
    assert (plan.kind, codes(plan), len(plan.outlets)) == (FileKind.OUTLETS, [], 1)
    assert plan.outlets[0].enterprise_id == 1


def test_other_tables_stay_what_they_are(tmp_path: Path) -> None:
    village: Rows = [["2021年5月"], ["建制村", "乡镇", "品牌", "进村方式", "站点名称", "地址"]]
    village = [*village, ["金星村", "民主街道", "示例甲", "直投", "金星站", "示例路"]]
    assert plan_rows(tmp_path, village).kind is FileKind.COVERAGE
    counts: Rows = [
        ["2021年5月"],
        ["企业名称", "备案网点", "设回收装置备案网点", "绿色网点数"],
        ["甲快递", "5", "3", "1"],
    ]
    assert plan_rows(tmp_path, counts).kind is FileKind.GREEN
    companies: Rows = [
        ["企业名称", "统一社会信用代码", "许可证号", "类型", "地址"],
        ["甲公司", "", "1", "直营企业", "路"],
    ]
    assert plan_rows(tmp_path, companies).kind is FileKind.ENTERPRISES
    branches: Rows = [["名称", "统一社会信用代码", "许可证号", "类型"], ["示例甲快递蛟河分公司", "", "1", "分支机构"]]
    assert plan_rows(tmp_path, branches).kind is FileKind.ENTERPRISES


def test_place_by_code_by_village_and_by_town(tmp_path: Path) -> None:
    head = [*HEAD, "区划代码"]
    rows = [
        [*changed(TERMINAL, 备案编号="1", 网点名称="一", 乡镇="", 建制村=""), "220281201202"],
        [*changed(TERMINAL, 备案编号="2", 网点名称="二", 乡镇="前进", 建制村="红星村委会"), ""],
        [*changed(TERMINAL, 备案编号="3", 网点名称="三", 乡镇="前进乡", 建制村="—"), ""],
        [*changed(TERMINAL, 备案编号="4", 网点名称="四", 乡镇="", 建制村=""), "220281100000"],
        [*changed(TERMINAL, 备案编号="5", 网点名称="五", 乡镇="", 建制村=""), ""],
    ]
    plan = plan_rows(tmp_path, [head, *rows])
    assert codes(plan) == []
    places = ["220281201202", "220281201201", "220281201000", "220281100000", ""]
    assert [outlet.region_code for outlet in plan.outlets] == places


@pytest.mark.parametrize(
    ("cells", "code", "said"),
    [
        ({"网点类型": "小卖部"}, "KIND_UNKNOWN", "末端网点"),
        ({"网点类型": ""}, "KIND_UNKNOWN", "快件箱组"),
        ({"网点名称": ""}, "NAME_MISSING", "名称"),
        ({"企业名称": "示例寅快递有限公司"}, "UNKNOWN_COMPANY", "企业名录文件"),
        ({"企业名称": ""}, "COMPANY_MISSING", "村级站"),
        ({"建制村": "红星村", "乡镇": ""}, "VILLAGE_AMBIGUOUS", "乡镇"),
        ({"建制村": "银星村"}, "UNKNOWN_VILLAGE", "核对"),
        ({"乡镇": "黑石山镇"}, "UNKNOWN_TOWN", "白石山镇"),
        ({"绿色网点": "大概"}, "FLAG_UNKNOWN", "留空"),
        ({"格口数": "很多"}, "NOT_A_NUMBER", "84"),
        ({"开办日期": "去年"}, "DATE_UNREADABLE", "2020-03-01"),
        ({"停办日期": "2018-01-01"}, "DATES_CROSSED", "日期"),
        ({"备案编号": "2.2E+11"}, "CODE_LOST", "文本"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_the_row_is_rejected(
    tmp_path: Path, cells: dict[str, str], code: str, said: str
) -> None:
    plan = planned(tmp_path, changed(TERMINAL, **cells), LOCKER)
    issue = only(plan, code)
    assert (issue.row, plan.counts.rejected, len(plan.outlets)) == (2, 1, 1)
    assert said in issue.suggestion


def test_doubles_within_a_company_are_refused_and_between_companies_are_not(tmp_path: Path) -> None:
    other = changed(TERMINAL, 企业名称="示例乙快递有限公司")
    assert codes(planned(tmp_path, TERMINAL, other)) == []
    assert "名称与第2行" in only(planned(tmp_path, TERMINAL, changed(TERMINAL, 备案编号="9")), "DUPLICATE_ROW").message
    number = only(planned(tmp_path, TERMINAL, changed(TERMINAL, 网点名称="二店")), "DUPLICATE_ROW")
    assert "备案编号与第2行" in number.message
    assert number.row == 3


def test_the_ledgers_own_outlets_are_compared(tmp_path: Path) -> None:
    known = replace(context(), outlets=(KnownOutlet(1, "示例甲老店", "0220281001"), KnownOutlet(1, "二店", "077")))
    renamed = with_context(tmp_path, [HEAD, TERMINAL], known)
    assert "按改名记" in only(renamed, "OUTLET_RENAMED").message
    moved = with_context(tmp_path, [HEAD, changed(TERMINAL, 备案编号="088", 网点名称="二店")], known)
    assert "077" in only(moved, "FILING_CHANGED").message
    taken = with_context(tmp_path, [HEAD, changed(TERMINAL, 网点名称="二店")], known)
    assert "示例甲老店" in only(taken, "FILING_TAKEN").message
    assert taken.outlets == ()


def test_a_name_written_a_little_otherwise_is_the_ledgers(tmp_path: Path) -> None:
    known = replace(context(), outlets=(KnownOutlet(1, "甲店（一）", "01", Month(2020, 1)),))
    plan = with_context(tmp_path, [HEAD, changed(TERMINAL, 网点名称="甲店(一)", 备案编号="")], known)
    assert (codes(plan), [outlet.name for outlet in plan.outlets]) == ([], ["甲店（一）"])
    twice = [changed(TERMINAL, 网点名称="甲店(一)", 备案编号=""), changed(TERMINAL, 网点名称="甲新店", 备案编号="01")]
    issue = only(with_context(tmp_path, [HEAD, *twice], known), "DUPLICATE_ROW")
    assert (issue.row, "第2行" in issue.message) == (3, True)
    early = changed(TERMINAL, 备案编号="01", 网点名称="甲店（一）", 开办日期="", 停办日期="2019-12-01")
    assert "2020年1月" in only(with_context(tmp_path, [HEAD, early], known), "DATES_CROSSED").message


def test_one_company_of_a_list_on_request(tmp_path: Path) -> None:
    other = changed(TERMINAL, 企业名称="示例乙快递有限公司")
    plan = planned(tmp_path, TERMINAL, other, LOCKER, options=ImportOptions(company="示例乙"))
    assert [outlet.enterprise_id for outlet in plan.outlets] == [2]
    assert (plan.counts.accepted, plan.counts.skipped, plan.enterprise_id) == (1, 2, 2)


def test_the_company_may_stand_in_the_title_or_is_asked(tmp_path: Path) -> None:
    head, row = ("网点名称", "网点类型", "备案编号", "地址"), ("一店", "末端网点", "007", "示例路")
    told = plan_rows(tmp_path, [["示例丙快递有限公司网点名录"], head, row], name="a.csv")
    assert (told.outlets[0].enterprise_id, told.outlets[0].filing_no) == (3, "007")
    assert any(g.startswith("企业：示例丙快递有限公司（表题") for g in told.grounds)
    asked = plan_rows(tmp_path, [head, row], name="a.csv")
    assert "--company" in only(asked, "COMPANY_MISSING").on_command_line
    nobodys = plan_rows(tmp_path, [head, ("一站", "公共服务站", "", "示例路")], name="a.csv")
    assert (codes(nobodys), nobodys.outlets[0].enterprise_id) == ([], None)
    assert any("不属于哪一家企业" in ground for ground in nobodys.grounds)


def test_a_list_of_one_kind_says_so_in_its_title_or_is_asked(tmp_path: Path) -> None:
    head, row = ("网点名称", "企业", "备案编号", "绿色网点"), ("一店", "甲快递", "007", "是")
    told = plan_rows(tmp_path, [["蛟河市快递末端网点备案名录"], head, row])
    assert told.outlets[0].kind is OutletKind.TERMINAL
    assert any("表题写明" in ground for ground in told.grounds)
    assert "分支机构" in only(plan_rows(tmp_path, [head, row]), "MISSING_COLUMN").suggestion


def test_zeros_that_a_spreadsheet_took_are_put_back_and_asked_about(tmp_path: Path) -> None:
    rows = [changed(TERMINAL, 网点名称=f"{n}店", 备案编号=f"022028{n:04d}") for n in range(1, 5)]
    rows.append(changed(TERMINAL, 网点名称="五店", 备案编号="220280005"))
    plan = planned(tmp_path, *rows)
    issue = only(plan, "CODE_RESTORED")
    assert (issue.row, issue.value) == (6, "220280005")
    assert "0220280005" in issue.message
    assert plan.outlets[-1].filing_no == "0220280005"


def test_one_neighbour_or_the_register_proves_that_a_zero_is_lost(tmp_path: Path) -> None:
    whole = changed(TERMINAL, 网点名称="一店", 备案编号="022028109999")
    short = changed(TERMINAL, 网点名称="二店", 备案编号="22028109998")
    assert planned(tmp_path, whole, short).outlets[1].filing_no == "022028109998"
    alone = planned(tmp_path, short)
    assert (codes(alone), alone.outlets[0].filing_no) == ([], "22028109998")
    registered = replace(context(), outlets=(KnownOutlet(1, "二店", "022028109998"),))
    plan = with_context(tmp_path, [HEAD, short], registered)
    assert (codes(plan), plan.outlets[0].filing_no) == (["CODE_RESTORED"], "022028109998")
    other = changed(TERMINAL, 网点名称="二店", 备案编号="33028109998")
    assert codes(planned(tmp_path, whole, other)) == []


def test_an_outlet_that_is_said_to_be_closed_needs_its_date(tmp_path: Path) -> None:
    rows: Rows = [[*HEAD, "状态"], [*TERMINAL, "已注销"], [*changed(TERMINAL, 备案编号="2", 网点名称="二店"), "正常"]]
    issue = only(plan_rows(tmp_path, rows), "CLOSED_UNDATED")
    assert issue.row == 2
    dated: Rows = [[*HEAD, "状态"], [*changed(TERMINAL, 停办日期="2021-02-01"), "已注销"]]
    plan = plan_rows(tmp_path, dated)
    assert (codes(plan), plan.outlets[0].closed) == ([], Month(2021, 2))


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        *[(word, Flag.YES) for word in ("是", "√", "有", "已配备", "1", "Y", "２")],
        *[(word, Flag.NO) for word in ("否", "×", "无", "0", "未设置", "没有")],
        *[(word, Flag.NOT_APPLICABLE) for word in ("/", "不适用", "—")],
        *[(word, Flag.MISSING) for word in ("未报", "不详", "…")],
    ],
)
def test_flags_have_four_states(text: str, flag: Flag) -> None:
    read = read_flag(text)
    assert read is not None
    assert read[0] is flag


def test_words_of_kinds_and_filing_numbers() -> None:
    assert read_kind("村级寄递物流综合服务站") is OutletKind.VILLAGE
    assert read_kind("末端公共服务站（住宅）") is OutletKind.PUBLIC
    assert read_kind("驿站") is None
    assert kind_in("智能快件箱名录") is OutletKind.LOCKERS
    assert kind_in("分支机构和末端网点名录") is None
    assert read_filing("０２２０") == ("0220", "全角字符", "")
    assert read_filing('="0220"')[0] == "0220"
    assert read_filing("0220.0")[0] == "0220"
    assert read_filing("吉邮备〔2020〕007号")[0] == "吉邮备〔2020〕007号"
    assert read_filing("—") == ("", "", "")
    assert "15 位" in read_filing("220281000000001000")[2]


# --------------------------------------------------------------------------------------------------- profiles


def learned(folder: Path, name: str = "丙网点", owner: int | None = None, number: int = 1) -> MappingProfile:
    plan = planned(folder, TERMINAL, LOCKER)
    return MappingProfile(number, name, owner, "", plan.kind, layout_of(plan))


def test_a_profile_survives_moved_added_and_renamed_columns(tmp_path: Path) -> None:
    profile = learned(tmp_path)
    plain = planned(tmp_path, TERMINAL, LOCKER).outlets
    order = [3, 1, 0, 2, 6, 5, 4, 9, 8, 7, 12, 11, 10]
    heads = [HEAD[c] for c in order]
    heads[heads.index("格口数")] = "箱体格口数目"
    heads[heads.index("回收装置")] = "回收装置情况"
    rows: Rows = [[*heads, "备注"], *([*(row[c] for c in order), "补"] for row in (TERMINAL, LOCKER))]
    plan = with_context(tmp_path, rows, replace(context(), profiles=(profile,)))
    assert (codes(plan), plan.profile, plan.outlets) == ([], "丙网点", plain)
    assert any("列“箱体格口数目”按方案“丙网点”读作 格口数" in ground for ground in plan.grounds)
    without = with_context(tmp_path, rows, context())
    assert without.outlets[1].cells is None


def test_a_strange_column_where_the_profile_knows_one_is_asked(tmp_path: Path) -> None:
    heads = [*HEAD]
    heads[8] = "戊己"
    plan = with_context(tmp_path, [heads, TERMINAL], replace(context(), profiles=(learned(tmp_path),)))
    issue = only(plan, "ASK_COLUMN")
    assert "戊己" in issue.message
    assert "回收装置" in issue.message


def test_profiles_that_contradict_each_other_are_asked(tmp_path: Path) -> None:
    """Two companies' layouts with the same odd head of another meaning each: neither is taken."""
    one = learned(tmp_path, "甲网点", 1)
    odd = [ProfileColumn("达标情况", "绿色网点"), ProfileColumn("达标情况", "标准化")]
    known = [
        replace(
            one, id=n, enterprise_id=n, name=name, layout=replace(one.layout, columns=(*one.layout.columns, column))
        )
        for n, name, column in zip((1, 2), ("甲网点", "乙网点"), odd, strict=True)
    ]
    rows: Rows = [[*HEAD, "达标情况"], [*changed(LOCKER), "是"]]
    issue = only(with_context(tmp_path, rows, replace(context(), profiles=tuple(known))), "ASK_PROFILE")
    assert "甲网点" in issue.message
    assert "乙网点" in issue.message


def test_a_workbook_keeps_the_zeros(tmp_path: Path) -> None:
    """The same list as a workbook, where numbers are text and keep their zeros."""
    plan = plan_import(save(tmp_path, "c.xlsx", xlsx_bytes([HEAD, TERMINAL])), context(), ImportOptions())
    assert (plan.kind, plan.outlets[0].filing_no) == (FileKind.OUTLETS, "0220281001")
