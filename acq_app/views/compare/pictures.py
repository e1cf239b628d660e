"""The list of compared pictures: a thumbnail, what each network sees, and whether the answer flips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from acq_app.appearance.theme import GRID, Theme, load_theme
from acq_app.views.compare.rows import Comparison
from acq_app.widgets.labels import small_font
from acq_app.widgets.pixels import image_of

SIDE = 48  # of a thumbnail
Index = QModelIndex | QPersistentModelIndex


class PictureModel(QAbstractListModel):
    """The pictures that are shown, in their order; a row's number stands for `places[row]` of the comparison."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown: Comparison | None = None
        self.places: Sequence[int] = ()

    def show(self, shown: Comparison | None, places: Sequence[int]) -> None:
        """Other pictures, or another order."""
        self.beginResetModel()
        self.shown, self.places = shown, places
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.shown is None or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(self.places[index.row()])
        return None

    def words(self, place: int) -> str:
        """A picture in one sentence."""
        shown = self.shown
        assert shown is not None
        words = self.tr("{0}. Float: {1} {2:.0f} %. Quantized: {3} {4:.0f} %. Divergence {5:.3f}.").format(
            shown.names[place], shown.name_of(int(shown.float_classes[place, 0])), 100 * shown.float_shares[place, 0],
            shown.name_of(int(shown.quantized_classes[place, 0])), 100 * shown.quantized_shares[place, 0],
            shown.divergence[place])
        return self.tr("Flips. {0}").format(words) if shown.flipped[place] else words


class _Row(QStyledItemDelegate):
    """Draws a picture's row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(SIDE, max(SIDE, 3 * option.fontMetrics.height()) + GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PictureModel) and model.shown is not None
        theme, shown, place = self.theme, model.shown, model.places[index.row()]
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(theme.raised if chosen else theme.panel))
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        picture = image_of(shown.images[place])
        side = QRectF(rect.left() + GRID, rect.top() + (rect.height() - SIDE) / 2, SIDE, SIDE)
        scale = min(SIDE / picture.width(), SIDE / picture.height())
        box = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        box.moveCenter(side.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        painter.drawImage(box, picture)
        flips = bool(shown.flipped[place])
        left = rect.left() + SIDE + 2 * GRID
        width = rect.right() - left - GRID
        line = option.fontMetrics.height()
        top = rect.top() + (rect.height() - 3 * line) // 2
        small = small_font(option.font)
        rows = (
            (shown.float_classes[place, 0], shown.float_shares[place, 0], theme.text),
            (shown.quantized_classes[place, 0], shown.quantized_shares[place, 0], theme.bad if flips else theme.text),
        )
        for number, (label, share, colour) in enumerate(rows):
            box_ = QRect(left, top + number * line, width, line)
            percent = f"{100 * share:.0f}\u202f%"
            painter.setFont(option.font)
            painter.setPen(QColor(colour))
            painter.drawText(box_, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent)
            room = box_.adjusted(0, 0, -option.fontMetrics.horizontalAdvance("100\u202f% "), 0)
            mark = "\u21c4 " if flips and number else ""
            words = option.fontMetrics.elidedText(f"{mark}{shown.name_of(int(label))}", Qt.TextElideMode.ElideRight,
                                                  room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        last = QRect(left, top + 2 * line, width, line)
        number_text = f"{shown.divergence[place]:.3f}"
        painter.drawText(last, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number_text)
        painter.drawText(last.adjusted(0, 0, -6 * GRID, 0), Qt.AlignmentFlag.AlignVCenter,
                         option.fontMetrics.elidedText(shown.names[place], Qt.TextElideMode.ElideMiddle,
                                                       width - 7 * GRID))
        painter.setPen(QPen(QColor(theme.border)))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(rect.adjusted(4, 1, -2, -2))
        painter.restore()


class PictureList(QListView):
    """Emits the place of the picture that is chosen."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PictureModel(self)
        self._row = _Row(self)
        self.setModel(self.pictures)
        self.setItemDelegate(self._row)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(SIDE + 20 * GRID)
        self.setAccessibleName(self.tr("Compared images"))
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_pictures(self, shown: Comparison | None, places: Sequence[int]) -> None:
        """Show pictures; the one that was chosen stays so while it is among them, else the first is."""
        before = self.place()
        self.pictures.show(shown, list(places))
        if places:
            row = list(places).index(before) if before in places else 0
            self.setCurrentIndex(self.pictures.index(row))

    def place(self) -> int:
        """The chosen picture, or -1."""
        row = self.currentIndex().row()
        return self.pictures.places[row] if 0 <= row < len(self.pictures.places) else -1

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._row.theme = theme
        self.viewport().update()

    def _current_changed(self) -> None:
        if self.place() >= 0:
            self.chosen.emit(self.place())
