"""From pages to the printer: each page is drawn as a picture at the printer's own fineness, in the worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop_app.errors import CancelledError, UserError
from desktop_app.views.jobs import Cancelled, Progress
from desktop_app.views.printing.proof import picture

if TYPE_CHECKING:
    from desktop_app.services.pages import PageBook

COLOUR_DPI = 300
GREY_DPI = 600
"""A grey page at 600 dpi takes as much memory as a coloured one at 300: 35 MB."""
_POINTS = 72
_SAME_PAPER = 0.01
"""Sizes that differ by less are the same paper, rounded."""


@dataclass(frozen=True)
class PaperChoice:
    """What the printing dialog starts with: A3 enlarges A4 pages; ``both_sides`` binds at the long edge."""

    a3: bool = False
    both_sides: bool = False


ON_A4 = PaperChoice()


def new_printer(title: str, choice: PaperChoice = ON_A4) -> QPrinter:
    """The system's printer set to upright paper without margins of its own: the pages bring theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("邮管台账")
    size = QPageSize(QPageSize.PageSizeId.A3 if choice.a3 else QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    both = QPrinter.DuplexMode.DuplexLongSide if choice.both_sides else QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(both)
    return printer


def any_printer() -> bool:
    """Whether the system has a printer at all."""
    return bool(QPrinterInfo.availablePrinterNames())


def chosen_pages(printer: QPrinter, pages: int) -> list[int]:
    """Pages (0-based) that the user has asked for, in the order in which they are printed."""
    first, last = 1, pages
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        first, last = printer.fromPage(), min(printer.toPage() or pages, pages)
    numbers = list(range(first - 1, last))
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return numbers * copies


def print_pages(book: PageBook, printer: QPrinter, progress: Progress, cancelled: Cancelled) -> int:
    """Print one document and return the number of pages; see :func:`print_books`."""
    return print_books((book,), printer, progress, cancelled)


def print_books(books: Sequence[PageBook], printer: QPrinter, progress: Progress, cancelled: Cancelled) -> int:
    """Print documents as one task and return the number of pages; each begins on the front of a sheet.

    :raises UserError: the printer does not take the job.
    :raises CancelledError: the user has cancelled; what has not been printed is withdrawn.
    """
    pages = _in_order(books, printer)
    painter = QPainter()
    _turn(printer, *pages[0])
    if not painter.begin(printer):
        raise UserError(
            "打印机没有接受任务", hint="请检查打印机是否开着、有没有纸，再打印一次", where=printer.printerName()
        )
    try:
        for done, (book, number) in enumerate(pages):
            if cancelled():
                printer.abort()
                raise CancelledError
            progress(done, len(pages), f"正在打印第 {done + 1} / {len(pages)} 页")
            if done:
                _turn(printer, book, number)
                printer.newPage()
            if number is not None:
                _draw(painter, printer, book, number)
    finally:
        painter.end()
    return sum(1 for _, number in pages if number is not None)


def _in_order(books: Sequence[PageBook], printer: QPrinter) -> list[tuple[PageBook, int | None]]:
    """What leaves the printer for these documents; a choice of pages is for a single one."""
    if len(books) == 1:
        return [(books[0], number) for number in chosen_pages(printer, books[0].pages)]
    one_side = printer.duplex() in {QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexAuto}
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return on_fronts(list(books) * copies, both_sides=not one_side)


def on_fronts(books: Sequence[PageBook], *, both_sides: bool) -> list[tuple[PageBook, int | None]]:
    """Pages of several documents as they leave the printer, each document on the front of a sheet.

    None is the white back of an odd last page when both sides are printed.
    """
    pages: list[tuple[PageBook, int | None]] = []
    for book in books:
        if both_sides and len(pages) % 2:
            pages.append((pages[-1][0], None))
        pages += [(book, number) for number in range(book.pages)]
    return pages


def _turn(printer: QPrinter, book: PageBook, number: int | None) -> None:
    """The paper of the next page lies as the page does."""
    width, height = book.sizes[number or 0]
    across = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(across)


def _draw(painter: QPainter, printer: QPrinter, book: PageBook, number: int) -> None:
    """One page at its true size on its own paper; on other paper (A3 for A4) it is made to fit."""
    grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
    image = picture(book.render(number, (GREY_DPI if grey else COLOUR_DPI) / _POINTS, grey=grey))
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    width, height = (side / _POINTS * printer.resolution() for side in book.sizes[number])
    fit = min(paper.width() / width, paper.height() / height)
    if abs(fit - 1) < _SAME_PAPER:
        fit = 1.0
    left, top = (paper.width() - width * fit) / 2, (paper.height() - height * fit) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(left, top, width * fit, height * fit), image, QRectF(image.rect()))
