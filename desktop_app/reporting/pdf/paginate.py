"""Pieces onto pages: nothing is lost, nothing runs over the foot, headings stay with their text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.reporting.pdf.pieces import Break, Piece
from desktop_app.reporting.pdf.table import TablePiece

SLACK = 0.01
"""Points by which rounding may make a full page seem too full."""


@dataclass(frozen=True)
class Placed:
    """A piece and its distance from the head of the type area, in points."""

    piece: Piece
    offset: float


class _Pages:
    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[list[Placed]] = [[]]
        self.used = 0.0

    @property
    def room(self) -> float:
        return self.height - self.used + SLACK

    @property
    def fresh(self) -> bool:
        return not self.pages[-1]

    def turn(self) -> None:
        self.pages.append([])
        self.used = 0.0

    def put(self, piece: Piece) -> None:
        offset = self.used + (0.0 if self.fresh else piece.before)
        self.pages[-1].append(Placed(piece, offset))
        self.used = offset + piece.height

    def need(self, group: tuple[Piece, ...]) -> float:
        """Height of the group here."""
        whole = sum(piece.before + piece.height for piece in group)
        return whole - (group[0].before if self.fresh else 0.0)


def paginate(groups: Iterable[tuple[Piece, ...]], height: float) -> list[list[Placed]]:
    """Place groups one after the other; a group keeps together unless it is higher than a page.

    The last piece of a group may be cut when its first part fits behind the others, and so may a table that others
    follow: its last rows go on to the next page with them.
    """
    pages = _Pages(height)
    for group in groups:
        if isinstance(group[0], Break):
            if not pages.fresh:
                pages.turn()
            continue
        _place(pages, group)
    if pages.fresh and len(pages.pages) > 1:
        pages.pages.pop()
    return pages.pages


def _place(pages: _Pages, group: tuple[Piece, ...]) -> None:
    if pages.need(group) <= pages.room:
        for piece in group:
            pages.put(piece)
        return
    for at, last in reversed(list(enumerate(group))):
        if at < len(group) - 1 and not isinstance(last, TablePiece):
            continue
        room = pages.room - pages.need(group[: at + 1]) + last.height
        parts = last.split(room) if room > 0 else None
        if parts is not None:
            for piece in (*group[:at], parts[0]):
                pages.put(piece)
            pages.turn()
            _place(pages, (parts[1], *group[at + 1 :]))
            return
    if not pages.fresh:
        pages.turn()
        _place(pages, group)
    elif len(group) > 1:
        # Higher than a page: the group comes apart.
        for piece in group:
            _place(pages, (piece,))
    else:
        pages.put(group[0])


def grouped(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Pieces that must stay with their next one, joined to it."""
    groups: list[tuple[Piece, ...]] = []
    waiting: list[Piece] = []
    for piece in pieces:
        waiting.append(piece)
        if not piece.with_next:
            groups.append(tuple(waiting))
            waiting = []
    if waiting:
        groups.append(tuple(waiting))
    return groups
