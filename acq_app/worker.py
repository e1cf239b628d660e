"""Where engine and window meet: jobs that run in a thread of their own.

A job is a plain object with `run(emit)`; it imports the engine inside that method, so nothing here
loads torch before there is work. Events go into a buffer that the window empties ten times a
second; results and errors come as signals. Nothing a job raises is lost.
"""

from __future__ import annotations

import gc
import os
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QThread, Signal

from acq_engine.control import RunControl
from acq_engine.errors import AcqError, DataError
from acq_engine.events import Evaluated, Event, Exported, Failed, ModelSummary, PhaseStarted, Subject
from acq_engine.settings import ModelConfig, RunConfig, TestSetConfig

if TYPE_CHECKING:
    from acq_engine.store import RunStore

FOLLOW_SECONDS = 0.5  # between two looks at a run that somebody else is writing

Emit = Callable[[Event], None]


class RunLike(Protocol):
    """What a job needs of a run."""

    def events(self) -> Iterator[Event]: ...


class Job(Protocol):
    """Work for a thread. `run` may raise AcqError; anything else is reported as an internal error."""

    def run(self, emit: Emit) -> object: ...


def failure(error: BaseException) -> Failed:
    """An error as the event that the window shows."""
    detail = "".join(traceback.format_exception(error))
    if isinstance(error, AcqError):
        return Failed(error.message, error.cause, error.hint, detail, error.exit_code)
    return Failed(
        "An internal error occurred.", f"{type(error).__name__}: {error}",
        "Copy the details into a bug report. The run folder is intact.", detail,
    )


class EventBuffer:
    """Events on their way from a job's thread to the window's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: deque[Event] = deque()

    def put(self, event: Event) -> None:
        """Add an event (job's thread)."""
        with self._lock:
            self._events.append(event)

    def take(self, most: int) -> list[Event]:
        """Remove and return up to `most` events, oldest first (window's thread)."""
        with self._lock:
            return [self._events.popleft() for _ in range(min(most, len(self._events)))]

    def __len__(self) -> int:
        with self._lock:
            return len(self._events)


class JobThread(QThread):
    """Runs one job. Either `succeeded` or `failed` is emitted, then QThread's `finished`.

    `result` and `failure` hold the same, for whoever waits for the thread instead of for a signal; `error` is what was
    raised.
    """

    succeeded = Signal(object)
    failed = Signal(object)  # Failed

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.buffer = EventBuffer()
        self.result: object = None
        self.failure: Failed | None = None
        self.error: BaseException | None = None
        self.setObjectName(type(job).__name__)

    def run(self) -> None:
        """The thread's main function; called by Qt."""
        try:
            self.result = self.job.run(self.buffer.put)
        except BaseException as error:
            self.error = error
            self.failure = failure(error)
            self.failed.emit(self.failure)
        else:
            self.succeeded.emit(self.result)


@contextmanager
def heavy_import() -> Iterator[None]:
    """Import without Python's garbage collector, and keep what was imported out of its later rounds.

    PyTorch brings a million objects. A full round over them takes a quarter of a second, and no other thread, the
    window's least of all, can do anything meanwhile.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def pass_on(events: Iterator[Event], emit: Emit) -> None:
    """Emit a real run's events. Each phase imports more of PyTorch, which is left to rest as `heavy_import` says."""
    for event in events:
        if isinstance(event, PhaseStarted) and event.phase != "prepare":
            gc.freeze()
        emit(event)


def use_threads(count: int) -> None:
    """How many processor threads torch takes; 0: all but one, which is left to the window."""
    import torch

    torch.set_num_threads(count or max(1, (os.cpu_count() or 2) - 1))


@dataclass
class RunJob:
    """A whole run, from its settings."""

    config: RunConfig
    out_dir: Path
    control: RunControl
    threads: int = 0

    def run(self, emit: Emit) -> None:
        """Create the run and pass its events on."""
        with heavy_import():
            from acq_engine.pipeline.run import QuantizationRun

        if self.config.threads is None:
            use_threads(self.threads)
        pass_on(QuantizationRun.create(self.config, self.out_dir, self.control).events(), emit)


@dataclass
class ResumeJob:
    """An interrupted run, from its last checkpoint."""

    run_dir: Path
    control: RunControl
    threads: int = 0

    def run(self, emit: Emit) -> None:
        """Show what the run did so far, then go on."""
        with heavy_import():
            from acq_engine.pipeline.run import QuantizationRun
            from acq_engine.store import RunStore

        use_threads(self.threads)
        store = RunStore.open(self.run_dir)
        for event in store.events():
            emit(event)
        pass_on(QuantizationRun.resume(store, self.control).events(), emit)


@dataclass
class FactoryJob:
    """A run that somebody else makes: the tests' made-up one, or a queue's."""

    factory: Callable[[RunConfig, Path, RunControl], RunLike]
    config: RunConfig
    out_dir: Path
    control: RunControl

    def run(self, emit: Emit) -> None:
        """Pass the run's events on."""
        for event in self.factory(self.config, self.out_dir, self.control).events():
            emit(event)


@dataclass
class OpenedRun:
    """What opening a run folder gave."""

    path: Path
    config: RunConfig
    state: str
    interrupted: bool
    being_written: bool = False  # by somebody else: it can be watched, not taken up


@dataclass
class ReplayJob:
    """Read a run folder's events back, with their pictures; one that is being written is followed to its end."""

    run_dir: Path
    control: RunControl = field(default_factory=RunControl)
    following: bool = False  # all that was there is read; what comes is waited for

    def run(self, emit: Emit) -> OpenedRun:
        """Pass the stored events on.

        Raises:
            StorageError: there is no run, or it is damaged.
        """
        from acq_engine.store import RunStore

        store = RunStore.open(self.run_dir)
        end = store.events_end()
        for event in store.events(end):
            if self.control.cancel_requested:
                break
            emit(event)
        self._follow(store, end, emit)
        live = store.live
        return OpenedRun(self.run_dir, store.config, store.state, store.interrupted and not live, live)

    def _follow(self, store: RunStore, offset: int, emit: Emit) -> None:
        """Pass on what is written until the run ends, its writer is gone, or nobody watches any more."""
        pause = threading.Event()
        while not self.control.cancel_requested:
            live = store.live  # asked first: what its last writer wrote is read all the same
            self.following = live
            events, offset = store.tail_events(offset)
            for event in events:
                emit(event)
            if not live:
                break
            pause.wait(FOLLOW_SECONDS)
        self.following = False


@dataclass
class InspectJob:
    """Look at a model without using it. `done` and `total` are bytes of a download; `stopped` breaks it off.

    `notes` are sentences about what was assumed or recognised.
    """

    config: ModelConfig
    done: int = 0
    total: int = 0
    stopped: bool = False
    notes: tuple[str, ...] = ()

    def run(self, emit: Emit) -> ModelSummary:
        """Load the model, fetch its weights if need be, and sum it up.

        Raises:
            ModelError: it can't be a teacher; the reason is in the error.
        """
        del emit
        with heavy_import():
            from acq_engine.models import load_model

        loaded = load_model(self.config, progress=self._progress, stop=lambda: self.stopped)
        summary: ModelSummary = loaded.summary()
        self.notes = loaded.notes
        return summary

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total


@dataclass
class ExportJob:
    """Write a finished run's model in a format, and check it."""

    run_dir: Path
    format: str
    target: Path | None

    def run(self, emit: Emit) -> Exported:
        """Export; the file is then run and compared.

        Raises:
            ExportError: the model can't be written so.
            StorageError: the run has no quantized model, or the place can't be written.
        """
        from acq_engine.export.from_run import export_run
        from acq_engine.export.verify.of_run import verify_run

        exported = export_run(self.run_dir, self.format, self.target, on_event=emit)
        # trust: this very program has just written the file
        verify_run(self.run_dir, exported.path, trust=True, on_event=emit)
        return exported


@dataclass
class EvaluateJob:
    """Measure a finished run's models on test images, its own or others."""

    run_dir: Path
    test_set: TestSetConfig
    control: RunControl = field(default_factory=RunControl)

    def run(self, emit: Emit) -> list[Evaluated]:
        """Float, quantized and, if it is there, exported model, in this order.

        Raises:
            DataError: there are no test images, or they can't be read.
            StorageError: the run has no quantized model.
        """
        from acq_engine.evaluation.accuracy import evaluate
        from acq_engine.export.from_run import load_student
        from acq_engine.export.verify.proof import onnx_predictor
        from acq_engine.store import RunStore
        from acq_engine.test_sets.loading import load_test_set

        student, loaded = load_student(self.run_dir)
        images = load_test_set(self.test_set, loaded)
        if images is None:
            raise DataError("There are no test images to evaluate on.", hint="Choose test images in step 5.")
        models: dict[Subject, Callable[[Any], Any]] = {"float": loaded.module, "student": student}
        if (self.run_dir / "model.onnx").is_file():
            models["exported"] = onnx_predictor(self.run_dir / "model.onnx")
        reference, results = None, []
        convention = RunStore.open(self.run_dir).config.quantization.convention
        for subject, predict in models.items():
            found = evaluate(predict, images, loaded, reference=reference, stop=lambda: self.control.cancel_requested)
            if self.control.cancel_requested:
                break
            reference = found.predictions if reference is None else reference
            results.append(found.event(subject, convention=convention))
            emit(results[-1])
        return results
