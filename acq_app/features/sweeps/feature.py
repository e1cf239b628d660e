"""What the user does with sweeps: set one up, begin it, go on with it, look at it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acq_app.queue_model import QueueItem
from acq_app.worker import failure
from acq_engine.errors import AcqError, ConfigError

if TYPE_CHECKING:
    from acq_app.dialogs.sweep import SweepDialog
    from acq_app.main_window import MainWindow
    from acq_app.views.sweeps import SweepsView
    from acq_engine.sweep.plan import SweepPlan


MOST_AXES = 3  # lines of the dialog


class SweepActions(QObject):
    """Opens the dialog; runs go through the queue, one after another."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.dialog: SweepDialog | None = None
        self._show_path = ""
        self._again = False  # the list that is being read is old already
        self._extra: tuple[Path, ...] = ()  # sweeps outside the folder of runs
        window.viewsLoaded.connect(self._connect)

    @Slot()
    def _connect(self) -> None:
        view = self.view
        if view is not None:
            view.newRequested.connect(self.make)
            view.goOnRequested.connect(self.go_on)
            view.openRunRequested.connect(self.window.intents.open_run)
            view.tableRequested.connect(self.save_table)
            view.rereadRequested.connect(self.refresh)
        self.refresh()

    @property
    def view(self) -> SweepsView | None:
        """The view, once it is made."""
        place = self.window.host.places.get("sweeps")
        return None if place is None else place.view  # type: ignore[return-value]  # the registry says which

    # --- a new one -------------------------------------------------------------------------------

    @Slot()
    def make(self) -> None:
        """Ask for the settings to vary; all others are those on the panels."""
        self._open_dialog(None)

    def _open_dialog(self, plan: SweepPlan | None) -> None:
        from acq_app.dialogs.sweep import SweepDialog

        window = self.window
        if self.dialog is not None:
            self.dialog.raise_()
            return
        seconds = window.state.results.finished.seconds if window.state.results.finished else None
        dialog = SweepDialog(window.model.config, window.theme, plan, seconds, window)
        dialog.planned.connect(self.begin)
        dialog.failed.connect(self._failed)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @Slot(object)
    def _failed(self, error: AcqError) -> None:
        self.window.show_failure(failure(error))

    @Slot(object)
    def begin(self, plan: SweepPlan) -> None:
        """Make the sweep's folder and put its runs into the queue."""
        from acq_app.sweep_jobs import BeginSweepJob

        name = re.sub(r"[^A-Za-z0-9._-]+", "-", plan.name).strip("-.")[:60] or "sweep"
        folder, number = self.window.settings.runs_folder / name, 1
        while folder.exists():
            number += 1
            folder = self.window.settings.runs_folder / f"{name}-{number}"
        self._show_path = str(folder)
        self.window.intents.do(BeginSweepJob(folder, plan), self._begun)

    def _begun(self, items: object) -> None:
        assert isinstance(items, list)
        self._enqueue(items)
        self.refresh()
        self.window.show_page("sweeps")

    def _enqueue(self, items: list[QueueItem]) -> None:
        queue = self.window.queue
        present = {item.folder for item in queue.model.items if item.state in ("waiting", "running")}
        queue.add([item for item in items if item.folder not in present])
        queue.go()

    # --- one that is there -----------------------------------------------------------------------

    @Slot(str)
    def go_on(self, path: str) -> None:
        """Put what has not ended well into the queue."""
        from acq_app.sweep_jobs import GoOnJob

        self._show_path = path
        self.window.intents.do(GoOnJob(Path(path)), self._begun)

    @Slot(str)
    def take(self, path: str | Path) -> None:
        """Look at the folder of a sweep, or set up the sweep of a file."""
        path = Path(path).absolute()
        if path.is_dir() or (path.name == "sweep.json" and (path.parent / "table.csv").is_file()):
            folder = path if path.is_dir() else path.parent
            self._extra = (*(other for other in self._extra if other != folder), folder)
            self._show_path = str(folder)
            self.refresh()
            self.window.show_page("sweeps")
            return
        from acq_engine.sweep.plan import SweepPlan

        try:
            plan = SweepPlan.load(path)
        except AcqError as error:
            self._failed(error)
            return
        if len(plan.axes) > MOST_AXES:
            self._failed(ConfigError(self.tr("The sweep varies more than three settings."),
                                     hint=self.tr("Run it on the command line: acq sweep FILE")))
        else:
            self._open_dialog(plan)

    @Slot(str, str)
    def save_table(self, path: str, target: str) -> None:
        """Write the table of a sweep to a file."""
        from acq_app.sweep_jobs import SaveTableJob

        self.window.intents.do(SaveTableJob(Path(path), Path(target)), _nothing)

    def run_ended(self, item: QueueItem, reason: str) -> None:
        """A run of the queue has ended; if it belongs to a sweep, so does its row in the table."""
        if item.sweep is None or not item.sweep.is_dir():
            return
        from acq_app.sweep_jobs import EndSweepRunJob

        self.window.intents.do(EndSweepRunJob(item.sweep, item.title, reason), self._table_written)

    def _table_written(self, _: object) -> None:
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the sweeps again."""
        from acq_app.sweep_jobs import ListSweepsJob

        self._again = self.window.intents.runs(ListSweepsJob)  # that one may have begun before what is new
        if not self._again:
            self.window.intents.do(ListSweepsJob(self.window.settings.runs_folder, self._extra), self._show)

    def _show(self, sweeps: object) -> None:
        if self.view is not None:
            self.view.show_sweeps(sweeps, self._show_path)  # type: ignore[arg-type]  # the job's result
            if any(sweep.path == self._show_path for sweep in self.view.sweeps):
                self._show_path = ""
        if self._again:
            self.refresh()


def _nothing(_: object) -> None:
    pass
