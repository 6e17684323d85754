"""旺季日报: entered, imported, corrected, taken back; peak, multiple and rate of delivery."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.errors import UserError
from desktop_app.models.values import DailyItem, Month, Period
from desktop_app.services import daily
from desktop_app.services.entry import enter
from desktop_app.services.figures import figure_report
from desktop_app.services.results.daily import DailyEntry, DailySheet
from desktop_app.services.results.entry import CellKey, TypedCell
from desktop_app.services.results.tracing import DAY, FigureAddress
from desktop_app.services.tracing import trace_figure
from desktop_app.storage import audit
from desktop_app.storage.batches import read_evidence
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger

ELEVENTH = date(2020, 11, 11)


def entry(day: int, who: int, value: int | None, item: DailyItem = DailyItem.COLLECTED) -> DailyEntry:
    return DailyEntry(date(2020, 11, day), who, item, value)


def kpi(sheet: DailySheet, name: str) -> str:
    return next(each.text for each in sheet.kpis if each.name == name)


def row_of(sheet: DailySheet, day: int) -> tuple[str, ...]:
    return next(tuple(cell.text for cell in row.cells) for row in sheet.rows if row.day and row.day.day == day)


def test_without_figures_the_sheet_says_why(own_county: Ledger) -> None:
    sheet = daily.daily_sheet(own_county, 2020)
    assert "还没有日报" in sheet.reason
    assert sheet.chart.empty
    assert sheet.chart.reason == sheet.reason
    assert len(sheet.rows) == 19


def test_sums_say_who_is_lacking_and_a_zero_is_a_value(own_county: Ledger) -> None:
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000), entry(11, 2, 0), entry(1, 1, 20_000)])
    sheet = daily.daily_sheet(own_county, 2020)
    day = next(row for row in sheet.rows if row.day == ELEVENTH)
    assert (day.cells[0].text, day.lacking) == ("60,000", "10 家未报")
    assert row_of(sheet, 2) == ("未报", "未报", "未报")
    assert row_of(daily.daily_sheet(own_county, 2020, 2), 11)[0] == "0"
    assert sheet.rows[0].cells[0].text == "80,000"


def test_the_multiple_is_of_the_same_companies_daily_mean_in_the_third_quarter(own_county: Ledger) -> None:
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000)])
    quarter = figure_report(own_county, "MKT.VOL", Period.parse("2020-Q3"), by="enterprise")
    own = next(row.value for row in quarter.rows if row.key == "1")
    assert own is not None
    expected = f"{round(60_000 / (float(own) / 92), 1)}倍"
    assert kpi(daily.daily_sheet(own_county, 2020), "峰值倍数") == expected
    assert kpi(daily.daily_sheet(own_county, 2020, 1), "峰值倍数") == expected


def test_the_rate_of_delivery_is_a_ratio_of_sums_of_those_who_gave_both(own_county: Ledger) -> None:
    daily.save_days(
        own_county,
        2020,
        [
            entry(11, 1, 1000, DailyItem.DUE),
            entry(11, 1, 950, DailyItem.DELIVERED),
            entry(11, 2, 9000, DailyItem.DUE),
            entry(12, 1, 200, DailyItem.DUE),
            entry(12, 1, 190, DailyItem.DELIVERED),
        ],
    )
    assert kpi(daily.daily_sheet(own_county, 2020), "妥投率") == "95.0%"


def test_growth_is_told_only_of_the_same_companies(own_county: Ledger) -> None:
    daily.save_days(own_county, 2019, [DailyEntry(date(2019, 11, 11), 1, DailyItem.COLLECTED, 50_000)])
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000)])
    assert next(r.yoy_text for r in daily.daily_sheet(own_county, 2020).rows if r.day == ELEVENTH) == "+20.0"
    daily.save_days(own_county, 2020, [entry(11, 2, 5)])
    sheet = daily.daily_sheet(own_county, 2020)
    assert next(r.yoy_text for r in sheet.rows if r.day == ELEVENTH) == "—"
    assert any("不算同比" in note for note in sheet.notes)


def test_a_change_wants_a_reason_and_is_a_new_version_in_the_trail(own_county: Ledger) -> None:
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000)])
    with pytest.raises(UserError, match="写明原因"):
        daily.save_days(own_county, 2020, [entry(11, 1, 61_000)])
    assert daily.save_days(own_county, 2020, [entry(11, 1, 61_000)], "企业更正") == 1
    assert daily.save_days(own_county, 2020, [entry(11, 1, 61_000)]) == 0, "the same once more is no version"
    with own_county.read() as session:
        newest = audit.events(session, action=daily.ACTION)
        assert len(newest) == 2
        assert "企业更正" in newest[0].detail
        assert audit.verify(session).ok
    assert row_of(daily.daily_sheet(own_county, 2020), 11)[0] == "61,000"


def test_an_entry_is_taken_back_as_a_whole_and_history_stays(own_county: Ledger) -> None:
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000)])
    daily.save_days(own_county, 2020, [entry(11, 1, 61_000), entry(12, 1, 7)], "更正")
    last = daily.daily_sheet(own_county, 2020).last_entry
    assert last is not None
    assert daily.undo_entry(own_county, last) == 2
    sheet = daily.daily_sheet(own_county, 2020)
    assert row_of(sheet, 11)[0] == "60,000"
    assert row_of(sheet, 12)[0] == "未报"
    with pytest.raises(UserError, match="不用撤销"):
        daily.undo_entry(own_county, last)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([entry(19, 1, 5)], "不在 11 月 1 日至 18 日内"),
        ([entry(1, 99, 5)], "没有这家企业"),
        ([entry(1, 1, -5)], "负数"),
        ([entry(1, 1, 5, DailyItem.DUE), entry(1, 1, 6, DailyItem.DELIVERED)], "多于应投"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(own_county: Ledger, wrong: list[DailyEntry], said: str) -> None:
    before = dump_hash(own_county)
    with pytest.raises(UserError, match=said):
        daily.save_days(own_county, 2020, wrong)
    assert dump_hash(own_county) == before


def test_the_indicators_of_the_season_are_the_sums_of_its_days(own_county: Ledger) -> None:
    """旺季业务量、双11当日、倍数、妥投率 in the catalogue are those of the sheet, with who is lacking."""
    year = Period.parse("2020")
    nothing = figure_report(own_county, "OPS.PEAK", year).figure
    assert nothing.value is None
    assert any("旺季日报也没有录入" in note for note in nothing.notes)
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000), entry(11, 2, 1_000), entry(12, 1, 20_000)])
    daily.save_days(own_county, 2020, [entry(11, 1, 1000, DailyItem.DUE), entry(11, 1, 950, DailyItem.DELIVERED)])
    daily.save_days(own_county, 2020, [entry(12, 1, 500, DailyItem.DUE)])
    sheet = daily.daily_sheet(own_county, 2020)
    for period in ("2020-11", "2020-Q4", "2020-H2", "2020"):
        season = figure_report(own_county, "OPS.PEAK", Period.parse(period)).figure
        assert season.value == 81_000
        assert season.completeness.words == "12 家中 10 家未报、2 家缺部分月份"
        assert any("缺部分日子" in note for note in season.notes)
        assert figure_report(own_county, "OPS.PEAK.DAY", Period.parse(period)).figure.value == 61_000
        rate = figure_report(own_county, "OPS.PEAK.RATE", Period.parse(period)).figure
        assert f"{rate.text}%" == kpi(sheet, "妥投率") == "95.0%"
        times = figure_report(own_county, "OPS.PEAK.MULT", Period.parse(period)).figure
        assert f"{times.text}倍" == kpi(sheet, "峰值倍数")
    march = figure_report(own_county, "OPS.PEAK", Period.parse("2021-03")).figure
    assert march.text == "不适用"
    assert any("旺季在每年 11 月" in note for note in march.notes)
    first = figure_report(own_county, "OPS.PEAK", year, by="enterprise").rows[0]
    assert first.key == "1"
    assert first.value == 80_000


def test_what_the_superior_hands_down_goes_before_the_days(own_county: Ledger) -> None:
    november = Period.parse("2020-11")
    daily.save_days(own_county, 2020, [entry(day, who, 100) for day in range(1, 19) for who in range(1, 13)])
    summed = figure_report(own_county, "OPS.PEAK", november).figure
    assert summed.value == 100 * 18 * 12
    assert not summed.completeness.words
    place = "220281000000"
    enter(own_county, [TypedCell(CellKey("OPS.PEAK", "2020-11", place), "2.5")])
    enter(own_county, [TypedCell(CellKey("OPS.PEAK.BASE", "2020-11", place), "0.06")])
    for period in ("2020-11", "2020"):
        assert figure_report(own_county, "OPS.PEAK", Period.parse(period)).figure.value == 25_000
        assert figure_report(own_county, "OPS.PEAK.MULT", Period.parse(period)).figure.value == 2
    assert (
        "录入的旺季比较用的日常量"
        in trace_figure(own_county, FigureAddress(f"{DAY}COLLECTED", "2020-11-11", measure="multiple")).tree[-1].name
    )


def test_a_figure_of_the_season_leads_to_its_days(own_county: Ledger) -> None:
    daily.save_days(own_county, 2020, [entry(11, 1, 60_000), entry(12, 1, 20_000)])
    found = trace_figure(own_county, FigureAddress("OPS.PEAK", "2020-11"))
    company = found.tree[0].children[0]
    address = company.children[0].address
    assert (company.name, company.text) == ("示例甲快递", "8.00万件")
    assert address is not None
    assert trace_figure(own_county, address).text == "80,000件"
    festival = (
        trace_figure(own_county, FigureAddress("OPS.PEAK.DAY", "2020-11")).tree[0].children[0].children[0].address
    )
    assert festival is not None
    assert trace_figure(own_county, festival).text == "60,000件"


def test_key_figures_say_who_and_what_is_lacking(own_county: Ledger) -> None:
    daily.save_days(own_county, 2020, [entry(day, 1, 100) for day in range(1, 19)])
    daily.save_days(own_county, 2020, [entry(11, 2, 5), entry(11, 1, 9, DailyItem.DUE)])
    sheet = daily.daily_sheet(own_county, 2020)
    said = {each.name: each.lacking for each in sheet.kpis}
    assert said == {
        "旺季业务量": "12 家中 10 家未报、1 家缺 17 天",
        "双11当日": "12 家中 10 家未报",
        "最高日": "12 家中 10 家未报",
        "峰值倍数": "12 家中 10 家未报",
        "妥投率": "",
    }
    assert "旺季业务量 0.18万件（12 家中 10 家未报、1 家缺 17 天）" in [each.words for each in sheet.kpis]
    alone = daily.daily_sheet(own_county, 2020, 2)
    assert next(each.lacking for each in alone.kpis if each.name == "旺季业务量") == "18 天中缺 17 天"


# ----------------------------------------------------------------------------------------------- files


def file(folder: Path, text: str, name: str = "日报.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_saved_and_kept_as_evidence(own_county: Ledger, tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "双11日报\n日期,企业名称,收寄量（万件）,应投量,妥投量,妥投率\n"
        "2020-11-11,示例甲快递,6.3,1000,950,95%\n11月12日,示例乙快递,未报,,\n"
        "11月20日,示例甲快递,1,1,1,\n合计,,6.3,1000,950,95%\n",
    )
    plan = daily.read_file(own_county, path, 2020)
    assert [(e.day.day, e.item, e.value, e.row) for e in plan.entries] == [
        (11, DailyItem.COLLECTED, 63_000, 3),
        (11, DailyItem.DUE, 1000, 3),
        (11, DailyItem.DELIVERED, 950, 3),
    ]
    assert plan.skipped == ("第5行：11月20日不在旺季统计期内",)
    assert daily.save_days(own_county, 2020, plan.entries, plan=plan) == 3
    with own_county.read() as session:
        assert read_evidence(session, plan.sha256) == path.read_bytes()
    again = daily.read_file(own_county, path, 2020)
    assert (again.added, again.changes) == (0, 0)


def test_a_workbook_of_one_company_needs_the_company_said(own_county: Ledger, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["日期", "揽收量", "应投", "投递量"],
        [date(2020, 11, 11), 100, 90, 80],
        [date(2020, 11, 12), 50, 40, 40],
    ):
        page.append(row)
    path = tmp_path / "日报.xlsx"
    book.save(path)
    with pytest.raises(UserError, match="先在上面选定企业"):
        daily.read_file(own_county, path, 2020)
    plan = daily.read_file(own_county, path, 2020, 1)
    assert [(e.item, e.value) for e in plan.entries[:3]] == [
        (DailyItem.COLLECTED, 100),
        (DailyItem.DUE, 90),
        (DailyItem.DELIVERED, 80),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("日期,企业,收寄量\n2020-11-11,无此快递,5\n", "第2行：企业“无此快递”不在企业档案里"),
        ("日期,企业,收寄量\n昨天,示例甲快递,5\n", "第2行：日期“昨天”读不懂"),
        ("日期,企业,收寄量\n2020-11-11,示例甲快递,5.5\n", "第2行：收寄“5.5”不是整件数"),
        ("日期,企业,收寄量\n11日,示例甲快递,5\n11日,示例甲快递,6\n", "第2行和第3行是同一天同一企业"),
        ("企业,收寄量\n示例甲快递,5\n", "没有找到表头"),
        ("日期,企业,收寄量（吨）\n11日,示例甲快递,5\n", "单位看不懂"),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_and_says_where(
    own_county: Ledger, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        daily.read_file(own_county, file(tmp_path, text), 2020)
    assert said in refused.value.message


def test_a_file_changed_after_it_was_read_is_not_saved(own_county: Ledger, tmp_path: Path) -> None:
    path = file(tmp_path, "日期,企业,收寄量\n11日,示例甲快递,5\n")
    plan = daily.read_file(own_county, path, 2020)
    file(tmp_path, "日期,企业,收寄量\n11日,示例甲快递,6\n")
    with pytest.raises(UserError, match="被改动"):
        daily.save_days(own_county, 2020, plan.entries, plan=plan)


def test_the_season_of_a_month() -> None:
    assert [daily.season_year(Month(2021, m)) for m in (3, 10, 11, 12)] == [2020, 2020, 2021, 2021]
