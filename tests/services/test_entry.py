"""Figures typed by hand: stored as batches, checked like files, versioned, taken back, and found again everywhere."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.errors import LedgerError, UserError
from desktop_app.models.values import FigureStatus, Month, Period
from desktop_app.services import entry, figures, imports, ledger
from desktop_app.services.changes import diff_of_batch
from desktop_app.services.results.entry import (
    CellKey,
    CellState,
    EntryAnswer,
    EntryBoard,
    EntryCell,
    Frequency,
    TypedCell,
)
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, REGION, written

COUNTY = f"{REGION}000000"
YEAR_MONTH = Month(2021, 12)
POPULATION = CellKey("CTX.POP", "2020", COUNTY)


def typed(to: Ledger, *cells: tuple[str, str, str], reason: str = "", **more: object) -> EntryAnswer:
    """County figures: (code, period, text)."""
    wanted = [TypedCell(CellKey(code, period, COUNTY), text) for code, period, text in cells]
    return entry.enter(to, wanted, reason=reason, **more)  # type: ignore[arg-type]


def years(of: Ledger) -> EntryBoard:
    return entry.board(of, YEAR_MONTH, yearly=True)


def shown(board: EntryBoard) -> dict[CellKey, tuple[str, CellState, FigureStatus]]:
    return {key: (cell.text, cell.state, cell.status) for key, cell in board.cells.items()}


def town(board: EntryBoard, number: int = 1) -> str:
    return board.places[number].code


def test_a_typed_figure_stands_in_its_unit_and_counts_in_base_units(fresh: Ledger) -> None:
    answer = typed(fresh, ("CTX.POP", "2020", "40.1234"), status=FigureStatus.FINAL)
    assert answer.batch is not None
    assert (answer.refused, answer.asked) == ((), ())
    cell = years(fresh).cells[POPULATION]
    assert (cell.text, cell.status, cell.version) == ("40.1234", FigureStatus.FINAL, 1)
    found = figures.indicator_detail(fresh, "CTX.POP", YEAR_MONTH.shift(-12))
    assert found.figure.value == Decimal(401234)


@pytest.mark.parametrize(
    ("text", "stored"),
    [("401234人", "40.1234"), ("40,1234", ""), ("４０．１２", "40.12"), ("40.2万人", "40.2"), (" 40 ", "40")],
)
def test_cells_are_read_as_files_are(fresh: Ledger, text: str, stored: str) -> None:
    answer = typed(fresh, ("CTX.POP", "2020", text))
    cell = answer.cells[POPULATION]
    assert ("" if cell is None else cell.text) == stored
    assert bool(answer.refused) is not bool(stored)


def test_four_states_are_four_things(fresh: Ledger) -> None:
    texts = {"2021-01": "0", "2021-02": "未报", "2021-03": "—", "2021-04": "退回"}
    typed(fresh, *[("SVC.CMPL", period, text) for period, text in texts.items()])
    cells = entry.board(fresh, MARCH, yearly=False).cells
    found = {key.period: (cell.text, cell.state) for key, cell in cells.items()}
    assert found == {
        "2021-01": ("0", CellState.VALUE),
        "2021-02": ("未报", CellState.MISSING),
        "2021-03": ("不适用", CellState.NOT_APPLICABLE),
        "2021-04": ("退回", CellState.RETURNED),
    }


def test_the_same_again_and_nothing_over_nothing_store_nothing(fresh: Ledger) -> None:
    first = typed(fresh, ("CTX.POP", "2020", "40"))
    again = typed(fresh, ("CTX.POP", "2020", "400000人"), ("CTX.AREA", "2020", ""))
    assert again.batch is None
    assert (again.refused, again.asked) == ((), ())
    cell = years(fresh).cells[POPULATION]
    assert (cell.batch, cell.version) == (first.batch, 1)


def test_a_change_wants_a_reason_and_is_the_next_version(fresh: Ledger) -> None:
    typed(fresh, ("CTX.POP", "2020", "40"))
    asked = typed(fresh, ("CTX.POP", "2020", "40.2"))
    assert asked.batch is None
    assert "400,000 → 402,000" in asked.asked[0].message
    assert years(fresh).cells[POPULATION].text == "40"
    typed(fresh, ("CTX.POP", "2020", "40.2"), reason="统计局修订")
    cell = years(fresh).cells[POPULATION]
    assert (cell.text, cell.version, cell.reason) == ("40.2", 2, "统计局修订")
    assert cell.batch == imports.list_batches(fresh)[0].id
    assert imports.list_batches(fresh)[0].kind_label == "本局录入"


def test_taking_a_figure_away_is_a_change_too(fresh: Ledger) -> None:
    typed(fresh, ("CTX.POP", "2020", "40"))
    asked = typed(fresh, ("CTX.POP", "2020", ""))
    assert "400,000 → 未报" in asked.asked[0].message
    typed(fresh, ("CTX.POP", "2020", ""), reason="录错年份")
    assert years(fresh).cells[POPULATION].text == "未报"


def test_a_stronger_status_revises_without_a_question(fresh: Ledger) -> None:
    typed(fresh, ("SVC.CMPL", "2021-03", "3"), status=FigureStatus.FLASH)
    answer = typed(fresh, ("SVC.CMPL", "2021-03", "4"), status=FigureStatus.MONTHLY)
    assert answer.batch is not None
    weaker = typed(fresh, ("SVC.CMPL", "2021-03", "5"), status=FigureStatus.FLASH)
    assert "台账里是月报，这份是快报" in weaker.asked[0].message


def test_hard_checks_refuse_the_cell_and_say_how_to_mend_it(fresh: Ledger) -> None:
    answer = typed(
        fresh,
        ("CTX.POP", "2020", "四十多万"),
        ("CTX.AREA", "2020", "6364"),
        ("CTX.GDP", "2020", "-3"),
        ("SVC.24H", "2020", "4"),
    )
    assert [key.code for key in answer.stored] == ["CTX.AREA"]
    told = {remark.key.code: remark for remark in answer.refused}
    assert set(told) == {"CTX.POP", "CTX.GDP", "SVC.24H"}
    assert "负数" in told["CTX.GDP"].message
    assert all(remark.hint and "企业" not in remark.hint for remark in answer.refused)


def test_a_numerator_is_checked_against_the_stored_denominator_and_back(fresh: Ledger) -> None:
    typed(fresh, ("SVC.CMPLSAT.DEN", "2021-03", "10"))
    above = typed(fresh, ("SVC.CMPLSAT.NUM", "2021-03", "12"))
    assert above.refused[0].message.startswith("申诉处理满意件数 12 大于申诉回访件数 10")
    typed(fresh, ("SVC.CMPLSAT.NUM", "2021-03", "9"))
    below = typed(fresh, ("SVC.CMPLSAT.DEN", "2021-03", "8"), reason="更正")
    assert below.batch is None
    assert "大于申诉回访件数" in below.refused[0].message


def test_towns_are_compared_with_the_county(fresh: Ledger) -> None:
    board = years(fresh)
    typed(fresh, ("CTX.POP", "2020", "40"))
    cell = TypedCell(CellKey("CTX.POP", "2020", town(board)), "41")
    assert "全县" in entry.enter(fresh, [cell]).asked[0].message
    stored = entry.enter(fresh, [cell], reason="口径不同")
    assert stored.batch is not None
    # What has been explained is not asked about again when something else is typed.
    other = entry.enter(fresh, [TypedCell(CellKey("CTX.AREA", "2020", town(board)), "300")])
    assert (other.asked, other.refused) == ((), ())


def test_a_score_beyond_a_hundred_is_asked_about(fresh: Ledger) -> None:
    (doubt,) = typed(fresh, ("SVC.SAT.PUB", "2021-03", "842")).asked
    assert (doubt.message, doubt.hint) == (
        "快递服务公众满意度 842分 不在 0—100分 之间",
        "满分是 100 分，请核对小数点",
    )
    assert not typed(fresh, ("SVC.SAT.PUB", "2021-03", "84.2")).asked


def test_a_cumulation_that_falls_within_its_year_is_asked_about(fresh: Ledger) -> None:
    typed(fresh, ("CTX.GDP", "2021-03", "12"), ("CTX.GDP", "2021-09", "30"))
    (doubt,) = typed(fresh, ("CTX.GDP", "2021-06", "10")).asked
    assert doubt.message == (
        "地区生产总值累计 1,000,000,000 元，2021年3月累计是 1,200,000,000：同一年里后面的累计不会比前面的小"
    )
    assert "2021年9月累计是" in typed(fresh, ("CTX.GDP", "2021-06", "31")).asked[0].message
    assert not typed(fresh, ("CTX.GDP", "2021-06", "20")).asked


def test_a_tenfold_population_is_asked_about(fresh: Ledger) -> None:
    typed(fresh, ("CTX.POP", "2019", "40"))
    assert "一下多了" in typed(fresh, ("CTX.POP", "2020", "400")).asked[0].message


def test_a_population_of_three_is_asked_about_even_the_first_time(fresh: Ledger) -> None:
    for text in ("3人", "0.0003", "4000"):
        asked = typed(fresh, ("CTX.POP", "2019", text)).asked
        assert ["县级一般在" in remark.message for remark in asked] == [True], text
    assert typed(fresh, ("CTX.POP", "2019", "40.12")).batch is not None
    board = years(fresh)
    assert typed(fresh, ("CTX.AREA", "2019", "0.5")).asked
    small = TypedCell(CellKey("CTX.POP", "2019", town(board)), "0.3")
    assert entry.enter(fresh, [small]).batch is not None, "a town may be small"


def test_clean_cells_of_a_block_can_go_in_without_the_doubtful(fresh: Ledger) -> None:
    typed(fresh, ("CTX.POP", "2020", "40"))
    block = (("CTX.POP", "2020", "41"), ("CTX.AREA", "2020", "6364"))
    asked = typed(fresh, *block)
    assert (asked.batch, asked.clean) == (None, 1)
    assert CellKey("CTX.AREA", "2020", COUNTY) not in years(fresh).cells
    typed(fresh, *block, only_clean=True)
    assert {k.code: c.text for k, c in years(fresh).cells.items()} == {"CTX.POP": "40", "CTX.AREA": "6364"}


def test_future_periods_and_quarters_are_locked(fresh: Ledger) -> None:
    board = entry.board(fresh, MARCH, yearly=False)
    gdp = next(item for item in board.items if item.code == "CTX.GDP")
    assert gdp.every is Frequency.QUARTER
    assert gdp.cumulative
    locks = [board.lock(gdp, period, board.places[0]) for period in board.periods]
    assert [n + 1 for n, lock in enumerate(locks) if not lock] == [3, 6, 9, 12]
    assert "不分乡镇" in board.lock(gdp, board.periods[2], board.places[1])
    ahead = entry.board(fresh, Month(2999, 12), yearly=True)
    assert "还没有过完" in ahead.lock(ahead.items[0], ahead.periods[-1], ahead.places[0])
    assert typed(fresh, ("CTX.POP", "2999", "40")).refused


def test_quarterly_sums_are_cumulated_and_a_year_is_its_december(fresh: Ledger) -> None:
    typed(fresh, ("CTX.GDP", "2021-03", "30.5"), ("CTX.GDP", "2021", "140.25"))
    assert years(fresh).cells[CellKey("CTX.GDP", "2021", COUNTY)].text == "140.25"
    months = entry.board(fresh, MARCH, yearly=False).cells
    assert months[CellKey("CTX.GDP", "2021-03", COUNTY)].text == "30.5"
    assert months[CellKey("CTX.GDP", "2021-12", COUNTY)].text == "140.25"
    year = figures.figure_report(fresh, "CTX.GDP", Period.year(2021))
    assert year.figure.value == Decimal(14_025_000_000)


def test_what_companies_report_is_not_overwritten(own_county: Ledger) -> None:
    with closing(own_county):
        board = entry.board(own_county, MARCH, yearly=False)
        code, period = min(board.county_locks)
        item = next(item for item in board.items if item.code == code)
        place = next(each for each in board.periods if each.key == period)
        assert "企业报送" in board.lock(item, place, board.places[0])
        with pytest.raises(UserError, match="已由企业报送"):
            typed(own_county, (code, period, "5"))
        in_town = entry.enter(own_county, [TypedCell(CellKey(code, period, town(board)), "1")], reason="本局统计")
        assert in_town.batch is not None


def test_indicators_of_companies_and_wrong_places_are_refused(fresh: Ledger) -> None:
    with pytest.raises(UserError, match="不是本局录入"):
        typed(fresh, ("MKT.VOL", "2021-03", "5"))
    with pytest.raises(UserError, match="不能按"):
        entry.enter(fresh, [TypedCell(CellKey("SVC.CMPL", "2021-03", town(years(fresh))), "5")])


def test_a_figure_of_a_file_is_corrected_in_place(fresh: Ledger, tmp_path: Path) -> None:
    """A population that a file gave for June stands in its year, and its correction is the next version of June's."""
    from tests.services.demo import brought

    file = written(tmp_path, "本局_2020年6月.csv", "期间,企业,指标,数值,单位\n2020-06,,常住人口,401234,人\n")
    assert brought(fresh, file).outcome.value == "committed"
    assert years(fresh).cells[POPULATION].text == "40.1234"
    typed(fresh, ("CTX.POP", "2020", "40.2"), reason="修订")
    cell = years(fresh).cells[POPULATION]
    assert (cell.text, cell.version) == ("40.2", 2)


def test_history_shows_undoes_and_compares_entries_as_it_does_files(fresh: Ledger) -> None:
    typed(fresh, ("CTX.POP", "2020", "40"))
    batch = typed(fresh, ("CTX.POP", "2020", "41"), reason="修订").batch
    assert batch is not None
    diff = diff_of_batch(fresh, batch)
    assert diff is not None
    imports.undo_batch(fresh, batch)
    assert years(fresh).cells[POPULATION].text == "40"
    with pytest.raises(LedgerError):
        entry.undo(fresh, batch, [POPULATION])


def test_the_ledger_stays_sound(fresh: Ledger) -> None:
    from desktop_app.services import maintenance

    batch = typed(fresh, ("CTX.POP", "2020", "40"), ("CTX.AREA", "2020", "6364"), ("CTX.GDP", "2020", "99.5")).batch
    assert batch is not None
    entry.undo(fresh, batch, [POPULATION])
    typed(fresh, ("CTX.POP", "2020", "40"))
    assert [check.name for check in maintenance.check(fresh) if not check.ok] == []


CODES = ("CTX.POP", "CTX.AREA", "CTX.GDP", "SVC.24H")
TEXTS = ("", "0", "1", "40.5", "41", "未报", "—", "退回", "坏")
BLOCK = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from(("2019", "2020"))), st.sampled_from(TEXTS), min_size=1, max_size=4
)


@given(st.lists(BLOCK, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_equals_the_state_before(registers_file: Path, blocks: list[dict[tuple[str, str], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(registers_file, Path(folder) / "台账.db"))
        with closing(ledger.open_ledger(copy)) as own:
            before: list[tuple[EntryAnswer, dict[CellKey, tuple[str, CellState, FigureStatus]], list[CellKey]]] = []
            for block in blocks:
                cells = [TypedCell(CellKey(code, year, COUNTY), text) for (code, year), text in block.items()]
                state = shown(years(own))
                answer = entry.enter(own, cells, reason="试")
                _answer_is_what_stands(own, answer.cells)
                before.append((answer, state, [cell.key for cell in cells]))
            for answer, state, keys in reversed(before):
                if answer.batch is not None:
                    _answer_is_what_stands(own, entry.undo(own, answer.batch, keys))
                assert shown(years(own)) == state


def _answer_is_what_stands(own: Ledger, cells: object) -> None:
    assert isinstance(cells, dict)
    board = years(own).cells
    told: dict[CellKey, EntryCell | None] = cells
    assert {key: board.get(key) for key in told} == told
