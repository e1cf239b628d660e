"""Empty states: one line that says what a view will show, over a faint example of it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from acq_app.appearance.theme import GRID, Theme, load_theme

FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap

Example = Callable[[QPainter, QRectF, Theme], None]


class EmptyState(QWidget):
    """A sentence in the middle, and above it an example drawn in the theme's faint colour."""

    def __init__(self, sentence: str, example: Example, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = sentence
        self._example = example
        self._theme = load_theme("light")
        self.button: QPushButton | None = None
        self.setAccessibleName(sentence)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def add_button(self, text: str, tip: str) -> QPushButton:
        """A button under the sentence, for what brings something here; whoever asked connects it."""
        self.button = QPushButton(text, self)
        self.button.setToolTip(tip)
        self._place_button()
        return self.button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        if self.button is not None:
            _, text = self._places()
            size = self.button.sizeHint()
            self.button.setGeometry(round(text.center().x() - size.width() / 2), round(text.bottom() + GRID),
                                    size.width(), size.height())

    def _places(self) -> tuple[QRectF, QRectF]:
        """Where the example is (empty without room for one), and where the sentence is."""
        area = QRectF(self.rect()).adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
        width = min(area.width(), 440.0)
        bounds = QRectF(self.fontMetrics().boundingRect(QRect(0, 0, int(width), 1000), int(FLAGS), self.sentence))
        below = 0 if self.button is None else GRID + self.button.sizeHint().height()
        height = min(area.height() - bounds.height() - 2 * GRID - below, 180.0)
        top = area.top() + max(0.0, (area.height() - height - bounds.height() - 2 * GRID - below) / 2)
        box = QRectF()
        if height > 40:
            box = QRectF(0, 0, min(area.width(), height * 1.9), height)
            box.moveCenter(QPointF(area.center().x(), top + height / 2))
            top += height + 2 * GRID
        return box, QRectF(area.center().x() - width / 2, top, width, bounds.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, text = self._places()
        if not box.isEmpty():
            painter.save()
            painter.setOpacity(0.55)
            self._example(painter, box, self._theme)
            painter.restore()
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(text, FLAGS, self.sentence)


def _faint_pen(theme: Theme, width: float = 1.5) -> QPen:
    pen = QPen(QColor(theme.faint), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def falling_curves(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Axes with three curves that fall."""
    painter.setPen(_faint_pen(theme, 1))
    painter.drawLine(box.topLeft(), box.bottomLeft())
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    for number, (rate, floor) in enumerate(((5.0, 0.15), (3.0, 0.3), (1.8, 0.42))):
        points = QPolygonF()
        for index in range(81):
            t = index / 80
            wobble = 0.02 * math.sin(37 * t + number) * math.exp(-2 * t)
            value = floor + (0.9 - 0.12 * number - floor) * math.exp(-rate * t) + wobble
            points.append(QPointF(box.left() + t * box.width(), box.bottom() - value * box.height()))
        painter.setPen(_faint_pen(theme))
        painter.drawPolyline(points)


def _tiles(box: QRectF, columns: int, rows: int) -> list[QRectF]:
    side = min(box.width() / columns, box.height() / rows)
    left = box.center().x() - side * columns / 2
    top = box.center().y() - side * rows / 2
    return [
        QRectF(left + column * side + 2, top + row * side + 2, side - 4, side - 4)
        for row in range(rows)
        for column in range(columns)
    ]


def tiles_with_centres(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A grid of squares, each with a ring, a line and a dot."""
    for index, tile in enumerate(_tiles(box, 6, 3)):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.plot_grid))
        painter.drawRect(tile)
        angle = index * 2.4
        asked = tile.center() + QPointF(math.cos(angle), math.sin(angle)) * tile.width() * 0.22
        measured = tile.center() + QPointF(math.cos(angle + 0.5), math.sin(angle + 0.5)) * tile.width() * 0.14
        painter.setPen(_faint_pen(theme))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(asked, 4, 4)
        painter.drawLine(asked, measured)
        painter.setBrush(QColor(theme.faint))
        painter.drawEllipse(measured, 2, 2)


def three_maps(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Three squares side by side; two blobs, and the little that differs."""
    for index, tile in enumerate(_tiles(box, 3, 1)):
        painter.setPen(_faint_pen(theme, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(tile)
        sizes = ((0.36, 0.25, 0.14), (0.33, 0.22, 0.12), (0.1,))[index]
        middle = tile.center() + QPointF(0.04 * index, -0.03 * index) * tile.width()
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(theme.faint)
        colour.setAlphaF(0.35)
        painter.setBrush(colour)
        for size in sizes:
            painter.drawEllipse(middle, size * tile.width(), size * tile.width())


def bars_and_table(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Pairs of bars of nearly the same length."""
    painter.setPen(Qt.PenStyle.NoPen)
    rows = 6
    height = box.height() / rows
    for row in range(rows):
        length = (0.92, 0.74, 0.88, 0.81, 0.96, 0.69)[row]
        top = box.top() + row * height
        painter.setBrush(QColor(theme.faint))
        painter.drawRect(QRectF(box.left(), top, box.width() * length, height * 0.3))
        painter.setBrush(QColor(theme.border))
        painter.drawRect(QRectF(box.left(), top + height * 0.34, box.width() * length * 0.97, height * 0.3))


def clouds(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Three groups of points."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.faint))
    for number, (x, y) in enumerate(((0.2, 0.35), (0.55, 0.72), (0.8, 0.25))):
        for index in range(12):
            angle, reach = index * 2.4 + number, 0.03 * math.sqrt(index + 1)
            painter.drawEllipse(QPointF(box.left() + (x + reach * math.cos(angle)) * box.width(),
                                        box.top() + (y + 1.6 * reach * math.sin(angle)) * box.height()), 4, 4)


def text_lines(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Lines of a log."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.faint))
    rows = 7
    height = box.height() / rows
    for row in range(rows):
        top = box.top() + row * height
        painter.drawRoundedRect(QRectF(box.left(), top, box.width() * 0.09, 5), 2, 2)
        length = box.width() * (0.3, 0.7, 0.5, 0.8, 0.4, 0.6, 0.55)[row]
        painter.drawRoundedRect(QRectF(box.left() + box.width() * 0.13, top, length, 5), 2, 2)


def table_rows(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A table's lines with small bars at the right."""
    painter.setBrush(QColor(theme.faint))
    rows = 7
    height = box.height() / rows
    for row in range(rows):
        bottom = box.top() + (row + 1) * height
        painter.setPen(_faint_pen(theme, 1))
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        name = box.width() * (0.2 + 0.03 * (row % 3))
        painter.drawRoundedRect(QRectF(box.left() + 4, bottom - height * 0.6, name, 5), 2, 2)
        bar = box.width() * (0.35, 0.2, 0.1, 0.24, 0.16, 0.08, 0.3)[row]
        painter.drawRect(QRectF(box.left() + box.width() * 0.6, bottom - height * 0.65, bar, 7))
