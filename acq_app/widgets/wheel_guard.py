"""The wheel scrolls; it changes a field only where the user has clicked into that field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QTabBar, QWidget

FIELDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)


class WheelGuard(QObject):
    """Watches the fields below a widget. What a field does not take goes on to whatever it lies in, which scrolls."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clicked: QObject | None = None

    def watch(self, root: QWidget) -> None:
        """Guard every field that is there now; those that are guarded already stay so."""
        for field in root.findChildren(QWidget):
            if isinstance(field, FIELDS) and not isinstance(field, QScrollBar):
                if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:  # the wheel alone would count as a click
                    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                field.removeEventFilter(self)
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
            self._clicked = watched if by_mouse else None
        elif event.type() == QEvent.Type.MouseButtonPress:  # also into a field that has the keyboard already
            self._clicked = watched
        elif event.type() == QEvent.Type.FocusOut and self._clicked is watched:
            self._clicked = None
        elif event.type() == QEvent.Type.Wheel and self._clicked is not watched:
            event.ignore()
            return True
        return False
