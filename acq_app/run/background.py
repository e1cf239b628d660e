"""Background: the one owner of threads, but for the thread of the run on the screen.

Whoever wants work done hands a job over and is called back in the window's thread. When the program ends, one object
knows of everything that still goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QObject, Signal, Slot

from acq_app.run.jobs import Job, JobThread
from acq_engine.events import Event, Failed

MOST_EVENTS = 1000  # taken at once

Then = Callable[[object], None]
OnFailure = Callable[[Failed], None]


class Work:
    """A job that goes on, for whoever handed it over."""

    def __init__(self, thread: JobThread) -> None:
        self._thread = thread

    @property
    def job(self) -> Job:
        """What is done."""
        return self._thread.job

    @property
    def error(self) -> BaseException | None:
        """What the job raised, once it has ended."""
        return self._thread.error

    def events(self) -> list[Event]:
        """What the job said since the last time, oldest first."""
        return self._thread.buffer.take(MOST_EVENTS)

    def cancel(self) -> None:
        """Ask it to stop soon; its end is told all the same."""
        self._thread.job.cancel()


class Background(QObject):
    """Runs jobs, each in a thread of its own. All methods are called in the window's thread."""

    failed = Signal(object)  # Failed: of a job whose owner does not take failures itself

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[JobThread, tuple[Then, OnFailure | None]] = {}
        self._closed = False

    def do(self, job: Job, then: Then, failed: OnFailure | None = None) -> Work:
        """Run a job, then hand over what it returned; its failure goes to `failed`, or else to the signal.

        Once the program is ending, nothing more is begun and nobody is called back.
        """
        thread = JobThread(job)
        work = Work(thread)
        if not self._closed:
            self._jobs[thread] = (then, failed)
            thread.finished.connect(self._ended)
            thread.start()
        return work

    @Slot()
    def _ended(self) -> None:
        for thread in [thread for thread in self._jobs if thread.isFinished()]:
            then, failed = self._jobs.pop(thread)
            thread.wait()
            if self._closed:
                pass
            elif thread.failure is None:
                then(thread.result)
            elif failed is not None:
                failed(thread.failure)
            else:
                self.failed.emit(thread.failure)
            thread.deleteLater()

    @property
    def busy(self) -> bool:
        """Whether anything goes on."""
        return bool(self._jobs)

    def does(self, kind: type[Job]) -> bool:
        """Whether a job of this kind goes on."""
        return any(isinstance(thread.job, kind) for thread in self._jobs)

    @property
    def worth_asking(self) -> bool:
        """Whether something goes on that somebody waits for."""
        return any(thread.job.worth_asking for thread in self._jobs)

    def cancel_all(self) -> None:
        """The program ends: ask everything to stop, and begin nothing more."""
        self._closed = True
        for thread in self._jobs:
            thread.job.cancel()

    def wait(self, milliseconds: int) -> bool:
        """Block until everything has ended, at most so long in all. True when it has."""
        deadline = QDeadlineTimer(milliseconds)
        ended = all([thread.wait(deadline) for thread in self._jobs])  # noqa: C419 - every one is asked
        self._ended()
        return ended
