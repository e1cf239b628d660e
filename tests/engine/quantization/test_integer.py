"""A student in eval mode computes in whole numbers; with gradients and in training it stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import torch
from torch import nn

from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.quantization.integer import Grid, Precision, codes_of, exact_precision
from acq_engine.settings import QuantizationConfig
from tests.engine.quantization.networks import Gated, InPlaceTrap, Mobile, Residual, Tokens, settle


def calibrated(kind: Callable[[], nn.Module], bits: int) -> tuple[QuantizedModel, torch.Tensor]:
    x = torch.randn(64, 1, 16, 16) * 1.5 + 0.3
    config = QuantizationConfig(weight_bits=bits, activation_bits=bits)
    student = quantize_model(settle(kind()), x[:2], config)
    calibrate(student, x.split(32), config)
    return student, x


@pytest.mark.parametrize("kind", [Residual, InPlaceTrap, Mobile, Gated])
@pytest.mark.parametrize("bits", [4, 8])
def test_eval_mode_is_what_training_imitates(kind: type[nn.Module], bits: int) -> None:
    student, x = calibrated(kind, bits)
    with torch.no_grad():
        imitated = student.train()(x)
        whole = student.eval()(x)
        one_by_one = torch.cat([student(picture[None]) for picture in x])
    assert torch.equal(whole, one_by_one)  # whole numbers: no order of summation can be seen
    spread = float(imitated.std())
    assert float((whole - imitated).abs().median()) < 0.02 * spread
    assert float((whole.argmax(1) == imitated.argmax(1)).float().mean()) > 0.9


def test_padding_with_another_value_than_zero_stays_what_it_is() -> None:
    student, x = calibrated(partial(Tokens, value=1.0), 8)
    with torch.no_grad():
        imitated, whole = student.train()(x), student.eval()(x)
    assert float((whole - imitated).abs().median()) < 0.02 * float(imitated.std())


def test_gradients_flow_in_eval_mode_too() -> None:
    student, x = calibrated(Residual, 4)
    student.eval()(x).square().mean().backward()
    assert all(layer.weight.grad is not None and bool(layer.weight.grad.any()) for layer in student.layers())


def test_sums_stay_exact_where_float32_would_not_hold_them() -> None:
    grid = Grid(torch.tensor(0.1), 0, 0.0, 255.0)
    steps = torch.full((2, 300, 1, 1), 120.0)
    assert exact_precision(steps[:, :200], torch.zeros(2), grid) == Precision(torch.float32, torch.float32)
    assert exact_precision(steps[:, :200], torch.full((2,), 2.0**24), grid) == Precision(torch.float32, torch.float64)
    assert exact_precision(steps.repeat(1, 2, 1, 1), torch.zeros(2), grid) == Precision(torch.float64, torch.float64)
    student, x = calibrated(Mobile, 8)
    layer = student.layers()[1]
    assert layer.bias is not None
    with torch.no_grad():
        layer.bias.add_(layer.accumulator_scale() * 2.0**25)
        assert codes_of(layer).precision.total == torch.float64
        assert torch.isfinite(student.eval()(x)).all()
