"""Questions that only the user can answer; an answer is a setting like any other, and stands in run.json."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.dialogs.question import QuestionDialog
from acq_app.features.context import AppContext
from acq_engine.errors import Question


class QuestionFeature(QObject):
    """Asks in a dialog, one question at a time."""

    answered = Signal(object)  # Question

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.dialog: QuestionDialog | None = None

    @Slot(object)
    def ask(self, question: Question) -> None:
        """Open the question, unless another one is open."""
        if self.dialog is not None or not question.choices:
            return
        theme = self._context.appearance.theme
        dialog = self._context.dialogs.make(lambda parent: QuestionDialog(question, theme, parent))
        dialog.accepted.connect(self._take)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _take(self) -> None:
        if self.dialog is None:
            return
        question, answer = self.dialog.question, self.dialog.answer
        values: dict[str, object] = {question.setting: answer}
        if question.setting == "model.preprocessing" and answer != question.taken:
            values |= {"model.mean": None, "model.std": None}  # they would go before it
        if self._context.run_settings.set_values(values, self.tr("Choice")):
            self.answered.emit(question)

    @Slot()
    def _closed(self) -> None:
        self.dialog = None
