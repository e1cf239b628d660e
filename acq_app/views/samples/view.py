"""The samples view: what the generator makes, and how well teacher and student recognise it."""

from __future__ import annotations

from typing import cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.samples.grid import SampleGrid
from acq_app.views.samples.health_strip import WATCHED, HealthStrip
from acq_app.views.samples.large import SampleLarge
from acq_app.views.shared.base import View
from acq_app.views.shared.class_choice import ClassChoice
from acq_app.views.shared.empty import tiles_with_centres
from acq_app.views.shared.history import Look, LookHistory
from acq_app.views.shared.marks import MarkLegend, distances
from acq_app.views.shared.sample_facts import SortKey, facts, ordered
from acq_app.widgets.saving import ask_and_save, write_image
from acq_app.widgets.taking_away import PictureAway
from acq_engine.errors import StorageError
from acq_engine.events import AttentionReady, Event, RunStarted, SamplesReady, StepMetrics

NARROW = 380  # pixels, below which the row of tools gets shorter
LOW = 220  # pixels, below which what stands under the samples is left out


class SamplesView(View):
    """Synthetic samples in a grid; one of them large, with attention and history."""

    animated = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Samples")
        self.class_names: tuple[str, ...] = ()
        self._classes = 0  # of the model
        self.history = LookHistory()
        self._time: float | None = None  # the step that is shown; None: the newest
        self._health: dict[str, float] = {}
        self._report: StepMetrics | None = None
        self.grid = SampleGrid(self.words_of, self.hover_words)
        self.large = SampleLarge(self.history)
        self.pages = QStackedWidget()
        grid_page = QWidget()
        inner = QVBoxLayout(grid_page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(HALF)
        inner.addLayout(self._tools())
        inner.addWidget(self.grid, 1)
        self.pages.addWidget(grid_page)
        self.pages.addWidget(self.large)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, HALF, GRID, HALF)
        layout.setSpacing(HALF)
        layout.addWidget(self.pages, 1)
        layout.addLayout(self._foot())
        self.content = content
        self.set_content(content, self.tr(
            "Synthetic samples appear here. Ring: target attention centre; dot: measured one."
        ), tiles_with_centres)
        self.grid.selected.connect(self._selected)
        self.grid.opened.connect(self.open_large)
        PictureAway(self.grid, self.title, self.errorRaised.emit)
        PictureAway(self.large.picture, self.title, self.errorRaised.emit)
        self.large.closed.connect(self.close_large)
        self.large.moved.connect(self._move)
        self.large.timeMoved.connect(self.timeShown)
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self.class_box = ClassChoice(self.tr("Classes shown"), self.tr("Show the samples of chosen classes only"))
        self.sort_box = QComboBox()
        self.sort_box.setToolTip(self.tr("Order of the samples; largest error or lowest confidence first"))
        self.sort_box.setAccessibleName(self.tr("Order of the samples"))
        for text, key in (
            (self.tr("Unsorted"), "made"), (self.tr("Centre error"), "centre"),
            (self.tr("Confidence"), "confidence"), (self.tr("Disagreement"), "disagreement"),
        ):
            self.sort_box.addItem(text, key)
        # An order that can't be read in full says nothing; classes may have any names, and give way.
        self.sort_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.class_box.changed.connect(self._reorder)
        self.sort_box.currentIndexChanged.connect(self._reorder)
        self.sort_box.currentIndexChanged.connect(self._fit_order)
        self.marks_box = QCheckBox(self.tr("markers"))
        self.marks_box.setChecked(True)
        self.marks_box.setAccessibleName(self.tr("markers"))
        self.marks_box.setToolTip(self.tr("Draw the attention centres on the samples"))
        self.marks_box.toggled.connect(self._set_marks)
        self._step = QLabel()
        save = self._save = QToolButton()
        save.setText(self.tr("Save"))
        save.setAutoRaise(True)
        save.setToolTip(self.tr("Save the grid as an image (PNG)"))
        save.clicked.connect(self._ask_save)
        for widget in (self.class_box, self.sort_box, self.marks_box):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._step)
        row.addWidget(save)
        return row

    def _foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        self.strip = HealthStrip()
        self.legend = MarkLegend()
        self._odd = QLabel()
        self._odd.setToolTip(self.tr("Marked corner: the class that teacher or student predicts differs from the "
                                     "target"))
        self._odd.setForegroundRole(self._odd.palette().ColorRole.PlaceholderText)
        self._odd.setTextFormat(Qt.TextFormat.RichText)
        marks = QHBoxLayout()
        marks.setSpacing(GRID)
        marks.addWidget(self.legend)
        marks.addStretch(1)
        marks.addWidget(self._odd)
        column.addLayout(marks)
        column.addWidget(self.strip)
        return column

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, SamplesReady):
            self.history.add_samples(event)
            self._know_labels(event)
            if self.is_empty:
                self.show_content()
        elif isinstance(event, AttentionReady):
            if not self.history.add_attention(event):
                return
        elif isinstance(event, StepMetrics):
            self._report = event
            fresh = {key: event.values[key] for key in WATCHED if key in event.values}
            if not fresh:
                return
            self._health.update(fresh)
        elif isinstance(event, RunStarted):
            if event.resumed_from_step is None:
                self.reset()
            self.class_names = self.large.class_names = self.grid.class_names = event.model.class_names
            self._classes = event.model.num_classes
            return
        else:
            return
        self.request_refresh()

    def reset(self) -> None:
        super().reset()
        self.history.clear()
        self._time = None
        self._health.clear()
        self._report = None
        self.strip.clear()
        self.grid.samples = None
        self.grid.current = -1
        self.class_box.forget()
        self.large.picture.layer = ""
        self.large.refresh()
        self._show_grid()  # without the focus: a run of the queue may begin while somebody types elsewhere

    def _know_labels(self, samples: SamplesReady) -> None:
        labels = [int(label) for label in np.unique(samples.labels)]
        self.class_box.show_classes(labels, self.class_names, self._classes)

    # --- drawing -----------------------------------------------------------------------------

    @property
    def samples(self) -> SamplesReady | None:
        """The samples that are shown: the newest, or those of the time that was chosen."""
        look = self._look
        return None if look is None else look.samples

    @property
    def _look(self) -> Look | None:
        if not len(self.history):
            return None
        return self.history.looks[-1 if self._time is None else self.history.nearest(self._time)]

    def refresh(self) -> None:
        samples = self.samples
        if samples is None:
            return
        self.grid.show_samples(samples, self._order(samples))
        self.legend.set_with_asked(samples.asked is not None)
        self._step.setText(self.tr("step {0}").format(samples.step))
        if self.pages.currentWidget() is self.large:
            self.large.refresh()
        # What the run reports is of the newest samples alone; earlier ones are not judged.
        newest = self._time is None
        self.strip.show_values(self._measured(samples) | (self._health if newest else {}),
                               self._report if newest else None)

    @staticmethod
    def _measured(samples: SamplesReady) -> dict[str, float]:
        """What the shown samples themselves tell, until the run reports more."""
        values = {"health/class": 100 * float(np.mean(samples.teacher_class == samples.labels))}
        error = distances(samples.asked, samples.measured)
        if error is not None:
            values["health/centre_error"] = float(error.mean())
        return values

    def _order(self, samples: SamplesReady) -> list[int]:
        return ordered(samples, self.class_box.labels, cast(SortKey, self.sort_box.currentData()))

    def _reorder(self) -> None:
        self.request_refresh()
        self.flush()

    def _set_marks(self, on: bool) -> None:
        self.grid.set_marks(on)
        self.large.picture.with_marks = on

    def words_of(self, index: int) -> str:
        """Everything known about a sample, one line each."""
        samples = self.samples
        if samples is None:
            return ""
        look = self._look
        attention = None if look is None else look.of_layer(self.large.picture.layer)
        similarity = None if attention is None else float(attention.similarity[index])
        rows = facts(samples, index, self.class_names, similarity)
        return "\n".join(f"{name}: {value}" for name, value in rows)

    def hover_words(self, index: int) -> str:
        """The same, and what a click does."""
        return self.words_of(index) + "\n\n" + self.tr("Click or Enter: enlarge. Ctrl+click: select.")

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.grid, self.large, self.legend, self.strip):
            part.set_theme(theme)
        self._save.setIcon(icon("export", theme))
        corner = f'<span style="color:{theme.curves[1]}">◥</span> '
        self._odd.setText(corner + self.tr("prediction ≠ target"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is no room for all: the step is also in the large view, the odd corner in the tooltips.
        self._step.setVisible(self.width() >= 400)
        self._odd.setVisible(self.width() >= 430)
        self._save.setVisible(self.width() >= 300)  # a right click saves, too
        self.marks_box.setText(self.tr("markers") if self.width() >= NARROW else "")  # its tooltip says it too
        self.marks_box.setMinimumWidth(self.marks_box.sizeHint().width())
        self._fit_order()
        self.strip.set_room(self.width())
        self._share_room()

    def _fit_order(self) -> None:
        """The box is as wide as its longest line, or, in a small view, as the one that is chosen."""
        box = self.sort_box
        lines = [box.fontMetrics().horizontalAdvance(box.itemText(index)) for index in range(box.count())]
        longest, chosen = max(lines), lines[box.currentIndex()]
        width = box.sizeHint().width()
        width = width if self.width() >= NARROW else width - longest + chosen
        box.setFixedWidth(width)
        left = self.width() - width - self.marks_box.sizeHint().width() - 4 * GRID
        self.class_box.setMaximumWidth(max(40, left))  # the classes give way, if anything has to

    def _share_room(self) -> None:
        """In a small view the large picture has the strip's room; in a low one the samples have it."""
        self.strip.setVisible(self.height() >= (400 if self.pages.currentWidget() is self.large else LOW))
        self.legend.setVisible(self.height() >= LOW)

    # --- selection ---------------------------------------------------------------------------

    def select_sample(self, index: int) -> None:
        self.grid.set_current(index)
        if self.pages.currentWidget() is self.large and 0 <= index < self._count():
            self.large.show_sample(index)

    def show_layer(self, layer: str) -> None:
        self.large.show_layer(layer)

    def show_time(self, step: float | None) -> None:
        self._time = step
        self.large.show_time(step)
        self.request_refresh()

    def _count(self) -> int:
        samples = self.samples
        return 0 if samples is None else len(samples.labels)

    def _selected(self, index: int) -> None:
        self.sampleSelected.emit(index)

    def open_large(self, index: int) -> None:
        """Show a sample large."""
        self.flush()
        self.pages.setCurrentWidget(self.large)
        self._share_room()
        self.select_sample(index)
        self.large.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_sample(self, index: int) -> None:
        if not self.is_empty:
            self.large.show_attention()
            self.open_large(index)

    def close_large(self) -> None:
        """Back to the grid."""
        self._show_grid()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_grid(self) -> None:
        self.pages.setCurrentIndex(0)
        self._share_room()

    def _move(self, step: int) -> None:
        order = self.grid.order
        place = order.index(self.grid.current) + step if self.grid.current in order else 0
        if 0 <= place < len(order):
            self.select_sample(order[place])
            self.sampleSelected.emit(order[place])

    # --- saving ------------------------------------------------------------------------------

    def save(self, path: str) -> None:
        """Write the grid with its marks as PNG."""
        self.flush()
        try:
            write_image(path, self.grid.picture())
        except StorageError as error:
            self.errorRaised.emit(error)

    def _ask_save(self) -> None:
        ask_and_save(self, self.tr("Save the samples"), "samples.png", self.tr("PNG image (*.png)"), self.save)
