"""The best that any budget can reach: the estimated error of the model over the size of its weights."""

from __future__ import annotations

from bisect import bisect_right
from math import log

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.appearance.units import size_text
from acq_app.dialogs.layer_costs import BitChoice, percent
from acq_app.widgets.labels import small_font

Point = tuple[int, float]  # bytes, error
MARK = 4.5  # pixels from a mark's middle to its edge


class BudgetCurve(QWidget):
    """Each point is the allocation with the smallest error of all that are no larger. A click sets the budget.

    Args:
        theme: For the colours.
    """

    sizeChosen = Signal(int)  # bytes

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.points: list[Point] = []  # by size; errors fall
        self.now: Point | None = None
        self.choice: Point | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Estimated error over the size of the weights"))

    def show_points(self, choices: tuple[BitChoice, ...], now: Point) -> None:
        """The best allocations, and where the present settings are."""
        best: list[Point] = []
        for size, error in sorted((choice.size, choice.error) for choice in choices):
            if not best or error < best[-1][1]:  # a larger model that is no better is no point of the curve
                best.append((size, error))
        self.points, self.now = best, now
        self.setAccessibleDescription("; ".join(self.words(point) for point in best))
        self.update()

    def show_choice(self, choice: BitChoice | None) -> None:
        """Where the present budget is."""
        self.choice = None if choice is None else (choice.size, choice.error)
        self.update()

    @staticmethod
    def words(point: Point) -> str:
        """A point in words."""
        return f"{size_text(point[0])}, {percent(point[1])}"

    def sizeHint(self) -> QSize:
        return QSize(480, 18 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 18 * GRID)

    # --- places ----------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("0.0001\u202f% ") + GRID
        return QRectF(left, metrics.height() + HALF, self.width() - left - 2 * GRID,
                      self.height() - 2 * metrics.height() - 3 * HALF)

    def _ends(self) -> tuple[Point, Point]:
        """Smallest and largest size and error of all that is shown; errors are above 0."""
        there = [*self.points, *(one for one in (self.now, self.choice) if one is not None)]
        sizes = [size for size, _ in there]
        errors = [error for _, error in there if error > 0] or [1e-6]
        return (min(sizes), min(errors)), (max(max(sizes), min(sizes) + 1), max(max(errors), 1.01 * min(errors)))

    def place(self, point: Point) -> QPointF:
        """Where a point is drawn: sizes from left to right, errors on a logarithmic axis."""
        (low, least), (high, most) = self._ends()
        area, error = self._area(), min(max(point[1], least), most)
        return QPointF(area.left() + area.width() * (point[0] - low) / (high - low),
                       area.bottom() - area.height() * log(error / least) / log(most / least))

    def size_at(self, x: float) -> int:
        """The size at a place of the widget, in bytes."""
        (low, _), (high, _) = self._ends()
        area = self._area()
        return round(low + (high - low) * min(max((x - area.left()) / area.width(), 0.0), 1.0))

    # --- drawing and mouse -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(small_font(self.font()))
        painter.setPen(QColor(self.theme.muted))
        area, line = self._area(), painter.fontMetrics().height()
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, self.tr(
            "smallest error of each size, an estimate (\u25cf now, \u25c6 this budget); click to set the budget"))
        if not self.points:
            return
        painter.fillRect(area, QColor(self.theme.plot_background))
        (low, least), (high, most) = self._ends()
        for error, align in ((most, area.top()), (least, area.bottom() - line)):
            painter.drawText(QRectF(0, align, area.left() - HALF, line),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent(error))
        below = QRectF(area.left(), area.bottom() + HALF, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, size_text(low))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, size_text(high))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.curves[0]), 1.5))
        painter.drawPolyline(QPolygonF([self.place(point) for point in self.points]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.curves[0]))
        for point in self.points:
            painter.drawEllipse(self.place(point), 2, 2)
        painter.setPen(QPen(QColor(self.theme.plot_background), 1))
        if self.now is not None:
            painter.setBrush(QColor(self.theme.text))
            painter.drawEllipse(self.place(self.now), MARK, MARK)
        if self.choice is not None:
            middle = self.place(self.choice)
            painter.setBrush(QColor(self.theme.accent))
            painter.drawPolygon(QPolygonF([middle + QPointF(*step) for step in (
                (0, -MARK - 1), (MARK + 1, 0), (0, MARK + 1), (-MARK - 1, 0))]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.points and event.button() == Qt.MouseButton.LeftButton:
            self.sizeChosen.emit(self.size_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.points:
            size = self.size_at(event.pos().x())
            number = max(0, bisect_right([own for own, _ in self.points], size) - 1)
            QToolTip.showText(event.globalPos(), self.words(self.points[number]), self)
            return True
        return super().event(event)
