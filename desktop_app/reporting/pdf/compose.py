"""Blocks of the content model → groups of pieces; numbers of headings, tables and charts are given here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

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
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.numbering import Numbers
from desktop_app.reporting.outline import numbered, outline
from desktop_app.reporting.pdf.breaking import atoms_of
from desktop_app.reporting.pdf.charts.piece import chart_piece, pair_of
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.front import contents_piece, cover_piece
from desktop_app.reporting.pdf.geometry import BODY_SIZE, GREY, LEADING, TITLE_SIZE, Sheet
from desktop_app.reporting.pdf.lines import set_lines
from desktop_app.reporting.pdf.official import ClosingPiece, HeadPiece
from desktop_app.reporting.pdf.paginate import Placed, grouped, paginate
from desktop_app.reporting.pdf.pieces import Break, Lines, Piece
from desktop_app.reporting.pdf.strip import SignaturePiece, StripPiece
from desktop_app.reporting.pdf.table import note_lines, table_piece

_HEADING_FACES = {1: Face.HEAD, 2: Face.SECOND}
"""一、 in 黑体; （一） in 楷体, in bold serif on a machine without it, because no free 楷体 is bundled."""


class Composer:
    """Sets one document for a sheet; numbering runs through it. ``pages``: of its headings, where they are known."""

    def __init__(self, document: Document, book: FontBook, sheet: Sheet, pages: Sequence[int] = ()) -> None:
        self._document = document
        self._pages = pages
        self._outline = outline(document)
        # The title is level 0 of the file's outline, the document's highest heading level 1.
        self._sunk = 1 + max((entry.rank - entry.level for entry in self._outline), default=-1)
        self._sheet = sheet
        self._width = sheet.body_width
        self._book = book
        self._numbers = Numbers()

    def groups(self) -> list[tuple[Piece, ...]]:
        """Title and all blocks, in order, as groups that keep together."""
        title = [] if self._document.cover is not None else grouped(self._title())
        return [*title, *self._blocks(self._document.blocks)]

    def _blocks(self, blocks: Sequence[Block]) -> list[tuple[Piece, ...]]:
        groups: list[tuple[Piece, ...]] = []
        waiting: list[Piece] = []
        remaining = list(blocks)
        while remaining:
            block = remaining.pop(0)
            if isinstance(block, Cover | Contents):
                groups += self._front(block)
                continue
            if isinstance(block, KeepTogether):
                waiting += [self._piece(part) for part in block.blocks]
            elif _half(block) and remaining and _half(second := remaining[0]):
                del remaining[0]
                waiting.append(
                    pair_of(block, self._numbers.chart(), second, self._numbers.chart(), self._book, self._width)
                )
            else:
                waiting.append(self._piece(block))
            if not waiting[-1].with_next:
                groups.append(tuple(waiting))
                waiting = []
        return [*groups, tuple(waiting)] if waiting else groups

    def _piece(self, block: Block) -> Piece:
        piece: Piece
        match block:
            case Heading():
                piece = self._heading(block)
            case Paragraph():
                piece = self._paragraph(block)
            case Note():
                piece = note_lines(block.label, block.runs, self._book, self._width, before=2.0)
            case KeyFigures():
                piece = StripPiece(block, self._width)
            case Table():
                piece = table_piece(
                    block, self._numbers.table(block.title, numbered=block.numbered), self._book, self._sheet
                )
            case ChartBlock():
                piece = chart_piece(block, self._numbers.chart(), self._book, self._width)
            case SignatureBlock() | Closing():
                piece = self._foot(block)
            case PageBreak():
                piece = Break()
            case KeepTogether() | Cover() | Contents():
                raise ValueError(f"{type(block).__name__} does not nest")
        return piece

    def _front(self, block: Cover | Contents) -> list[tuple[Piece, ...]]:
        """Cover or contents, on pages of their own."""
        if isinstance(block, Cover):
            return [(cover_piece(block, self._document, self._book, self._sheet),), (Break(),)]
        words = (Text(block.title),)
        atoms = atoms_of(words, self._book, Face.TITLE, Face.TITLE, TITLE_SIZE)
        lines = tuple(set_lines(atoms, self._width, justify=False))
        head = Lines(lines, words, TITLE_SIZE * 1.5, TITLE_SIZE, with_next=True, centred_in=self._width)
        return [(head, contents_piece(self._outline, self._pages, block.depth, self._width)), (Break(),)]

    def _foot(self, block: SignatureBlock | Closing) -> Piece:
        if isinstance(block, Closing):
            return ClosingPiece(block, self._document.made_on, self._width)
        return SignaturePiece(block, self._document.made_on, self._width)

    def _title(self) -> list[Piece]:
        title = (Text(self._document.title),)
        atoms = atoms_of(title, self._book, Face.TITLE, Face.TITLE, TITLE_SIZE)
        lines = tuple(set_lines(atoms, self._width, justify=False))
        head = self._document.head
        pieces: list[Piece] = [
            *((HeadPiece(head, self._sheet),) if head is not None else ()),
            Lines(
                lines,
                title,
                TITLE_SIZE * 1.5,
                TITLE_SIZE,
                with_next=True,
                centred_in=self._width,
                bookmark=(self._document.title, 0),
            ),
        ]
        if self._document.badges:
            words = (Text("\u3000".join(self._document.badges)),)
            atoms = atoms_of(words, self._book, Face.TEXT, Face.STRONG, 12.0)
            set_words = tuple(set_lines(atoms, self._width, justify=False))
            pieces.append(Lines(set_words, words, 20.0, 12.0, with_next=True, centred_in=self._width, colour=GREY))
        return pieces

    def _heading(self, heading: Heading) -> Lines:
        words = numbered(self._numbers, heading)
        mark = (words, heading.level + self._sunk)
        if heading.level == 0:
            runs: tuple[Text, ...] = (Text(words),)
            atoms = atoms_of(runs, self._book, Face.TITLE, Face.TITLE, TITLE_SIZE)
            set_words = tuple(set_lines(atoms, self._width, justify=False))
            return Lines(
                set_words, runs, TITLE_SIZE * 2.0, TITLE_SIZE, before=6.0, with_next=True, centred_in=self._width,
                bookmark=mark,
            )  # fmt: skip
        face = _HEADING_FACES.get(heading.level, Face.TEXT)
        runs = (Text(words),)
        atoms = atoms_of(runs, self._book, face, face, BODY_SIZE)
        lines = tuple(set_lines(atoms, self._width, indent=2 * BODY_SIZE))
        return Lines(lines, runs, LEADING, BODY_SIZE, before=6.0, with_next=True, bookmark=mark)

    def _paragraph(self, paragraph: Paragraph) -> Lines:
        atoms = atoms_of(paragraph.runs, self._book, Face.TEXT, Face.STRONG, BODY_SIZE)
        if paragraph.place is Place.CLOSING:
            edge = self._width - 4 * BODY_SIZE
            return Lines(tuple(set_lines(atoms, edge)), paragraph.runs, LEADING, BODY_SIZE, flush_right_in=edge)
        indent = 0.0 if paragraph.place is Place.ADDRESSEE else 2 * BODY_SIZE
        lines = tuple(set_lines(atoms, self._width, indent=indent))
        return Lines(lines, paragraph.runs, LEADING, BODY_SIZE)


def _half(block: Block) -> TypeGuard[ChartBlock]:
    return isinstance(block, ChartBlock) and block.half


def laid_out(document: Document, book: FontBook, sheet: Sheet) -> list[list[Placed]]:
    """The pages of a document. One with a contents page is set twice: its length does not hang on the numbers in it."""
    pages = paginate(Composer(document, book, sheet).groups(), sheet.body_height)
    if not any(isinstance(block, Contents) for block in document.blocks):
        return pages
    return paginate(Composer(document, book, sheet, heading_pages(pages)).groups(), sheet.body_height)


def heading_pages(pages: Sequence[Sequence[Placed]]) -> tuple[int, ...]:
    """Page from 1 of every heading in order."""
    return tuple(
        number
        for number, page in enumerate(pages, start=1)
        for placed in page
        if isinstance(placed.piece, Lines) and placed.piece.bookmark is not None and placed.piece.bookmark[1] > 0
    )
