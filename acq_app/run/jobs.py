"""Work for threads: what a job is, the thread that runs one, and what it says on its way.

A job imports the engine inside its `run`, so nothing here loads torch before there is work. Nothing a job raises is
lost.
"""

from __future__ import annotations

import gc
import os
import threading
import traceback
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QThread, Signal

from acq_engine.events import Event, Failed
from acq_engine.explained import explained

Emit = Callable[[Event], None]


class Job(ABC):
    """Work for a thread."""

    worth_asking = False  # somebody waits for it: the program asks before it ends in the middle

    @abstractmethod
    def run(self, emit: Emit) -> object:
        """Do it (job's thread). May raise AcqError; anything else is reported as an internal error."""

    def cancel(self) -> None:  # noqa: B027 - most jobs are short
        """Ask it to stop soon, from another thread. A short job need not listen."""


def failure(error: BaseException) -> Failed:
    """An error as the event that the window shows."""
    detail = "".join(traceback.format_exception(error))
    known = explained(error)
    if known is not None:
        return Failed(known.message, known.cause, known.hint, detail, known.exit_code)
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


def use_threads(count: int) -> None:
    """How many processor threads torch takes; 0: all but one, which is left to the window."""
    import torch

    torch.set_num_threads(count or max(1, (os.cpu_count() or 2) - 1))
