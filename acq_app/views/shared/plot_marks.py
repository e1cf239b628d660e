"""What is painted under and over the curves of a plot: phases, marks, the cross-hair."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from acq_app.appearance.theme import HALF
from acq_app.views.shared.axes import tick_text
from acq_app.views.shared.plot_state import PlotState


class Layer(QGraphicsItem):
    """A graphics item that covers the plotting area and paints in its pixels."""

    def __init__(self, plot: PlotState, z: float) -> None:
        super().__init__(plot.plotItem)
        self.plot = plot
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return QRectF(self.plot.view.geometry())

    def position(self, x: float, y: float) -> QPointF:
        """Where a point of the plot lies, in this item's pixels."""
        area = self.boundingRect()
        (x0, x1), (y0, y1) = self.plot.view.viewRange()
        return QPointF(area.left() + (x - x0) / (x1 - x0) * area.width(),
                       area.bottom() - (y - y0) / (y1 - y0) * area.height())


class Bands(Layer):
    """Under the curves: the phases before the last one shaded, a line at each one's start."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        area, theme = self.boundingRect(), self.plot.theme
        painter.setClipRect(area)
        for band in self.plot.bands:
            left = max(self.position(band.start, 0).x(), area.left())
            right = min(self.position(band.end, 0).x(), area.right())
            if right <= left:
                continue
            if band.shaded:
                painter.fillRect(QRectF(left, area.top(), right - left, area.height()), QColor(theme.plot_phase))
            if band.start > self.plot.view.viewRange()[0][0]:
                painter.setPen(QPen(QColor(theme.border), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(left, area.top()), QPointF(left, area.bottom()))


class Overlay(Layer):
    """Over the curves: the float model's line, the best and the last values, the cross-hair, the focus."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        area, theme, marks = self.boundingRect(), self.plot.theme, self.plot.marks
        painter.setClipRect(area.adjusted(-4, -4, 4, 4))
        if self.plot.with_phase_names:
            self._phase_names(painter, area)
        if marks.result is not None:
            self._result(painter, area, marks.result, marks.result_text)
        if marks.baseline is not None:
            y = self.position(0, marks.baseline).y()
            painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            metrics = QFontMetricsF(painter.font())
            width = metrics.horizontalAdvance(marks.baseline_text)
            top = area.top() + (metrics.height() if self.plot.with_phase_names else 0)  # the names' own line
            above = y - HALF if y - metrics.height() > top else y + metrics.ascent() + 1
            painter.drawText(QPointF(area.right() - width - HALF, above), marks.baseline_text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if marks.cursor is not None:
            x = self.position(marks.cursor, 0).x()
            painter.setPen(QPen(QColor(theme.plot_foreground), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if self.plot.level is not None:
            self._level(painter, area, self.plot.level)
        if marks.best is not None:
            self._best(painter, *marks.best)
        points = marks.cursor_points if marks.cursor is not None else marks.ends
        for x, y, colour in points:
            painter.setPen(QPen(QColor(theme.plot_background), 1))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(self.position(x, y), 3.5, 3.5)
        if self.plot.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def _result(self, painter: QPainter, area: QRectF, step: float, text: str) -> None:
        """A line at the step that the result is of, with what it is."""
        x = self.position(step, 0).x()
        if not area.left() <= x <= area.right():
            return
        theme, metrics = self.plot.theme, QFontMetricsF(painter.font())
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        width = metrics.horizontalAdvance(text) + 2 * HALF
        box = QRectF(x + 2, area.bottom() - metrics.height() - 2, width, metrics.height())
        if box.right() > area.right():
            box.moveRight(x - 2)
        if box.left() < area.left():  # room on neither side
            box.moveLeft(max(area.left(), area.right() - width))
        paper = QColor(theme.plot_background)
        paper.setAlphaF(0.8)
        painter.fillRect(box, paper)
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _level(self, painter: QPainter, area: QRectF, level: float) -> None:
        """The cross-hair's other line, with the value that it is at."""
        theme, metrics = self.plot.theme, QFontMetricsF(painter.font())
        y = self.position(0, level).y()
        painter.setPen(QPen(QColor(theme.plot_foreground), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        text = tick_text(float(f"{10.0**level if self.plot.logarithmic else level:.3g}"))
        width = metrics.horizontalAdvance(text) + 2 * HALF
        box = QRectF(area.left(), y - metrics.height() - 1, width, metrics.height())
        if box.top() < area.top():
            box.moveTop(y + 1)
        painter.fillRect(box, QColor(theme.plot_background))
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _best(self, painter: QPainter, x: float, y: float, colour: str) -> None:
        """A hollow diamond."""
        at, size = self.position(x, y), 5.5
        shape = QPolygonF([at + QPointF(*corner) for corner in ((0, -size), (size, 0), (0, size), (-size, 0))])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(self.plot.theme.plot_background), 4), QPen(QColor(colour), 1.8)):
            painter.setPen(pen)
            painter.drawPolygon(shape)

    def _phase_names(self, painter: QPainter, area: QRectF) -> None:
        metrics, theme = QFontMetricsF(painter.font()), self.plot.theme
        for band in self.plot.bands:
            paper = QColor(theme.plot_phase if band.shaded else theme.plot_background)
            paper.setAlphaF(0.8)
            left = max(self.position(band.start, 0).x(), area.left())
            width = metrics.horizontalAdvance(band.name) + 2 * HALF
            if min(self.position(band.end, 0).x(), area.right()) - left > width:
                painter.fillRect(QRectF(left + 1, area.top() + 1, width, metrics.height()), paper)
                painter.setPen(QColor(self.plot.theme.muted))
                painter.drawText(QPointF(left + HALF, area.top() + metrics.ascent() + 1), band.name)
