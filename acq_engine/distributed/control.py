"""Requests that all ranks take in between the same two steps: the first rank's."""

from __future__ import annotations

from collections.abc import Callable

from acq_engine.control import RunControl, Task
from acq_engine.distributed.collectives import alone, from_first, leads


class AgreedControl(RunControl):
    """A control whose requests count from the next `agree` on.

    Args:
        asked: What people and signals ask; only the first rank's matters.
        wait: Blocks the first rank while the run is paused.
    """

    def __init__(self, asked: RunControl, wait: Callable[[], None]) -> None:
        super().__init__()
        self._asked, self._wait = asked, wait

    def agree(self) -> None:
        asked = self._asked
        pause, finish, cancel = from_first((asked.pause_requested, asked.finish_requested, asked.cancel_requested))
        if pause:
            self.pause()
        if finish:
            self.finish_now()
        if cancel:
            self.cancel()

    def tell(self, task: Task, done: int = 0, total: int = 0) -> None:
        """Whoever looks on looks at the control that was asked for."""
        self._asked.tell(task, done, total)

    def tell_steps(self) -> None:
        self._asked.tell_steps()

    def wait_while_paused(self, seconds: float | None = None) -> None:
        """Wait for the first rank, which waits for whoever paused the run; others don't know how long."""
        if leads():
            self._wait()
        self.resume()
        self.agree()


def agreed(control: RunControl, wait: Callable[[], None]) -> RunControl:
    """The control that a run reads: with one process the one it was given."""
    return control if alone() else AgreedControl(control, wait)
