"""What the user does with sweeps: set one up, begin it, go on with it, look at it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.features.context import AppContext
from acq_app.features.estimate import TimeEstimate
from acq_app.features.queue.feature import QueueFeature
from acq_app.features.queue.model import QueueItem
from acq_engine.errors import AcqError, ConfigError

if TYPE_CHECKING:
    from acq_app.dialogs.sweep import SweepDialog
    from acq_engine.sweep.plan import SweepPlan


MOST_AXES = 3  # lines of the dialog


class SweepFeature(QObject):
    """Opens the dialog; runs go through the queue, one after another."""

    listed = Signal(list, str)  # of SweepShown, and the path of the one to show; "" leaves the view as it is

    def __init__(self, context: AppContext, queue: QueueFeature, estimate: TimeEstimate,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._queue, self._estimate = context, queue, estimate
        self.dialog: SweepDialog | None = None
        self._show_path = ""
        self._again = False  # the list that is being read is old already
        self._extra: tuple[Path, ...] = ()  # sweeps outside the folder of runs
        queue.folderMade.connect(self._run_began)
        queue.ended.connect(self._run_ended)

    # --- a new one -------------------------------------------------------------------------------

    @Slot()
    def set_up(self) -> None:
        """Ask for the settings to vary; all others are those on the panels."""
        self._open_dialog(None)

    def _open_dialog(self, plan: SweepPlan | None) -> None:
        from acq_app.dialogs.sweep import SweepDialog

        context = self._context
        if self.dialog is not None:
            self.dialog.raise_()
            return
        seconds = self._estimate.seconds()  # of the model on the panels; the last run may have had another
        dialog = context.dialogs.make(lambda parent: SweepDialog(
            context.run_settings.config, context.appearance.theme, plan, seconds, parent))
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
        self._context.messages.fail(error)

    @Slot(object)
    def begin(self, plan: SweepPlan) -> None:
        """Make the sweep's folder and put its runs into the queue."""
        from acq_app.features.sweeps.jobs import BeginSweepJob

        name = re.sub(r"[^A-Za-z0-9._-]+", "-", plan.name).strip("-.")[:60] or "sweep"
        folder, number = self._context.preferences.runs_folder / name, 1
        while folder.exists():
            number += 1
            folder = self._context.preferences.runs_folder / f"{name}-{number}"
        self._show_path = str(folder)
        self._context.background.do(BeginSweepJob(folder, plan), self._begun)

    def _begun(self, items: object) -> None:
        assert isinstance(items, list)
        self._enqueue(items)
        self.refresh()
        self._context.navigation.show_page("sweeps")

    def _enqueue(self, items: list[QueueItem]) -> None:
        there = {item.folder for item in self._queue.model.items if item.state in ("waiting", "running")}
        new = [item for item in items if item.folder not in there]
        if not new and not self._queue.model.held:
            self._context.messages.tell(
                self.tr("The unfinished runs of this sweep are in the queue already.") if items else
                self.tr("All runs of this sweep are done."))
        self._queue.add(new)
        self._queue.go()

    # --- one that is there -----------------------------------------------------------------------

    @Slot(str)
    def go_on(self, path: str) -> None:
        """Put what has not ended well into the queue."""
        from acq_app.features.sweeps.jobs import GoOnJob

        self._show_path = path
        self._context.background.do(GoOnJob(Path(path)), self._begun)

    @Slot(str)
    def open(self, path: str | Path) -> None:
        """Look at the folder of a sweep, or set up the sweep of a file."""
        path = Path(path).absolute()
        if path.is_dir() or (path.name == "sweep.json" and (path.parent / "table.csv").is_file()):
            folder = path if path.is_dir() else path.parent
            self._extra = (*(other for other in self._extra if other != folder), folder)
            self._show_path = str(folder)
            self.refresh()
            self._context.navigation.show_page("sweeps")
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
        from acq_app.features.sweeps.jobs import SaveTableJob

        self._context.background.do(SaveTableJob(Path(path), Path(target)), _nothing)

    @Slot(object)
    def _run_began(self, item: QueueItem) -> None:
        if item.sweep is not None:
            self.refresh()

    @Slot(object, str)
    def _run_ended(self, item: QueueItem, reason: str) -> None:
        """A run of the queue has ended; if it belongs to a sweep, so does its row in the table."""
        if item.sweep is None or not item.sweep.is_dir():
            return
        from acq_app.features.sweeps.jobs import EndSweepRunJob

        self._context.background.do(EndSweepRunJob(item.sweep, item.title, reason), self._table_written)

    def _table_written(self, _: object) -> None:
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the sweeps again."""
        from acq_app.features.sweeps.jobs import ListSweepsJob

        self._again = self._context.background.does(ListSweepsJob)  # that one may have begun before what is new
        if not self._again:
            self._context.background.do(ListSweepsJob(self._context.preferences.runs_folder, self._extra), self._show)

    def _show(self, sweeps: object) -> None:
        assert isinstance(sweeps, list)
        self.listed.emit(sweeps, self._show_path)
        if any(sweep.path == self._show_path for sweep in sweeps):
            self._show_path = ""
        if self._again:
            self.refresh()


def _nothing(_: object) -> None:
    pass
