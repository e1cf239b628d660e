"""The table of runs as it is shown: searched, sorted, in groups that fold, and with the columns that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from acq_app.appearance.theme import GRID, load_theme
from acq_app.views.runs.rows import COLUMNS, GROUP_ROLE, RunTable

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
GroupKey = Literal["none", "model", "sweep"]
GROUPS: tuple[GroupKey, ...] = ("none", "model", "sweep")
HIDDEN = ("latency",)  # columns that are not shown until they are asked for


class RunFilter(QSortFilterProxyModel):
    """Rows with all the words and the tag that are asked for, below the heading of their group if there are groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._tag = ""
        self.folded: set[str] = set()  # groups of which only the heading is shown

    def set_words(self, text: str) -> None:
        """Only rows in which every word stands somewhere."""
        self._words = text.casefold().split()
        self.invalidate()

    def set_tag(self, tag: str) -> None:
        """Only rows with this tag; empty for all."""
        self._tag = tag
        self.invalidate()

    def fold(self, group: str) -> None:
        """Fold a group, or unfold it."""
        self.folded ^= {group}
        self.invalidate()

    def is_found(self, row: int) -> bool:
        """Whether a run has the words and the tag, folded away or not."""
        table = self.sourceModel()
        assert isinstance(table, RunTable)
        shown = table.rows[row]
        text = " ".join(table.texts(shown)).casefold()
        return all(word in text for word in self._words) and (not self._tag or self._tag in shown.tag_list)

    def found(self) -> int:
        """How many runs there are with the words and the tag."""
        table = self.sourceModel()
        return sum(self.is_found(row) for row in range(len(table.rows))) if isinstance(table, RunTable) else 0

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        table = self.sourceModel()
        if not isinstance(table, RunTable):
            return True
        heading = table.heading_at(row)
        if heading is not None:
            return any(self.is_found(member) for member in table.members(heading))
        return self.is_found(row) and table.group_at(row) not in self.folded

    def lessThan(self, left: Index, right: Index) -> bool:
        """Groups keep their order and their headings stay on top, whichever way the runs in them are sorted."""
        table = self.sourceModel()
        if not isinstance(table, RunTable) or not table.groups:
            return super().lessThan(left, right)
        upwards = self.sortOrder() == Qt.SortOrder.AscendingOrder
        groups = [table.groups.index(table.group_at(index.row())) for index in (left, right)]
        if groups[0] != groups[1]:
            return (groups[0] < groups[1]) == upwards
        headings = [table.heading_at(index.row()) is not None for index in (left, right)]
        if headings[0] != headings[1]:
            return headings[0] == upwards
        return super().lessThan(left, right)


class RunList(QTableView):
    """A table that draws a group's heading across all columns; a click or Enter on it folds the group."""

    foldRequested = Signal(str)  # a group

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")

    def hide_columns(self, hidden: Sequence[str]) -> None:
        """Hide these columns, and show all others; the first one, a run's name, always is."""
        for number, name in enumerate(COLUMNS):
            self.setColumnHidden(number, number > 0 and name in hidden)

    def hidden_columns(self) -> list[str]:
        """Names of the columns that are not shown."""
        return [name for number, name in enumerate(COLUMNS) if self.isColumnHidden(number)]

    def group_of(self, index: Index) -> str | None:
        """The group whose heading a row is; None: it is a run."""
        found = index.sibling(index.row(), 0).data(GROUP_ROLE) if index.isValid() else None
        return None if found is None else str(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        group = self.group_of(self.indexAt(event.position().toPoint()))
        if group is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))
            self.foldRequested.emit(group)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.group_of(self.indexAt(event.position().toPoint())) is None:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        group = self.group_of(self.currentIndex())
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if group is not None and Qt.Key(event.key()) in keys:
            self.foldRequested.emit(group)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        proxy = model if isinstance(model, RunFilter) else None
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = model.rowCount() - 1 if last < 0 else last
        painter: QPainter | None = None
        for row in range(first, last + 1):
            index = model.index(row, 0)
            group = self.group_of(index)
            if group is None:
                continue
            painter = painter or QPainter(self.viewport())
            place = QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
            painter.fillRect(place, QColor(self.theme.raised))
            current = self.currentIndex().row() == row and self.hasFocus()
            painter.fillRect(QRect(0, place.bottom(), place.width(), 1), QColor(self.theme.border))
            if current:
                painter.fillRect(QRect(0, place.top(), 3, place.height()), QColor(self.theme.accent))
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(self.theme.text))
            folded = proxy is not None and group in proxy.folded
            words = ("\u25b8 " if folded else "\u25be ") + str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            room = place.adjusted(GRID, 0, -GRID, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideMiddle, room.width()))


def fill_look_menu(
    menu: QMenu, titles: tuple[str, ...], hidden: Sequence[str], group: str,
    show_column: Callable[[int, bool], object], group_by: Callable[[str], object],
) -> None:
    """The choice of groups and of columns.

    Args:
        menu: Emptied first.
        titles: Of all columns.
        hidden: Names of those that are not shown.
        group: How runs are grouped now.
        show_column: Told a column and whether it is wanted; the first column, the name, stays.
        group_by: Told a grouping.
    """
    words: dict[GroupKey, str] = {"none": translate("RunsView", "No groups"),
                                  "model": translate("RunsView", "Group by model"),
                                  "sweep": translate("RunsView", "Group by sweep")}
    menu.clear()
    choices = QActionGroup(menu)
    for key in GROUPS:
        action = menu.addAction(words[key], partial(group_by, key))
        action.setCheckable(True)
        action.setChecked(key == group)
        choices.addAction(action)
    menu.addSeparator()
    for number, title in enumerate(titles):
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(COLUMNS[number] not in hidden)
        action.setEnabled(number > 0)
        action.setData(COLUMNS[number])
        action.toggled.connect(partial(show_column, number))
