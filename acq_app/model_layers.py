"""The job that lists a model's layers for their dialog."""

from __future__ import annotations

from dataclasses import dataclass

from acq_app.dialogs.model_layers import LayerLine, ModelLayers
from acq_app.worker import Emit
from acq_engine.config import ModelConfig, QuantizationConfig
from acq_engine.control import RunControl


@dataclass
class ModelLayersJob:
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

        loaded = load_model(self.config, stop=lambda: self.control.cancel_requested)
        found = inspect_model(loaded, self.quantization)
        summary = found.summary
        shape = " × ".join(map(str, summary.input_shape))
        facts = (
            f"Input {shape}, {summary.num_classes:,} classes. {found.parameters:,} parameters, "
            f"{found.multiply_adds:,} multiply-adds, {found.batch_norms} batch norms, {found.quantizable} layers to "
            "quantize."
        )
        lines = tuple(
            LayerLine(row.name, row.depth, row.type, row.output_shape, row.parameters, row.multiply_adds,
                      row.weight_bits if row.quantizable else None, row.note, row.is_batch_norm)
            for row in found.rows[1:]
        )
        return ModelLayers(f"{summary.name}: {summary.arch}", facts, found.notes, lines, summary.attention_layers)
