"""Size and side of the paper follow the widest table; a red head stands on a cover too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from desktop_app.reporting.content import (
    Column,
    Contents,
    Cover,
    Document,
    Edition,
    Heading,
    Paragraph,
    RedHead,
    Row,
    Table,
    Text,
)
from desktop_app.reporting.docx.writer import write_docx
from desktop_app.reporting.paper import on_fitting_paper
from desktop_app.reporting.pdf.writer import write_pdf
from desktop_app.reporting.xlsx.writer import write_xlsx
from desktop_app.views.printing.side_card import is_large, paper_words
from tests.reporting import office
from tests.reporting.reading import page_texts, render

POINTS = 72 / 25.4
HEAD = RedHead("示例县邮政管理局文件", "示邮管〔2021〕5号")


def wide(columns: int) -> Document:
    heads = (Column("企业", weight=Decimal(2)), *(Column(f"指标{number}") for number in range(1, columns)))
    row = Row(tuple((Text(f"{number}.5"),) for number in range(columns)))
    table = Table("宽表", heads, (row,) * 60)
    return Document("宽表", "2021年3月", (table,), Edition.INTERNAL, date(2021, 4, 8))


@pytest.mark.parametrize(
    ("columns", "size", "words"),
    [(8, (210, 297), "A4 纵向"), (14, (297, 210), "A4 横向"), (24, (420, 297), "A3 横向")],
)
def test_a_table_gets_the_paper_that_holds_it(tmp_path: Path, columns: int, size: tuple[int, int], words: str) -> None:
    document = on_fitting_paper(wide(columns))
    import pypdfium2

    written = write_pdf(document, tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(written.file) as pdf:
        sizes = tuple(page.get_size() for page in pdf)
    assert {(round(width / POINTS), round(height / POINTS)) for width, height in sizes} == {size}
    assert paper_words(sizes) == words
    assert is_large(sizes) is words.startswith("A3")
    assert written.pages > 1
    assert all(f"指标{columns - 1}" in text for text in page_texts(written.file)), "heads on every page"
    write_docx(document, tmp_path / "a.docx")
    section = docx.Document(str(tmp_path / "a.docx")).sections[0]
    assert (section.page_width, section.page_height) == pytest.approx((Mm(size[0]), Mm(size[1])), abs=20_000)
    write_xlsx(document, tmp_path / "a.xlsx")
    setup = office.sheets(tmp_path / "a.xlsx")[0].page_setup
    assert str(setup.paperSize) == ("8" if words.startswith("A3") else "9")
    assert setup.orientation == ("landscape" if "横" in words else "portrait")


def covered() -> Document:
    cover = Cover("示例县\u30002020", "年度快递市场监管报告", "2021年4月8日")
    blocks = (cover, Contents(), Heading("总体情况"), Paragraph((Text("运行平稳。"),)))
    return Document(
        "年度报告", "2020年", blocks, Edition.UPWARD, date(2021, 4, 8), issuer="示例县邮政管理局", head=HEAD
    )


def test_a_red_head_stands_on_the_cover(tmp_path: Path) -> None:
    out = write_pdf(covered(), tmp_path / "a.pdf").file
    first, *others = page_texts(out)
    places = [first.index(words) for words in (HEAD.organ, HEAD.number, "示例县2020", "年度快递市场监管报告")]
    assert places == sorted(places)
    assert not any(HEAD.organ in text for text in others)
    page = render(out, 1, scale=1.0)
    colours = page.getcolors(page.width * page.height) or []
    red = sum(count for count, ink in colours if isinstance(ink, tuple) and ink[0] > 150 and max(ink[1:]) < 90)
    assert red > 500, "name and rule are red"
    without = write_pdf(replace(covered(), head=None), tmp_path / "b.pdf").file
    assert HEAD.organ not in page_texts(without)[0]


def test_a_red_head_stands_on_the_cover_of_a_word_file(tmp_path: Path) -> None:
    write_docx(covered(), tmp_path / "a.docx")
    lines = [line for line in office.docx_lines(tmp_path / "a.docx") if line]
    assert lines[:4] == [HEAD.organ, HEAD.number, "示例县\u30002020", "年度快递市场监管报告"]
