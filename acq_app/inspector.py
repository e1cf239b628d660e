"""Looks at the chosen model in the background, so that the panel can say what was found before a run."""

from __future__ import annotations

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal, Slot

from acq_app.worker import InspectJob, JobThread
from acq_engine.config import ModelConfig

SETTLE_MS = 400  # settings that change while somebody types are looked at once


class Inspector(QObject):
    """One look at a time; a newer question replaces an older one that is still waiting."""

    started = Signal()
    found = Signal(object)  # ModelSummary
    failed = Signal(object)  # Failed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: ModelConfig | None = None
        self._asked: ModelConfig | None = None
        self._thread: JobThread | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._thread is not None or self._timer.isActive()

    def ask(self, config: ModelConfig) -> None:
        """Look at this model soon."""
        self._wanted = config
        self._timer.start()

    def forget(self) -> None:
        """Nothing is to be looked at; an answer on its way is dropped."""
        self._wanted = None
        self._timer.stop()

    def shutdown(self, milliseconds: int) -> bool:
        """Wait for the look that is going on. True when none is left."""
        self.forget()
        return self._thread is None or self._thread.wait(QDeadlineTimer(milliseconds))

    @Slot()
    def _look(self) -> None:
        if self._thread is not None or self._wanted is None:
            return  # the end of the one that runs starts the next
        self._asked = self._wanted
        thread = JobThread(InspectJob(self._wanted))
        thread.finished.connect(self._ended)
        self._thread = thread
        self.started.emit()
        thread.start()

    @Slot()
    def _ended(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.wait()
        if self._wanted is not None and self._wanted == self._asked:
            if thread.failure is not None:
                self.failed.emit(thread.failure)
            else:
                self.found.emit(thread.result)
        elif self._wanted is not None:
            self._timer.start()
        thread.deleteLater()
