"""For tables: a cell with a number and a thin bar under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

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
