"""For tables: a cell with a number and a thin bar under it, and columns as wide as what is in them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QTreeView

from acq_app.appearance.theme import GRID, HALF, load_theme

# The model answers this role with the bar's length, 0..1, or None for no bar.
BAR_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class BarDelegate(QStyledItemDelegate):
    """Draws the bar at the cell's foot, under the number."""

    theme = load_theme("light")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, GRID)  # for the bar

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        part = index.data(BAR_ROLE)
        if part is None:
            return
        rect = QRectF(option.rect)
        track = QRectF(rect.left() + HALF, rect.bottom() - 4, rect.width() - 2 * HALF, 3)
        painter.fillRect(track, QColor(self.theme.plot_grid))
        length = track.width() * min(max(float(part), 0.0), 1.0)
        painter.fillRect(QRectF(track.left(), track.top(), length, track.height()), QColor(self.theme.curves[0]))


def fit_columns(table: QTableView | QTreeView, first_at_most: int | None = None) -> None:
    """Make each column as wide as its contents with some air; where there is room left, all share it.

    Args:
        table: With contents.
        first_at_most: Pixels that the first column may take where the others leave no more: names can be long, and
            figures must be seen.
    """
    header = table.header() if isinstance(table, QTreeView) else table.horizontalHeader()
    model, metrics = table.model(), header.fontMetrics()
    count = model.columnCount()
    widths = []
    for number in range(count):
        title = str(model.headerData(number, Qt.Orientation.Horizontal))
        # Qt's own size hint keeps room for a sort arrow in every column.
        widths.append(max(table.sizeHintForColumn(number) + HALF, metrics.horizontalAdvance(title) + 2 * GRID))
    if first_at_most is not None:
        widths[0] = min(widths[0], max(first_at_most, table.viewport().width() - sum(widths[1:])))
    spare = max(table.viewport().width() - sum(widths), 0) // count
    for number, width in enumerate(widths[:-1]):  # the header may stretch the last one
        table.setColumnWidth(number, width + min(spare, 3 * GRID))
    table.setColumnWidth(count - 1, widths[-1])
