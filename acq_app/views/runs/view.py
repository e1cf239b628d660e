"""The runs view: every run that was made, to look up, compare, repeat or throw away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import table_rows
from acq_app.views.shared.fitted_columns import FiguresDelegate, FittedColumns
from acq_app.widgets.saving import ask_and_save, table_text, write_bytes
from acq_app.views.runs.comparison import MAX_RUNS, RunCompare
from acq_app.views.runs.listing import GROUPS, HIDDEN, GroupKey, RunFilter, RunList, fill_look_menu
from acq_app.views.runs.rows import (
    FIGURES,
    NAME_WIDTH,
    NOTES,
    ORDER,
    SORT_ROLE,
    THUMBNAIL,
    RunDetail,
    RunRow,
    RunTable,
)
from acq_engine.errors import StorageError
from acq_engine.events import Event


class RunsView(View):
    """A table of runs. Whoever owns the view reads the folders and hands over rows and details."""

    openRequested = Signal(str)  # path of a run
    compareRequested = Signal(list)  # paths, 2 to 6; answered by `show_comparison`
    cloneRequested = Signal(str)  # its settings are wanted for a new run
    deleteRequested = Signal(list)  # paths
    renameRequested = Signal(str)  # path
    folderRequested = Signal(str)  # path
    notesChanged = Signal(str, str)  # path, notes
    tagsChanged = Signal(str, str)  # path, tags with commas between
    refreshRequested = Signal()
    lookChanged = Signal(list, str)  # names of the columns that are hidden (rows.COLUMNS), and how runs are grouped

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Runs")
        self.table = RunTable()
        self.table.setParent(self)
        self._out_of_date = False  # rows came while a note was being written
        self.table.notesChanged.connect(self.notesChanged)
        self.table.tagsChanged.connect(self._tags_changed)
        self.proxy = RunFilter(self)
        self.proxy.setSourceModel(self.table)
        self.proxy.setSortRole(SORT_ROLE)
        self.list = RunList()
        self.list.setModel(self.proxy)
        self.list.setAccessibleName(self.tr("Table of all runs"))
        self.list.setSortingEnabled(True)
        self.list.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setFrameShape(RunList.Shape.NoFrame)
        self.list.verticalHeader().hide()
        self.list.setIconSize(QSize(*THUMBNAIL))
        self.list.verticalHeader().setDefaultSectionSize(max(THUMBNAIL[1] + HALF, self.fontMetrics().height() + GRID))
        header = self.list.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for place, column in enumerate(ORDER):
            header.moveSection(header.visualIndex(column), place)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setWordWrap(False)
        figures = FiguresDelegate(self.list)
        for column in FIGURES:
            self.list.setItemDelegateForColumn(column, figures)
        self._columns = FittedColumns(self.list, NAME_WIDTH)
        self.grouped: GroupKey = "none"
        self.list.foldRequested.connect(self.proxy.fold)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda place: self._look_menu.popup(header.mapToGlobal(place)))
        self.set_look(HIDDEN, "none")
        self.list.doubleClicked.connect(self._double_clicked)
        self.list.itemDelegate().closeEditor.connect(self._edited, Qt.ConnectionType.QueuedConnection)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.compare = RunCompare()
        self.compare.closed.connect(self._close_comparison)
        self.compare.errorRaised.connect(self.errorRaised)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
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
        self.set_content(content, self.tr("Every run is listed here with its accuracy and size; it can be opened, "
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
        self.search.setToolTip(self.tr("Show runs that contain all of these words in name, model, state, notes or "
                                       "tags"))
        self.search.setMinimumWidth(16 * GRID)
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(self.proxy.set_words)
        self.tag_box = QComboBox()
        self.tag_box.setAccessibleName(self.tr("Only runs with this tag"))
        self.tag_box.setToolTip(self.tr("Show only runs with this tag; tags are edited in the last column"))
        self.tag_box.currentIndexChanged.connect(self._tag_chosen)
        self._count = QLabel()
        self._fill_tags()
        self.search.textChanged.connect(self._say_count)
        row.addWidget(self.search, 1)
        row.addWidget(self.tag_box)
        row.addWidget(self._count)
        row.addStretch(1)
        self.look_button = QToolButton()
        self.look_button.setText(self.tr("View"))
        self.look_button.setToolTip(self.tr("Group runs by model or sweep, and choose columns"))
        self.look_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.look_button.setAutoRaise(True)
        self._look_menu = QMenu(self.look_button)
        self._look_menu.aboutToShow.connect(self._fill_look_menu)
        self.look_button.setMenu(self._look_menu)
        row.addWidget(self.look_button)
        self.buttons: dict[str, QPushButton] = {}
        for key, text, handler in (
            ("open", self.tr("Open"), self._open), ("compare", self.tr("Compare"), self._compare),
            ("clone", self.tr("Use settings"), self._clone), ("delete", self.tr("Delete…"), self._delete),
        ):
            button = QPushButton(text)
            button.clicked.connect(handler)
            self.buttons[key] = button
            row.addWidget(button)
        return row

    # --- groups and columns -------------------------------------------------------------------

    def set_look(self, hidden: Sequence[str], group: str) -> None:
        """Hide these columns and group the runs, as it was remembered; names that are not known do nothing."""
        self.list.hide_columns(hidden)
        self.grouped = next((key for key in GROUPS if key == group), "none")
        self.table.group_by(self.grouped)
        self._columns.fit()

    def hidden_columns(self) -> list[str]:
        """Names of the columns that are not shown."""
        return self.list.hidden_columns()

    def _fill_look_menu(self) -> None:
        fill_look_menu(self._look_menu, self.table.titles, self.hidden_columns(), self.grouped, self._show_column,
                       self._group)

    def _show_column(self, number: int, on: bool) -> None:
        self.list.setColumnHidden(number, not on)
        self._columns.fit()
        self.lookChanged.emit(self.hidden_columns(), self.grouped)

    def _group(self, key: str) -> None:
        chosen = self.selected_paths()
        self.set_look(self.hidden_columns(), key)
        self._select(chosen)
        self.lookChanged.emit(self.hidden_columns(), self.grouped)

    def _select(self, paths: Sequence[str]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number, row in enumerate(self.table.rows):
            if row.path in paths:
                self.list.selectionModel().select(self.proxy.mapFromSource(self.table.index(number, 0)), flags)

    # --- data --------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Runs are told by `show_rows`; events change nothing here."""

    def reset(self) -> None:
        """A new run does not change the history."""
        self.show_content(bool(self.table.rows))

    def show_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these runs; those that were selected stay so, and so does the cursor."""
        if self.list.state() is QAbstractItemView.State.EditingState:
            self._out_of_date = True  # a note that is being written must not be lost
            return
        self._out_of_date = False
        chosen = set(self.selected_paths())
        current = self.proxy.mapToSource(self.list.currentIndex())
        on_run = current.isValid() and current.row() < len(self.table.rows)
        at = (self.table.rows[current.row()].path, current.column()) if on_run else ("", 0)
        others = len(rows) != len(self.table.rows)
        self.table.show_rows(rows)
        if others and rows:
            self._columns.fit()
        for number, row in enumerate(rows):
            if row.path == at[0]:
                self.list.selectionModel().setCurrentIndex(
                    self.proxy.mapFromSource(self.table.index(number, at[1])),
                    QItemSelectionModel.SelectionFlag.NoUpdate,
                )
        self._select(list(chosen))
        self._say_count()
        self._fill_tags()
        self._selection_changed()
        self.show_content(bool(rows))

    def _edited(self) -> None:
        if self._out_of_date:
            self.refreshRequested.emit()

    def _tag_chosen(self) -> None:
        self.proxy.set_tag(self.tag_box.currentData() or "")
        self._say_count()

    def _tags_changed(self, path: str, tags: str) -> None:
        self._fill_tags()
        self.tagsChanged.emit(path, tags)

    def _fill_tags(self) -> None:
        """Offer the tags that there are; the chosen one stays chosen while it is among them."""
        chosen = self.tag_box.currentData() or ""
        tags = sorted({tag for row in self.table.rows for tag in row.tag_list}, key=str.casefold)
        self.tag_box.blockSignals(True)
        self.tag_box.clear()
        self.tag_box.addItem(self.tr("all tags"), "")
        for tag in tags:
            self.tag_box.addItem(tag, tag)
        self.tag_box.setCurrentIndex(max(0, self.tag_box.findData(chosen)))
        self.tag_box.blockSignals(False)
        self.tag_box.setEnabled(bool(tags))
        self._tag_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refreshRequested.emit()  # other programs make runs too

    def _say_count(self) -> None:
        """How many runs there are, and how many of them the search leaves."""
        shown, there = self.proxy.found(), len(self.table.rows)
        self._count.setText(self.tr("%n run(s)", "", there) if shown == there else
                            self.tr("{0} of %n run(s)", "", there).format(shown))

    def show_comparison(self, details: Sequence[RunDetail]) -> None:
        """Compare these runs."""
        self.compare.show_runs(details)
        self.pages.setCurrentWidget(self.compare)

    def selected_paths(self) -> list[str]:
        """Paths of the selected runs, from top to bottom."""
        chosen = sorted(self.list.selectionModel().selectedRows(), key=QModelIndex.row)
        rows = [self.proxy.mapToSource(index).row() for index in chosen]
        return [self.table.rows[row].path for row in rows if row < len(self.table.rows)]

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.compare.set_theme(theme)
        self.list.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)

    # --- intents -----------------------------------------------------------------------------

    def _selection_changed(self) -> None:
        count = len(self.selected_paths())
        rules = {
            "open": (count == 1, self.tr("Show the run with all its views"), self.tr("Select one run to open it")),
            "compare": (2 <= count <= MAX_RUNS, self.tr("Curves, results and settings of the selected runs"),
                        self.tr("Select 2 to 6 runs to compare them")),
            "clone": (count == 1, self.tr("Use the run's settings for a new run"),
                      self.tr("Select one run to use its settings")),
            "delete": (count >= 1, self.tr("Move the selected runs to the trash"),
                       self.tr("Select runs to delete them")),
        }
        for key, (on, tip, reason) in rules.items():
            self.buttons[key].setEnabled(on)
            self.buttons[key].setToolTip(tip if on else reason)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable and self.list.group_of(index) is None:
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

    # --- context menu ------------------------------------------------------------------------

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """What can be done with the selected runs."""
        menu, paths = QMenu(self), self.selected_paths()
        one = len(paths) == 1
        for text, handler, on in (
            (self.tr("Open"), self._open, one), (self.tr("Compare"), self._compare, 2 <= len(paths) <= MAX_RUNS),
            (self.tr("Use settings"), self._clone, one),
            (self.tr("Rename..."), lambda: self.renameRequested.emit(paths[0]), one),
            (self.tr("Show in folder"), lambda: self.folderRequested.emit(paths[0]), one),
            (self.tr("Copy as table"), self.copy, bool(self.table.rows)),
            (self.tr("Save as CSV..."), self._ask_csv, bool(self.table.rows)),
            (self.tr("Delete…"), self._delete, bool(paths)),
        ):
            menu.addAction(text, handler).setEnabled(on)
        return menu

    def text(self, separator: str = "\t") -> str:
        """The selected runs, or all that are shown, as a table with headings."""
        header = self.list.horizontalHeader()
        columns = sorted((column for column in range(self.table.columnCount())
                          if not self.list.isColumnHidden(column)), key=header.visualIndex)
        chosen = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        lines = [[str(self.table.titles[column]) for column in columns]]
        places = [self.proxy.mapToSource(self.proxy.index(row, 0)).row()
                  for row in chosen or range(self.proxy.rowCount())]
        rows = [self.table.texts(self.table.rows[place]) for place in places if place < len(self.table.rows)]
        lines += [[row[column].replace("\u202f", " ") for column in columns] for row in rows]
        return table_text(lines, separator)

    def copy(self) -> None:
        """Put the runs on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def save(self, path: str) -> None:
        """Write the runs as CSV."""
        try:
            write_bytes(path, self.text(",").replace("\u2212", "-").encode("utf-8"))
        except StorageError as error:
            self.errorRaised.emit(error)

    def _ask_csv(self) -> None:
        ask_and_save(self, self.tr("Table of runs"), "runs.csv", self.tr("Table (*.csv)"), self.save)

    def _close_comparison(self) -> None:
        self.pages.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.pages.currentWidget() is self.compare:
            self._close_comparison()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._open()
        elif key == Qt.Key.Key_F2 and self.list.hasFocus() and self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex().siblingAtColumn(NOTES))
        elif event.matches(QKeySequence.StandardKey.Copy) and self.list.hasFocus():
            self.copy()
        elif key == Qt.Key.Key_Delete and self.list.hasFocus() and self.selected_paths():
            self._delete()
        else:
            super().keyPressEvent(event)
