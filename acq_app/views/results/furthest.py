"""The images on which two networks differ most, each with both predictions below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, load_theme
from acq_app.views.results.agreement import Match
from acq_app.views.shared.sample_facts import class_name
from acq_app.widgets.labels import small_font
from acq_app.widgets.pixels import image_of

SIDE = 64  # pixels of an image
CELL = 120  # pixels that an image and its words are wide


class FurthestImages(QWidget):
    """Images in as many columns as there is room for: the float prediction, and below it the quantized one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.match: Match | None = None
        self._images: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Images on which the two models differ most"))

    def show_match(self, match: Match) -> None:
        """Other images."""
        self.match = match
        self._images = [image_of(pixels) for pixels in match.event.images]
        self.setAccessibleDescription(" ".join(match.words(int(place)) for place in match.event.places[:6]))
        self.updateGeometry()
        self.update()

    def _height(self) -> int:
        return SIDE + 2 * self.fontMetrics().height() + GRID

    def _columns(self, width: int) -> int:
        return max(1, (width + GRID) // (CELL + GRID))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-len(self._images) // self._columns(width)) * self._height()

    def sizeHint(self) -> QSize:
        return QSize(4 * CELL, self.heightForWidth(max(self.width(), 4 * CELL)))

    def minimumSizeHint(self) -> QSize:
        return QSize(CELL, self._height() if self._images else 0)

    def cell(self, number: int) -> QRect:
        """Where an image and its words are."""
        row, column = divmod(number, self._columns(self.width()))
        return QRect(column * (CELL + GRID), row * self._height(), CELL, self._height() - HALF)

    def number_at(self, point: QPoint) -> int | None:
        """The image at a place of the widget."""
        return next((number for number in range(len(self._images)) if self.cell(number).contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.match is None:
            return
        painter, found = QPainter(self), self.match.event
        line = self.fontMetrics().height()
        for number, (image, place) in enumerate(zip(self._images, found.places.tolist(), strict=True)):
            cell = self.cell(number)
            scale = min(SIDE / image.width(), SIDE / image.height())
            box = QRectF(cell.left(), cell.top(), image.width() * scale, image.height() * scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
            painter.drawImage(box, image)
            flips = found.float_classes[place] != found.quantized_classes[place]
            painter.setFont(small_font(self.font()))
            rows = (
                ("", found.float_classes[place], found.float_shares[place], self.theme.muted),
                ("\u21c4 " if flips else "", found.quantized_classes[place], found.quantized_shares[place],
                 self.theme.bad if flips else self.theme.text),
            )
            for at, (mark, label, share, colour) in enumerate(rows):
                room = QRect(cell.left(), cell.top() + SIDE + at * line, CELL, line)
                painter.setPen(QColor(colour))
                percent = f" {100 * share:.0f}\u202f%"
                metrics = painter.fontMetrics()
                name = metrics.elidedText(mark + class_name(self.match.names, int(label)), Qt.TextElideMode.ElideRight,
                                          CELL - metrics.horizontalAdvance(percent))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name + percent)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.number_at(event.pos())
            if number is None or self.match is None:
                QToolTip.hideText()
            else:
                words = self.match.words(int(self.match.event.places[number]))
                QToolTip.showText(event.globalPos(), words, self, self.cell(number))
            return True
        return super().event(event)
