"""A chart of the results: accuracy by class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, load_theme
from acq_app.views.results.figures import signed
from acq_app.views.shared.sample_facts import class_name

# More classes than this are shown by the largest differences only.
MAX_BARS = 24
SHORTEST_BAR = 40  # pixels


class ClassBars(QWidget):
    """A bar for the quantized model's accuracy in each class, with a tick where the float model's is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.names: tuple[str, ...] = ()
        self.float_values: NDArray[np.float32] | None = None
        self.values: NDArray[np.float32] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Accuracy by class, quantized and float"))

    def show_values(
        self, values: NDArray[np.float32] | None, float_values: NDArray[np.float32] | None, names: tuple[str, ...],
    ) -> None:
        """Percent right in each class, (classes,), of the quantized and the float model."""
        self.values, self.float_values, self.names = values, float_values, names
        rows = [self.words(index) for index in self.order()[:MAX_BARS]]
        self.setAccessibleDescription("; ".join(rows))
        self.updateGeometry()
        self.update()

    def order(self) -> list[int]:
        """The classes shown: in their own order if they all fit, else those that lost most first."""
        known = self.values if self.values is not None else self.float_values
        if known is None:
            return []
        measured = np.flatnonzero(np.isfinite(known))  # classes without test images have no figure
        if len(measured) <= MAX_BARS or self.values is None or self.float_values is None:
            return [int(i) for i in measured[:MAX_BARS]]
        lost = (self.values - self.float_values)[measured]
        return [int(i) for i in measured[np.argsort(lost, kind="stable")[:MAX_BARS]]]

    def words(self, index: int) -> str:
        """One class in words."""
        parts = [class_name(self.names, index)]
        if self.float_values is not None:
            parts.append(self.tr("float {0} %").format(f"{float(self.float_values[index]):.1f}"))
        if self.values is not None:
            parts.append(self.tr("quantized {0} %").format(f"{float(self.values[index]):.1f}"))
        return ", ".join(parts)

    def _row(self) -> int:
        return self.fontMetrics().height() + HALF

    def sizeHint(self) -> QSize:
        return QSize(320, max(len(self.order()), 1) * self._row())

    def minimumSizeHint(self) -> QSize:
        left, right = self._margins()
        return QSize(left + SHORTEST_BAR + right, self.sizeHint().height())

    def _margins(self) -> tuple[int, int]:
        """Room for the names and for the figures, in pixels."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(class_name(self.names, i)) for i in self.order()), default=0)
        return min(widest, 160) + GRID + 2, metrics.horizontalAdvance("100.0  \u2212100.0") + 2 * GRID

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), self.fontMetrics()
        order = self.order()
        if not order:
            return
        left, right = self._margins()
        bar_width = max(self.width() - left - right, SHORTEST_BAR)
        for number, index in enumerate(order):
            top = number * self._row()
            line = QRectF(0, top, self.width(), self._row())
            painter.setPen(QColor(self.theme.text))
            name = metrics.elidedText(class_name(self.names, index), Qt.TextElideMode.ElideRight, int(left) - GRID)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
            track = QRectF(left, top + 4, bar_width, self._row() - 8)
            painter.fillRect(track, QColor(self.theme.plot_grid))
            if self.values is not None:
                value = float(self.values[index])
                painter.fillRect(QRectF(track.left(), track.top(), track.width() * value / 100, track.height()),
                                 QColor(self.theme.curves[0]))
                self._write(painter, line.adjusted(0, 0, -metrics.horizontalAdvance("\u2212100.0") - GRID, 0),
                            f"{value:.1f}", self.theme.text)
            if self.float_values is not None:
                x = track.left() + track.width() * float(self.float_values[index]) / 100
                painter.setPen(QPen(QColor(self.theme.panel), 4))
                painter.drawLine(QPointF(x, track.top() - 1), QPointF(x, track.bottom() + 1))
                painter.setPen(QPen(QColor(self.theme.text), 2))
                painter.drawLine(QPointF(x, track.top() - 2), QPointF(x, track.bottom() + 2))
            if self.values is not None and self.float_values is not None:
                lost = float(self.values[index] - self.float_values[index])
                self._write(painter, line, signed(lost), self.theme.bad if lost <= -3 else self.theme.muted)

    @staticmethod
    def _write(painter: QPainter, line: QRectF, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place, order = event.pos().y() // self._row(), self.order()
            if 0 <= place < len(order):
                QToolTip.showText(event.globalPos(), self.words(order[place]), self)
            return True
        return super().event(event)
