"""快递进村 entered by hand: what holds goes on, evidence is kept with its hash, a batch is undone as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.errors import UserError
from desktop_app.models.values import CoverageMode, CoverageState, Month, Period
from desktop_app.services import imports, reports, rural
from desktop_app.services.coverage_entry import brands_of, coverage_now, enter_coverage, evidence_of
from desktop_app.services.results.coverage_entry import CoverageEntry
from desktop_app.services.rural_rates import rate_table
from desktop_app.services.village_pages import village_page
from desktop_app.storage import batches, coverage
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from desktop_app.storage.integrity import check_ledger
from tests.services.villages import JANUARY, bring, county, sheet

A, B, C = "220281100200", "220281100201", "220281101200"
MARCH = Month(2021, 3)
HEAD = "代码,建制村,示例甲,示例乙,周投递次数,村级站点,核查日期,核查人,证据类型"


@pytest.fixture
def villages(tmp_path: Path) -> Iterator[Ledger]:
    with closing(county(tmp_path, (A, "东山村"), (B, "西河村"), (C, "红星村"))) as made:
        rows = [
            f"{A},东山村,直投+驻村设点,邮快,5,东山村便民站,2021-01-20,张三,现场核查",
            f"{B},西河村,否,停运,2,,2020-06-01,李四,电话",
            f"{C},红星村,否,,,,,,",
        ]
        assert bring(made, sheet(tmp_path, JANUARY, rows, HEAD)).outcome.value == "committed"
        yield made


def now(ledger: Ledger, village: str, brand: str, month: Month = MARCH) -> tuple[object, ...]:
    found = next(n for n in coverage_now(ledger, village, month) if n.brand == brand)
    return found.state, found.modes, found.weekly_frequency, found.station, found.evidence, found.carried_from


VISITED = CoverageEntry(
    villages=(A, B),
    brands=("示例甲", "示例乙"),
    month=MARCH,
    reason="3月12日逐村核查",
    state=CoverageState.NORMAL,
    modes=frozenset({CoverageMode.POST, CoverageMode.STATION}),
    evidence_date=date(2021, 3, 12),
    evidence_kind="实地核查",
    checker="王五",
)


def test_a_company_sheet_brings_who_has_checked_and_how(villages: Ledger) -> None:
    assert now(villages, A, "示例甲", JANUARY) == (
        *("正常", ("直投", "驻村设点"), 5, "东山村便民站", "实地核查 2021-01-20 张三", ""),
    )
    assert now(villages, B, "示例乙")[4:] == ("电话核实 2020-06-01 李四", "2021-01"), "carried forward, and said so"


def test_parcels_and_charge_of_a_month_are_entered_and_do_not_go_on(villages: Ledger) -> None:
    entry = replace(VISITED, villages=(A,), brands=("示例乙",), parcels_in=340, parcels_out=12, extra_charge=True)
    enter_coverage(villages, entry)
    found = next(n for n in coverage_now(villages, A, MARCH) if n.brand == "示例乙")
    assert (found.parcels_in, found.parcels_out, found.extra_charge) == (340, 12, True)
    april = next(n for n in coverage_now(villages, A, Month(2021, 4)) if n.brand == "示例乙")
    assert (april.parcels_in, april.parcels_out, april.extra_charge) == (None, None, True)
    row = next(row for row in rural.rural_board(villages, MARCH).villages if row.code == A)
    assert row.charged == ("示例乙",)
    assert next(r for r in rate_table(villages, MARCH).rows if r.key == A[:9] + "000").post_parcels == 352
    line = next(line for line in village_page(villages, A, Month(2021, 12)).brands if line.brand == "示例乙")
    assert (line.charged, line.stale) == (True, True), "seen in March, 待核实 by December"


def test_several_villages_and_brands_are_entered_at_once_and_undone(villages: Ledger) -> None:
    before = rural.rural_board(villages, MARCH)
    entered = enter_coverage(villages, VISITED)
    assert (entered.records, entered.new, entered.carried) == (4, 0, 4)
    for village in (A, B):
        for brand in ("示例甲", "示例乙"):
            assert now(villages, village, brand)[:2] == ("正常", ("邮快", "驻村设点"))
            assert now(villages, village, brand)[4:] == ("实地核查 2021-03-12 王五", "")
    assert now(villages, A, "示例甲")[2:4] == (5, "东山村便民站"), "what was not said stays"
    assert rural.coverage_report(villages, MARCH).covered == 2
    assert rural.coverage_report(villages, Month(2021, 2)).covered == 1, "earlier months are as they were"
    row = next(batch for batch in imports.list_batches(villages) if batch.id == entered.batch)
    assert (row.file_name, row.kind_label, row.reason, row.accepted) == (
        *("手工登记·进村.csv", "快递进村表", "3月12日逐村核查", 4),
    )
    with villages.read() as session:
        evidence = batches.read_evidence(session, row.sha256).decode("utf-8-sig").splitlines()
        first = coverage.as_of(session, MARCH, villages=[A], brands=["示例甲"])[0]
    assert evidence[first.row - 1].startswith(
        f"{A},示例甲,2021-03,正常,邮快+驻村设点,5,东山村便民站,,,,2021-03-12,实地核查,王五"
    )
    imports.undo_batch(villages, entered.batch)
    assert rural.rural_board(villages, MARCH) == before


def test_a_photo_is_kept_with_its_hash(villages: Ledger, tmp_path: Path) -> None:
    photo = tmp_path / "东山村站.jpg"
    photo.write_bytes(bytes(range(256)) * 400)
    enter_coverage(villages, replace(VISITED, villages=(A,), evidence_file=photo))
    found = coverage_now(villages, A, MARCH)
    assert {n.attached for n in found} == {hashlib.sha256(photo.read_bytes()).hexdigest()}
    assert evidence_of(villages, found[0].attached) == ("东山村站.jpg", photo.read_bytes())
    enter_coverage(villages, CoverageEntry((A,), ("示例甲",), Month(2021, 4), "改周投", weekly_frequency=7))
    later = next(n for n in coverage_now(villages, A, Month(2021, 4)) if n.brand == "示例甲")
    assert (later.weekly_frequency, later.attached, later.evidence) == (7, found[0].attached, found[0].evidence)
    assert all(check.ok for check in check_ledger(villages))


def test_evidence_grows_old_and_needs_checking(villages: Ledger) -> None:
    def evidence(month: Month) -> dict[str, str]:
        return {row.name: row.evidence for row in rural.rural_board(villages, month).villages}

    assert evidence(JANUARY) == {"东山村": "11 天", "西河村": "待核实 244 天", "红星村": "—"}
    assert evidence(Month(2021, 8))["东山村"] == "待核实 223 天"
    enter_coverage(villages, replace(VISITED, month=Month(2021, 8), evidence_date=date(2021, 8, 30)))
    assert evidence(Month(2021, 8)) == {"东山村": "1 天", "西河村": "1 天", "红星村": "—"}
    from desktop_app.services import rules

    rules.set_rule(villages, "EVIDENCE_AGE", None, {"days": "10"}, "本县每旬核查")
    assert evidence(JANUARY)["东山村"] == "待核实 11 天"


def test_a_service_that_ends_keeps_its_history(villages: Ledger) -> None:
    enter_coverage(villages, CoverageEntry((A,), ("示例甲",), MARCH, "企业撤点", state=CoverageState.RELAPSED))
    enter_coverage(villages, CoverageEntry((A,), ("示例乙",), MARCH, "企业撤点", state=CoverageState.NONE))
    assert now(villages, A, "示例甲")[:2] == ("回退", ("直投", "驻村设点"))
    assert now(villages, A, "示例乙")[:2] == ("未通", ())
    gap = next(gap for gap in rural.coverage_report(villages, MARCH, gaps=True).gaps if gap.name == "东山村")
    assert (gap.since, gap.relapsed) == ("2021-03", True)


@pytest.mark.parametrize("state", [CoverageState.SUSPENDED, CoverageState.RELAPSED, CoverageState.NONE])
def test_a_service_that_ends_takes_its_frequency_and_station_along(villages: Ledger, state: CoverageState) -> None:
    """Both brands leave 东山村: the five deliveries a week of January are no longer 周投递≥3次, the station is gone."""
    before = rate_table(villages, MARCH).total
    assert (before.often, before.stations) == (Decimal("33.3"), 1)
    brands = ("示例甲", "示例乙")
    batch = enter_coverage(villages, CoverageEntry((A,), brands, MARCH, "企业撤点", state=state)).batch
    assert [now(villages, A, brand)[2:4] for brand in brands] == [(None, "")] * 2
    after = rate_table(villages, MARCH).total
    assert (after.often, after.stations) == (Decimal("0.0"), 0)
    assert rate_table(villages, JANUARY).total.often == Decimal("33.3")
    imports.undo_batch(villages, batch)
    assert rate_table(villages, MARCH).total == before


def test_what_is_typed_beside_a_service_that_has_stopped_is_not_kept(villages: Ledger) -> None:
    stop = CoverageEntry((A,), ("示例甲",), MARCH, "停", state=CoverageState.SUSPENDED)
    enter_coverage(villages, replace(stop, weekly_frequency=6, station="新站"))
    assert now(villages, A, "示例甲")[2:4] == (None, "")


def test_a_check_of_a_village_nobody_serves_keeps_how_often_mail_comes(villages: Ledger) -> None:
    enter_coverage(villages, CoverageEntry((B,), ("示例甲",), MARCH, "核查", evidence_date=date(2021, 3, 12)))
    assert now(villages, B, "示例甲")[:3] == ("未通", (), 2)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(VISITED, reason=" "), "写明原因"),
        (CoverageEntry((A,), ("示例甲",), MARCH, "无"), "没有填要改的内容"),
        (replace(VISITED, villages=()), "没有选村"),
        (replace(VISITED, weekly_frequency=70), "0 到 50"),
        (replace(VISITED, evidence_date=date(2021, 6, 1)), "晚于"),
        (CoverageEntry((C,), ("示例乙",), MARCH, "补站点", station="红星站"), "还没有记录"),
        (replace(VISITED, evidence_file=Path("没有这个文件.jpg")), "读不出来"),
    ],
)
def test_an_entry_that_cannot_be_stores_nothing(villages: Ledger, wrong: CoverageEntry, words: str) -> None:
    before = dump_hash(villages)
    with pytest.raises(UserError, match=words):
        enter_coverage(villages, wrong)
    assert dump_hash(villages) == before


def test_brands_to_choose_from(villages: Ledger) -> None:
    assert brands_of(villages) == ("示例乙", "示例甲")


def test_the_sheet_that_a_township_signs_names_who_charges(villages: Ledger, tmp_path: Path) -> None:
    enter_coverage(villages, replace(VISITED, villages=(A,), brands=("示例乙",), extra_charge=True))
    file = tmp_path / "台账.xlsx"
    reports.make_report(villages, "towns", Period.of_month(MARCH), "xlsx", "internal", file, made_on=date(2021, 4, 1))
    rows = [row for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == "序号")
    charged = {row[1]: row[head.index("加收费用")] for row in rows if str(row[0]).isdigit()}
    assert charged == {A: "示例乙", B: "—", C: "—"}


def test_a_brand_that_only_an_undone_batch_knew_is_forgotten(villages: Ledger) -> None:
    entered = enter_coverage(villages, replace(VISITED, brands=("示例甲", "示例新")))
    assert "示例新" in brands_of(villages)
    imports.undo_batch(villages, entered.batch)
    assert brands_of(villages) == ("示例乙", "示例甲"), "those with records that stand"
