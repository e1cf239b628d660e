"""The curves of one group: raw and smoothed, with a legend that shows values and switches curves."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from acq_app.appearance.theme import Theme, load_theme
from acq_app.views.losses.legend import Legend, LegendRow
from acq_app.views.shared.axes import Range, stable_range, value_text
from acq_app.views.shared.curves import Series
from acq_app.views.shared.plot_state import Marks, PhaseBand
from acq_app.views.shared.plotting import Plot, blended
from acq_engine.events import METRIC_BY_KEY, Metric

LOW = 190  # pixels, below which a legend under the plot is left out


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
        self.baseline: float | None = None
        self.part = False  # the baseline is on the images of the interim results, which the curves are on too
        self.weights: dict[str, float] = {}  # of the losses in their total, by metric
        self.result: float | None = None  # the step that fine-tuning was taken back to
        self._span = Series()._span
        self._cursor: float | None = None
        self._highlight = ""
        self._range: Range | None = None
        self._end = 10.0
        self.logarithmic = bool(self.metrics) and all(metric.scale == "log" for metric in self.metrics)
        self.plot = Plot()
        self.plot.set_logarithmic(self.logarithmic)
        self.plot.setAccessibleName(self.tr("{0} curves by step").format(title))
        self.plot.setAccessibleDescription(self.tr(
            "Arrow keys move the crosshair from point to point, plus and minus zoom, 0 shows the whole run."))
        self.plot.hovered.connect(self.hovered)
        self.plot.ownRangeAsked.connect(self.refresh)
        self.legend = Legend(title, self.metrics)
        self.legend.toggled.connect(self.refresh)
        self.legend.hovered.connect(self._row_hovered)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.plot, 1)
        self._layout.addWidget(self.legend)

    @property
    def rows(self) -> dict[str, LegendRow]:
        """The legend's rows, by metric."""
        return self.legend.rows

    def set_narrow(self, narrow: bool) -> None:
        """The legend below the plot where there is no room beside it."""
        self.legend.set_columns(2 if narrow else 1)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low dock the curves have the room of what stands below them; the cross-hair names values too.
        below = self._layout.direction() is QBoxLayout.Direction.TopToBottom
        self.legend.setVisible(not below or self.height() >= LOW)

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
                if not self.part:
                    self.baseline = value
                continue
            if metric.key not in self.series:
                self.series[metric.key] = Series(self._span)
                self.legend.add(metric, self._colour(metric.key))
            self.series[metric.key].append(step, value)
        return any_own

    def cut(self, step: float) -> None:
        """Forget what came after a step."""
        self.result = None
        for series in self.series.values():
            series.cut(step)

    def _colour(self, key: str) -> str:
        drawn = [metric.key for metric in self.metrics if metric.key != "accuracy/float"]
        return self.theme.curves[drawn.index(key) % len(self.theme.curves)]

    def clear(self) -> None:
        """Forget everything."""
        for key in self.rows:
            for layer in ("raw", "smooth"):
                self.plot.hide_curve(f"{key}:{layer}")
        self.legend.remove_all()
        self.series.clear()
        self.baseline = self.result = None
        self.part = False
        self.weights = {}
        self._range = None
        self._end = 10.0
        self.plot.zoomed = False
        self.plot.set_marks(Marks())
        self.plot.set_bands([])

    # --- appearance --------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.plot.set_theme(theme)
        for key, row in self.rows.items():
            row.colour = self._colour(key)
        self.legend.set_theme(theme)

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

    def _row_hovered(self, key: str) -> None:
        self._highlight = key
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
            self._range = stable_range(self._range, min(lows), max(highs), minimum=self._least_span())
            low, high = self._range
            if any(metric.unit == "%" for metric in self.metrics):
                low, high = max(low, 0.0), min(high, 100.0 + 0.02 * (100.0 - max(low, 0.0)))
            # Air at both ends: the first and the last point don't lie on the frame.
            self.plot.set_ranges((-0.004 * self._end, 1.012 * self._end), (low, high))
        self._show_values()

    def _least_span(self) -> float:
        """How much the y axis shows at least, so that a single value has readable figures beside it."""
        if self.logarithmic:
            return 0.3
        return 2.0 if any(metric.unit == "%" for metric in self.metrics) else 1e-3

    def _show_values(self) -> None:
        """Values in the legend: at the cross-hair, else the last ones."""
        marks = Marks()
        if self.baseline is not None:
            marks.baseline = math.log10(self.baseline) if self.logarithmic and self.baseline > 0 else self.baseline
            marks.baseline_text = self.tr("float {0}").format(value_text(self.baseline, "%"))
        if self.result is not None:
            marks.result, marks.result_text = self.result, self.tr("result: step {0}").format(round(self.result))
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
        marks.best = self._best()
        self._show_shares()
        self.plot.set_marks(marks)
        step = "" if self._cursor is None else self.tr("step {0}").format(round(self._cursor))
        self.legend.set_where(step or self.tr("last, smoothed"))

    def _show_shares(self) -> None:
        """Of the weighted total, by the values that the legend shows."""
        parts = {key: self.weights[key] * row.value for key, row in self.rows.items()
                 if row.value is not None and row.value >= 0 and self.weights.get(key)}
        whole = sum(parts.values())
        for key, row in self.rows.items():
            row.set_share(parts[key] / whole if key in parts and whole > 0 else None)

    def _best(self) -> tuple[float, float, str] | None:
        """Where the first curve was best so far, as measured; the legend says its value."""
        key = next((metric.key for metric in self.metrics if metric.key in self.series), None)
        # A curve can have no points: a run was resumed from before its first one.
        if key is None or not len(self.series[key]) or not self.rows[key].isChecked():
            self.legend.set_best("")
            return None
        series, colour, metric = self.series[key], self._colour(key), METRIC_BY_KEY[key]
        index = int(series.y.argmax() if metric.scale == "linear" else series.y.argmin())
        x, value = float(series.x[index]), float(series.y[index])
        words = self.tr("best {0} at step {1}").format(value_text(value, metric.unit), f"{x:.0f}")
        self.legend.set_best(f'<span style="color:{colour}">\u25c7</span> {words}')
        if self.logarithmic and value <= 0:
            return None
        return x, math.log10(value) if self.logarithmic else value, colour
