"""A small curve without axes: where a number came from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from acq_app.appearance.theme import GRID


class Sparkline(QWidget):
    """Draws the values from left to right; the last one is a dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[float] = []
        self._colour = QColor("#808080")
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(6 * GRID, 2 * GRID)

    def set_values(self, values: Iterable[float], colour: str) -> None:
        """Show other values in a colour."""
        self._values = list(values)
        self._colour = QColor(colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        values = np.asarray(self._values, float)
        low, high = float(values.min()), float(values.max())
        spread = (high - low) or 1.0
        width, height = self.width() - 6, self.height() - 6
        xs = 3 + np.linspace(0, width, len(values)) if len(values) > 1 else np.array([3 + width])
        ys = 3 + height * (1 - (values - low) / spread)
        painter.setPen(QPen(self._colour, 1.2))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))
        painter.setBrush(self._colour)
        painter.drawEllipse(QPointF(xs[-1], ys[-1]), 2, 2)
