"""Blocks of the content model → groups of pieces; numbers of headings, tables and charts are given here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from desktop_app.reporting.content import (
    Block,
    ChartBlock,
    Closing,
    Document,
    Heading,
    KeepTogether,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.numbering import Numbers
from desktop_app.reporting.pdf.breaking import atoms_of
from desktop_app.reporting.pdf.charts.piece import chart_piece, pair_of
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.geometry import BODY_SIZE, GREY, LEADING, TITLE_SIZE, Sheet
from desktop_app.reporting.pdf.lines import set_lines
from desktop_app.reporting.pdf.official import ClosingPiece, HeadPiece
from desktop_app.reporting.pdf.paginate import grouped
from desktop_app.reporting.pdf.pieces import Break, Lines, Piece
from desktop_app.reporting.pdf.strip import SignaturePiece, StripPiece
from desktop_app.reporting.pdf.table import note_lines, table_piece

_HEADING_FACES = {1: Face.SANS_BOLD, 2: Face.SERIF_BOLD}
"""一、 in 黑体; （一） in bold serif where 楷体 is asked for, because no free 楷体 is bundled."""


class Composer:
    """Sets one document for a sheet; numbering runs through it."""

    def __init__(self, document: Document, book: FontBook, sheet: Sheet) -> None:
        self._document = document
        self._sheet = sheet
        self._width = sheet.body_width
        self._book = book
        self._numbers = Numbers()

    def groups(self) -> list[tuple[Piece, ...]]:
        """Title and all blocks, in order, as groups that keep together."""
        return [*grouped(self._title()), *self._blocks(self._document.blocks)]

    def _blocks(self, blocks: Sequence[Block]) -> list[tuple[Piece, ...]]:
        groups: list[tuple[Piece, ...]] = []
        waiting: list[Piece] = []
        remaining = list(blocks)
        while remaining:
            block = remaining.pop(0)
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
                piece = table_piece(block, self._numbers.table(), self._book, self._sheet)
            case ChartBlock():
                piece = chart_piece(block, self._numbers.chart(), self._book, self._width)
            case SignatureBlock() | Closing():
                piece = self._foot(block)
            case PageBreak():
                piece = Break()
            case KeepTogether():
                raise ValueError("KeepTogether does not nest")
        return piece

    def _foot(self, block: SignatureBlock | Closing) -> Piece:
        if isinstance(block, Closing):
            return ClosingPiece(block, self._document.made_on, self._width)
        return SignaturePiece(block, self._document.made_on, self._width)

    def _title(self) -> list[Piece]:
        title = (Text(self._document.title),)
        atoms = atoms_of(title, self._book, Face.SERIF_BOLD, Face.SERIF_BOLD, TITLE_SIZE)
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
            atoms = atoms_of(words, self._book, Face.SERIF, Face.SERIF_BOLD, 12.0)
            set_words = tuple(set_lines(atoms, self._width, justify=False))
            pieces.append(Lines(set_words, words, 20.0, 12.0, with_next=True, centred_in=self._width, colour=GREY))
        return pieces

    def _heading(self, heading: Heading) -> Lines:
        words = self._numbers.heading(heading.level) + heading.text
        face = _HEADING_FACES.get(heading.level, Face.SERIF)
        runs = (Text(words),)
        atoms = atoms_of(runs, self._book, face, face, BODY_SIZE)
        lines = tuple(set_lines(atoms, self._width, indent=2 * BODY_SIZE))
        return Lines(lines, runs, LEADING, BODY_SIZE, before=6.0, with_next=True, bookmark=(words, heading.level))

    def _paragraph(self, paragraph: Paragraph) -> Lines:
        atoms = atoms_of(paragraph.runs, self._book, Face.SERIF, Face.SERIF_BOLD, BODY_SIZE)
        lines = tuple(set_lines(atoms, self._width, indent=2 * BODY_SIZE))
        return Lines(lines, paragraph.runs, LEADING, BODY_SIZE)


def _half(block: Block) -> TypeGuard[ChartBlock]:
    return isinstance(block, ChartBlock) and block.half
