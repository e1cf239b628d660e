"""A step that folds to one line, which still says what was chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QStyle, QStyleOptionFocusRect, QVBoxLayout, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.widgets.labels import small_font

HEADER = 4 * GRID


class SectionHeader(QAbstractButton):
    """The line that is always seen: arrow, title, and when folded the summary."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = ""
        self._theme = load_theme("light")
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def set_summary(self, summary: str) -> None:
        """What was chosen, in one line."""
        self._summary = summary
        self.setAccessibleDescription(summary)
        self.setToolTip(summary)
        self.update()

    @property
    def summary(self) -> str:
        """What was chosen, in one line."""
        return self._summary

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEADER)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        hovered = self.underMouse()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.AlternateBase if hovered
                                                    else QPalette.ColorRole.Base))
        arrow = pixmap("chevron-down" if self.isChecked() else "chevron-right", self._theme, "muted")
        middle = (self.height() - 16) // 2
        painter.drawPixmap(GRID, middle, arrow)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        left = GRID + 16 + HALF
        room = QRect(left, 0, self.width() - left - GRID, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if not self.isChecked():
            title = QFontMetrics(font).horizontalAdvance(self.text())
            room.setLeft(left + title + GRID)
            painter.setFont(small_font(self.font()))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            shown = QFontMetrics(painter.font()).elidedText(self._summary, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            option.rect = self.rect().adjusted(2, 2, -2, -2)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)


class Section(QFrame):
    """Header and body; `foldedChanged` tells who remembers it."""

    foldedChanged = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.header = SectionHeader(title)
        self.body = QWidget()
        self.layout_ = QVBoxLayout(self.body)
        self.layout_.setContentsMargins(2 * GRID, HALF, GRID, 2 * GRID)
        self.layout_.setSpacing(HALF)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(self.body)
        self.header.toggled.connect(self._toggled)

    @property
    def folded(self) -> bool:
        """Whether only the line is shown."""
        return not self.header.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Show only the line, or all."""
        self.header.setChecked(not folded)

    def _toggled(self, opened: bool) -> None:
        self.body.setVisible(opened)
        self.foldedChanged.emit(not opened)
