"""Looks at the chosen model in the background, so that the panel can say what was found before a run."""

from __future__ import annotations

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal, Slot

from acq_app.worker import InspectJob, JobThread
from acq_engine.errors import ConsentNeededError
from acq_engine.settings import ModelConfig

SETTLE_MS = 400  # settings that change while somebody types are looked at once
PROGRESS_MS = 150


class Inspector(QObject):
    """One look at a time; a newer question replaces an older one that is still waiting."""

    started = Signal()
    found = Signal(object, object)  # ModelSummary, and sentences about what was recognised or assumed
    failed = Signal(object)  # Failed
    consentNeeded = Signal(object, object)  # ModelConfig, Failed: the file can run code
    downloading = Signal(object, object)  # bytes done and in all, 0 for not known; Python's whole numbers

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: ModelConfig | None = None
        self._asked: ModelConfig | None = None
        self._thread: JobThread | None = None
        self._job: InspectJob | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._look)
        self._watch = QTimer(self)
        self._watch.setInterval(PROGRESS_MS)
        self._watch.timeout.connect(self._tell_progress)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._thread is not None or self._timer.isActive()

    def ask(self, config: ModelConfig) -> None:
        """Look at this model soon."""
        self._wanted = config
        if config != self._asked:
            self.cancel()
        self._timer.start()

    def forget(self) -> None:
        """Nothing is to be looked at; an answer on its way is dropped."""
        self._wanted = None
        self._timer.stop()
        self.cancel()

    @Slot()
    def cancel(self) -> None:
        """Break off a download or a load that goes on; the answer then says so."""
        if self._job is not None:
            self._job.stopped = True

    def shutdown(self, milliseconds: int) -> bool:
        """Wait for the look that is going on. True when none is left."""
        self.forget()
        return self._thread is None or self._thread.wait(QDeadlineTimer(milliseconds))

    @Slot()
    def _look(self) -> None:
        if self._thread is not None or self._wanted is None:
            return  # the end of the one that runs starts the next
        self._asked = self._wanted
        self._job = InspectJob(self._wanted)
        thread = JobThread(self._job)
        thread.finished.connect(self._ended)
        self._thread = thread
        self.started.emit()
        thread.start()
        self._watch.start()

    @Slot()
    def _tell_progress(self) -> None:
        if self._job is not None and self._job.done:
            self.downloading.emit(self._job.done, self._job.total)

    @Slot()
    def _ended(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._watch.stop()
        notes = self._job.notes if self._job is not None else ()
        self._job = None
        thread.wait()
        if self._wanted is not None and self._wanted == self._asked:
            if isinstance(thread.error, ConsentNeededError):
                self.consentNeeded.emit(self._asked, thread.failure)
            elif thread.failure is not None:
                self.failed.emit(thread.failure)
            else:
                self.found.emit(thread.result, notes)
        elif self._wanted is not None:
            self._timer.start()
        thread.deleteLater()
