"""The job that lists a model's layers for their dialog."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import grouped
from acq_app.dialogs.model_layers import LayerLine, ModelLayers
from acq_app.run.jobs import Emit, Job
from acq_engine.control import RunControl
from acq_engine.settings import ModelConfig, QuantizationConfig

translate = QCoreApplication.translate


@dataclass
class ModelLayersJob(Job):
    """Load the model and list what it is made of."""

    config: ModelConfig
    quantization: QuantizationConfig
    control: RunControl

    def run(self, emit: Emit) -> ModelLayers:
        """Nothing of the model is changed.

        Raises:
            ModelError: it can't be loaded.
        """
        del emit
        from acq_engine.models import load_model
        from acq_engine.models.inspect import inspect_model
        from acq_engine.quantization.plan import with_plan

        loaded = load_model(self.config, stop=lambda: self.control.cancel_requested)
        found = with_plan(inspect_model(loaded, self.quantization), loaded, self.quantization)
        summary = found.summary
        shape = " × ".join(map(str, summary.input_shape))
        facts = translate("ModelLayersDialog", "Input {shape}, {classes} classes. {parameters} parameters, "
                          "{multiply_adds} multiply-adds, {batch_norms} batch norms, {layers} layers to quantize."
                          ).format(
            shape=shape, classes=grouped(summary.num_classes), parameters=grouped(found.parameters),
            multiply_adds=grouped(found.multiply_adds), batch_norms=found.batch_norms, layers=found.quantizable)
        lines = tuple(
            LayerLine(row.name, row.depth, row.type, row.output_shape, row.parameters, row.multiply_adds,
                      row.weight_bits if row.quantizable else None, row.note, row.is_batch_norm)
            for row in found.rows[1:]
        )
        return ModelLayers(f"{summary.name}: {summary.arch}", facts, found.notes, lines, summary.attention_layers)

    def cancel(self) -> None:
        """Stop after the current step."""
        self.control.cancel()
