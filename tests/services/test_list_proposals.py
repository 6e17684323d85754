"""What new and gone villages of a new list have to do with each other is proposed, and holds once it is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.models.values import Month
from desktop_app.services import imports, rural
from desktop_app.services.results.villages import ListReview, VillageStep
from desktop_app.services.village_list import review_list, take_list
from desktop_app.services.village_register import village_units
from desktop_app.storage.engine import Ledger
from tests.services.villages import JANUARY, bring, county, listed, sheet

TOWN, OTHER = "220281100", "220281101"
MAY = Month(2021, 5)
APRIL = Month(2021, 4)
BEFORE = (
    *((f"{TOWN}200", "东山村"), (f"{TOWN}201", "西河村"), (f"{TOWN}202", "红星村"), (f"{TOWN}203", "关马村")),
    *((f"{TOWN}204", "北岭村"), (f"{TOWN}205", "北岭东村"), (f"{OTHER}200", "中屯村"), (f"{OTHER}201", "新立村")),
)
AFTER = (
    *((f"{TOWN}206", "东河村"), (f"{TOWN}207", "红星一村"), (f"{TOWN}208", "红星二村"), (f"{TOWN}209", "官马村")),
    *((f"{TOWN}204", "北岭村"), (f"{OTHER}200", "中屯村"), (f"{OTHER}201", "新立村"), (f"{OTHER}202", "新立西村")),
)


@pytest.fixture
def villages(tmp_path: Path) -> Iterator[Ledger]:
    with closing(county(tmp_path, *BEFORE)) as made:
        rows = [f"{code},{name},直投,否" for code, name in BEFORE if name != "西河村"]
        rows.append(f"{TOWN}201,西河村,否,邮快")
        assert bring(made, sheet(tmp_path, JANUARY, rows)).outcome.value == "committed"
        yield made


@pytest.fixture
def review(villages: Ledger, tmp_path: Path) -> ListReview:
    return review_list(villages, listed(tmp_path, *AFTER, name="2022名录.csv"))


def told(review: ListReview) -> list[tuple[str, str, str]]:
    return [(p.step.value, "+".join(n for _, n in p.old), "+".join(n for _, n in p.new)) for p in review.proposals]


def test_mergers_splits_and_renames_are_proposed_by_name_and_code(review: ListReview) -> None:
    assert told(review) == [
        ("拆分", "红星村", "红星一村+红星二村"),
        ("合并", "东山村+西河村", "东河村"),
        ("改名", "关马村", "官马村"),
        ("合并", "北岭东村", "北岭村"),
        ("拆分", "新立村", "新立西村"),
    ]
    assert [p.ground for p in review.proposals] == [
        *("新村名都含“红星”", "“东河”各取一字", "村名读音相近", "原村名含“北岭”", "新村名含“新立”，原村还在"),
    ]
    explained = [key for p in review.proposals for key in p.lines]
    assert len(explained) == len(set(explained)), "no line is explained twice"


def test_nothing_is_proposed_that_was_not_there(villages: Ledger, tmp_path: Path) -> None:
    units = (*BEFORE[1:], (f"{TOWN}210", "长胜村"), (f"{TOWN}211", "永安村"))
    assert told(review_list(villages, listed(tmp_path, *units, name="2022名录.csv"))) == []


def test_what_is_confirmed_carries_the_records_on_and_leaves_earlier_months(
    villages: Ledger, review: ListReview
) -> None:
    before = [rural.rural_board(villages, Month(2021, month)).villages for month in range(1, 5)]
    lines = {line.key for line in review.lines}
    taken = take_list(villages, review, lines, MAY, adopted={p.key for p in review.proposals})
    now = {row.name: row.brands for row in rural.rural_board(villages, MAY).villages}
    assert now == {
        "东河村": ("示例乙", "示例甲"),
        **dict.fromkeys(("红星一村", "红星二村", "官马村", "北岭村", "中屯村", "新立村", "新立西村"), ("示例甲",)),
    }
    assert [rural.rural_board(villages, Month(2021, month)).villages for month in range(1, 5)] == before
    notes = {unit.name: unit.note for unit in village_units(villages, MAY)}
    assert "关马村" in notes["官马村"]
    imports.undo_batch(villages, taken.batch)
    assert {unit.name for unit in village_units(villages, MAY)} == {name for _, name in BEFORE}
    assert {row.name: row.brands for row in rural.rural_board(villages, MAY).villages}["东山村"] == ("示例甲",)


def test_what_is_not_confirmed_is_a_village_gone_and_a_new_one(villages: Ledger, review: ListReview) -> None:
    take_list(villages, review, {line.key for line in review.lines}, MAY)
    now = {row.name: row.brands for row in rural.rural_board(villages, MAY).villages}
    assert now["东河村"] == ()
    assert now["官马村"] == ()


def test_sixty_changes_are_confirmed_at_once(tmp_path: Path) -> None:
    signs = "东西南北上下前后大小石山河沟泉林松柳杨梅"
    old = [(f"{TOWN}{200 + n}", f"{signs[n]}{signs[(n + 7) % 20]}村") for n in range(20)]
    old += [(f"{OTHER}{200 + n}", f"{signs[n]}岗村") for n in range(20)]
    new = [(f"{TOWN}{300 + n}", f"{name[:2]}{part}村") for n, (_, name) in enumerate(old[:10]) for part in "一二"]
    new = [(f"{TOWN}{300 + n}", name) for n, (_, name) in enumerate(new)]
    new += [*old[10:20], *((f"{OTHER}{300 + n}", f"{signs[n]}冈村") for n in range(20))]
    with closing(county(tmp_path, *old)) as made:
        review = review_list(made, listed(tmp_path, *new, name="2022名录.csv"))
        steps = [p.step for p in review.proposals]
        assert (steps.count(VillageStep.SPLIT), steps.count(VillageStep.RENAME)) == (10, 20)
        assert len(review.lines) == 70
        taken = take_list(made, review, set(), MAY, adopted={p.key for p in review.proposals})
        assert taken.taken == 70
        assert len(village_units(made, MAY)) == 50
        assert len(village_units(made, APRIL)) == 40
