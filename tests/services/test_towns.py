"""A table of towns goes into the ledger as the towns' figures and leaves the county's alone."""

from __future__ import annotations

from pathlib import Path

from desktop_app.models.values import Month, Period, Span, to_fixed
from desktop_app.services.figures import figure_report
from desktop_app.services.imports import undo_batch
from desktop_app.services.results.imports import Outcome
from desktop_app.storage import observations
from desktop_app.storage.engine import Ledger
from tests.services.demo import MARCH, brought, in_force, written

TABLE = "蛟河市2021年3月各乡镇进港量\n乡镇,投递量（件）\n河南街道,1200\n民主街道办事处,900\n合计,2100\n"


def test_towns_are_stored_apart_from_the_county(spring: Ledger, tmp_path: Path) -> None:
    before = in_force(spring)
    county = figure_report(spring, "OPS.IN", Period.of_month(MARCH)).figure.value
    result = brought(spring, written(tmp_path, "乡镇.csv", TABLE))
    assert result.outcome is Outcome.COMMITTED
    assert (result.accepted, result.skipped) == (2, 1)
    assert figure_report(spring, "OPS.IN", Period.of_month(MARCH)).figure.value == county
    with spring.read() as session:
        stored = observations.current_observations(session, indicators=["OPS.IN"], first=MARCH, last=MARCH)
    towns = {o.region[:9]: o.value for o in stored if not o.region.endswith("000000")}
    assert towns == {"220281003": to_fixed(1200), "220281001": to_fixed(900)}
    assert {(o.month, o.span, o.enterprise_id) for o in stored if o.region[:9] in towns} == {
        (Month(2021, 3), Span.MONTH, None)
    }
    assert result.batch is not None
    undo_batch(spring, result.batch)
    assert in_force(spring) == before


def test_towns_that_exceed_the_county_want_a_reason(spring: Ledger, tmp_path: Path) -> None:
    table = TABLE.replace("900", "99000000").replace("2100", "99001200").replace("3月", "1月")
    refused = brought(spring, written(tmp_path, "乡镇.csv", table), reason="")
    assert refused.outcome is Outcome.REFUSED
    assert [issue.code for issue in refused.issues] == ["TOWN_SUM"]
