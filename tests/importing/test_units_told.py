"""Units around and above the columns: however they are said they hold, and one that nobody knows is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Severity
from tests.importing.makers import Rows, codes, figures, official_ledger, official_table, only, plan_rows

HEAD = ("企业名称", "投递量", "快递业务收入")
PIECES, MONEY = ("OPS.IN", "M", 1), ("MKT.REV", "M", 1)


def _values(plan_figures: dict[tuple[str, str, int | None], int | None]) -> tuple[int | None, int | None]:
    """Deliveries and revenue of company 1 in base units."""
    pieces, money = plan_figures.get(PIECES), plan_figures.get(MONEY)
    return pieces and pieces // 10_000, money and money // 10_000


@pytest.mark.parametrize(
    ("line", "factors"),
    [
        ("业务量单位：件　业务收入单位：万元", (1, 10_000)),
        ("业务量单位：万件，业务收入单位：万元", (10_000, 10_000)),
        ("单位：件、万元", (1, 10_000)),
        ("（单位：件，万元）", (1, 10_000)),
        ("单位：万件 万元", (10_000, 10_000)),
        ("计量单位：万件（业务量）、万元（业务收入）", (10_000, 10_000)),
        ("单位：业务量（万件）、收入（万元）", (10_000, 10_000)),
        ("单位：投递量万件，收入万元", (10_000, 10_000)),
        ("数量单位：万件；金额单位：万元", (10_000, 10_000)),
        ("业务量：万件　业务收入：万元", (10_000, 10_000)),
        ("单位：件　填报日期：2021年6月3日", (1, 1)),
        ("单位：万件　负责人：某某", (10_000, 1)),
    ],
)
def test_a_line_of_units_holds_for_every_column_of_its_kind(
    tmp_path: Path, line: str, factors: tuple[int, int]
) -> None:
    rows: Rows = [["2021年5月"], [line], HEAD, ["示例甲快递", "500", "3000"]]
    assert _values(figures(plan_rows(tmp_path, rows))) == (500 * factors[0], 3000 * factors[1])


@pytest.mark.parametrize(
    ("note", "factors"),
    [
        ("注：金额单位为万元", (1, 10_000)),
        ("注：业务量单位为万件，收入单位为万元", (10_000, 10_000)),
        ("注：金额单位：万元", (1, 10_000)),
        ("备注：收入以万元计", (1, 10_000)),
        ("说明：本表金额均为万元。", (1, 10_000)),
        ("注：本单位为小微企业，收入为3万元以下的不填", (1, 1)),
    ],
)
def test_a_foot_note_names_the_unit(tmp_path: Path, note: str, factors: tuple[int, int]) -> None:
    rows: Rows = [["2021年5月"], HEAD, ["示例甲快递", "500", "3000"], ["示例乙快递", "50", "300"], [note]]
    plan = plan_rows(tmp_path, rows)
    assert _values(figures(plan)) == (500 * factors[0], 3000 * factors[1])


def test_the_title_names_the_unit_in_brackets(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月快递业务收入表（万元）"], ["企业名称", "快递业务收入"], ["示例甲快递", "3000"]]
    assert figures(plan_rows(tmp_path, rows))[MONEY] == 3000 * 10_000 * 10_000


def test_head_and_note_that_differ_are_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["单位：元"], HEAD, ["示例甲快递", "500", "3000"], ["注：金额单位为万元"]]
    assert "元、万元" in only(plan_rows(tmp_path, rows), "UNIT_AMBIGUOUS").message


@pytest.mark.parametrize(
    "rows",
    [
        [["2021年5月投递量（万件）"], ["企业名称", "投递量（件）"], ["示例甲快递", "500"]],
        [["2021年5月"], ["单位：万件"], ["企业名称", "投递量"], ["示例甲快递", "500件"]],
        [
            *official_table(unit=("万件", "元"))[:3],
            ["指标名称", "计量单位", "本期"],
            *([name, "件", "10"] for name in ("快递业务量合计", "国内同城快递业务量")),
        ],
    ],
    ids=("head", "cell", "column of units"),
)
def test_a_stated_unit_that_no_figure_is_in_is_asked_about(tmp_path: Path, rows: Rows) -> None:
    assert "万件" in only(plan_rows(tmp_path, rows), "UNIT_DIFFERS").message


def test_a_unit_in_the_file_name_alone_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量"], ["示例甲快递", "500"]]
    assert "文件名" in only(plan_rows(tmp_path, rows, name="5月投递量（万件）.csv"), "UNIT_DIFFERS").message


def test_a_column_with_a_unit_of_its_own_beside_one_without_is_no_doubt(tmp_path: Path) -> None:
    head = ["企业名称", "投递量", "快递业务量（件）", "快递业务收入"]
    rows: Rows = [["2021年5月"], ["单位：万件、元"], head, ["示例甲快递", "2", "3000", "30000"]]
    assert "UNIT_DIFFERS" not in codes(plan_rows(tmp_path, rows))


@pytest.mark.parametrize(
    "head",
    [
        *("快递业务收入（港元）", "快递业务收入(万美元)", "快递业务收入/万港币", "快递业务收入 USD", "收入（欧元）"),
        *("业务收入（$）", "快递业务收入累计（千美元）", "快递业务量（吨）"),
    ],
)
def test_a_foreign_unit_in_a_head_is_refused(tmp_path: Path, head: str) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）", head], ["示例甲快递", "500", "3000"]]
    plan = plan_rows(tmp_path, rows)
    issue = only(plan, "UNIT_UNKNOWN")
    assert plan.errors == (issue,)
    without = plan_rows(tmp_path, rows, options=issue.answers[0].upon(ImportOptions()))
    assert not without.errors
    assert figures(without) == {PIECES: 500 * 10_000}


def test_a_weight_that_is_no_figure_of_ours_disturbs_nobody(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）", "包装重量（kg）"], ["示例甲快递", "500", "3000"]]
    assert not plan_rows(tmp_path, rows).errors


@pytest.mark.parametrize(
    "rows",
    [
        [["2021年5月"], ["企业", "指标", "数值（美元）"], ["示例甲快递", "快递业务收入", "3000"]],
        [["示例甲快递2021年"], ["指标", "单位", "1月", "2月"], ["快递业务收入", "美元", "3000", "3100"]],
        [["2021年快递业务收入（万美元）"], ["企业名称", "1月", "2月"], ["示例甲快递", "3000", "3100"]],
        [["2021年5月快递业务收入（万美元）"], ["企业名称", "快递业务收入"], ["示例甲快递", "3000"]],
    ],
    ids=("long", "months", "title of months", "title"),
)
def test_a_foreign_unit_elsewhere_is_refused(tmp_path: Path, rows: Rows) -> None:
    plan = plan_rows(tmp_path, rows)
    assert "UNIT_UNKNOWN" in {issue.code for issue in plan.errors}


def test_a_foreign_unit_in_the_name_of_a_row_is_refused(tmp_path: Path) -> None:
    rows = [[cell.replace("快递业务收入", "快递业务收入（港元）") for cell in row] for row in official_table()]
    without_units = [row if n < 3 or len(row) < 7 else [row[0], *row[2:]] for n, row in enumerate(rows)]
    plan = plan_rows(tmp_path, without_units, official_ledger())
    assert {issue.code for issue in plan.errors} == {"UNIT_UNKNOWN"}


def test_a_title_in_ten_thousands_over_rows_in_pieces_is_told_once(tmp_path: Path) -> None:
    rows = official_table(unit=("件", "元"))
    rows[2] = ["填报单位：示例甲快递有限公司", "", "", "2021年5月", "", "", "计量单位：万件、元"]
    for row in rows[4:8]:
        row[3:] = [str(float(row[3]) / 10_000), row[4], row[5], str(float(row[6]) / 10_000)]  # type: ignore[index]
    plan = plan_rows(tmp_path, rows, official_ledger())
    issue = only(plan, "NOT_WHOLE")
    assert "表头写的单位是万件，各行或列名却写件" in issue.message
    assert "6 个数不是整数（如第5行“0.1”）" in issue.message
    assert issue.severity is Severity.ERROR
    assert "UNIT_DIFFERS" not in codes(plan)
