"""A chart with unit, legend, note and caption as a piece of the page."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.charts import ChartKind, ChartSpec
from desktop_app.reporting.content import ChartBlock
from desktop_app.reporting.pdf.caption import caption_lines
from desktop_app.reporting.pdf.charts.frame import draw_frame, draw_targets, make_frame, starts_above_zero
from desktop_app.reporting.pdf.charts.legend import draw_legend
from desktop_app.reporting.pdf.charts.marks import Box
from desktop_app.reporting.pdf.charts.rank import PITCH, draw_rank
from desktop_app.reporting.pdf.charts.series import draw_bars, draw_lines, draw_stacks
from desktop_app.reporting.pdf.fonts import Face, FontBook
from desktop_app.reporting.pdf.geometry import BODY_WIDTH, CAPTION_SIZE, GREY, MM, SMALL_SIZE
from desktop_app.reporting.pdf.lines import Line
from desktop_app.reporting.pdf.pen import Pen

_HEAD = 16.0
_CAPTION = 18.0
_CAPTION_SIZE = CAPTION_SIZE - 1.0
_NOTE = 14.0
_EMPTY = 54.0


@dataclass(frozen=True)
class ChartPiece:
    """One chart; never cut."""

    block: ChartBlock
    caption: tuple[Line, ...]
    width: float
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
        return self._head + self._plot + (_NOTE if self.block.spec.note else 0.0) + _CAPTION * len(self.caption) + 4.0

    @property
    def _head(self) -> float:
        """A legend that is too long to stand beside the unit gets a line of its own."""
        return _HEAD if self.width >= BODY_WIDTH or len(self.block.spec.series) < 3 else 2 * _HEAD

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw everything, or say why there is nothing to draw."""
        spec = self.block.spec
        box = Box(left, top - self._head - self._plot, self.width, self._plot)
        middle = left + self.width / 2
        if spec.empty:
            pen.frame(box.x, box.y, box.width, box.height, GREY)
            reason = spec.reason or "没有数据"
            pen.fitted(middle, box.y + box.height / 2 - 4.0, reason, Face.SANS, 10.0, box.width - 12.0)
        else:
            cut = "（纵轴不从0起）" if starts_above_zero(spec) else ""
            pen.text(left, top - 11.0, f"单位：{spec.unit}{cut}", Face.SANS, SMALL_SIZE)
            if spec.kind is ChartKind.RANK:
                draw_rank(pen, box, spec)
            else:
                draw_legend(pen, spec, left + self.width, top - self._head + 5.0)
                _draw_framed(pen, spec, box)
        y = box.y
        if spec.note:
            pen.fitted(middle, y - 10.0, spec.note, Face.SANS, SMALL_SIZE, self.width)
            y -= _NOTE
        pen.centred(self.caption, middle, y - 2.0, _CAPTION, _CAPTION_SIZE)


@dataclass(frozen=True)
class PairPiece:
    """Two charts side by side, their captions on one line."""

    left: ChartPiece
    right: ChartPiece
    width: float
    before: float = 12.0
    with_next: bool = False

    @property
    def height(self) -> float:
        """The higher of both."""
        return max(self.left.height, self.right.height)

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Both, aligned at their feet."""
        self.left.draw(pen, left, top - self.height + self.left.height)
        self.right.draw(pen, left + self.width - self.right.width, top - self.height + self.right.height)


def chart_piece(block: ChartBlock, number: int, book: FontBook, width: float) -> ChartPiece:
    """A chart ``width`` points wide."""
    words = f"图{number}\u3000{block.caption}"
    return ChartPiece(block, caption_lines(words, width, _CAPTION_SIZE, book), width)


def pair_of(
    first: ChartBlock, first_number: int, second: ChartBlock, second_number: int, book: FontBook, width: float
) -> PairPiece:
    """Two charts of half the given width."""
    half = width / 2 - 8.0
    one, other = chart_piece(first, first_number, book, half), chart_piece(second, second_number, book, half)
    return PairPiece(one, other, width)


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
