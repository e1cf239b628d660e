"""The grid of samples: one tiled picture, centre marks, and one selected sample; all by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from acq_app.appearance.theme import Theme, load_theme
from acq_app.views.shared.marks import CASING, paint_centres
from acq_app.views.shared.sample_facts import is_odd, short_class_name
from acq_app.views.shared.tiles import TileLayout, compose, fit
from acq_app.widgets.labels import small_font
from acq_engine.events import SamplesReady

NARROWEST_NAMED = 40  # pixels of a tile below which fewer than five letters of its class would be left


class SampleGrid(QAbstractScrollArea):
    """Samples as tiles. A click or Enter opens one; arrows, Home, End and Ctrl with a click only select."""

    selected = Signal(int)  # index of the sample, as made
    opened = Signal(int)

    def __init__(
        self, words_of: Callable[[int], str], hover_words: Callable[[int], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.samples: SamplesReady | None = None
        self.order: list[int] = []
        self.current = -1  # index of the sample, as made; -1: none
        self.with_marks = True
        self.class_names: tuple[str, ...] = ()
        self._pressed: int | None = None  # the sample that the mouse went down on
        self._words_of, self._hover_words = words_of, hover_words or words_of
        self._image: QImage | None = None
        self._layout = fit(0, 100, 100, (1, 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("Grid of synthetic samples"))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    # --- contents ----------------------------------------------------------------------------

    def show_samples(self, samples: SamplesReady, order: list[int]) -> None:
        """Show these samples in this order."""
        self.samples = samples
        self.order = order
        self._compose()

    def set_marks(self, on: bool) -> None:
        """Draw the attention centres, or the pictures alone."""
        self.with_marks = on
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._compose()

    def set_current(self, index: int) -> None:
        """Select a sample without telling anybody; one that is not shown is remembered."""
        self.current = index
        if index in self.order:
            self._reveal(self.order.index(index))
        self.viewport().update()

    def tile_layout(self) -> TileLayout:
        """Where the tiles are, before scrolling."""
        return self._layout

    def rect_of(self, index: int) -> QRectF:
        """The place of a sample in the viewport."""
        return self._layout.rect(self.order.index(index)).translated(0, -self.verticalScrollBar().value())

    def index_at(self, position: QPointF) -> int | None:
        """The sample under a point of the viewport."""
        place = self._layout.place_at(position.x(), position.y() + self.verticalScrollBar().value())
        return None if place is None else self.order[place]

    def picture(self, *, selection: bool = False) -> QImage:
        """The whole grid with its marks, as it is drawn."""
        if self._image is None:
            return QImage()
        image = self._image.copy()
        painter = QPainter(image)
        self._paint_over(painter, range(len(self.order)), 0.0, selection=selection)
        painter.end()
        return image

    # --- drawing -----------------------------------------------------------------------------

    def _compose(self) -> None:
        self._image = None
        if self.samples is not None:
            ratio = self.devicePixelRatioF()
            height, width = self.samples.images.shape[1:3]
            room = self.maximumViewportSize()
            self._layout, plain = (self._fitted(caption, (height, width), ratio)
                                   for caption in (self._names_height(), 0.0))
            names_alone_scroll = self._layout.total_height > room.height() >= plain.total_height
            if self._layout.width < NARROWEST_NAMED or names_alone_scroll:
                self._layout = plain
            self._image = compose(self.samples.images, self.order, self._layout, self.theme.panel, ratio=ratio)
            beyond = int(self._layout.total_height - room.height())
            self.verticalScrollBar().setRange(0, max(beyond, 0))
            self.verticalScrollBar().setPageStep(room.height())
            self.verticalScrollBar().setSingleStep(int(self._layout.step))
        self.viewport().update()

    def _fitted(self, caption: float, picture: tuple[int, int], ratio: float) -> TileLayout:
        """Tiles with so much room for words below, beside a scroll bar where there has to be one."""
        room = self.maximumViewportSize()
        found = fit(len(self.order), room.width(), room.height(), picture, ratio=ratio, caption=caption)
        if found.total_height > room.height():
            bar = self.verticalScrollBar().sizeHint().width()
            found = fit(len(self.order), room.width() - bar, room.height(), picture, ratio=ratio, caption=caption)
        return found

    def _names_height(self) -> float:
        return float(QFontMetrics(small_font(self.font())).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._compose()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self.theme.panel))
        if self._image is None:
            return
        offset = float(self.verticalScrollBar().value())
        painter.drawImage(QPointF(0, -offset), self._image)
        step = self._layout.step
        first = int(offset // step) * self._layout.columns
        last = (int((offset + self.viewport().height()) // step) + 1) * self._layout.columns
        self._paint_over(painter, range(first, min(last, len(self.order))), offset, selection=True)

    def _paint_over(self, painter: QPainter, places: range, offset: float, *, selection: bool) -> None:
        samples = self.samples
        if samples is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._layout.caption:
            self._paint_names(painter, places, offset, samples)
        for place in places:
            index = self.order[place]
            rect = self._layout.rect(place).translated(0, -offset)
            if self.with_marks:
                asked = None if samples.asked is None else samples.asked[index]
                paint_centres(painter, rect, asked, samples.measured[index], self.theme)
            if is_odd(samples, index):
                paint_odd(painter, rect, self.theme)
            if selection and index == self.current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self.theme.accent), 2.5 if self.hasFocus() else 2))
                painter.drawRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5))

    def _paint_names(self, painter: QPainter, places: range, offset: float, samples: SamplesReady) -> None:
        """Target classes below the samples, as much of each name as there is room for."""
        painter.setFont(small_font(self.font()))
        painter.setPen(QColor(self.theme.muted))
        for place in places:
            room = self._layout.words_rect(place).translated(0, -offset)
            name = short_class_name(self.class_names, int(samples.labels[self.order[place]]))
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
                             painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width())))

    # --- mouse and keyboard --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position())
        self._pressed = None
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._pressed = index
            self._select(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.index_at(event.position()) == pressed:
            self.opened.emit(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current in self.order:
            self.opened.emit(self.current)
            return
        place = self.order.index(self.current) if self.current in self.order else -1
        columns = self._layout.columns
        moved = {
            Qt.Key.Key_Left: place - 1, Qt.Key.Key_Right: place + 1, Qt.Key.Key_Up: place - columns,
            Qt.Key.Key_Down: place + columns, Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.order) - 1,
        }.get(key)
        if moved is None or not self.order:
            super().keyPressEvent(event)
            return
        if place < 0:
            moved = 0
        if 0 <= moved < len(self.order):
            self._select(self.order[moved])

    def _select(self, index: int) -> None:
        changed = index != self.current
        self.set_current(index)
        if changed:
            self.setAccessibleDescription(self._words_of(index))
            self.selected.emit(index)

    def _reveal(self, place: int) -> None:
        rect, bar = self._layout.rect(place).adjusted(0, 0, 0, self._layout.caption), self.verticalScrollBar()
        if rect.top() < bar.value():
            bar.setValue(int(rect.top() - self._layout.gap))
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(int(rect.bottom() + self._layout.gap - self.viewport().height()))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(QPointF(event.pos()))
            if index is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._hover_words(index), self.viewport(),
                                  self.rect_of(index).toRect())
            return True
        return super().viewportEvent(event)


def paint_odd(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """A folded corner: teacher or student sees another class than was asked for."""
    size = min(max(rect.width() / 5, 6.0), 14.0)
    corner = rect.topRight()
    painter.setPen(QPen(QColor(CASING), 1))
    painter.setBrush(QColor(theme.curves[1]))
    painter.drawPolygon(QPolygonF([corner, corner + QPointF(-size, 0), corner + QPointF(0, size)]))
