"""What the settings of bits mean for a network, said before a run."""

from __future__ import annotations

import pytest

from acq_engine.models import load_model
from acq_engine.quantization.plan import plan_student
from acq_engine.settings import ModelConfig, QuantizationConfig


@pytest.mark.parametrize(("settings", "told"), [
    ({"weight_bits": 8, "activation_bits": 8}, True), ({"weight_bits": 7, "activation_bits": 8}, False),
    ({"weight_bits": 8, "activation_bits": 7}, False), ({}, False),
    ({"weight_bits": 8, "activation_bits": 8, "activation_grid": "symmetric"}, False),
])
def test_the_slow_kernels_of_eight_and_eight_bits_are_told(settings: dict[str, object], told: bool) -> None:
    loaded = load_model(ModelConfig())
    plan = plan_student(loaded.module, loaded.input_shape, QuantizationConfig(**settings))
    assert any("7 bits of weights" in note for note in plan.notes()) == told
