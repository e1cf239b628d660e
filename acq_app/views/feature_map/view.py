"""The feature map view: where the samples lie in what the teacher sees, and how diverse they are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from acq_app.appearance.language import metric_words
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.feature_map.scatter import FeatureCanvas
from acq_app.views.samples.large import Picture
from acq_app.views.shared.base import View
from acq_app.views.shared.class_choice import ClassChoice
from acq_app.views.shared.empty import clouds
from acq_app.views.shared.history import Look
from acq_app.views.shared.sample_facts import facts
from acq_app.widgets.saving import ask_and_save, widget_image, widget_svg, write_bytes, write_image
from acq_app.widgets.taking_away import PictureAway
from acq_engine.errors import StorageError
from acq_engine.events import METRIC_BY_KEY, Event, FeaturesReady, RunStarted, SamplesReady, StepMetrics

SIDE = 260
LITTLE = 0.1  # part of the variance, below which the map misleads
MOST_MAPS = 200  # that are kept
PICTURE = 130  # with the frame that it leaves around pictures of 32 or 64 pixels


class FeatureMapView(View):
    """The looked-at samples as points, coloured by class; test images beside them where there are some."""

    animated = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Feature map")
        self._seen: FeaturesReady | None = None  # the newest
        self._history: list[FeaturesReady] = []
        self._time: float | None = None  # the step that is shown; None: the newest
        self._diversity: float | None = None
        self.canvas = FeatureCanvas()
        PictureAway(self.canvas, self.title, self.errorRaised.emit)
        self.canvas.selected.connect(self._selected)
        self.canvas.hovered.connect(self._hovered)
        self._samples: SamplesReady | None = None
        self._classes = 0  # of the model
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(self._tools())
        middle = QHBoxLayout()
        middle.setSpacing(2 * GRID)
        middle.addWidget(self.canvas, 1)
        middle.addLayout(self._side())
        layout.addLayout(middle, 1)
        self.content = content
        self.set_content(content, self.tr("Each synthetic sample appears here as a point; samples with similar teacher "
                                          "features lie close together."), clouds)
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.class_box = ClassChoice(self.tr("Classes to show"), self.tr("Show the points of chosen classes only"))
        self.class_box.changed.connect(self._class_chosen)
        self.images_box = QCheckBox(self.tr("test images"))
        self.images_box.setChecked(True)
        self.images_box.setToolTip(self.tr("Show test images too, as small hollow points; they are used only to "
                                           "measure"))
        self.images_box.toggled.connect(self._images_chosen)
        self.whole_button = QPushButton(self.tr("Show all"))
        self.whole_button.setToolTip(self.tr("Leave the zoom; the wheel zooms, dragging moves the map"))
        self.whole_button.clicked.connect(self.canvas.show_whole)
        self.whole_button.hide()
        self.canvas.zoomed.connect(self.whole_button.setVisible)
        self.step_label = QLabel()
        save = QPushButton(self.tr("Save..."))
        save.setToolTip(self.tr("Save the map as PNG or SVG"))
        save.clicked.connect(self._ask_save)
        row.addWidget(self.class_box)
        row.addWidget(self.images_box)
        row.addWidget(self.whole_button)
        row.addStretch(1)
        row.addWidget(self.step_label)
        row.addWidget(save)
        return row

    def _side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        heading = QLabel(self.tr("Diversity"))
        font = heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(HALF)
        grid.setColumnStretch(0, 1)
        self.figures: dict[str, tuple[QLabel, QLabel]] = {}
        for row, (key, name, tip) in enumerate((
            ("diversity", self.tr("pair diversity"), metric_words(METRIC_BY_KEY["health/diversity"].help)),
            ("spread", self.tr("within-class spread"),
             self.tr("Mean distance of a sample's features from the mean of its class")),
            ("authentic_spread", self.tr("spread, test images"),
             self.tr("The spread of real images; samples with a much smaller one are too similar")),
            ("distance", self.tr("Fréchet distance"),
             self.tr("Between the samples and as many test images; 0: identical distributions")),
            ("authentic_distance", self.tr("distance, test images"),
             self.tr("Between two halves of the test images: the smallest that samples can reach")),
            ("shown", self.tr("variance explained"), self.tr("Share of the samples' variance along the two axes")),
        )):
            label, value = QLabel(name), QLabel()
            for part in (label, value):
                part.setToolTip(tip)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
            self.figures[key] = (label, value)
        column.addLayout(grid)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setFixedWidth(SIDE)
        column.addWidget(self.verdict)
        column.addSpacing(GRID)
        self.picture = Picture()
        self.picture.setFixedSize(PICTURE, PICTURE)
        self.picture.setAccessibleName(self.tr("The sample of the point"))
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.caption.setFixedWidth(SIDE)
        column.addWidget(self.caption)
        column.addWidget(self.picture)
        column.addStretch(1)
        self.key = QLabel()
        self.key.setWordWrap(True)
        self.key.setFixedWidth(SIDE)
        self.key.setForegroundRole(self.key.palette().ColorRole.PlaceholderText)
        column.addWidget(self.key)
        return column

    # --- events ----------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, FeaturesReady):
            self._seen = event
            while self._history and self._history[-1].step >= event.step:  # before a resume
                self._history.pop()
            self._history.append(event)
            if len(self._history) > MOST_MAPS:
                del self._history[1:-1:2]
            self.show_content(len(event.labels) > 0)
            labels = [int(label) for label in np.unique(event.labels)]
            self.class_box.show_classes(labels, self.canvas.names, self._classes)
        elif isinstance(event, SamplesReady):
            self._samples = event
        elif isinstance(event, StepMetrics) and "health/diversity" in event.values:
            self._diversity = event.values["health/diversity"]
        elif isinstance(event, RunStarted):
            if event.resumed_from_step is None:
                self.reset()
            self.canvas.names, self._classes = event.model.class_names, event.model.num_classes
            return
        else:
            return
        self.request_refresh()

    def reset(self) -> None:
        super().reset()
        self._history, self._time = [], None
        self._seen = self._diversity = self._samples = self.picture.look = None
        self.class_box.forget()
        self.canvas.labels = None
        self.canvas.show_map(None)

    def _class_chosen(self) -> None:
        self.canvas.labels = self.class_box.labels
        self.canvas.update()

    def _images_chosen(self, on: bool) -> None:
        self.canvas.with_images = on
        self.canvas.update()

    def select_sample(self, index: int) -> None:
        self.canvas.set_current(index)
        self._show_picture(self.canvas.current)

    def _selected(self, index: int) -> None:
        self._show_picture(index)
        self.sampleSelected.emit(index)

    def _hovered(self, index: int) -> None:
        self._show_picture(index if index >= 0 else self.canvas.current)

    @property
    def shown(self) -> FeaturesReady | None:
        """The map that is shown: the newest, or that of the time that was chosen."""
        if self._time is None or not self._history:
            return self._seen
        time = self._time
        return min(self._history, key=lambda seen: abs(seen.step - time))

    def show_time(self, step: float | None) -> None:
        self._time = step
        self.request_refresh()

    def picture_of(self) -> QPixmap | None:
        """The map alone."""
        return None if self.is_empty else self.canvas.grab()

    def _show_picture(self, index: int) -> None:
        """The sample that a point stands for: under the mouse, else the selected one."""
        seen, samples = self.shown, self._samples
        there = seen is not None and 0 <= index < len(seen.labels)
        self.caption.setText(self.canvas.words(index) if there else self.tr("Hover over a point to see its sample."))
        fits = there and samples is not None and seen is not None and samples.step == seen.step
        self.picture.look = Look(samples) if fits and samples is not None else None
        self.picture.index = max(index, 0)
        self.picture.setToolTip("")
        if fits and samples is not None:
            rows = facts(samples, index, self.canvas.names)
            self.picture.setToolTip("\n".join(f"{name}: {value}" for name, value in rows))
        self.picture.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.height() >= 460
        self.picture.setVisible(room)
        self.caption.setVisible(room)

    # --- drawing ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        seen = self.shown
        if seen is None or len(seen.labels) == 0:
            return
        self.canvas.show_map(seen)
        self._show_picture(self.canvas.current)
        self.step_label.setText(self.tr("{0}, step {1}").format(seen.layer, seen.step))
        values = {"diversity": self._diversity, "spread": seen.spread, "authentic_spread": seen.authentic_spread,
                  "distance": seen.distance, "authentic_distance": seen.authentic_distance}
        for key, (label, text) in self.figures.items():
            value = values.get(key)
            words = "" if value is None else f"{value:.2f}"
            text.setText(f"{100 * seen.shown:.0f}\u202f%" if key == "shown" else words)
            for part in (label, text):
                part.setVisible(bool(text.text()))
        self.images_box.setVisible(seen.authentic is not None)
        self.verdict.setText(self.words(seen))
        self.key.setText(self.tr("Filled: synthetic samples. Small and hollow: test images; the axes are their first "
                                 "two principal components.") if seen.authentic is not None else
                         self.tr("The axes are the samples' first two principal components. With test images, the axes "
                                 "are theirs, and they are shown too."))

    def words(self, seen: FeaturesReady) -> str:
        """What the figures say, in a sentence or two; empty where there is nothing to say."""
        sentences = []
        if seen.shown < LITTLE:
            sentences.append(self.tr("The map shows only {0} % of the variance: distances on it mean little.").format(
                f"{100 * seen.shown:.1f}"))
        if seen.spread is not None and seen.authentic_spread:
            share = 100 * seen.spread / seen.authentic_spread
            sentences.append(self.tr(
                "Within a class, the samples spread {0} % as widely as the test images.").format(f"{share:.0f}"))
        return " ".join(sentences)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.canvas.theme = self.picture.theme = theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)
        self.canvas.update()

    # --- saving ----------------------------------------------------------------------------------

    def save(self, path: str) -> None:
        """Write the map as SVG where the name says so, else as PNG."""
        self.flush()
        try:
            if path.lower().endswith(".svg"):
                write_bytes(path, widget_svg(self.canvas, self.title))
            else:
                write_image(path, widget_image(self.canvas))
        except StorageError as error:
            self.errorRaised.emit(error)

    def _ask_save(self) -> None:
        ask_and_save(self, self.tr("Save the feature map"), "feature-map.png",
                     self.tr("PNG image (*.png);;SVG image (*.svg)"), self.save)
