"""快递进村 records as of a month, compared with a plain reading of the rule."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.importing.plan import PlannedCoverage
from desktop_app.models.values import CoverageMode, CoverageState, Month
from desktop_app.storage import batches
from desktop_app.storage.coverage import (
    as_of,
    coverage_of_batch,
    history,
    insert_coverage,
    months_with_coverage,
    timeline,
)
from desktop_app.storage.engine import Ledger
from tests.storage.makers import batch, record, store_coverage

NORMAL, RELAPSED, NONE = CoverageState.NORMAL, CoverageState.RELAPSED, CoverageState.NONE
V1, V2, OTHER = "220281100201", "220281100202", "220281101201"


def test_a_record_comes_back_as_it_was_planned(any_ledger: Ledger) -> None:
    planned = PlannedCoverage(
        V1, "示例甲", Month(2021, 3), NORMAL, frozenset({CoverageMode.POST, CoverageMode.DIRECT}), 17,
        weekly_frequency=3, station="村部", parcels_in=5_000_000_000, parcels_out=0, extra_charge=False,
        evidence_date=date(2021, 3, 20), sheet="表2",
    )  # fmt: skip
    with any_ledger.write() as session:
        number = batch(session)
        assert insert_coverage(session, [planned], batch_id=number) == 1
    with any_ledger.read() as session:
        (found,) = as_of(session, Month(2021, 3))
        assert coverage_of_batch(session, number) == 1
    assert found[1:13] == (
        V1, "示例甲", Month(2021, 3), NORMAL, frozenset({CoverageMode.POST, CoverageMode.DIRECT}), 3, "村部",
        5_000_000_000, 0, False, date(2021, 3, 20), 1,
    )  # fmt: skip
    assert (found.row, found.sheet, found.since, found.previous_state) == (17, "表2", Month(2021, 3), None)


def test_the_latest_record_up_to_the_month_holds_and_says_since_when(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        store_coverage(
            session,
            record(V1, "甲", Month(2020, 6)),
            record(V1, "甲", Month(2020, 9)),
            record(V1, "甲", Month(2021, 1), RELAPSED),
            record(V1, "甲", Month(2021, 2), RELAPSED),
            record(V2, "乙", Month(2021, 4)),
        )
    with any_ledger.read() as session:
        assert as_of(session, Month(2020, 5)) == []
        (before,) = as_of(session, Month(2020, 12))
        assert (before.state, before.month, before.since, before.previous_state) == (
            NORMAL, Month(2020, 9), Month(2020, 6), None,
        )  # fmt: skip
        (after,) = as_of(session, Month(2021, 3))
        assert (after.state, after.month, after.since, after.previous_state) == (
            RELAPSED, Month(2021, 2), Month(2021, 1), NORMAL,
        )  # fmt: skip
        assert [row.village_code for row in as_of(session, Month(2021, 4))] == [V1, V2]
        assert months_with_coverage(session) == [Month(2020, 6), Month(2020, 9), *(Month(2021, n) for n in (1, 2, 4))]


def test_undoing_a_month_lets_the_month_before_hold_again(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        store_coverage(session, record(V1, "甲", Month(2021, 1)))
        wrong = store_coverage(session, record(V1, "甲", Month(2021, 2), RELAPSED))
    with any_ledger.write() as session:
        batches.mark_undone(session, wrong, "导错了")
    with any_ledger.read() as session:
        (found,) = as_of(session, Month(2021, 3))
        assert (found.state, found.month) == (NORMAL, Month(2021, 1))
        assert [row.month for row in history(session, V1)] == [Month(2021, 1)]


def test_filters(any_ledger: Ledger) -> None:
    with any_ledger.write() as session:
        store_coverage(session, *[record(v, b, Month(2021, 1)) for v in (V1, V2, OTHER) for b in ("甲", "乙")])
    with any_ledger.read() as session:
        when = Month(2021, 1)
        assert {row.village_code for row in as_of(session, when, region_prefix="220281100")} == {V1, V2}
        assert {row.brand for row in as_of(session, when, brands=["甲"])} == {"甲"}
        assert {row.village_code for row in as_of(session, when, villages=[OTHER])} == {OTHER}
        assert as_of(session, when, villages=[]) == []
        assert len(history(session, V1)) == 2
        assert len(history(session, V1, brand="乙")) == 1


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([V1, V2]),
        st.sampled_from(["甲", "乙"]),
        st.integers(0, 5),
        st.sampled_from([NORMAL, RELAPSED, NONE]),
        st.booleans(),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES, asked=st.integers(0, 5))
def test_as_of_timeline_and_the_rule_agree(
    ledger: Ledger, entries: list[tuple[str, str, int, CoverageState, bool]], asked: int
) -> None:
    """Each entry is a batch of its own; some are undone. The rule is read out plainly and compared."""
    first = Month(2021, 1)
    current: dict[tuple[str, str], dict[int, CoverageState]] = {}
    with ledger.write() as session:
        for old in batches.list_batches(session):
            if old.undone_at is None:
                batches.mark_undone(session, old.id, "")
        for village, brand, offset, state, undone in entries:
            number = store_coverage(session, record(village, brand, first.shift(offset), state))
            if undone:
                batches.mark_undone(session, number, "")
            else:
                current.setdefault((village, brand), {})[offset] = state
    expected = {}
    for pair, states in current.items():
        months = sorted(offset for offset in states if offset <= asked)
        if not months:
            continue
        last = since = months[-1]
        before = None
        for offset in reversed(months):
            if states[offset] is not states[last]:
                before = states[offset]
                break
            since = offset
        expected[pair] = (first.shift(last), states[last], first.shift(since), before)
    with ledger.read() as session:
        now = as_of(session, first.shift(asked))
        line = timeline(session, last=first.shift(asked))
    assert {(r.village_code, r.brand): (r.month, r.state, r.since, r.previous_state) for r in now} == expected
    newest = {(r.village_code, r.brand): (r.month, r.state, r.since, r.previous_state) for r in line}
    assert newest == expected
