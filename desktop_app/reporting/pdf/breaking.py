"""Where a Chinese line may break (禁则), and cutting runs into atoms: one ideograph, or one Latin word or number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop_app.reporting.content import FigureRun, Run
from desktop_app.reporting.pdf.fonts import Face, FontBook, clean

NO_START: Final = frozenset("、。，．：；！？）》」』】〕〉〗｝］％‰℃…·～—”’,.:;!?)]}%")
"""Never first on a line."""
NO_END: Final = frozenset("≥≤＞＜±＋（《「『【〔〈〖｛［“‘￥＄№([{¥$#")
"""Never last on a line."""
CLOSING: Final = frozenset("、。，．：；！？）》」』】〕〉〗｝］")
"""Full-width marks with their ink in the left half: may lose up to half an em behind."""
OPENING: Final = frozenset("（《「『【〔〈〖｛［")
"""Full-width marks with their ink in the right half: may lose up to half an em before."""

_UNITS: Final = (
    "个百分点|亿件|万件|亿元|万元|亿个|万个|元/件|百分点|年|月份|月末|月|日|件|元|个|家|天|小时|条|倍|位|次|分|页|‰|%"
)
_ATOM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:/&'%‰_+\-−]*|[+\-−][0-9][0-9.,%]*|.", re.DOTALL)
_NUMBER_WITH_UNIT: Final = re.compile(rf"[0-9][0-9.,]*(?:—[0-9]+)?(?:{_UNITS})")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece that is never cut. ``glue``: no line may end behind it. ``run``: index of the run it comes from.

    ``width``: what it takes in the line; ``drawn``: how far its characters advance, which is more where marks meet.

    ``front`` and ``back``: points that it may lose at either side when a line is pressed together.
    """

    text: str
    face: Face
    size: float
    width: float
    drawn: float
    run: int
    glue: bool
    front: float
    back: float


def atoms_of(runs: Iterable[Run], book: FontBook, face: Face, bold: Face, size: float) -> list[Atom]:
    """Cut runs into atoms with their widths; numbers stay with their units, and marks where they belong."""
    pieces: list[tuple[str, Face, int, bool]] = []
    for index, run in enumerate(runs):
        wanted = bold if getattr(run, "bold", False) else face
        pieces += _cut(clean(run.text), wanted, index, whole=isinstance(run, FigureRun) and len(run.text) <= 16)
    result: list[Atom] = []
    for position, (text, wanted, index, glued) in enumerate(pieces):
        following = pieces[position + 1][0] if position + 1 < len(pieces) else ""
        glue = glued or (bool(following) and _kept(text, following))
        spans = book.spans(text, wanted)
        for number, span in enumerate(spans):
            width = drawn = span.em * size
            half = size / 2
            closing, opening = text in CLOSING, text in OPENING
            if closing and following and (following in CLOSING or following in OPENING):
                # Two marks in a row share their white (标点挤压).
                width, closing = width - half, False
            result.append(
                Atom(
                    span.text,
                    span.face,
                    size,
                    width,
                    drawn,
                    index,
                    glue or number < len(spans) - 1,
                    half if opening else 0.0,
                    half if closing else 0.0,
                )
            )
    return result


def _cut(text: str, face: Face, index: int, *, whole: bool) -> list[tuple[str, Face, int, bool]]:
    """Text → (atom, face, run, glued to the next); a whole figure and a number with its unit hold together."""
    held: set[int] = set()
    if whole:
        held = set(range(len(text) - 1))
    else:
        for match in _NUMBER_WITH_UNIT.finditer(text):
            held.update(range(match.start(), match.end() - 1))
    return [(match[0], face, index, match.end() - 1 in held) for match in _ATOM.finditer(text)]


def _kept(text: str, following: str) -> bool:
    """No line may end between these two: 禁则, and dashes and dots that come in pairs."""
    if following[0] in NO_START or text[-1] in NO_END:
        return True
    return text == following and text in {"—", "…"}
