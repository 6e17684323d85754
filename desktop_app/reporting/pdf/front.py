"""Front matter on paper: the cover, and the contents page with its leaders and page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.reporting.content import Cover, Document, Text
from desktop_app.reporting.outline import Entry
from desktop_app.reporting.pdf.breaking import atoms_of
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.geometry import CAP, GREY, HAIRLINE, SMALL_SIZE, Sheet
from desktop_app.reporting.pdf.lines import Line, set_lines
from desktop_app.reporting.pdf.official import HeadPiece
from desktop_app.reporting.pdf.pen import Pen

_KICKER, _TITLE, _FOOT = 42.0, 30.0, 16.0
_ENTRY, _PITCH, _INDENT = 13.0, 18.2, 16.0
_FACES = (Face.HEAD, Face.SANS, Face.TEXT)
_LEAST_ROWS = 2


@dataclass(frozen=True)
class CoverPiece:
    """A whole page: red head where there is one, the title in its upper third, who issues it and when at its foot."""

    cover: Cover
    document: Document
    title: tuple[Line, ...]
    sheet: Sheet
    before: float = 0.0
    with_next: bool = False

    @property
    def height(self) -> float:
        """The whole type area."""
        return self.sheet.body_height

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Everything centred."""
        words = self.document.title
        pen.canvas.bookmarkHorizontal(f"p{pen.page}-{words}", 0, top)
        pen.canvas.addOutlineEntry(words, f"p{pen.page}-{words}", level=0, closed=0)
        middle = left + self.sheet.body_width / 2
        y = top - self.height * 0.2
        if self.document.head is not None:
            head = HeadPiece(self.document.head, self.sheet)
            head.draw(pen, left, top)
            y = top - head.height - _KICKER
        pen.text(middle, y, self.cover.kicker, Face.TITLE, _KICKER, align="center")
        y -= _KICKER
        pen.centred(self.title, middle, y, _TITLE * 1.5, _TITLE)
        y -= len(self.title) * _TITLE * 1.5 + 30.0
        pen.text(middle, y, "\u3000".join(self.document.badges), Face.TEXT, _FOOT, align="center", colour=GREY)
        foot = top - self.height + 2.5 * _FOOT
        pen.text(middle, foot + 2 * _FOOT, self.document.issuer, Face.TEXT, _FOOT, align="center")
        pen.text(middle, foot, self.cover.day, Face.TEXT, _FOOT, align="center")

    def split(self, room: float) -> None:
        """Never."""


def cover_piece(cover: Cover, document: Document, book: FontBook, sheet: Sheet) -> CoverPiece:
    """The cover with its title broken into lines."""
    atoms = atoms_of((Text(cover.title),), book, Face.TITLE, Face.TITLE, _TITLE)
    return CoverPiece(cover, document, tuple(set_lines(atoms, sheet.body_width, justify=False)), sheet)


@dataclass(frozen=True)
class ContentsPiece:
    """Lines of the contents; ``pages`` is 0 where it is not known yet: that changes no height."""

    entries: tuple[Entry, ...]
    pages: tuple[int, ...]
    width: float
    before: float = 10.0
    with_next: bool = False

    @property
    def height(self) -> float:
        """One line an entry."""
        return len(self.entries) * _PITCH

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Words, dots, page."""
        for number, (entry, page) in enumerate(zip(self.entries, self.pages, strict=True)):
            baseline = top - (number + 0.5) * _PITCH - CAP * _ENTRY
            face = _FACES[min(entry.rank, len(_FACES) - 1)]
            x = left + entry.rank * _INDENT
            room = self.width - entry.rank * _INDENT - 3 * _ENTRY
            size = max(min(_ENTRY, _ENTRY * room / max(pen.book.width(entry.words, face, _ENTRY), 1.0)), SMALL_SIZE)
            end = x + pen.text(x, baseline, entry.words, face, size)
            width = pen.text(left + self.width, baseline, str(page or ""), Face.SERIF, _ENTRY, align="right")
            stop = left + self.width - width - 4.0
            if stop > end + 8.0:
                pen.stroke(end + 4.0, baseline + 2.0, stop, baseline + 2.0, HAIRLINE, GREY, (1.0, 3.0))

    def split(self, room: float) -> tuple[ContentsPiece, ContentsPiece] | None:
        """Between entries."""
        fitting = min(int((room + 0.01) // _PITCH), len(self.entries) - _LEAST_ROWS)
        if fitting < _LEAST_ROWS:
            return None
        return (
            replace(self, entries=self.entries[:fitting], pages=self.pages[:fitting]),
            replace(self, entries=self.entries[fitting:], pages=self.pages[fitting:], before=0.0),
        )


def contents_piece(entries: Sequence[Entry], pages: Sequence[int], depth: int, width: float) -> ContentsPiece:
    """The entries down to ``depth``; ``pages`` of all of them, empty in the first pass."""
    known = tuple(pages) or (0,) * len(entries)
    shown = [(entry, page) for entry, page in zip(entries, known, strict=True) if entry.level <= depth]
    return ContentsPiece(tuple(entry for entry, _ in shown), tuple(page for _, page in shown), width)
