"""Changes of rates in the points of what is printed: 千分点 of ‰, 万分点 of ‱, 分 of scores, never rounded away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.cli import shapes
from desktop_app.errors import UserError
from desktop_app.models.values import Period
from desktop_app.services.compare import compare_board
from desktop_app.services.figures import figure_report
from desktop_app.services.ledger import open_ledger
from desktop_app.services.pivot import pivot_board
from desktop_app.services.results.pivot import Axis, CompareView, Measure
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.services.tracing import trace_figure
from desktop_app.services.wording import figure_sentence
from desktop_app.storage.engine import Ledger
from tests.services.demo import brought, copied, written

MARCH = Period.parse("2021-03")
COMPANY = "示例甲快递"


@pytest.fixture
def county(registers_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """100000件 of one company in March of two years; delayed 300 → 460, damaged 4 → 12; satisfaction 75.5 → 76.7."""
    rows = ["期间,企业,指标,数值,单位"]
    for year, delayed, damaged, score in ((2020, 300, 4, "75.5"), (2021, 460, 12, "76.7")):
        head = f"{year}年3月,{COMPANY}"
        rows += [f"{head},快递业务量,100000,件", f"{head},延误快件数,{delayed},件", f"{head},损毁快件数,{damaged},件"]
        rows.append(f"{year}年3月,,快递服务总体满意度,{score},分")
    with closing(open_ledger(copied(registers_file, tmp_path))) as ledger:
        assert brought(ledger, written(tmp_path, "明细.csv", "\n".join(rows))).outcome.value == "committed"
        yield ledger


@pytest.mark.parametrize(
    ("code", "sentence", "percent_points"),
    [
        ("SVC.DELAY", "4.6‰，同比上升1.6个千分点", "0.16"),
        ("SVC.DAMAGE", "1.20‱，同比上升0.8个万分点", "0.008"),
        ("SVC.SAT", "76.7分，同比上升1.2分", "1.2"),
    ],
)
def test_a_sentence_tells_the_points_of_what_it_prints(
    county: Ledger, code: str, sentence: str, percent_points: str
) -> None:
    report = figure_report(county, code, MARCH)
    assert figure_sentence(report.figure) == sentence
    assert shapes.figure_report(report)["yoy_pp"] == percent_points


def test_the_trace_subtracts_what_is_printed(county: Ledger) -> None:
    lines = dict(trace_figure(county, FigureAddress("SVC.DELAY", "2021-03")).lines)
    assert lines["同比"] == "本期 4.6 − 上年同期 3.0 = +1.6千分点"


@pytest.mark.parametrize(("code", "unit", "moved"), [("SVC.DAMAGE", "万分点", "+0.8"), ("SVC.SAT", "分", "+1.2")])
def test_a_comparison_names_the_points(county: Ledger, code: str, unit: str, moved: str) -> None:
    board = compare_board(county, (code,), MARCH.last, view=CompareView.YOY)
    assert board.units == (unit,)
    assert moved in [cell.text for row in board.rows for cell in row.cells]


def test_a_pivot_names_the_points(county: Ledger) -> None:
    board = pivot_board(county, "SVC.DAMAGE", MARCH.last, axis=Axis.COMPANY, measure=Measure.YOY)
    assert board.table.unit == "万分点"
    assert "+0.8" in [cell.text for line in board.table.lines for cell in line.cells]


def test_a_name_where_a_code_belongs_is_told_its_code(county: Ledger) -> None:
    with pytest.raises(UserError, match="没有指标 快件延误率") as told:
        figure_report(county, "快件延误率", MARCH)
    assert told.value.hint == "“快件延误率”的代码是 SVC.DELAY"
