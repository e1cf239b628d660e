"""RunController: the state of the run, its thread, and its events in batches.

All of its methods are called in the GUI thread. Commands reach the run through RunControl; what
the run says comes back through a buffer that a timer empties ten times a second. Every event is
delivered, none is dropped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal, Slot

from acq_app.run.cluster_jobs import ClusterJob
from acq_app.run.jobs import Job, JobThread
from acq_app.run.run_jobs import FactoryJob, OpenedRun, ReplayJob, ResumeJob, RunJob, RunLike
from acq_app.run.state import ACTIVE, TRANSITIONS, RunState
from acq_engine.cluster import MARK
from acq_engine.control import RunControl, SubProgress
from acq_engine.events import Event, Failed, Finished, Paused, PhaseStarted, Resumed
from acq_engine.settings import RunConfig

logger = logging.getLogger(__name__)

BATCH_MS = 100
MOST_EVENTS = 500  # in one batch, so that opening a long run never blocks the window

RunFactory = Callable[[RunConfig, Path, RunControl], RunLike]


class RunController(QObject):
    """Owns the run. At most one is active at a time."""

    stateChanged = Signal(object)  # RunState
    eventsReady = Signal(list)  # of Event, in order
    subProgressChanged = Signal(object)  # SubProgress, or None while the run counts steps
    runOpened = Signal(object)  # OpenedRun: an older run is on the screen
    openFailed = Signal(object)  # Failed: a run folder can't be read

    def __init__(self, factory: RunFactory | None = None, threads: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.threads = threads
        self._factory = factory
        self._state = RunState.DRAFT
        self._control = RunControl()
        self._thread: JobThread | None = None
        self._last: Event | None = None
        self._replaying = False
        self._over = False  # the thread has ended; the buffer may still hold events
        self._sub: SubProgress | None = None
        self._others_paused = False  # the run that is followed
        self.detached = False  # the last run was left on its cluster
        self._timer = QTimer(self)
        self._timer.setInterval(BATCH_MS)
        self._timer.timeout.connect(self._deliver)

    # --- reading ---------------------------------------------------------------------------------

    @property
    def state(self) -> RunState:
        """Where the run stands."""
        return self._state

    @property
    def active(self) -> bool:
        """Whether a run is going on or ending (a paused one too)."""
        return self._state in ACTIVE

    @property
    def replaying(self) -> bool:
        """Whether the events come from a folder, not from a run."""
        return self._replaying

    @property
    def following(self) -> bool:
        """Whether a run is watched that somebody else is working on."""
        job = self._thread.job if self._thread is not None else None
        return isinstance(job, ReplayJob) and job.following and self._state is not RunState.STOPPING

    @property
    def finishing(self) -> bool:
        """Whether training has been asked to end early, and the run goes on to evaluation and export."""
        return self.active and not self._replaying and self._control.finish_requested

    @property
    def followed_paused(self) -> bool:
        """Whether the run that is followed says that it is paused."""
        return self.following and self._others_paused

    @property
    def cluster_job(self) -> ClusterJob | None:
        """What the run is on a cluster; None where it is computed here, or only shown."""
        job = self._thread.job if self._thread is not None else None
        return job if isinstance(job, ClusterJob) else None

    # --- commands --------------------------------------------------------------------------------

    def start(self, config: RunConfig, out_dir: Path, place: str = "") -> None:
        """Begin a new run, here or on the cluster at an address."""
        control = RunControl()
        job: Job
        if place:
            job = ClusterJob(out_dir, control, place, config)
        elif self._factory is not None:
            job = FactoryJob(self._factory, config, out_dir, control)
        else:
            job = RunJob(config, out_dir, control, self.threads)
        self._launch(job, control)

    def resume_run(self, run_dir: Path, *, lower_rates: bool = False, place: str = "") -> None:
        """Take an interrupted run up again from its last checkpoint, if wanted with lower learning rates.

        One that is on a cluster is followed there again, whatever `place` says.
        """
        control = RunControl()
        job: Job
        if place or (run_dir / MARK).is_file():
            job = ClusterJob(run_dir, control, place, lower_rates=lower_rates)
        else:
            job = ResumeJob(run_dir, control, self.threads, lower_rates)
        self._launch(job, control)

    def open_run(self, run_dir: Path) -> None:
        """Show an older run: its events come as if it ran again, only at once."""
        job = ReplayJob(run_dir)
        self._launch(job, job.control, replaying=True)

    def pause(self) -> None:
        """Wait after the current step."""
        if self._state is RunState.RUNNING:
            self._control.pause()
            self._go(RunState.PAUSING)

    def resume(self) -> None:
        """Go on after a pause."""
        if self._state in (RunState.PAUSED, RunState.PAUSING):
            self._control.resume()
            if self._state is RunState.PAUSING:
                self._go(RunState.RUNNING)

    def finish_now(self) -> None:
        """End training; evaluate and export what there is."""
        if self._state in (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED):
            self._control.finish_now()
            if self._state is not RunState.RUNNING:
                self._go(RunState.RUNNING)
            else:
                self.stateChanged.emit(self._state)  # nothing else tells that it was heard until the step has ended

    def cancel(self) -> None:
        """Save a checkpoint and stop."""
        if self.active and self._state is not RunState.STOPPING:
            self._control.cancel()
            self._go(RunState.STOPPING)

    def detach(self) -> None:
        """Stop following a run on a cluster, which goes on there."""
        job = self.cluster_job
        if job is not None and self.active and self._state is not RunState.STOPPING:
            job.detach()
            self.detached = True
            self._go(RunState.STOPPING)

    def wait(self, milliseconds: int) -> bool:
        """Block until the thread has ended, at most so long. True when it has."""
        if self._thread is None:
            return True
        ended = self._thread.wait(QDeadlineTimer(milliseconds))
        if ended:
            self._over = True
            while self._thread is not None:
                self._deliver()
        return ended

    # --- the thread ------------------------------------------------------------------------------

    def _launch(self, job: Job, control: RunControl, *, replaying: bool = False) -> None:
        if self._thread is not None:
            raise RuntimeError("a run is active already")
        self._control, self._replaying = control, replaying
        self._last = None
        self._over = self._others_paused = self.detached = False
        thread = JobThread(job)
        thread.finished.connect(self._on_thread_finished)
        self._thread = thread
        self._go(RunState.PREPARING)
        thread.start()
        self._timer.start()

    @Slot()
    def _on_thread_finished(self) -> None:
        self._over = True
        self._deliver()

    @Slot()
    def _deliver(self) -> None:
        thread = self._thread
        if thread is None:
            return
        batch = thread.buffer.take(MOST_EVENTS)
        ended = self._over and not len(thread.buffer)
        sub = None if ended else self._control.sub_progress
        if ended and not self._replaying and not self._detached(thread):
            if thread.failure is not None:
                batch.append(thread.failure)
            elif not isinstance(batch[-1] if batch else self._last, Finished | Failed):
                batch.append(Failed("The run ended without a result.", hint="Copy the log into a bug report."))
        if batch:
            self._last = batch[-1]
            self.eventsReady.emit(batch)
            for event in batch:
                self._follow(event)
        if sub != self._sub:  # behind the events: a phase's task is told after the phase
            self._sub = sub
            self.subProgressChanged.emit(sub)
        if ended and self._thread is thread:
            self._end(thread)

    def _follow(self, event: Event) -> None:
        """Let the state follow what the run says."""
        if self._replaying:
            if isinstance(event, Paused | Resumed):
                self._others_paused = isinstance(event, Paused)
                self.stateChanged.emit(self._state)
            return
        match event:
            case PhaseStarted() if self._state is RunState.PREPARING and event.phase != "prepare":
                self._go(RunState.RUNNING)
            case Paused() if self._state in (RunState.RUNNING, RunState.PAUSING):
                self._go(RunState.PAUSED)
            case Resumed() if self._state is RunState.PAUSED:
                self._go(RunState.RUNNING)
            case _:
                pass

    def _end(self, thread: JobThread) -> None:
        self._timer.stop()
        thread.wait()
        self._thread = None
        if self._replaying:
            self._end_replay(thread)
        elif self._detached(thread):
            self._go(RunState.STOPPED)
        elif isinstance(self._last, Finished):
            self._go(RunState.SUCCEEDED if self._last.state == "succeeded" else RunState.STOPPED)
        else:
            self._go(RunState.FAILED)
        thread.deleteLater()

    @staticmethod
    def _detached(thread: JobThread) -> bool:
        return isinstance(thread.job, ClusterJob) and thread.job.detached and thread.failure is None

    def _end_replay(self, thread: JobThread) -> None:
        self._replaying = False
        if thread.failure is not None:
            self._go(RunState.STOPPED)
            self._go(RunState.DRAFT)
            self.openFailed.emit(thread.failure)
            return
        ends = {"succeeded": RunState.SUCCEEDED, "failed": RunState.FAILED}
        opened = thread.result
        self._go(ends.get(opened.state, RunState.STOPPED) if isinstance(opened, OpenedRun) else RunState.STOPPED)
        self.runOpened.emit(opened)

    def _go(self, state: RunState) -> None:
        if state is self._state:
            return
        if state not in TRANSITIONS[self._state]:
            raise RuntimeError(f"a run can't go from {self._state.value} to {state.value}")
        logger.debug("run: %s -> %s", self._state.value, state.value)
        self._state = state
        self.stateChanged.emit(state)
