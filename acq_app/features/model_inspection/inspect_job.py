"""The job that looks at the chosen model before a run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from acq_app.run.jobs import Emit, Job, heavy_import
from acq_engine.errors import Question
from acq_engine.events import ModelSummary
from acq_engine.settings import ModelConfig, QuantizationConfig


@dataclass
class InspectJob(Job):
    """Look at a model without using it. `done` and `total` are bytes of a download; `stopped` breaks it off.

    `notes` are sentences about what was assumed or recognised, `questions` what is not certain.
    """

    config: ModelConfig
    done: int = 0
    total: int = 0
    stopped: bool = False
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def run(self, emit: Emit) -> ModelSummary:
        """Load the model, fetch its weights if need be, and sum it up.

        Raises:
            ModelError: it can't be a teacher; the reason is in the error.
        """
        del emit
        with heavy_import():
            from acq_engine.models import load_model
            from acq_engine.models.inspect import workload
            from acq_engine.quantization.plan import plan_notes

        loaded = load_model(self.config, progress=self._progress, stop=lambda: self.stopped)
        multiply_adds, outputs = workload(loaded)
        self.questions = loaded.questions
        self.notes = (*loaded.notes, *loaded.warnings(), *plan_notes(loaded, QuantizationConfig()))
        return replace(loaded.summary(), multiply_adds=multiply_adds, outputs=outputs)

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def cancel(self) -> None:
        """Break off a download or a load that goes on."""
        self.stopped = True
