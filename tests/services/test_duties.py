"""谁已报, 谁未报: the six standings of a company, and what 总览 makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import CellState, Month, Period
from desktop_app.services import imports
from desktop_app.services.duties import duties
from desktop_app.services.figures import figure_report
from desktop_app.services.overview import build_overview
from desktop_app.services.reports import make_report
from desktop_app.services.results.overview import DutyRow, Overview
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, MARCH_FILES, REASON, brought, written

FEBRUARY = Month(2021, 2)
HEAD = "企业名称,同城业务量（件）,异地业务量（件）,国际/港澳台业务量（件）,快递业务量合计（件）\n"


def row_of(ledger: Ledger, name: str, month: Month = MARCH) -> DutyRow:
    return next(row for row in duties(ledger, month) if row.enterprise == name)


def sheet(folder: Path, month: str, *lines: str, name: str = "表.csv", status: str = "") -> Path:
    title = f"蛟河市{month}企业业务量汇总表{status}\n"
    return written(folder, name, title + HEAD + "".join(f"{line}\n" for line in lines))


def returned(ledger: Ledger, file: Path, reason: str = "分项之和不等于合计") -> int:
    return imports.return_file(ledger, imports.preview_file(ledger, file, ImportOptions()), reason)


def test_the_demo_month(county: Ledger) -> None:
    rows = duties(county, MARCH)
    assert {row.enterprise: row.state for row in rows} == {
        **{f"示例{name}快递": "已报" for name in "甲乙丙丁戊辛壬子丑"},
        "示例己快递": "未报",
        "示例庚快递": "零报",
        "示例癸快递": "未报",
    }
    assert row_of(county, "示例甲快递").volume == "182,304"
    assert row_of(county, "示例甲快递").yoy == "+25.2%"
    assert row_of(county, "示例甲快递").problem == "快报"
    assert row_of(county, "示例丙快递").problem.startswith(
        "已说明：示例丙快递 快递业务量本月 98,120 件，同比增长 87.8%"
    )
    assert (row_of(county, "示例庚快递").volume, row_of(county, "示例庚快递").yoy) == ("0", "−100.0%")
    assert (row_of(county, "示例己快递").volume, row_of(county, "示例己快递").yoy) == ("未报", "—")
    assert row_of(county, "示例己快递").problem == "截止 4月8日"
    assert row_of(county, "示例己快递").batches == ()


def test_a_figure_that_came_late_is_reported_not_corrected(county: Ledger) -> None:
    assert row_of(county, "示例辛快递", Month(2020, 2)).state == "已报"
    assert row_of(county, "示例己快递", Month(2020, 8)).state == "已报"


def test_a_corrected_month_says_its_version(county: Ledger) -> None:
    row = row_of(county, "示例乙快递", Month(2021, 9))
    assert row.state == "更正"
    assert row.problem.startswith("第2版")


def test_a_monthly_report_after_the_flash_is_no_correction(spring: Ledger) -> None:
    assert brought(spring, MARCH_FILES / "甲_202103.xlsx").outcome.value == "committed"
    row = row_of(spring, "示例甲快递")
    assert (row.state, row.problem) == ("已报", "")


def test_nobody_has_reported_an_empty_month(fresh: Ledger) -> None:
    assert {row.state for row in duties(fresh, MARCH)} == {"未报"}
    assert len(duties(fresh, MARCH)) == 12


def test_not_applicable_is_not_lacking(fresh: Ledger, tmp_path: Path) -> None:
    file = sheet(tmp_path, "2021年3月", "示例甲快递有限公司,1,2,3,6", "示例乙快递有限公司,不适用,不适用,不适用,不适用")
    assert brought(fresh, file).outcome.value == "committed"
    assert [row_of(fresh, f"示例{name}快递").state for name in "甲乙丙"] == ["已报", "不适用", "未报"]
    figure = figure_report(fresh, "MKT.VOL", Period.of_month(MARCH)).figure
    assert figure.completeness.words == "11 家中 10 家未报"


def test_a_returned_file_counts_for_nothing_and_is_waited_for(fresh: Ledger) -> None:
    batch = returned(fresh, MARCH_FILES / "丁快递3月.csv")
    row = row_of(fresh, "示例丁快递")
    assert (row.state, row.volume, row.yoy, row.problem) == ("退回", "—", "—", "分项之和不等于合计")
    rows = figure_report(fresh, "MKT.VOL", Period.of_month(MARCH), by="enterprise").rows
    assert next(r for r in rows if r.name == "示例丁快递").state is CellState.RETURNED
    assert [b.state_label for b in imports.list_batches(fresh) if b.id == batch] == ["已退回"]
    alarms = build_overview(fresh, MARCH).alarms
    assert ("退回", "1 家企业退回待重报", "示例丁快递") in [(a.word, a.text, a.detail) for a in alarms]


def test_the_corrected_file_ends_the_return_everywhere(fresh: Ledger) -> None:
    returned(fresh, MARCH_FILES / "丁快递3月.csv")
    assert brought(fresh, MARCH_FILES / "更正件" / "丁快递3月.csv").outcome.value == "committed"
    assert row_of(fresh, "示例丁快递").state == "已报"
    rows = {
        code: figure_report(fresh, code, Period.of_month(MARCH), by="enterprise").rows
        for code in ("MKT.VOL", "NET.STAFF")
    }
    states = {code: next(r.state for r in found if r.name == "示例丁快递") for code, found in rows.items()}
    assert states == {"MKT.VOL": CellState.VALUE, "NET.STAFF": CellState.MISSING}


def test_a_return_after_the_flash_is_shown_while_the_flash_still_counts(spring: Ledger, tmp_path: Path) -> None:
    before = figure_report(spring, "MKT.VOL", Period.of_month(MARCH)).figure.value
    returned(spring, MARCH_FILES / "丁快递3月.csv")
    row = row_of(spring, "示例丁快递")
    assert (row.state, row.volume) == ("退回", "35,391")
    assert row.problem == "分项之和不等于合计；合计暂用此前所报的快报数"
    assert figure_report(spring, "MKT.VOL", Period.of_month(MARCH)).figure.value == before
    made = make_report(spring, "monthly", Period.of_month(MARCH), "pdf", "internal", tmp_path / "月报.pdf")
    assert ("退回", "1 家退回，合计暂用此前所报的数", "示例丁快递") in [
        (r.word, r.text, r.detail) for r in made.remarks
    ]


def test_a_green_sheet_sent_back_leaves_the_monthly_report_alone(fresh: Ledger, tmp_path: Path) -> None:
    text = "2021年3月绿色包装情况表\n企业名称,瘦身胶带封装件数,胶带封装件数\n示例甲快递有限公司,90,100\n"
    returned(fresh, written(tmp_path, "绿色.csv", text))
    assert row_of(fresh, "示例甲快递").state == "未报"


def test_returning_wants_a_reason_and_a_known_company(fresh: Ledger) -> None:
    preview = imports.preview_file(fresh, MARCH_FILES / "丁快递3月.csv", ImportOptions())
    with pytest.raises(UserError, match="退回要写明原因"):
        imports.return_file(fresh, preview, "  ")
    unknown = imports.preview_file(fresh, MARCH_FILES / "无此企业.csv", ImportOptions())
    with pytest.raises(UserError, match="认不出这是哪家企业"):
        imports.return_file(fresh, unknown, REASON)
    assert imports.list_batches(fresh)[0].state_label == "已入库"


# ----------------------------------------------------------------------------------------------- 总览


def steps(overview: Overview) -> list[tuple[str, str, str]]:
    return [(step.title, step.detail, step.state) for step in overview.steps]


def test_the_checklist_of_the_demo_month(county: Ledger) -> None:
    overview = build_overview(county, MARCH)
    assert steps(overview) == [
        ("收表", "12 家中 10 家已报", "now"),
        ("审核", "8 家为快报；2 份有说明", "now"),
        ("打印", "3月月报可以打印", "todo"),
        ("备份", "还没有备份过", "todo"),
    ]
    assert overview.due_label == "4月8日"
    assert overview.empty_reason == ""
    assert [(alarm.word, alarm.text, alarm.detail) for alarm in overview.alarms[:2]] == [
        (
            "回退",
            "黄松甸镇 3 个村失去快递服务",
            "自 2021-02 起：南顶子村（示例丙）、沙河掌村（示例丙）、进步站村（示例丙）",
        ),
        ("未报", "2 家企业未报 3月数据", "示例己快递、示例癸快递；截止 4月8日"),
    ]


def test_a_complete_month_can_be_printed(county: Ledger) -> None:
    found = steps(build_overview(county, Month(2021, 10)))
    assert found[:3] == [
        ("收表", "12 家中 12 家已报", "done"),
        ("审核", "没有待处理的问题", "done"),
        ("打印", "10月月报可以打印", "now"),
    ]


def test_a_month_without_reports_asks_for_nothing_but_the_reports(county: Ledger) -> None:
    overview = build_overview(county, Month(2022, 1))
    assert [step.state for step in overview.steps[:3]] == ["now", "todo", "todo"]
    assert overview.steps[0].detail == "12 家中 0 家已报"
    assert {kpi.text for kpi in overview.kpis if kpi.code != "RUR.REACH"} == {"未报"}
    assert not [alarm for alarm in overview.alarms if alarm.word == "未报"]


def test_key_figures_of_the_demo_month(county: Ledger) -> None:
    cards = {kpi.code: kpi for kpi in build_overview(county, MARCH).kpis}
    volume, reach, complaints = cards["MKT.VOL"], cards["RUR.REACH"], cards["SVC.CMPLRATE"]
    assert (volume.text, volume.unit, volume.change) == ("62.84", "万件", "▲ 同比 18.6%")
    assert volume.footnote == "12 家中 2 家未报"
    assert (reach.text, reach.aside, reach.change) == ("86.3", "221/256 村", "▲ 同比 16.4个百分点")
    assert complaints.change_tone.value == "good"  # fewer complaints are better
    assert cards["MKT.REV"].aside == "单价 13.99 元"


def test_an_empty_ledger_says_what_comes_first(fresh: Ledger) -> None:
    overview = build_overview(fresh, MARCH)
    assert overview.empty_reason == "名录已齐。请到“数据导入”放入本月各企业的报表。"
    assert {kpi.text for kpi in overview.kpis} <= {"未报"}
    assert overview.alarms == ()
    assert overview.chart.reason


def test_growth_beyond_the_limit_is_an_alarm(county: Ledger) -> None:
    words = [alarm.text for alarm in build_overview(county, Month(2021, 12)).alarms]
    assert "示例己快递业务量同比 +30.7%" in words


def test_a_cumulation_alone_is_no_report_of_the_month(spring: Ledger, tmp_path: Path) -> None:
    """The month that can be worked out of it is shown neither as a volume nor as growth beside 未报."""
    lines = "期间,企业,指标,数值,单位\n2021年1—4月,示例乙快递,快递业务量,9000000,件\n"
    assert brought(spring, written(tmp_path, "累计.csv", lines)).outcome.value == "committed"
    row = row_of(spring, "示例乙快递", Month(2021, 4))
    assert (row.state, row.volume, row.yoy) == ("未报", "未报", "—")
