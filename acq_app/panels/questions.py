"""What is not certain of a model or of test images, each with a button that opens the question."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from acq_app.appearance.language import said
from acq_app.appearance.theme import HALF, Theme
from acq_app.widgets.emptying import empty
from acq_app.widgets.labels import set_colour, small_font
from acq_engine.errors import Question


class OpenQuestions(QWidget):
    """Hidden while there are none. A question that was answered does not come back."""

    chosen = Signal(object)  # Question: the user wants to answer it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._answered: set[Question] = set()
        self.questions: tuple[Question, ...] = ()
        self.labels: list[QLabel] = []
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(HALF)
        self.hide()

    def show_questions(self, questions: Iterable[Question]) -> None:
        """Show these in place of the ones before; none hides the widget."""
        self.questions = tuple(one for one in questions if one not in self._answered)
        for row in empty(self._column):
            row.hide()
            row.deleteLater()
        self.labels, self.buttons = [], []
        for question in self.questions:
            self._add(question)
        self.setVisible(bool(self.questions))
        self._paint()

    def put_away(self, question: Question) -> None:
        """The user has answered it."""
        self._answered.add(question)
        if question in self.questions:
            self.show_questions(self.questions)

    def _add(self, question: Question) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(HALF)
        label = QLabel(said(question.message))
        label.setWordWrap(True)
        label.setFont(small_font(label.font()))
        label.setToolTip(said(question.cause))
        label.setContentsMargins(0, 1, 0, 2)  # underscores in names of networks would be cut off
        button = QPushButton(self.tr("Choose..."))
        button.setAccessibleName(self.tr("Choose: {0}").format(label.text()))
        button.clicked.connect(partial(self.chosen.emit, question))
        line.addWidget(label, 1)
        line.addWidget(button)
        self._column.addWidget(row)
        self.labels.append(label)
        self.buttons.append(button)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self._paint()

    def _paint(self) -> None:
        if self._theme is not None:
            for label in self.labels:
                set_colour(label, self._theme.warning)
