"""What the user does with a run: start, pause, finish, cancel, take up again, export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acq_app.state import RunState
from acq_app.worker import EvaluateJob
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow


def run_name(config: RunConfig) -> str:
    """A folder's name that says what the run was: "fashion-acq-w4a4"."""
    model = config.model
    name = "fashion" if model.source == "sample" else model.path.stem if model.path else model.name
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "model"
    bits = config.quantization
    return f"{name}-{config.method}-w{bits.weight_text()}a{bits.activation_bits}"


def free_folder(folder: Path, name: str) -> Path:
    """The first folder called name-1, name-2, ... that is not there yet."""
    number = 1
    while (folder / f"{name}-{number}").exists():
        number += 1
    return folder / f"{name}-{number}"


class RunActions(QObject):
    """Turns actions into the controller's commands."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    @Slot()
    def start(self) -> None:
        """Begin a run with the settings on the panels."""
        window = self.window
        if window.controller.active or window.reasons():
            return
        self.begin(window.model.config, free_folder(window.settings.runs_folder, run_name(window.model.config)))

    def begin(self, config: RunConfig, folder: Path, *, show: bool = True) -> None:
        """Begin a run in a folder; `show` turns to the live page."""
        self.window.begin(folder, show=show)
        self.window.controller.start(self.window.watch.consents.apply_to_run(config), folder)

    @Slot()
    def pause_resume(self) -> None:
        """Pause a running run, resume a paused one."""
        controller = self.window.controller
        if controller.state is RunState.RUNNING:
            controller.pause()
        else:
            controller.resume()

    @Slot()
    def finish_now(self) -> None:
        """End training, go on to measuring and exporting."""
        self.window.controller.finish_now()

    @Slot()
    def cancel(self) -> None:
        """Save a checkpoint and stop."""
        self.window.controller.cancel()

    @Slot()
    def resume_run(self) -> None:
        """Take the run on the screen up again."""
        if self.window.state.run_dir:
            self.resume_folder(Path(self.window.state.run_dir))

    def resume_folder(self, folder: Path, *, show: bool = True) -> None:
        """Take a run up again from its last checkpoint."""
        if not self.window.controller.active:
            self.window.begin(folder, show=show)
            self.window.controller.resume_run(folder)

    def open_run(self, folder: Path) -> None:
        """Show an earlier run."""
        if not self.window.controller.active:
            self.window.begin(folder, remember=False)
            self.window.controller.open_run(folder)

    @Slot()
    def measure(self) -> None:
        """Measure the run on the screen on the test images of step 5."""
        window = self.window
        if window.intents.runs(EvaluateJob) or not window.state.run_dir:
            return
        window.banner.tell(self.tr("Evaluating on the test images..."))
        folder = window.state.run_dir
        window.intents.do(
            EvaluateJob(Path(folder), window.model.config.test_set), lambda results: self._measured(folder, results)
        )

    def _measured(self, folder: str, results: object) -> None:
        self.window.banner.hide()
        if folder != self.window.state.run_dir:
            self.window.banner.tell(
                self.tr("{0} has been evaluated, but another run is open.").format(Path(folder).name))
        elif isinstance(results, list) and results:
            self.window.take_events(results)
            self.window.show_page("results")

    @Slot()
    def export(self) -> None:
        """Open the export dialog for the run on the screen."""
        self.window.pages.show_export()
