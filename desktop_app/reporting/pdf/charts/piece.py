"""A chart with unit, legend, note and caption as a piece of the page."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.charts import ChartKind, ChartSpec
from desktop_app.reporting.content import ChartBlock
from desktop_app.reporting.pdf.charts.frame import draw_frame, draw_targets, make_frame
from desktop_app.reporting.pdf.charts.marks import Box, filled, marker
from desktop_app.reporting.pdf.charts.rank import PITCH, draw_rank
from desktop_app.reporting.pdf.charts.series import draw_bars, draw_lines, draw_stacks, named
from desktop_app.reporting.pdf.charts.style import STYLES
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import BODY_WIDTH, CAPTION_SIZE, GREY, MM, SMALL_SIZE
from desktop_app.reporting.pdf.pen import Pen

_HEAD = 16.0
_CAPTION = 22.0
_NOTE = 14.0
_EMPTY = 54.0


@dataclass(frozen=True)
class ChartPiece:
    """One chart; never cut."""

    block: ChartBlock
    number: int
    before: float = 12.0
    with_next: bool = False

    @property
    def _plot(self) -> float:
        spec = self.block.spec
        if spec.empty:
            return _EMPTY
        if spec.kind is ChartKind.RANK:
            return len(spec.categories) * PITCH + 4.0
        return self.block.height_mm * MM

    @property
    def height(self) -> float:
        """Unit and legend, drawing, note, caption."""
        return _HEAD + self._plot + (_NOTE if self.block.spec.note else 0.0) + _CAPTION

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw everything, or say why there is nothing to draw."""
        spec = self.block.spec
        box = Box(left, top - _HEAD - self._plot, BODY_WIDTH, self._plot)
        if spec.empty:
            pen.canvas.setDash([2, 2])
            pen.canvas.setLineWidth(0.5)
            pen.canvas.setStrokeColor(GREY)
            pen.canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=0)
            middle = left + BODY_WIDTH / 2
            pen.fitted(middle, box.y + _EMPTY / 2 - 4.0, spec.reason or "没有数据", Face.SANS, 10.0, BODY_WIDTH - 20)
        else:
            pen.text(left, top - 11.0, f"单位：{spec.unit}", Face.SANS, SMALL_SIZE)
            if spec.kind is ChartKind.RANK:
                draw_rank(pen, box, spec)
            else:
                _legend(pen, spec, left + BODY_WIDTH, top - 11.0)
                _draw_framed(pen, spec, box)
        y = box.y
        if spec.note:
            pen.text(left, y - 10.0, spec.note, Face.SANS, SMALL_SIZE, colour=GREY)
            y -= _NOTE
        words = f"图{self.number}\u3000{self.block.caption}"
        pen.fitted(left + BODY_WIDTH / 2, y - 15.0, words, Face.SANS_BOLD, CAPTION_SIZE - 1.0, BODY_WIDTH)


def _draw_framed(pen: Pen, spec: ChartSpec, box: Box) -> None:
    frame = make_frame(spec, box, pen)
    draw_frame(pen, frame, spec)
    match spec.kind:
        case ChartKind.LINE:
            draw_lines(pen, frame, spec)
        case ChartKind.STACKED:
            draw_stacks(pen, frame, spec)
        case _:
            draw_bars(pen, frame, spec)
    draw_targets(pen, frame, spec.targets)


def _legend(pen: Pen, spec: ChartSpec, right: float, y: float) -> None:
    """From the right edge leftwards, in the order of the series."""
    x = right
    for series in reversed(named(spec)):
        x -= pen.book.width(series.name, Face.SANS, SMALL_SIZE)
        pen.text(x, y, series.name, Face.SANS, SMALL_SIZE)
        style = STYLES[series.role]
        if spec.kind is ChartKind.LINE:
            pen.stroke(x - 26.0, y + 3.2, x - 4.0, y + 3.2, style.width, style.colour, style.dash)
            marker(pen, x - 15.0, y + 3.2, style)
        else:
            filled(pen, Box(x - 22.0, y - 1.0, 18.0, 8.5), style)
        x -= 36.0
