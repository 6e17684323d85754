from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.indicators.results.figures import Completeness
from desktop_app.models.values import CellState, Month
from desktop_app.reporting.content import (
    Block,
    Document,
    Edition,
    FigureRun,
    KeepTogether,
    Measure,
    Note,
    Paragraph,
    StateRun,
    Table,
    figures,
)
from desktop_app.reporting.monthly import build_monthly
from desktop_app.reporting.monthly_data import ExplainedDoubts, MonthlyData
from desktop_app.reporting.pdf.writer import write_pdf
from tests.reporting.reading import page_texts, whole_text
from tests.reporting.sample import COMPANIES, FIGURES, MONTH, monthly_data

SENTENCES = (
    "示例市2021年3月邮政快递业运行情况",
    "一、市场运行",
    "一季度，全市快递服务企业业务量累计完成164.31万件，同比增长21.7%；业务收入累计完成2287.50万元，同比增长11.2%。",
    (
        "其中，同城业务量累计完成19.84万件，同比增长6.3%；异地业务量累计完成144.19万件，同比增长24.4%；"
        "国际/港澳台业务量累计完成0.28万件，同比下降12.5%。"
    ),
    "3月份，全市快递服务企业业务量完成62.84万件，同比增长18.6%，环比增长12.3%；",
    "快递业务单件收入13.99元/件，同比下降7.8%。",
    "一季度，同城、异地、国际/港澳台快递业务量分别占全部快递业务量的12.1%、87.7%和0.2%；",
    (
        "与去年同期相比，同城快递业务量的比重下降1.8个百分点，异地快递业务量的比重上升1.8个百分点，"
        "国际/港澳台快递业务量的比重基本持平。"
    ),
    "表1示例市2021年3月快递业务量和业务收入",
    "图1示例市快递业务量",
    "图2示例市快递业务量构成",
    "表2示例市2021年3月企业快递业务量",
    "二、快递进村",
    (
        "截至3月末，全市共有建制村216个，其中204个通快递（口径：任一品牌通达），通达率为94.4%，"
        "与去年同期相比提高6.2个百分点。"
    ),
    "9个乡镇（街道）中，5个实现建制村全部通达，通达率较低的是示例六乡（76.0%）、示例七乡（88.5%）和示例三镇（90.9%）。",
    "尚有12个建制村未通快递，其中3个通达后又停运或回退。",
    "表3示例市2021年3月末乡镇建制村快递服务通达情况",
    "图3示例市建制村快递服务通达率",
    "三、绿色包装",
    "对照“9792”工程，全市4项量化目标中，2项已达到，1项未达到，1项本月未报。",
    "未达到的是电商快件不再二次包装率（68.5%，目标≥70%，低1.5个百分点）。",
    "表4示例市2021年3月绿色包装指标对照",
    "图4示例市瘦身胶带封装比例",
    "四、服务质量",
    "3月份没有录入服务质量数据，本部分没有可写的内容。",
    "五、报送情况",
    (
        "3月份应报企业12家（4月10日前报送）；已报10家，其中零报1家；未报2家（示例壬快递、示例癸快递）。"
        "逾期报送1家（示例丁快递）。"
    ),
    "六、存在问题",
    (
        "一是2家企业未按时报送3月份数据（示例壬快递、示例癸快递）；二是业务量增长快于业务收入，单件收入同比下降7.8%；"
        "三是3个建制村通达后又停运或回退；四是尚有12个建制村未通快递；五是"
    ),
    "七、下月重点",
    "一是督促未报企业补报3月份数据（示例壬快递、示例癸快递）；",
    "部分数据因四舍五入的原因，存在着与分项合计不等的情况。",
    "12家中2家未报，未报和退回的没有计入合计，也不按零计。",
    "单位负责人：统计负责人：填表人：报出日期：2021年4月12日",
)


def prose(document: Document) -> str:
    def walk(blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph() | Note():
                    yield "".join(run.text for run in block.runs)
                case KeepTogether():
                    yield from walk(block.blocks)

    return "\n".join(walk(document.blocks))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def in_month(month: Month) -> MonthlyData:
    return monthly_data(
        month=month,
        figures={code: replace(f, period=str(month), period_label=month.label) for code, f in FIGURES.items()},
    )


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("monthly") / "月报.pdf"
    write_pdf(build_monthly(monthly_data()), file)
    return file


def test_the_page_says_every_sentence_in_order(pdf: Path) -> None:
    # The foot stands at the end of each page and may cut a sentence in two.
    foot = r"(—\d+—)?(示例数据内部资料)?示例市2021年3月邮政快递业运行情况内部版(—\d+—)?"
    pages = [re.sub(foot + r"$|^示例数据内部资料|(—\d+—)$", "", text) for text in page_texts(pdf)]
    text = re.sub(foot, "", "".join(pages)).replace("示例数据内部资料", "")
    position = 0
    for sentence in SENTENCES:
        found = text.find(sentence, position)
        assert found >= 0, f"不见或次序不对：{sentence}"
        position = found


def test_every_figure_of_the_document_is_on_the_page_and_has_its_place(tmp_path: Path) -> None:
    document = build_monthly(monthly_data())
    written = write_pdf(document, tmp_path / "m.pdf")
    said = figures(document)
    assert written.figures == len(said) > 200
    assert [place.run for place in written.places] == list(said)
    text = whole_text(written.file)
    assert all(run.text.replace(" ", "") in text for run in said)


def test_each_page_bears_the_badges(pdf: Path) -> None:
    for text in page_texts(pdf):
        assert "示例数据" in text
        assert "内部资料" in text


def test_january_has_no_cumulative_sentence() -> None:
    document = build_monthly(in_month(Month(2021, 1)))
    text = prose(document)
    assert "累计" not in text.split("备注")[0].split("部分数据")[0]
    assert "1月份，全市快递服务企业业务量完成62.84万件" in text
    assert "同城业务量完成7.61万件，同比增长4.9%" in text
    assert [column.head for column in tables(document)[0].columns] == [
        "指标",
        "计量单位",
        "本月",
        "同比（%）",
        "环比（%）",
    ]


@pytest.mark.parametrize(("month", "words"), [(2, "1—2月，"), (6, "上半年，"), (9, "前三季度，"), (12, "全年，")])
def test_the_words_of_the_cumulation(month: int, words: str) -> None:
    assert prose(build_monthly(in_month(Month(2021, month)))).startswith(words)


def test_an_unreported_figure_drops_its_clause_and_is_said_in_a_note() -> None:
    gone = replace(
        FIGURES["MKT.VOL.INTL"],
        value=None,
        state=CellState.MISSING,
        text="未报",
        yoy_pct=None,
        cumulative=None,
        cumulative_yoy_pct=None,
        share_pct=None,
        cumulative_share_pct=None,
        share_change_pp=None,
        cumulative_share_change_pp=None,
    )
    document = build_monthly(monthly_data(figures={**FIGURES, "MKT.VOL.INTL": gone}))
    text = prose(document)
    assert "异地业务量累计完成144.19万件，同比增长24.4%。" in text
    assert "国际/港澳台业务量累计" not in text
    assert "分别占全部快递业务量" not in text
    assert "国际/港澳台快递业务量本月未报，正文中有关的句子从略。" in text
    row = tables(document)[0].rows[3]
    silences = [cell[0] for cell in row.cells[2:]]
    assert [run.text for run in silences] == ["未报", "未报", "—", "—"]
    assert {run.code for run in silences if isinstance(run, StateRun)} == {"MKT.VOL.INTL"}


def test_zero_is_printed_as_zero() -> None:
    zero = replace(FIGURES["MKT.VOL.INTL"], value=Decimal(0), text="0.00", yoy_pct=Decimal("-100.0"))
    document = build_monthly(in_month(Month(2021, 1)))
    document = build_monthly(replace(in_month(Month(2021, 1)), figures={**FIGURES, "MKT.VOL.INTL": zero}))
    assert "国际/港澳台业务量完成0件，同比下降100.0%。" in prose(document)


def test_no_data_is_said_and_no_section_vanishes(tmp_path: Path) -> None:
    empty = monthly_data(
        figures={}, ranking=(), volume_chart=None, composition_chart=None, rural=None, green=None, reporting=None
    )
    written = write_pdf(build_monthly(empty), tmp_path / "empty.pdf")
    text = whole_text(written.file)
    for words in (
        "一、市场运行3月份没有企业报送业务量和业务收入",
        "二、快递进村3月份没有录入进村数据",
        "三、绿色包装3月份没有录入绿色包装数据",
        "四、服务质量3月份没有录入服务质量数据",
        "五、报送情况没有登记应报企业",
        "六、存在问题3月份没有可用的数据",
    ):
        assert words in text
    assert written.pages == 2


def test_a_public_edition_names_no_company(tmp_path: Path) -> None:
    written = write_pdf(build_monthly(monthly_data(edition=Edition.PUBLIC)), tmp_path / "public.pdf")
    text = whole_text(written.file)
    assert not [name for name in COMPANIES if name in text]
    assert "未报2家" in text
    assert "公开版" in text
    assert "内部资料" not in text


def test_a_long_programme_names_the_furthest_behind() -> None:
    part = monthly_data().green
    assert part is not None
    short = part.report.lines[1]
    lines = tuple(
        replace(short, indicator=f"GRN.{i}", name=f"示例指标{i}", value=Decimal(60 + i), value_text=f"{60 + i}.0%",
                gap_text=f"−{10 - i}.0", gap=Decimal(i - 10))
        for i in range(6)
    )  # fmt: skip
    green = replace(part, report=replace(part.report, lines=(*lines, lines[0])))
    document = build_monthly(monthly_data(green=green))
    table = next(b for b in document.blocks if isinstance(b, Table) and b.columns[1].head == "目标")
    assert len(table.rows) == 6, "a target that two clauses repeat is one"
    text = prose(document)
    assert "6项量化目标中，6项未达到。差距较大的是示例指标0（60.0%，目标≥70%，低10.0个百分点）、示例指标1（" in text
    assert "示例指标3" not in text
    assert text.count("示例指标0") == 1


def test_definitions_and_provisional_figures_are_noted() -> None:
    figure = replace(FIGURES["MKT.VOL"], yoy_basis="可比口径", status="快报", completeness=Completeness())
    revenue = replace(FIGURES["MKT.REV"], cumulative_yoy_basis="报送")
    document = build_monthly(
        monthly_data(figures={**FIGURES, "MKT.VOL": figure, "MKT.REV": revenue}, remarks=("示例说明。",))
    )
    text = prose(document)
    assert "快递业务量的同比按可比口径计算。" in text
    assert "快递业务收入的上年同期数采用企业报送数。" in text
    assert "本月数为快报数，以年报核定数为准。" in text
    assert "示例说明。" in text


EXPLAINED = (
    ExplainedDoubts(
        "新接电商客户", (("同比变动过大（快递业务量）", ("示例甲快递", "示例乙快递")), ("零报", ("示例丙快递",)))
    ),
    ExplainedDoubts("汇总表由协会代填", (("表内合计与各行之和不符", ("",)),)),
)


def test_doubts_stand_in_the_notes_with_their_reasons() -> None:
    text = prose(build_monthly(monthly_data(explained=EXPLAINED)))
    assert (
        "数据质量说明：示例甲快递和示例乙快递：同比变动过大（快递业务量）；示例丙快递：零报。说明：新接电商客户。"
        in text
    )
    assert "数据质量说明：表内合计与各行之和不符。说明：汇总表由协会代填。" in text
    public = prose(build_monthly(monthly_data(explained=EXPLAINED, edition=Edition.PUBLIC)))
    assert "数据质量说明：3家企业的数有疑问，已经核实并写明原因。" in public
    assert "新接电商客户" not in public


def test_many_doubts_flow_over_pages_and_none_is_lost(tmp_path: Path) -> None:
    many = tuple(ExplainedDoubts(f"原因之{n}" + "很长" * 60, (("零报", ("示例甲快递",)),)) for n in range(40))
    write_pdf(build_monthly(monthly_data(explained=many)), tmp_path / "月报.pdf")
    text = whole_text(tmp_path / "月报.pdf")
    assert [n for n in range(40) if f"原因之{n}很长" not in text] == []


def test_growth_that_is_low_because_somebody_is_late_is_noted() -> None:
    late = {code: replace(FIGURES[code], yoy_surplus=2) for code in ("MKT.VOL", "MKT.REV")}
    text = prose(build_monthly(monthly_data(figures={**FIGURES, **late})))
    assert "快递业务量、快递业务收入的上年同期数含本期未报、退回的2家，同比偏低，待其报齐后重算。" in text
    assert "同比偏低" not in prose(build_monthly(monthly_data()))


def test_the_national_form_prints_as_the_state_bureau_does() -> None:
    from desktop_app.reporting.slots import figure_words

    national = replace(
        FIGURES["MKT.VOL"],
        value=Decimal(83_360_000_000),
        text="833.6",
        display_unit="亿件",
        yoy_pct=Decimal("31.2"),
    )
    words = (*(figure_words(national, Measure.VALUE) or ()), *(figure_words(national, Measure.YOY) or ()))
    assert "，".join(("".join(run.text for run in words[:1]), "".join(run.text for run in words[1:]))) == (
        "833.6亿件，同比增长31.2%"
    )


def test_figures_can_be_traced() -> None:
    said = figures(build_monthly(monthly_data()))
    decline = next(run for run in said if run.code == "MKT.VOL.INTL" and run.measure is Measure.CUMULATIVE_YOY)
    assert decline == FigureRun("12.5%", "MKT.VOL.INTL", Measure.CUMULATIVE_YOY, str(MONTH), Decimal("-12.5"), "%", "")
    assert all(run.code and run.period for run in said)


def test_every_process_and_machine_setting_gives_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.reporting.sample import monthly_data;"
        "from desktop_app.reporting.monthly import build_monthly;"
        "from desktop_app.reporting.pdf.writer import write_pdf;"
        "write_pdf(build_monthly(monthly_data()), Path(sys.argv[1]))"
    )
    found = []
    for number, settings in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"}, {"PYTHONHASHSEED": "2", "TZ": "UTC", "SOURCE_DATE_EPOCH": "1"})
    ):
        out = tmp_path / f"{number}.pdf"
        root = Path(__file__).resolve().parents[2]
        subprocess.run([sys.executable, "-c", script, str(out)], check=True, cwd=root, env={**os.environ, **settings})
        found.append(out.read_bytes())
    assert found[0] == found[1]


def test_the_date_is_the_only_thing_that_the_day_changes(tmp_path: Path) -> None:
    document = build_monthly(monthly_data())
    first = write_pdf(document, tmp_path / "a.pdf").file.read_bytes()
    second = write_pdf(document, tmp_path / "b.pdf").file.read_bytes()
    assert first == second
    later = write_pdf(document, tmp_path / "c.pdf", made_on=date(2021, 5, 6)).file
    assert "报出日期：2021年5月6日" in whole_text(later)
    assert whole_text(later).replace("5月6日", "4月12日") == whole_text(tmp_path / "a.pdf")
