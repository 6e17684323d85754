"""The national series beside a county's ledger: figures of other regions, reported bases, quarters out of 累计."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError, UserError
from desktop_app.models.values import NATIONAL_REGION, CellState, Month, Period
from desktop_app.services import imports, registers
from desktop_app.services.figures import figure_report, indicator_board, indicator_detail, regions_with_figures
from desktop_app.services.ledger import create
from desktop_app.services.results.figures import Figure, FigureReport
from desktop_app.services.wording import figure_sentence
from desktop_app.storage.engine import Ledger
from tests.services.demo import NATIONAL, REGION, VILLAGES, brought, stored


def report(ledger: Ledger, code: str, period: str) -> FigureReport:
    return figure_report(ledger, code, Period.parse(period))


def volume(ledger: Ledger, period: str) -> Figure:
    return report(ledger, "MKT.VOL", period).figure


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    with closing(create(tmp_path / "ledger.db", REGION)) as ledger:
        yield ledger


def test_the_registry_of_the_county_comes_out_of_the_prefecture_s(empty: Ledger) -> None:
    done = registers.import_regions(empty, VILLAGES)
    assert (done.added, done.units, done.villages) == (286, 286, 256)
    again = registers.import_regions(empty, VILLAGES)
    assert (again.added, again.changed, again.closed) == (0, 0, 0)


def test_a_file_of_another_kind_is_no_registry(empty: Ledger) -> None:
    before = stored(empty)
    with pytest.raises(FileRefusedError, match="这不是村级名录"):
        registers.import_regions(empty, NATIONAL)
    assert stored(empty) == before


def test_the_year_as_published(nation: Ledger) -> None:
    found = report(nation, "MKT.VOL", "2020")
    figure = found.figure
    assert figure.value == 83_360_000_000
    assert figure.yoy_pct == Decimal("31.2")
    assert (figure.yoy_basis, figure.previous_year) == ("报送", None)
    assert figure_sentence(figure) == "833.6亿件，同比增长31.2%"
    assert {row.code: row.share_pct for row in found.rows} == {
        "MKT.VOL.INTER": Decimal("83.2"),
        "MKT.VOL.LOCAL": Decimal("14.6"),
        "MKT.VOL.INTL": Decimal("2.2"),
    }
    assert figure_sentence(report(nation, "MKT.REV", "2020").figure) == "8795.4亿元，同比增长17.3%"


def test_parts_that_miss_the_whole_by_rounding_are_no_fault(nation: Ledger) -> None:
    """121.7 + 693.6 + 18.4 = 833.7."""
    parts = [row.value for row in report(nation, "MKT.VOL", "2020").rows]
    assert sum(part for part in parts if part is not None) == 83_370_000_000
    assert volume(nation, "2020").value == 83_360_000_000


@pytest.mark.parametrize(
    ("period", "value"),
    [
        ("2020-01", "37.8"),
        ("2020-03", None),  # no release in the series, and its neighbours give no difference
        ("2020-08", None),
        ("2020-12", "92.6"),  # 833.6 − 741
        ("2021-03", "88.2"),
        ("2021-08", "89.9"),  # 673.2 − 583.3
        ("2021-09", "94.5"),  # as published, not the difference of the cumulations
        ("2020-Q1", None),
        ("2020-Q2", "213.5"),  # 65 + 73.8 + 74.7
        ("2021-Q1", "219.3"),
        ("2021-Q2", "274.6"),  # 493.9 − 219.3
        ("2021-Q3", "273.8"),  # 767.7 − 493.9
        ("2020-H1", "338.8"),
        ("2020-H2", "494.8"),  # 833.6 − 338.8
        ("2021-H1", "493.9"),
        ("2019", None),
        ("2020", "833.6"),
        ("2021", "1083"),
    ],
)
def test_months_quarters_and_halves(nation: Ledger, period: str, value: str | None) -> None:
    figure = volume(nation, period)
    assert figure.value == (None if value is None else Decimal(value) * 10**8)
    assert figure.text == ("未报" if value is None else value)
    assert figure.state is (CellState.MISSING if value is None else CellState.VALUE)


@pytest.mark.parametrize(
    ("period", "rate", "basis"),
    [
        ("2021", "29.9", ""),  # 1083.0 / 833.6; the release says 29.9
        ("2021-H1", "45.8", ""),  # the release says 45.8
        ("2021-Q1", "75.0", "报送"),  # there is no quarter of 2020: the release's own rate
        ("2021-03", "47.4", "报送"),
        ("2021-07", "28.8", ""),  # 583.3 − 493.9 over the published July of 2020
        ("2020-Q2", None, ""),
        ("2020-03", None, ""),
    ],
)
def test_growth_says_whose_base_it_is(nation: Ledger, period: str, rate: str | None, basis: str) -> None:
    figure = volume(nation, period)
    assert figure.yoy_pct == (None if rate is None else Decimal(rate))
    assert figure.yoy_basis == basis


def test_a_hole_in_the_series_is_not_guessed(nation: Ledger) -> None:
    figure = volume(nation, "2020-03")
    assert (figure.value, figure.yoy_pct, figure.mom_pct, figure.cumulative, figure.share_pct) == (None,) * 5
    assert figure.cumulative_text == "未报"
    assert figure.sources == ()


def test_the_mean_day_of_a_leap_year(nation: Ledger) -> None:
    figure = report(nation, "MKT.VOL.DAILY", "2020").figure
    assert figure.text == "2.3"
    assert figure.value == Decimal("227759562.8415")


def test_computed_figures_of_the_nation(nation: Ledger) -> None:
    assert report(nation, "MKT.UNITPRICE", "2020").figure.text == "10.55"
    assert report(nation, "MKT.CR8", "2020-12").figure.text == "82.2"
    assert report(nation, "MKT.SHARE.INTER", "2020").figure.text == "83.2"


def test_every_number_names_its_row_in_the_file(nation: Ledger) -> None:
    sources = volume(nation, "2020").sources
    assert [(s.file, s.column, s.month, s.amount) for s in sources] == [
        ("national_express_monthly.csv", "快递业务量累计(亿件)", "2020-12", "83360000000")
    ]
    assert sources[0].row == 19  # the line of 2020-12 in the file


def test_a_county_without_a_figure_looks_up_and_one_with_it_does_not(nation: Ledger, county: Ledger) -> None:
    assert volume(nation, "2020").region == NATIONAL_REGION
    assert volume(nation, "2020").region_name == "全国"
    assert volume(county, "2020").region == "220281000000"
    villages = figure_report(nation, "RUR.VILLAGES", Period.of_month(Month(2026, 1))).figure
    assert villages.value == 256
    assert villages.region == "220281000000"


def test_a_region_asked_for_is_the_region_given(nation: Ledger) -> None:
    own = figure_report(nation, "MKT.VOL", Period.year(2020), region="220281000000").figure
    assert (own.value, own.text) == (None, "未报")
    assert own.region_name == "蛟河市"


def test_regions_side_by_side(spring: Ledger) -> None:
    assert brought(spring, NATIONAL).outcome.value == "committed"
    assert [choice.name for choice in regions_with_figures(spring)] == ["蛟河市", "全国"]
    rows = figure_report(spring, "MKT.VOL", Period.parse("2021-03"), by="region").rows
    assert [(row.name, row.text) for row in rows] == [("蛟河市", "62.84"), ("全国", "88.2")]
    board = indicator_board(spring, Month(2021, 3), "市场规模", region=NATIONAL_REGION)
    assert board.scope == "全国"
    assert next(line.figure for line in board.lines if line.figure.code == "MKT.VOL").text == "88.2"
    detail = indicator_detail(spring, "MKT.VOL", Month(2021, 3), region=NATIONAL_REGION)
    assert "同比为报送数，本台账没有上年同期数" in detail.trace


def test_the_series_is_taken_back_as_a_whole(spring: Ledger) -> None:
    result = brought(spring, NATIONAL)
    assert result.batch is not None
    imports.undo_batch(spring, result.batch)
    assert [choice.name for choice in regions_with_figures(spring)] == ["蛟河市"]
    assert figure_report(spring, "MKT.VOL", Period.year(2020), region=NATIONAL_REGION).figure.value is None


def test_an_unknown_indicator_names_its_neighbours(nation: Ledger) -> None:
    with pytest.raises(UserError, match=r"没有指标 MKT\.VOLUME") as refused:
        report(nation, "MKT.VOLUME", "2020")
    assert "MKT.VOL" in refused.value.hint
