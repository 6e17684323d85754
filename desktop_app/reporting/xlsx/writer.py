"""Document → workbook. Every table has a sheet of its own, headed by the prose that leads to it, in reading order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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
    Place,
    Run,
    SignatureBlock,
    Table,
    Text,
    figures,
)
from desktop_app.reporting.numbering import Numbers
from desktop_app.reporting.outline import numbered, outline
from desktop_app.reporting.package import settle
from desktop_app.reporting.pdf.fonts import FontBook
from desktop_app.reporting.pdf.geometry import sheet_of
from desktop_app.reporting.picture import picture_of
from desktop_app.reporting.wording import day_words
from desktop_app.reporting.written import WrittenReport, replace_whole
from desktop_app.reporting.xlsx.page import SIZE, Page

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_HEADING_SIZES = {0: 16.0, 1: 14.0, 2: 12.0}


def write_xlsx(document: Document, out: Path) -> WrittenReport:
    """Write ``document`` to ``out``; an older file of that name is replaced only when the new one is whole.

    :raises UserError: the folder cannot be written, or the file is open elsewhere.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    about = workbook.properties
    about.title, about.creator, about.lastModifiedBy = document.title, document.issuer, "邮管台账"
    about.subject = f"{document.period_label} {document.edition_words}"
    about.keywords = "、".join(document.badges)
    setter = _Setter(workbook, document)
    for part in parts(document.blocks):
        setter.part(part)
    buffer = io.BytesIO()
    workbook.save(buffer)
    replace_whole(out, lambda file: settle(buffer.getvalue(), document.made_on, file))
    return WrittenReport(out, len(workbook.worksheets), len(figures(document)), ())


def parts(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """Blocks by sheet: each sheet ends with its table; what follows the last table stands on one more.

    In a document of several pages with a table each, what stands below a table (signatures) stays with it.
    """
    made: list[list[Block]] = [[]]
    paged = False
    for block in _flat(blocks):
        if isinstance(block, PageBreak) and _without_table(made):
            below = made.pop()
            made[-1] += below
            made.append([])
            paged = True
        made[-1].append(block)
        if isinstance(block, Table):
            made.append([])
    if paged and made[-1] and all(isinstance(block, Note | SignatureBlock) for block in made[-1]):
        below = made.pop()
        made[-1] += below
    if len(made) > 1 and all(isinstance(block, PageBreak) for block in made[-1]):
        made.pop()
    return made


def _without_table(made: list[list[Block]]) -> bool:
    """Whether the newest sheet holds words that stand below the table of the one before."""
    words = [block for block in made[-1] if not isinstance(block, PageBreak)]
    return len(made) > 1 and bool(words) and not any(isinstance(block, Table) for block in words)


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, KeepTogether):
            yield from _flat(block.blocks)
        else:
            yield block


class _Setter:
    """Sets one document; numbering runs through it."""

    def __init__(self, workbook: Workbook, document: Document) -> None:
        self._workbook = workbook
        self._document = document
        self._numbers = Numbers()
        self._book = FontBook()
        self._room = sheet_of(document).body_width

    def part(self, blocks: list[Block]) -> None:
        """One sheet."""
        table = next((block for block in blocks if isinstance(block, Table)), None)
        first = not self._workbook.worksheets
        sheet = self._workbook.create_sheet()
        page = Page(sheet, table, self._book, self._room)
        if first:
            if self._document.head is not None:
                page.line((Text(self._document.head.organ),), size=22.0, bold=True, align="center")
                if self._document.head.number:
                    page.line((Text(self._document.head.number),), align="center")
            page.line((Text(self._document.title),), size=18.0, bold=True, align="center")
            if self._document.badges:
                page.line((Text("\u3000".join(self._document.badges)),), align="center", grey=True)
        name = "正文" if first else "附注"
        for block in blocks:
            if isinstance(block, Table):
                name = self._table(page, block)
            else:
                self._block(page, block)
        sheet.title = _name(name, self._workbook)
        page.finish(self._document)

    def _block(self, page: Page, block: Block) -> None:
        match block:
            case Heading():
                words = numbered(self._numbers, block)
                page.line((Text(words),), size=_HEADING_SIZES.get(block.level, SIZE), bold=True)
            case Paragraph():
                indent = (Text("\u3000\u3000"),) if block.place is Place.BODY else ()
                page.line((*indent, *block.runs), align="right" if block.place is Place.CLOSING else "left")
            case Note():
                page.line((*_label(block), *block.runs), size=10.0)
            case KeyFigures():
                for item in block.items:
                    page.cells([(Text(item.label),), (item.figure,), (Text(item.unit),), item.change], bold=True)
            case ChartBlock():
                page.picture(picture_of(block, self._book, self._room))
                page.line((Text(f"图{self._numbers.chart()}\u3000{block.caption}"),), align="center")
            case SignatureBlock():
                posts = "\u3000\u3000\u3000\u3000".join(f"{post}：" for post in block.posts)
                page.line((Text(posts),))
                page.line((Text(block.dated(self._document.made_on)),), align="right")
            case Closing():
                page.line((Text(block.issuer),), align="right")
                page.line((Text(day_words(self._document.made_on)),), align="right")
            case Cover() | Contents():
                self._front(page, block)
            case _:
                pass

    def _front(self, page: Page, block: Cover | Contents) -> None:
        if isinstance(block, Contents):
            self._contents(page, block)
            return
        for words in filter(None, (self._document.issuer, block.day)):
            page.line((Text(words),), align="center")

    def _contents(self, page: Page, contents: Contents) -> None:
        """The headings with the sheet on which each stands: a workbook has no pages of its own."""
        page.line((Text(contents.title),), size=14.0, bold=True, align="center")
        sheets = [
            number
            for number, blocks in enumerate(parts(self._document.blocks), start=1)
            for block in blocks
            if isinstance(block, Heading)
        ]
        for entry, sheet in zip(outline(self._document), sheets, strict=True):
            if entry.level <= contents.depth:
                words = "\u3000" * (2 * entry.rank) + f"{entry.words}（第{sheet}张工作表）"
                page.line((Text(words),), bold=entry.rank == 0)

    def _table(self, page: Page, table: Table) -> str:
        caption = self._numbers.table(table.title, numbered=table.numbered)
        page.line((Text(caption),), size=12.0, bold=True, align="center")
        if table.unit:
            page.line((Text(f"单位：{table.unit}"),), size=10.0, align="right")
        page.table(table)
        for note in table.notes:
            page.line((*_label(note), *note.runs), size=10.0)
        return caption.replace("\u3000", " ")


def _label(note: Note) -> tuple[Run, ...]:
    return (Text(f"{note.label}："),) if note.label else ()


def _name(words: str, workbook: Workbook) -> str:
    """A sheet's name as a spreadsheet allows it, told apart from the others."""
    bare = _NOT_IN_NAMES.sub(" ", words)[:_LONGEST_NAME].strip()
    taken = {name.casefold() for name in workbook.sheetnames}
    name, number = bare, 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = bare[: _LONGEST_NAME - len(tail)] + tail
    return name
