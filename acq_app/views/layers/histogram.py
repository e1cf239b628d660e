"""How often a layer's values occur, over the levels that they are rounded to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from acq_app.appearance.theme import GRID, HALF, load_theme
from acq_app.views.shared.axes import linear_ticks, tick_text

# Pixels between two levels: from the first on each is a line, from the second on a tick, below they are one bar.
LINE_SPACING, TICK_SPACING = 6, 3


@dataclass(frozen=True)
class Histogram:
    """Counts (bins,) between `first` and `last`, and the grid: `levels` values from `low` on, `step` apart.

    `counts` is None where nothing was counted; `levels` is 0 where the values stay float.
    """

    counts: NDArray[np.int64] | None
    first: float
    last: float
    low: float
    step: float
    levels: int

    @property
    def total(self) -> int:
        """How many values were counted."""
        return 0 if self.counts is None else int(self.counts.sum())

    def shares(self) -> NDArray[np.float64]:
        """The part of all counted values that each level stands for, (levels,); what is cut off is the outer ones'."""
        if self.counts is None or not self.total:
            return np.zeros(self.levels)
        bins = len(self.counts)
        middles = self.first + (np.arange(bins) + 0.5) * (self.last - self.first) / bins
        cells = np.clip(np.floor((middles - self.low) / self.step + 0.5), 0, self.levels - 1).astype(np.int64)
        return np.bincount(cells, weights=self.counts, minlength=self.levels) / self.total


class HistogramPlot(QWidget):
    """Bars over the quantization grid. The mouse or the arrow keys name a level and what it stands for."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.title = title
        self.shown: Histogram | None = None
        self.facts = ""
        self.log = False
        self.grid = True
        self.level: int | None = None
        self._shares: NDArray[np.float64] = np.zeros(0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 96)
        self.setAccessibleName(title)
        self.setToolTip(self.tr("Hover over a level, or use the arrow keys, to see how many values it represents"))

    def show_histogram(self, shown: Histogram | None, facts: str) -> None:
        """Show a histogram, or only `facts` where there is none."""
        self.shown, self.facts, self.level = shown, facts, None
        self._shares = np.zeros(0) if shown is None or not shown.levels else shown.shares()
        self.setAccessibleDescription(facts)
        self.update()

    def set_log(self, log: bool) -> None:
        """Whether counts are drawn as logarithms, so that rare values can be seen."""
        self.log = log
        self.update()

    def set_grid(self, grid: bool) -> None:
        """Whether the levels are drawn."""
        self.grid = grid
        self.update()

    def words(self) -> str:
        """The line above the plot: the level pointed at, else the facts."""
        shown = self.shown
        if shown is None or self.level is None or not shown.levels:
            return self.facts
        value = shown.low + self.level * shown.step
        at = "" if shown.step == 1 else self.tr(" = {0}").format(tick_text(float(f"{value:.3g}")))
        return self.tr("level {0}{1}: {2} % of the values").format(
            self.level, at, f"{100 * self._shares[self.level]:.2f}").replace("-", "\u2212")

    def sizeHint(self) -> QSize:
        return QSize(320, 190)

    # --- drawing -----------------------------------------------------------------------------

    def plot_area(self) -> QRectF:
        """Where the bars are."""
        line, left = self.fontMetrics().height(), self.fontMetrics().horizontalAdvance("100k") + HALF
        width, height = self.width() - left - GRID, self.height() - 2 * line - 2 * GRID
        return QRectF(left, line + GRID, max(width, 10), max(height, 10))

    def _x_of(self, value: float) -> float:
        assert self.shown is not None
        area, shown = self.plot_area(), self.shown
        return area.left() + (value - shown.first) / (shown.last - shown.first) * area.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area, line = QPainter(self), self.plot_area(), self.fontMetrics().height()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.text))
        head = QRectF(0, 0, self.width(), line + HALF)
        used = painter.boundingRect(head, Qt.AlignmentFlag.AlignVCenter, self.title).width() + GRID
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, self.title)
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.text if self.level is not None else self.theme.muted))
        text = self.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, int(self.width() - used - 2))
        painter.drawText(head.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.fillRect(area, QColor(self.theme.plot_background))
        shown = self.shown
        if shown is not None:
            self._draw_ground(painter, area, shown)
            if shown.total:
                self._draw_bars(painter, area, shown)
            if self.grid and shown.levels:
                self._draw_levels(painter, area, shown)
            self._draw_values(painter, area, shown)
            if self.level is not None:
                self._draw_pointed(painter, area, shown, self.level)
        painter.setPen(QPen(QColor(self.theme.accent if self.hasFocus() else self.theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _ends(self, shown: Histogram) -> tuple[float, float]:
        """Where values begin to be cut off."""
        return shown.low - shown.step / 2, shown.low + (shown.levels - 0.5) * shown.step

    def _draw_ground(self, painter: QPainter, area: QRectF, shown: Histogram) -> None:
        """Every second level's cell, and hatched what is cut off."""
        if not shown.levels:
            return
        low, high = self._ends(shown)
        if self.grid and shown.step / (shown.last - shown.first) * area.width() >= LINE_SPACING:
            for level in range(0, shown.levels, 2):
                left, right = self._x_of(low + level * shown.step), self._x_of(low + (level + 1) * shown.step)
                painter.fillRect(QRectF(left, area.top(), right - left, area.height()), QColor(self.theme.plot_phase))
        for left, right in ((area.left(), self._x_of(low)), (self._x_of(high), area.right())):
            if right - left >= 1:
                cut = QRectF(left, area.top(), right - left, area.height())
                ground = QColor(self.theme.bad)
                ground.setAlpha(36)
                painter.fillRect(cut, ground)
                ground.setAlpha(170)
                painter.fillRect(cut, QBrush(ground, Qt.BrushStyle.BDiagPattern))

    def _height_of(self, count: float, top: float) -> float:
        """Height of a bar, 0..1, if the highest count is `top`."""
        return float(np.log1p(count) / np.log1p(top)) if self.log else count / top

    def bars(self) -> NDArray[np.int64]:
        """The counts as they are drawn: no bar is narrower than a pixel."""
        assert self.shown is not None and self.shown.counts is not None
        counts = self.shown.counts
        together = max(1, -(-len(counts) // max(int(self.plot_area().width()), 1)))
        return np.add.reduceat(counts, np.arange(0, len(counts), together))

    def _draw_bars(self, painter: QPainter, area: QRectF, shown: Histogram) -> None:
        counts = self.bars()
        top, width = float(counts.max()), area.width() / len(counts)
        for count in self._count_ticks(top):
            y = area.bottom() - self._height_of(count, top) * area.height() * 0.96
            painter.setPen(QPen(QColor(self.theme.plot_grid), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self.theme.muted))
            label = f"{count / 1000:g}k" if count >= 1000 else f"{count:g}"
            painter.drawText(QRectF(0, y - 20, area.left() - HALF, 40),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        colour = QColor(self.theme.curves[0])
        for index in np.flatnonzero(counts):
            height = max(self._height_of(float(counts[index]), top) * area.height() * 0.96, 1.0)
            left, right = round(area.left() + index * width), round(area.left() + (index + 1) * width)
            painter.fillRect(QRectF(left, area.bottom() - height, max(right - left, 1), height), colour)

    def _count_ticks(self, top: float) -> list[float]:
        if not self.log:
            return [tick for tick in linear_ticks(0, top, 3) if tick > 0]
        return [10.0**power for power in range(int(np.log10(max(top, 1))) + 1)]

    def _draw_levels(self, painter: QPainter, area: QRectF, shown: Histogram) -> None:
        spacing = shown.step / (shown.last - shown.first) * area.width()
        colour = QColor(self.theme.text)
        if spacing < TICK_SPACING:
            left, right = self._x_of(shown.low), self._x_of(shown.low + (shown.levels - 1) * shown.step)
            painter.fillRect(QRectF(left, area.bottom() - 3, right - left, 3), colour)
            return
        painter.setPen(QPen(colour, 1))
        top = area.bottom() - GRID
        if spacing >= LINE_SPACING:
            top = area.top()
            colour.setAlpha(150)
            painter.setPen(QPen(colour, 1))
        for level in range(shown.levels):
            x = round(self._x_of(shown.low + level * shown.step)) + 0.5
            painter.drawLine(QPointF(x, top), QPointF(x, area.bottom()))

    def _draw_values(self, painter: QPainter, area: QRectF, shown: Histogram) -> None:
        painter.setPen(QColor(self.theme.muted))
        for value in linear_ticks(shown.first, shown.last, max(2, int(area.width() / 60))):
            if shown.step == 1 and (value != round(value) or not 0 <= value < shown.levels):
                continue
            x = self._x_of(value)
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 3))
            painter.drawText(QRectF(x - 40, area.bottom() + HALF, 80, self.fontMetrics().height()),
                             Qt.AlignmentFlag.AlignHCenter, tick_text(value).replace("-", "\u2212"))

    def _draw_pointed(self, painter: QPainter, area: QRectF, shown: Histogram, level: int) -> None:
        middle = shown.low + level * shown.step
        left, right = self._x_of(middle - shown.step / 2), self._x_of(middle + shown.step / 2)
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, area.top() + 1, max(right - left, 3), area.height() - 2))

    # --- pointing ----------------------------------------------------------------------------

    def point(self, level: int | None) -> None:
        """Name a level, or none."""
        if level != self.level:
            self.level = level
            self.setAccessibleDescription(self.words())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shown, area = self.shown, self.plot_area()
        if shown is None or not shown.levels or not shown.total or not area.contains(event.position()):
            self.point(None)
            return
        value = shown.first + (event.position().x() - area.left()) / area.width() * (shown.last - shown.first)
        self.point(min(max(int(np.floor((value - shown.low) / shown.step + 0.5)), 0), shown.levels - 1))

    def leaveEvent(self, event: QEvent) -> None:
        self.point(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.point(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.shown
        key = Qt.Key(event.key())
        if shown is None or not shown.levels or not shown.total or key not in (
                Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        last = shown.levels - 1
        at = last // 2 if self.level is None else self.level + (key == Qt.Key.Key_Right) - (key == Qt.Key.Key_Left)
        self.point({Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(key, min(max(at, 0), last)))
