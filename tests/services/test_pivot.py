"""Pivot, comparison and ranking on the demo county: every figure is the one that ``indicator`` gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services.compare import compare_board
from desktop_app.services.figures import figure_report
from desktop_app.services.pivot import pivot_board
from desktop_app.services.rankings import rank_board
from desktop_app.services.results.pivot import Axis, CompareView, LineKind, Measure, PivotBoard, PivotLine, Stretch
from desktop_app.services.results.tables import TableSheet
from desktop_app.services.tables import export_table
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, brought, written

TOWNS = "蛟河市2021年3月各乡镇进港量\n乡镇,投递量（件）\n河南街道,1200\n民主街道办事处,900\n合计,2100\n"


def line(board: PivotBoard, kind: LineKind) -> PivotLine:
    return next(each for each in board.table.lines if each.kind is kind)


@pytest.mark.parametrize("code", ["MKT.VOL", "MKT.REV", "MKT.UNITPRICE", "SVC.CMPLRATE", "MKT.HHI", "OPS.IN"])
@pytest.mark.parametrize("stretch", [Stretch.YEAR, Stretch.MONTHS_24, Stretch.QUARTERS])
def test_totals_are_the_figures_of_the_indicator_command(county: Ledger, code: str, stretch: Stretch) -> None:
    board = pivot_board(county, code, MARCH, stretch=stretch)
    growth = pivot_board(county, code, MARCH, stretch=stretch, measure=Measure.YOY)
    for n, key in enumerate(each for each in board.table.keys if each):
        figure = figure_report(county, code, Period.parse(key), with_sources=False).figure
        assert line(board, LineKind.TOTAL).cells[n].text == figure.text, key
        assert line(growth, LineKind.TOTAL).cells[n].value == figure.yoy_pct, key


def test_rows_and_shares_are_those_of_the_breakdown_by_company(county: Ledger) -> None:
    board = pivot_board(county, "MKT.VOL", MARCH, stretch=Stretch.YEAR, measure=Measure.SHARE)
    rows = {row.key: row for row in figure_report(county, "MKT.VOL", Period.of_month(MARCH), by="enterprise").rows}
    for each in board.table.lines:
        if each.kind is LineKind.ROW:
            assert each.cells[2].value == rows[each.key].share_pct, each.name


def test_the_cumulative_column_is_the_years_own(county: Ledger) -> None:
    board = pivot_board(county, "MKT.VOL", MARCH, stretch=Stretch.YEAR)
    assert board.table.heads[-1] == "累计"
    figure = figure_report(county, "MKT.VOL", Period.of_month(MARCH), with_sources=False).figure
    assert line(board, LineKind.TOTAL).cells[-1].text == figure.cumulative_text
    assert line(board, LineKind.NOTE).cells[2].text == "2家未报"
    assert "示例己快递" in line(board, LineKind.NOTE).cells[2].tip


def test_months_before_the_first_figure_are_left_out(county: Ledger) -> None:
    board = pivot_board(county, "MKT.VOL", MARCH, stretch=Stretch.YEARS_10)
    assert board.table.keys[0] == "2020-01"
    assert len(pivot_board(county, "MKT.VOL", Month(2020, 3)).table.keys) >= 12


def test_towns_are_rows_beside_the_county_and_what_is_left_is_told(spring: Ledger, tmp_path: Path) -> None:
    empty = pivot_board(spring, "OPS.IN", MARCH, axis=Axis.TOWN, stretch=Stretch.YEAR)
    assert empty.table.notes[0].startswith("没有按乡镇")
    brought(spring, written(tmp_path, "乡镇.csv", TOWNS))
    board = pivot_board(spring, "OPS.IN", MARCH, axis=Axis.TOWN, stretch=Stretch.YEAR)
    towns = [each for each in board.table.lines if each.kind is LineKind.ROW]
    assert [each.cells[2].exact for each in towns] == [900, 1200]
    whole, rest = line(board, LineKind.TOTAL).cells[2].exact, line(board, LineKind.REST).cells[2].exact
    assert whole is not None
    assert rest == whole - 2100


def test_what_companies_do_not_report_says_so(county: Ledger) -> None:
    board = pivot_board(county, "MKT.HHI", MARCH)
    assert [each.kind for each in board.table.lines if each.kind is LineKind.ROW] == []
    assert any("不按企业" in note for note in board.table.notes)
    with pytest.raises(UserError):
        pivot_board(county, "NO.SUCH", MARCH)


# ----------------------------------------------------------------------------------------------- comparison


def test_an_index_is_100_in_its_base_month_and_follows_the_figures(county: Ledger) -> None:
    board = compare_board(county, ["MKT.VOL", "MKT.REV"], MARCH, base=Month(2021, 1))
    rows = {row.key: row for row in board.rows}
    assert [cell.text for cell in rows["2021-01"].cells] == ["100.0", "100.0"]
    now = figure_report(county, "MKT.VOL", Period.of_month(MARCH)).figure.value
    then = figure_report(county, "MKT.VOL", Period.of_month(Month(2021, 1))).figure.value
    assert now is not None
    assert then is not None
    assert rows["2021-03"].cells[0].value == (now / then * 100).quantize(Decimal("0.1"))


def test_growth_is_that_of_the_table(county: Ledger) -> None:
    board = compare_board(county, ["MKT.VOL"], MARCH, view=CompareView.YOY)
    assert board.rows[-1].cells[0].text == "+18.6"


def test_units_that_differ_are_not_drawn_in_one_picture(county: Ledger) -> None:
    board = compare_board(county, ["MKT.VOL", "MKT.REV"], MARCH, view=CompareView.VALUE)
    assert board.chart.empty
    assert "单位不同" in board.chart.reason
    assert [cell.text for cell in board.rows[-1].cells] == ["62.84", "879.10"]


def test_five_years_of_national_figures(nation: Ledger) -> None:
    board = compare_board(nation, ["MKT.VOL"], Month(2020, 12), months=60, region="000000000000")
    assert 12 < len(board.rows) <= 60
    assert board.base
    assert [row.cells[0].text for row in board.rows if row.key == board.base] == ["100.0"]
    nothing = compare_board(nation, ["MKT.VOL"], Month(2020, 12))
    assert nothing.chart.empty
    assert "没有这些指标的数据" in nothing.chart.reason


def test_more_than_four_are_refused(nation: Ledger) -> None:
    with pytest.raises(UserError, match="4 个指标"):
        compare_board(nation, ["MKT.VOL", "MKT.REV", "MKT.CR8", "MKT.UNITPRICE", "MKT.HHI"], MARCH)


# ----------------------------------------------------------------------------------------------- ranking


def test_places_move_against_last_month_and_last_year(county: Ledger) -> None:
    rows = {row.name: row for row in rank_board(county, "MKT.VOL", MARCH).rows}
    third = rows["示例丙快递"]
    assert (third.rank, third.last_month, third.month_move) == (3, 4, 1)
    absent = rows["示例己快递"]
    assert (absent.rank, absent.month_move, absent.text) == (None, None, "未报")


def test_what_should_be_small_is_ranked_from_the_smallest(county: Ledger) -> None:
    board = rank_board(county, "SVC.CMPLRATE", MARCH)
    if board.rows:
        values = [row.value for row in board.rows if row.value is not None]
        assert values == sorted(values)
        assert "由小到大" in board.notes[0]
    assert rank_board(county, "MKT.VOL", Month(2021, 1), cumulative=True).notes[-1].startswith("1月的累计")


# ----------------------------------------------------------------------------------------------- workbook


def test_a_workbook_holds_numbers_as_numbers_and_no_formula(county: Ledger, tmp_path: Path) -> None:
    table = TableSheet(
        "测试",
        "单位：万件",
        ("企业", "3月", "代码"),
        (("=HYPERLINK(1)", Decimal("62.80"), "00123"), ("乙", "未报", "-1")),
        ("@SUM(A1)",),
        frozenset({0}),
    )
    path = export_table(county, table, tmp_path / "透视")
    assert path.suffix == ".xlsx"
    page = load_workbook(path).active
    assert page is not None
    cells = [[page.cell(row, column) for column in (1, 2, 3)] for row in (4, 5)]
    assert [cell.data_type for cell in cells[0]] == ["s", "n", "s"]
    assert (cells[0][1].value, cells[0][1].number_format) == (62.8, "#,##0.00")
    assert [cell.value for cell in cells[0][::2]] == ["=HYPERLINK(1)", "00123"]
    assert (cells[1][1].value, cells[1][2].value) == ("未报", "-1")
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
