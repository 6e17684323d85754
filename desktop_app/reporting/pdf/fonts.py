"""Fonts of the printed page: the faces of official documents where the machine has them, else the bundled ones.

A character that the wanted face lacks is taken from the next face that has it, at last from a font of the machine
(:func:`spare_file`); one that no face has is reported and printed as 〓 (the printers' mark for a missing sort), never
as a silent box.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.reporting.pdf.official_fonts import official_files, system_folders
from desktop_app.reporting.pdf.unicode_map import install

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

WORDS_OF = {"‱": "万分比"}
"""What is printed for a sign that the fonts lack."""
GETA = "〓"
"""Printed in place of a character that no font has (下駄)."""


class Face(StrEnum):
    """The four bundled faces, with the file's and the font's name; then those that a machine may have or lack."""

    SERIF = "NotoSerifSC-Regular"
    SERIF_BOLD = "NotoSerifSC-Bold"
    SANS = "NotoSansSC-Regular"
    SANS_BOLD = "NotoSansSC-Bold"
    SPARE = "Spare"
    """A font of the machine for what no bundled face has (𠮷)."""
    TITLE = "小标宋"
    TEXT = "仿宋"
    HEAD = "黑体"
    SECOND = "楷体"
    STRONG = "加重"
    """Weighty words within the text: no file of its own, 黑体 or the bold serif."""


FALLBACK: dict[Face, tuple[Face, ...]] = {
    # Sans Regular comes last everywhere: it alone keeps the rare characters of Extension A.
    Face.SERIF: (Face.SANS,),
    Face.SERIF_BOLD: (Face.SERIF, Face.SANS),
    Face.SANS: (),
    Face.SANS_BOLD: (Face.SANS,),
    Face.TITLE: (Face.SERIF_BOLD, Face.SERIF, Face.SANS),
    Face.TEXT: (Face.SERIF, Face.SANS),
    Face.HEAD: (Face.SANS_BOLD, Face.SANS),
    Face.SECOND: (Face.SERIF_BOLD, Face.SERIF, Face.SANS),
    Face.STRONG: (Face.HEAD, Face.SERIF_BOLD, Face.SERIF, Face.SANS),
}
_BUNDLED = frozenset({Face.SERIF, Face.SERIF_BOLD, Face.SANS, Face.SANS_BOLD})
_SPARE_NAMES = ("simsunb.ttf", "simsunextg.ttf", "HanaMinB.ttf", "HanaMinA.ttf", "BabelStoneHan.ttf")
"""Fonts with Extension B and beyond in TrueType outlines, the only ones that can be embedded: Windows' own first."""
_loading = Lock()


@lru_cache(maxsize=1)
def spare_file() -> Path | None:
    """The first font in the folder ``fonts`` beside the user's data, else one of the machine's; None without any."""
    official = official_files().values()
    own = [file for file in sorted((paths.data_dir() / "fonts").glob("*.ttf")) if file not in official]
    if own:
        return own[0]
    found = (file for name in _SPARE_NAMES for folder in system_folders() for file in folder.rglob(name))
    return next(found, None)


def _file_of(face: Face) -> Path | None:
    """The font file of a face; None where the machine has none."""
    if face in _BUNDLED:
        return paths.resources_dir() / "fonts" / f"{face.value}.ttf"
    return spare_file() if face is Face.SPARE else official_files().get(face.value)


@lru_cache(maxsize=len(Face))
def read_face(face: Face) -> TTFont:
    """Read and register a face; :func:`load` is the door for everybody.

    :raises UserError: the font file is missing or damaged.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    install()
    file = _file_of(face) or Path(f"{face.value}.ttf")
    try:
        font = TTFont(face.value, str(file))
    except (TTFError, OSError, LookupError, ValueError, struct.error) as error:
        raise UserError(
            "打印用的字体读不了", hint="程序文件不完整，请重新安装或从安装包补回 resources/fonts", where=file.name
        ) from error
    if face is Face.SPARE:
        # Fonts are told apart by their PostScript names: with a bundled name it would be drawn with those outlines.
        font.face.name = face.value.encode()
    pdfmetrics.registerFont(font)
    return font


def load(face: Face) -> TTFont:
    """The registered reportlab font of a face; read once a process, from whichever thread asks first."""
    with _loading:
        return read_face(face)


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


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one face; ``em``: its width at size 1."""

    face: Face
    text: str
    em: float


def _draws(face: Face, code: int) -> bool:
    """Whether a face draws a character; one of the machine's that cannot be read is as good as none."""
    if face in _BUNDLED:
        return code in load(face).face.charToGlyph
    return code in _drawn_by(face)


@lru_cache(maxsize=len(Face))
def _drawn_by(face: Face) -> Container[int]:
    if _file_of(face) is None:
        return ()
    try:
        glyphs: Container[int] = load(face).face.charToGlyph
    except UserError:
        return ()
    return glyphs


class FontBook:
    """Faces for one document; collects the characters that no face has.

    ``missing`` keeps them in the order in which they were met.
    """

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        self._spans: dict[tuple[Face, str], tuple[Span, ...]] = {}
        self._of: dict[tuple[Face, str], Face | None] = {}

    def face_of(self, char: str, face: Face) -> Face | None:
        """The face that draws ``char`` when ``face`` is wanted; None when none has it."""
        key = (face, char)
        if key not in self._of:
            code = ord(char)
            chain = (face, *FALLBACK[face], Face.SPARE)
            self._of[key] = next((f for f in chain if _draws(f, code)), None)
        return self._of[key]

    def spans(self, text: str, face: Face) -> tuple[Span, ...]:
        """Cut text into stretches of one face each; missing characters are noted and replaced by 〓."""
        key = (face, text)
        found = self._spans.get(key)
        if found is None:
            # Names, units and numbers come again and again in long tables.
            found = self._spans[key] = tuple(self._cut(text, face))
        return found

    def _cut(self, text: str, face: Face) -> Iterator[Span]:
        current: Face | None = None
        shown = ""
        for char in self._spoken(clean(text), face):
            found = self.face_of(char, face)
            if found is None:
                self.missing[char] = None
                found, char = self.face_of(GETA, face) or Face.SANS, GETA  # noqa: PLW2901  from here on the mark stands for the character
            if found is not current:
                if current is not None:
                    yield Span(current, shown, width_of(shown, current))
                current, shown = found, ""
            shown += char
        if current is not None:
            yield Span(current, shown, width_of(shown, current))

    def _spoken(self, text: str, face: Face) -> str:
        """Signs that no font has as the words for them, where there are words."""
        signs = [sign for sign in WORDS_OF if sign in text and self.face_of(sign, face) is None]
        for sign in signs:
            text = text.replace(sign, WORDS_OF[sign])
        return text

    def width(self, text: str, face: Face, size: float) -> float:
        """Width in points, fallback faces included."""
        return sum(span.em for span in self.spans(text, face)) * size


def width_of(text: str, face: Face) -> float:
    """Width in em of text that ``face`` has all characters of."""
    font = load(face)
    widths = font.face.charWidths
    default = font.face.defaultWidth
    return float(sum(widths.get(ord(char), default) for char in text)) / 1000
