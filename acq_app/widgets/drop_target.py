"""The big place where a model is dropped; it also says which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.widgets.labels import small_font

ICON = 3 * GRID


class DropTarget(QAbstractButton):
    """A dashed box with an icon and two lines. Clicking it opens a file dialog; the window takes the drop."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = ("", "")
        self._icon = "model"
        self._hot = False
        self._theme = load_theme("light")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.activated)

    def set_lines(self, title: str, detail: str, icon: str) -> None:
        """What is chosen, what to do, and a picture."""
        self._lines, self._icon = (title, detail), icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setToolTip(title)
        self.update()

    def set_hot(self, hot: bool) -> None:
        """Something that can be dropped is over the window."""
        self._hot = hot
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 7 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, role = self.palette(), QPalette.ColorRole
        bright = self._hot or self.underMouse()
        pen = QPen(palette.color(role.Highlight if bright else role.Mid), 1.5 if self._hot else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(palette.color(role.AlternateBase))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), HALF, HALF)
        painter.drawPixmap(GRID + HALF, (self.height() - ICON) // 2,
                           pixmap(self._icon, self._theme, "accent" if bright else "muted", ICON))
        left = 2 * GRID + HALF + ICON
        room = QRect(left, GRID, self.width() - left - GRID, self.height() // 2 - GRID)
        title = QFont(self.font())
        title.setWeight(QFont.Weight.DemiBold)
        self._line(painter, room, title, self._lines[0], role.Text)
        room.moveTop(self.height() // 2)
        self._line(painter, room, small_font(self.font()), self._lines[1], role.PlaceholderText)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            option.rect = self.rect().adjusted(3, 3, -3, -3)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)

    def _line(self, painter: QPainter, room: QRect, font: QFont, text: str, role: QPalette.ColorRole) -> None:
        painter.setFont(font)
        painter.setPen(self.palette().color(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
