"""Choosing each layer's bits: the dialog's questions become jobs, and what it hands over becomes settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from acq_app.appearance.language import grouped
from acq_app.dialogs.layer_costs import BitChoice, Budget
from acq_app.features.bits.jobs import ChooseBitsJob, CurveJob, MeasureLayersJob
from acq_app.features.context import AppContext
from acq_app.features.next_run import NextRunFeature
from acq_app.run.background import Work
from acq_app.run.jobs import Job
from acq_engine.control import RunControl
from acq_engine.errors import AcqError
from acq_engine.events import Failed
from acq_engine.settings import RunConfig

PROGRESS_MS = 100
MeasureMaker = Callable[[RunConfig, Path | None, RunControl, int], Job]


class BitChoosing(QObject):
    """Stands behind one dialog, and goes with it."""

    def __init__(self, context: AppContext, next_run: NextRunFeature, parent: QWidget | None = None,
                 make_measure: MeasureMaker | None = None) -> None:
        from acq_app.dialogs.bits import BitsDialog

        super().__init__()
        self._context, self._next_run, self._make = context, next_run, make_measure or MeasureLayersJob
        config, run_dir = context.run_settings.config, context.session.run_dir
        self.run_dir = None if run_dir is None else run_with_generator(run_dir, config)
        theme = context.appearance.theme
        self.dialog = BitsDialog(self._sources(config), config.quantization.layer_bits, theme, parent)
        self.setParent(self.dialog)
        self._work: Work | None = None
        self._curve: Work | None = None
        self._cancelled = False
        self._open = True
        self._choosing = False
        self._next: Budget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._show_progress)
        self.dialog.measureRequested.connect(self.measure)
        self.dialog.stopRequested.connect(self.stop)
        self.dialog.budgetChanged.connect(self.choose)
        self.dialog.curveRequested.connect(self.draw_curve)
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
        self._cancelled = False
        config = self._context.consents.apply_to_run(self._context.run_settings.config)
        run = self.run_dir if source == "run" else None
        job = self._make(config, run, RunControl(), self._context.preferences.threads)
        self._work = self._context.background.do(job, self._measured, self._failed)
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Break a measurement off."""
        self._cancelled = True
        if self._work is not None:
            self._work.cancel()

    @Slot()
    def _show_progress(self) -> None:
        job = None if self._work is None else self._work.job
        if isinstance(job, MeasureLayersJob) and job.total:
            self.dialog.show_progress(job.title, job.done, job.total)

    def _measured(self, layers: object) -> None:
        if self._open and isinstance(layers, tuple):
            self._timer.stop()
            self.dialog.show_layers(layers)

    def _failed(self, failed: Failed) -> None:
        if self._open:
            self._timer.stop()
            self.dialog.show_failure(None if self._cancelled else failed)

    @Slot(object)
    def choose(self, budget: Budget) -> None:
        """Find bits within a budget; of several that come meanwhile only the last one counts."""
        if self._choosing:
            self._next = budget
            return
        self._choosing = True
        job = ChooseBitsJob(self.dialog.layers, budget.held, budget.mean_bits, budget.size_bytes)
        self._context.background.do(job, self._chosen, self._not_chosen)

    @Slot(dict)
    def draw_curve(self, held: dict[str, int]) -> None:
        """Find the best allocations of all sizes; of several requests only the last one's are shown."""
        if self._curve is not None:
            self._curve.cancel()
        job = CurveJob(self.dialog.layers, held)
        self._curve = self._context.background.do(job, lambda found: self._curve_found(job, found), lambda _: None)

    def _curve_found(self, job: CurveJob, found: object) -> None:
        if self._open and isinstance(found, tuple) and self._curve is not None and self._curve.job is job:
            self.dialog.show_curve(found)

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
        self._next_run.use_chosen_bits(bits)

    @Slot()
    def _closed(self) -> None:
        self._open = False
        self._timer.stop()
        if self._curve is not None:
            self._curve.cancel()


def run_with_generator(folder: Path, config: RunConfig) -> Path | None:
    """The run's folder if it has a checkpoint and is of the chosen model; else None."""
    from acq_engine.store import RunStore

    try:
        store = RunStore.open(folder)
    except AcqError:
        return None
    there = any((folder / "checkpoints").glob("*"))
    return folder if there and store.config.model == config.model else None
