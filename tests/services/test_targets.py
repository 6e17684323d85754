"""The bureau's own targets: entered, followed, contradicted, taken off the register and put back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services import targets
from desktop_app.services.results.targets import Standing, TargetEntry
from desktop_app.storage.engine import Ledger
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
    drafts = targets.read_text(spring, "快递业务量完成24亿件、同比增长15%", 2021)
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
