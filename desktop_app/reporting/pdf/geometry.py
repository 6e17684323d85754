"""Measures of the page in points, after GB/T 9704-2012 (党政机关公文格式).

Kept: A4, margins 上37 订口28 右26 下35 mm, type area 156 × 225 mm, 22 lines of 28 characters, page numbers. Deviations:
the size of body type is 156 mm / 28 = 15.8 pt instead of 三号 16 pt, so that 28 characters fill the line without being
pressed together; tables and charts leave the line grid; the margins are not mirrored on even pages (2 mm).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop_app.reporting.content import Document

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
LEFT: Final = 28 * MM
TOP: Final = 37 * MM
BODY_WIDTH: Final = 156 * MM
BODY_HEIGHT: Final = 225 * MM

TITLE_SIZE: Final = 22.0
"""二号"""
BODY_SIZE: Final = BODY_WIDTH / 28
LEADING: Final = BODY_HEIGHT / 22
"""Fixed pitch of lines, 28.99 pt."""
PAGE_NUMBER_SIZE: Final = 14.0
"""四号"""
CAPTION_SIZE: Final = 12.0
"""小四: captions of tables and charts."""
TABLE_SIZE: Final = 10.5
"""五号"""
NOTE_SIZE: Final = 10.0
SMALL_SIZE: Final = 9.0
"""The smallest type on any page."""

INK: Final = "#000000"
GREY: Final = "#555555"
RED: Final = "#CC0000"
"""Of a red head; dark enough to be read in a black-and-white print."""
HAIRLINE: Final = 0.5
THICK: Final = 1.5


@dataclass(frozen=True)
class Sheet:
    """A page and its type area in points: ``left`` and ``top`` are margins."""

    width: float
    height: float
    left: float
    top: float
    body_width: float
    body_height: float


UPRIGHT: Final = Sheet(PAGE_WIDTH, PAGE_HEIGHT, LEFT, TOP, BODY_WIDTH, BODY_HEIGHT)
ACROSS: Final = Sheet(PAGE_HEIGHT, PAGE_WIDTH, 26 * MM, LEFT, 245 * MM, 156 * MM)
"""横排: the same margins turned, binding edge (28 mm) at the head, for tables of many columns."""
LARGE_ACROSS: Final = Sheet(420 * MM, PAGE_HEIGHT, 26 * MM, LEFT, 368 * MM, 243 * MM)
LARGE_UPRIGHT: Final = Sheet(PAGE_HEIGHT, 420 * MM, LEFT, TOP, 243 * MM, 348 * MM)
"""A3 with the same margins."""
_SHEETS: Final = {
    (False, False): UPRIGHT, (True, False): ACROSS, (False, True): LARGE_UPRIGHT, (True, True): LARGE_ACROSS,
}  # fmt: skip


def sheet_of(document: Document) -> Sheet:
    """The sheet of a document."""
    return _SHEETS[document.across, document.large]


CAP: Final = 0.36
"""Half the height of Chinese type over the baseline, in em: centres a line in its pitch."""
