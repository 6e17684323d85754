"""A ledger on a database server has no file beside it; programmes of the bureau's own work all the same."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop_app.models.values import Month, Period
from desktop_app.services import context, ledger, own_file, programmes
from desktop_app.services.green import green_report
from desktop_app.services.results.programmes import LineDraft, ProgrammeDraft
from tests.reporting.reading import whole_text

MARCH = Month(2021, 3)
TAPE = LineDraft("瘦身胶带封装比例", "GRN.TAPE", comparator="≥", value="95", unit="%", due="2021-12", clause="第1条")
DRAFT = ProgrammeDraft("2021年方案", "本局2021年方案", "2021", "县级", "220281000000", (TAPE,))


@pytest.mark.postgres
def test_a_programme_is_stored_changed_and_taken_back_on_a_server(postgres_url: str) -> None:
    with closing(ledger.create(postgres_url, "220281", "蛟河市")) as made:
        assert made.own_file is None
        code = programmes.save(made, DRAFT, MARCH)
        assert green_report(made, Period.of_month(MARCH)).programme == code, "the nearest programme is offered first"
    with closing(ledger.open_ledger(postgres_url)) as again:
        row = next(row for row in programmes.programme_book(again).rows if row.code == code)
        assert (row.own, row.draft.lines[0].value) == (True, "95")
        assert not own_file.faults(again)
        programmes.undo(again, code, "录错了")
        assert code not in context.catalogue(again).programmes


def test_a_fresh_ledger_needs_no_file_beforehand_and_prints_the_same_day(tmp_path: Path) -> None:
    from desktop_app.services.reports.making import make_report

    with closing(ledger.create(tmp_path / "新建.db", "220281", "蛟河市")) as made:
        assert made.own_file is not None
        assert not made.own_file.exists()
        ban = LineDraft(
            "全面禁塑", "GRN.BAN", comparator="完成", unit="是/否", due="2021-12", done="是", evidence="通告"
        )
        code = programmes.save(
            made, ProgrammeDraft("今年方案", "本局文件", "2021", "县级", "220281000000", (ban,)), MARCH
        )
        file = tmp_path / "监测.pdf"
        printed = make_report(
            made, "green-watch", Period.of_month(MARCH), "pdf", "internal", file, made_on=date(2021, 4, 9)
        )
        said = whole_text(printed.file)
        assert "今年方案" in said
        assert "依据：通告" in said
        assert code in context.catalogue(made).own_programmes
