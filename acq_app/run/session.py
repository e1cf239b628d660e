"""RunSession: the run on the screen: its controller, what is known of it, and its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.run.controller import RunController
from acq_app.run.run_jobs import OpenedRun
from acq_app.run.state import RunState, WindowState
from acq_engine.control import SubProgress
from acq_engine.events import Event
from acq_engine.settings import ModelConfig, RunConfig


@dataclass(frozen=True)
class Beginning:
    """How a run came onto the screen."""

    folder: Path
    replayed: bool = False  # read back from its folder, not run
    quiet: bool = False  # of the queue: the user stays where they are
    model: ModelConfig | None = None  # of a new run; that of an older one is in its folder


class RunSession(QObject):
    """At most one run is on the screen; `state` is what its events said so far."""

    started = Signal(object)  # Beginning: forget the run before
    events = Signal(list)  # of Event, in order; `state` knows of them already
    changed = Signal(object)  # RunState
    taskChanged = Signal()  # the state has another `sub`
    opened = Signal(object)  # OpenedRun: an older run has been read
    openFailed = Signal(object)  # Failed: a run folder can't be read

    def __init__(self, controller: RunController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        controller.setParent(self)
        self.state = WindowState()
        self.leaving = False  # the program ends as soon as the run has stopped
        self._others_run = False  # somebody else works on the run on the screen
        controller.eventsReady.connect(self.take)
        controller.stateChanged.connect(self.changed)
        controller.subProgressChanged.connect(self._take_sub)
        controller.runOpened.connect(self._opened)
        controller.openFailed.connect(self.openFailed)

    # --- reading ---------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Whether a run goes on, is ending, or is being read back."""
        return self.controller.active

    @property
    def running(self) -> bool:
        """Whether a run goes on that is not only read back."""
        return self.controller.active and not self.controller.replaying

    @property
    def run_dir(self) -> Path | None:
        """The folder of the run on the screen."""
        return Path(self.state.run_dir) if self.state.run_dir else None

    @property
    def remote(self) -> bool:
        """Whether the run goes on on a cluster."""
        return self.controller.cluster_job is not None

    @property
    def can_export(self) -> bool:
        """Whether the run on the screen has a quantized model."""
        return self.state.results.finished is not None and self.controller.state is RunState.SUCCEEDED

    @property
    def resumable(self) -> bool:
        """Whether the run on the screen can go on from its last checkpoint."""
        stopped = self.controller.state is RunState.STOPPED
        return stopped and self.state.model is not None and not self._others_run

    # --- commands --------------------------------------------------------------------------------

    def begin(self, config: RunConfig, folder: Path, *, quiet: bool = False, place: str = "") -> None:
        """Begin a new run in a folder; `place`: the address of a cluster, or empty for here."""
        self._start(Beginning(folder, quiet=quiet, model=config.model))
        self.controller.start(config, folder, place)

    def resume(self, folder: Path, *, quiet: bool = False, lower_rates: bool = False, place: str = "") -> None:
        """Go on with a run from its last checkpoint; nothing happens while another one is active."""
        if not self.active:
            self._start(Beginning(folder, quiet=quiet))
            self.controller.resume_run(folder, lower_rates=lower_rates, place=place)

    def open(self, folder: Path) -> None:
        """Show an older run; nothing happens while another one is active."""
        if not self.active:
            self._start(Beginning(folder, replayed=True))
            self.controller.open_run(folder)

    def _start(self, beginning: Beginning) -> None:
        self.state = WindowState(run_dir=str(beginning.folder))
        self._others_run = False
        self.started.emit(beginning)

    @Slot(list)
    def take(self, events: list[Event]) -> None:
        """Add what the run says, or what was measured of it afterwards."""
        for event in events:
            self.state.apply(event)
        self.events.emit(events)

    @Slot(object)
    def _take_sub(self, sub: SubProgress | None) -> None:
        self.state.take_sub(sub)
        self.taskChanged.emit()

    @Slot(object)
    def _opened(self, opened: OpenedRun | None) -> None:
        if opened is not None:
            self._others_run = opened.being_written
            self.opened.emit(opened)
