"""One content model, three writers: the same figures in the same order, whoever opens the file."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from desktop_app.errors import UserError
from desktop_app.models.values import CellState, Period
from desktop_app.reporting.annual import build_annual
from desktop_app.reporting.annual_data import AnnualData
from desktop_app.reporting.content import (
    Align,
    Block,
    ChartBlock,
    Column,
    Document,
    Edition,
    FigureRun,
    Heading,
    KeyFigure,
    KeyFigures,
    Measure,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    StateRun,
    Table,
    Text,
    figures,
)
from desktop_app.reporting.docx.writer import write_docx
from desktop_app.reporting.monthly import build_monthly
from desktop_app.reporting.pdf.writer import write_pdf
from desktop_app.reporting.xlsx.writer import write_xlsx
from tests.reporting import office, sample
from tests.reporting.reading import whole_text

WRITERS = {"pdf": write_pdf, "docx": write_docx, "xlsx": write_xlsx}
HOSTILE = ('<b>甲</b><img src="x">', "=1+1", "+86", "-乙", "@丙", "&amp;丁", "戊\x07\u200b己\n庚", "012300000")


def written(document: Document, kind: str, folder: Path) -> str:
    """All text of the finished file in reading order."""
    out = folder / f"report.{kind}"
    made = WRITERS[kind](document, out)
    assert made.file == out
    assert made.figures == len(figures(document))
    match kind:
        case "pdf":
            return office.bare(whole_text(out))
        case "docx":
            return office.bare("".join(office.docx_lines(out)))
        case _:
            return office.bare("".join(office.shown(cell) for cell in office.xlsx_cells(out)))


def document(*blocks: Block) -> Document:
    return Document("示例报告", "2021年3月", blocks, Edition.INTERNAL, date(2021, 4, 12), "示例局", ("示例数据",))


def run(text: str, value: str, unit: str = "万件") -> FigureRun:
    return FigureRun(text, "MKT.VOL", Measure.VALUE, "2021-03", Decimal(value), unit)


def everything() -> Document:
    """One of every block."""
    columns = (Column("企业", Align.LEFT), Column("业务量"), Column("同比"), Column("占比"))
    rows = tuple(
        Row(((Text(name),), (run(f"{1000 + i:,}.50", f"{1000 + i}.50"),), (run(f"−{i}.1", f"-{i}.1", "%"),), state))
        for i, (name, state) in enumerate(
            zip(HOSTILE, [(StateRun(CellState.MISSING),), (StateRun(),)] * (len(HOSTILE) // 2), strict=True), start=1
        )
    )
    return document(
        Heading("规模"),
        Paragraph((Text("业务量完成"), run("164.31万件", "164.31"), Text("，同比增长"), run("21.7%", "21.7", "%"))),
        KeyFigures((KeyFigure("业务量", run("62.84", "62.84"), "万件", (Text("增长"), run("18.6%", "18.6", "%"))),)),
        Heading("分企业", 2),
        Table("2021年3月各企业业务量", columns, rows, "万件", (Note((Text("含"), run("7家", "7")), "注"),)),
        ChartBlock(sample.trend(), "快递业务量", half=True),
        ChartBlock(sample.composition(), "构成", half=True),
        PageBreak(),
        Heading("结构"),
        Table("没有数据的表", columns, (), reason="2021年3月无企业报送"),
        ChartBlock(sample.rates("通达率"), "通达率"),
        Note((Text("以上为示例。"),)),
        SignatureBlock(),
    )


def annual() -> Document:
    data = AnnualData("示例市", Period.year(2020), date(2021, 4, 12), sample.FIGURES, charts={"volume": sample.trend()})
    return build_annual(data)


DOCUMENTS = {"monthly": lambda: build_monthly(sample.monthly_data()), "annual": annual, "everything": everything}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_figures_stand_in_the_same_order(name: str, kind: str, tmp_path: Path) -> None:
    made = DOCUMENTS[name]()
    text = written(made, kind, tmp_path)
    at = 0
    for figure in figures(made):
        found = text.find(office.bare(figure.text), at)
        assert found >= 0, f"{figure.text} ({figure.code}) is not where it belongs"
        at = found + len(office.bare(figure.text))


@pytest.mark.parametrize("kind", WRITERS)
def test_every_block_says_its_words(kind: str, tmp_path: Path) -> None:
    text = written(everything(), kind, tmp_path)
    for words in (
        "示例报告", "示例数据", "一、规模", "（一）分企业", "表12021年3月各企业业务量", "单位：万件", "注：含7家",
        "图1快递业务量", "图2构成", "二、结构", "2021年3月无企业报送", "图3通达率", "以上为示例。",
        "单位负责人：", "报出日期：2021年4月12日", "未报", "—",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("kind", WRITERS)
def test_hostile_names_are_printed_as_they_are(kind: str, tmp_path: Path) -> None:
    text = written(everything(), kind, tmp_path)
    for words in ('<b>甲</b><imgsrc="x">', "=1+1", "+86", "-乙", "@丙", "&amp;丁", "012300000"):
        assert words in text


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_document_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    made = everything()
    first, second = tmp_path / f"1.{kind}", tmp_path / f"2.{kind}"
    WRITERS[kind](made, first)
    WRITERS[kind](made, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(kind: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="写不进去"):
        WRITERS[kind](everything(), tmp_path / "没有" / f"a.{kind}")
    assert list(tmp_path.iterdir()) == []


class TestWord:
    def test_tables_are_native_with_repeated_heads_and_whole_rows(self, tmp_path: Path) -> None:
        out = tmp_path / "a.docx"
        write_docx(everything(), out)
        rows = office.docx_tables(out)[1]
        assert rows[0] == ["企业", "业务量", "同比", "占比"]
        assert rows[2] == ["=1+1", "1,002.50", "−2.1", "—"]
        table = docx.Document(str(out)).tables[1]._tbl
        trs = table.findall(qn("w:tr"))
        assert [tr.trPr.find(qn("w:tblHeader")) is not None for tr in trs] == [True] + [False] * len(HOSTILE)
        assert all(tr.trPr.find(qn("w:cantSplit")) is not None for tr in trs)

    def test_headings_bear_the_word_processors_own_styles(self, tmp_path: Path) -> None:
        out = tmp_path / "a.docx"
        write_docx(everything(), out)
        styled = [(p.style.name, p.text) for p in docx.Document(str(out)).paragraphs if p.style and p.text]
        assert ("Title", "示例报告") in styled
        assert ("Heading 1", "一、规模") in styled
        assert ("Heading 2", "（一）分企业") in styled
        assert ("Caption", "表1\u30002021年3月各企业业务量") in styled

    def test_pictures_of_charts_say_their_numbers(self, tmp_path: Path) -> None:
        out = tmp_path / "a.docx"
        write_docx(everything(), out)
        about = [d.get("descr") for d in docx.Document(str(out)).element.body.iter(qn("wp:docPr"))]
        assert len(about) == 3
        assert about[0].startswith("快递业务量（单位：万件）。本期：20年4月 41.20")
        assert "2月 —" in about[0]

    def test_the_page_is_that_of_official_documents(self, tmp_path: Path) -> None:
        out = tmp_path / "a.docx"
        write_docx(everything(), out)
        section = docx.Document(str(out)).sections[0]
        assert section.page_width is not None
        assert section.left_margin is not None
        assert section.top_margin is not None
        measures = (section.page_width.mm, section.left_margin.mm, section.top_margin.mm)
        assert [round(m) for m in measures] == [210, 28, 37]
        odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
        assert odd.text.endswith("— 1 —")
        assert even.text.startswith("— 1 —")


class TestWorkbook:
    def test_numbers_are_numbers_and_codes_are_text(self, tmp_path: Path) -> None:
        out = tmp_path / "a.xlsx"
        write_xlsx(everything(), out)
        cells = {cell.value: cell for cell in office.xlsx_cells(out)}
        assert cells["012300000"].number_format == "@"
        assert cells[1002.5].number_format == "#,##0.00"
        assert cells[-2.1].number_format == "0.0"
        assert cells["=1+1"].data_type == "s"
        assert cells["=1+1"].quotePrefix

    def test_every_sheet_is_ready_to_print(self, tmp_path: Path) -> None:
        out = tmp_path / "a.xlsx"
        write_xlsx(everything(), out)
        made = office.sheets(out)
        assert [sheet.title for sheet in made] == ["表1 2021年3月各企业业务量", "表2 没有数据的表", "附注"]
        first = made[0]
        head = next(cell.row for row in first.iter_rows() for cell in row if cell.value == "企业")
        assert first.print_title_rows == f"${head}:${head}"
        assert first.print_area == f"'{first.title}'!$A$1:$D${first.max_row}"
        assert first.page_setup.fitToWidth == 1
        assert not first.page_setup.fitToHeight
        assert first.oddFooter is not None
        assert first.oddFooter.right is not None
        assert "&P" in str(first.oddFooter.right.text)

    def test_a_book_of_somebody_else_is_no_formula_carrier(self, tmp_path: Path) -> None:
        out = tmp_path / "a.xlsx"
        write_xlsx(everything(), out)
        with zipfile.ZipFile(out) as package:
            bodies = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert bodies
        assert not any(b"<f>" in body for body in bodies)

    def test_two_tables_of_one_name_get_sheets_of_their_own(self, tmp_path: Path) -> None:
        table = Table("甲/乙:" + "长" * 40, (Column("企业", Align.LEFT),), (Row(((Text("示例"),),)),))
        out = tmp_path / "a.xlsx"
        write_xlsx(document(table, replace(table)), out)
        names = [sheet.title for sheet in office.sheets(out)]
        assert len(set(names)) == 2
        assert all(len(name) <= 31 for name in names)


def test_five_thousand_rows_are_all_there_in_all_three(tmp_path: Path) -> None:
    columns = (Column("序号"), Column("村", Align.LEFT), Column("业务量"))

    def cells(i: int) -> tuple[tuple[Run, ...], ...]:
        return (Text(str(i)),), (Text(f"示例{i}村"),), (run(f"{i}.25", f"{i}.25"),)

    made = document(Table("各村", columns, tuple(Row(cells(i)) for i in range(1, 5001))))
    out = tmp_path / "a.docx"
    write_docx(made, out)
    expected = [["序号", "村", "业务量"]] + [[str(i), f"示例{i}村", f"{i}.25"] for i in range(1, 5001)]
    assert office.docx_tables(out)[0] == expected
    out = tmp_path / "a.xlsx"
    write_xlsx(made, out)
    rows = [[office.shown(c) for c in row] for row in office.sheets(out)[0].iter_rows()]  # type: ignore[arg-type]
    assert rows[-5001:] == expected
