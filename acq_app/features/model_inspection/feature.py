"""What happens around the chosen model: looking at it, downloading its weights, asking before code is run."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.dialogs.consent import ConsentDialog
from acq_app.features.context import AppContext
from acq_app.features.model_inspection.inspector import Inspector
from acq_app.features.questions import QuestionFeature
from acq_engine.control import RunControl
from acq_engine.errors import Question
from acq_engine.events import Failed, ModelSummary
from acq_engine.settings import ModelConfig


class ModelInspection(QObject):
    """Follows the settings; `error` says why the model can't be used, empty while nothing speaks against it."""

    forgotten = Signal()  # another model was chosen: what was known is about the one before
    found = Signal(object, object)  # ModelSummary, and sentences about what was recognised or assumed
    failed = Signal(object)  # Failed: the model can't be used
    questioned = Signal(object)  # Questions about the model; none where all is certain, or nothing is known
    changed = Signal()  # `error`

    def __init__(self, context: AppContext, questions: QuestionFeature, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._questions = context, questions
        self.inspector = Inspector(context.background, self)
        self.error = ""
        self.dialog: ConsentDialog | None = None
        self._looked_at = context.run_settings.config.model
        self.inspector.found.connect(self._found)
        self.inspector.failed.connect(self._not_usable)
        self.inspector.consentNeeded.connect(self._ask)
        self.inspector.questioned.connect(self.questioned)
        self.inspector.choiceNeeded.connect(self._choice_needed)
        context.run_settings.changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """The settings changed: look at the model if it is another one."""
        chosen = self._context.run_settings.config.model
        if chosen == self._looked_at:
            return
        self._looked_at, self.error = chosen, ""
        self.forgotten.emit()
        self.questioned.emit(())
        if chosen.source != "sample":
            self.look()
        else:
            self.inspector.forget()

    @Slot()
    def look(self) -> None:
        """Look at the chosen model, also once more."""
        self.inspector.ask(self._context.consents.apply(self._context.run_settings.config.model))

    @Slot()
    def cancel(self) -> None:
        """Break off a download or a load that goes on."""
        self.inspector.cancel()

    @Slot(object, object)
    def _found(self, summary: ModelSummary, notes: tuple[str, ...]) -> None:
        self.error = ""
        self.found.emit(summary, notes)
        self.changed.emit()

    @Slot(object)
    def _not_usable(self, failed: Failed) -> None:
        self.error = failed.message
        self.failed.emit(failed)
        self.changed.emit()

    @Slot(object, object)
    def _choice_needed(self, question: Question, failed: Failed) -> None:
        """The model can't be used as long as nobody says what is meant."""
        self._not_usable(Failed(failed.message, failed.cause, self.tr("Choose one to continue.")))
        self.questioned.emit((question,))
        self._questions.ask(question)

    # --- files that can run code -----------------------------------------------------------------

    @Slot(object, object)
    def _ask(self, config: ModelConfig, failed: Failed) -> None:
        """The file can run code: nothing happens to it unless the user says yes."""
        self._not_usable(Failed(failed.message, failed.cause, self.tr(
            "Choose it again to confirm, or use a weights-only file, such as .safetensors."
        )))
        path = config.path
        if self.dialog is not None or path is None:
            return
        dialog = self._context.dialogs.make(lambda parent: ConsentDialog(path, failed, parent))
        dialog.setProperty("config", config)
        dialog.finished.connect(self._answered)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _answered(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        if dialog.accepted_by_user:
            self._context.consents.allow(dialog.property("config"))
        dialog.deleteLater()
        if dialog.accepted_by_user:
            self.look()

    # --- layers ----------------------------------------------------------------------------------

    @Slot()
    def show_layers(self) -> None:
        """The chosen model's layers in a dialog; they are looked at in the background first."""
        context = self._context
        from acq_app.features.model_inspection.layers_job import ModelLayersJob

        if context.background.does(ModelLayersJob):
            return
        config = context.consents.apply_to_run(context.run_settings.config)
        context.messages.tell(self.tr("Inspecting the model..."), lasting=True)
        context.background.do(ModelLayersJob(config.model, config.quantization, RunControl()), self._show_layers)

    def _show_layers(self, layers: object) -> None:
        from acq_app.dialogs.model_layers import ModelLayers, ModelLayersDialog

        self._context.messages.withdraw()
        assert isinstance(layers, ModelLayers)
        self._context.dialogs.open(lambda parent: ModelLayersDialog(layers, parent))
