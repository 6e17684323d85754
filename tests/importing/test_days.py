"""A day, ten days or a company's own accounting month in a title is never taken for the month in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.importing.plan import ImportOptions, ImportPlan
from desktop_app.importing.recognise.months import find_month
from desktop_app.models.values import Month
from tests.importing.makers import codes, figures, only, plan_rows

APRIL = Month(2021, 4)


def told(folder: Path, title: str, options: ImportOptions | None = None, name: str = "表.csv") -> ImportPlan:
    rows = [[f"快递企业业务情况（{title}）"], ["企业", "业务量（件）"], ["示例甲快递", "400"]]
    return plan_rows(folder, rows, options=options, name=name)


@pytest.mark.parametrize(
    "title",
    [
        *("2021年4月1日至15日", "2021年4月1-7日", "2021年3月26日至4月25日", "2021年3月26日—2021年4月25日"),
        *(
            "2021.3.26-2021.4.25",
            "20210326-20210425",
            "2021年4月上旬",
            "2021年4月下半月",
            "2021年4月第1周",
            "2021年第17周",
        ),
    ],
)
def test_days_that_are_no_month_are_refused_with_their_words(tmp_path: Path, title: str) -> None:
    plan = told(tmp_path, title)
    issue = only(plan, "NOT_A_MONTH")
    assert "不是一个整月" in issue.message
    assert "整月" in issue.suggestion
    assert not figures(plan)


def test_a_month_that_the_clerk_names_for_such_days_wants_a_reason(tmp_path: Path) -> None:
    plan = told(tmp_path, "2021年3月26日至4月25日", ImportOptions(month=APRIL))
    assert "3月26日至4月25日" in only(plan, "MONTH_DIFFERS").message
    assert plan.month == APRIL


@pytest.mark.parametrize(
    "title", ["2021年4月1日至30日", "2021年4月1日—4月30日", "2021-04-01至2021-04-30", "截至2021年4月30日"]
)
def test_days_from_the_first_to_the_last_are_the_month(tmp_path: Path, title: str) -> None:
    plan = told(tmp_path, title)
    assert codes(plan) == []
    assert figures(plan) == {("MKT.VOL", "M", 1): 400 * 10_000}
    assert plan.month == APRIL


@pytest.mark.parametrize("title", ["2021年1月1日至4月30日", "2021.1.1-2021.4.30"])
def test_days_from_new_year_to_the_end_of_a_month_are_the_cumulation(tmp_path: Path, title: str) -> None:
    plan = told(tmp_path, title)
    assert figures(plan) == {("MKT.VOL", "C", 1): 400 * 10_000}
    assert plan.month == APRIL


def test_a_single_day_is_asked_with_the_months_that_it_may_mean(tmp_path: Path) -> None:
    """Mostly it is the day of writing, early in the month after; then one press of a key says so."""
    issue = only(told(tmp_path, "2021年4月6日"), "MONTH_DIFFERS")
    assert "2021年4月6日这一天" in issue.message
    assert [answer.month for answer in issue.answers] == [APRIL, Month(2021, 3)]
    assert told(tmp_path, "2021年4月6日", ImportOptions(month=Month(2021, 3))).month == Month(2021, 3)


def test_a_day_in_the_name_of_a_file_is_asked_only_where_nothing_else_names_the_month(tmp_path: Path) -> None:
    assert "文件名只写了2021年4月6日" in only(told(tmp_path, "", name="甲20210406.csv"), "MONTH_DIFFERS").message
    assert "这一天" not in only(told(tmp_path, "2021年3月", name="甲20210406.csv"), "MONTH_DIFFERS").message


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2021年3月 12家企业", Month(2021, 3)),
        ("表3-1-2 2021年3月", Month(2021, 3)),
        ("2021年3月快递业务情况（2021年3月31日）", Month(2021, 3)),
        ("2021-03", Month(2021, 3)),
    ],
)
def test_other_numbers_are_no_days(text: str, month: Month) -> None:
    found = find_month(text)
    assert (found.month, found.day, found.part) == (month, 0, "")


def test_of_two_months_each_can_be_chosen_also_where_one_has_no_year(tmp_path: Path) -> None:
    issue = only(told(tmp_path, "2021年4月", name="甲3月.csv"), "MONTH_DIFFERS")
    assert [answer.month for answer in issue.answers] == [APRIL, Month(2021, 3)]


@pytest.mark.parametrize("title", ["截至2021年4月15日快递进村情况", "2021年4月上旬快递进村情况"])
def test_how_villages_stand_may_be_of_any_day(tmp_path: Path, title: str) -> None:
    rows = [[title, "", ""], ["村代码", "村名", "示例甲"], ["220281100201", "红星村", "邮快"]]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert [record.month for record in plan.coverage] == [APRIL]
