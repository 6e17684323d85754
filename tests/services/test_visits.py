"""录入巡查表: what was found in a village becomes records with their evidence, as the paper says it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services import imports, rural
from desktop_app.services.coverage_entry import coverage_now, evidence_of
from desktop_app.services.results.villages import VillageChange, VillageStep
from desktop_app.services.results.visits import Finding, VisitHead, VisitLine, VisitSheet
from desktop_app.services.village_changes import change_villages
from desktop_app.services.visits import enter_visit, read_visit_day, visit_sheet
from desktop_app.storage.engine import Ledger
from tests.services.villages import JANUARY, bring, county, sheet

A, B, C, D = "220281100200", "220281100201", "220281100202", "220281101200"
MARCH = Month(2021, 3)
HEAD = VisitHead(date(2021, 3, 12), "王五", MARCH, "赵村长")


@pytest.fixture
def villages(tmp_path: Path) -> Iterator[Ledger]:
    with closing(county(tmp_path, (A, "东山村"), (B, "西河村"), (C, "红星村"), (D, "红星村"))) as made:
        rows = [f"{A},东山村,直投,邮快", f"{B},西河村,否,停运", f"{D},红星村,邮快,√"]
        assert bring(made, sheet(tmp_path, JANUARY, rows)).outcome.value == "committed"
        yield made


@pytest.fixture
def form(villages: Ledger) -> VisitSheet:
    return visit_sheet(villages, "100", MARCH)


def states(ledger: Ledger, village: str) -> dict[str, tuple[str, tuple[str, ...], str]]:
    return {n.brand: (n.state, n.modes, n.evidence) for n in coverage_now(ledger, village, MARCH)}


def enter(ledger: Ledger, form: VisitSheet, number: int, finding: Finding, **cells: object) -> str:
    head = cells.pop("head", HEAD)
    assert isinstance(head, VisitHead)
    return enter_visit(ledger, form, head, VisitLine(form.places[number - 1], finding, **cells)).words  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["100", "１００", "100-2103", "甲镇", "jz", "220281100"])
def test_a_sheet_is_found_by_its_number_or_its_town(villages: Ledger, typed: str) -> None:
    found = visit_sheet(villages, typed, MARCH)
    assert (found.number, found.town) == ("100-2103", "甲镇")
    assert [(p.number, p.name, p.standing) for p in found.places] == [
        *((1, "东山村", "通达 2家"), (2, "西河村", "回退"), (3, "红星村", "未通")),
    ]


def test_a_sheet_of_an_earlier_month_keeps_the_order_of_its_paper(villages: Ledger) -> None:
    assert visit_sheet(villages, "101-2102", MARCH).month == Month(2021, 2)
    with pytest.raises(UserError, match="没有这张巡查表") as refused:
        visit_sheet(villages, "199", MARCH)
    assert "100-2103 甲镇" in refused.value.hint


def test_a_brand_that_the_paper_does_not_name_has_fallen_back(villages: Ledger, form: VisitSheet) -> None:
    words = enter(
        villages, form, 1, Finding.YES, brands="甲", modes="yk 驻村", frequency="5", station="东山站、钱七 139"
    )
    assert words == "正常 示例甲；回退 示例乙"
    seen = "实地核查 2021-03-12 王五"
    assert states(villages, A) == {
        "示例甲": ("正常", ("邮快", "驻村设点"), seen),
        "示例乙": ("回退", ("邮快",), seen),
    }
    now = {n.brand: n for n in coverage_now(villages, A, MARCH)}
    assert (now["示例甲"].weekly_frequency, now["示例甲"].station) == (5, "东山站")
    assert now["示例甲"].reason == "巡查表100-2103第1行，见证人赵村长，负责人钱七 139"
    assert rural.coverage_report(villages, JANUARY, gaps=True).covered == 2, "earlier months are as they were"


def test_no_means_that_what_ran_has_fallen_back_and_the_rest_never_came(villages: Ledger, form: VisitSheet) -> None:
    assert enter(villages, form, 1, Finding.NO) == "回退 示例乙、示例甲"
    assert enter(villages, form, 2, Finding.NO) == "未通 示例甲；停运 示例乙", "what stood idle is seen again"
    assert enter(villages, form, 3, Finding.NO) == "未通 示例乙、示例甲"
    with pytest.raises(UserError, match="圈了“否”又写了品牌"):
        enter(villages, form, 2, Finding.NO, brands="甲")
    report = rural.coverage_report(villages, MARCH, gaps=True)
    assert [(gap.code, gap.relapsed, gap.since) for gap in report.gaps] == [
        *((A, True, "2021-03"), (B, True, "从未"), (C, False, "从未")),
    ]
    assert all(gap.evidence == "19 天" for gap in report.gaps)


def test_the_same_as_the_paper_renews_the_evidence_only(villages: Ledger, form: VisitSheet) -> None:
    assert enter(villages, form, 1, Finding.SAME) == "正常 示例乙、示例甲"
    assert {n.brand: (n.state, n.modes, n.evidence) for n in coverage_now(villages, A, MARCH)} == {
        "示例甲": ("正常", ("直投",), "实地核查 2021-03-12 王五"),
        "示例乙": ("正常", ("邮快",), "实地核查 2021-03-12 王五"),
    }


def test_what_cannot_be_read_is_refused_and_nothing_is_stored(villages: Ledger, form: VisitSheet) -> None:
    before = len(imports.list_batches(villages))
    for cells, words in (
        ({"brands": "丁"}, "不认识的品牌：丁"),
        ({"brands": "示例"}, "是几个品牌的简称"),
        ({"brands": "甲", "modes": "飞机"}, "方式读不懂：飞机"),
        ({"brands": "甲", "frequency": "常来"}, "每周投递次数读不懂"),
        ({"brands": "甲", "head": VisitHead(date(2021, 3, 12), " ", MARCH)}, "请填巡查人"),
        ({"brands": "甲", "head": VisitHead(date(2022, 3, 12), "王五", MARCH)}, "晚于2021年3月一个月以上"),
    ):
        with pytest.raises(UserError, match=words):
            enter(villages, form, 1, Finding.YES, **cells)
    with pytest.raises(UserError, match="账上没有通达的品牌"):
        enter(villages, form, 3, Finding.YES)
    assert len(imports.list_batches(villages)) == before


def test_a_village_that_has_been_merged_since_takes_no_records_of_later_months(
    villages: Ledger, form: VisitSheet
) -> None:
    merged = VillageChange(VillageStep.MERGE, (A, B), Month(2021, 4), "县政府批复", units=((A, "东山村"),))
    change_villages(villages, merged)
    april = VisitHead(date(2021, 4, 2), "王五", Month(2021, 4))
    with pytest.raises(UserError, match="2021年4月的名录里已没有“西河村”"):
        enter(villages, form, 2, Finding.SAME, head=april)
    enter(villages, form, 2, Finding.SAME)


def test_a_numbered_photo_is_attached_by_its_number(villages: Ledger, form: VisitSheet, tmp_path: Path) -> None:
    photos = tmp_path / "照片"
    photos.mkdir()
    for name in ("IMG_0012.JPG", "IMG_0112.JPG", "说明.txt"):
        (photos / name).write_bytes(name.encode())
    head = VisitHead(HEAD.day, HEAD.checker, MARCH, photos=photos)
    stored = enter_visit(villages, form, head, VisitLine(form.places[0], Finding.SAME, photo="12"))
    assert stored.attached == "IMG_0012.JPG"
    attached = {n.attached for n in coverage_now(villages, A, MARCH)}
    assert attached == {hashlib.sha256(b"IMG_0012.JPG").hexdigest()}
    assert evidence_of(villages, attached.pop()) == ("IMG_0012.JPG", b"IMG_0012.JPG")
    with pytest.raises(UserError, match="文件夹里没有照片 7"):
        enter(villages, form, 2, Finding.NO, photo="7", head=head)


def test_a_line_is_taken_back_as_a_whole(villages: Ledger, form: VisitSheet) -> None:
    before = rural.rural_board(villages, MARCH)
    stored = enter_visit(villages, form, HEAD, VisitLine(form.places[0], Finding.NO))
    row = next(batch for batch in imports.list_batches(villages) if batch.id == stored.batch)
    assert (row.file_name, row.accepted) == ("巡查表100-2103第1行·东山村.csv", 2)
    imports.undo_batch(villages, stored.batch)
    assert rural.rural_board(villages, MARCH) == before


@pytest.mark.parametrize("typed", ["12", "3-12", "3月12日", "2021-03-12", "2021.3.12", "20210312", "３－１２"])
def test_the_day_is_written_as_on_paper(typed: str) -> None:
    assert read_visit_day(typed, MARCH) == date(2021, 3, 12)


@pytest.mark.parametrize("typed", ["", "十二", "2-30", "45"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="巡查日期读不懂"):
        read_visit_day(typed, MARCH)
