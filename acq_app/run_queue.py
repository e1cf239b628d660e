"""RunQueue: begins the next waiting run when one has ended, and does what the queue's view asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from acq_app.fields import field_specs
from acq_app.language import setting_words
from acq_app.queue_model import QueueItem, QueueModel
from acq_app.run_actions import free_folder, run_name
from acq_app.settings_model import defaults_of, value_at
from acq_app.state import ACTIVE, RunState
from acq_app.views.queue_rows import QueueRow, QueueState
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow
    from acq_app.views.queue import QueueView

MOST_DIFFERENCES = 5  # named in a row; the tooltip and "Use its settings" have all
_ENDS: dict[RunState, QueueState] = {
    RunState.SUCCEEDED: "done", RunState.STOPPED: "stopped", RunState.FAILED: "failed",
}


class RunQueue(QObject):
    """The window's queue. A run that fails or is cancelled does not keep the next one from beginning."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.model = QueueModel(parent=self)
        self._real = False  # the run that goes on is one, not one that is read back
        self._next = QTimer(self)  # after whoever else listens to the run's end has had it
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._begin_next)
        window.controller.stateChanged.connect(self._follow)
        window.viewsLoaded.connect(self._connect)

    @Slot()
    def _connect(self) -> None:
        view = self.view
        if view is not None:
            view.moveRequested.connect(self.move)
            view.removeRequested.connect(self.model.remove)
            view.clearRequested.connect(self.model.clear_ended)
            view.useRequested.connect(self.use)
            view.openRunRequested.connect(self.window.intents.open_run)
            view.goRequested.connect(self.go)
            view.holdRequested.connect(self.hold)
            view.stopAllRequested.connect(self.stop_all)
        self.model.changed.connect(self._show)
        self._show()

    @property
    def view(self) -> QueueView | None:
        """The view, once it is made."""
        place = self.window.host.places.get("queue")
        return None if place is None else place.view  # type: ignore[return-value]  # the registry says which

    @property
    def goes_on(self) -> bool:
        """Whether another run begins by itself when the present one ends."""
        return bool(self.model.waiting) and not self.model.held and not self.window.closing.requested

    # --- what the user does ----------------------------------------------------------------------

    @Slot()
    def add_present(self) -> None:
        """Put the settings on the panels at the end of the queue."""
        if self.window.reasons():
            return
        config = self.window.model.config
        if self.add([QueueItem(run_name(config), config)]):
            self.window.banner.tell(self.tr("Added to the queue; {0} waiting.").format(len(self.model.waiting)))

    def add(self, items: list[QueueItem]) -> int:
        """Put runs at the end; how many there was room for."""
        taken = self.model.add(items)
        if taken < len(items):
            self.window.banner.tell(self.tr("The queue is full; {0} runs were not added.").format(len(items) - taken))
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
        self.window.controller.cancel()

    @Slot(int, int)
    def move(self, place: int, by: int) -> None:
        """Run one earlier or later."""
        to = self.model.move(place, by)
        if self.view is not None:
            self.view.select([to])

    @Slot(int)
    def use(self, place: int) -> None:
        """Put an item's settings on the panels."""
        self.window.intents.take_config(self.model.items[place].config, self.tr("Use settings"))

    # --- one after another -----------------------------------------------------------------------

    @Slot(object)
    def _follow(self, state: RunState) -> None:
        if state is RunState.PREPARING:
            self._real = not self.window.controller.replaying
        elif state is RunState.RUNNING and self.model.running is not None and self.model.running.sweep is not None:
            self.window.sweeps.refresh()  # its folder is there now
        elif state in _ENDS and self._real:
            self._real = False
            failed = self.window.state.failed
            item = self.model.running
            if item is not None:
                reason = failed.message if state is RunState.FAILED and failed else ""
                self.model.end(_ENDS[state], reason)
                self.window.sweeps.run_ended(item, reason)
            if self.goes_on:
                self._next.start()
        self._show()

    @Slot()
    def _begin_next(self) -> None:
        window = self.window
        if window.controller.active or not self.goes_on:
            return
        item = self.model.take()
        if item is None:
            return
        folder = item.folder or free_folder(window.settings.runs_folder, item.title)
        self.model.place_in(folder)
        if (folder / "run.json").is_file():
            window.runs.resume_folder(folder, show=False)
        else:
            window.runs.begin(item.config, folder, show=False)

    # --- showing ---------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        window = self.window
        busy = window.controller.state in ACTIVE
        waiting = len(self.model.waiting)
        if self.view is not None:
            self.view.show_queue(
                [_row(item) for item in self.model.items],
                can_go=bool(waiting) and (self.model.held or not busy),
                can_hold=bool(waiting) and busy and not self.model.held,
                can_stop=busy and not window.controller.replaying and window.controller.state is not RunState.STOPPING,
            )
        window.set_page_note("queue", str(waiting) if waiting else "")
        window.refresh()


def _row(item: QueueItem) -> QueueRow:
    bits = item.config.quantization
    return QueueRow(
        item.title, f"W{bits.weight_text()} A{bits.activation_bits}", differences(item.config), item.state,
        item.reason, "" if item.folder is None else str(item.folder), "" if item.sweep is None else item.sweep.name,
    )


def differences(config: RunConfig) -> str:
    """The settings that are not the defaults of the method and the preset, in words; bits and model left out."""
    usual = defaults_of(config)
    found = []
    for path, spec in field_specs().items():
        value = value_at(config, path)
        if path.startswith(("model.", "test_set.")) or path.endswith(("weight_bits", "activation_bits")):
            continue
        if path not in ("method", "schedule.preset") and value == value_at(usual, path):
            continue
        if path == "method":
            found.extend(["GDFQ"] if value == "gdfq" else [])
        elif path == "schedule.preset":
            found.extend([str(value)] if value != "custom" else [])
        else:
            found.append(f"{setting_words(spec.title)} {spec.value_text(value)}")
    more = len(found) - MOST_DIFFERENCES
    return ", ".join(found[:MOST_DIFFERENCES]) + (f", +{more}" if more > 0 else "")

