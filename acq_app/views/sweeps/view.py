"""The sweeps view: a grid of settings, its plot and its table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.runs.rows import NAME_WIDTH
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import table_rows
from acq_app.views.shared.fitted_columns import GAP, FiguresDelegate, FittedColumns
from acq_app.views.sweeps.chart import SweepChart
from acq_app.views.sweeps.rows import SweepShown, figures, state_words
from acq_app.widgets.saving import ask_and_save, widget_image, widget_svg, write_bytes, write_image
from acq_app.widgets.taking_away import PictureAway, TableAway
from acq_engine.errors import StorageError
from acq_engine.events import Event


class SweepsView(View):
    """One sweep at a time. Whoever owns the view reads the folders and hands over what is in them."""

    newRequested = Signal()
    goOnRequested = Signal(str)  # path of a sweep
    openRunRequested = Signal(str)  # path of a run
    openFolderRequested = Signal(str)
    tableRequested = Signal(str, str)  # path of a sweep, file to write
    rereadRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Sweeps")
        self.sweeps: tuple[SweepShown, ...] = ()
        self.figures = figures()
        self._fitted = ("", -1)
        self.chart = SweepChart()
        self.table = QTableWidget()
        TableAway(self.table, self.tr("Sweep"), self.errorRaised.emit)
        PictureAway(self.chart, self.tr("Sweep"), self.errorRaised.emit)
        self.table.setAccessibleName(self.tr("Runs of the sweep"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setFrameShape(QTableWidget.Shape.NoFrame)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setWordWrap(False)
        self.table.setItemDelegate(FiguresDelegate(self.table))
        self._columns = FittedColumns(self.table, NAME_WIDTH)
        self.table.itemSelectionChanged.connect(self._update_buttons)
        self.table.cellDoubleClicked.connect(self._open)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, GRID, GRID, HALF)
        layout.setSpacing(GRID)
        layout.addLayout(self._head())
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.chart)
        split.addWidget(self.table)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        layout.addWidget(split, 1)
        self.content = content
        self.set_content(content, self.tr("A sweep runs a grid of settings, such as 2, 3 and 4 bits, and compares the "
                                          "results here."), table_rows)
        self.offer(self.tr("New sweep..."), self.tr("Run a grid of settings, one run after another (Ctrl+Shift+W)")
                   ).clicked.connect(self.newRequested)
        self.set_theme(self.theme)

    def _head(self) -> QVBoxLayout:
        head, row, low = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setSpacing(GRID)
        for line in (row, low):
            line.setSpacing(GRID)
            head.addLayout(line)
        self.box, self.figure_box, self.axis_box = QComboBox(), QComboBox(), QComboBox()
        self.box.setMinimumWidth(160)
        for box, name, tip in (
            (self.box, self.tr("Sweep"), self.tr("Sweep to show")),
            (self.figure_box, self.tr("Metric"), self.tr("Metric shown in the plot")),
            (self.axis_box, self.tr("Setting on the x-axis"), self.tr("Setting on the x-axis; the others become "
                                                                       "lines")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(tip)
        for figure in self.figures:
            self.figure_box.addItem(figure.title, figure.key)
        self.box.currentIndexChanged.connect(self._chosen)
        self.figure_box.currentIndexChanged.connect(self.request_refresh)
        self.axis_box.currentIndexChanged.connect(self.request_refresh)
        self.progress = QLabel()
        row.addWidget(self.box)
        row.addWidget(self.progress)
        row.addStretch(1)
        low.addWidget(self.figure_box)
        low.addWidget(QLabel(self.tr("over")))
        low.addWidget(self.axis_box)
        low.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, handler in (
            ("new", self.tr("New..."), self.newRequested), ("go", self.tr("Resume"), self._go),
            ("open", self.tr("Open run"), self._open), ("folder", self.tr("Folder"), self._folder),
            ("plot", self.tr("Save plot..."), self._save_plot), ("table", self.tr("Save table..."), self._save_table),
        ):
            button = QPushButton(text)
            button.clicked.connect(handler)
            self.buttons[key] = button
            (low if key in ("open", "plot", "table") else row).addWidget(button)
        return head

    # --- data --------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Sweeps are told by `show_sweeps`; events change nothing here."""

    def reset(self) -> None:
        """A new run does not change the sweeps."""
        self.show_content(bool(self.sweeps))

    @property
    def shown(self) -> SweepShown | None:
        """The sweep on the screen."""
        return next((sweep for sweep in self.sweeps if sweep.path == self.box.currentData()), None)

    def show_sweeps(self, sweeps: Sequence[SweepShown], path: str = "") -> None:
        """Show these; the one at `path`, else the one that was shown, else the first is on the screen."""
        wanted = path or self.box.currentData()
        self.sweeps = tuple(sweeps)
        self.box.blockSignals(True)
        self.box.clear()
        for sweep in sweeps:
            self.box.addItem(sweep.name, sweep.path)
        self.box.setCurrentIndex(max(0, self.box.findData(wanted)))
        self.box.blockSignals(False)
        self.show_content(bool(sweeps))
        self._chosen()

    def _chosen(self) -> None:
        sweep = self.shown
        along = self.axis_box.currentData()
        names = [] if sweep is None else [axis.name for axis in sweep.axes]
        self.axis_box.blockSignals(True)
        self.axis_box.clear()
        for axis in () if sweep is None else sweep.axes:
            self.axis_box.addItem(axis.title, axis.name)
        if along in names:
            self.axis_box.setCurrentIndex(names.index(along))
        elif sweep is not None:
            numbers = [place for place, axis in enumerate(sweep.axes) if axis.is_number]
            self.axis_box.setCurrentIndex(numbers[0] if numbers else 0)
        self.axis_box.blockSignals(False)
        self.request_refresh()

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        sweep = self.shown
        along = max(0, self.axis_box.currentIndex())
        self.chart.show_sweep(sweep, along, self.figures[max(0, self.figure_box.currentIndex())])
        if sweep is None:
            return
        done = sum(point.state == "succeeded" for point in sweep.points)
        self.progress.setText(self.tr("{0} of {1} runs done").format(done, len(sweep.points)))
        self._fill(sweep)
        self._update_buttons()

    def _fill(self, sweep: SweepShown) -> None:
        row = self.table.currentRow()
        heads = [self.tr("run"), *(axis.name.rpartition(".")[2] for axis in sweep.axes),
                 *(figure.title for figure in self.figures), self.tr("state")]
        done = sum(point.student_top1 is not None for point in sweep.points)
        fresh = self._fitted != (sweep.path, done)  # columns grow with what is in them
        self._fitted = (sweep.path, done)
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels([heads[0], *(head + GAP for head in heads[1:-1]), heads[-1]])
        self.table.setRowCount(len(sweep.points))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for place, point in enumerate(sweep.points):
            texts = [point.run, *point.texts, *(figure.text(point) for figure in self.figures), state_words(point)]
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(left if column in (0, len(texts) - 1) else right)
                item.setToolTip(text)
                self.table.setItem(place, column, item)
        for column in range(len(heads)):
            head = self.table.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(left if column in (0, len(heads) - 1) else right)
        if fresh:
            self._columns.fit()
        if 0 <= row < len(sweep.points):
            self.table.selectRow(row)

    def set_theme(self, theme: Theme) -> None:
        self.chart.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)
        super().set_theme(theme)

    # --- intents -----------------------------------------------------------------------------

    def _update_buttons(self) -> None:
        sweep, row = self.shown, self.table.currentRow()
        left = 0 if sweep is None else sweep.unfinished
        begun = sweep is not None and 0 <= row < len(sweep.points) and sweep.points[row].state != "waiting"
        selected = bool(self.table.selectionModel() and self.table.selectionModel().hasSelection())
        rules = {
            "new": (True, self.tr("Set up another sweep (Ctrl+Shift+W)"), ""),
            "go": (left > 0, self.tr("Add the {0} runs that are not done to the queue").format(left),
                   self.tr("Every run is done or active")),
            "open": (begun and selected, self.tr("Show the selected run with all its views (Enter)"),
                     self.tr("Select a run that has started")),
            "folder": (sweep is not None, self.tr("Show the folder of the sweep"), ""),
            "plot": (sweep is not None, self.tr("Save the plot as PNG or SVG"), ""),
            "table": (sweep is not None, self.tr("Save the table as CSV"), ""),
        }
        for key, (on, tip, reason) in rules.items():
            self.buttons[key].setEnabled(on)
            self.buttons[key].setToolTip(tip if on else reason)

    def _go(self) -> None:
        if self.shown is not None:
            self.goOnRequested.emit(self.shown.path)

    def _open(self) -> None:
        if self.buttons["open"].isEnabled() and self.shown is not None:
            self.openRunRequested.emit(self.shown.points[self.table.currentRow()].path)

    def _folder(self) -> None:
        if self.shown is not None:
            self.openFolderRequested.emit(self.shown.path)

    def _save_plot(self) -> None:
        if self.shown is not None:
            ask_and_save(self, self.tr("Save plot"), f"{self.shown.name}.png", "PNG (*.png);;SVG (*.svg)",
                         self.save_plot)

    def save_plot(self, path: str) -> None:
        """Write the plot; the name's end decides the format."""
        try:
            if path.lower().endswith(".svg"):
                write_bytes(path, widget_svg(self.chart, self.shown.name if self.shown else self.title))
            else:
                write_image(path, widget_image(self.chart))
        except StorageError as error:
            self.errorRaised.emit(error)

    def _save_table(self) -> None:
        if self.shown is not None:
            ask_and_save(self, self.tr("Save table"), f"{self.shown.name}.csv", "CSV (*.csv)",
                         partial(self.tableRequested.emit, self.shown.path))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rereadRequested.emit()  # the command line makes sweeps too

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open()
        else:
            super().keyPressEvent(event)
