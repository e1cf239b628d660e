"""QueueFeature: begins the next waiting run when one has ended, and does what the queue's view asks for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from acq_app.features.context import AppContext
from acq_app.features.next_run import NextRunFeature
from acq_app.features.queue.model import QueueItem, QueueModel
from acq_app.features.runs import RunFeature, free_folder, run_name
from acq_app.run.state import RunState
from acq_app.settings.differences import differences
from acq_app.views.queue.rows import QueueRow, QueueState

_ENDS: dict[RunState, QueueState] = {
    RunState.SUCCEEDED: "done", RunState.STOPPED: "stopped", RunState.FAILED: "failed",
}


@dataclass(frozen=True)
class QueueShown:
    """What the view shows."""

    rows: list[QueueRow]
    can_go: bool
    can_hold: bool
    can_stop: bool


class QueueFeature(QObject):
    """The queue. A run that fails or is cancelled does not keep the next one from beginning."""

    shown = Signal(object)  # QueueShown
    selected = Signal(list)  # places to be selected in the view
    changed = Signal()
    folderMade = Signal(object)  # QueueItem: it runs, so its folder is there now
    ended = Signal(object, str)  # QueueItem that has ended, and why it failed

    def __init__(self, context: AppContext, runs: RunFeature, next_run: NextRunFeature,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._runs, self._next_run = context, runs, next_run
        self._session = context.session
        self.model = QueueModel(parent=self)
        self._real = False  # the run that goes on is one, not one that is read back
        self._next = QTimer(self)  # after whoever else listens to the run's end has had it
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._begin_next)
        self._session.changed.connect(self._follow)
        self.model.changed.connect(self.show)

    @property
    def goes_on(self) -> bool:
        """Whether another run begins by itself when the present one ends."""
        return bool(self.model.waiting) and not self.model.held and not self._session.leaving

    # --- what the user does ----------------------------------------------------------------------

    @Slot()
    def add_current(self) -> None:
        """Put the settings on the panels at the end of the queue."""
        if self._runs.reasons():
            return
        config = self._context.run_settings.config
        if self.add([QueueItem(run_name(config), config)]):
            self._context.messages.tell(self.tr("Added to the queue; {0} waiting.").format(len(self.model.waiting)))

    def add(self, items: list[QueueItem]) -> int:
        """Put runs at the end; how many there was room for."""
        taken = self.model.add(items)
        if taken < len(items):
            left_out = len(items) - taken
            self._context.messages.tell(self.tr("The queue is full; {0} runs were not added.").format(left_out))
        return taken

    @Slot()
    def go(self) -> None:
        """Go on by itself from now on; begin at once where nothing runs."""
        self.model.set_held(False)
        self._begin_next()

    @Slot()
    def hold(self) -> None:
        """Begin nothing more."""
        self.model.set_held(True)

    @Slot()
    def stop_all(self) -> None:
        """Stop the present run, with a checkpoint, and begin nothing more."""
        self.hold()
        self._session.controller.cancel()

    @Slot(int, int)
    def move(self, place: int, by: int) -> None:
        """Run one earlier or later."""
        to = self.model.move(place, by)
        self.selected.emit([to])

    @Slot(int)
    def use(self, place: int) -> None:
        """Put an item's settings on the panels."""
        self._next_run.use_config(self.model.items[place].config, self.tr("Use settings"))

    # --- one after another -----------------------------------------------------------------------

    @Slot(object)
    def _follow(self, state: RunState) -> None:
        if state is RunState.PREPARING:
            self._real = self._session.running
        elif state is RunState.RUNNING and self.model.running is not None:
            self.folderMade.emit(self.model.running)
        elif state in _ENDS and self._real:
            self._real = False
            failed = self._session.state.failed
            item = self.model.running
            if item is not None:
                reason = failed.message if state is RunState.FAILED and failed else ""
                self.model.end(_ENDS[state], reason)
                self.ended.emit(item, reason)
            if self.goes_on:
                self._next.start()
        self.show()

    @Slot()
    def _begin_next(self) -> None:
        if self._session.active or not self.goes_on:
            return
        item = self.model.start_next()
        if item is None:
            return
        folder = item.folder or free_folder(self._context.preferences.runs_folder, item.title)
        self.model.place_in(folder)
        if (folder / "run.json").is_file():
            self._runs.resume(folder, quiet=True)
        else:
            self._runs.begin(item.config, folder, quiet=True)

    # --- showing ---------------------------------------------------------------------------------

    @Slot()
    def show(self) -> None:
        """Tell the view, the tab and the actions how the queue stands."""
        busy, waiting = self._session.active, len(self.model.waiting)
        stopping = self._session.controller.state is RunState.STOPPING
        self.shown.emit(QueueShown(
            [_row(item) for item in self.model.items],
            can_go=bool(waiting) and (self.model.held or not busy),
            can_hold=bool(waiting) and busy and not self.model.held,
            can_stop=self._session.running and not stopping,
        ))
        self._context.navigation.set_note("queue", str(waiting) if waiting else "")
        self.changed.emit()


def _row(item: QueueItem) -> QueueRow:
    bits = item.config.quantization
    return QueueRow(
        item.title, f"W{bits.weight_text()} A{bits.activation_text()}", differences(item.config), item.state,
        item.reason, "" if item.folder is None else str(item.folder), "" if item.sweep is None else item.sweep.name,
    )
