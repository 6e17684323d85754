"""Captions of tables and charts: words set to a width, as many lines as they need."""

from __future__ import annotations

from desktop_app.reporting.content import Text
from desktop_app.reporting.pdf.breaking import atoms_of
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.lines import Line, set_lines


def caption_lines(words: str, width: float, size: float, book: FontBook) -> tuple[Line, ...]:
    """Bold sans lines, not spread."""
    atoms = atoms_of((Text(words),), book, Face.SANS_BOLD, Face.SANS_BOLD, size)
    return tuple(set_lines(atoms, width, justify=False))
