"""Accuracy by class and confused classes as tables, for as many classes as there are: searched, sorted, copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QMenu, QTableView, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.results.figures import signed
from acq_app.views.shared.sample_facts import class_name
from acq_app.widgets.saving import ask_and_save, table_text, write_bytes
from acq_engine.errors import StorageError
from acq_engine.events import F32, I64

MOST_PAIRS = 200
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column: its title, and how its values are written; words stand at the left, numbers at the right."""

    title: str
    kind: str = "count"  # "words", "count", "percent" or "change"

    def text(self, value: Cell) -> str:
        """A value as it is shown."""
        if value is None:
            return "\u2013"
        if isinstance(value, str):
            return value
        if self.kind == "percent":
            return f"{value:.1f}"
        if self.kind == "change":
            return signed(value) if isinstance(value, float) else f"{value:+d}".replace("-", "\u2212")
        return str(value)


def class_rows(quantized: F32 | None, plain: F32 | None, confusion: I64 | None, names: tuple[str, ...],
               ) -> list[tuple[Cell, ...]]:
    """Class, images, float and quantized accuracy in percent, difference; classes without images are left out."""
    known = quantized if quantized is not None else plain
    if known is None:
        return []
    counts = None if confusion is None else confusion.sum(1)
    rows: list[tuple[Cell, ...]] = []
    for label in np.flatnonzero(np.isfinite(known)).tolist():
        first, second = (None if values is None else float(values[label]) for values in (plain, quantized))
        change = None if first is None or second is None else second - first
        rows.append((class_name(names, label), None if counts is None else int(counts[label]), first, second, change))
    return rows


def pair_rows(quantized: I64 | None, plain: I64 | None, names: tuple[str, ...]) -> list[tuple[Cell, ...]]:
    """True class, predicted class, how often in the float and the quantized model, and the difference.

    The pairs that became most frequent come first; at most MOST_PAIRS.
    """
    if quantized is None:
        return []
    off = quantized.copy()
    np.fill_diagonal(off, 0)
    before = None
    if plain is not None and plain.shape == off.shape:
        before = plain.copy()
        np.fill_diagonal(before, 0)
    change = off if before is None else off - before
    rows, columns = np.nonzero(off)
    order = np.lexsort((-off[rows, columns], -change[rows, columns]))[:MOST_PAIRS]
    found: list[tuple[Cell, ...]] = []
    for place in order.tolist():
        truth, seen = int(rows[place]), int(columns[place])
        first = None if before is None else int(before[truth, seen])
        second = int(off[truth, seen])
        found.append((class_name(names, truth), class_name(names, seen), first, second,
                      None if first is None else second - first))
    return found


class Rows(QAbstractTableModel):
    """Plain rows under columns."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns, self.rows = columns, list[tuple[Cell, ...]]()
        self.theme = load_theme("light")

    def show(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value, column = self.rows[index.row()][index.column()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(value)
        if role == SORT_ROLE:
            return float("-inf") if value is None else value.casefold() if isinstance(value, str) else value
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind != "words":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column.kind == "change" and isinstance(value, float):
            return QColor(self.theme.bad) if value <= -5 else None
        return None


class SearchTable(QWidget):
    """A table with a search field; Ctrl+C copies the chosen rows, or all, with tabs between."""

    errorRaised = Signal(object)  # AcqError
    opened = Signal(object)  # a row's values: it was double-clicked, or Enter was pressed

    def __init__(self, columns: Sequence[Column], name: str, file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._file = name, file
        self.rows = Rows(columns, self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.rows)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("search classes"))
        self.search.setAccessibleName(self.tr("Text that rows must contain"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(30 * GRID)
        self.search.textChanged.connect(self.proxy.setFilterFixedString)
        self.list = QTableView()
        self.list.setModel(self.proxy)
        self.list.activated.connect(self._open)
        self.list.setAccessibleName(name)
        self.list.setSortingEnabled(True)
        self.list.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(False)
        self.list.setFrameShape(QTableView.Shape.NoFrame)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + HALF)
        self.list.horizontalHeader().setHighlightSections(False)
        self.list.setMinimumHeight(26 * GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HALF)
        head = QHBoxLayout()
        head.addWidget(self.search)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show these rows, in this order until a heading is clicked."""
        self.rows.show(rows)
        self.list.resizeColumnsToContents()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.rows[self.proxy.mapToSource(index).row()])

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.rows.theme = theme
        self.list.viewport().update()

    def text(self, separator: str = "\t") -> str:
        """The chosen rows, or all that are shown, with the headings."""
        chosen = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        places = chosen or range(self.proxy.rowCount())
        lines = [[column.title for column in self.rows.columns]]
        lines += [[str(self.proxy.index(row, column).data()) for column in range(len(self.rows.columns))]
                  for row in places]
        return table_text(lines, separator)

    def copy(self) -> None:
        """Put the rows on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def save(self, path: str) -> None:
        """Write the rows as CSV."""
        try:
            write_bytes(path, self.text(",").replace("\u2212", "-").encode("utf-8"))
        except StorageError as error:
            self.errorRaised.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.copy)
        menu.addAction(self.tr("Save as CSV..."), self._ask)
        menu.popup(event.globalPos())

    def _ask(self) -> None:
        ask_and_save(self, self._name, self._file, self.tr("Table (*.csv)"), self.save)
