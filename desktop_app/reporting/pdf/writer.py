"""Document → PDF file. The same document gives the same bytes, wherever and whenever it is written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.reporting.code import foot_words
from desktop_app.reporting.content import Document, figures
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.geometry import (
    BODY_SIZE,
    GREY,
    MM,
    PAGE_NUMBER_SIZE,
    SMALL_SIZE,
    Sheet,
    sheet_of,
)
from desktop_app.reporting.pdf.paginate import Placed
from desktop_app.reporting.pdf.pen import FigurePlace, Pen
from desktop_app.reporting.written import WrittenReport, replace_whole

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def write_pdf(document: Document, out: Path, *, made_on: date | None = None) -> WrittenReport:
    """Write ``document`` to ``out``; an older file of that name is replaced only when the new one is whole.

    :param made_on: 报出日期 instead of the document's own.
    :raises UserError: the folder cannot be written, or the file is open elsewhere.
    """
    from desktop_app.reporting.pdf.compose import laid_out

    if made_on is not None:
        document = replace(document, made_on=made_on)
    book = FontBook()
    sheet = sheet_of(document)
    pages = laid_out(document, book, sheet)
    places: list[FigurePlace] = []
    silences: list[FigurePlace] = []
    foot = foot_words(document)

    def draw(file: Path) -> None:
        canvas = _canvas(document, file, sheet)
        pen = Pen(canvas, book)
        for number, placed in enumerate(pages, start=1):
            pen.page = number
            _draw_page(pen, document, placed, sheet, foot)
            canvas.showPage()
        canvas.save()
        places.extend(pen.places)
        silences.extend(pen.silences)

    replace_whole(out, draw)
    return WrittenReport(
        out, len(pages), len(figures(document)), tuple(book.missing), tuple(places), tuple(silences), sheet.height
    )


def _canvas(document: Document, file: Path, sheet: Sheet) -> Canvas:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # Pure binary streams: a fifth smaller and quicker; a user's own reportlab settings must not change our bytes.
    rl_config.useA85 = 0
    canvas = Canvas(
        str(file),
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        # Fixed identifiers and no clock: the only date in the file is the document's own.
        invariant=1,
        lang="zh-CN",
    )
    # The file's identifier follows from what it says; reportlab would mix SOURCE_DATE_EPOCH of the machine into it.
    fingerprint = hashlib.md5(repr(document).encode(), usedforsecurity=False)
    canvas._doc.signature = fingerprint  # type: ignore[attr-defined]  # noqa: SLF001  the canvas has no door for it
    day = f"D:{document.made_on:%Y%m%d}000000+08'00'"
    canvas.setDateFormatter(lambda *_: day)
    canvas.setTitle(document.title)
    canvas.setAuthor(document.issuer)
    canvas.setSubject(f"{document.period_label} {document.edition_words}")
    canvas.setKeywords("、".join(document.badges))
    canvas.setCreator("邮管台账")
    canvas.setProducer("ReportLab")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _draw_page(pen: Pen, document: Document, placed: list[Placed], sheet: Sheet, foot: str) -> None:
    left, head = sheet.left, sheet.height - sheet.top
    for item in placed:
        item.piece.draw(pen, left, head - item.offset)
    right = left + sheet.body_width
    covered = pen.page == 1 and document.cover is not None
    # The first page has them under its title.
    badges = "\u3000".join(document.badges) if pen.page > 1 else ""
    pen.text(right, head + 10 * MM, badges, Face.SANS, SMALL_SIZE, align="right", colour=GREY)
    # One character in from the edge, 7 mm under the type area, on the outer side of a sheet printed on both sides.
    baseline = head - sheet.body_height - 7 * MM - PAGE_NUMBER_SIZE
    odd = pen.page % 2 == 1
    # A cover counts as a page but bears no number.
    number = "" if covered else f"— {pen.page} —"
    if odd:
        pen.text(right - BODY_SIZE, baseline, number, Face.SERIF, PAGE_NUMBER_SIZE, align="right")
        pen.text(left, baseline, foot, Face.SANS, SMALL_SIZE, colour=GREY)
    else:
        pen.text(left + BODY_SIZE, baseline, number, Face.SERIF, PAGE_NUMBER_SIZE)
        pen.text(right, baseline, foot, Face.SANS, SMALL_SIZE, align="right", colour=GREY)
