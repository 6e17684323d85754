"""Cover and contents page in the three writers: every heading with the page on which it really stands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pypdfium2
from docx.oxml.ns import qn

from desktop_app.reporting.content import (
    Block,
    Contents,
    Cover,
    Document,
    Edition,
    Heading,
    PageBreak,
    Paragraph,
    Text,
)
from desktop_app.reporting.docx.writer import write_docx
from desktop_app.reporting.pdf.writer import write_pdf
from desktop_app.reporting.xlsx.writer import write_xlsx
from tests.reporting import office
from tests.reporting.reading import page_texts

CHAPTERS = 30


def book() -> Document:
    """Two parts of many chapters: the contents run over a page."""
    blocks: list[Block] = [Cover("2020", "年度示例报告", "2021年4月12日"), Contents()]
    for part in ("市场发展", "监管与服务"):
        blocks += [PageBreak(), Heading(part, 0)]
        for chapter in range(1, CHAPTERS + 1):
            blocks += [Heading(f"{part}第{chapter}章", 1), Heading("小节", 2), Heading("不进目录", 3)]
            blocks.append(Paragraph((Text("文" * 60 * (chapter % 4)),)))
    return Document(
        "2020年度示例报告", "2020年", tuple(blocks), Edition.INTERNAL, date(2021, 4, 12), "示例局", ("示例数据",)
    )


def test_the_contents_name_the_page_on_which_each_heading_stands(tmp_path: Path) -> None:
    file = write_pdf(book(), tmp_path / "a.pdf").file
    pages = page_texts(file)
    pdf = pypdfium2.PdfDocument(file)
    try:
        lines = "\n".join(page.get_textpage().get_text_range() for page in pdf).splitlines()
    finally:
        pdf.close()
    entries = [found.groups() for line in lines if (found := re.fullmatch(r"(.*第\d+章)\s*(\d+)\s*", line))]
    assert len(entries) == 2 * CHAPTERS
    for words, page in entries:
        assert words.strip() in pages[int(page) - 1], words
        assert f"—{page}—" in pages[int(page) - 1]
    assert "第一部分市场发展" in pages[1]
    assert "不进目录" not in pages[1]


def test_a_part_begins_the_count_of_chapters_anew(tmp_path: Path) -> None:
    text = "".join(page_texts(write_pdf(book(), tmp_path / "a.pdf").file))
    assert "第一部分市场发展一、市场发展第1章（一）小节1.不进目录" in text
    assert "第二部分监管与服务一、监管与服务第1章（一）小节1.不进目录" in text


def test_a_cover_stands_alone_without_a_number(tmp_path: Path) -> None:
    pages = page_texts(write_pdf(book(), tmp_path / "a.pdf").file)
    assert pages[0].startswith("2020年度示例报告示例数据示例局")
    assert "2021年4月12日" in pages[0]
    assert "—1—" not in pages[0]
    assert "内部版" in pages[0]
    assert "—2—" in pages[1]


def test_the_outline_of_the_file_follows_parts_and_chapters(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(write_pdf(book(), tmp_path / "a.pdf").file)
    try:
        found = [(mark.level, mark.get_title()) for mark in pdf.get_toc()][:4]
    finally:
        pdf.close()
    assert found == [
        (0, "2020年度示例报告"),
        (1, "第一部分\u3000市场发展"),
        (2, "一、市场发展第1章"),
        (3, "（一）小节"),
    ]


def test_word_gets_a_contents_field_with_the_entries_of_the_printed_pages(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    write_docx(book(), out)
    word = docx.Document(str(out))
    listed = [p for p in word.paragraphs if p.style and p.style.name.startswith("toc ")]
    assert len(listed) == 2 * (1 + 2 * CHAPTERS)
    assert listed[0].style is not None
    assert listed[0].style.name == "toc 1"
    marks = [m.get(qn("w:fldCharType")) for p in listed for m in p._p.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    assert "TOC" in "".join(i.text or "" for p in listed for i in p._p.iter(qn("w:instrText")))
    pages = page_texts(write_pdf(book(), tmp_path / "a.pdf").file)
    for line in listed:
        words, _, page = "".join(
            "\t" if part.tag == qn("w:tab") else part.text or ""
            for part in line._p.iter(qn("w:t"), qn("w:tab"))
            if part.getparent().tag == qn("w:r")
        ).partition("\t")
        assert office.bare(words) in pages[int(page) - 1]
    goals = {link.get(qn("w:anchor")) for p in listed for link in p._p.iter(qn("w:hyperlink"))}
    marked = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    assert goals <= marked
    assert word.sections[0].different_first_page_header_footer
    assert "—" not in word.sections[0].first_page_footer.paragraphs[0].text


def test_a_workbook_lists_the_headings_with_their_sheets(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    write_xlsx(book(), out)
    text = "".join(office.shown(cell) for cell in office.xlsx_cells(out))
    assert "一、监管与服务第1章（第1张工作表）" in text
