"""Labels: muted text, elided text, and a bright button."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPixmap, QTextLayout
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from acq_app.appearance.theme import Theme


def small_font(font: QFont) -> QFont:
    """The second of the two sizes, for captions and reasons."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    return small


def muted(text: str = "", *, small: bool = False, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label in the secondary colour of the palette."""
    label = QLabel(text, parent)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(wrap)
    if small:
        label.setFont(small_font(label.font()))
    return label


def bold(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A heading: the same size, heavier."""
    label = QLabel(text, parent)
    font = label.font()
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def set_colour(label: QWidget, colour: str) -> None:
    """Give a label one of the theme's colours; an empty one takes the palette's again."""
    palette = QPalette()
    if colour:
        # Which of them a label draws with depends on what it lies on.
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Text,
                     QPalette.ColorRole.ButtonText):
            palette.setColor(role, colour)
    label.setPalette(palette)


def show_pixmap(label: QLabel, pixmap: QPixmap) -> None:
    """Show an image in place of the one that a label has.

    Qt 6.11 keeps the old one for good where another takes its place, but not where the label was cleared.
    """
    label.clear()
    label.setPixmap(pixmap)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where the room does; the whole text is its tooltip."""

    def __init__(self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = QFontMetrics(self.font()).elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), self.alignment(), shown)
        if shown != self.text() and not self.toolTip():
            self.setToolTip(self.text())


class TwoLineLabel(QLabel):
    """One line, or two where the room is short; the second one ends in an ellipsis where that is not enough."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 2 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 2 * self.fontMetrics().height())

    def lines(self) -> list[str]:
        """What is drawn: one line or two."""
        metrics, text = QFontMetrics(self.font()), self.text()
        if metrics.horizontalAdvance(text) <= self.width():
            return [text]
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(self.width())
        layout.endLayout()
        first = line.textLength()
        rest = metrics.elidedText(text[first:].strip(), Qt.TextElideMode.ElideRight, self.width())
        return [text[:first].rstrip(), rest]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines, height = self.lines(), self.fontMetrics().height()
        top = (self.height() - height * len(lines)) // 2
        for number, line in enumerate(lines):
            painter.drawText(QRect(0, top + number * height, self.width(), height), 0, line)


class Button(QPushButton):
    """A push button that can be the one bright button: the next sensible step."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._bright = False
        self._theme: Theme | None = None

    @property
    def bright(self) -> bool:
        """Whether it is the bright one now."""
        return self._bright

    def set_bright(self, bright: bool) -> None:
        """Make it the bright one, or a plain one."""
        if bright != self._bright:
            self._bright = bright
            self._paint()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's accent."""
        self._theme = theme
        self._paint()

    def icon_colour(self) -> str:
        """The theme's name of the colour that an icon on this button needs."""
        return "accent_text" if self._bright else "text"

    def _paint(self) -> None:
        palette = QPalette()
        if self._bright and self._theme is not None:
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                palette.setColor(group, QPalette.ColorRole.Button, self._theme.accent)
                palette.setColor(group, QPalette.ColorRole.ButtonText, self._theme.accent_text)
        self.setPalette(palette)
