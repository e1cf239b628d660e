"""The runs view: every run that was made, to look up, compare, repeat or throw away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from acq_app.theme import GRID, HALF, Theme
from acq_app.views.bar_delegate import fit_columns
from acq_app.views.base import View
from acq_app.views.empty import table_rows
from acq_app.views.run_compare import MAX_RUNS, RunCompare
from acq_app.views.run_rows import SORT_ROLE, RunDetail, RunRow, RunTable
from acq_engine.events import Event


class RunsView(View):
    """A table of runs. Whoever owns the view reads the folders and hands over rows and details."""

    openRequested = Signal(str)  # path of a run
    compareRequested = Signal(list)  # paths, 2 to 6; answered by `show_comparison`
    cloneRequested = Signal(str)  # its settings are wanted for a new run
    deleteRequested = Signal(list)  # paths
    notesChanged = Signal(str, str)  # path, notes
    refreshRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Runs")
        self.table = RunTable()
        self.table.setParent(self)
        self.table.notesChanged.connect(self.notesChanged)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.table)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.proxy.setFilterKeyColumn(-1)
        self.list = QTableView()
        self.list.setModel(self.proxy)
        self.list.setAccessibleName(self.tr("Table of all runs"))
        self.list.setSortingEnabled(True)
        self.list.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setFrameShape(QTableView.Shape.NoFrame)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        self.list.horizontalHeader().setHighlightSections(False)
        self.list.horizontalHeader().setStretchLastSection(True)
        self.list.doubleClicked.connect(self._double_clicked)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.compare = RunCompare()
        self.compare.closed.connect(self._close_comparison)
        self.pages = QStackedWidget()
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        inner.addLayout(self._tools())
        inner.addWidget(self.list, 1)
        self.pages.addWidget(page)
        self.pages.addWidget(self.compare)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, GRID, GRID, HALF)
        layout.addWidget(self.pages)
        self.content = content
        self.set_content(content, self.tr("Every run is listed here with its accuracy and size, to be opened, "
                                          "compared or repeated."), table_rows)
        self._selection_changed()
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("search runs"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Text that runs must contain"))
        self.search.setToolTip(self.tr("Show runs whose name, model, state or notes contain this text"))
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(self.proxy.setFilterFixedString)
        self._count = QLabel()
        row.addWidget(self.search, 1)
        row.addWidget(self._count)
        row.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, handler in (
            ("open", self.tr("Open"), self._open), ("compare", self.tr("Compare"), self._compare),
            ("clone", self.tr("Use its settings"), self._clone), ("delete", self.tr("Delete…"), self._delete),
        ):
            button = QPushButton(text)
            button.clicked.connect(handler)
            self.buttons[key] = button
            row.addWidget(button)
        return row

    # --- data --------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Runs are told by `show_rows`; events change nothing here."""

    def reset(self) -> None:
        """A new run does not change the history."""
        self.show_content(bool(self.table.rows))

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs; those that were selected stay so."""
        chosen = set(self.selected_paths())
        others = len(rows) != len(self.table.rows)
        self.table.show_rows(rows)
        if others and rows:
            fit_columns(self.list)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number, row in enumerate(rows):
            if row.path in chosen:
                self.list.selectionModel().select(self.proxy.mapFromSource(self.table.index(number, 0)), flags)
        self._count.setText(self.tr("%n run(s)", "", len(rows)))
        self._selection_changed()
        self.show_content(bool(rows))

    def show_comparison(self, details: Sequence[RunDetail]) -> None:
        """Compare these runs."""
        self.compare.show_runs(details)
        self.pages.setCurrentWidget(self.compare)

    def selected_paths(self) -> list[str]:
        """Paths of the selected runs, from top to bottom."""
        rows = sorted(self.list.selectionModel().selectedRows(), key=QModelIndex.row)
        return [self.table.rows[self.proxy.mapToSource(index).row()].path for index in rows]

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.compare.set_theme(theme)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)

    # --- intents -----------------------------------------------------------------------------

    def _selection_changed(self) -> None:
        count = len(self.selected_paths())
        rules = {
            "open": (count == 1, self.tr("Show the run with all its views"), self.tr("Select one run to open it")),
            "compare": (2 <= count <= MAX_RUNS, self.tr("Curves, figures and settings of the selected runs"),
                        self.tr("Select 2 to 6 runs to compare them")),
            "clone": (count == 1, self.tr("Take over the run's settings for a new run"),
                      self.tr("Select one run to use its settings")),
            "delete": (count >= 1, self.tr("Move the selected runs to the trash"),
                       self.tr("Select runs to delete them")),
        }
        for key, (on, tip, reason) in rules.items():
            self.buttons[key].setEnabled(on)
            self.buttons[key].setToolTip(tip if on else reason)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._open()

    def _open(self) -> None:
        if len(self.selected_paths()) == 1:
            self.openRequested.emit(self.selected_paths()[0])

    def _compare(self) -> None:
        self.compareRequested.emit(self.selected_paths())

    def _clone(self) -> None:
        self.cloneRequested.emit(self.selected_paths()[0])

    def _delete(self) -> None:
        self.deleteRequested.emit(self.selected_paths())

    def _close_comparison(self) -> None:
        self.pages.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.pages.currentWidget() is self.compare:
            self._close_comparison()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Delete and self.selected_paths():
            self._delete()
        elif key == Qt.Key.Key_F5:
            self.refreshRequested.emit()
        else:
            super().keyPressEvent(event)
