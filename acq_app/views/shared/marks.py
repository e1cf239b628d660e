"""Attention centres on pictures: a hollow ring where one was asked for, a filled dot where it was measured.

The line between them is coloured by their distance. Drawn the same everywhere, explained by MarkLegend.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme

# The distance that has the map's last colour: half of the picture's width.
FAR = 1.0
CASING = "#101010"  # around the marks on every picture, light or dark


def to_pixels(rect: QRectF, centre: NDArray[np.float32]) -> QPointF:
    """Where a centre (x, y) in [-1, 1] lies in `rect`; (-1, -1) is its top left corner."""
    return QPointF(rect.left() + (float(centre[0]) + 1) / 2 * rect.width(),
                   rect.top() + (float(centre[1]) + 1) / 2 * rect.height())


def distances(asked: NDArray[np.float32] | None, measured: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Distance of asked-for and measured centre, (N,); the picture is 2 wide. None: none was asked for."""
    if asked is None:
        return None
    return np.asarray(np.hypot(*(asked - measured).T), np.float32)


def distance_colour(theme: Theme, distance: float) -> QColor:
    """The colour of a distance, 0 .. FAR and beyond."""
    row = theme.viridis[int(255 * min(max(distance / FAR, 0.0), 1.0))]
    return QColor(int(row[0]), int(row[1]), int(row[2]))


def paint_centres(
    painter: QPainter, rect: QRectF, asked: NDArray[np.float32] | None, measured: NDArray[np.float32], theme: Theme,
) -> None:
    """Draw one sample's centres into its picture at `rect`.

    Args:
        painter: Where to draw; its pen, brush and hints are restored.
        rect: The picture's place.
        asked: The centre asked for, (2,), in [-1, 1]; None: there was none.
        measured: The centre measured, (2,).
        theme: The ring's, dot's and line's colours.
    """
    size = mark_size(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    dot = to_pixels(rect, measured)
    if asked is not None:
        ring = to_pixels(rect, asked)
        away = dot - ring
        length = math.hypot(away.x(), away.y())
        if length > size:
            colour = distance_colour(theme, float(np.hypot(*(asked - measured))))
            start = ring + away * (size / length)
            for pen in (QPen(QColor(CASING), size * 0.75 + 1.5), QPen(colour, size * 0.5)):
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(start, dot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(CASING), size * 0.42 + 1.6), QPen(QColor(theme.asked), size * 0.42)):
            painter.setPen(pen)
            painter.drawEllipse(ring, size, size)
    painter.setPen(QPen(QColor(CASING), 1))
    painter.setBrush(QColor(theme.measured))
    painter.drawEllipse(dot, size * 0.72, size * 0.72)
    painter.restore()


def mark_size(rect: QRectF) -> float:
    """The ring's radius for a picture of this size."""
    return min(max(rect.width() / 16, 2.4), 8.0)


class MarkLegend(QWidget):
    """Explains the marks, once in a view: ring, dot, and the scale of the line's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self._texts = (self.tr("target"), self.tr("measured"), self.tr("distance"))
        self.with_asked = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Attention centre: the ring is the target, the dot is the measured one.\nThe line's "
                                "colour is their distance; the image is 2 units wide."))
        self.setAccessibleName(self.tr("Legend of the attention centres"))
        self.setAccessibleDescription(self.toolTip())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_with_asked(self, on: bool) -> None:
        """Whether centres were asked for at all."""
        if on != self.with_asked:
            self.with_asked = on
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(text) for text in self._texts]
        if not self.with_asked:
            return QSize(22 + widths[1], metrics.height() + HALF)
        figures = metrics.horizontalAdvance(f" 0{FAR:.0f}")
        return QSize(sum(widths) + 2 * 16 + 3 * GRID + 40 + figures, metrics.height() + HALF)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, middle, x = self.fontMetrics(), self.height() / 2, 0.0
        text, theme = QColor(self._theme.muted), self._theme

        def write(words: str) -> None:
            nonlocal x
            painter.setPen(text)
            painter.drawText(QPointF(x, middle + metrics.ascent() / 2 - 1), words)
            x += metrics.horizontalAdvance(words) + GRID

        def patch() -> QRectF:
            nonlocal x
            rect = QRectF(x, middle - 6, 12, 12)
            x += 16
            return rect

        if self.with_asked:
            rect = patch()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(QColor(CASING), 3.2), QPen(QColor(theme.asked), 1.6)):
                painter.setPen(pen)
                painter.drawEllipse(rect.center(), 4, 4)
            write(self._texts[0])
        rect = patch()
        painter.setPen(QPen(QColor(CASING), 1))
        painter.setBrush(QColor(theme.measured))
        painter.drawEllipse(rect.center(), 3.2, 3.2)
        write(self._texts[1])
        # In a narrow view the scale speaks for itself; where there is no room for that either, the tooltip does.
        whole = self.width() >= self.sizeHint().width()
        long = 40 if whole else 20
        if self.with_asked and self.width() >= x + long + metrics.horizontalAdvance(f"0{FAR:.0f}") + GRID + 2:
            write(f"{self._texts[2]} 0" if whole else "0")
            gradient = QLinearGradient(x, 0, x + long, 0)
            for stop in range(0, 256, 17):
                gradient.setColorAt(stop / 255, distance_colour(theme, stop / 255 * FAR))
            painter.fillRect(QRectF(x - HALF, middle - 3, long, 6), gradient)
            x += long
            write(f"{FAR:.0f}")
