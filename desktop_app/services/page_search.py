"""Where words stand on a PDF page: characters are taken one by one, so that a break of line splits no word."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from desktop_app.services.results.reports import PageHit

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_SAME_LINE = 4.0
"""Points by which the feet of characters of one line may differ."""


def spelled(words: str) -> str:
    """Words in the one spelling that is compared: no white, no full width, no case, one kind of minus."""
    return "".join(_spelled(char) for char in words)


def _spelled(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).casefold().replace("\u2212", "-")
    return "".join(each for each in folded if not each.isspace() and each.isprintable())


def find_on_page(sheet: PdfPage, number: int, height: float, wanted: str) -> list[PageHit]:
    """Hits on an open page of pypdfium2; ``height`` of the page in points, ``wanted`` already :func:`spelled`."""
    from pypdfium2 import raw

    words = sheet.get_textpage()
    try:
        text: list[str] = []
        places: list[int] = []
        for index in range(words.count_chars()):
            for char in _spelled(chr(raw.FPDFText_GetUnicode(words, index))):
                text.append(char)
                places.append(index)
        whole = "".join(text)
        found = []
        start = whole.find(wanted)
        while start >= 0:
            letters = dict.fromkeys(places[start : start + len(wanted)])
            found.append(PageHit(number, _boxes([words.get_charbox(index) for index in letters], height)))
            start = whole.find(wanted, start + len(wanted))
        return found
    finally:
        words.close()


def _boxes(
    letters: list[tuple[float, float, float, float]], height: float
) -> tuple[tuple[float, float, float, float], ...]:
    """One rectangle a line around (left, bottom, right, top) of its characters."""
    lines: list[tuple[float, float, float, float]] = []
    for left, bottom, right, top in letters:
        last = lines[-1] if lines else None
        # Small signs (、 —) lie within the height of the line that they stand on.
        if last is not None and left >= last[0] and bottom < last[3] + _SAME_LINE and top > last[1] - _SAME_LINE:
            lines[-1] = (last[0], min(last[1], bottom), max(last[2], right), max(last[3], top))
        else:
            lines.append((left, bottom, right, top))
    return tuple((left, height - top, right - left, top - bottom) for left, bottom, right, top in lines)
