"""Choosing each layer's bits: the dialog's questions become jobs, and what it hands over becomes settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from acq_app.bit_jobs import ChooseBitsJob, MeasureLayersJob
from acq_app.dialogs.bits import BitsDialog
from acq_app.language import grouped
from acq_app.layer_costs import BitChoice, Budget
from acq_app.worker import Job
from acq_engine.control import RunControl
from acq_engine.errors import AcqError
from acq_engine.events import Failed
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow

PROGRESS_MS = 100
MeasureMaker = Callable[[RunConfig, Path | None, RunControl, int], Job]


class BitChoosing(QObject):
    """Stands behind one dialog, and goes with it."""

    def __init__(self, window: MainWindow, make_measure: MeasureMaker = MeasureLayersJob) -> None:
        super().__init__(window)
        self.window, self._make = window, make_measure
        config = window.model.config
        run = run_with_generator(Path(window.state.run_dir), config) if window.state.run_dir else None
        self.run_dir = run
        self.dialog = BitsDialog(self._sources(config), config.quantization.layer_bits, window.theme, window)
        self.setParent(self.dialog)
        self._job: Job | None = None
        self._control = RunControl()
        self._open = True
        self._choosing = False
        self._next: Budget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._show_progress)
        self.dialog.measureRequested.connect(self.measure)
        self.dialog.stopRequested.connect(self.stop)
        self.dialog.budgetChanged.connect(self.choose)
        self.dialog.taken.connect(self.take)
        self.dialog.finished.connect(self._closed)

    def _sources(self, config: RunConfig) -> list[tuple[str, str]]:
        sources = []
        if self.run_dir is not None:
            sources.append(("run", self.tr("the generator of the run {0}").format(self.run_dir.name)))
        steps = grouped(config.schedule.warmup_steps)
        sources.append(("model", self.tr("a new generator, trained for {0} steps first").format(steps)))
        return sources

    @Slot(str)
    def measure(self, source: str) -> None:
        """Measure the layers in the background."""
        self._control = RunControl()
        config = self.window.watch.consents.apply_to_run(self.window.model.config)
        run = self.run_dir if source == "run" else None
        self._job = self._make(config, run, self._control, self.window.controller.threads)
        self.window.intents.do(self._job, self._measured, self._failed)
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Break a measurement off."""
        self._control.cancel()

    @Slot()
    def _show_progress(self) -> None:
        job = self._job
        if isinstance(job, MeasureLayersJob) and job.total:
            self.dialog.show_progress(job.title, job.done, job.total)

    def _measured(self, layers: object) -> None:
        if self._open and isinstance(layers, tuple):
            self._timer.stop()
            self.dialog.show_layers(layers)

    def _failed(self, failed: Failed) -> None:
        if self._open:
            self._timer.stop()
            self.dialog.show_failure(None if self._control.cancel_requested else failed)

    @Slot(object)
    def choose(self, budget: Budget) -> None:
        """Find bits within a budget; of several that come meanwhile only the last one counts."""
        if self._choosing:
            self._next = budget
            return
        self._choosing = True
        job = ChooseBitsJob(self.dialog.layers, budget.held, budget.mean_bits, budget.size_bytes)
        self.window.intents.do(job, self._chosen, self._not_chosen)

    def _chosen(self, choice: object) -> None:
        if not self._go_on() and self._open and isinstance(choice, BitChoice):
            self.dialog.show_choice(choice)

    def _not_chosen(self, failed: Failed) -> None:
        if not self._go_on() and self._open:
            self.dialog.show_failure(failed)

    def _go_on(self) -> bool:
        self._choosing, budget, self._next = False, self._next, None
        if budget is None or not self._open:
            return False
        self.choose(budget)
        return True

    @Slot(dict)
    def take(self, bits: dict[str, int]) -> None:
        """The bits become settings of the next run, in one step of undo."""
        self.window.intents.take_bits(bits)

    @Slot()
    def _closed(self) -> None:
        self._open = False
        self._timer.stop()


def run_with_generator(folder: Path, config: RunConfig) -> Path | None:
    """The run's folder if it has a checkpoint and is of the chosen model; else None."""
    from acq_engine.store import RunStore

    try:
        store = RunStore.open(folder)
    except AcqError:
        return None
    there = any((folder / "checkpoints").glob("*"))
    return folder if there and store.config.model == config.model else None
