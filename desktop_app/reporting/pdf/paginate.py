"""Pieces onto pages: nothing is lost, nothing runs over the foot, headings stay with their text, feet with theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.reporting.pdf.geometry import NOTE_SIZE
from desktop_app.reporting.pdf.official import ClosingPiece
from desktop_app.reporting.pdf.pieces import Break, Lines, Piece
from desktop_app.reporting.pdf.strip import SignaturePiece

SLACK = 0.01
"""Points by which rounding may make a full page seem too full."""
_FOOT_SHARE = 0.3
"""Of a page: so much small print at most goes along with the signatures under it."""


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

    The last piece of a group may be cut when its first part fits behind the others. Signatures never stand on a page
    without the end of what is signed: the table above them gives some of its last rows, a paragraph its last lines.
    """
    pages = _Pages(height)
    for group, foot in _with_feet(list(groups), height):
        if isinstance(group[0], Break):
            if not pages.fresh:
                pages.turn()
            continue
        _place(pages, group, foot)
    if pages.fresh and len(pages.pages) > 1:
        pages.pages.pop()
    return pages.pages


def _with_feet(groups: Sequence[tuple[Piece, ...]], height: float) -> list[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
    """Each group with the foot that must not leave it: signatures, and small print between them and the group."""
    found: list[tuple[tuple[Piece, ...], tuple[Piece, ...]]] = []
    foot: tuple[Piece, ...] = ()
    for group in reversed(groups):
        if _signs(group) or (foot and _small_print(group) and _high((*group, *foot)) <= height * _FOOT_SHARE):
            foot = (*group, *foot)
            continue
        if foot and isinstance(group[0], Break):
            # Nothing stands above it on its page.
            found.append((foot, ()))
            foot = ()
        found.append((group, foot))
        foot = ()
    if foot:
        found.append((foot, ()))
    return found[::-1]


def _signs(group: tuple[Piece, ...]) -> bool:
    return isinstance(group[-1], SignaturePiece | ClosingPiece)


def _small_print(group: tuple[Piece, ...]) -> bool:
    return all(isinstance(piece, Lines) and piece.size == NOTE_SIZE for piece in group)


def _high(pieces: Iterable[Piece]) -> float:
    return sum(piece.before + piece.height for piece in pieces)


def _place(pages: _Pages, group: tuple[Piece, ...], foot: tuple[Piece, ...] = ()) -> None:
    if pages.need((*group, *foot)) <= pages.room:
        for piece in (*group, *foot):
            pages.put(piece)
        return
    *heads, last = group
    room = pages.room - pages.need(group) + last.height
    # Where the group alone would fit its end is cut off all the same: it goes to the next page with the foot.
    parts = last.split(min(room, last.height)) if room > 0 else None
    if parts is not None:
        for piece in (*heads, parts[0]):
            pages.put(piece)
        pages.turn()
        _place(pages, (parts[1],), foot)
    elif not pages.fresh:
        pages.turn()
        _place(pages, group, foot)
    elif foot:
        _place(pages, group)
        _place(pages, foot)
    elif len(group) > 1:
        # Higher than a page: the group comes apart.
        for piece in group:
            _place(pages, (piece,))
    else:
        pages.put(last)


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
