from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.reporting.content import (
    Block,
    Document,
    Edition,
    Heading,
    KeepTogether,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Text,
)
from desktop_app.reporting.numbering import Numbers, chinese_number
from desktop_app.reporting.pdf import fonts
from desktop_app.reporting.pdf.writer import write_pdf
from tests.reporting.reading import glyphs, page_texts, whole_text


def document(*blocks: Block, title: str = "示例报告") -> Document:
    return Document(title, "2021年3月", blocks, Edition.INTERNAL, date(2021, 4, 12), "示例局", ("示例数据",))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def test_headings_are_numbered_in_the_official_way(tmp_path: Path) -> None:
    blocks = (
        Heading("甲"),
        Heading("子", 2),
        Heading("丑", 2),
        Heading("细", 3),
        Heading("乙"),
        Heading("寅", 2),
        paragraph("文。"),
    )
    text = whole_text(write_pdf(document(*blocks), tmp_path / "h.pdf").file)
    assert "一、甲（一）子（二）丑1.细二、乙（一）寅文。" in text


def test_chinese_numbers() -> None:
    assert [chinese_number(n) for n in (1, 9, 10, 11, 20, 35, 99)] == [
        "一", "九", "十", "十一", "二十", "三十五", "九十九",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="100"):
        chinese_number(100)
    assert Numbers().heading(4) == "（1）"


def test_page_numbers_stand_outside(tmp_path: Path) -> None:
    file = write_pdf(
        document(paragraph("一"), PageBreak(), paragraph("二"), PageBreak(), paragraph("三")), tmp_path / "p.pdf"
    ).file
    pages = page_texts(file)
    assert len(pages) == 3
    for number, text in enumerate(pages, start=1):
        assert f"—{number}—" in text
    digits = {g.page: g.left for g in glyphs(file) if g.char == str(g.page) and g.size == pytest.approx(14)}
    assert digits[1] > 450
    assert digits[2] < 150
    assert digits[3] > 450


def test_a_heading_does_not_stand_alone_at_the_foot(tmp_path: Path) -> None:
    for lines in range(15, 22):
        blocks = (paragraph("文" * (26 + 28 * (lines - 1))), Heading("标题"), paragraph("后" * 90))
        pages = page_texts(write_pdf(document(*blocks), tmp_path / "k.pdf").file)
        (page,) = (text for text in pages if "一、标题" in text)
        assert page.count("后") >= 26 + 28


def test_what_is_kept_together_is_on_one_page(tmp_path: Path) -> None:
    for lines in range(12, 22):
        kept = KeepTogether((paragraph("甲" * 60), paragraph("乙" * 60), SignatureBlock()))
        pages = page_texts(write_pdf(document(paragraph("文" * 28 * lines), kept), tmp_path / "k.pdf").file)
        (page,) = (text for text in pages if "甲" in text)
        assert page.count("甲") == 60
        assert page.count("乙") == 60
        assert "报出日期：2021年4月12日" in page


def test_a_character_that_no_font_has_is_reported_and_shown(tmp_path: Path) -> None:
    written = write_pdf(document(paragraph("示例\U0001f4e6村和\ue123村")), tmp_path / "g.pdf")
    assert written.missing_glyphs == ("\U0001f4e6", "\ue123")
    assert "示例〓村和〓村" in whole_text(written.file)


def test_a_sign_that_no_font_has_is_printed_in_words(tmp_path: Path) -> None:
    written = write_pdf(document(paragraph("损毁率低于1‱")), tmp_path / "s.pdf")
    assert written.missing_glyphs == ()
    assert "损毁率低于1万分比" in whole_text(written.file)


def test_rare_characters_print(tmp_path: Path) -> None:
    written = write_pdf(document(paragraph("𬭎䶮鱲㙘村")), tmp_path / "r.pdf")
    assert written.missing_glyphs == ()
    assert "𬭎䶮鱲㙘村" in whole_text(written.file)


@pytest.mark.parametrize("name", ["villages_220200_jilin.csv", "villages_520625_yinjiang.csv"])
def test_every_village_name_has_its_characters(name: str) -> None:
    book = fonts.FontBook()
    text = (Path(__file__).parent.parent / "data" / name).read_text(encoding="utf-8-sig")
    for face in fonts.FALLBACK:
        for char in sorted(set(text)):
            assert all(span.face is not fonts.Face.SPARE for span in book.spans(char, face)), char
    assert not book.missing


def test_markup_and_formulas_print_as_they_are(tmp_path: Path) -> None:
    evil = '<b>甲</b><img src="x">&amp;=1+1'
    assert evil.replace(" ", "") in whole_text(
        write_pdf(document(paragraph(evil), title=evil), tmp_path / "e.pdf").file
    )


def test_the_file_says_what_it_is_and_embeds_its_fonts(tmp_path: Path) -> None:
    file = write_pdf(document(Heading("甲"), paragraph("文")), tmp_path / "m.pdf").file
    pdf = pypdfium2.PdfDocument(file)
    try:
        assert pdf.get_metadata_value("Title") == "示例报告"
        assert pdf.get_metadata_value("Author") == "示例局"
        assert pdf.get_metadata_value("CreationDate") == "D:20210412000000+08'00'"
        assert [entry.get_title() for entry in pdf.get_toc()] == ["示例报告", "一、甲"]
    finally:
        pdf.close()
    data = file.read_bytes()
    assert b"/Lang (zh-CN)" in data
    assert data.count(b"/FontFile2") >= 3
    # Subsets only: the faces themselves weigh 40 MB.
    assert len(data) < 150_000


def test_an_older_file_stays_when_the_new_one_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "报告.pdf"
    write_pdf(document(paragraph("旧")), out)
    before = out.read_bytes()
    from desktop_app.reporting.pdf import writer

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_draw_page", full)
    with pytest.raises(UserError, match="写不进去"):
        write_pdf(document(paragraph("新")), out)
    assert out.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["报告.pdf"]


def test_a_missing_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有这个文件夹\.pdf|写不进去"):
        write_pdf(document(paragraph("文")), tmp_path / "没有" / "报告.pdf")


def test_a_damaged_installation_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "NotoSerifSC-Regular.ttf").write_bytes(b"no font")
    monkeypatch.setattr(paths, "resources_dir", lambda: tmp_path)
    read = fonts.read_face.__wrapped__
    with pytest.raises(UserError, match="字体"):
        read(fonts.Face.SERIF)
    with pytest.raises(UserError, match="字体"):
        read(fonts.Face.SANS)
