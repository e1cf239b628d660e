"""Where messages appear: in passing on the banner, errors in a dialog that does not block."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from acq_app.dialogs.error import ErrorDialog
from acq_app.features.context import Appearance, Messages
from acq_app.widgets.banner import Banner
from acq_engine.events import Failed

PASSING_MS = 10_000  # to read two lines twice


class MessageHost(QObject):
    """Listens to what features say."""

    def __init__(self, messages: Messages, banner: Banner, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._banner, self._appearance, self._window = banner, appearance, window
        self._errors: list[ErrorDialog] = []
        self.passing = QTimer(self)  # a message about a moment goes away by itself
        self.passing.setSingleShot(True)
        self.passing.setInterval(PASSING_MS)
        self.passing.timeout.connect(banner.hide)
        messages.told.connect(self.tell)
        messages.asked.connect(self._ask)
        messages.withdrawn.connect(banner.hide)
        messages.failed.connect(self.show_failure)

    @Slot(str, bool)
    def tell(self, text: str, lasting: bool = True) -> None:
        """Say something in passing; what is not lasting goes away by itself."""
        self._banner.tell(text)
        if lasting:
            self.passing.stop()
        else:
            self.passing.start()

    @Slot(str, list)
    def _ask(self, text: str, answers: list[tuple[str, str]]) -> None:
        self.passing.stop()
        self._banner.ask(text, answers)

    @Slot(object)
    def show_failure(self, failed: Failed) -> None:
        """Say in a dialog what went wrong."""
        dialog = ErrorDialog(failed, self._appearance.theme, self._window)
        self._errors.append(dialog)
        dialog.finished.connect(self._closed)
        dialog.open()

    @Slot(object)
    def show_job_failure(self, failed: Failed) -> None:
        """A job did not work: what the banner says of it no longer holds."""
        self._banner.hide()
        self.show_failure(failed)

    @Slot()
    def _closed(self) -> None:
        self._errors = [dialog for dialog in self._errors if dialog is not self.sender()]

    @property
    def open_errors(self) -> list[ErrorDialog]:
        """Error dialogs on the screen."""
        return list(self._errors)
