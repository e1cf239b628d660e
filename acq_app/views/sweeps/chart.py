"""The plot of a sweep: one figure over one varied setting, a line for each combination of the others."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.shared.axes import linear_ticks, stable_range, tick_text, value_text
from acq_app.views.sweeps.rows import SweepFigure, SweepPoint, SweepShown

SYMBOLS = 4  # forms that are told apart where colours repeat, or can't be seen
REACH = 10  # pixels within which a point is pointed at


@dataclass(frozen=True)
class Line:
    """Points that share all values but the one along the x axis."""

    label: str
    points: tuple[tuple[float, float, SweepPoint], ...]  # x, y, the run


def lines_of(sweep: SweepShown, along: int, figure: SweepFigure) -> list[Line]:
    """The sweep's lines; points without a measured value are left out."""
    others = [number for number in range(len(sweep.axes)) if number != along]
    places: dict[str, float] = {}
    for point in sweep.points:
        places.setdefault(point.texts[along], float(len(places)))
    grouped: dict[str, list[tuple[float, float, SweepPoint]]] = {}
    for point in sweep.points:
        label = ", ".join(f"{sweep.axes[number].title} {point.texts[number]}" for number in others)
        line = grouped.setdefault(label, [])
        y = figure.value(point)
        if y is not None:
            value = point.values[along]
            number = sweep.axes[along].is_number and isinstance(value, int | float)
            line.append((float(value) if number else places[point.texts[along]], y, point))
    return [Line(label, tuple(sorted(points, key=lambda item: item[0]))) for label, points in grouped.items()]


def float_top1(sweep: SweepShown) -> float | None:
    """The float model's top-1, where it is one for all runs: their line to compare with."""
    known = {round(point.float_top1, 2) for point in sweep.points if point.float_top1 is not None}
    return known.pop() if len(known) == 1 else None


class SweepChart(QWidget):
    """Draws the lines with a symbol on each run; pointing at one tells the run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = load_theme("light")
        self.lines: list[Line] = []
        self._sweep: SweepShown | None = None
        self._along = 0
        self._figure: SweepFigure | None = None
        self.reference: float | None = None  # the float model's value, drawn as a dashed line
        self.setMouseTracking(True)
        self.setMinimumHeight(180)
        self.setAccessibleName(self.tr("Metric of the sweep's runs by a varied setting"))

    def sizeHint(self) -> QSize:
        return QSize(520, 280)

    def show_sweep(self, sweep: SweepShown | None, along: int, figure: SweepFigure) -> None:
        """Draw a figure over the axis number `along`."""
        self._sweep, self._along, self._figure = sweep, along, figure
        self.lines = [] if sweep is None else lines_of(sweep, along, figure)
        self.reference = float_top1(sweep) if sweep is not None and figure.key == "student_top1" else None
        self.update()

    # --- geometry ----------------------------------------------------------------------------

    def _legend_height(self) -> int:
        rows = 0 if len(self.lines) < 2 else sum(1 for _ in self._legend_rows())
        return rows * (self.fontMetrics().height() + 2)

    def _legend_rows(self) -> list[list[int]]:
        rows: list[list[int]] = [[]]
        used = 0
        for number, line in enumerate(self.lines):
            width = self.fontMetrics().horizontalAdvance(line.label) + 4 * GRID
            if used and used + width > self.width() - 2 * GRID:
                rows.append([])
                used = 0
            rows[-1].append(number)
            used += width
        return rows

    def _area(self) -> QRectF:
        low = 2 * self.fontMetrics().height() + GRID
        top = self._legend_height() + self.fontMetrics().height() + GRID
        return QRectF(8 * GRID, top, self.width() - 10 * GRID, self.height() - top - low)

    def _ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        xs = [x for line in self.lines for x, _, _ in line.points]
        ys = [y for line in self.lines for _, y, _ in line.points]
        if not xs:
            return (0.0, 1.0), (0.0, 1.0)
        if self.reference is not None:
            ys.append(self.reference)
        air = 0.06 * (max(xs) - min(xs)) or 0.5
        least = max(1e-3, abs(max(ys)) / 50)
        return (min(xs) - air, max(xs) + air), stable_range(None, min(ys), max(ys), minimum=least)

    def _at(self, x: float, y: float) -> QPointF:
        area, ((x0, x1), (y0, y1)) = self._area(), self._ranges()
        return QPointF(area.left() + (x - x0) / (x1 - x0) * area.width(),
                       area.bottom() - (y - y0) / (y1 - y0) * area.height())

    # --- drawing -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        if self._sweep is None or not any(line.points for line in self.lines):
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter,
                             self.tr("Results appear here as runs finish."))
            return
        self._draw_axes(painter)
        self._draw_legend(painter)
        self._draw_reference(painter)
        for number, line in enumerate(self.lines):
            painter.setPen(QPen(self._colour(number), 1))
            points = [self._at(x, y) for x, y, _ in line.points]
            painter.drawPolyline(QPolygonF(points))
            for point in points:
                self._symbol(painter, point, number)

    def _colour(self, number: int) -> QColor:
        return QColor(self.theme.curves[number % len(self.theme.curves)])

    def _symbol(self, painter: QPainter, at: QPointF, number: int) -> None:
        painter.setPen(QPen(self._colour(number), 1))
        painter.setBrush(self._colour(number) if number // SYMBOLS % 2 == 0 else QColor(self.theme.panel))
        r = 4.0
        match number % SYMBOLS:
            case 0:
                painter.drawEllipse(at, r, r)
            case 1:
                painter.drawRect(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r))
            case 2:
                painter.drawPolygon(QPolygonF([at + QPointF(0, -5), at + QPointF(5, 4), at + QPointF(-5, 4)]))
            case _:
                painter.drawPolygon(QPolygonF([at + QPointF(0, -5), at + QPointF(5, 0), at + QPointF(0, 5),
                                               at + QPointF(-5, 0)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_axes(self, painter: QPainter) -> None:
        assert self._sweep is not None and self._figure is not None
        area, ((x0, _), (y0, y1)) = self._area(), self._ranges()
        height = self.fontMetrics().height()
        for y in linear_ticks(y0, y1, max(2, int(area.height() // 36))):
            place = self._at(x0, y).y()
            painter.setPen(QColor(self.theme.plot_grid))
            painter.drawLine(QPointF(area.left(), place), QPointF(area.right(), place))
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(0, place - height, area.left() - GRID, 2 * height),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._y_text(y))
        seen: dict[str, float] = {}
        for line in self.lines:
            for x, _, point in line.points:
                seen[point.texts[self._along]] = x
        last = -1e9
        for text, x in sorted(seen.items(), key=lambda item: item[1]):
            place = self._at(x, y0).x()
            width = self.fontMetrics().horizontalAdvance(text) + GRID
            if place - width / 2 < last:
                continue
            last = place + width / 2
            painter.drawText(QRectF(place - width, area.bottom() + HALF, 2 * width, height),
                             Qt.AlignmentFlag.AlignCenter, text)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(area.left(), self.height() - height - 2, area.width(), height),
                         Qt.AlignmentFlag.AlignCenter, self._sweep.axes[self._along].title)
        painter.drawText(QRectF(GRID, self._legend_height(), self.width(), height), Qt.AlignmentFlag.AlignLeft,
                         self._figure.title + self._y_unit())

    def _draw_reference(self, painter: QPainter) -> None:
        if self.reference is None:
            return
        area, ((x0, _), _) = self._area(), self._ranges()
        y, height = self._at(x0, self.reference).y(), self.fontMetrics().height()
        painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.drawText(QRectF(area.left(), y - height, area.width(), height), Qt.AlignmentFlag.AlignRight,
                         self.tr("float {0}").format(value_text(self.reference, "%")))

    def _y_unit(self) -> str:
        key = self._figure.key if self._figure is not None else ""
        units = {"student_top1": "%", "agreement": "%", "drop": self.tr("pp"), "exported_bytes": "kB",
                 "latency_ms": "ms", "seconds": "s"}
        return f", {units[key]}" if key in units else ""

    def _y_text(self, y: float) -> str:
        return tick_text(y / 1000 if self._figure is not None and self._figure.key == "exported_bytes" else round(y, 9))

    def _draw_legend(self, painter: QPainter) -> None:
        if len(self.lines) < 2:
            return
        height = self.fontMetrics().height() + 2
        for row, numbers in enumerate(self._legend_rows()):
            left = float(GRID)
            for number in numbers:
                middle = row * height + height / 2
                painter.setPen(QPen(self._colour(number), 1))
                painter.drawLine(QPointF(left, middle), QPointF(left + 2 * GRID, middle))
                self._symbol(painter, QPointF(left + GRID, middle), number)
                text = self.lines[number].label
                width = self.fontMetrics().horizontalAdvance(text)
                painter.setPen(QColor(self.theme.text))
                painter.drawText(QRectF(left + 2 * GRID + HALF, row * height, width + 2, height),
                                 Qt.AlignmentFlag.AlignVCenter, text)
                left += width + 4 * GRID

    # --- pointing ----------------------------------------------------------------------------

    def point_at(self, place: QPointF) -> SweepPoint | None:
        """The run drawn there."""
        best, nearest = None, float(REACH)
        for line in self.lines:
            for x, y, point in line.points:
                distance = (self._at(x, y) - place).manhattanLength()
                if distance < nearest:
                    best, nearest = point, distance
        return best

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        text = "" if point is None or self._figure is None else f"{point.run}: {self._figure.text(point)}"
        QToolTip.showText(event.globalPosition().toPoint(), text, self)
