"""Looks at the chosen model in the background, so that the panel can say what was found before a run."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from acq_app.features.model_inspection.inspect_job import InspectJob
from acq_app.run.background import Background, Work
from acq_engine.errors import ChoiceNeededError, ConsentNeededError
from acq_engine.events import Failed
from acq_engine.settings import ModelConfig

SETTLE_MS = 400  # settings that change while somebody types are looked at once
PROGRESS_MS = 150


class Inspector(QObject):
    """One look at a time; a newer question replaces an older one that is still waiting."""

    started = Signal()
    found = Signal(object, object)  # ModelSummary, and sentences about what was recognised or assumed
    failed = Signal(object)  # Failed
    questioned = Signal(object)  # Questions about the model; none where all is certain
    choiceNeeded = Signal(object, object)  # Question, Failed: the model can't be used without an answer
    consentNeeded = Signal(object, object)  # ModelConfig, Failed: the file can run code
    downloading = Signal(object, object)  # bytes done and in all, 0 for not known; Python's integers

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._wanted: ModelConfig | None = None
        self._asked: ModelConfig | None = None
        self._job: InspectJob | None = None
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._look)
        self._progress = QTimer(self)
        self._progress.setInterval(PROGRESS_MS)
        self._progress.timeout.connect(self._tell_progress)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._work is not None or self._timer.isActive()

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
        if self._work is not None:
            self._work.cancel()

    @Slot()
    def _look(self) -> None:
        if self._work is not None or self._wanted is None:
            return  # the end of the one that goes on starts the next
        self._asked = self._wanted
        self._job = InspectJob(self._wanted)
        self.started.emit()
        self._work = self._background.do(self._job, self._found, self._failed)
        self._progress.start()

    @Slot()
    def _tell_progress(self) -> None:
        if self._job is not None and self._job.done:
            self.downloading.emit(self._job.done, self._job.total)

    def _found(self, summary: object) -> None:
        notes = self._job.notes if self._job is not None else ()
        questions = self._job.questions if self._job is not None else ()
        if self._is_still_wanted():
            self.found.emit(summary, notes)
            self.questioned.emit(questions)

    def _failed(self, failed: Failed) -> None:
        error = self._work.error if self._work is not None else None
        if not self._is_still_wanted():
            return
        if isinstance(error, ConsentNeededError):
            self.consentNeeded.emit(self._asked, failed)
        elif isinstance(error, ChoiceNeededError):
            self.choiceNeeded.emit(error.question, failed)
        else:
            self.failed.emit(failed)

    def _is_still_wanted(self) -> bool:
        """The look has ended; whether its answer is the one that is waited for. If not, look at the newer model."""
        self._progress.stop()
        self._job = self._work = None
        if self._wanted is not None and self._wanted != self._asked:
            self._timer.start()
        return self._wanted is not None and self._wanted == self._asked
