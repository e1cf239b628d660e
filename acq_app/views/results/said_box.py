"""A framed sentence with the word that sums it up: whether a model is usable, whether a file is verified."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.theme import GRID, Theme
from acq_app.widgets.labels import set_colour, show_pixmap


class SaidBox(QFrame):
    """A mark, a coloured word, and a sentence that can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.mark, self.word, self.text = QLabel(), QLabel(), QLabel()
        self.mark.setFixedSize(2 * GRID, 2 * GRID)
        self.mark.hide()
        font = QFont(self.word.font())
        font.setBold(True)
        self.word.setFont(font)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID, GRID, GRID)
        row.setSpacing(GRID)
        for widget, stretch in ((self.mark, 0), (self.word, 0), (self.text, 1)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)

    def say(self, word: str, text: str, colour: str, theme: Theme, mark: str = "") -> None:
        """Say something else.

        Args:
            word: The word.
            text: The sentence.
            colour: The name of one of the theme's colours, for word and mark.
            theme: The theme.
            mark: An icon before the word; empty: none.
        """
        self.mark.setVisible(bool(mark))
        if mark:
            show_pixmap(self.mark, pixmap(mark, theme, colour))
        self.word.setText(word)
        set_colour(self.word, getattr(theme, colour))
        self.text.setText(text)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.raised))
        self.setPalette(palette)
