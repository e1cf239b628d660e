"""Closing the window: ask while a run is active, stop it cleanly, wait with a deadline, never kill a thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QMessageBox, QPushButton

from acq_app.state import RunState

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow

logger = logging.getLogger(__name__)

DEADLINE_MS = 30_000  # a step of a large network on a small machine takes seconds, not half a minute


class Closing(QObject):
    """Decides what a close request does. `allowed` is true once nothing runs any more."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.question: QMessageBox | None = None
        self.stop_button: QPushButton | None = None
        self._requested = False
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.setInterval(DEADLINE_MS)
        self._deadline.timeout.connect(self._late)
        window.controller.stateChanged.connect(self._follow)

    @property
    def allowed(self) -> bool:
        """Whether the window may close now."""
        return not self.window.controller.active

    @property
    def requested(self) -> bool:
        """Whether the window closes as soon as the run has stopped."""
        return self._requested

    def ask(self) -> None:
        """Ask whether to stop the run and close; reading an older run is stopped without a question."""
        if self.window.controller.replaying or self.window.controller.state is RunState.STOPPING:
            self._stop()
            return
        if self.question is not None:
            self.question.raise_()
            return
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("A run is active"))
        box.setText(self.tr("Stop the run and quit?"))
        text = self.tr("A checkpoint is saved; the run can be resumed at the next start.")
        waiting = len(self.window.queue.model.waiting)
        if waiting:
            text += " " + self.tr("The queue is kept as well ({0} waiting).").format(waiting)
        box.setInformativeText(text)
        self.stop_button = box.addButton(self.tr("Stop run and quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep running"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(self._answered)
        self.question = box
        box.open()

    @Slot()
    def _answered(self) -> None:
        box, self.question = self.question, None
        if box is None:
            return
        stop = box.clickedButton() is self.stop_button
        self.stop_button = None
        box.deleteLater()
        if stop:
            self._stop()

    def _stop(self) -> None:
        self._requested = True
        if not self.window.controller.active:
            self.window.close()
            return
        self.window.controller.cancel()
        self._deadline.start()

    @Slot()
    def _follow(self) -> None:
        if self._requested and self.allowed:
            self._deadline.stop()
            # After whoever else listens to the state has had it.
            QTimer.singleShot(0, self, self.window.close)

    @Slot()
    def _late(self) -> None:
        """The step takes very long: say so and go on waiting; the checkpoints written so far are whole."""
        logger.warning("The run has not stopped after %d s.", DEADLINE_MS // 1000)
        self.window.banner.tell(
            self.tr("The run is finishing its last step. The window closes when it is done."))
        self._deadline.start()
