"""A ring around whatever has the keyboard, in every theme alike; it appears with the first press of Tab.

Qt's styles draw focus as they like, and some as a faint dotted line. One ring for all widgets, present and future ones,
needs no code in them. Who uses the mouse does not see it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from acq_app.appearance.theme import Theme, load_theme

WIDTH = 2
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Ring(QWidget):
    """Two lines inside the edge of its parent: the accent, and the ground's colour to part it from what it lies on."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._around, self._theme = parent, theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")
        self.fit()
        self.show()
        self.raise_()

    def fit(self) -> None:
        """Take the parent's size."""
        self.setGeometry(self._around.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for inset, width, colour in ((WIDTH / 2, WIDTH, self._theme.accent), (WIDTH + 0.5, 1, self._theme.panel)):
            pen = QPen(QColor(colour), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset))


class FocusRing(QObject):
    """Keeps the ring around the focused widget of one window and its dialogs."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = load_theme("light")
        self._by_keyboard = False
        self._target: QWidget | None = None
        self._ring: Ring | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    @property
    def target(self) -> QWidget | None:
        """What the ring is around now."""
        return self._target if self._ring is not None and isValid(self._ring) else None

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's accent."""
        self._theme = theme
        self._draw()

    @Slot("QWidget*", "QWidget*")
    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = None
        if now is not None and self._is_ours(now):
            if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
                self._by_keyboard = False
            self._target = now
            now.installEventFilter(self)
        self._draw()

    def _is_ours(self, widget: QWidget) -> bool:
        if widget.window().windowType() is Qt.WindowType.Popup:
            return False
        parent: QWidget | None = widget
        while parent is not None and parent is not self._window:
            parent = parent.parentWidget()
        return parent is self._window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TABS:
            if not self._by_keyboard:
                self._by_keyboard = True
                self._draw()
        elif kind is QEvent.Type.Resize and self._ring is not None and isValid(self._ring):
            self._ring.fit()
        return False

    def _draw(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if self._by_keyboard and self._target is not None:
            self._ring = Ring(self._target, self._theme)
