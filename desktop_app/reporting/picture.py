"""Charts as pictures for the writers that cannot draw: the vectors of the printed page, rasterised."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.charts import ChartSpec
from desktop_app.reporting.content import DASH, ChartBlock
from desktop_app.reporting.pdf.charts.piece import ChartPiece
from desktop_app.reporting.pdf.fonts import FontBook
from desktop_app.reporting.pdf.pen import Pen
from desktop_app.reporting.pdfium import PDFIUM

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
_MARGIN = 2.0
"""White round the drawing in points: a marker on the edge must not be cut."""


@dataclass(frozen=True)
class Picture:
    """A PNG with its size on paper in points, and what it shows in words (替代文字)."""

    png: bytes
    width: float
    height: float
    words: str


def picture_of(block: ChartBlock, book: FontBook, room: float) -> Picture:
    """Draw a chart without its caption, as wide as the page's text (``room``, in points) or half of it."""
    piece = ChartPiece(block, (), room / 2 - 8.0 if block.half else room)
    width, height = piece.width + 2 * _MARGIN, piece.height + 2 * _MARGIN
    return Picture(_png(_page(piece, width, height, book)), width, height, words_of(block.spec, block.caption))


def words_of(spec: ChartSpec, caption: str) -> str:
    """What a chart says, for a reader who cannot see it: caption, unit, every series with its numbers."""
    if spec.empty:
        return f"{caption}：{spec.reason or '没有数据'}"
    lines = []
    for series in spec.series:
        pairs = (
            f"{category} {DASH if value is None else f'{value:,.{spec.decimals}f}'}"
            for category, value in zip(spec.categories, series.values, strict=True)
        )
        lines.append(f"{series.name}：{'、'.join(pairs)}")
    return f"{caption}（单位：{spec.unit}）。" + "；".join([*lines, *(target.label for target in spec.targets)])


def _page(piece: ChartPiece, width: float, height: float, book: FontBook) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    piece.draw(Pen(canvas, book), _MARGIN, height - _MARGIN)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _png(page: bytes) -> bytes:
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(page)
        try:
            image: Image = document[0].render(scale=DPI / 72).to_pil()
        finally:
            document.close()
    buffer = io.BytesIO()
    image.convert("RGB").quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
