"""How another thread steers a run: pause, resume, finish now, cancel.

A run reads its control between steps only, so every request takes effect within a step.
"""

from __future__ import annotations

import threading


class RunControl:
    """Requests to a run. All methods may be called from any thread."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._paused = False
        self._finish = False
        self._cancel = False

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
