"""The results view: what quantization cost, what it saved, and whether the exported file is right."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import grouped
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTION_BY_ID, EXPERIMENTS
from acq_app.run.quality import judge
from acq_app.run.state import WindowState
from acq_app.views.results.charts import ClassBars
from acq_app.views.results.figures import SUBJECTS, Figures
from acq_app.views.results.matrix import ConfusionMatrix
from acq_app.views.results.said_box import SaidBox
from acq_app.views.results.tables import Cell, Column, SearchTable, class_rows, pair_rows
from acq_app.views.results.unlabelled import WithoutTestImages
from acq_app.views.shared.axes import bytes_text
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import bars_and_table
from acq_app.views.shared.sample_facts import class_name
from acq_app.widgets.emptying import empty
from acq_app.widgets.labels import bold, muted
from acq_app.widgets.taking_away import PictureAway
from acq_engine.events import Event, RunStarted
from acq_engine.settings import Published


class ResultsView(View):
    """Accuracy, size, verification and files of a run; every figure says on what it was measured."""

    openFolderRequested = Signal(str)  # a file of the run whose folder is to be shown
    exportRequested = Signal(str)  # format of the artifact to write elsewhere
    reportRequested = Signal()
    experimentRequested = Signal(str)  # its name
    compareRequested = Signal()  # both networks on the run's samples
    layersRequested = Signal()
    imagesRequested = Signal(int, int)  # true and predicted class (-1: any) of the images behind a cell or a row

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Results")
        self.figures, self.state = Figures(), WindowState()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        self.quality, self.verified = SaidBox(), SaidBox()
        layout.addWidget(self.quality)
        layout.addSpacing(GRID)
        layout.addWidget(bold(self.tr("Float and quantized")))
        layout.addLayout(self._table())
        self.caption = muted(wrap=True)
        layout.addWidget(self.caption)
        self.published = muted(wrap=True)
        self.published.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.published)
        self.training = QLabel()
        self.training.setWordWrap(True)
        self.training.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.training)
        layout.addSpacing(GRID)
        layout.addWidget(self.verified)
        layout.addSpacing(GRID)
        self._files_heading = bold(self.tr("Files"))
        layout.addWidget(self._files_heading)
        self._files = QGridLayout()
        self._files.setHorizontalSpacing(2 * GRID)
        self._files.setVerticalSpacing(HALF)
        layout.addLayout(self._files)
        layout.addLayout(self._more())
        layout.addSpacing(GRID)
        self.charts = QWidget()
        self.charts.setLayout(self._charts())
        layout.addWidget(self.charts)
        self.tables = QTabWidget()
        self.tables.setDocumentMode(True)
        self.tables.tabBar().setAccessibleName(self.tr("Tables"))
        self.tables.tabBar().lower()  # Tab reaches it before what it shows
        self.classes = SearchTable(
            (Column(self.tr("class"), "words"), Column(self.tr("images")), Column(self.tr("float, %"), "percent"),
             Column(self.tr("quantized, %"), "percent"), Column(self.tr("change"), "change")),
            self.tr("Accuracy by class"), "classes.csv")
        self.pairs = SearchTable(
            (Column(self.tr("true class"), "words"), Column(self.tr("predicted"), "words"), Column(self.tr("float")),
             Column(self.tr("quantized")), Column(self.tr("change"), "change")),
            self.tr("Confused classes"), "confusions.csv")
        for table, title in ((self.classes, self.tr("All classes")), (self.pairs, self.tr("Confused classes"))):
            table.errorRaised.connect(self.errorRaised)
            table.opened.connect(self._row_opened)
            table.list.setToolTip(self.tr("Double-click or Enter: compare the images behind a row"))
            self.tables.addTab(table, title)
        layout.addWidget(self.tables)
        self.unlabelled = WithoutTestImages()
        self.unlabelled.errorRaised.connect(self.errorRaised)
        self.unlabelled.compareRequested.connect(self.compareRequested)
        self.unlabelled.layersRequested.connect(self.layersRequested)
        layout.addWidget(self.unlabelled)
        layout.addStretch(1)
        scroll = self.scroll_area = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.title)
        self.body = body
        self.set_content(scroll, self.tr("Accuracy before and after quantization, size, and the verification of the "
                                         "exported file appear here at the end of a run."), bars_and_table)
        self.set_theme(self.theme)

    # --- parts -------------------------------------------------------------------------------

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(HALF)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        heads = (
            (self.tr("top-1"), self.tr("Images with a correct top-1 prediction, in percent")),
            (self.tr("drop"), self.tr("How far top-1 is below the float model's, in percentage points")),
            (self.tr("agreement"), self.tr("Images with the same top-1 prediction as the float model, in percent")),
            (self.tr("size"), self.tr("Float: the float32 weights. Exported: the file. 1 kB is 1000 bytes")),
            (self.tr("latency"), self.tr("Median latency for one image in ONNX Runtime on the machine of the run, in "
                                         "milliseconds; in brackets the 10th to 90th percentile. Both files took "
                                         "turns")),
        )
        self._heads: list[QLabel] = []
        for column, (text, tip) in enumerate(heads, start=1):
            head = muted(text)
            head.setToolTip(tip)
            grid.addWidget(head, 0, column, right)
            self._heads.append(head)
            if column == 3:
                self.agreement_head = head
        names = {"float": self.tr("Float"), "student": self.tr("Quantized"), "exported": self.tr("Exported file")}
        self.cells: dict[tuple[str, int], QLabel] = {}
        big = QFont(self.font())
        big.setPointSizeF(big.pointSizeF() * 1.5)
        for row, subject in enumerate(SUBJECTS, start=1):
            grid.addWidget(QLabel(names[subject]), row, 0)
            for column, (text, tip) in enumerate(heads):
                cell = QLabel("\u2013")
                cell.setToolTip(tip)
                cell.setAccessibleName(f"{names[subject]}, {text}")
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                if column == 0:
                    cell.setFont(big)
                grid.addWidget(cell, row, column + 1, right)
                self.cells[subject, column] = cell
        self.size_note, self.speed_note = muted(), muted()
        for column, note in ((4, self.size_note), (5, self.speed_note)):
            grid.addWidget(note, 4, column, right)
        grid.setColumnStretch(6, 1)
        self.grid, self._big = grid, big
        return grid

    def _show_columns(self) -> None:
        """Without test images there is no accuracy, and no room is kept for it: agreement is the figure to read."""
        hidden = self.figures.unlabelled
        for column, head in enumerate(self._heads):
            shown = not hidden or column >= 2
            self.grid.setColumnMinimumWidth(column + 1, 72 if shown else 0)
            head.setVisible(shown)
            for subject in SUBJECTS:
                self.cells[subject, column].setVisible(shown)
                self.cells[subject, column].setFont(self._big if column == (2 if hidden else 0) else self.font())

    def _more(self) -> QHBoxLayout:
        """What else can be made of a run."""
        report, experiments = QPushButton(self.tr("Save report…")), QPushButton(self.tr("Experiments"))
        report.setToolTip(self.tr("Write the run's report as a web page (HTML) or as PDF"))
        report.clicked.connect(self.reportRequested)
        experiments.setToolTip(self.tr("Measure what the method's losses do, on the samples of this run"))
        menu = QMenu(experiments)
        for name in EXPERIMENTS:
            info = ACTION_BY_ID[f"experiment_{name}"]
            action = menu.addAction(Registry.text(info))
            action.setToolTip(Registry.tip(info))
            action.triggered.connect(partial(self.experimentRequested.emit, name))
        menu.setToolTipsVisible(True)
        experiments.setMenu(menu)
        copy = QPushButton(self.tr("Copy as Markdown"))
        copy.setToolTip(self.tr("Copy the figures, and on what they were measured, as a table for documents"))
        copy.clicked.connect(self._copy)
        self.copy_button = copy
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(report)
        row.addWidget(experiments)
        row.addStretch(1)
        return row

    def _charts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, GRID)
        row.setSpacing(3 * GRID)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(bold(self.tr("Accuracy by class, %")))
        self.bars = ClassBars()
        PictureAway(self.bars, self.tr("Accuracy by class"), self.errorRaised.emit)
        self._bars_note = muted()
        self._bars_note.setTextFormat(Qt.TextFormat.RichText)
        left.addWidget(self.bars)
        left.addWidget(self._bars_note)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(GRID)
        head = QHBoxLayout()
        head.addWidget(bold(self.tr("Confusion matrix")))
        head.addStretch(1)
        self.matrix_box = QComboBox()
        self.matrix_box.setAccessibleName(self.tr("Model of the confusion matrix"))
        for text, key in ((self.tr("Quantized"), "quantized"), (self.tr("Float"), "float"),
                          (self.tr("Difference"), "difference")):
            self.matrix_box.addItem(text, key)
        self.numbers_box = QCheckBox(self.tr("numbers"))
        self.numbers_box.setToolTip(self.tr("Write percentages into the cells, where these are large enough"))
        self.matrix = ConfusionMatrix()
        self.numbers_box.toggled.connect(self.matrix.set_with_numbers)
        self.matrix.errorRaised.connect(self.errorRaised)
        self.matrix.opened.connect(self.imagesRequested)
        head.addWidget(self.numbers_box)
        head.addWidget(self.matrix_box)
        self.matrix_box.currentIndexChanged.connect(self._matrix_chosen)
        self._cell_words = muted(wrap=True)
        self.matrix.pointed.connect(self._cell_pointed)
        right.addLayout(head)
        right.addWidget(self.matrix, 1)
        right.addWidget(self._cell_words)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        return row

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, RunStarted) and event.resumed_from_step is None:
            self.reset()
        self.state.apply(event)
        if not self.figures.take(event):
            return
        if self.is_empty and (self.figures.evaluated or self.figures.exported):
            self.show_content()
        self.request_refresh()

    def show_published(self, found: Published) -> None:
        """The paper's figure for a run like the one that is shown."""
        self.figures.published = found
        self.request_refresh()

    def reset(self) -> None:
        super().reset()
        self.figures, self.state = Figures(), WindowState()

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        figures = self.figures
        self._show_quality()
        for subject in SUBJECTS:
            for column, text in enumerate(figures.row(subject)):
                self.cells[subject, column].setText(text)
        self.caption.setText(figures.caption())
        self.published.setText(figures.published_words())
        self.published.setVisible(bool(self.published.text()))
        self.training.setText(figures.training())
        self.training.setVisible(bool(self.training.text()))
        self.agreement_head.setText(figures.agreement_words().replace(" (", "\n("))  # no wider than the figures
        self.size_note.setText(figures.size_words())
        self.speed_note.setText(figures.speed_words())
        self._show_verdict()
        self._show_columns()
        names = figures.model.class_names if figures.model else ()
        self.unlabelled.setVisible(figures.unlabelled)
        if figures.unlabelled:
            self.unlabelled.show_run(figures.compared, figures.layers, names,
                                     figures.model.num_classes if figures.model else 0)
        first, second = figures.plain, figures.quantized
        per_class = (second.per_class if second else None, first.per_class if first else None)
        self.charts.setVisible(any(values is not None for values in per_class))
        self.bars.show_values(*per_class, names)
        self.tables.setVisible(any(values is not None for values in per_class))
        counts = second.confusion if second else None
        self.classes.show_rows(class_rows(*per_class, counts, names))
        self.pairs.show_rows(pair_rows(counts, first.confusion if first else None, names))
        self.matrix.show_counts(second.confusion if second else None, first.confusion if first else None, names)
        self._cell_pointed("")
        self._show_bars_note()
        self._show_files()

    def _show_quality(self) -> None:
        quality = judge(self.state)
        self.quality.setVisible(quality is not None)
        if quality is not None:
            mark, colour = {"usable": ("check", "good"), "look": ("warning", "warning"), "poor": ("error", "bad")}[
                quality.grade]
            reason = quality.reason[:1].upper() + quality.reason[1:]
            self.quality.say(quality.word, reason, colour, self.theme, mark)
            self.quality.setAccessibleName(quality.sentence)

    def _show_verdict(self) -> None:
        passed, word, sentence = self.figures.verdict()
        sign = {True: "✓ ", False: "✗ ", None: ""}[passed]
        colour = {True: "good", False: "bad", None: "muted"}[passed]
        self.verified.say(sign + word, sentence, colour, self.theme)

    def _show_bars_note(self) -> None:
        shown, known = len(self.bars.order()), self.bars.float_values
        quantized, plain = self.tr("quantized"), self.tr("float")
        text = (f'<span style="color:{self.theme.curves[0]}">■</span> {quantized}&nbsp;&nbsp; '
                f'<b style="color:{self.theme.text}">|</b> {plain}')
        if known is not None and len(known) > shown:
            words = self.tr("the {0} of {1} classes with the largest drop")
            text += "&nbsp;&nbsp; " + words.format(shown, grouped(len(known)))
        self._bars_note.setText(text)

    def _show_files(self) -> None:
        for widget in empty(self._files):
            widget.deleteLater()
        exports = self.figures.exported
        self._files_heading.setVisible(bool(exports))
        for row, (kind, export) in enumerate(exports.items()):
            name = QLabel(PurePath(export.path).name)
            name.setToolTip(export.path)
            name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            size = QLabel(bytes_text(export.bytes))
            folder, save = QPushButton(self.tr("Open folder")), QPushButton(self.tr("Export…"))
            folder.setToolTip(self.tr("Show the file in its folder"))
            save.setToolTip(self.tr("Save a copy of the file"))
            folder.setProperty("path", export.path)
            save.setProperty("format", kind)
            folder.clicked.connect(self._folder_clicked)
            save.clicked.connect(self._save_clicked)
            for column, widget in enumerate((name, size, folder, save)):
                self._files.addWidget(widget, row, column)
        self._files.setColumnStretch(4, 1)

    def set_theme(self, theme: Theme) -> None:
        self.bars.theme = self.matrix.theme = theme
        self.unlabelled.set_theme(theme)
        for table in (self.classes, self.pairs):
            table.set_theme(theme)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.body.setPalette(palette)
        self.body.setAutoFillBackground(True)
        super().set_theme(theme)

    # --- intents -----------------------------------------------------------------------------

    def _matrix_chosen(self) -> None:
        self.matrix.set_shown(self.matrix_box.currentData())
        self._cell_pointed("")  # what was said of a cell was of the other model

    def _cell_pointed(self, words: str) -> None:
        self._cell_words.setText(words or self.tr(
            "rows: true class; columns: predicted class; hover for counts, click for the images, Ctrl and wheel to "
            "zoom"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.figures.markdown())

    def _row_opened(self, row: tuple[Cell, ...]) -> None:
        """The images of a class, or those behind a pair of classes."""
        names = self.figures.model.class_names if self.figures.model else ()
        count = self.figures.model.num_classes if self.figures.model else 0
        label_of = {class_name(names, label): label for label in range(count)}
        truth = label_of.get(str(row[0]))
        predicted = label_of.get(str(row[1])) if self.sender() is self.pairs else -1
        if truth is not None and predicted is not None:
            self.imagesRequested.emit(truth, predicted)

    def _folder_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.openFolderRequested.emit(str(sender.property("path")))

    def _save_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.exportRequested.emit(str(sender.property("format")))
