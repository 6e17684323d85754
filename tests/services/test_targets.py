"""The bureau's own targets: entered, followed, contradicted, taken off the register and put back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services import context, targets
from desktop_app.services.reports.making import make_report
from desktop_app.services.results.targets import Standing, TargetEntry, worded_entry
from desktop_app.services.target_reading import read_text
from desktop_app.storage.engine import Ledger
from tests.reporting.office import docx_lines
from tests.services.demo import MARCH, stored

YEAR = TargetEntry(
    document="本局2021年工作要点",
    clause="第3条",
    indicator="MKT.VOL",
    value=Decimal(800),
    unit="万件",
    due=Month(2021, 12),
    text="快递业务量完成800万件",
)


def test_an_own_target_is_followed_from_the_moment_it_is_entered(spring: Ledger) -> None:
    added = targets.add_target(spring, YEAR)
    found = next(row for row in targets.targets(spring, MARCH) if row.code == added.code)
    assert (found.document, found.clause, found.target_text) == ("本局2021年工作要点", "第3条", "≥800万件")
    assert found.value == Decimal(1_657_933), "January to March of the demo county"
    assert found.completion_pct == Decimal("20.7")
    assert found.straight_pct == Decimal("25.0")
    assert found.standing is Standing.BEHIND
    assert targets.targets(spring, MARCH)[0].code == added.code, "the bureau's own come first"


def test_own_targets_are_held_against_each_other(spring: Ledger) -> None:
    targets.add_target(spring, YEAR)
    targets.add_target(spring, replace(YEAR, clause="第9条", value=Decimal(900)))
    messages = [row.message for row in targets.conflicts(spring) if row.indicator == "MKT.VOL"]
    assert messages == ["快递业务量：本局2021年工作要点第3条为≥800万件，本局2021年工作要点第9条为≥900万件"]


def test_closing_and_reopening(spring: Ledger) -> None:
    code = targets.add_target(spring, YEAR).code
    with pytest.raises(UserError, match="要写明原因"):
        targets.close_target(spring, code, " ")
    targets.close_target(spring, code, "上级调整了目标")
    assert code not in {row.code for row in targets.targets(spring, MARCH)}
    with pytest.raises(UserError, match="没有第"):
        targets.close_target(spring, code, "再删一次")
    targets.reopen_target(spring, code)
    assert code in {row.code for row in targets.targets(spring, MARCH)}
    with pytest.raises(UserError, match="没有删除过"):
        targets.reopen_target(spring, code)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"indicator": "NO.SUCH"}, "没有指标"),
        ({"unit": "亿元"}, "单位是件"),
        ({"unit": "筐"}, "单位是件"),
        ({"document": " "}, "文件名称"),
        ({"measure": "average", "unit": "%"}, "从哪个月算起"),
        ({"base_month": Month(2022, 1)}, "基期要在完成时间之前"),
        ({"value": Decimal("NaN")}, "一个数"),
    ],
)
def test_what_is_refused_changes_nothing(spring: Ledger, changed: dict[str, object], words: str) -> None:
    before = stored(spring)
    with pytest.raises(UserError, match=words):
        targets.add_target(spring, replace(YEAR, **changed))  # type: ignore[arg-type]  # one field each
    assert stored(spring) == before


def test_the_same_target_is_entered_once_and_published_ones_are_not_touched(spring: Ledger) -> None:
    targets.add_target(spring, YEAR)
    with pytest.raises(UserError, match="已经登记过"):
        targets.add_target(spring, YEAR)
    with pytest.raises(UserError, match="公开文件"):
        targets.close_target(spring, "CN145.1", "不要了")


def test_a_pasted_sentence_becomes_targets(spring: Ledger) -> None:
    drafts = read_text(spring, "快递业务量完成24亿件、同比增长15%", 2021).drafts
    codes = [
        targets.add_target(
            spring,
            TargetEntry(
                document="粘贴",
                indicator=draft.indicator,
                value=draft.value,
                unit=draft.unit,
                due=draft.due,
                measure=draft.measure.value,
                comparator=draft.comparator.value,
                text=draft.text,
            ),
        ).code
        for draft in drafts
    ]
    rows = {row.code: row for row in targets.targets(spring, MARCH)}
    assert [rows[code].target_text for code in codes] == ["≥24亿件", "同比增速≥15%"]


def test_a_pasted_pair_is_held_against_last_year(spring: Ledger) -> None:
    """The demo county has March 2020 only: whole years are said to be lacking, never guessed."""
    reading = read_text(spring, "快递业务量完成800万件，同比增长15%", 2021)
    assert reading.bases == ("快递业务量倒算2020年为695.65万件；台账没有完整的2020年的数，没有核对",)
    assert all(not draft.doubts for draft in reading.drafts)


@pytest.mark.parametrize(("growth", "fits"), [("20", True), ("35", False)])
def test_an_alarm_where_value_and_growth_do_not_fit_last_year(spring: Ledger, growth: str, fits: bool) -> None:
    """Staff stood somewhere in March 2020; a goal for March 2021 with its growth says where."""
    calc = context.calculator(spring, MARCH)
    before = calc.amount("NET.STAFF", Period.of_month(Month(2020, 3))).value
    assert before is not None
    wanted = int(before * 6 / 5)
    reading = read_text(spring, f"2021年3月，从业人员达到{wanted}人，同比增长{growth}%", 2021)
    (words,) = reading.bases
    assert ("相符" in words, "对不上" in words) == (fits, not fits)
    assert bool(reading.drafts[1].doubts) is not fits


def test_a_growth_over_a_change_of_prices_is_flagged_when_pasted(spring: Ledger) -> None:
    reading = read_text(spring, "全年邮政业务总量完成540亿元、同比增长13.8%", 2021)
    assert "倒算2020年为474.52亿元" in reading.bases[0]
    assert "2020年不变单价" in reading.drafts[1].doubts[0]


def test_the_ledger_contradicts_a_pair_of_the_bureaus_own(spring: Ledger) -> None:
    calc = context.calculator(spring, MARCH)
    before = calc.amount("NET.STAFF", Period.of_month(Month(2020, 3))).value
    assert before is not None
    level = replace(YEAR, indicator="NET.STAFF", unit="人", due=MARCH, value=Decimal(int(before * 2)))
    targets.add_targets(spring, [level, replace(level, measure="yoy", value=Decimal(15), unit="%")])
    kinds = [row.kind for row in targets.conflicts(spring) if row.indicator == "NET.STAFF"]
    assert "base" in kinds
    assert any("对不上" in row.message or "相差" in row.message for row in targets.conflicts(spring))


def test_a_goal_in_words_is_kept_and_printed_as_it_stands(spring: Ledger, tmp_path: Path) -> None:
    reading = read_text(spring, "服务能力明显增强", 2021, "本局2021年工作要点")
    entry = worded_entry(reading.unread[0], "本局2021年工作要点", "第6条", Month(2021, 12))
    (code,) = targets.add_targets(spring, [entry])
    found = next(each for each in targets.targets(spring, MARCH) if each.code == code)
    assert (found.name, found.text, found.target_text) == ("服务能力明显增强", "服务能力明显增强", "完成")
    assert found.standing is Standing.WORDED
    with pytest.raises(UserError, match="已经登记过"):
        targets.add_targets(spring, [entry])
    with pytest.raises(UserError, match="要有原文"):
        targets.add_targets(spring, [replace(entry, text=" ")])
    with pytest.raises(UserError, match="没有写文件名称"):
        targets.add_targets(spring, [replace(entry, document="")])
    path = tmp_path / "规划.docx"
    make_report(spring, "plan", Period.parse("2021-03"), "docx", "internal", path)
    assert any("服务能力明显增强" in line for line in docx_lines(path)), "goals in words are listed in the notes"
