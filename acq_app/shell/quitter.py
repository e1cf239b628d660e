"""The one way out: ask, cancel, wait with a deadline, save, leave.

Closing the window, Ctrl+Q, the end of the desktop session, a signal from the system and an error in the shell all come
here. No thread is ever killed: one that does not end in time is left behind with the whole process.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton, QWidget

from acq_app.features.queue.model import QueueModel
from acq_app.run.background import Background
from acq_app.run.session import RunSession
from acq_app.run.state import RunState
from acq_app.shell.message_host import MessageHost

logger = logging.getLogger(__name__)

DEADLINE_MS = 30_000  # a step of a large network on a small machine takes seconds, not half a minute
EXIT_WAIT_MS = 10_000  # once the window is gone, or the system wants us to end
CHECK_MS = 50
SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")  # some systems lack some of them


class Quitter(QObject):
    """Decides what a request to close does, and ends the program."""

    def __init__(self, window: QWidget, session: RunSession, background: Background, queue: QueueModel,
                 messages: MessageHost, save: Callable[[], None], parent: QObject | None = None) -> None:
        """`save` writes what is remembered between two starts."""
        super().__init__(parent)
        self._window, self._session, self._background = window, session, background
        self._queue, self._messages, self._save = queue, messages, save
        self.question: QMessageBox | None = None
        self.stop_button: QPushButton | None = None
        self.leave_button: QPushButton | None = None  # where the run can go on without the window
        self._left: bool | None = None  # whether everything had ended, once the program has been left
        self._requested = False
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.setInterval(DEADLINE_MS)
        self._deadline.timeout.connect(self._late)
        self._check = QTimer(self)
        self._check.setInterval(CHECK_MS)
        self._check.timeout.connect(self._close_when_done)
        window.installEventFilter(self)

    # --- closing the window ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Close or watched is not self._window or self._left is not None:
            return False
        if self._session.active or self._background.worth_asking:
            event.ignore()
            self._ask()
            return True
        self._background.cancel_all()
        for dialog in self._window.findChildren(QDialog):
            dialog.hide()  # one that waits for its work would keep the program from ending with the window
        self._save()
        return False

    def _ask(self) -> None:
        """Ask whether to stop what goes on and close; reading an older run is stopped without a question."""
        unasked = self._session.controller.replaying or self._session.controller.state is RunState.STOPPING
        if self._requested or (unasked and not self._background.worth_asking):
            self._stop()
            return
        if self.question is not None:
            self.question.raise_()
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Quit"))
        if self._session.running:
            box.setText(self.tr("Stop the run and quit?"))
            text = self.tr("A checkpoint is saved; the run can be resumed at the next start.")
        else:
            box.setText(self.tr("Cancel it and quit?"))
            text = self.tr("An export that is cancelled leaves no partial file.")
        if self._queue.waiting:
            text += " " + self.tr("The queue is kept as well ({0} waiting).").format(len(self._queue.waiting))
        box.setInformativeText(text)
        stop = self.tr("Stop run and quit") if self._session.running else self.tr("Cancel and quit")
        self.stop_button = box.addButton(stop, QMessageBox.ButtonRole.AcceptRole)
        if self._session.remote and not self._background.worth_asking:
            self.leave_button = box.addButton(self.tr("Quit, the cluster continues"),
                                              QMessageBox.ButtonRole.AcceptRole)
            text += " " + self.tr("Or it continues on the cluster and is found again at the next start.")
            box.setInformativeText(text)
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
        stop, leave = (box.clickedButton() is button for button in (self.stop_button, self.leave_button))
        leave = leave and self.leave_button is not None
        self.stop_button = self.leave_button = None
        box.deleteLater()
        if stop or leave:
            self._stop(detached=leave)

    def _stop(self, *, detached: bool = False) -> None:
        """Cancel, and close the window when everything has ended; meanwhile it stays alive.

        `detached`: a run on a cluster goes on there.
        """
        self._requested = self._session.leaving = True
        if detached:
            self._session.controller.detach()
        else:
            self._session.controller.cancel()
        self._background.cancel_all()
        self._deadline.start()
        self._check.start()

    @Slot()
    def _close_when_done(self) -> None:
        if not self._session.active and not self._background.busy:
            self._check.stop()
            self._deadline.stop()
            self._window.close()

    @Slot()
    def _late(self) -> None:
        """The step takes very long: say so and go on waiting; the checkpoints written so far are whole."""
        logger.warning("The work has not stopped after %d s.", DEADLINE_MS // 1000)
        self._messages.tell(self.tr("The run is finishing its last step. The window closes when it is done."))
        self._deadline.start()

    # --- leaving ---------------------------------------------------------------------------------

    def leave(self) -> bool:
        """Stop what goes on, wait for it with a deadline, save. True when everything has ended; done once only."""
        if self._left is None:
            self._left = True  # nothing that happens from here on asks or begins anything
            self._check.stop()
            self._deadline.stop()
            self._session.leaving = True
            self._save()  # the system may not wait for us
            self._session.controller.detach()  # on a cluster a run goes on, and is found again
            self._session.controller.cancel()
            self._background.cancel_all()
            self._left = self._session.controller.wait(EXIT_WAIT_MS) & self._background.wait(EXIT_WAIT_MS)
            self._save()
        return self._left

    @Slot(QSessionManager)
    def end_of_session(self, _: QSessionManager) -> None:
        """The desktop session ends. Nobody can be asked: the run's checkpoint is saved before the system goes on."""
        self.leave()

    @Slot()
    def leave_at_once(self) -> None:
        """Somebody wants the program to end, and nobody can be asked."""
        if self.question is not None:
            self.question.reject()
        QApplication.exit(0)  # not quit(), which asks the windows; leaving is done once the event loop has ended


def abandon(code: int) -> NoReturn:
    """End the process although a thread is still in its last step: a QThread must neither be killed nor destroyed.

    The run's folder keeps its last checkpoint; files that were being written are taken away.
    """
    from acq_engine.files import discard_unfinished

    logger.warning("A thread is still in its last step; the run's folder keeps its last checkpoint.")
    discard_unfinished()
    logging.shutdown()
    os._exit(code)


class SystemSignals(QObject):
    """Turns the system's signals into a call in Qt's event loop, which Python alone would not wake up."""

    def __init__(self, on_signal: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_signal = on_signal
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)
        self._wakeup = signal.set_wakeup_fd(self._theirs.fileno())
        self._before = {number: signal.signal(number, _nothing) for name in SIGNALS
                        if (number := getattr(signal, name, None)) is not None}

    @Slot()
    def _arrived(self) -> None:
        number = self._ours.recv(1)
        logger.info("The system asks the program to end (signal %d).", number[0])
        self._on_signal()

    def restore(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()


def _nothing(number: int, frame: FrameType | None) -> None:
    """The signal is read from the socket; without a handler of its own it would end the process at once."""


def connect_session_end(app: QGuiApplication, quitter: Quitter) -> None:
    """Let the desktop session's end take the same way out."""
    app.commitDataRequest.connect(quitter.end_of_session)
