"""How another thread steers a run (pause, resume, finish now, cancel), and sees how far work without steps is.

A run reads its control between steps only, so every request takes effect within a step.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

# Work within a phase that has no steps of its own.
Task = Literal[
    "download", "loading", "timing", "float", "sensitivity", "procedural", "samples", "rounding", "biases", "interim",
    "quantized", "exporting", "file", "reference", "latency",
]
TASK_TITLES: dict[Task, str] = {
    "download": "downloading", "loading": "loading the model", "timing": "timing a few steps",
    "float": "evaluating the float model", "sensitivity": "measuring sensitivities",
    "procedural": "refining procedural images", "samples": "setting ranges", "rounding": "fitting the rounding",
    "biases": "correcting biases", "interim": "interim accuracy", "quantized": "evaluating the quantized model",
    "exporting": "writing the file", "file": "evaluating the exported file", "reference": "integer reference",
    "latency": "measuring latency",
}
UNITS: dict[Task, str] = {
    "download": "MB", "float": "image", "sensitivity": "pass", "procedural": "image", "samples": "sample",
    "rounding": "layer", "biases": "layer", "interim": "image", "quantized": "image", "file": "image",
    "reference": "image",
}

Told = Callable[[Task, int, int], None]
"""Told which task is at work, how many of its parts are done, and of how many (0: not known)."""


@dataclass(frozen=True, slots=True)
class SubProgress:
    """How far a task is. It is for looking at only: no event, and in no file."""

    task: Task
    done: int = 0
    total: int = 0  # 0: not known

    def text(self) -> str:
        """As "fitting the rounding, layer 7 of 22"."""
        title = TASK_TITLES[self.task]
        return f"{title}, {UNITS[self.task]} {self.done:,} of {self.total:,}" if self.total else title


def tell_nobody(task: Task, done: int, total: int) -> None:
    """A `Told` for where nobody listens."""


class RunControl:
    """Requests to a run. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._paused = False
        self._finish = False
        self._cancel = False
        self._sub: SubProgress | None = None  # exchanged as a whole, so it needs no lock

    @property
    def sub_progress(self) -> SubProgress | None:
        """The task that the run is at; None while it counts steps."""
        return self._sub

    def tell(self, task: Task, done: int = 0, total: int = 0) -> None:
        """Say how far a task is (the run's thread)."""
        self._sub = SubProgress(task, done, total)

    def tell_steps(self) -> None:
        """Say that the run counts steps again (the run's thread)."""
        self._sub = None

    def pause(self) -> None:
        """Ask the run to wait after its current step."""
        with self._condition:
            self._paused = True

    def resume(self) -> None:
        """Let a paused run go on."""
        with self._condition:
            self._paused = False
            self._condition.notify_all()

    def finish_now(self) -> None:
        """Ask the run to end training and go on to evaluation and export with what it has."""
        with self._condition:
            self._finish = True
            self._paused = False
            self._condition.notify_all()

    def cancel(self) -> None:
        """Ask the run to save a checkpoint and stop; it can be resumed later."""
        with self._condition:
            self._cancel = True
            self._paused = False
            self._condition.notify_all()

    def agree(self) -> None:
        """Called by the run between two steps; where several processes work on it they take requests in here."""

    @property
    def pause_requested(self) -> bool:
        with self._condition:
            return self._paused

    @property
    def finish_requested(self) -> bool:
        with self._condition:
            return self._finish

    @property
    def cancel_requested(self) -> bool:
        with self._condition:
            return self._cancel

    def wait_while_paused(self, seconds: float | None = None) -> None:
        """Block the calling thread (the run's own) until resumed, finished or cancelled, at most so many seconds."""
        with self._condition:
            self._condition.wait_for(lambda: not self._paused, seconds)
