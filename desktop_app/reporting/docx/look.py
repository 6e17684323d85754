"""Page, styles and feet of a .docx after GB/T 9704-2012: a clerk who edits the file finds the styles by name.

The faces are those of Chinese official documents, named as Windows and WPS name them; a machine without 方正小标宋
falls back on 宋体 (``altName``). Nothing is embedded: the file is there to be edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.reporting.code import foot_words
from desktop_app.reporting.content import Document, Place
from desktop_app.reporting.pdf.geometry import (
    CAPTION_SIZE,
    LEADING,
    NOTE_SIZE,
    PAGE_NUMBER_SIZE,
    SMALL_SIZE,
    TITLE_SIZE,
    sheet_of,
)

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.opc.part import Part
    from docx.section import _Footer
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

TITLE_FACE, HEAD_FACE, SECOND_FACE, BODY_FACE = "方正小标宋简体", "黑体", "楷体", "仿宋"
DIGITS = "Times New Roman"
BODY_SIZE = 16.0
"""三号"""
TWIPS = 20
"""Of a point."""
GREY = (0x55, 0x55, 0x55)


@dataclass(frozen=True)
class Look:
    """One paragraph style: ``pitch`` None = as high as the type needs; ``indent`` in characters of the first line."""

    name: str
    face: str
    size: float
    bold: bool = False
    centred: bool = False
    right: bool = False
    pitch: float | None = None
    before: float = 0.0
    after: float = 0.0
    indent: int = 0
    with_next: bool = False
    grey: bool = False


TITLE = Look("Title", TITLE_FACE, TITLE_SIZE, centred=True, pitch=TITLE_SIZE * 1.5, after=6.0, with_next=True)
RED_HEAD = Look("发文机关标志", TITLE_FACE, 42.0, centred=True, with_next=True)
NUMBER = Look("发文字号", BODY_FACE, BODY_SIZE, centred=True, pitch=LEADING, with_next=True)
BADGES = Look("标注", SECOND_FACE, 12.0, centred=True, with_next=True, grey=True)
BODY = Look("Body Text", BODY_FACE, BODY_SIZE, pitch=LEADING, indent=2)
ADDRESSEE = Look("主送", BODY_FACE, BODY_SIZE, pitch=LEADING)
CLOSING = Look("落款", BODY_FACE, BODY_SIZE, right=True, pitch=LEADING)
PLACES = {Place.BODY: BODY, Place.ADDRESSEE: ADDRESSEE, Place.CLOSING: CLOSING}
HEADINGS = (
    Look("Heading 1", HEAD_FACE, BODY_SIZE, pitch=LEADING, before=6.0, indent=2, with_next=True),
    Look("Heading 2", SECOND_FACE, BODY_SIZE, bold=True, pitch=LEADING, before=6.0, indent=2, with_next=True),
    Look("Heading 3", BODY_FACE, BODY_SIZE, bold=True, pitch=LEADING, before=6.0, indent=2, with_next=True),
    Look("Heading 4", BODY_FACE, BODY_SIZE, pitch=LEADING, before=6.0, indent=2, with_next=True),
)
COVER_KICKER = Look("封面年份", TITLE_FACE, 42.0, centred=True, before=120.0, after=12.0)
COVER_TITLE = Look("封面标题", TITLE_FACE, 30.0, centred=True, after=18.0)
COVER_FOOT = Look("封面落款", BODY_FACE, BODY_SIZE, centred=True, pitch=LEADING)
CONTENTS_TITLE = Look("目录标题", TITLE_FACE, TITLE_SIZE, centred=True, after=12.0, with_next=True)
CONTENTS = tuple(
    Look(f"toc {rank}", face, 13.0, pitch=18.2) for rank, face in enumerate((HEAD_FACE, HEAD_FACE, BODY_FACE), 1)
)
PART = Look("部分标题", TITLE_FACE, TITLE_SIZE, centred=True, before=6.0, after=12.0, with_next=True)
TABLE_CAPTION = Look("Caption", HEAD_FACE, CAPTION_SIZE, centred=True, before=12.0, after=2.0, with_next=True)
CHART_CAPTION = Look("图题", HEAD_FACE, CAPTION_SIZE - 1, centred=True, before=2.0, after=8.0)
CHART = Look("图", BODY_FACE, NOTE_SIZE, centred=True, before=8.0, with_next=True)
UNIT = Look("表单位", HEAD_FACE, NOTE_SIZE, right=True, with_next=True)
NOTE = Look("注释", BODY_FACE, NOTE_SIZE, before=2.0)
CELL = Look("表格", BODY_FACE, 10.5)
STRIP = Look("主要数字", HEAD_FACE, NOTE_SIZE)
SIGNATURE = Look("签署", BODY_FACE, 10.5, before=18.0)
FOOT = Look("Footer", BODY_FACE, PAGE_NUMBER_SIZE)

_LOOKS = (
    RED_HEAD, NUMBER, TITLE, BADGES, COVER_KICKER, COVER_TITLE, COVER_FOOT, CONTENTS_TITLE, *CONTENTS, PART, BODY,
    ADDRESSEE, CLOSING, *HEADINGS, TABLE_CAPTION, CHART_CAPTION, CHART, UNIT, NOTE, CELL, STRIP, SIGNATURE, FOOT,
)  # fmt: skip


def dress(word: Word, document: Document) -> None:
    """Set page, styles, properties and feet."""
    _page(word, document)
    for look in _LOOKS:
        _style(word, look)
    _fallback_faces(word)
    _properties(word, document)
    _feet(word, document)


def _page(word: Word, document: Document) -> None:
    from docx.enum.section import WD_ORIENTATION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    section, sheet = word.sections[0], sheet_of(document)
    below = sheet.height - sheet.top - sheet.body_height
    section.orientation = WD_ORIENTATION.LANDSCAPE if document.across else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Pt(sheet.width), Pt(sheet.height)
    section.top_margin, section.bottom_margin = Pt(sheet.top), Pt(below)
    section.left_margin, section.right_margin = Pt(sheet.left), Pt(sheet.width - sheet.left - sheet.body_width)
    section.footer_distance = Pt(below - 20 - PAGE_NUMBER_SIZE)
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001  python-docx has no door for the line grid
        section._sectPr.remove(old)  # noqa: SLF001
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LEADING * TWIPS)))
    section._sectPr.append(grid)  # noqa: SLF001
    word.settings.odd_and_even_pages_header_footer = True


def _style(word: Word, look: Look) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    names = {style.name for style in word.styles}
    style: ParagraphStyle
    if look.name in names:
        style = word.styles[look.name]
    else:
        style = word.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        style.quick_style = True
    _clear(style)
    font = style.font
    font.name, font.size, font.bold, font.italic = DIGITS, Pt(look.size), look.bold, False
    font.color.rgb = RGBColor(*(GREY if look.grey else (0, 0, 0)))
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    faces.set(qn("w:eastAsia"), look.face)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.keep_with_next = look.with_next
    shape.widow_control = True
    if look.pitch is not None:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.pitch)
    else:
        shape.line_spacing = 1.0
        # Small type must not be pulled apart onto the lines of the body.
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().insert_element_before(
            snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr"
        )
    centred, right, even = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.alignment = centred if look.centred else right if look.right else even if look is BODY else None
    if look is CLOSING:
        shape.right_indent = Pt(4 * look.size)
    if look.indent:
        shape.first_line_indent = Pt(look.indent * look.size)
        # In characters too: Chinese word processors keep the indent when the type size is changed.
        style.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), str(look.indent * 100))


def _clear(style: ParagraphStyle) -> None:
    """Take away what the template's own style says: colours, rules under titles, theme fonts."""
    from docx.oxml.ns import qn

    for tag in ("w:rPr", "w:pPr"):
        old = style.element.find(qn(tag))
        if old is not None:
            level = old.find(qn("w:outlineLvl"))
            style.element.remove(old)
            if level is not None:
                style.element.get_or_add_pPr().append(level)


def _fallback_faces(word: Word) -> None:
    """Name 宋体 for machines without 方正小标宋."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    part: Part = next(p for p in word.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    alternatives = {TITLE_FACE: "宋体", BODY_FACE: "仿宋_GB2312", SECOND_FACE: "楷体_GB2312"}
    fonts = parse_xml(part.blob)
    for face, other in alternatives.items():
        fonts.append(parse_xml(f'<w:font {nsdecls("w")} w:name="{face}"><w:altName w:val="{other}"/></w:font>'))
    part._blob = serialize_part_xml(fonts)  # noqa: SLF001  the table of fonts is no part with a class of its own


def _properties(word: Word, document: Document) -> None:
    from datetime import datetime

    about = word.core_properties
    about.title, about.author, about.last_modified_by = document.title, document.issuer, "邮管台账"
    about.subject = f"{document.period_label} {document.edition_words}"
    about.keywords, about.comments, about.language = "、".join(document.badges), "", "zh-CN"
    about.created = about.modified = datetime(document.made_on.year, document.made_on.month, document.made_on.day)  # noqa: DTZ001
    about.revision = 1


def _feet(word: Word, document: Document) -> None:
    """“— 1 —” on the outer side, one character in; title and edition on the inner side; badges above each page.

    A cover has neither number nor badges above it.
    """
    from docx.shared import Pt

    section = word.sections[0]
    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        _foot(footer, foot_words(document), sheet_of(document).body_width, odd=odd)
    if document.cover is not None:
        section.different_first_page_header_footer = True
        first = section.first_page_footer
        first.is_linked_to_previous = False
        first.paragraphs[0].add_run(foot_words(document)).font.size = Pt(SMALL_SIZE)
    if document.badges:
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            paragraph.style = word.styles["表单位"]
            paragraph.add_run("\u3000".join(document.badges))


def _foot(footer: _Footer, words: str, width: float, *, odd: bool) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    if odd:
        stops.add_tab_stop(Pt(width - BODY_SIZE), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(words).font.size = Pt(SMALL_SIZE)
        paragraph.add_run("\t")
        _page_number(paragraph)
    else:
        paragraph.paragraph_format.left_indent = Pt(BODY_SIZE)
        stops.add_tab_stop(Pt(width), WD_TAB_ALIGNMENT.RIGHT)
        _page_number(paragraph)
        paragraph.add_run("\t")
        paragraph.add_run(words).font.size = Pt(SMALL_SIZE)


def _page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind in ("begin", "instr", "separate", "text", "end"):
        if kind == "instr":
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = " PAGE "
        elif kind == "text":
            mark = OxmlElement("w:t")
            mark.text = "1"
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)  # noqa: SLF001  fields have no door in python-docx
    paragraph.add_run(" —")
