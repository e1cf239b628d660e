"""Ctrl-C and SIGTERM: once ends the run cleanly, twice ends it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from acq_engine.cli.console import notes
from acq_engine.control import RunControl


@contextmanager
def stops_cleanly(control: RunControl, *, quietly: bool = False) -> Iterator[None]:
    """While it lasts, the first signal asks the run to save a checkpoint and stop.

    Raises:
        KeyboardInterrupt: at the second signal. The run folder is intact all the same: what is
            in it was written whole.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers; somebody else steers this run
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if control.cancel_requested:
            raise KeyboardInterrupt
        control.cancel()
        if not quietly:
            notes().print("Stopping after this step. Press Ctrl-C again to stop at once.")

    before: dict[int, Any] = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ends_at_once() -> Iterator[None]:
    """While it lasts, SIGTERM ends the work as Ctrl-C does.

    Raises:
        KeyboardInterrupt: at the first signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
