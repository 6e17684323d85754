"""Figures: append-only versions; the current one follows imports, undoing and returning."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.importing.plan import PlannedObservation
from desktop_app.models.values import BatchState, CellState, FigureStatus, Month, Span
from desktop_app.storage import batches
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import upsert_enterprises
from desktop_app.storage.history import LedgerHistory
from desktop_app.storage.observations import (
    current_observations,
    insert_observations,
    months_with_figures,
    observations_of_batch,
    versions_of,
)
from tests.storage.makers import COUNTY, MARCH, batch, company, figure, store_figures


@pytest.fixture
def with_companies(any_ledger: Ledger) -> Ledger:
    with any_ledger.write() as session:
        upsert_enterprises(session, [company("示例甲快递"), company("示例乙快递")])
    return any_ledger


def test_a_figure_comes_back_as_it_was_planned(with_companies: Ledger) -> None:
    planned = PlannedObservation(
        "MKT.REV", MARCH, Span.YTD, COUNTY, 2, 99_999_999_999_999_999, CellState.VALUE, "表一", 12, "本年累计",
        reported_previous=-5, reported_yoy=312_000,
    )  # fmt: skip
    with with_companies.write() as session:
        number = batch(session)
        insert_observations(session, [planned], batch_id=number, status=FigureStatus.FLASH, reason="更正")
    with with_companies.read() as session:
        (found,) = current_observations(session)
    assert (found.indicator, found.month, found.span, found.region, found.enterprise_id) == (
        "MKT.REV", MARCH, Span.YTD, COUNTY, 2,
    )  # fmt: skip
    assert (found.value, found.state, found.status, found.version) == (
        99_999_999_999_999_999, CellState.VALUE, FigureStatus.FLASH, 1,
    )  # fmt: skip
    assert (found.batch_id, found.sheet, found.row, found.column) == (number, "表一", 12, "本年累计")
    assert (found.reported_previous, found.reported_yoy, found.reason) == (-5, 312_000, "更正")
    assert found.created_at.utcoffset() is not None


def test_zero_missing_and_not_applicable_stay_three_things(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        number = batch(session)
        states = [("A", 0, CellState.VALUE), ("B", None, CellState.MISSING), ("C", None, CellState.NOT_APPLICABLE)]
        rows = [PlannedObservation(i, MARCH, Span.MONTH, COUNTY, None, v, s, "", 1, "") for i, v, s in states]
        insert_observations(session, rows, batch_id=number, status=FigureStatus.MONTHLY)
    with any_ledger.read() as session:
        assert [(row.indicator, row.value, row.state) for row in current_observations(session)] == states


def test_a_correction_is_a_new_version_and_undoing_it_brings_the_old_one_back(with_companies: Ledger) -> None:
    with with_companies.write() as session:
        store_figures(session, figure(100, enterprise_id=1), figure(7, enterprise_id=2), figure(107))
    with with_companies.write() as session:
        second = store_figures(session, figure(120, enterprise_id=1))
    with with_companies.read() as session:
        assert [(r.enterprise_id, r.value, r.version) for r in current_observations(session)] == [
            (None, 107, 1), (1, 120, 2), (2, 7, 1),
        ]  # fmt: skip
    with with_companies.write() as session:
        batches.mark_undone(session, second, "报错了")
    with with_companies.read() as session:
        assert [(r.enterprise_id, r.value, r.version) for r in current_observations(session)] == [
            (None, 107, 1), (1, 100, 1), (2, 7, 1),
        ]  # fmt: skip
        kept = versions_of(session, "MKT.VOL", MARCH, Span.MONTH, COUNTY, 1)
        assert [(r.version, r.value) for r in kept] == [(1, 100), (2, 120)], "nothing is ever deleted"
    with with_companies.write() as session:
        store_figures(session, figure(130, enterprise_id=1))
    with with_companies.read() as session:
        (found,) = current_observations(session, enterprises=[1])
        assert (found.value, found.version) == (130, 3)


def test_a_returned_file_leaves_returned_cells_until_the_new_one_comes(with_companies: Ledger) -> None:
    with with_companies.write() as session:
        first = store_figures(session, figure(100, enterprise_id=1))
        batches.mark_returned(session, first, "单位错了")
    with with_companies.read() as session:
        (found,) = current_observations(session)
        assert (found.value, found.state) == (None, CellState.RETURNED)
        assert batches.get_batch(session, first).state is BatchState.RETURNED
    with with_companies.write() as session:
        store_figures(session, figure(110, enterprise_id=1))
    with with_companies.read() as session:
        (found,) = current_observations(session)
        assert (found.value, found.state) == (110, CellState.VALUE)


def test_a_returned_correction_leaves_the_figure_before_it(with_companies: Ledger) -> None:
    with with_companies.write() as session:
        store_figures(session, figure(100, enterprise_id=1))
        second = store_figures(session, figure(120, enterprise_id=1))
        batches.mark_returned(session, second, "单位错了")
    with with_companies.read() as session:
        (found,) = current_observations(session)
        assert (found.value, found.state, found.version) == (100, CellState.VALUE, 1)


def test_filters(with_companies: Ledger) -> None:
    town = "220281100000"
    with with_companies.write() as session:
        store_figures(
            session,
            *[figure(n, month=Month(2021, n), enterprise_id=1) for n in range(1, 13)],
            figure(50, month=Month(2021, 3), span=Span.YTD, enterprise_id=1),
            figure(51, indicator="MKT.REV", month=Month(2021, 3), enterprise_id=2),
            figure(52, region=town),
            figure(53, region="000000000000"),
        )
    with with_companies.read() as session:

        def values(**wanted: Any) -> list[int | None]:  # noqa: ANN401
            return [row.value for row in current_observations(session, **wanted)]

        assert values(first=Month(2021, 2), last=Month(2021, 4), indicators=["MKT.VOL"], enterprises=[1]) == [
            2,
            50,
            3,
            4,
        ]
        assert values(spans=[Span.YTD]) == [50]
        assert values(enterprises=[2]) == [51]
        assert values(enterprises=[None]) == [53, 52]
        assert values(enterprises=[None, 2]) == [51, 53, 52]
        assert values(enterprises=[]) == []
        assert values(indicators=[]) == []
        assert values(regions=[town]) == [52]
        assert values(region_prefix="2202811") == [52]
        assert months_with_figures(session) == [Month(2021, n) for n in range(1, 13)]
        assert len(observations_of_batch(session, 1)) == 16


def test_history_answers_what_checks_ask(with_companies: Ledger) -> None:
    with with_companies.write() as session:
        store_figures(
            session,
            figure(10, month=Month(2021, 1), enterprise_id=1),
            figure(20, month=Month(2021, 2), enterprise_id=1),
            figure(None, month=Month(2021, 3), enterprise_id=1),
            figure(30, month=Month(2021, 2), span=Span.YTD, enterprise_id=1),
            figure(5, month=Month(2021, 5), indicator="GRN.BOX", enterprise_id=1),
            figure(9, month=Month(2020, 12), enterprise_id=1),
            figure(8, month=Month(2021, 4), enterprise_id=2),
        )
    with with_companies.read() as session:
        history = LedgerHistory(session)
        assert history.value("MKT.VOL", Month(2021, 2), Span.YTD, COUNTY, 1) == 30
        assert history.value("MKT.VOL", Month(2021, 3), Span.MONTH, COUNTY, 1) is None
        assert history.value("MKT.VOL", Month(2019, 1), Span.MONTH, COUNTY, 1) is None
        assert history.reported_months(1, 2021) == (Month(2021, 1), Month(2021, 2))
        assert history.status("MKT.VOL", Month(2021, 2), Span.MONTH, COUNTY, 1) is FigureStatus.MONTHLY
        assert history.status("MKT.VOL", Month(2021, 3), Span.MONTH, COUNTY, 1) is None
        assert LedgerHistory(session, ["GRN.BOX"]).reported_months(1, 2021) == (Month(2021, 5),)


OWN_MONTH = count()
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True)),
        st.tuples(st.sampled_from(["undo", "return"]), st.integers(0, 9)),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_imported_undone_or_returned_the_highest_committed_version_counts(
    ledger: Ledger, steps: list[tuple[str, Any]]
) -> None:
    """One ledger for all examples; each works in a month of its own, so that they do not meet."""
    when = Month(1900, 1).shift(next(OWN_MONTH))
    model: dict[int, tuple[BatchState, dict[int, tuple[int, int]]]] = {}
    versions = dict.fromkeys(range(3), 0)
    for number_of_step, (step, detail) in enumerate(steps, 1):
        with ledger.write() as session:
            if step == "import":
                for key in detail:
                    versions[key] += 1
                number = store_figures(
                    session, *[figure(number_of_step * 10 + key, indicator=f"K{key}", month=when) for key in detail]
                )
                model[number] = (
                    BatchState.COMMITTED,
                    {key: (versions[key], number_of_step * 10 + key) for key in detail},
                )
                continue
            open_batches = [n for n, (state, _) in model.items() if state is BatchState.COMMITTED]
            if not open_batches:
                continue
            number = open_batches[detail % len(open_batches)]
            if step == "undo":
                batches.mark_undone(session, number, "")
            else:
                batches.mark_returned(session, number, "")
            model[number] = (BatchState.UNDONE if step == "undo" else BatchState.RETURNED, model[number][1])
    expected: dict[str, tuple[int | None, int]] = {}
    for key in range(3):
        of_key = [(state, cells[key]) for state, cells in model.values() if key in cells]
        committed = [cell for state, cell in of_key if state is BatchState.COMMITTED]
        returned = [cell for state, cell in of_key if state is BatchState.RETURNED]
        if committed:
            version, value = max(committed)
            expected[f"K{key}"] = (value, version)
        elif returned:
            expected[f"K{key}"] = (None, max(returned)[0])
    with ledger.read() as session:
        found = current_observations(session, first=when, last=when)
    assert {row.indicator: (row.value, row.version) for row in found} == expected
