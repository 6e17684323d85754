"""From pages to the printer: each page is drawn as a picture at the printer's own fineness, in the worker thread."""

from __future__ import annotations

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


def new_printer(title: str) -> QPrinter:
    """The system's printer set to A4 upright without margins of its own: the pages bring theirs."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("邮管台账")
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
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
    """Print and return the number of pages.

    :raises UserError: the printer does not take the job.
    :raises CancelledError: the user has cancelled; what has not been printed is withdrawn.
    """
    numbers = chosen_pages(printer, book.pages)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(
            "打印机没有接受任务", hint="请检查打印机是否开着、有没有纸，再打印一次", where=printer.printerName()
        )
    try:
        for done, number in enumerate(numbers):
            if cancelled():
                printer.abort()
                raise CancelledError
            progress(done, len(numbers), f"正在打印第 {done + 1} / {len(numbers)} 页")
            if done:
                printer.newPage()
            _draw(painter, printer, book, number)
    finally:
        painter.end()
    return len(numbers)


def _draw(painter: QPainter, printer: QPrinter, book: PageBook, number: int) -> None:
    """One page at its true size; on smaller paper it is made to fit."""
    grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
    image = picture(book.render(number, (GREY_DPI if grey else COLOUR_DPI) / _POINTS, grey=grey))
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    width, height = (side / _POINTS * printer.resolution() for side in book.sizes[number])
    fit = min(1.0, paper.width() / width, paper.height() / height)
    left, top = (paper.width() - width * fit) / 2, (paper.height() - height * fit) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(left, top, width * fit, height * fit), image, QRectF(image.rect()))
