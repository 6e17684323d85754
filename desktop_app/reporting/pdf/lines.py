"""Setting atoms into lines: filled greedily, pressed or spread to the full measure (两端对齐)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.reporting.pdf.breaking import Atom
from desktop_app.reporting.pdf.fonts import Face, width_of

_LOOSE = 0.12
"""Gap in em up to which a line is rather spread than pressed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text drawn at once: ``x`` from the line's start; ``spacing`` is added behind each character."""

    x: float
    text: str
    face: Face
    size: float
    spacing: float
    width: float
    run: int


@dataclass(frozen=True, slots=True)
class Line:
    """One set line; ``width`` is what it takes, of which ``tail`` is the white of a mark at its end."""

    pieces: tuple[Piece, ...]
    width: float
    tail: float = 0.0


def set_lines(atoms: Sequence[Atom], width: float, *, indent: float = 0.0, justify: bool = True) -> list[Line]:
    """Break atoms into lines of ``width`` points, the first ``indent`` in; the last line is not spread."""
    lines: list[Line] = []
    atoms = _cut_to_fit(atoms, width - indent)
    start = 0
    while start < len(atoms):
        offset = indent if not lines else 0.0
        end = _end_of_line(atoms, start, width - offset)
        row = _trimmed(atoms[start:end])
        lines.append(_set(row, offset, width - offset, spread=justify and end < len(atoms)))
        start = end
        while start < len(atoms) and atoms[start].text == " ":
            start += 1
    return lines


def _cut_to_fit(atoms: Sequence[Atom], room: float) -> Sequence[Atom]:
    """A word that is wider than the line (a long code or address) may be cut anywhere."""
    if all(atom.width <= room for atom in atoms):
        return atoms
    result: list[Atom] = []
    for atom in atoms:
        if atom.width <= room or len(atom.text) == 1:
            result.append(atom)
            continue
        result += [
            replace(atom, text=char, width=width, drawn=width, glue=False)
            for char in atom.text
            for width in (width_of(char, atom.face) * atom.size,)
        ]
        result[-1] = replace(result[-1], glue=atom.glue)
    return result


def _trimmed(row: Sequence[Atom]) -> Sequence[Atom]:
    while len(row) > 1 and row[-1].text == " ":
        row = row[:-1]
    return row


def _end_of_line(atoms: Sequence[Atom], start: int, room: float) -> int:
    """Index behind the last atom of the line that begins at ``start``."""
    width = give = 0.0
    spread = pressed = start
    spread_width = 0.0
    for index in range(start, len(atoms)):
        atom = atoms[index]
        width += atom.width
        give += atom.front + atom.back
        # A blank at the end of a line hangs into the margin.
        over = width - room - (atom.width if atom.text == " " else 0.0)
        if over > give + 1e-6:
            if pressed == start:
                return max(index, start + 1)
            break
        if index + 1 == len(atoms) or not atom.glue:
            pressed = index + 1
            if over <= atom.back + 1e-6:
                spread, spread_width = index + 1, width
    if spread in {pressed, start}:
        return pressed
    gaps = max(spread - start - 1, 1)
    return spread if (room - spread_width) / gaps <= _LOOSE * atoms[start].size else pressed


def _set(row: Sequence[Atom], offset: float, room: float, *, spread: bool) -> Line:
    natural = sum(atom.width for atom in row)
    slack = room - natural
    tail = 0.0
    press = 0.0
    if slack < 0:
        # First the white behind the last mark, then a like share of every mark's white.
        tail = min(row[-1].back, -slack)
        give = sum(atom.front + atom.back for atom in row) - row[-1].back
        press = min((-slack - tail) / give, 1.0) if give > 0 else 0.0
    gap = slack / (len(row) - 1) if spread and slack > 0 and len(row) > 1 else 0.0
    pieces: list[Piece] = []
    x = offset
    for index, atom in enumerate(row):
        last = index == len(row) - 1
        back = tail if last else atom.back * press
        x -= atom.front * press
        _add(pieces, atom, x, gap)
        x += atom.width - back + (0.0 if last else gap)
    return Line(tuple(pieces), x, row[-1].back - tail)


def _add(pieces: list[Piece], atom: Atom, x: float, gap: float) -> None:
    """Append an atom, joined to the piece before it when that makes no difference on paper."""
    previous = pieces[-1] if pieces else None
    single = len(atom.text) == 1
    if previous is not None:
        touching = abs(previous.x + previous.width - x) < 1e-6
        alike = previous.face is atom.face and previous.size == atom.size and previous.run == atom.run
        if touching and alike and (gap == 0.0 or (single and previous.spacing == gap)):
            width = previous.width + atom.drawn + gap
            joined = previous.text + atom.text
            pieces[-1] = Piece(previous.x, joined, atom.face, atom.size, previous.spacing, width, atom.run)
            return
    spacing = gap if single else 0.0
    pieces.append(Piece(x, atom.text, atom.face, atom.size, spacing, atom.drawn + spacing, atom.run))
