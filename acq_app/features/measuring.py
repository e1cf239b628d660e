"""Measuring a finished run once more, on the test images of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from acq_app.features.context import AppContext
from acq_app.run.jobs import Emit, Job
from acq_engine.control import RunControl
from acq_engine.errors import DataError
from acq_engine.events import Event, LogMessage, Subject
from acq_engine.settings import TestSetConfig


@dataclass
class EvaluateJob(Job):
    """Measure a finished run's models on test images, its own or others."""

    run_dir: Path
    test_set: TestSetConfig
    control: RunControl = field(default_factory=RunControl)

    def run(self, emit: Emit) -> list[Event]:
        """Float, quantized and, if it is there, exported model, in this order.

        Raises:
            DataError: there are no test images, or they can't be read.
            StorageError: the run has no quantized model.
        """
        from acq_engine.evaluation.accuracy import evaluate
        from acq_engine.export.from_run import load_student
        from acq_engine.export.verify.proof import onnx_predictor
        from acq_engine.store import RunStore
        from acq_engine.test_sets.loading import load_test_set

        student, loaded = load_student(self.run_dir)
        images = load_test_set(self.test_set, loaded)
        if images is None:
            raise DataError("There are no test images to evaluate on.", hint="Choose test images in step 5.")
        models: dict[Subject, Callable[[Any], Any]] = {"float": loaded.module, "student": student}
        if (self.run_dir / "model.onnx").is_file():
            models["exported"] = onnx_predictor(self.run_dir / "model.onnx")
        reference = None
        results: list[Event] = [LogMessage("info", note) for note in images.notes]
        results += [LogMessage("warning", note) for note in images.warnings]
        convention = RunStore.open(self.run_dir).config.quantization.convention
        for subject, predict in models.items():
            found = evaluate(predict, images, loaded, reference=reference, stop=lambda: self.control.cancel_requested)
            if self.control.cancel_requested:
                break
            reference = found.predictions if reference is None else reference
            results.append(found.event(subject, convention=convention))
            emit(results[-1])
        return results

    def cancel(self) -> None:
        """Stop after the current step."""
        self.control.cancel()


class MeasureFeature(QObject):
    """Runs the job; its figures join those of the run on the screen."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sets: dict[Path, TestSetConfig] = {}

    def test_set_of(self, run_dir: Path) -> TestSetConfig | None:
        """What a run was measured on here last; None: nothing but its own test images."""
        return self._sets.get(run_dir)

    @Slot()
    def measure(self) -> None:
        """Measure the run on the screen on the test images of step 5."""
        context, folder = self._context, self._context.session.run_dir
        if context.background.does(EvaluateJob) or folder is None:
            return
        context.messages.tell(self.tr("Evaluating on the test images..."), lasting=True)
        test_set = context.run_settings.config.test_set
        context.background.do(EvaluateJob(folder, test_set),
                              lambda results: self._measured(folder, test_set, results))

    def _measured(self, folder: Path, test_set: TestSetConfig, results: object) -> None:
        context = self._context
        context.messages.withdraw()
        if folder != context.session.run_dir:
            context.messages.tell(
                self.tr("{0} has been evaluated, but another run is open.").format(folder.name))
        elif isinstance(results, list) and results:
            self._sets[folder] = test_set
            context.session.take(results)
            context.navigation.show_page("results")
