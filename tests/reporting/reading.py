"""Reading a finished PDF back, as somebody would who has only the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdfium2 import raw


def page_texts(file: Path) -> list[str]:
    """Text of each page without white, as one long line."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def whole_text(file: Path) -> str:
    return "".join(page_texts(file))


@dataclass(frozen=True)
class Glyph:
    page: int
    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def glyphs(file: Path) -> list[Glyph]:
    """Every printed character with its box and type size."""
    document = pypdfium2.PdfDocument(file)
    found = []
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                char = text.get_text_range(index, 1)
                if char.strip():
                    left, bottom, right, top = text.get_charbox(index)
                    size = raw.FPDFText_GetFontSize(text, index)
                    found.append(Glyph(number, char, left, bottom, right, top, size))
    finally:
        document.close()
    return found


def lines_of(file: Path, page: int) -> list[str]:
    """Lines of body type on a page, from the top."""
    rows: dict[int, list[Glyph]] = {}
    document_glyphs = [g for g in glyphs(file) if g.page == page and 15.0 < g.size < 16.5]
    for glyph in document_glyphs:
        row = next((y for y in rows if abs(y - glyph.bottom) < 14), round(glyph.bottom))
        rows.setdefault(row, []).append(glyph)
    return ["".join(g.char for g in sorted(rows[y], key=lambda g: g.left)) for y in sorted(rows, reverse=True)]


def greys(image: Image.Image, box: tuple[int, int, int, int]) -> bytes:
    """Grey levels of a part of a picture, row by row; 255 is paper."""
    return image.convert("L").crop(box).tobytes()


def render(file: Path, page: int = 1, scale: float = 2.0) -> Image.Image:
    document = pypdfium2.PdfDocument(file)
    try:
        image: Image.Image = document[page - 1].render(scale=scale).to_pil().convert("RGB")
        return image
    finally:
        document.close()
