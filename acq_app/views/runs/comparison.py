"""Up to six runs side by side: curves over each other, figures with bars, and the settings that differ."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import metric_words, setting_words
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.settings.fields import field_specs
from acq_app.settings.fields import value_text as setting_text
from acq_app.views.results.figures import signed
from acq_app.views.shared.axes import bytes_text, latency_text, stable_range, value_text
from acq_app.views.shared.curves import smoothed
from acq_app.views.shared.history import Look
from acq_app.views.shared.looks import ClassBox, LooksSideBySide, NamedLook
from acq_app.views.shared.marks import MarkLegend
from acq_app.views.shared.plot_state import Marks
from acq_app.views.shared.plotting import Plot, blended
from acq_app.views.shared.smoothing import SpanBox
from acq_app.views.runs.rows import RunDetail, differing, short_names
from acq_app.widgets.labels import muted
from acq_app.widgets.segmented import Segmented
from acq_app.widgets.taking_away import PictureAway, TableAway
from acq_engine.events import METRIC_BY_KEY, METRICS

MAX_RUNS = 6
METHOD = "method"  # of the settings; its values are abbreviations
LATENCY_FIGURE = 2  # its place among the figures
PLAIN = {"": None, "True": True, "False": False}  # values as a settings file has them, to what is said in words


class RunBars(QWidget):
    """Accuracy, size and latency of each run as bars, in the runs' colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.details: Sequence[RunDetail] = ()
        self.setAccessibleName(self.tr("Accuracy, size and latency of the compared runs"))

    def figures(self) -> list[tuple[str, list[tuple[str, float | None]]]]:
        """For each figure its name, and for each run its text and the bar's length, 0..1."""
        rows = [detail.row for detail in self.details]
        measured = any(row.student_top1 is not None for row in rows)
        percent = [row.student_top1 if measured else row.agreement for row in rows]
        title = self.tr("quantized top-1") if measured else self.tr("agreement")  # without test images
        accuracy = [(value_text(value, "%") + _change(value, percent[0] if number else None), value)
                    for number, value in enumerate(percent)]
        size = [(bytes_text(row.exported_bytes), row.exported_bytes) for row in rows]
        latency = [(latency_text(row.latency_ms, row.latency_range), row.latency_ms) for row in rows]
        return [(title, _bars(accuracy, 100.0)), (self.tr("size"), _bars(size)),
                (self.tr("latency"), _bars(latency, self._slowest()))]

    def _slowest(self) -> float:
        """The end of the latency's scale, in milliseconds: no range is cut off."""
        rows = [detail.row for detail in self.details]
        ends = [row.latency_range[1] for row in rows if row.latency_range is not None]
        return max([row.latency_ms or 0.0 for row in rows] + ends, default=0.0)

    def show_runs(self, details: Sequence[RunDetail]) -> None:
        self.details = details
        self.updateGeometry()
        self.update()

    def _row(self) -> int:
        return self.fontMetrics().height() + 2

    def _figures_width(self) -> int:
        ranges = any(detail.row.latency_range is not None for detail in self.details)
        longest = "10.00 ms (10.00\u201310.00)" if ranges else "100.0 %  (\u2212100.0)"
        return self.fontMetrics().horizontalAdvance(longest) + GRID

    def sizeHint(self) -> QSize:
        return QSize(200 + self._figures_width(), 3 * ((len(self.details) + 1) * self._row() + GRID))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, y = QPainter(self), 0.0
        for figure, (name, rows) in enumerate(self.figures()):
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(0, y, self.width(), self._row()), Qt.AlignmentFlag.AlignVCenter, name)
            y += self._row()
            for number, (text, part) in enumerate(rows):
                track = QRectF(0, y + 3, self.width() - self._figures_width(), self._row() - 6)
                painter.fillRect(track, QColor(self.theme.plot_grid))
                whole = track.width()
                if part is not None:
                    track.setWidth(whole * part)
                    painter.fillRect(track, QColor(self.theme.curves[number]))
                if figure == LATENCY_FIGURE:
                    self._draw_range(painter, track, whole, self.details[number].row.latency_range)
                painter.setPen(QColor(self.theme.text))
                painter.drawText(QRectF(0, y, self.width(), self._row()),
                                 Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
                y += self._row()
            y += GRID

    def _draw_range(self, painter: QPainter, bar: QRectF, whole: float, ends: tuple[float, float] | None) -> None:
        """From the 10th to the 90th percentile, across the end of a bar."""
        slowest = self._slowest()
        if ends is None or not slowest:
            return
        left, right = (bar.left() + whole * end / slowest for end in ends)
        middle, half = bar.center().y(), bar.height() / 2
        painter.setPen(QPen(QColor(self.theme.text), 1.5))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for x in (left, right):
            painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))


def _change(value: float | None, first: float | None) -> str:
    """How far a percentage is above the first run's."""
    return "" if value is None or first is None else f"  ({signed(value - first)})"


def _bars(values: Sequence[tuple[str, float | None]], whole: float | None = None) -> list[tuple[str, float | None]]:
    """Texts with the lengths of their bars; the largest value, or `whole`, has length 1."""
    top = whole or max((value for _, value in values if value is not None), default=0.0)
    return [(text, None if value is None or not top else value / top) for text, value in values]


class RunCompare(QWidget):
    """The page that compares runs."""

    closed = Signal()
    errorRaised = Signal(object)  # AcqError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.details: Sequence[RunDetail] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HALF)
        head = QHBoxLayout()
        back = QToolButton()
        back.setText(self.tr("← All runs"))
        back.setAutoRaise(True)
        back.clicked.connect(self.closed)
        self.metric_box = QComboBox()
        self.metric_box.setAccessibleName(self.tr("Curve compared"))
        self.metric_box.setToolTip(self.tr("Curve to compare"))
        self.metric_box.currentIndexChanged.connect(self._draw_anew)
        self._key = QLabel()
        self._key.setTextFormat(Qt.TextFormat.RichText)
        self._key.setWordWrap(True)
        policy = self._key.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the buttons keep their places
        self._key.setSizePolicy(policy)
        head.addWidget(back)
        head.addWidget(self._choice())
        head.addWidget(self.metric_box)
        self.span_box = SpanBox()
        self.span_label = self.span_box.label()
        self.span_box.valueChanged.connect(self._draw)
        head.addWidget(self.span_label)
        head.addWidget(self.span_box)
        head.addSpacing(GRID)
        head.addWidget(self._key, 1)
        layout.addLayout(head)
        self.plot = Plot()
        self.plot.setAccessibleName(self.tr("One curve of every compared run"))
        self.plot.ownRangeAsked.connect(self._draw)
        self.plot.hovered.connect(self._point_at)
        self._cursor: float | None = None
        self.bars = RunBars()
        middle = QHBoxLayout()
        middle.setSpacing(2 * GRID)
        middle.addWidget(self.plot, 1)
        middle.addWidget(self.bars, 0, Qt.AlignmentFlag.AlignTop)
        figures = QWidget()
        curves = QVBoxLayout(figures)
        curves.setContentsMargins(0, 0, 0, 0)
        curves.setSpacing(HALF)
        curves.addLayout(middle, 3)
        self._caption = QLabel()
        curves.addWidget(self._caption)
        self.differences = QTableWidget()
        self.differences.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.differences.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.differences.setShowGrid(False)
        self.differences.setFrameShape(QTableWidget.Shape.NoFrame)
        self.differences.setAccessibleName(self.tr("Settings that differ between the runs"))
        self.differences.verticalHeader().hide()
        curves.addWidget(self.differences, 2)
        TableAway(self.differences, self.tr("Settings that differ"), self.errorRaised.emit)
        PictureAway(self.plot, self.tr("Runs compared"), self.errorRaised.emit)
        PictureAway(self.bars, self.tr("Figures compared"), self.errorRaised.emit)
        self.pages = QStackedWidget()
        self.pages.addWidget(figures)
        self.pages.addWidget(self._samples_page())
        layout.addWidget(self.pages, 1)

    def _choice(self) -> Segmented:
        """Figures or samples."""
        self.shown_box = Segmented((
            ("curves", self.tr("Curves"), self.tr("Curves, figures and settings of the runs")),
            ("samples", self.tr("Samples"), self.tr("Samples, attention and attention centres of the runs"))))
        self.shown_box.set_value("curves")
        self.shown_box.setMaximumWidth(self.shown_box.sizeHint().width())
        self.shown_box.setAccessibleName(self.tr("What is compared"))
        self.shown_box.chosen.connect(self._choose)
        return self.shown_box

    def _samples_page(self) -> QWidget:
        self.samples = LooksSideBySide()
        self.samples.errorRaised.connect(self.errorRaised)
        self.class_box = ClassBox()
        self.class_box.setAccessibleName(self.tr("Class of the samples compared"))
        self.class_box.chosen.connect(self.samples.set_label)
        self.legend = MarkLegend()
        self.samples_note = muted(wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.class_box)
        row.addWidget(self.legend)
        row.addWidget(self.samples_note, 1)
        scroll = QScrollArea()
        scroll.setWidget(self.samples)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addLayout(row)
        column.addWidget(scroll, 1)
        return page

    def _choose(self, key: str) -> None:
        samples = key == "samples"
        self.pages.setCurrentIndex(1 if samples else 0)
        for widget in (self.metric_box, self.span_label, self.span_box):
            widget.setVisible(not samples)
        self._key.setVisible(not samples)

    def _show_samples(self) -> None:
        """Fill the page of samples, and say whether they were made of the same."""
        shown = [detail for detail in self.details if detail.look is not None]
        rows = [NamedLook(name, detail.look, detail.row.method)
                for name, detail in zip(short_names(shown), shown, strict=True) if detail.look is not None]
        self.class_box.fill(rows, next((detail.class_names for detail in shown if detail.class_names), ()))
        self.samples.label = None
        noise = {(detail.settings.get("seed"), detail.settings.get("generator.noise_dim")) for detail in shown}
        if len(shown) < len(self.details):
            note = self.tr("Runs without samples are omitted.")
        elif len(noise) > 1:
            note = self.tr("Samples in one column have the same class; their noise differs, as seeds or noise "
                           "dimensions do.")
        else:
            note = self.tr("Samples in one column have the same noise and class.")
        self.samples_note.setText(note)
        self.samples.show_real(None)  # they were those of the runs before
        self.samples.show_looks(rows)

    def show_real(self, look: Look) -> None:
        """Show test images with their attention below the runs' samples."""
        self.samples.show_real(look)

    def show_runs(self, details: Sequence[RunDetail]) -> None:
        """Compare these runs, at most six."""
        self.details = details[:MAX_RUNS]
        known = {key for detail in self.details for key in detail.curves}
        chosen = self.metric_box.currentData()
        self.metric_box.blockSignals(True)
        self.metric_box.clear()
        for metric in METRICS:
            if metric.key in known:
                self.metric_box.addItem(f"{metric_words(metric.group)}: {metric_words(metric.label)}", metric.key)
        place = self.metric_box.findData(chosen if chosen in known else "accuracy/agreement")
        self.metric_box.setCurrentIndex(max(place, 0))
        self.metric_box.blockSignals(False)
        self.bars.show_runs(self.details)
        self._show_differences()
        self._show_samples()
        self._draw_anew()

    def set_theme(self, theme: Theme) -> None:
        self.theme = self.bars.theme = theme
        self.plot.set_theme(theme)
        self.samples.set_theme(theme)
        self.legend.set_theme(theme)
        self.bars.update()
        self._draw()

    def _draw_anew(self) -> None:
        """Another curve, or other runs: ranges that were zoomed to mean nothing any more."""
        self.plot.zoomed = False
        self._cursor = None
        self._draw()

    def _point_at(self, step: float | None) -> None:
        """Put the cross-hair at a step, or take it away."""
        self._cursor = step
        self._draw()

    def _draw(self) -> None:
        key = self.metric_box.currentData()
        for number in range(MAX_RUNS):
            for layer in ("raw", "smooth"):
                self.plot.hide_curve(f"{number}:{layer}")
        if key is None:
            self._name_runs({})
            return
        logarithmic = METRIC_BY_KEY[key].scale == "log"
        self.plot.set_logarithmic(logarithmic)
        marks, lows, highs, end = Marks(), [], [], 1.0
        marks.cursor, at_cursor = self._cursor, {}
        for number, detail in enumerate(self.details):
            if key not in detail.curves:
                continue
            x, y = detail.curves[key]
            keep = np.isfinite(y) & (y > 0) if logarithmic else np.isfinite(y)
            x, y = x[keep], y[keep]
            if not len(x):
                continue
            colour = self.theme.curves[number]
            smooth = smoothed(x, y, self.span_box.value())
            self.plot.set_curve(f"{number}:raw", x, y, blended(colour, self.theme.plot_background, 0.35))
            self.plot.set_curve(f"{number}:smooth", x, smooth, QColor(colour), z=1)
            shown, bold = (np.log10(values) if logarithmic else values for values in (y, smooth))
            if self._cursor is None:
                marks.ends.append((float(x[-1]), float(bold[-1]), colour))
            elif x[0] <= self._cursor <= x[-1]:
                nearest = int(np.abs(x - self._cursor).argmin())
                marks.cursor_points.append((float(x[nearest]), float(bold[nearest]), colour))
                at_cursor[number] = value_text(float(y[nearest]), METRIC_BY_KEY[key].unit)
            lows.append(float(shown.min()))
            highs.append(float(shown.max()))
            end = max(end, float(x[-1]))
        if lows:
            self.plot.set_ranges((-0.004 * end, 1.012 * end),
                                 stable_range(None, min(lows), max(highs), minimum=0.3 if logarithmic else 1e-3))
        self.plot.set_marks(marks)
        self._name_runs(at_cursor)

    def _name_runs(self, values: dict[int, str]) -> None:
        """The runs in their colours, each with its value at the cross-hair."""
        names = [
            f'<span style="color:{self.theme.curves[number]}">━</span>&nbsp;{escape(name)}'
            + (f"&nbsp;<b>{escape(values[number])}</b>" if number in values else "")
            for number, name in enumerate(short_names(self.details))
        ]
        self._key.setText("&nbsp;&nbsp; ".join(names))

    def _show_differences(self) -> None:
        rows = sorted(differing(self.details), key=lambda row: row[0] != METHOD)  # what decides about most others first
        self._caption.setText(
            self.tr("Settings that differ") if rows else self.tr("All settings of these runs are the same."))
        self.differences.setVisible(bool(rows))
        self.differences.clear()
        self.differences.setRowCount(len(rows))
        self.differences.setColumnCount(1 + len(self.details))
        self.differences.setHorizontalHeaderLabels([self.tr("setting"), *short_names(self.details)])
        # A settings file says "losses.class" where Python needs "class_".
        specs = {spec.path.rstrip("_"): spec for spec in field_specs().values()}
        for line, (name, values) in enumerate(rows):
            spec = specs.get(name)
            title = QTableWidgetItem(name if spec is None else setting_words(spec.title))
            title.setToolTip(name)
            self.differences.setItem(line, 0, title)
            words = setting_text if spec is None else spec.value_text
            values = [text.upper() for text in values] if name == METHOD else values
            for column, text in enumerate(values):
                self.differences.setItem(line, 1 + column, QTableWidgetItem(words(PLAIN.get(text, text))))
        self.differences.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.differences.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
