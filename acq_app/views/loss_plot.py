"""The curves of one group: raw and smoothed, with a legend that shows values and switches curves."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from acq_app.theme import GRID, HALF, Theme, load_theme
from acq_app.views.axes import Range, stable_range, value_text
from acq_app.views.curves import Series
from acq_app.views.plotting import Marks, PhaseBand, Plot, blended
from acq_engine.events import Metric


class LegendRow(QAbstractButton):
    """A curve's name, colour and value; checked while the curve is drawn."""

    hovered = Signal(bool)

    def __init__(self, metric: Metric, colour: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve = metric
        self.colour = colour
        self.theme = theme
        self.value: float | None = None
        self.setCheckable(True)
        self.setChecked(True)
        self.setText(metric.label)
        self.setToolTip(self.tr("{0}\nClick to hide or show it.").format(metric.help))
        self.setAccessibleName(self.tr("{0} curve").format(metric.label))
        self.setAccessibleDescription(metric.help)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_value(self, value: float | None) -> None:
        if value != self.value:
            self.value = value
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(168, max(self.fontMetrics().height() + 2, 17))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(HALF, 0, -HALF, 0)
        middle = area.center().y()
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(self.theme.raised))
        on = self.isChecked()
        painter.setPen(QPen(QColor(self.colour if on else self.theme.faint), 2.0 if on else 1.0,
                            Qt.PenStyle.SolidLine if on else Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.left() + 14, middle))
        text = area.adjusted(20, 0, 0, 0)
        value = value_text(self.value, self.curve.unit)
        width = self.fontMetrics().horizontalAdvance(value)
        painter.setPen(QColor(self.theme.text if on else self.theme.faint))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
        room = int(text.width()) - width - GRID
        name = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(self.theme.muted if on else self.theme.faint))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class LossPlot(QWidget):
    """All curves of one group over the run's steps.

    The x axis is the whole planned run from the start; the y axis grows when it must.
    """

    hovered = Signal(object)  # float step or None

    def __init__(self, title: str, metrics: Iterable[Metric], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.metrics = tuple(metrics)
        self.theme = load_theme("light")
        self.series: dict[str, Series] = {}
        self.rows: dict[str, LegendRow] = {}
        self.baseline: float | None = None
        self._span = Series()._span
        self._cursor: float | None = None
        self._highlight = ""
        self._range: Range | None = None
        self._end = 10.0
        self.logarithmic = bool(self.metrics) and all(metric.scale == "log" for metric in self.metrics)
        self.plot = Plot()
        self.plot.set_logarithmic(self.logarithmic)
        self.plot.setAccessibleName(self.tr("{0} curves over the steps of the run").format(title))
        self.plot.hovered.connect(self.hovered)
        self.plot.ownRangeAsked.connect(self.refresh)
        self._heading = QLabel(title)
        self._where = QLabel("")
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight)
        side = QWidget()
        side.setFixedWidth(176)
        self._legend = QVBoxLayout(side)
        self._legend.setContentsMargins(HALF, HALF, 0, 0)
        self._legend.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(HALF, 0, HALF, HALF)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._where)
        self._legend.addLayout(head)
        self._legend.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.plot, 1)
        layout.addWidget(side)

    # --- data --------------------------------------------------------------------------------

    def append(self, step: float, values: dict[str, float]) -> bool:
        """Add one report's values; returns whether any was of this group."""
        any_own = False
        for metric in self.metrics:
            value = values.get(metric.key)
            if value is None:
                continue
            any_own = True
            if metric.key == "accuracy/float":
                self.baseline = value
                continue
            if metric.key not in self.series:
                self.series[metric.key] = Series(self._span)
                self._add_row(metric)
            self.series[metric.key].append(step, value)
        return any_own

    def _add_row(self, metric: Metric) -> None:
        row = LegendRow(metric, self._colour(metric.key), self.theme)
        row.toggled.connect(self.refresh)
        row.hovered.connect(self._row_hovered)
        row.setProperty("key", metric.key)
        order = [item.key for item in self.metrics]
        place = sum(1 for key in self.rows if order.index(key) < order.index(metric.key))
        self.rows[metric.key] = row
        self._legend.insertWidget(1 + place, row)

    def _colour(self, key: str) -> str:
        drawn = [metric.key for metric in self.metrics if metric.key != "accuracy/float"]
        return self.theme.curves[drawn.index(key) % len(self.theme.curves)]

    def clear(self) -> None:
        """Forget everything."""
        for key, row in self.rows.items():
            for layer in ("raw", "smooth"):
                self.plot.hide_curve(f"{key}:{layer}")
            self._legend.removeWidget(row)
            row.deleteLater()
        self.rows.clear()
        self.series.clear()
        self.baseline = None
        self._range = None
        self._end = 10.0
        self.plot.zoomed = False
        self.plot.set_marks(Marks())
        self.plot.set_bands([])

    # --- appearance --------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.plot.set_theme(theme)
        for label, colour in ((self._heading, theme.text), (self._where, theme.muted)):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), QColor(colour))
            label.setPalette(palette)
        for key, row in self.rows.items():
            row.theme = theme
            row.colour = self._colour(key)
            row.update()

    def set_logarithmic(self, on: bool) -> None:
        """Logarithmic or linear y axis."""
        self.logarithmic = on
        self._range = None
        self.plot.zoomed = False
        self.plot.set_logarithmic(on)
        self.refresh()

    def set_span(self, span: int) -> None:
        """Smooth over about `span` reports."""
        self._span = span
        for series in self.series.values():
            series.set_span(span)
        self.refresh()

    def set_extent(self, end: float, bands: list[PhaseBand]) -> None:
        """The last step of the x axis, and the phases."""
        self._end = end
        self.plot.set_bands(bands)

    def set_cursor(self, step: float | None) -> None:
        """Put the cross-hair at a step (also one of a neighbour plot), or take it away."""
        self._cursor = step
        self._show_values()

    def _row_hovered(self, inside: bool) -> None:
        sender = self.sender()
        self._highlight = str(sender.property("key")) if inside and sender is not None else ""
        self.refresh()

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw all curves anew."""
        lows: list[float] = []
        highs: list[float] = []
        for key, series in self.series.items():
            if not self.rows[key].isChecked():
                self.plot.hide_curve(f"{key}:raw")
                self.plot.hide_curve(f"{key}:smooth")
                continue
            colour, ground = self._colour(key), self.theme.plot_background
            other = bool(self._highlight) and self._highlight != key
            faint = blended(colour, ground, 0.12 if other else 0.35)
            full = blended(colour, ground, 0.35 if other else 1.0)
            self.plot.set_curve(f"{key}:raw", series.x, series.y, faint)
            self.plot.set_curve(f"{key}:smooth", series.x, series.smooth, full,
                                width=2 if self._highlight == key else 1, z=1)
            bounds = series.bounds(positive=self.logarithmic)
            if bounds is not None:
                lows.append(math.log10(bounds[0]) if self.logarithmic else bounds[0])
                highs.append(math.log10(bounds[1]) if self.logarithmic else bounds[1])
        if self.baseline is not None:
            lows.append(self.baseline)
            highs.append(self.baseline)
        if lows:
            self._range = stable_range(self._range, min(lows), max(highs), minimum=0.3 if self.logarithmic else 1e-3)
            low, high = self._range
            if any(metric.unit == "%" for metric in self.metrics):
                low, high = max(low, 0.0), min(high, 100.0 + 0.02 * (100.0 - max(low, 0.0)))
            # Air at both ends: the first and the last point don't lie on the frame.
            self.plot.set_ranges((-0.004 * self._end, 1.012 * self._end), (low, high))
        self._show_values()

    def _show_values(self) -> None:
        """Values in the legend: at the cross-hair, else the last ones."""
        marks = Marks()
        if self.baseline is not None:
            marks.baseline = math.log10(self.baseline) if self.logarithmic and self.baseline > 0 else self.baseline
            marks.baseline_text = self.tr("float {0}").format(value_text(self.baseline, "%"))
        marks.cursor = self._cursor
        for key, series in self.series.items():
            row = self.rows[key]
            if self._cursor is None:
                index: int | None = len(series) - 1
            else:
                inside = len(series) and series.x[0] - 1 <= self._cursor <= self._end
                index = series.at(self._cursor) if inside else None
            if index is None or index < 0:
                row.set_value(None)
                continue
            row.set_value(float(series.y[index] if self._cursor is not None else series.smooth[index]))
            if not row.isChecked():
                continue
            value = float(series.smooth[index])
            if self.logarithmic and value <= 0:
                continue
            point = (float(series.x[index]), math.log10(value) if self.logarithmic else value, self._colour(key))
            (marks.ends if self._cursor is None else marks.cursor_points).append(point)
        self.plot.set_marks(marks)
        step = "" if self._cursor is None else self.tr("step {0}").format(round(self._cursor))
        self._where.setText(step or self.tr("last, smoothed"))
