"""What users ask for inside views (open a run, export, other bits for a layer) and who does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from acq_app.views.base import View
from acq_app.worker import Job, JobThread, failure
from acq_engine.control import RunControl
from acq_engine.errors import StorageError
from acq_engine.events import Failed
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow


class ViewIntents(QObject):
    """Connects the views' signals once they are made. A view without a signal simply never asks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.question: QMessageBox | None = None
        self._doomed: tuple[Path, ...] = ()
        self._jobs: dict[JobThread, tuple[Callable[[object], None], Callable[[Failed], None]]] = {}
        window.viewsLoaded.connect(self._connect)

    @Slot()
    def _connect(self) -> None:
        handlers: dict[str, Callable[..., None]] = {
            "openFolderRequested": self.show_folder, "exportRequested": self.export, "layerRequested": self.use_layer,
            "layerBitsRequested": self.use_bits, "chooseBitsRequested": self.choose_bits,
            "openRequested": self.open_run, "cloneRequested": self.clone,
            "compareRequested": self.compare, "deleteRequested": self.delete, "notesChanged": self.note,
            "tagsChanged": self.tag,
            "refreshRequested": self.refresh,
        }
        for view in self.window.host.views:
            for name, handler in handlers.items():
                signal = getattr(view, name, None)
                if signal is not None:
                    signal.connect(handler)
        self.window.model.changed.connect(self.show_bits)
        self.show_bits()
        self.refresh()

    # --- one run ---------------------------------------------------------------------------------

    @Slot(str)
    def show_folder(self, file: str) -> None:
        """Show the folder of one of the run's files."""
        path = Path(file)
        if not path.is_absolute() and self.window.state.run_dir:
            path = Path(self.window.state.run_dir) / path
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))

    @Slot(str)
    def export(self, name: str) -> None:
        """Open the export dialog at a format."""
        if self.window.registry["export"].isEnabled():
            self.window.pages.show_export(name)

    @Slot(str)
    def use_layer(self, layer: str) -> None:
        """Correct the attention of another layer."""
        self._for_next_run(self.window.model.set_value("generator.attention_layer", layer))

    @Slot(dict)
    def use_bits(self, bits: dict[str, int]) -> None:
        """Other weight bits for some layers; 0: those of all others."""
        changed = {**self.window.model.config.quantization.layer_bits, **bits}
        own = {layer: count for layer, count in changed.items() if count}
        self._for_next_run(self.window.model.set_value("quantization.layer_bits", own))

    @Slot()
    def choose_bits(self) -> None:
        """Open the dialog that chooses bits, if settings can be changed now."""
        action = self.window.registry["choose_bits"]
        if action.isEnabled():
            action.trigger()
        else:
            self.window.banner.tell(self.tr("Bits can be allocated once no run is active and Start is enabled."))

    def take_bits(self, bits: dict[str, int]) -> None:
        """Bits of all layers that were chosen for a budget; a mean that the run would keep to by itself ends."""
        values = {"quantization.layer_bits": bits, "quantization.mean_bits": None}
        self._for_next_run(self.window.model.set_values(values, self.tr("Bits per layer")))

    @Slot()
    def show_bits(self) -> None:
        """Let the views show which bits single layers will have in the next run."""
        for view in self.window.host.views:
            if hasattr(view, "show_asked"):
                view.show_asked(self.window.model.config.quantization.layer_bits)

    def take_config(self, config: RunConfig, text: str) -> None:
        """Put settings on the panels, or say why that can't be now; `text` names the change for undo."""
        if not self.window.model.replace(config, text):
            self._say_locked()

    def _for_next_run(self, taken: bool) -> None:
        if taken:
            self.window.banner.tell(self.tr("Applied to the next run. Undo reverts it."))
        else:
            self._say_locked()

    def _say_locked(self) -> None:
        self.window.banner.tell(self.tr("Settings can be changed once the run has finished."))

    # --- many runs -------------------------------------------------------------------------------

    @Slot(str)
    def open_run(self, path: str) -> None:
        """Show an earlier run."""
        if self.window.controller.active:
            self.window.banner.tell(self.tr("Another run can be opened once this one has finished."))
        else:
            self.window.runs.open_run(Path(path))

    @Slot(str)
    def clone(self, path: str) -> None:
        """Take a run's settings over."""
        self.window.files.take_settings(Path(path) / "run.json")
        self.window.show_live()

    @Slot()
    def refresh(self) -> None:
        """Read the list of runs again."""
        from acq_app.history import ListRunsJob, existing  # after the window is up: it reads pictures' formats

        settings = self.window.settings
        extra = existing(settings.recent_runs)
        self.do(ListRunsJob((settings.runs_folder,), extra), self._show_rows)

    def _show_rows(self, rows: object) -> None:
        for view in self._runs_views():
            view.show_rows(rows)  # type: ignore[attr-defined]

    @Slot(list)
    def compare(self, paths: list[str]) -> None:
        """Put some runs beside each other."""
        from acq_app.history import CompareJob

        self.do(CompareJob(tuple(Path(path) for path in paths)), self._show_comparison)

    def _show_comparison(self, details: object) -> None:
        for view in self._runs_views():
            view.show_comparison(details)  # type: ignore[attr-defined]

    def _runs_views(self) -> list[View]:
        return [view for view in self.window.host.views if hasattr(view, "show_rows")]

    @Slot(list)
    def delete(self, paths: list[str]) -> None:
        """Ask, then move runs to the trash."""
        from acq_app.history import being_written, existing

        current = Path(self.window.state.run_dir) if self.window.controller.active else None
        asked = tuple(existing(Path(path) for path in paths))
        doomed = tuple(path for path in asked if path != current and not being_written(path))
        if not doomed:
            if asked:
                self.window.banner.tell(self.tr("An active run can't be deleted."))
            return
        self._doomed = doomed
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Delete"))
        names = ", ".join(path.name for path in doomed[:3]) + (", ..." if len(doomed) > 3 else "")
        box.setText(self.tr("Move %n run(s) to the trash?", "", len(doomed)))
        box.setInformativeText(names)
        yes = box.addButton(self.tr("Move to trash"), QMessageBox.ButtonRole.AcceptRole)
        yes.setObjectName("trash")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.finished.connect(self._delete_answered)
        self.question = box
        box.open()

    @Slot()
    def _delete_answered(self) -> None:
        box, self.question = self.question, None
        if box is None:
            return
        clicked = box.clickedButton()
        if clicked is not None and clicked.objectName() == "trash":
            from acq_app.history import TrashJob

            self.do(TrashJob(self._doomed), self._trashed)
        box.deleteLater()

    def _trashed(self, _: object) -> None:
        for path in self._doomed:
            self.window.settings.forget("recent_runs", path)
        self.refresh()

    @Slot(str, str)
    def note(self, path: str, text: str) -> None:
        """Keep what the user wrote about a run."""
        from acq_app.history import write_notes

        try:
            write_notes(Path(path), text)
        except OSError as error:
            self.window.show_failure(failure(StorageError(self.tr("The notes can't be saved."), cause=str(error))))

    @Slot(str, str)
    def tag(self, path: str, text: str) -> None:
        """Keep the tags that the user gave a run."""
        from acq_app.history import TAGS, write_notes

        try:
            write_notes(Path(path), text, TAGS)
        except OSError as error:
            self.window.show_failure(failure(StorageError(self.tr("The tags can't be saved."), cause=str(error))))

    # --- jobs ------------------------------------------------------------------------------------

    def do(self, job: Job, then: Callable[[object], None], failed: Callable[[Failed], None] | None = None) -> None:
        """Run a job in the background, then hand its result over; a failure is shown, or handed over too."""
        thread = JobThread(job)
        self._jobs[thread] = (then, failed or self._show_failure)
        thread.finished.connect(self._job_ended)
        thread.start()

    @Slot()
    def _job_ended(self) -> None:
        for thread in [thread for thread in self._jobs if thread.isFinished()]:
            then, failed = self._jobs.pop(thread)
            thread.wait()
            if thread.failure is not None:
                failed(thread.failure)
            else:
                then(thread.result)
            thread.deleteLater()

    def _show_failure(self, failed: Failed) -> None:
        self.window.banner.hide()
        self.window.show_failure(failed)

    @property
    def busy(self) -> bool:
        """Whether a folder is being read or moved."""
        return bool(self._jobs)

    def runs(self, kind: type) -> bool:
        """Whether a job of this kind is going on."""
        return any(isinstance(thread.job, kind) for thread in self._jobs)

    def shutdown(self, milliseconds: int) -> bool:
        """Wait for what is going on. True when nothing is left."""
        for thread in self._jobs:
            control = getattr(thread.job, "control", None)
            if isinstance(control, RunControl):
                control.cancel()
        return all(thread.wait(QDeadlineTimer(milliseconds)) for thread in self._jobs)
