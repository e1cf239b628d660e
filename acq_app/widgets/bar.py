"""A toolbar without Fusion's bright edge lines, which no palette takes away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolBar, QWidget


class Bar(QToolBar):
    """A fixed toolbar; one line of the border's colour parts it from the window's middle."""

    def __init__(self, title: str, edge: Qt.Edge, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._edge = edge
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        y = self.height() - 1 if self._edge is Qt.Edge.BottomEdge else 0
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(0, y, self.width(), y)
