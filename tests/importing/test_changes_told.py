"""Nothing is coerced in silence: each cell that is read otherwise than it stands is in the plan with its reason."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importing.convert import read_amount
from desktop_app.importing.plan import ImportPlan
from tests.importing.makers import market_row, market_table, plan_rows

LOCAL = "同城业务量"


def _plan(folder: Path, cell: str) -> ImportPlan:
    row = market_row("示例甲快递", 1000, 80_000, 10)
    row[2] = cell
    return plan_rows(folder, market_table(row))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("１０００", "全角"),
        ("1,0,00", ""),
        ("1千", "千"),
        ("0.1万", "万"),
        ("0.00001亿", "亿"),
        ("1千件", "千"),
        ("1e3", "科学"),
        ("1E+03", "科学"),
        ("一千", "中文"),
        ("壹仟", "中文"),
        ("1000件", "单位"),
        ("'1000", "文本"),
        ("＋1000", "全角"),
    ],
)
def test_a_figure_in_another_dress_is_in_the_plan(tmp_path: Path, cell: str, reason: str) -> None:
    plan = _plan(tmp_path, cell)
    local = [item.value for item in plan.observations if item.indicator == "MKT.VOL.LOCAL"]
    told = [change for change in plan.changes if change.raw == cell]
    if not reason:
        assert local == [], "a figure that makes no sense is no figure"
        assert any(cell in issue.message or issue.value == cell for issue in plan.issues)
        return
    assert local == [10_000_000]
    assert [(change.column, reason in change.why) for change in told] == [(LOCAL, True)]


@pytest.mark.parametrize("cell", ["1000", "1,000", " 1000 ", "1000.0", "1000.00"])
def test_plain_figures_need_no_word(tmp_path: Path, cell: str) -> None:
    assert _plan(tmp_path, cell).changes == ()


@pytest.mark.parametrize(
    "cell", ["—", "——", "-", "…", "……", "/", "无", "不详", "N/A", "缺报", "(1000)", "1000-", "下降5"]
)
def test_a_word_or_a_minus_is_in_the_plan(tmp_path: Path, cell: str) -> None:
    assert [change.raw for change in _plan(tmp_path, cell).changes if change.column == LOCAL] == [cell]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("1,23,456", "123456", ""),
        ("１，２３４．５", "1234.5", ""),
        ("1.2亿元", "120000000", "元"),
        ("5百", "500", ""),
        ("3.5 万件", "35000", "件"),
        ("5％", "5", "%"),
        ("0.5‰", "0.5", "‰"),
        ("0.3个百分点", "0.3", "个百分点"),
        ("一百二十三万", "1230000", ""),
        ("一百二十三万四千五百", "1234500", ""),
        ("廿五", "", ""),
        ("（123）", "-123", ""),
        ("123-", "-123", ""),
        ("-123-", "", ""),
        ("(-5)", "", ""),
        ("12①", "12", ""),
        ("①", "", ""),
        ("5²", "", ""),
        ("1.2w", "", ""),
        ("5-8", "", ""),
        ("<5", "", ""),
        ("$5", "", ""),
    ],
)
def test_shapes_of_figures(text: str, number: str, unit: str) -> None:
    amount = read_amount(text)
    if number:
        assert (amount.number, amount.unit, amount.problem) == (Decimal(number), unit, "")
    else:
        assert amount.number is None
        assert text in amount.problem


@pytest.mark.parametrize("cell", ["亿" * 1000, "说明：" + "本月数据由总部统一上报" * 80, "“引号”里的字" * 100])
def test_a_message_repeats_only_the_beginning_of_a_long_cell(tmp_path: Path, cell: str) -> None:
    plan = plan_rows(tmp_path, [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", cell]])
    (issue,) = plan.errors
    assert cell[:40] + "…" in issue.message
    assert "不是数字" in issue.message
    assert len(issue.message) < 80
