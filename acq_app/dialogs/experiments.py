"""Experiments on a run's samples: what each loss of the method does, as a table and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.widgets.labels import Button, muted, set_colour, show_pixmap
from acq_app.widgets.taking_away import PictureAway, TableAway

translate = QCoreApplication.translate

NAMES = ("centres", "diversity", "consistency", "tradeoff", "features")
SAMPLES = 512
MOST_WEIGHTS = 6  # of each loss in the grid


@dataclass(frozen=True)
class Asked:
    """What is to be measured: which experiment, on how many samples, and what is trained for it."""

    name: str
    samples: int = SAMPLES
    compare: bool = False
    weights: tuple[float, ...] = (0.0, 1.0, 4.0)  # of both losses of the trade-off


@dataclass(frozen=True)
class Outcome:
    """What came out, ready to show. `picture` lies in the folder with the tables."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    about: str
    picture: Path


def titles() -> dict[str, tuple[str, str]]:
    """Each experiment's title and question, in the user's language."""
    return {
        "centres": (translate("Experiments", "Attention centres"),
                    translate("Experiments", "Do attention centres match their targets?")),
        "diversity": (translate("Experiments", "Diversity"),
                      translate("Experiments", "Does the pair loss keep samples of one class different?")),
        "consistency": (translate("Experiments", "Eval/train consistency"),
                        translate("Experiments", "Do the consistency penalties make eval and train mode agree?")),
        "tradeoff": (translate("Experiments", "Centre against pair loss"),
                     translate("Experiments", "How do the centre loss and the pair loss trade off?")),
        "features": (translate("Experiments", "Samples against real images"),
                     translate("Experiments", "How far are samples from real images in the teacher's features?")),
    }


class Picture(QLabel):
    """A picture as wide as there is room, and never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setMinimumSize(1, 1)

    def show_file(self, path: Path) -> None:
        """Show the picture in a file."""
        self._whole = QPixmap(str(path))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(60 * GRID, self.heightForWidth(60 * GRID))

    def hasHeightForWidth(self) -> bool:
        return not self._whole.isNull()

    def heightForWidth(self, width: int) -> int:
        if self._whole.isNull():
            return 0
        width = min(width, self._whole.width())
        return round(width * self._whole.height() / self._whole.width())

    def _fit(self) -> None:
        if not self._whole.isNull():
            width = min(self.width(), self._whole.width())
            show_pixmap(self, self._whole.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
            self.updateGeometry()


class ExperimentDialog(QDialog):
    """Asks what to measure, says what that costs, shows how far it is and what came out."""

    asked = Signal(object)  # Asked
    stopRequested = Signal()
    folderRequested = Signal(str)  # a file whose folder is to be shown

    def __init__(self, run: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.outcome: Outcome | None = None
        self._running = False
        self.setWindowTitle(self.tr("Experiments: {0}").format(run))
        self.resize(108 * GRID, 84 * GRID)
        self.setMinimumSize(80 * GRID, 56 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(self._form())
        column.addLayout(self._progress())
        column.addWidget(self._results(), 1)
        column.addLayout(self._low())
        self._chosen()

    # --- parts -----------------------------------------------------------------------------------

    def _form(self) -> QFormLayout:
        self.box = QComboBox()
        for name in NAMES:
            self.box.addItem(titles()[name][0], name)
        self.question = muted(wrap=True)
        self.samples = QSpinBox()
        self.samples.setRange(64, 10_000)
        self.samples.setSingleStep(64)
        self.samples.setValue(SAMPLES)
        self.samples.setGroupSeparatorShown(True)
        self.samples.setMaximumWidth(16 * GRID)
        self.compare = QCheckBox(self.tr("Train the counterpart without the loss, and compare"))
        self.weights = QLineEdit("0, 1, 4")
        self.weights.setMaximumWidth(30 * GRID)
        self.weights.setToolTip(self.tr("Weights of both losses, with commas between; every combination is trained"))
        self.cost = muted(small=True, wrap=True)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(HALF)
        form.addRow(self.tr("Experiment"), self.box)
        form.addRow("", self.question)
        form.addRow(self.tr("Samples"), self.samples)
        form.addRow(self.tr("Weights"), self.weights)
        form.addRow("", self.compare)
        form.addRow("", self.cost)
        self.form = form
        self.box.currentIndexChanged.connect(self._chosen)
        self.compare.toggled.connect(self._say_cost)
        self.weights.textChanged.connect(self._say_cost)
        return form

    def _progress(self) -> QHBoxLayout:
        self.start = Button(self.tr("Measure"))
        self.start.set_theme(self.theme)
        self.start.setMinimumHeight(4 * GRID)
        self.start.setMinimumWidth(14 * GRID)
        self.start.setDefault(True)
        self.start.clicked.connect(self._start_or_stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        self.doing = muted()
        right = QVBoxLayout()
        right.setSpacing(HALF)
        right.addWidget(self.doing)
        right.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.start)
        row.addLayout(right, 1)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the button keeps its place
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        return row

    def _results(self) -> QScrollArea:
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("Measured figures"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.verticalHeader().hide()
        self.away = TableAway(self.table, self.tr("Experiment"))
        self.picture, self.notes = Picture(), muted(wrap=True, small=True)
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        PictureAway(self.picture, self.tr("Experiment"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.table, self.notes, self.picture):
            column.addWidget(widget)
            widget.hide()
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        scroll.setAccessibleName(self.tr("Results"))
        return scroll

    def _low(self) -> QHBoxLayout:
        self.folder = QPushButton(self.tr("Show in folder"))
        self.folder.setToolTip(self.tr("Tables as CSV, the plot, and all figures as JSON"))
        self.folder.clicked.connect(self._show_folder)
        self.copy_button = QPushButton(self.tr("Copy table"))
        self.copy_button.clicked.connect(self.copy)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.folder, self.copy_button):
            button.setEnabled(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        for button in (self.folder, self.copy_button, close):
            button.setAutoDefault(False)
            button.setMinimumHeight(4 * GRID)
        return row

    # --- choosing --------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Offer this experiment, unless one goes on."""
        if not self._running:
            self.box.setCurrentIndex(NAMES.index(name))

    @Slot()
    def _chosen(self) -> None:
        name = self.box.currentData()
        self.question.setText(titles()[name][1])
        self.form.setRowVisible(self.weights, name == "tradeoff")
        self.form.setRowVisible(self.compare, name in ("centres", "diversity", "consistency"))
        self._say_cost()

    def _weights(self) -> tuple[float, ...] | None:
        """The weights of the grid; None where they are none."""
        try:
            values = tuple(dict.fromkeys(float(part) for part in self.weights.text().split(",")))
        except ValueError:
            return None
        return values if len(values) <= MOST_WEIGHTS and all(0 <= value <= 100 for value in values) else None

    @Slot()
    def _say_cost(self) -> None:
        name, weights = self.box.currentData(), self._weights()
        wrong = name == "tradeoff" and weights is None
        if wrong:
            text = self.tr("One to {0} weights from 0 to 100, with commas between.").format(MOST_WEIGHTS)
        elif name == "tradeoff":
            text = self.tr("Generators to train: {0}, each as long as the run's own was.").format(
                len(weights or ()) ** 2)
        elif name != "features" and self.compare.isChecked():
            text = self.tr("One more generator is trained, as long as the run's own was.")
        elif name == "features":
            text = self.tr("Measured on the run's own generator and on its test images; nothing is trained.")
        else:
            text = self.tr("Measured on the run's own generator; nothing is trained.")
        self.cost.setText(text)
        set_colour(self.cost, self.theme.warning if wrong else "")
        self.start.setEnabled(not wrong)
        self.start.set_bright(not wrong)

    # --- measuring -------------------------------------------------------------------------------

    @Slot()
    def _start_or_stop(self) -> None:
        if self._running:
            self.start.setEnabled(False)
            self.doing.setText(self.tr("Stopping..."))
            self.stopRequested.emit()
            return
        name = self.box.currentData()
        self.asked.emit(Asked(name, self.samples.value(), self.compare.isChecked() and name != "features",
                              self._weights() or ()))

    def show_progress(self, title: str, done: int, total: int) -> None:
        """How far it is; `total` 0: nothing is counted."""
        if not self._running:
            self._set_running(True)
        if self.start.isEnabled():  # else it is being stopped
            self.doing.setText(self.tr("{0}: step {1} of {2}").format(title, done, total) if total
                               else self.tr("Measuring..."))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _set_running(self, running: bool) -> None:
        self._running = running
        for widget in (self.box, self.samples, self.compare, self.weights):
            widget.setEnabled(not running)
        self.start.setText(self.tr("Stop") if running else self.tr("Measure"))
        self.start.set_bright(not running)
        self.start.setEnabled(True)
        self.bar.setVisible(running)
        if not running:
            self.doing.clear()

    def show_outcome(self, outcome: Outcome | None) -> None:
        """It has ended; None: stopped, or failed. What was measured before stays."""
        self._set_running(False)
        if outcome is None:
            return
        self.outcome = outcome
        self.doing.setText(self.tr("Done: {0}").format(titles()[outcome.name][0]))
        self.table.setColumnCount(len(outcome.heads))
        self.table.setRowCount(len(outcome.rows))
        self.table.setHorizontalHeaderLabels(outcome.heads)
        for row, cells in enumerate(outcome.rows):
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, place, item)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        rows = self.table.horizontalHeader().height() + sum(map(self.table.rowHeight, range(len(outcome.rows))))
        self.table.setFixedHeight(rows + 2 * GRID)
        self.notes.setText("\n".join((*outcome.notes, outcome.about)))
        self.picture.show_file(outcome.picture)
        for widget in (self.table, self.notes, self.picture):
            widget.show()
        for button in (self.folder, self.copy_button):
            button.setEnabled(True)

    # --- taking away -----------------------------------------------------------------------------

    @Slot()
    def copy(self) -> None:
        """Put the table on the clipboard, with tabs between."""
        self.away.copy()

    @Slot()
    def _show_folder(self) -> None:
        if self.outcome is not None:
            self.folderRequested.emit(str(self.outcome.picture))
