"""The bureau's own green programmes, and the notices to companies that fall short."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month, Period
from desktop_app.reporting.monthly import build_monthly
from desktop_app.services import context, imports, own_file, programmes
from desktop_app.services.green import green_board, green_report, programmes_for
from desktop_app.services.ledger import open_ledger
from desktop_app.services.reports.green_notice import notices
from desktop_app.services.reports.making import make_report, write_document
from desktop_app.services.reports.monthly import monthly_data
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.programmes import LineDraft, ProgrammeDraft
from desktop_app.storage import audit
from desktop_app.storage.engine import Ledger
from desktop_app.storage.files import own_file_of
from desktop_app.views.green.lines import basis_text, standing_words
from tests.gui.rural_green import small_county
from tests.reporting.reading import page_texts

MARCH = Month(2021, 3)
PERIOD = Period.of_month(MARCH)
COUNTY = "220281000000"
TAPE = LineDraft("瘦身胶带封装比例", "GRN.TAPE", comparator="≥", value="95", unit="%", due="2021-12", clause="第1条")
DRAFT = ProgrammeDraft("2021年方案", "本局2021年方案", "2021", "县级", COUNTY, (TAPE,))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county") / "ledger.db")


@pytest.fixture
def ledger(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    with closing(open_ledger(str(shutil.copy(filled, tmp_path / "ledger.db")))) as opened:
        yield opened


def test_what_is_written_is_read_back_as_it_was(ledger: Ledger) -> None:
    lines = (
        TAPE,
        LineDraft(
            "新增回收装置网点", "GRN.RECYC.N", comparator="≥", value="0.5", unit="万个", due="2021-12", increment=True
        ),
        LineDraft("过度包装治理", campaign="GRN.CAMP.EXCESS", comparator="完成", unit="项", due="2021-12"),
        LineDraft('写“引号"和\\斜杠的事项', comparator="完成", unit="项", due="2021-06", text="原文"),
    )
    code = programmes.save(ledger, replace(DRAFT, lines=lines), MARCH)
    row = next(row for row in programmes.programme_book(ledger).rows if row.code == code)
    assert row.own
    assert [replace(line, scope="") for line in row.draft.lines] == [replace(line, scope="") for line in lines]
    assert not own_file.faults(ledger)


def test_several_run_at_once_and_each_has_its_table_in_the_monthly_report(ledger: Ledger, tmp_path: Path) -> None:
    first = programmes.save(ledger, DRAFT, MARCH)
    second = programmes.save(ledger, replace(DRAFT, name="专项行动", level="本局"), MARCH)
    later = programmes.save(ledger, replace(DRAFT, name="明年的", year="2022"), MARCH)
    data = monthly_data(ledger, PERIOD, "internal", date(2021, 4, 9))
    assert data.green is not None
    assert [data.green.report.programme, *(each.programme for each in data.green.also)] == [second, first]
    offered = [each.code for each in programmes_for(context.catalogue(ledger), MARCH, COUNTY)]
    assert offered[:2] == [second, first]
    assert offered.index(later) > 2, "next year's has not begun"
    made = write_document(build_monthly(data), "pdf", tmp_path / "月报.pdf")
    assert "“2021年方案”完成情况" in "".join(page_texts(made.file))


def test_a_retired_one_is_no_longer_offered_and_comes_back(ledger: Ledger) -> None:
    code = programmes.save(ledger, DRAFT, MARCH)
    with pytest.raises(UserError, match="写明原因"):
        programmes.retire(ledger, code, " ")
    programmes.retire(ledger, code, "年度已结束")
    assert code not in [each.code for each in programmes_for(context.catalogue(ledger), MARCH, COUNTY)]
    assert green_report(ledger, PERIOD, code).programme_name == "2021年方案", "what was printed can be looked up"
    programmes.retire(ledger, code, "又要用")
    assert code in [each.code for each in programmes_for(context.catalogue(ledger), MARCH, COUNTY)]


def test_undo_of_a_new_one_takes_it_away(ledger: Ledger) -> None:
    code = programmes.save(ledger, DRAFT, MARCH)
    programmes.undo(ledger, code, "录错了")
    assert code not in context.catalogue(ledger).programmes
    with ledger.read() as session:
        assert audit.verify(session).ok


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (replace(TAPE, value=""), "没有写目标值"),
        (replace(TAPE, value="九十"), "要是一个数"),
        (replace(TAPE, unit="件"), "不能换算"),
        (replace(TAPE, value="101"), "超过 100%"),
        (replace(TAPE, due="年底"), "这样的年月"),
        (
            LineDraft("过度包装治理", campaign="GRN.CAMP.EXCESS", comparator="完成", due="2021-12", failed="3"),
            "大于检查数",
        ),
    ],
)
def test_a_slip_in_a_line_is_told(ledger: Ledger, line: LineDraft, words: str) -> None:
    with pytest.raises(UserError, match=words):
        programmes.save(ledger, replace(DRAFT, lines=(line,)), MARCH)
    assert ledger.own_file is not None
    assert not ledger.own_file.exists()


def test_a_file_that_is_gone_or_wrong_is_told(ledger: Ledger) -> None:
    programmes.save(ledger, DRAFT, MARCH)
    assert ledger.path is not None
    path = own_file_of(ledger.path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"GRN.TAPE"', '"GRN.NIX"'), encoding="utf-8")
    assert "指标 GRN.NIX 没有登记" in own_file.faults(ledger)[0].message
    assert "OWN-2021-1" not in context.catalogue(ledger).programmes
    path.unlink()
    assert "应有 1 个方案" in own_file.faults(ledger)[0].message


def test_a_notice_says_which_lines_and_by_how_much(ledger: Ledger, tmp_path: Path) -> None:
    _, found = notices(ledger, MARCH)
    assert {"示例己快递", "示例癸快递"}.isdisjoint({each.company for each in found}), "未报 is no shortfall"
    notice = next(each for each in found if each.company == "示例丙快递")
    line = next(each for each in notice.lines if each.code == "GRN.NOREPACK")
    assert (line.target_text, line.value_text, line.gap_text, line.clause) == (
        "≥98%",
        "84.0",
        "−14.0",
        "三（四）1、专栏7",
    )
    made = make_report(ledger, "green-notice", PERIOD, "pdf", "internal", tmp_path / "整改.pdf", proof=True)
    pages = page_texts(made.file)
    assert len(pages) == len(found)
    page = next(each for each in pages if "示例丙快递" in each)
    assert "电商快件不再二次包装率" in page


# ------------------------------------------------------------------------------------------- handed down for the county


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月绿色包装比率\n填报单位：蛟河市邮政管理局\n瘦身胶带封装比例(%),电子面单使用率(%)\n65,99.9\n",
        "2021年3月绿色包装比率\n填报单位：本局\n月份,瘦身胶带封装比例(%)\n2021-03,65\n",
        "2021年3月绿色包装比率\n地区,瘦身胶带封装比例(%)\n蛟河市,65\n",
        "2021年3月绿色包装比率\n填报单位,瘦身胶带封装比例(%)\n蛟河市邮政管理局,65\n",
        "2021年3月各县（市、区）绿色包装比率\n县市区,瘦身胶带封装比例(%)\n磐石市,71\n蛟河市,65\n永吉县,80\n",
    ],
)
def test_a_rate_handed_down_for_the_county_stands_beside_the_computed_one(
    ledger: Ledger, tmp_path: Path, text: str
) -> None:
    before = green_report(ledger, PERIOD).lines
    file = tmp_path / "下发.csv"
    file.write_text(text, encoding="utf-8-sig")
    preview = imports.preview_file(ledger, file, ImportOptions())
    plan = preview.plan
    assert plan is not None
    assert [issue.message for issue in plan.issues if issue.severity.name == "ERROR"] == []
    asked = [i.message for i in plan.issues if i.code == "COUNTY_RATE" and "瘦身胶带" in i.message]
    assert len(asked) == 1
    assert "下发的全县瘦身胶带封装比例是 65%，按企业报的分子、分母算是" in asked[0]
    assert imports.commit_previews(ledger, [preview], "吉林市局3月下发")[0].outcome is Outcome.COMMITTED
    after = green_report(ledger, PERIOD).lines
    assert [line.value for line in after] == [line.value for line in before], "the ratio of sums stays what it is"
    told = [(line.indicator, line.remark) for line in after if line.handed_down]
    assert any(code == "GRN.TAPE" and "上级下发 65%" in words for code, words in told)
    assert "上级下发 65%" in basis_text(next(line for line in after if line.indicator == "GRN.TAPE"))


def test_a_rate_handed_down_is_the_county_s_where_no_company_gave_both_halves(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "下发.csv"
    file.write_text("2021年5月蛟河市绿色包装比率\n月份,瘦身胶带封装比例(%)\n2021-05,65\n", encoding="utf-8-sig")
    preview = imports.preview_file(ledger, file, ImportOptions())
    assert preview.plan is not None
    assert [issue.code for issue in preview.plan.issues] == ["COUNTY_RATE"], "whose it is was only to be guessed"
    assert imports.commit_previews(ledger, [preview], "吉林市局下发")[0].outcome is Outcome.COMMITTED
    line = next(line for line in green_report(ledger, Period.parse("2021-05")).lines if line.indicator == "GRN.TAPE")
    assert line.value_text.startswith("65")
    assert line.handed_down == "上级下发，企业没有报分子、分母"


def test_rates_of_nobody_are_not_taken_for_the_county_s(ledger: Ledger, tmp_path: Path) -> None:
    """Neither without a word of the county nor under the name of a company that the register does not hold."""
    for text in (
        "月份,瘦身胶带封装比例(%)\n2021-03,65\n",
        "填报单位：示例未知快递有限公司\n月份,瘦身胶带封装比例(%)\n2021-03,65\n",
        "填报单位：磐石市邮政管理局\n月份,瘦身胶带封装比例(%)\n2021-03,65\n",
    ):
        file = tmp_path / "表.csv"
        file.write_text(f"2021年3月绿色包装比率\n{text}", encoding="utf-8-sig")
        plan = imports.preview_file(ledger, file, ImportOptions()).plan
        assert plan is not None
        assert not plan.observations


# ----------------------------------------------------------------------------------------------- the nation in 2020


def test_the_national_series_of_2020_is_read_and_stands_beside_the_county(ledger: Ledger, tmp_path: Path) -> None:
    """9792 as published: a file of months goes in, and every line says met or behind in each of them."""
    file = tmp_path / "全国绿色包装进展.csv"
    file.write_text(
        "2020年全国快递绿色包装进展\n"
        "月份,瘦身胶带封装比例(%),电商快件不再二次包装率(%),循环中转袋使用率(%),设置回收装置的网点数(万个)\n"
        "2019-12,75,52,75,3\n2020-04,83.8,65,80.9,4.7\n2020-08,94.3,68.5,87.2,6.5\n"
        "2020-11,95,70.1,91.5,7.6\n2020-12,96.4,72.1,93.8,8.6\n",
        encoding="utf-8-sig",
    )
    preview = imports.preview_file(ledger, file, ImportOptions())
    assert imports.commit_previews(ledger, [preview], "公开报道")[0].outcome is Outcome.COMMITTED

    def path(month: str) -> list[tuple[str, bool | None]]:
        return [(line.area, line.area_met) for line in green_report(ledger, Period.parse(month), "9792").lines]

    assert path("2020-04") == [
        ("全国 83.8% 未达", False), ("全国 65% 未达", False), ("全国 80.9% 未达", False), ("全国 1.7万个 未达", False),
    ]  # fmt: skip
    assert [met for _, met in path("2020-08")] == [True, False, False, True]
    assert [met for _, met in path("2020-11")] == [True, True, True, True]
    assert [area for area, _ in path("2020-12")] == [
        "全国 96.4% 已达", "全国 72.1% 已达", "全国 93.8% 已达", "全国 5.6万个 已达",
    ]  # fmt: skip
    assert path("2020-05") == [("", None)] * 4, "a month without a figure says nothing"
    board = green_board(ledger, Month(2020, 8), "9792")
    assert standing_words(board.report).endswith("；全国已达 2，未达 2")
    assert basis_text(board.report.lines[0]).endswith("全国 94.3% 已达")
    assert not board.empty_reason
