"""The jobs behind the choice of bits: measure what each layer's bits cost, and keep to a budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from acq_app.dialogs.layer_costs import BitChoice, LayerCost
from acq_app.run.jobs import Emit, Job, use_threads
from acq_engine.control import RunControl
from acq_engine.settings import RunConfig

MEAN_STEP = 0.25  # bits between two points of the curve


@dataclass
class MeasureLayersJob(Job):
    """Measure every layer of the next run's network at 2 to 8 bits. `title`, `done` and `total` say how far it is.

    `run_dir` names the run whose generator makes the samples; None trains one first, for the settings' warm-up.
    """

    config: RunConfig
    run_dir: Path | None
    control: RunControl
    threads: int = 0
    title: str = ""
    done: int = 0
    total: int = 0
    worth_asking = True

    def run(self, emit: Emit) -> tuple[LayerCost, ...]:
        """The layers in the order of computation.

        Raises:
            TrainingError: it was stopped, or the generator does not learn.
            AcqError: the model, or the run's checkpoint, can't be read.
        """
        del emit
        use_threads(self.config.threads or self.threads)
        from dataclasses import replace

        from acq_engine.pipeline.bit_allocation import sensitivity_samples
        from acq_engine.pipeline.subject import Subject
        from acq_engine.quantization.sensitivity import BIT_WIDTHS, measure, sample_count

        # The bits are what is asked for, so none are chosen here.
        quantization = self.config.quantization.model_copy(update={"mean_bits": None})
        if self.run_dir is None:
            subject = Subject.of_model(self.config.model_copy(update={"quantization": quantization}))
        else:
            subject = Subject.of_run(self.run_dir)
            config = subject.config.model_copy(update={"quantization": quantization})
            subject = replace(subject, config=config)
        self._told("", 0, 0)
        session = subject.session(progress=self._told)
        student = session.build_student()
        samples = sensitivity_samples(session, sample_count(student.input_shape))
        found = measure(student, samples, BIT_WIDTHS, progress=lambda done, total: self._told("layers", done, total))
        ends = {student.layers()[0].name, student.layers()[-1].name}
        return tuple(
            LayerCost(one.name, one.kind, one.shape, dict(one.errors), layer.bits, one.name in ends)
            for one, layer in zip(found, student.layers(), strict=True)
        )

    def cancel(self) -> None:
        """Stop after the layer that is measured now."""
        self.control.cancel()

    def _told(self, title: str, done: int, total: int) -> None:
        from acq_engine.errors import TrainingError

        if self.control.cancel_requested:
            raise TrainingError("The layers were not all measured.", cause="It was stopped.")
        self.title, self.done, self.total = title, done, total


@dataclass
class ChooseBitsJob(Job):
    """Find the bits that cost least: at most `size_bytes`, or `mean_bits` on average over the layers not held."""

    layers: tuple[LayerCost, ...]
    held: Mapping[str, int]
    mean_bits: float | None = None
    size_bytes: int | None = None

    def run(self, emit: Emit) -> BitChoice:
        """The choice.

        Raises:
            QuantizationError: the fewest bits don't meet the budget.
        """
        del emit
        from acq_engine.quantization.allocation import allocate
        from acq_engine.quantization.sensitivity import LayerSensitivity

        layers = [LayerSensitivity(one.name, one.kind, one.shape, one.errors) for one in self.layers]
        found = allocate(layers, mean_bits=self.mean_bits, size_bytes=self.size_bytes, fixed=self.held)
        return BitChoice(found.bits, found.error, found.packed_bytes)


@dataclass
class CurveJob(Job):
    """The choices that cost least from 2 to 8 bits on average, in steps of MEAN_STEP."""

    layers: tuple[LayerCost, ...]
    held: Mapping[str, int]
    control: RunControl = field(default_factory=RunControl)

    def run(self, emit: Emit) -> tuple[BitChoice, ...]:
        """By budget; as many as there are when it is cancelled, and one where all layers are held."""
        choices: list[BitChoice] = []
        for step in range(round((8 - 2) / MEAN_STEP) + 1):
            if self.control.cancel_requested:
                break
            choices.append(ChooseBitsJob(self.layers, self.held, mean_bits=2 + MEAN_STEP * step).run(emit))
            if set(self.held) >= {layer.name for layer in self.layers}:
                break
        return tuple(choices)

    def cancel(self) -> None:
        """Stop after the present budget."""
        self.control.cancel()
