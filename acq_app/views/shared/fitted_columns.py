"""Columns of tables: as wide as what is in them, and again when the table has another width.

A table is often filled before it is on the screen, and then has no width yet to divide.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QTreeView

from acq_app.appearance.theme import GRID, HALF

GAP = "\u2002"  # behind figures, so that they keep off what begins at the left of the next column


class FiguresDelegate(QStyledItemDelegate):
    """Leaves a gap behind what stands at the right of its cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight and option.text:
            option.text += GAP


class FittedColumns(QObject):
    """Fits a table's columns when it gets another width, until somebody has drawn one wider or narrower."""

    def __init__(self, table: QTableView | QTreeView, first_at_most: int | None = None) -> None:
        """first_at_most: pixels that the first column may take where the others leave no more: names can be long, and
        figures must be seen.
        """
        super().__init__(table)
        self._table, self._first_at_most = table, first_at_most
        self._header: QHeaderView = table.header() if isinstance(table, QTreeView) else table.horizontalHeader()
        self._by_hand = False
        self._before: list[int] = []
        self._needed: list[int] = []  # by what is in the columns; asking every row again takes too long for a resize
        self._soon = QTimer(self)  # not within the resizing: other widths can resize what they stand in once more
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._share)
        table.viewport().installEventFilter(self)
        self._header.viewport().installEventFilter(self)

    def fit(self) -> None:
        """The contents are others."""
        if not self._by_hand and self._table.model().columnCount():
            self._needed = needed_widths(self._table, self._header)
            self._share()

    def _share(self) -> None:
        """Give each column what it needs with some air; where there is room left, all share it."""
        widths, room = list(self._needed), self._table.viewport().width()
        if self._by_hand or len(widths) != self._header.count() or not widths:
            return
        if self._first_at_most is not None:
            widths[0] = min(widths[0], max(self._first_at_most, room - sum(widths[1:])))
        spare = max(room - sum(widths), 0) // len(widths)
        for number, width in enumerate(widths):
            if width:
                last = number == len(widths) - 1  # the header may stretch it
                self._table.setColumnWidth(number, width if last else width + min(spare, 3 * GRID))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            if watched is self._table.viewport() and event.oldSize().width() != event.size().width():
                self._soon.start()
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._before = self._widths()
        elif kind == QEvent.Type.MouseButtonRelease and watched is self._header.viewport():
            self._by_hand = self._by_hand or self._before != self._widths()
        return False

    def _widths(self) -> list[int]:
        return [self._header.sectionSize(number) for number in range(self._header.count())]


def needed_widths(table: QTableView | QTreeView, header: QHeaderView) -> list[int]:
    """What each column of a table needs for its contents, in pixels; 0 for one that is hidden."""
    model, metrics = table.model(), header.fontMetrics()
    widths = []
    for number in range(model.columnCount()):
        title = str(model.headerData(number, Qt.Orientation.Horizontal))
        # Qt's own size hint keeps room for a sort arrow in every column.
        needed = max(table.sizeHintForColumn(number) + HALF, metrics.horizontalAdvance(title) + 2 * GRID)
        widths.append(0 if header.isSectionHidden(number) else needed)
    return widths
