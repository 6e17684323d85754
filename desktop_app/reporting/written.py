"""What every writer gives back, and how a finished file takes its place."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError

if TYPE_CHECKING:
    from desktop_app.reporting.content import Document
    from desktop_app.reporting.pdf.paginate import Placed
    from desktop_app.reporting.pdf.pen import FigurePlace


@dataclass(frozen=True)
class WrittenReport:
    """A finished file. ``figures``: how many numbers it prints; ``places``: where on its pages they stand (PDF).

    ``pages``: pages of a PDF, sheets of a workbook; of a .docx the pages that the same document fills as a PDF, because
    only the word processor that opens it knows its own.
    """

    file: Path
    pages: int
    figures: int
    missing_glyphs: tuple[str, ...]
    places: tuple[FigurePlace, ...] = ()
    silences: tuple[FigurePlace, ...] = ()
    """Where words stand in place of numbers (PDF)."""
    page_height: float = 0.0
    """Of a PDF's pages, in points."""


def pages_of(document: Document) -> int:
    """How many pages the document fills when printed."""
    return len(_printed(document))


def heading_pages_of(document: Document) -> tuple[int, ...]:
    """Page of every heading when printed, in order."""
    from desktop_app.reporting.pdf.compose import heading_pages

    return heading_pages(_printed(document))


def _printed(document: Document) -> list[list[Placed]]:
    from desktop_app.reporting.pdf.compose import laid_out
    from desktop_app.reporting.pdf.fonts import FontBook
    from desktop_app.reporting.pdf.geometry import sheet_of

    return laid_out(document, FontBook(), sheet_of(document))


def replace_whole(out: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make a file beside ``out``; an older ``out`` is replaced only when the new one is whole.

    :raises UserError: the folder cannot be written, or the file is open elsewhere.
    """
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        write(temporary)
        temporary.replace(out)
    except OSError as error:
        raise UserError(
            "报表文件写不进去",
            hint="看看文件夹在不在、能不能写，或者这个文件是否正在别的程序里打开",
            where=str(out),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
