"""Samples in strips of three: attention in eval mode, in train mode, and their difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.shared.history import Look
from acq_app.views.shared.maps import U8, coloured, common_top, enlarge, grey, laid_over, times_even
from acq_app.views.shared.marks import paint_centres
from acq_app.views.shared.sample_facts import facts, short_class_name
from acq_app.views.shared.tiles import scaled, snapped
from acq_app.widgets.pixels import image_of
from acq_engine.events import SamplesReady

GAP = 3  # between the three pictures of a strip
SIDES = (48, 96)  # smallest and largest side of a picture, logical pixels
NAME_PART = 0.45  # of a strip's width, for number and class
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True)
class StripLayout:
    """Strips of three pictures in rows of `columns` strips; lengths in logical pixels."""

    count: int
    columns: int
    side: float  # a picture's width
    height: float  # a picture's height
    text: float  # room for the line under each strip
    left: float
    spread: float  # from one strip's left edge to the next one's

    @property
    def pitch(self) -> float:
        """From one row to the next."""
        return self.height + self.text + GRID

    @property
    def total_height(self) -> float:
        return -(-self.count // self.columns) * self.pitch

    def rect(self, strip: int, part: int) -> QRectF:
        """Picture `part` (0 eval, 1 train, 2 difference) of a strip."""
        row, column = divmod(strip, self.columns)
        return QRectF(self.left + column * self.spread + part * (self.side + GAP), row * self.pitch,
                      self.side, self.height)

    def strip_rect(self, strip: int) -> QRectF:
        """A whole strip with its line of text."""
        return self.rect(strip, 0).united(self.rect(strip, 2)).adjusted(0, 0, 0, self.text)


def strip_layout(count: int, width: float, picture: tuple[int, int], text: float, ratio: float = 1.0) -> StripLayout:
    """As many strips side by side as leave pictures of at least the smaller side, evenly enlarged."""
    between = 2 * GRID
    columns = max(int((width + between) // (3 * SIDES[0] + 2 * GAP + between)), 1)
    columns = min(columns, max(count, 1))
    room = ((width - between * (columns - 1)) / columns - 2 * GAP) / 3
    side = max(snapped(min(room, SIDES[1]), picture[1], ratio), 16.0)
    strip = 3 * side + 2 * GAP
    spare = max(width - columns * strip, 0.0)
    spread = strip + (min(spare / (columns - 1), 3 * between) if columns > 1 else 0.0)
    return StripLayout(count, columns, side, side * picture[0] / picture[1], text, 2.0, spread)


class AttentionStrips(QAbstractScrollArea):
    """All samples' attention, three pictures each, on one colour scale. Arrows select, Enter opens."""

    selected = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.look: Look | None = None
        self.class_names: tuple[str, ...] = ()
        self.current = -1
        self.opacity = 0.7
        self.with_marks = True
        self.top = 1.0  # attention, in times the even one, that has the last colour
        self._layout = strip_layout(0, 100, (1, 1), 10)
        self._pictures: U8 | None = None
        self._images: dict[tuple[int, int], QImage] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("Attention maps of the samples in eval mode, train mode, and their difference"))
        self.verticalScrollBar().setSingleStep(24)

    def show_look(self, look: Look) -> None:
        """Show the samples and maps of one step; the look must have attention."""
        self.look = look
        assert look.attention is not None
        self.top = common_top(times_even(look.attention.eval_maps), times_even(look.attention.train_maps))
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._forget()

    def set_opacity(self, opacity: float) -> None:
        """How much of a map covers its sample, 0..1."""
        self.opacity = opacity
        self._forget()

    def set_marks(self, on: bool) -> None:
        self.with_marks = on
        self.viewport().update()

    def set_current(self, index: int) -> None:
        """Select a sample without telling anybody."""
        self.current = index
        if 0 <= index < self._layout.count:
            rect, bar = self._layout.strip_rect(index), self.verticalScrollBar()
            if rect.top() < bar.value():
                bar.setValue(int(rect.top()))
            elif rect.bottom() > bar.value() + self.viewport().height():
                bar.setValue(int(rect.bottom() + HALF - self.viewport().height()))
        self.viewport().update()

    def strips(self) -> StripLayout:
        """Where the strips are, before scrolling."""
        return self._layout

    # --- drawing -----------------------------------------------------------------------------

    def _forget(self) -> None:
        self._images.clear()
        self.viewport().update()

    def _arrange(self) -> None:
        self._images.clear()
        if self.look is not None:
            pictures = self.look.samples.images
            width = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width() - 4
            text = self.fontMetrics().height() + 2.0
            ratio = self.devicePixelRatioF()
            self._layout = strip_layout(len(pictures), width, pictures.shape[1:3], text, ratio)
            self._pictures = scaled(pictures, round(self._layout.height * ratio), round(self._layout.side * ratio))
            self.verticalScrollBar().setRange(0, max(int(self._layout.total_height - self.viewport().height()), 0))
            self.verticalScrollBar().setPageStep(self.viewport().height())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _image(self, index: int, part: int) -> QImage:
        """One picture; a strip's three are made when it is first seen."""
        if (index, part) not in self._images:
            assert self.look is not None and self.look.attention is not None and self._pictures is not None
            attention, picture = self.look.attention, self._pictures[index]
            maps = times_even(np.stack([attention.eval_maps[index], attention.train_maps[index]]))
            both = enlarge(maps, *picture.shape[:2])
            colours = coloured(both, self.theme.viridis, 0.0, self.top)
            modes = laid_over(np.stack([picture, picture]), colours, self.opacity)
            # The difference lies over a grey sample: the sample's own colours would be read as differences.
            difference = coloured(both[0] - both[1], self.theme.difference, -self.top, self.top)
            for number, pixels in enumerate((*modes, laid_over(grey(picture), difference, self.opacity))):
                image = image_of(pixels)
                image.setDevicePixelRatio(self.devicePixelRatioF())
                self._images[index, number] = image
        return self._images[index, part]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self.theme.panel))
        if self.look is None or self.look.attention is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset, layout = float(self.verticalScrollBar().value()), self._layout
        first = int(offset // layout.pitch) * layout.columns
        last = (int((offset + self.viewport().height()) // layout.pitch) + 1) * layout.columns
        for index in range(first, min(last, layout.count)):
            self._paint_strip(painter, index, offset, self.look.samples, float(self.look.attention.similarity[index]))

    def _paint_strip(self, painter: QPainter, index: int, offset: float, samples: SamplesReady, alike: float) -> None:
        layout = self._layout
        for part in range(3):
            rect = layout.rect(index, part).translated(0, -offset)
            painter.drawImage(rect.topLeft(), self._image(index, part))
            if self.with_marks and part == 0:
                asked = None if samples.asked is None else samples.asked[index]
                paint_centres(painter, rect, asked, samples.measured[index], self.theme)
        whole = layout.strip_rect(index).translated(0, -offset)
        painter.setPen(QColor(self.theme.text if index == self.current else self.theme.muted))
        line = QRectF(whole.left(), whole.bottom() - layout.text, whole.width(), layout.text)
        room = int(NAME_PART * line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         painter.fontMetrics().elidedText(self.caption(index), Qt.TextElideMode.ElideRight, room))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{alike:.2f}")
        bar = QRectF(whole.left() + room + HALF, line.center().y() - 1.5, whole.width() - room - HALF - 34, 3)
        painter.fillRect(bar, QColor(self.theme.plot_grid))
        painter.fillRect(QRectF(bar.topLeft(), bar.bottomLeft() + QPointF(bar.width() * max(alike, 0.0), 0)),
                         QColor(self.theme.muted))
        if index == self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2.5 if self.hasFocus() else 2))
            painter.drawRect(layout.rect(index, 0).united(layout.rect(index, 2)).translated(0, -offset)
                             .adjusted(-1, 0, 1, 1))

    def caption(self, index: int) -> str:
        """A sample's number and target class, for the line below it; the tooltip has the whole name."""
        assert self.look is not None
        label = int(self.look.samples.labels[index])
        name = short_class_name(self.class_names, label) if label < len(self.class_names) else ""
        return f"{index + 1} {name}".strip()

    # --- mouse and keyboard --------------------------------------------------------------------

    def strip_at(self, position: QPointF) -> int | None:
        """The strip under a point of the viewport."""
        point = position + QPointF(0, self.verticalScrollBar().value())
        return next((i for i in range(self._layout.count) if self._layout.strip_rect(i).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.strip_at(event.position())
        if index is not None:
            self._select(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.strip_at(event.position())
        if index is not None:
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, last = self._layout.columns, self._layout.count - 1
        moved = {
            Qt.Key.Key_Left: self.current - 1, Qt.Key.Key_Right: self.current + 1,
            Qt.Key.Key_Up: self.current - columns, Qt.Key.Key_Down: self.current + columns,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if event.key() in OPENING_KEYS and 0 <= self.current <= last:
            self.opened.emit(self.current)
        elif moved is None:
            super().keyPressEvent(event)
        elif self.current < 0 <= last:
            self._select(0)
        elif 0 <= moved <= last:
            self._select(moved)

    def words_of(self, index: int) -> str:
        """Everything known about a sample, one line each."""
        assert self.look is not None and self.look.attention is not None
        similarity = float(self.look.attention.similarity[index])
        rows = facts(self.look.samples, index, self.class_names, similarity)
        return "\n".join(f"{name}: {value}" for name, value in rows)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.strip_at(QPointF(event.pos()))
            words = "" if index is None else self.words_of(index) + "\n\n" + self.tr("Double-click or Enter: enlarge.")
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def _select(self, index: int) -> None:
        changed = index != self.current
        self.set_current(index)
        if changed:
            self.setAccessibleDescription(self.words_of(index))
            self.selected.emit(index)


class ColourScale(QWidget):
    """A map's colours with the values at their ends."""

    def __init__(self, *, signed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.signed = signed
        self.top = 1.0
        self.setFixedHeight(self.fontMetrics().height() + 2)
        self.setToolTip(
            self.tr("Eval minus train, relative to a uniform map; left: more in train mode, right: more in eval "
                    "mode") if signed
            else self.tr("Attention relative to a uniform map: 1 is the value of every place if attention is spread "
                         "evenly")
        )

    def set_scale(self, top: float, theme: Theme) -> None:
        if (top, theme) != (self.top, self.theme):
            self.top, self.theme = top, theme
            self.setAccessibleName(self.tr("Colour scale from {0} to {1}").format(*self._ends()))
            self.updateGeometry()
            self.update()

    def _ends(self) -> tuple[str, str]:
        return (f"\u2212{self.top:.3g}" if self.signed else "0", f"{'+' if self.signed else ''}{self.top:.3g}×")

    def sizeHint(self) -> QSize:
        return QSize(sum(self.fontMetrics().horizontalAdvance(text) for text in ("\u221288.5", "+88.5×")) + 64,
                     self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        low, high = self._ends()
        metrics = self.fontMetrics()
        left, right = metrics.horizontalAdvance(low) + HALF, metrics.horizontalAdvance(high) + HALF
        bar = QRectF(left, self.height() / 2 - 4, min(self.width() - left - right, 56), 8)
        table = self.theme.difference if self.signed else self.theme.viridis
        gradient = QLinearGradient(bar.left(), 0, bar.right(), 0)
        for row in range(0, 256, 15):
            gradient.setColorAt(row / 255, QColor(*(int(value) for value in table[row])))
        painter.fillRect(bar, gradient)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QRectF(0, 0, left, self.height()), Qt.AlignmentFlag.AlignVCenter, low)
        painter.drawText(QRectF(bar.right() + HALF, 0, right + GRID, self.height()), Qt.AlignmentFlag.AlignVCenter,
                         high)
