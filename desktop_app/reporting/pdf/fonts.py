"""Fonts of the printed page: the bundled faces first, so that every machine makes the same bytes.

A character that the wanted face lacks is taken from the next face that has it; one that no face has is reported and
printed as 〓 (the printers' mark for a missing sort), never as a silent box.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

GETA = "〓"
"""Printed in place of a character that no font has (下駄)."""


class Face(StrEnum):
    """The four faces; the value is the file's and the font's name. Serif stands for 宋体/仿宋, sans for 黑体."""

    SERIF = "NotoSerifSC-Regular"
    SERIF_BOLD = "NotoSerifSC-Bold"
    SANS = "NotoSansSC-Regular"
    SANS_BOLD = "NotoSansSC-Bold"


FALLBACK: dict[Face, tuple[Face, ...]] = {
    # Sans Regular comes last everywhere: it alone keeps the rare characters of Extension A.
    Face.SERIF: (Face.SANS,),
    Face.SERIF_BOLD: (Face.SERIF, Face.SANS),
    Face.SANS: (),
    Face.SANS_BOLD: (Face.SANS,),
}
_loading = Lock()


@lru_cache(maxsize=len(Face))
def _read(face: Face) -> TTFont:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    file = paths.resources_dir() / "fonts" / f"{face.value}.ttf"
    try:
        font = TTFont(face.value, str(file))
    except (TTFError, OSError) as error:
        raise UserError(
            "打印用的字体读不了", hint="程序文件不完整，请重新安装或从安装包补回 resources/fonts", where=file.name
        ) from error
    pdfmetrics.registerFont(font)
    return font


def load(face: Face) -> TTFont:
    """The registered reportlab font of a face; read once a process, from whichever thread asks first."""
    with _loading:
        return _read(face)


def clean(text: str) -> str:
    """Text without characters that print nothing: line ends and tabs become blanks, format characters go."""
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in {"Cc", "Zs", "Zl", "Zp"} and char != "\u3000":
            kept.append(" ")
        elif category != "Cf" and not 0xFE00 <= ord(char) <= 0xFE0F:
            kept.append(char)
    return "".join(kept)


class FontBook:
    """Faces for one document; collects the characters that no face has.

    ``missing`` keeps them in the order in which they were met.
    """

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        self._of: dict[tuple[Face, str], Face | None] = {}

    def face_of(self, char: str, face: Face) -> Face | None:
        """The face that draws ``char`` when ``face`` is wanted; None when none has it."""
        key = (face, char)
        if key not in self._of:
            code = ord(char)
            chain = (face, *FALLBACK[face])
            self._of[key] = next((f for f in chain if code in load(f).face.charToGlyph), None)
        return self._of[key]

    def spans(self, text: str, face: Face) -> list[tuple[Face, str]]:
        """Cut text into stretches of one face each; missing characters are noted and replaced by 〓."""
        result: list[tuple[Face, str]] = []
        for char in clean(text):
            found = self.face_of(char, face)
            shown = char
            if found is None:
                self.missing[char] = None
                found, shown = face, GETA
            if result and result[-1][0] is found:
                result[-1] = (found, result[-1][1] + shown)
            else:
                result.append((found, shown))
        return result

    def width(self, text: str, face: Face, size: float) -> float:
        """Width in points, fallback faces included."""
        return sum(stretch(part, found, size) for found, part in self.spans(text, face))


def stretch(text: str, face: Face, size: float) -> float:
    """Width in points of text that ``face`` has all characters of."""
    font = load(face)
    widths = font.face.charWidths
    default = font.face.defaultWidth
    return float(sum(widths.get(ord(char), default) for char in text)) * size / 1000
