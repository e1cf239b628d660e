"""What happens around the chosen model: looking at it, fetching its weights, asking before code is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acq_app.consent import Consents
from acq_app.dialogs.consent import ConsentDialog
from acq_app.inspector import Inspector
from acq_engine.events import Failed, ModelSummary
from acq_engine.settings import ModelConfig

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow


class ModelWatch(QObject):
    """Follows the settings; `error` says why the model can't be used, empty while nothing speaks against it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.inspector = Inspector(self)
        self.consents = Consents()
        self.error = ""
        self.dialog: ConsentDialog | None = None
        self._looked_at = window.model.config.model

    def connect_panel(self) -> None:
        """Wire the panel; it is made by now."""
        panel = self.window.column.model_panel
        self.inspector.started.connect(panel.show_looking)
        self.inspector.downloading.connect(panel.show_download)
        self.inspector.found.connect(self._found)
        self.inspector.failed.connect(self._not_usable)
        self.inspector.consentNeeded.connect(self._ask)
        panel.stopRequested.connect(self.inspector.cancel)
        panel.retryRequested.connect(self.look)

    def follow(self) -> None:
        """The settings changed: look at the model if it is another one."""
        chosen = self.window.model.config.model
        if chosen == self._looked_at:
            return
        self._looked_at, self.error = chosen, ""
        self.window.column.model_panel.show_summary(None)
        if chosen.source != "sample":
            self.look()
        else:
            self.inspector.forget()

    @Slot()
    def look(self) -> None:
        """Look at the chosen model, also once more."""
        self.inspector.ask(self.consents.apply(self.window.model.config.model))

    @Slot(object, object)
    def _found(self, summary: ModelSummary, notes: tuple[str, ...]) -> None:
        self.error = ""
        self.window.column.model_panel.show_summary(summary, notes)
        self.window.refresh()

    @Slot(object)
    def _not_usable(self, failed: Failed) -> None:
        self.error = failed.message
        self.window.column.model_panel.show_error(failed)
        self.window.refresh()

    @Slot(object, object)
    def _ask(self, config: ModelConfig, failed: Failed) -> None:
        """The file can run code: nothing happens to it unless the user says yes."""
        self._not_usable(Failed(failed.message, failed.cause, self.tr(
            "Choose it again to confirm, or use a weights-only file, such as .safetensors."
        )))
        if self.dialog is not None or config.path is None:
            return
        dialog = ConsentDialog(config.path, failed, self.window)
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
            self.consents.allow(dialog.property("config"))
        dialog.deleteLater()
        if dialog.accepted_by_user:
            self.look()
