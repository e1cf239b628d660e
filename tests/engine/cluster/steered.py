"""A run that computes nothing and goes on when it is let, for clusters that live in the test's process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from acq_engine.control import RunControl
from acq_engine.events import Event, Paused, PhaseStarted, Resumed
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.engine.cli.made_up import MadeUpRun

if TYPE_CHECKING:
    from acq_engine.cluster.remote_run import RemoteRun


def _let() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


class SteeredRun(MadeUpRun):
    """Goes on to its end only when it is let, and takes requests in meanwhile.

    It keeps to the `hold` that it begins with: one that a test leaves behind must not wait for the next test's.
    """

    hold: ClassVar[threading.Event] = _let()  # between tests
    configs: ClassVar[list[RunConfig]] = []

    @classmethod
    def create(cls, config: RunConfig, path: Path, control: RunControl, **values: Any) -> MadeUpRun:
        cls.configs.append(config)
        made = super().create(config, path, control, **values)
        for name in ("teacher.json", "teacher.safetensors"):
            (path / name).write_bytes(b"{}")
        return made

    def _events(self, store: RunStore) -> Iterator[Event]:
        hold = self.hold
        for event in super()._events(store):
            yield event
            if isinstance(event, PhaseStarted):
                while not (hold.is_set() or self.control.cancel_requested or self.control.finish_requested):
                    if self.control.pause_requested:
                        yield Paused(0)
                        self.control.wait_while_paused(60)
                        yield Resumed(0)
                    time.sleep(0.01)


def until(remote: RemoteRun, kind: type[Event]) -> list[Event]:
    """What it says, up to that."""
    events: list[Event] = []
    end = time.monotonic() + 60
    while not any(isinstance(event, kind) for event in events):
        assert time.monotonic() < end and not remote.over, events
        events += remote.look()
        time.sleep(0.02)
    return events
