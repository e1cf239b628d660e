"""The drawing of the feature map: a mark for each sample and each test image, coloured by class."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.shared.sample_facts import class_name
from acq_engine.events import FeaturesReady

MOST_NAMES = 20  # classes; with more of them names would cover the marks
RADIUS, SMALL = 5.0, 3.0
KEY = 11.0  # room for a class's mark before its name
MOST_ZOOM = 20.0
NEAR = 10.0  # pixels from a mark at which it is meant
CORNERS = (0, 3, 4, 6)  # of a class's mark: when the colours are used up the next shape begins; 0: a disc


def class_colour(theme: Theme, label: int) -> QColor:
    """A class's colour; it repeats after the theme's curves, with another shape."""
    return QColor(theme.curves[label % len(theme.curves)])


def mark(painter: QPainter, theme: Theme, at: QPointF, label: int, radius: float) -> None:
    """Draw a class's shape with the painter's pen and brush."""
    corners = CORNERS[label // len(theme.curves) % len(CORNERS)]
    if corners == 0:
        painter.drawEllipse(at, radius, radius)
        return
    turns = (math.tau * corner / corners - math.pi / 2 for corner in range(corners))
    painter.drawPolygon(QPolygonF([at + QPointF(math.cos(t), math.sin(t)) * (1.2 * radius) for t in turns]))


def _held(current: tuple[float, float] | None, low: float, high: float) -> tuple[float, float]:
    """A range around [low, high] that stays while it fits and most of it is used. No ticks: it need not be round."""
    span = max(high - low, 1e-6)
    if current is not None and current[0] <= low and high <= current[1] and span > 0.6 * (current[1] - current[0]):
        return current
    return low - 0.05 * span, high + 0.05 * span


def name_places(own: NDArray[np.float64], width: float, height: float, room: QRectF) -> list[QRectF]:
    """Places for a class's name, the best ones first: beside its marks, then further away.

    Args:
        own: Where the class's marks are, (n, 2), n > 0.
        width: Of the name.
        height: Of the name.
        room: Where a name must lie.
    """
    (left, top), (right, bottom), middle = own.min(0), own.max(0), np.median(own, axis=0)
    places = []
    for away in (RADIUS + 3, RADIUS + 3 + height, RADIUS + 3 + 2 * height):
        for x, y in ((middle[0], top - away - height / 2), (middle[0], bottom + away + height / 2),
                     (right + away + width / 2, middle[1]), (left - away - width / 2, middle[1])):
            box = QRectF(0, 0, width, height)
            box.moveCenter(QPointF(float(x), float(y)))
            box.moveLeft(min(max(box.left(), room.left()), room.right() - width))
            box.moveTop(min(max(box.top(), room.top()), room.bottom() - height))
            places.append(box)
    return places


def covered(box: QRectF, marks: NDArray[np.float64]) -> int:
    """How many of the marks (n, 2) a name would touch."""
    near = RADIUS
    inside = ((marks[:, 0] > box.left() - near) & (marks[:, 0] < box.right() + near)
              & (marks[:, 1] > box.top() - near) & (marks[:, 1] < box.bottom() + near))
    return int(inside.sum())


class FeatureCanvas(QWidget):
    """The plane with its marks; mouse or arrows choose a sample."""

    selected = Signal(int)
    hovered = Signal(int)  # the sample under the mouse; -1: none
    zoomed = Signal(bool)  # whether less than the whole is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.seen: FeaturesReady | None = None
        self.names: tuple[str, ...] = ()
        self.labels: frozenset[int] | None = None  # the classes that are shown; None: all
        self.with_images = True
        self.current = -1
        self._ranges: list[tuple[float, float] | None] = [None, None]
        self._sides: dict[int, int] = {}  # where each class's name stands, so that it stays there while it can
        self._hovered = -1
        self._zoom, self._shift = 1.0, QPointF()  # of the whole map: times larger, pixels further right and down
        self._dragged: QPointF | None = None  # where the mouse was while it moves the map
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map of the samples' features"))

    def show_map(self, seen: FeaturesReady | None) -> None:
        """Show a look; None takes everything away."""
        self.seen = seen
        if seen is None:
            self._ranges, self.current = [None, None], -1
            self._sides.clear()
            self.show_whole()
        else:
            every = seen.points if seen.authentic is None else np.concatenate([seen.points, seen.authentic])
            for axis in (0, 1):
                low, high = (float(edge) for edge in (every[:, axis].min(), every[:, axis].max()))
                self._ranges[axis] = _held(self._ranges[axis], low, high)
        self._tell()
        self.update()

    def set_current(self, index: int) -> None:
        """Ring a sample; an index that there is not rings none."""
        self.current = index if self.seen is not None and 0 <= index < len(self.seen.labels) else -1
        self._tell()
        self.update()

    def words(self, index: int) -> str:
        """A sample in words."""
        assert self.seen is not None
        return self.tr("sample {0}: {1}").format(index + 1, class_name(self.names, int(self.seen.labels[index])))

    def _tell(self) -> None:
        self.setAccessibleDescription(self.words(self.current) if self.current >= 0 else "")

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    # --- geometry --------------------------------------------------------------------------------

    def position(self, point: NDArray[np.float32]) -> QPointF:
        """Where a point (2,) of the plane is drawn. One unit is as long across as it is down."""
        (x0, x1), (y0, y1) = (item or (0.0, 1.0) for item in self._ranges)
        area = QRectF(self.rect()).adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        unit = self._zoom * min(area.width() / (x1 - x0), area.height() / (y1 - y0))
        return area.center() + self._shift + QPointF((float(point[0]) - (x0 + x1) / 2) * unit,
                                       -(float(point[1]) - (y0 + y1) / 2) * unit)

    def zoom(self, times: float, at: QPointF) -> None:
        """Make the map larger or smaller around a place, which stays where it is."""
        zoom = min(max(self._zoom * times, 1.0), MOST_ZOOM)
        away = at - QRectF(self.rect()).center() - self._shift
        self._shift += away * (1 - zoom / self._zoom)
        self._zoom = zoom
        self._moved()

    def show_whole(self) -> None:
        """Leave the zoom."""
        self._zoom = 1.0
        self._moved()

    def _moved(self) -> None:
        if self._zoom == 1.0:
            self._shift = QPointF()
        self._sides.clear()
        self.zoomed.emit(self._zoom > 1)
        self.update()

    def _shown(self, labels: NDArray[np.int64]) -> list[int]:
        return [index for index, label in enumerate(labels) if self.labels is None or int(label) in self.labels]

    def sample_at(self, at: QPointF) -> int | None:
        """The shown sample nearest to a place, or None where none is near."""
        best, found = NEAR, None
        if self.seen is not None:
            for index in self._shown(self.seen.labels):
                away = self.position(self.seen.points[index]) - at
                if math.hypot(away.x(), away.y()) < best:
                    best, found = math.hypot(away.x(), away.y()), index
        return found

    # --- drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.plot_background))
        if self.seen is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen, theme = self.seen, self.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.with_images and seen.authentic is not None and seen.authentic_labels is not None:
            for index in self._shown(seen.authentic_labels):
                label = int(seen.authentic_labels[index])
                painter.setPen(QPen(class_colour(theme, label), 1.2))
                mark(painter, theme, self.position(seen.authentic[index]), label, SMALL)
        for index in self._shown(seen.labels):
            label = int(seen.labels[index])
            painter.setPen(QPen(QColor(theme.plot_background), 1))
            painter.setBrush(class_colour(theme, label))
            mark(painter, theme, self.position(seen.points[index]), label, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.current >= 0:
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawEllipse(self.position(seen.points[self.current]), RADIUS + 4, RADIUS + 4)
        self._write_names(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def name_boxes(self) -> list[tuple[int, QRectF]]:
        """Each shown class and its name's place: near its samples, where it covers the fewest marks."""
        if self.seen is None:
            return []
        seen, metrics = self.seen, self.fontMetrics()
        labels = np.unique(seen.labels[self._shown(seen.labels)])
        if len(labels) > MOST_NAMES:
            return []
        marks = [self.position(seen.points[index]) for index in self._shown(seen.labels)]
        if self.with_images and seen.authentic is not None and seen.authentic_labels is not None:
            marks += [self.position(seen.authentic[index]) for index in self._shown(seen.authentic_labels)]
        at = np.array([(point.x(), point.y()) for point in marks])
        boxes: list[tuple[int, QRectF]] = []
        for label in (int(value) for value in labels):
            name = class_name(self.names, label)
            places_of = [self.position(row) for row in seen.points[seen.labels == label]]
            own = np.array([(point.x(), point.y()) for point in places_of if self.rect().contains(point.toPoint())])
            if not len(own):
                continue  # zoomed away
            width = metrics.horizontalAdvance(name) + GRID + KEY
            places = name_places(own, width, metrics.height(), QRectF(self.rect()))
            costs = [covered(box, at) + 6 * sum(box.intersects(other) for _, other in boxes) + 0.5 * (number // 4)
                     for number, box in enumerate(places)]
            best = int(np.argmin(costs))
            before = self._sides.get(label)
            if before is not None and costs[before] <= costs[best] + 1.5:
                best = before
            self._sides[label] = best
            boxes.append((label, places[best]))
        return boxes

    def _write_names(self, painter: QPainter) -> None:
        for label, box in self.name_boxes():
            paper = QColor(self.theme.plot_background)
            paper.setAlphaF(0.75)
            painter.setPen(QPen(class_colour(self.theme, label), 1))
            painter.setBrush(paper)
            painter.drawRoundedRect(box, HALF, HALF)
            # With its mark: among the marks of several classes, nearness alone does not say whose name it is.
            painter.setBrush(class_colour(self.theme, label))
            mark(painter, self.theme, QPointF(box.left() + KEY / 2 + 2, box.center().y()), label, SMALL + 0.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(box.adjusted(KEY, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, class_name(self.names, label))

    # --- mouse and keys --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.sample_at(event.position())
        if found is not None:
            self._choose(found)
        elif event.button() is Qt.MouseButton.LeftButton and self._zoom > 1:
            self._dragged = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._dragged = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.sample_at(event.position()) is None:
            self.show_whole()
        super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.seen is not None:
            self.zoom(1.2 ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        shown = [] if self.seen is None else self._shown(self.seen.labels)
        key = Qt.Key(event.key())
        step = steps.get(key)
        times = {Qt.Key.Key_Plus: 1.5, Qt.Key.Key_Minus: 1 / 1.5}.get(key)
        if times is not None:
            at = QRectF(self.rect()).center()
            self.zoom(times, self.position(self.seen.points[self.current])
                      if self.seen is not None and self.current >= 0 else at)
            return
        if shown and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(shown[0 if key == Qt.Key.Key_Home else -1])
        elif step is None or not shown:
            super().keyPressEvent(event)
        elif self.current in shown:
            self._choose(shown[(shown.index(self.current) + step) % len(shown)])
        else:
            self._choose(shown[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._shift += event.position() - self._dragged
            self._dragged = event.position()
            self._moved()
            return
        self._hover(self.sample_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, found: int | None) -> None:
        index = -1 if found is None else found
        if index != self._hovered:
            self._hovered = index
            self.hovered.emit(index)

    def _choose(self, index: int) -> None:
        self.set_current(index)
        self.selected.emit(index)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.sample_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if found is None else self.words(found), self)
            return True
        return super().event(event)
