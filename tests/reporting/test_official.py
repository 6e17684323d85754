"""公文格式 on paper: red head, 文号, draft mark, 附件 and 落款, measured on the finished page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from desktop_app.reporting.content import (
    Document,
    Edition,
    Heading,
    KeepTogether,
    Note,
    Paragraph,
    SignatureBlock,
    Text,
)
from desktop_app.reporting.docx.writer import write_docx
from desktop_app.reporting.official import Foot, Formality, officially
from desktop_app.reporting.pdf.geometry import BODY_SIZE, LEADING, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, TOP
from desktop_app.reporting.pdf.writer import write_pdf
from desktop_app.reporting.xlsx.writer import write_xlsx
from tests.reporting import office
from tests.reporting.reading import Glyph, glyphs, page_texts, render, whole_text

FORM = Formality("示例县邮政管理局文件", "示邮管〔2021〕5号", foot=Foot.CLOSING, signatory="示例县邮政管理局")


def plain(across: bool = False) -> Document:
    return Document(
        "关于一季度邮政行业运行情况的通报",
        "2021年一季度",
        (
            Heading("总体情况"),
            Paragraph((Text("一季度运行平稳。"),)),
            Note((Text("数据为快报数。"),), label="备注"),
            KeepTogether((Note((Text("四舍五入。"),)), SignatureBlock())),
        ),
        Edition.INTERNAL,
        date(2021, 4, 8),
        "示例局",
        across=across,
    )


def find(found: list[Glyph], words: str) -> list[Glyph]:
    text = "".join(glyph.char for glyph in found)
    start = text.index(words)
    return found[start : start + len(words)]


def test_the_red_head_stands_where_the_standard_puts_it(tmp_path: Path) -> None:
    made = write_pdf(officially(plain(), FORM), tmp_path / "通报.pdf")
    found = glyphs(made.file)
    organ, number, title = (find(found, words) for words in (FORM.organ, FORM.number, "关于一季度"))
    top = PAGE_HEIGHT - TOP
    assert top - max(g.top for g in organ) == pytest.approx(35 * MM, abs=12), "35 mm under the head of the type area"
    middle = (min(g.left for g in organ) + max(g.right for g in organ)) / 2
    assert middle == pytest.approx(LEFT + 78 * MM, abs=2)
    assert min(g.left for g in organ) >= LEFT
    assert max(g.right for g in organ) <= LEFT + 156 * MM
    assert {round(g.size, 1) for g in number} == {round(BODY_SIZE, 1)}
    assert min(g.bottom for g in organ) - max(g.top for g in number) > 1.5 * LEADING, "two lines between"
    image = render(made.file, scale=2)
    rule = PAGE_HEIGHT - (min(g.bottom for g in number) - 4 * MM)
    rows = range(int((rule - 6) * 2), int((rule + 6) * 2))
    red = [row for row in rows if _is_red(image.getpixel((int(PAGE_WIDTH), row)))]
    assert red, "a red rule 4 mm under the number"
    assert red[-1] / 2 < PAGE_HEIGHT - max(g.top for g in title) - 1.2 * LEADING, "two lines over the title"


def _is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 150 and pixel[1] < 90 and pixel[2] < 90)


def test_a_long_name_is_set_smaller_and_paper_across_has_a_lower_head(tmp_path: Path) -> None:
    long = replace(FORM, organ="示例省示例市示例自治县邮政管理局交通运输局联合工作办公室文件")
    found = glyphs(write_pdf(officially(plain(across=True), long), tmp_path / "横.pdf").file)
    organ = find(found, long.organ)
    assert min(g.left for g in organ) >= 26 * MM - 1
    assert max(g.right for g in organ) <= 271 * MM + 1
    assert 210 * MM - 28 * MM - max(g.top for g in organ) < 25 * MM


def test_issuer_and_day_stand_at_the_right_four_characters_in(tmp_path: Path) -> None:
    made = write_pdf(officially(plain(), FORM), tmp_path / "通报.pdf")
    found = glyphs(made.file)
    day, issuer = find(found, "2021年4月8日"), find(found, "示例县邮政管理局2021年4月8日")[:8]
    edge = LEFT + 156 * MM
    assert edge - day[-1].right == pytest.approx(4 * BODY_SIZE, abs=3)
    middles = [(min(g.left for g in part) + max(g.right for g in part)) / 2 for part in (day, issuer)]
    assert middles[0] == pytest.approx(middles[1], abs=2), "the issuer is centred over the day"
    text = whole_text(made.file)
    assert text.index("运行平稳") < text.index("2021年4月8日") < text.index("备注")
    assert "单位负责人" not in text


def test_what_is_not_asked_for_changes_nothing() -> None:
    assert officially(plain(), Formality()) == plain()
    both = officially(plain(), Formality(foot=Foot.BOTH))
    assert any(isinstance(block, KeepTogether) and SignatureBlock() in block.blocks for block in both.blocks)


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_every_writer_says_head_number_draft_annexes_and_closing_in_order(kind: str, tmp_path: Path) -> None:
    form = replace(FORM, draft=True, annexes=("主要指标表", "企业名单"))
    document, out = officially(plain(), form), tmp_path / f"通报.{kind}"
    if kind == "pdf":
        write_pdf(document, out)
        text = whole_text(out)
    elif kind == "docx":
        write_docx(document, out)
        text = office.bare("".join(office.docx_lines(out)))
    else:
        write_xlsx(document, out)
        text = office.bare("".join(office.shown(cell) for cell in office.xlsx_cells(out)))
    said = (
        "示例县邮政管理局文件", "示邮管〔2021〕5号", "关于一季度邮政行业运行情况的通报", "征求意见稿", "运行平稳",
        "附件：1.主要指标表", "2.企业名单", "示例县邮政管理局2021年4月8日", "备注",
    )  # fmt: skip
    places = [text.index(words) for words in said]
    assert places == sorted(places)


def test_the_word_file_has_styles_a_red_head_and_a_red_rule(tmp_path: Path) -> None:
    write_docx(officially(plain(), FORM), tmp_path / "通报.docx")
    lines = docx.Document(str(tmp_path / "通报.docx")).paragraphs
    head, number = lines[0], lines[1]
    assert (head.style.name if head.style else "") == "发文机关标志"
    assert str(head.runs[0].font.color.rgb) == "CC0000"
    assert 'w:color="CC0000"' in number._p.xml
    assert number._p.pPr is not None
    order = [child.tag.rpartition("}")[2] for child in number._p.pPr]
    assert order.index("pBdr") < order.index("spacing"), "as the schema orders them"
    closing = [line for line in lines if line.style is not None and line.style.name == "落款"]
    assert [line.text for line in closing] == ["示例县邮政管理局", "2021年4月8日"]
    assert closing[1].paragraph_format.right_indent is not None
    assert closing[1].paragraph_format.right_indent.pt == 64
    style = closing[1].style
    assert style is not None
    assert style.paragraph_format.alignment is WD_ALIGN_PARAGRAPH.RIGHT


def test_one_annex_has_no_number_and_drafts_are_marked_on_every_page(tmp_path: Path) -> None:
    document = officially(plain(), Formality(draft=True, annexes=("主要指标表",)))
    long = replace(document, blocks=(Paragraph((Text("一季度运行平稳。" * 200),)), *document.blocks))
    pages = page_texts(write_pdf(long, tmp_path / "长.pdf").file)
    assert len(pages) > 1
    assert all("征求意见稿" in page for page in pages)
    assert "附件：主要指标表" in "".join(pages)
