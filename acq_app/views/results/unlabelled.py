"""The part of the results that stands in for accuracy where there are no test images.

Both networks predict the same held-out images without labels. Every figure says on what, and none of them is called
accuracy.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.results.agreement import Match, On, layer_rows
from acq_app.views.results.charts import MAX_BARS, ClassBars
from acq_app.views.results.furthest import FurthestImages
from acq_app.views.results.matrix import ConfusionMatrix
from acq_app.views.results.tables import Column, SearchTable
from acq_app.views.shared.sample_facts import class_name
from acq_app.widgets.labels import bold, muted
from acq_app.widgets.segmented import Segmented
from acq_app.widgets.taking_away import PictureAway
from acq_engine.events import LayerReport, PredictionsCompared

KINDS: tuple[On, ...] = ("synthetic", "procedural")


class AgreementBars(ClassBars):
    """A bar for each class that the float model predicts: how many of its images the quantized one predicts so, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Agreement by class"))

    def order(self) -> list[int]:
        """In their own order if they all fit, else those with the least agreement first."""
        if self.values is None:
            return []
        there = np.flatnonzero(np.isfinite(self.values))
        if len(there) > MAX_BARS:
            there = there[np.argsort(self.values[there], kind="stable")[:MAX_BARS]]
        return [int(label) for label in there]

    def words(self, index: int) -> str:
        share = 0.0 if self.values is None else float(self.values[index])
        return self.tr("{0}: {1} % of the float model's predictions are the quantized model's, too").format(
            class_name(self.names, index), f"{share:.1f}")


class MatchMatrix(ConfusionMatrix):
    """Rows are the float model's predictions, columns the quantized model's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Predictions: rows are the float model's, columns the quantized model's"))

    def words(self, row: int, column: int) -> str:
        if self.counts is None:
            return ""
        return self.tr("float {0}, quantized {1}: {2} of {3}").format(
            class_name(self.names, row), class_name(self.names, column), int(self.counts[row, column]),
            int(self.counts[row].sum()))


class WithoutTestImages(QWidget):
    """Agreement on samples and on procedural images, by class, by image, and what each layer clips."""

    compareRequested = Signal()  # both networks on the run's samples, with their attention
    layersRequested = Signal()
    errorRaised = Signal(object)  # AcqError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matches: dict[On, Match] = {}
        self.names: tuple[str, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(bold(self.tr("Without test images: predictions of both models")))
        self.facts_box = QWidget()
        self.facts_box.setLayout(self._facts())
        layout.addWidget(self.facts_box)
        self.note = muted(self.tr(
            "Neither column is accuracy: the right class of these images is not known. Samples are made with the float "
            "model's own statistics, procedural images are drawn by rules and belong to no class. Held-out means that "
            "the quantized model did not learn from these images."), wrap=True)
        layout.addWidget(self.note)
        layout.addLayout(self._choice())
        self.details = QWidget()
        self.details.setLayout(self._details())
        layout.addWidget(self.details)
        layout.addWidget(self._tables())

    # --- parts -----------------------------------------------------------------------------------

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(HALF)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.kind_words = {"synthetic": self.tr("synthetic samples"), "procedural": self.tr("procedural images")}
        tips = {
            "synthetic": self.tr("Held-out samples of this run, of the kind that the model was quantized with"),
            "procedural": self.tr("Fresh images drawn by rules, such as gradients and shapes, not of the model's kind"),
        }
        rows = (
            (self.tr("Images"), self.tr("Held-out: the quantized model did not learn from them")),
            (self.tr("Same top-1 prediction"), self.tr("Images for which both models predict the same class")),
            (self.tr("95 % confidence interval"),
             self.tr("Where agreement on many more images of this kind is likely to be (Wilson's interval)")),
            (self.tr("Divergence, mean"),
             self.tr("KL divergence of the quantized from the float model's probabilities, in nats; 0 is equal")),
            (self.tr("Probability of the prediction, mean"), self.tr("Float / quantized; how sure each model is")),
        )
        self.facts: dict[tuple[On, int], QLabel] = {}
        self._heads: dict[On, QLabel] = {}
        for column, kind in enumerate(KINDS, start=1):
            head = self._heads[kind] = muted(self.kind_words[kind])
            head.setToolTip(tips[kind])
            grid.addWidget(head, 0, column, right)
        for row, (text, tip) in enumerate(rows):
            label = QLabel(text)
            label.setToolTip(tip)
            grid.addWidget(label, row + 1, 0)
            for column, kind in enumerate(KINDS, start=1):
                cell = self.facts[kind, row] = QLabel()
                cell.setToolTip(tip)
                cell.setAccessibleName(f"{text}, {self.kind_words[kind]}")
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, row + 1, column, right)
        grid.setColumnStretch(3, 1)
        return grid

    def _choice(self) -> QHBoxLayout:
        """Which images are shown below, and the ways on."""
        self.kind_box = Segmented((
            ("synthetic", self.tr("Synthetic samples"), self.tr("Predictions on held-out samples of the run")),
            ("procedural", self.tr("Procedural images"), self.tr("Predictions on images drawn by rules"))))
        self.kind_box.set_value("synthetic")
        self.kind_box.setMaximumWidth(self.kind_box.sizeHint().width())
        self.kind_box.setAccessibleName(self.tr("Images whose predictions are shown"))
        self.kind_box.chosen.connect(self._show_kind)
        self.compare_button = QPushButton(self.tr("Compare on samples"))
        self.compare_button.setToolTip(self.tr("Both models on the run's last samples, with attention and the layer at "
                                               "which they part"))
        self.compare_button.clicked.connect(self.compareRequested)
        self.layers_button = QPushButton(self.tr("All layers"))
        self.layers_button.setToolTip(self.tr("Ranges and histograms of every layer"))
        self.layers_button.clicked.connect(self.layersRequested)
        row = QHBoxLayout()
        row.addWidget(self.kind_box)
        row.addStretch(1)
        row.addWidget(self.compare_button)
        row.addWidget(self.layers_button)
        return row

    def _details(self) -> QVBoxLayout:
        self.bars, self.matrix, self.furthest = AgreementBars(), MatchMatrix(), FurthestImages()
        PictureAway(self.bars, self.tr("Agreement by class"), self.errorRaised.emit)
        PictureAway(self.furthest, self.tr("Images that differ most"), self.errorRaised.emit)
        self.matrix.errorRaised.connect(self.errorRaised)
        self.matrix.set_with_numbers(True)
        self.matrix.pointed.connect(self._pointed)
        self._cell_words = muted(wrap=True)
        self.bars_note = muted(wrap=True)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(bold(self.tr("Agreement by class of the float model, %")))
        left.addWidget(self.bars)
        left.addWidget(self.bars_note)
        left.addStretch(1)
        self.matrix_box = QWidget()
        right = QVBoxLayout(self.matrix_box)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GRID)
        right.addWidget(bold(self.tr("Float against quantized")))
        right.addWidget(self.matrix, 1)
        right.addWidget(self._cell_words)
        charts = QHBoxLayout()
        charts.setSpacing(3 * GRID)
        charts.addLayout(left, 1)
        charts.addWidget(self.matrix_box, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.furthest_heading = bold("")
        column.addWidget(self.furthest_heading)
        column.addWidget(self.furthest)
        column.addLayout(charts)
        return column

    def _tables(self) -> QTabWidget:
        self.classes = SearchTable(
            (Column(self.tr("class"), "words"), Column(self.tr("float predicts it")),
             Column(self.tr("quantized predicts it")), Column(self.tr("same, %"), "percent")),
            self.tr("Agreement by class"), "agreement.csv")
        self.pairs = SearchTable(
            (Column(self.tr("float"), "words"), Column(self.tr("quantized"), "words"), Column(self.tr("images"))),
            self.tr("Different predictions"), "different-predictions.csv")
        self.layers = SearchTable(
            (Column(self.tr("layer"), "words"), Column(self.tr("weight bits")), Column(self.tr("act. bits")),
             Column(self.tr("weight error, %"), "percent"), Column(self.tr("outputs clipped, %"), "percent"),
             Column(self.tr("weights clipped, %"), "percent")), self.tr("Layers"), "layers.csv")
        self.layers.search.setPlaceholderText(self.tr("search layers"))
        self.tables = QTabWidget()
        self.tables.setDocumentMode(True)
        self.tables.tabBar().setAccessibleName(self.tr("Tables"))
        self.tables.tabBar().lower()  # Tab reaches it before what it shows
        for table, title in ((self.layers, self.tr("Layers")), (self.classes, self.tr("All classes")),
                             (self.pairs, self.tr("Different predictions"))):
            table.errorRaised.connect(self.errorRaised)
            self.tables.addTab(table, title)
        return self.tables

    # --- contents --------------------------------------------------------------------------------

    def show_run(self, found: dict[str, PredictionsCompared], layers: LayerReport | None, names: tuple[str, ...],
                 classes: int) -> None:
        """What a run without test images found; runs of older versions only have layers.

        Args:
            found: By kind of image.
            layers: The newest report.
            names: Of the classes, or empty.
            classes: How many there are.
        """
        self.names, self._classes = names, classes
        self.matches = {kind: Match(found[kind], names) for kind in KINDS if kind in found}
        there = bool(self.matches)
        for widget in (self.facts_box, self.note, self.kind_box, self.details):
            widget.setVisible(there)
        for kind in KINDS:
            match = self.matches.get(kind)
            for row in range(5):
                self.facts[kind, row].setText("" if match is None else match.figures()[row])
            self._heads[kind].setVisible(match is not None)
            self.kind_box.button(kind).setEnabled(match is not None)
        if there and self.kind_box.value() not in self.matches:
            self.kind_box.set_value(next(iter(self.matches)))
        for tab in (1, 2):
            self.tables.setTabVisible(tab, there)
        self.layers.show_rows(layer_rows(layers))
        self._show_kind()

    def _show_kind(self) -> None:
        """The charts of the chosen kind of image."""
        match = next((match for kind, match in self.matches.items() if kind == self.kind_box.value()), None)
        if match is None:
            return
        self.bars.show_values(match.by_class(self._classes), None, self.names)
        shown, there = len(self.bars.order()), len(np.unique(match.event.float_classes))
        self.bars_note.setText("" if shown >= there else self.tr(
            "The {0} of {1} predicted classes with the least agreement.").format(shown, there))
        self.bars_note.setVisible(shown < there)
        found = match.matrix()
        self.matrix_box.setVisible(found is not None)
        if found is not None:
            self.matrix.show_counts(found[0], None, found[1])
        self._pointed("")
        apart = match.images - match.same
        self.furthest_heading.setText(
            self.tr("Images with different predictions: {0} of {1}; those that differ most come first").format(
                apart, match.images) if apart else
            self.tr("All {0} predictions are the same; the images whose probabilities differ most come first").format(
                match.images))
        self.furthest.show_match(match)
        self.classes.show_rows(match.class_rows())
        self.pairs.show_rows(match.pair_rows())

    def _pointed(self, words: str) -> None:
        self._cell_words.setText(words or self.tr(
            "rows: predicted by the float model; columns: predicted by the quantized model; percent of a row"))

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.bars.theme = self.matrix.theme = self.furthest.theme = theme
        for table in (self.classes, self.pairs, self.layers):
            table.set_theme(theme)
        self.update()
