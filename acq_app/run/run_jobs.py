"""The jobs behind the run on the screen: a new one, a resumed one, one that is read back from its folder."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from acq_app.run.jobs import Emit, Job, heavy_import, use_threads
from acq_engine.control import RunControl
from acq_engine.events import Event, PhaseStarted
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_engine.store import RunStore

FOLLOW_SECONDS = 0.5  # between two looks at a run that somebody else is writing


class RunLike(Protocol):
    """What a job needs of a run."""

    def events(self) -> Iterator[Event]: ...


def pass_on(events: Iterator[Event], emit: Emit) -> None:
    """Emit a real run's events. Each phase imports more of PyTorch, which is left to rest as `heavy_import` says."""
    for event in events:
        if isinstance(event, PhaseStarted) and event.phase != "prepare":
            gc.freeze()
        emit(event)


@dataclass
class RunJob(Job):
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

    def cancel(self) -> None:
        """Stop after the current step."""
        self.control.cancel()


@dataclass
class ResumeJob(Job):
    """An interrupted run, from its last checkpoint."""

    run_dir: Path
    control: RunControl
    threads: int = 0
    lower_rates: bool = False

    def run(self, emit: Emit) -> None:
        """Show what the run did so far, then go on."""
        with heavy_import():
            from acq_engine.pipeline.run import QuantizationRun
            from acq_engine.store import RunStore

        use_threads(self.threads)
        store = RunStore.open(self.run_dir)
        for event in store.events():
            emit(event)
        pass_on(QuantizationRun.resume(store, self.control, lower_rates=self.lower_rates).events(), emit)

    def cancel(self) -> None:
        """Stop after the current step."""
        self.control.cancel()


@dataclass
class FactoryJob(Job):
    """A run that somebody else makes: the tests' made-up one, or a queue's."""

    factory: Callable[[RunConfig, Path, RunControl], RunLike]
    config: RunConfig
    out_dir: Path
    control: RunControl

    def run(self, emit: Emit) -> None:
        """Pass the run's events on."""
        for event in self.factory(self.config, self.out_dir, self.control).events():
            emit(event)

    def cancel(self) -> None:
        """Stop after the current step."""
        self.control.cancel()


@dataclass
class OpenedRun:
    """What opening a run folder gave."""

    path: Path
    config: RunConfig
    state: str
    interrupted: bool
    being_written: bool = False  # by somebody else: it can be watched, not taken up


@dataclass
class ReplayJob(Job):
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

    def cancel(self) -> None:
        """Stop after the current step."""
        self.control.cancel()
