"""What would otherwise go in wrong, or be left out, without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.makers import Rows, codes, official_ledger, official_table, only, plan_rows


def test_a_second_table_in_the_file_is_asked_about(tmp_path: Path) -> None:
    second = official_table(company="示例乙快递有限公司")
    plan = plan_rows(tmp_path, [*official_table(), [], *second], official_ledger())
    assert "像是另一个表，没有读" in only(plan, "UNREAD_PART").message


@pytest.mark.parametrize("name", ["浙江甲快递有限公司", "示例甲甲快递有限公司"])
def test_a_company_whose_name_only_contains_a_known_one_is_another(tmp_path: Path, name: str) -> None:
    plan = plan_rows(tmp_path, official_table(company=name))
    assert plan.enterprise_id is None
    assert {"UNKNOWN_COMPANY", "COMPANY_MISSING", "COMPANY_AMBIGUOUS"} & set(codes(plan))


@pytest.mark.parametrize("cell", ["", "-", "未报"])
def test_a_report_without_a_number_is_asked_about(tmp_path: Path, cell: str) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", cell]]
    assert "没有一个数" in only(plan_rows(tmp_path, rows), "NO_FIGURES").message
