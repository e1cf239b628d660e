"""One line across the window with something to decide; it never blocks. In a narrow one, the buttons stand below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.widgets.labels import show_pixmap

NARROWEST_TEXT = 260  # pixels beside the buttons; with less, a sentence would stand in many short lines


class Banner(QFrame):
    """Text, up to two buttons, and a way to put it away."""

    chosen = Signal(str)  # the id of the button
    dismissed = Signal()  # put away without an answer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.mark = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self._buttons: list[QPushButton] = []
        self.dismiss = QPushButton()
        self.dismiss.clicked.connect(self.hide)
        self.dismiss.clicked.connect(self.dismissed)
        self._actions = QWidget()
        self._row = QHBoxLayout(self._actions)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._row.addStretch(1)
        self._row.addWidget(self.dismiss)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GRID, HALF, 2 * GRID, HALF)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(HALF)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.mark, 0, 0)
        self._grid.addWidget(self.text, 0, 1)
        self._below: bool | None = None
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        """The buttons beside the text, or below it where there is no room."""
        room = self.width() - self._actions.sizeHint().width() - self.mark.sizeHint().width() - 6 * GRID
        below = self.isVisible() and room < NARROWEST_TEXT
        if below != self._below:
            self._below = below
            self._grid.removeWidget(self._actions)
            self._grid.addWidget(self._actions, *((1, 1) if below else (0, 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def ask(self, text: str, buttons: list[tuple[str, str]]) -> None:
        """Show a text with buttons (id, text)."""
        self.dismiss.setText(self.tr("Not now") if buttons else self.tr("Close"))
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        self.text.setText(text)
        self.text.setToolTip(text)
        for name, label in buttons:
            button = QPushButton(label)
            button.setObjectName(name)
            button.clicked.connect(self._clicked)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
        self.show()
        self._arrange()

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer."""
        return self.isVisible() and bool(self._buttons)

    def tell(self, text: str) -> None:
        """Show a text that asks for nothing."""
        self.ask(text, [])

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        show_pixmap(self.mark, pixmap("info", theme, "accent"))

    def _clicked(self) -> None:
        self.hide()
        self.chosen.emit(self.sender().objectName())
