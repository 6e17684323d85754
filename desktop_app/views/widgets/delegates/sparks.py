"""Small lines in table cells."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole, Spark
from desktop_app.views.widgets.delegates.base import CellDelegate, Index


def paint_spark(painter: QPainter, room: QRectF, spark: Spark) -> None:
    """A line over the values with its last point marked and the target dotted; gaps stay gaps."""
    known = [float(v) for v in spark.values if v is not None]
    if not known:
        return
    palette = colours()
    bounds = [*known, float(spark.target)] if spark.target is not None else known
    low, high = min(bounds), max(bounds)
    span = (high - low) or 1.0
    box = room.adjusted(4, 5, -5, -5)

    def height(value: float) -> float:
        return box.bottom() - box.height() * (value - low) / span if high > low else box.center().y()

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if spark.target is not None:
        painter.setPen(QPen(palette.colour("text"), 1, Qt.PenStyle.DotLine))
        level = height(float(spark.target))
        painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))
    painter.setPen(QPen(palette.colour("accent"), 2))
    run: list[QPointF] = []
    last: QPointF | None = None
    for number, value in enumerate([*spark.values, None]):
        if value is None:
            if len(run) > 1:
                painter.drawPolyline(QPolygonF(run))
            run = []
            continue
        last = QPointF(box.left() + box.width() * number / max(len(spark.values) - 1, 1), height(float(value)))
        run.append(last)
    if last is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.colour("accent"))
        painter.drawEllipse(last, 3, 3)
    painter.restore()


class SparkDelegate(CellDelegate):
    """Paints the column's :class:`Spark`."""

    def paint_contents(self, painter: QPainter, room: QRectF, index: Index) -> None:
        spark = index.data(CellRole.CELL)
        if isinstance(spark, Spark):
            paint_spark(painter, room.adjusted(6, 0, -6, 0), spark)
