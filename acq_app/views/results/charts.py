"""Charts of the results: accuracy by class, and what is taken for what."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, load_theme
from acq_app.views.results.figures import signed
from acq_app.views.shared.maps import coloured
from acq_app.views.shared.sample_facts import class_name
from acq_app.views.shared.tiles import image_of

# More classes than this are shown by the largest differences only.
MAX_BARS = 24
SHORTEST_BAR = 40  # pixels

Shown = Literal["quantized", "float", "difference"]


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


class ConfusionMatrix(QWidget):
    """How often each class (row) is taken for each class (column); mouse or arrows name a cell."""

    pointed = Signal(str)  # the cell in words; empty: none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.names: tuple[str, ...] = ()
        self.counts: NDArray[np.int64] | None = None
        self.float_counts: NDArray[np.int64] | None = None
        self.shown: Shown = "quantized"
        self.cell: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(180, 180)
        self.setAccessibleName(self.tr("Confusion matrix: rows are true classes, columns are predicted classes"))

    def show_counts(
        self, counts: NDArray[np.int64] | None, float_counts: NDArray[np.int64] | None, names: tuple[str, ...],
    ) -> None:
        """Counts (classes, classes), rows the truth, of the quantized and the float model."""
        self.counts, self.float_counts, self.names = counts, float_counts, names
        self.cell = None
        self.update()

    def set_shown(self, shown: Shown) -> None:
        """Which model's counts to show, or the difference of both."""
        self.shown = shown
        self.update()

    def _values(self) -> NDArray[np.float32] | None:
        """Percent of each row, (classes, classes); a difference where that is shown."""
        def percent(counts: NDArray[np.int64]) -> NDArray[np.float32]:
            return np.asarray(100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), np.float32)

        if self.shown == "difference":
            if self.counts is None or self.float_counts is None:
                return None
            return percent(self.counts) - percent(self.float_counts)
        counts = self.counts if self.shown == "quantized" else self.float_counts
        return None if counts is None else percent(counts)

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def _area(self, count: int) -> QRectF:
        left = 0.0
        if self._named(count):
            left = min(max(self.fontMetrics().horizontalAdvance(class_name(self.names, i)) for i in range(count)), 110)
            left += GRID
        side = max(min(self.width() - left - 2, self.height() - 2.0) // count, 1) * count
        if count > 200:
            side = min(self.width() - left - 2, self.height() - 2.0)
        return QRectF(left, 1, side, side)

    def _named(self, count: int) -> bool:
        return self.height() / count >= self.fontMetrics().height() * 0.9

    def paintEvent(self, event: QPaintEvent) -> None:
        values = self._values()
        painter = QPainter(self)
        if values is None:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("not measured"))
            return
        count = len(values)
        area = self._area(count)
        if self.shown == "difference":
            top = max(float(np.abs(values).max()), 1.0)
            colours = coloured(values, self.theme.difference, -top, top)
        else:
            # A root, so that the few that are wrong can be told from none.
            colours = coloured(np.sqrt(values), self.theme.viridis, 0.0, 10.0)
        painter.drawImage(area, image_of(colours))
        step = area.width() / count
        if step >= 8:
            painter.setPen(QPen(QColor(self.theme.panel), 1))
            for line in range(count + 1):
                painter.drawLine(QPointF(area.left() + line * step, area.top()),
                                 QPointF(area.left() + line * step, area.bottom()))
                painter.drawLine(QPointF(area.left(), area.top() + line * step),
                                 QPointF(area.right(), area.top() + line * step))
        if self._named(count):
            painter.setPen(QColor(self.theme.muted))
            for row in range(count):
                place = QRectF(0, area.top() + row * step, area.left() - HALF, step)
                name = self.fontMetrics().elidedText(class_name(self.names, row), Qt.TextElideMode.ElideRight,
                                                     int(place.width()))
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
        if self.cell is not None:
            row, column = self.cell
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRect(QRectF(area.left() + column * step, area.top() + row * step, step, step))

    def words(self, row: int, column: int) -> str:
        """A cell in words."""
        truth, seen = class_name(self.names, row), class_name(self.names, column)
        values = self._values()
        if values is None:
            return ""
        if self.shown == "difference":
            return self.tr("{0} predicted as {1}: {2} pp vs. float").format(
                truth, seen, signed(float(values[row, column])))
        counts = self.counts if self.shown == "quantized" else self.float_counts
        assert counts is not None
        return self.tr("{0} predicted as {1}: {2} of {3} ({4} %)").format(
            truth, seen, int(counts[row, column]), int(counts[row].sum()), f"{float(values[row, column]):.1f}")

    def _point(self, cell: tuple[int, int] | None) -> None:
        if cell != self.cell:
            self.cell = cell
            self.pointed.emit("" if cell is None else self.words(*cell))
            self.setAccessibleDescription("" if cell is None else self.words(*cell))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        values = self._values()
        if values is None:
            return
        area = self._area(len(values))
        step = area.width() / len(values)
        inside = area.contains(event.position())
        row, column = ((event.position().y() - area.top()) // step, (event.position().x() - area.left()) // step)
        self._point((int(row), int(column)) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        move, values = moves.get(Qt.Key(event.key())), self._values()
        if move is None or values is None:
            super().keyPressEvent(event)
            return
        row, column = self.cell or (0, 0)
        if self.cell is not None:
            row, column = row + move[0], column + move[1]
        last = len(values) - 1
        self._point((min(max(row, 0), last), min(max(column, 0), last)))
