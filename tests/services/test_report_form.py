"""公文格式 of the bureau: kept for a kind of report, number and draft mark for one period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services.reports import make_report
from desktop_app.services.reports.formality import next_number
from desktop_app.services.reports.making import report_form, set_form
from desktop_app.services.results.reports import FormRow, ReportFile
from desktop_app.storage.engine import Ledger
from tests.reporting.reading import whole_text

MARCH, FEBRUARY = Period.of_month(Month(2021, 3)), Period.of_month(Month(2021, 2))
ROW = FormRow(
    red_head=True,
    organ="示例县邮政管理局文件",
    template="示邮管〔{年}〕{号}号",
    foot="closing",
    signatory="示例县邮政管理局",
    number="示邮管〔2021〕5号",
)


def proof(ledger: Ledger, folder: Path, period: Period = MARCH, kind: str = "monthly") -> ReportFile:
    out = folder / f"{kind}{period}.pdf"
    return make_report(ledger, kind, period, "pdf", "internal", out, made_on=date(2021, 4, 8), proof=True)


def test_the_form_holds_for_the_kind_and_the_number_for_the_period(own_county: Ledger, tmp_path: Path) -> None:
    before = proof(own_county, tmp_path)
    assert "〔2021〕" not in whole_text(before.file)
    assert not report_form(own_county, "monthly", MARCH).red_head
    set_form(own_county, "monthly", MARCH, ROW)
    made = proof(own_county, tmp_path)
    text = whole_text(made.file)
    assert "示例县邮政管理局文件示邮管〔2021〕5号蛟河市2021年3月" in text
    assert "示例县邮政管理局2021年4月8日" in text
    assert "单位负责人" not in text
    assert made.figures == before.figures
    assert not any(each.word == "文号" for each in made.remarks)
    other = proof(own_county, tmp_path, FEBRUARY)
    assert "示邮管〔2021〕号" in whole_text(other.file), "a place for the number"
    assert next(each for each in other.remarks if each.word == "文号").text == "红头下还没有文号"
    assert "示邮管" not in whole_text(proof(own_county, tmp_path, kind="plan").file)
    assert report_form(own_county, "monthly", MARCH) == ROW


def test_the_next_number_follows_those_given_in_the_year(own_county: Ledger) -> None:
    assert next_number(own_county, ROW.template, date(2021, 4, 8)) == "示邮管〔2021〕1号"
    set_form(own_county, "monthly", MARCH, ROW)
    set_form(own_county, "plan", MARCH, replace(ROW, number="示邮管〔2021〕12号"))
    assert next_number(own_county, ROW.template, date(2021, 4, 8)) == "示邮管〔2021〕13号"
    assert next_number(own_county, ROW.template, date(2022, 1, 8)) == "示邮管〔2022〕1号"
    with pytest.raises(UserError, match="已给了别的报表"):
        set_form(own_county, "monthly", FEBRUARY, ROW)


def test_a_draft_is_marked_and_needs_no_number(own_county: Ledger, tmp_path: Path) -> None:
    set_form(own_county, "monthly", MARCH, replace(ROW, draft=True, number=""))
    made = proof(own_county, tmp_path)
    assert "征求意见稿" in whole_text(made.file)
    assert not any(each.word == "文号" for each in made.remarks)
    assert "征求意见稿" not in whole_text(proof(own_county, tmp_path, FEBRUARY).file), "the draft is this period's"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (replace(ROW, organ=" "), "红头要写机关名称"),
        (replace(ROW, organ="局" * 61), "太长"),
        (replace(ROW, signatory=""), "署名的机关"),
    ],
)
def test_a_form_that_cannot_be_printed_is_refused(own_county: Ledger, row: FormRow, told: str) -> None:
    with pytest.raises(UserError, match=told):
        set_form(own_county, "monthly", MARCH, row)
    assert not report_form(own_county, "monthly", MARCH).red_head
