"""A question that only the user can answer: what is not clear, and the choices with what speaks for each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import said
from acq_app.appearance.theme import GRID, Theme
from acq_app.widgets.labels import Button, bold, muted
from acq_engine.errors import Question


class QuestionDialog(QDialog):
    """Open it with `open()`; `answer` is the choice that was made once it is accepted."""

    def __init__(self, question: Question, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A question about your files"))
        self.setMinimumWidth(64 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        self.message = bold(said(question.message))
        self.cause = muted(said(question.cause))
        for label in (self.message, self.cause):
            label.setWordWrap(True)
            label.setVisible(bool(label.text()))
            column.addWidget(label)
        self.choices: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        for value, speaks in question.choices:
            self._add(column, value, said(speaks))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.use_button = Button(self.tr("Use this"))
        self.use_button.set_theme(theme)
        self.use_button.set_bright(True)
        self.use_button.setDefault(True)
        self.use_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.use_button)
        column.addSpacing(GRID)
        column.addLayout(row)
        self._group.buttonToggled.connect(self._show_state)
        self._show_state()

    def _add(self, column: QVBoxLayout, value: str, speaks: str) -> None:
        taken = value == self.question.taken
        button = QRadioButton(self.tr("{0} (used now)").format(value) if taken else value)
        button.setAccessibleDescription(speaks)
        reason = QLabel(speaks)
        reason.setWordWrap(True)
        reason.setIndent(3 * GRID)
        reason.setForegroundRole(self.cause.foregroundRole())
        self._group.addButton(button)
        self.choices[value] = button
        column.addWidget(button)
        column.addWidget(reason)
        button.setChecked(taken)

    @property
    def answer(self) -> str:
        """The choice that is marked; empty while none is."""
        return next((value for value, button in self.choices.items() if button.isChecked()), "")

    def _show_state(self) -> None:
        self.use_button.setEnabled(bool(self.answer))
