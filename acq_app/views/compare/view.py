"""Compare images: pictures of the user's in the float and in the quantized model, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import grouped
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.settings.model_catalogue import kind_of
from acq_app.views.compare.drawing import AnswerBars, LayerBars, Triptych
from acq_app.views.compare.pictures import PictureList
from acq_app.views.compare.rows import Comparison, chosen, parting
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import three_maps
from acq_app.widgets.labels import bold, muted
from acq_app.widgets.quiet import QuietCombo, QuietSlider
from acq_app.widgets.taking_away import PictureAway
from acq_engine.events import Event, Finished

OPACITY = 60


class CompareView(View):
    """A list of pictures, and of one of them everything that tells the two networks apart.

    Whoever owns the view runs the networks: `show_progress`, `show_comparison` and `show_failure` tell how it went.
    """

    filesDropped = Signal(list)  # paths of pictures and folders
    addRequested = Signal()  # a dialog for pictures is wanted
    folderRequested = Signal()
    testSetRequested = Signal()
    samplesRequested = Signal()
    stopRequested = Signal()
    tryRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Compare images")
        self.shown: Comparison | None = None
        self.places: list[int] = []
        self.setAcceptDrops(True)
        self.content = QWidget()
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(GRID, GRID, GRID, HALF)
        layout.setSpacing(GRID)
        layout.addLayout(self._source_row())
        layout.addWidget(self._progress_row())
        self.filters = self._filter_row()
        layout.addWidget(self.filters)
        self.summary = muted(wrap=True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.summary)
        self.pages = QStackedWidget()
        self.hint = muted(self.tr(
            "Drop images or a folder here, or take the test images or the run's samples. For each image both models' "
            "predictions and attention are shown, and the layer where they part most."), wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setContentsMargins(24 * GRID, 0, 24 * GRID, 0)
        self.pages.addWidget(self.hint)
        self.pages.addWidget(self._results())
        layout.addWidget(self.pages, 1)
        self.set_content(self.content, self.tr(
            "After a run: any images in the float and in the quantized model, with both attention maps and the "
            "layer where they part."), three_maps)
        self._forget()
        self.set_theme(self.theme)

    def _source_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.buttons: dict[str, QPushButton] = {}
        sources: tuple[tuple[str, str, str, Any], ...] = (
            ("add", self.tr("Images..."), self.tr("Choose image files; they can also be dropped on this page"),
             self.addRequested),
            ("folder", self.tr("Folder..."), self.tr("Compare on all images in a folder and in the folders in it"),
             self.folderRequested),
            ("test", self.tr("Test images"), self.tr("Compare on the test images of step 5"), self.testSetRequested),
            ("samples", self.tr("Samples"), self.tr("Compare on the samples that the run kept last"),
             self.samplesRequested),
            ("try", self.tr("Try it..."), self.tr("Ask the exported file about one image"), self.tryRequested),
        )
        for key, text, tip, signal in sources:
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, asked=signal: asked.emit())
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _progress_row(self) -> QWidget:
        self.progress = QWidget()
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(GRID)
        self.bar.setAccessibleName(self.tr("Progress of the comparison"))
        self.stage = muted()
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop here, and show what was compared so far"))
        self.stop_button.clicked.connect(self.stopRequested)
        row.addWidget(self.stage)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        self.progress.hide()
        return self.progress

    def _filter_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.sort_box = QuietCombo()
        self.sort_box.setAccessibleName(self.tr("Order of the images"))
        for key, text in (("divergence", self.tr("Largest divergence first")),
                          ("attention", self.tr("Least similar attention first")),
                          ("class", self.tr("By class")), ("given", self.tr("Original order"))):
            self.sort_box.addItem(text, key)
        self.class_box = QuietCombo()
        self.class_box.setAccessibleName(self.tr("Only images of this class"))
        self.class_box.setToolTip(self.tr("The true class where it is known, otherwise the float model's prediction"))
        self.prediction_box = QuietCombo()
        self.prediction_box.setAccessibleName(self.tr("Only images with this prediction"))
        self.prediction_box.setToolTip(self.tr("Only images for which one of the models predicts this class"))
        for box in (self.sort_box, self.class_box, self.prediction_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.currentIndexChanged.connect(self._filter)
        self.flipped_box = QCheckBox(self.tr("Only flipped"))
        self.flipped_box.setToolTip(self.tr("Only images on which the two models give different predictions"))
        self.flipped_box.toggled.connect(self._filter)
        self.opacity = QuietSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(OPACITY)
        self.opacity.setMaximumWidth(96)
        self.opacity.setAccessibleName(self.tr("Opacity of the attention maps"))
        self.opacity.setToolTip(self.tr("Opacity of the attention maps"))
        self.opacity.valueChanged.connect(lambda value: self.triptych.set_opacity(value / 100))
        row.addWidget(self.sort_box, 1)
        row.addWidget(self.class_box, 1)
        row.addWidget(self.prediction_box, 1)
        row.addWidget(self.flipped_box)
        row.addStretch(1)
        row.addWidget(muted(self.tr("maps")))
        row.addWidget(self.opacity)
        return holder

    def _results(self) -> QWidget:
        self.list = PictureList()
        PictureAway(self.list.viewport(), self.title, self.errorRaised.emit)
        self.list.chosen.connect(self._show_picture)
        self.name = bold()
        self.name.setWordWrap(True)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.triptych, self.answers, self.layers = Triptych(), AnswerBars(), LayerBars()
        self.triptych.set_opacity(OPACITY / 100)
        self.attention = muted(small=True, wrap=True)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.key = muted(self.tr("Error of each layer's output, in the order of computation; line: mean over all "
                                 "images."), small=True, wrap=True)
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(GRID, 0, GRID, GRID)
        column.setSpacing(GRID)
        for part in (self.name, self.sentence, self.triptych, self.attention, self.answers,
                     bold(self.tr("Where they part")), self.why, self.layers, self.key):
            column.addWidget(part, 1 if part is self.layers else 0)
        self.detail_area = QScrollArea()
        self.detail_area.setWidgetResizable(True)
        self.detail_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.detail_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail_area.setWidget(detail)
        self.none = muted(self.tr("No image is left with this choice."), wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.right = QStackedWidget()
        self.right.addWidget(self.detail_area)
        self.right.addWidget(self.none)
        left = QWidget()
        under = QVBoxLayout(left)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(HALF)
        under.addWidget(muted(self.tr("Above: float. Below: quantized. Last: divergence."), small=True, wrap=True))
        under.addWidget(self.list, 1)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(left)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 5)
        return self.split

    # --- what is told ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """A finished run can be compared."""
        if isinstance(event, Finished) and event.state == "succeeded":
            self.show_content()

    def reset(self) -> None:
        self._forget()
        super().reset()

    def _forget(self) -> None:
        self.shown, self.places = None, []
        self.list.show_pictures(None, [])
        self.filters.hide()
        self.progress.hide()
        self.summary.hide()
        self.pages.setCurrentWidget(self.hint)

    def show_progress(self, stage: str, done: int, total: int) -> None:
        """How far the comparison is; `stage` is "", "read" or "compare"."""
        self.progress.show()
        words = {"read": self.tr("Reading image {0} of {1}"), "compare": self.tr("Comparing image {0} of {1}")}
        known = stage in words and total
        self.stage.setText(words[stage].format(grouped(done), grouped(total)) if known
                           else self.tr("Loading both models..."))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_comparison(self, shown: Comparison) -> None:
        """Show what was found."""
        self.show_content()
        self.progress.hide()
        others = self.shown is None or (self.shown.source, self.shown.names) != (shown.source, shown.names)
        self.shown = shown
        self._offer(self.class_box, self.tr("All classes"), shown.classes(),
                    self.class_box.currentData() if shown.cell is None else None)
        labels = shown.predictions()
        predicted = None if shown.cell is None or shown.cell[1] < 0 else shown.cell[1]
        self._offer(self.prediction_box, self.tr("Any prediction"),
                    labels if predicted is None else sorted({*labels, predicted}), predicted,
                    self.tr("Predicted: {0}"))
        if shown.cell is not None:
            self.flipped_box.blockSignals(True)
            self.flipped_box.setChecked(False)
            self.flipped_box.blockSignals(False)
        if others:  # a place among other images means nothing
            self.list.show_pictures(None, [])
        self.filters.show()
        self.summary.setText(self._summary(shown))
        self.summary.show()
        self.pages.setCurrentWidget(self.split)
        self._filter()

    def _offer(self, box: QComboBox, every: str, labels: list[int], wanted: int | None, words: str = "{0}") -> None:
        """Fill a box with classes and choose one; nobody is told."""
        assert self.shown is not None
        box.blockSignals(True)
        box.clear()
        box.addItem(every, None)
        for number in labels:
            box.addItem(words.format(self.shown.name_of(number)), number)
        box.setCurrentIndex(0 if wanted is None else max(0, box.findData(wanted)))
        box.blockSignals(False)

    def show_failure(self) -> None:
        """Nothing was found: what was there before stays."""
        self.progress.hide()

    def _summary(self, shown: Comparison) -> str:
        count = len(shown)
        source = {"files": self.tr("{0} images"), "test": self.tr("{0} test images"),
                  "samples": self.tr("{0} samples of the run")}[shown.source].format(grouped(count))
        if shown.in_all > count + len(shown.unread):
            source = self.tr("{0} of {1}, spread evenly").format(source, grouped(shown.in_all))
        flips = int(shown.flipped.sum())
        if shown.cell is not None:
            source = self.tr("{0} of the class {1}").format(source, shown.name_of(shown.cell[0]))
        parts = [self.tr("{0}: {1} of {2} predictions flip ({3:.1f} %).").format(
            source, grouped(flips), grouped(count), 100 * flips / count)]
        if shown.cell is not None and shown.cell[1] >= 0:
            first, second = (grouped(int(each.sum())) for each in shown.predicted_as(shown.cell[1]))
            parts.append(self.tr("Predicted as {0}: {1} by the float, {2} by the quantized model.").format(
                shown.name_of(shown.cell[1]), first, second))
        right = shown.right()
        if right is not None and shown.source != "samples":
            parts.append(self.tr("Right: float {0:.1f} %, quantized {1:.1f} %.").format(
                *(100 * each / count for each in right)))
        if shown.unread:
            parts.append(self.tr("Not readable: {0}.").format(
                ", ".join(shown.unread[:3]) + (", ..." if len(shown.unread) > 3 else "")))
        mean = parting(shown)
        parts.append(self.tr("On average the models part most in {0}.").format(shown.layers[mean.largest]))
        return " ".join(parts)

    def _filter(self) -> None:
        if self.shown is None:
            return
        self.places = chosen(self.shown, only_flipped=self.flipped_box.isChecked(),
                             label=self.class_box.currentData(), key=self.sort_box.currentData(),
                             predicted=self.prediction_box.currentData())
        self.right.setCurrentWidget(self.detail_area if self.places else self.none)
        self.list.show_pictures(self.shown, self.places)

    def _show_picture(self, place: int) -> None:
        shown = self.shown
        assert shown is not None
        self.name.setText(self._name_of(place))
        self.sentence.setText(self._sentence(place))
        self.triptych.show_picture(shown, place)
        self.answers.show_picture(shown, place)
        similarity = shown.attention_similarity()
        words = self.tr("Attention in {0}.").format(shown.layer) if similarity is None else self.tr(
            "Attention in {0}: the two maps have a cosine similarity of {1:.2f}.").format(
                shown.layer, similarity[place])
        if similarity is None:
            words += " " + self.tr("This layer is merged with another one in the quantized model, so it has no map.")
        self.attention.setText(words)
        one, mean = parting(shown, place), parting(shown)
        self.layers.show_layers(shown.layers, one, mean)
        text = self.tr("Most in {0}: its output differs by {1:.2f} % of the float output's energy.").format(
            shown.layers[one.largest], 100 * float(one.errors[one.largest]))
        if one.rise is not None and one.rise != one.largest:
            text += " " + self.tr("The difference grows most at {0}.").format(shown.layers[one.rise])
        self.why.setText(text)

    def _name_of(self, place: int) -> str:
        shown = self.shown
        assert shown is not None
        kinds = {"files": "{0}", "test": self.tr("Test image {0}"), "samples": self.tr("Sample {0}")}
        numbered = shown.source != "files" and shown.names[place].isdigit()
        name = kinds[shown.source].format(shown.names[place]) if numbered else shown.names[place]
        if shown.labels is None:
            return name
        known = self.tr("target {0}") if shown.source == "samples" else self.tr("true class {0}")
        return f"{name} · {known.format(shown.name_of(int(shown.labels[place])))}"

    def _sentence(self, place: int) -> str:
        shown = self.shown
        assert shown is not None
        first, second = (shown.name_of(int(each[place, 0])) for each in (shown.float_classes, shown.quantized_classes))
        divergence = float(shown.divergence[place])
        if shown.flipped[place]:
            return self.tr("⇄ The prediction flips from {0} to {1}; the divergence is {2:.3f} nats.").format(
                first, second, divergence)
        return self.tr("Both predict {0}; the divergence is {1:.3f} nats.").format(first, divergence)

    # --- dropping ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.is_empty and _dropped(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        if self.is_empty or not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self.filesDropped.emit(paths)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.list.set_theme(theme)
        for part in (self.triptych, self.answers, self.layers):
            part.set_theme(theme)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)


def _dropped(event: QDropEvent) -> list[Path]:
    """The pictures, folders and test sets of a drop; none where there is anything else: the window takes that."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    fits = [path for path in paths if kind_of(path) in ("image", "test_set")]
    return fits if urls and len(fits) == len(urls) else []
