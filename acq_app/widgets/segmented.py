"""A choice of two to five words side by side; the chosen one is filled, underlined and bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from acq_app.appearance.theme import GRID


class _Segment(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._bold()).horizontalAdvance(self.text()) + 2 * GRID, 3 * GRID + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        on = self.isChecked()
        role = QPalette.ColorRole
        ground = role.AlternateBase if on or self.underMouse() else role.Base
        painter.fillRect(self.rect(), palette.color(group, ground))
        painter.setPen(palette.color(group, role.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if on:
            painter.fillRect(QRect(0, self.height() - 3, self.width(), 3), palette.color(group, role.Highlight))
            painter.setFont(self._bold())
        painter.setPen(palette.color(group, role.Text if on else role.PlaceholderText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(palette.color(role.Highlight), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(2, 2, -3, -5))


class Segmented(QWidget):
    """Emits `chosen` with the value when the user picks one (not when it is set by the program)."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """options: (value, text, tooltip) of each."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._values = [value for value, _, _ in options]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (_, text, tip) in enumerate(options):
            button = _Segment(text, self)
            button.setToolTip(tip)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.idClicked.connect(self._clicked)

    def value(self) -> str:
        """The chosen value; empty when none is."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else ""

    def set_value(self, value: str) -> None:
        """Show a value; one that is not among the options shows none."""
        self._group.setExclusive(False)
        for index, own in enumerate(self._values):
            self._group.button(index).setChecked(own == value)
        self._group.setExclusive(True)

    def button(self, value: str) -> QAbstractButton:
        """The button of a value."""
        return self._group.button(self._values.index(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        at = min(max(self._group.checkedId() + step, 0), len(self._values) - 1)
        self._group.button(at).setFocus()
        self._group.button(at).click()

    def _clicked(self, index: int) -> None:
        self.chosen.emit(self._values[index])
