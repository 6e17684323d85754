"""Pictures of PDF pages, for the preview and for printing (pypdfium2, loaded when the first document is opened)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop_app.errors import CancelledError, UserError
from desktop_app.reporting.pdfium import PDFIUM
from desktop_app.services.page_search import find_on_page, spelled
from desktop_app.services.results.reports import PageHit

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PageImage:
    """One page as pixels: 8-bit grey, or 4 bytes a pixel in the order blue, green, red, unused."""

    width: int
    height: int
    stride: int
    data: bytes
    grey: bool


class PageBook:
    """An open PDF document. Methods may be called from any thread; close it when it is no longer shown."""

    def __init__(self, data: bytes) -> None:
        """Open a document.

        :raises UserError: these bytes are no PDF that can be shown.
        """
        import pypdfium2

        with PDFIUM:
            try:
                self._document: Any = pypdfium2.PdfDocument(data)
                self.sizes: tuple[tuple[float, float], ...] = tuple(
                    self._document.get_page_size(number) for number in range(len(self._document))
                )
            except pypdfium2.PdfiumError as error:
                raise UserError("这个 PDF 打不开", hint="请重新生成报表") from error
        self.data = data

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.sizes)

    def render(self, page: int, scale: float, *, grey: bool = False) -> PageImage:
        """One page (0-based) at ``scale`` pixels a point; 300 dpi is ``300 / 72``.

        :raises CancelledError: the document has been closed meanwhile.
        """
        with PDFIUM:
            if self._document is None:
                raise CancelledError
            sheet = self._document[page]
            try:
                bitmap = sheet.render(scale=scale, grayscale=grey, prefer_bgrx=True)
                return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), grey)
            finally:
                sheet.close()

    def text(self, page: int) -> str:
        """The words of one page (0-based).

        :raises CancelledError: the document has been closed meanwhile.
        """
        with PDFIUM:
            if self._document is None:
                raise CancelledError
            sheet = self._document[page]
            try:
                words = sheet.get_textpage()
                try:
                    return str(words.get_text_range())
                finally:
                    words.close()
            finally:
                sheet.close()

    def find(self, words: str, cancelled: Callable[[], bool] = lambda: False) -> tuple[PageHit, ...]:
        """Every place where ``words`` are printed, in reading order; white, width and case make no difference.

        :raises CancelledError: the search, or the document, is no longer wanted.
        """
        wanted = spelled(words)
        found: list[PageHit] = []
        for number, (_, height) in enumerate(self.sizes if wanted else ()):
            with PDFIUM:
                if self._document is None or cancelled():
                    raise CancelledError
                sheet = self._document[number]
                try:
                    found += find_on_page(sheet, number, height, wanted)
                finally:
                    sheet.close()
        return tuple(found)

    def close(self) -> None:
        """Let go of the document; safe to call twice."""
        with PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None
