"""Document → .docx file: the same figures in the same order as on the printed page, in styles that can be edited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.reporting.content import (
    Block,
    ChartBlock,
    Closing,
    Contents,
    Cover,
    Document,
    Heading,
    KeepTogether,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    Text,
    figures,
)
from desktop_app.reporting.docx import look
from desktop_app.reporting.docx.feet import hold_to_what_is_signed
from desktop_app.reporting.docx.front import add_contents, add_cover, bookmark
from desktop_app.reporting.docx.official import add_closing, add_head
from desktop_app.reporting.docx.strip import add_signatures, add_strip
from desktop_app.reporting.docx.table import add_table, append, cell_of, frame
from desktop_app.reporting.docx.xml import add_runs, element, paragraph, words
from desktop_app.reporting.numbering import Numbers
from desktop_app.reporting.outline import numbered, outline
from desktop_app.reporting.package import settle
from desktop_app.reporting.pdf.fonts import FontBook
from desktop_app.reporting.pdf.geometry import sheet_of
from desktop_app.reporting.picture import Picture, picture_of
from desktop_app.reporting.written import WrittenReport, heading_pages_of, pages_of, replace_whole

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph


def write_docx(document: Document, out: Path) -> WrittenReport:
    """Write ``document`` to ``out``; an older file of that name is replaced only when the new one is whole.

    :raises UserError: the folder cannot be written, or the file is open elsewhere.
    """
    import docx

    word = docx.Document()
    look.dress(word, document)
    setter = _Setter(word, document)
    setter.title()
    setter.blocks(document.blocks)
    _tell_pictures_apart(word)
    buffer = io.BytesIO()
    word.save(buffer)
    replace_whole(out, lambda file: settle(buffer.getvalue(), document.made_on, file))
    return WrittenReport(out, pages_of(document), len(figures(document)), ())


class _Setter:
    """Sets one document; numbering runs through it."""

    def __init__(self, word: Word, document: Document) -> None:
        self._word = word
        self._document = document
        self._numbers = Numbers()
        self._book = FontBook()
        self._room = sheet_of(document).body_width
        self._outline = outline(document)
        self._headings = 0
        self._listed = any(isinstance(block, Contents) for block in document.blocks)
        self._turn = False

    def title(self) -> None:
        """Red head, title, and the words that every page bears; a cover has them."""
        if self._document.cover is not None:
            return
        if self._document.head is not None:
            add_head(self._word, self._document.head, self._room)
        self._line(look.TITLE, (Text(self._document.title),))
        if self._document.badges:
            self._line(look.BADGES, (Text("\u3000".join(self._document.badges)),))

    def blocks(self, blocks: Sequence[Block]) -> None:
        """All blocks in order; two half charts in a row stand side by side."""
        remaining = list(blocks)
        while remaining:
            block = remaining.pop(0)
            if isinstance(block, KeepTogether):
                self.blocks(block.blocks)
            elif isinstance(block, ChartBlock) and block.half and remaining:
                second = remaining[0]
                if isinstance(second, ChartBlock) and second.half:
                    self._pair(block, second)
                    del remaining[0]
                else:
                    self._block(block)
            else:
                self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._line(look.PLACES[block.place], block.runs)
            case Note():
                self._note(block)
            case KeyFigures() | SignatureBlock():
                self._strip(block)
            case Table():
                self._table(block)
            case ChartBlock():
                _insert(self._line(look.CHART, ()), picture_of(block, self._book, self._room))
                self._line(look.CHART_CAPTION, (Text(self._caption(block)),))
            case SignatureBlock() | Closing():
                self._foot(block)
            case PageBreak() | Cover() | Contents():
                self._turned(block)
            case KeepTogether():
                raise ValueError("KeepTogether does not nest")

    def _foot(self, block: SignatureBlock | Closing) -> None:
        if isinstance(block, Closing):
            add_closing(self._word, block, self._document)
        else:
            self._strip(block)

    def _strip(self, block: KeyFigures | SignatureBlock) -> None:
        """Blocks that are tables without a caption: a turn of the page needs a line of its own."""
        if self._turn:
            self._line(look.NOTE, ())
        if isinstance(block, KeyFigures):
            add_strip(self._word, block, self._room)
        else:
            add_signatures(self._word, block, self._document.made_on, self._room)
            hold_to_what_is_signed(self._word, str(self._word.styles[look.NOTE.name].style_id))

    def _turned(self, block: PageBreak | Cover | Contents) -> None:
        """What the page is turned after."""
        if isinstance(block, Cover):
            add_cover(self._word, block, self._document, self._room)
        elif isinstance(block, Contents):
            add_contents(self._word, block, self._outline, heading_pages_of(self._document), self._room)
        self._turn = True

    def _heading(self, heading: Heading) -> None:
        entry = self._outline[self._headings]
        style = look.PART if heading.level == 0 else look.HEADINGS[heading.level - 1]
        line = self._line(style, (Text(numbered(self._numbers, heading)),))
        if self._listed:
            # Parts above the styles 标题 1, 标题 2 … push those one level down in the outline.
            _outline_level(line, entry.rank)
            bookmark(line._p, self._headings)  # noqa: SLF001
        self._headings += 1

    def _line(self, style: look.Look, runs: Sequence[Run]) -> WordParagraph:
        line = self._word.add_paragraph(style=style.name)
        if self._turn:
            line.paragraph_format.page_break_before = True
            self._turn = False
        add_runs(line._p, runs)  # noqa: SLF001  runs go in as XML, like those of cells
        return line

    def _note(self, note: Note) -> None:
        label: tuple[Run, ...] = (Text(f"{note.label}："),) if note.label else ()
        self._line(look.NOTE, (*label, *note.runs))

    def _table(self, table: Table) -> None:
        caption = self._numbers.table(table.title, numbered=table.numbered)
        self._line(look.TABLE_CAPTION, (Text(caption),))
        if table.unit:
            self._line(look.UNIT, (Text(f"单位：{table.unit}"),))
        add_table(self._word, table, self._book, self._room)
        for note in table.notes:
            self._note(note)
        if not table.notes:
            # A line behind every table: without one, two tables in a row would become one.
            self._line(look.NOTE, ())

    def _caption(self, block: ChartBlock) -> str:
        return f"图{self._numbers.chart()}\u3000{block.caption}"

    def _pair(self, *blocks: ChartBlock) -> None:
        from docx.text.paragraph import Paragraph as WordParagraph

        style = {s.name: str(self._word.styles[s.name].style_id) for s in (look.CHART, look.CHART_CAPTION)}
        width = self._room / 2
        made = frame([width, width], 0)
        drawn, named = element("tr", made), element("tr", made)
        for block in blocks:
            line = paragraph(style[look.CHART.name], cell_of(drawn, width))
            picture = picture_of(block, self._book, self._room)
            _insert(WordParagraph(line, self._word._body), picture)  # noqa: SLF001  paragraphs are told their story
            caption = paragraph(style[look.CHART_CAPTION.name], cell_of(named, width))
            add_runs(caption, (Text(self._caption(block)),))
        append(self._word, made)


def _insert(line: WordParagraph, picture: Picture) -> None:
    """A picture in its line, with what it shows as alternative text."""
    from docx.shared import Pt

    shape = line.add_run().add_picture(io.BytesIO(picture.png), Pt(picture.width), Pt(picture.height))
    about = shape._inline.docPr  # noqa: SLF001  python-docx has no door for alternative text
    about.set("descr", words(picture.words))


def _tell_pictures_apart(word: Word) -> None:
    """A number of its own for every picture: those set side by side are given one twice, which Word calls damage."""
    from docx.oxml.ns import qn

    for number, about in enumerate(word.element.body.iter(qn("wp:docPr")), start=1):
        about.set("id", str(number))


def _outline_level(line: WordParagraph, level: int) -> None:
    properties = line._p.get_or_add_pPr()  # noqa: SLF001  no door in python-docx
    made = element("outlineLvl", None, val=level)
    properties.insert_element_before(made, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
