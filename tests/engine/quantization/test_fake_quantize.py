"""Fake quantization equals ONNX's formula; its gradients are LSQ's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from acq_engine.quantization.fake_quantize import (
    SCALE_GRADIENT_LIMIT,
    bias_codes,
    bias_on_grid,
    fake_quantize,
    fake_quantize_channels,
    scale_of,
)
from acq_engine.quantization.weights import WeightQuantizer


def onnx_formula(x: Tensor, scale: float, zero_point: int, bits: int) -> Tensor:
    """QuantizeLinear and DequantizeLinear in numpy, one float32 operation at a time."""
    codes = np.clip(np.rint(x.numpy() / np.float32(scale)) + np.float32(zero_point), 0, 2**bits - 1)
    return torch.from_numpy(((codes - np.float32(zero_point)) * np.float32(scale)).astype(np.float32))


@pytest.mark.parametrize("bits", range(2, 9))
@pytest.mark.parametrize("zero_share", [0.0, 0.4])
def test_values_are_those_of_onnx(bits: int, zero_share: float) -> None:
    x = torch.randn(8, 5, 7) * 3
    zero_point = int(zero_share * (2**bits - 1))
    log_scale = torch.tensor(0.23).log()
    result = fake_quantize(x, log_scale, zero_point, bits)
    assert torch.equal(result, onnx_formula(x, float(log_scale.exp()), zero_point, bits))


def test_a_scale_is_the_nearest_float32_so_that_devices_agree() -> None:
    logarithms = torch.empty(20_000).uniform_(-12, 2)
    expected = np.exp(logarithms.numpy().astype(np.float64)).astype(np.float32)
    assert np.array_equal(scale_of(logarithms).numpy(), expected)


def test_ties_are_rounded_to_even() -> None:
    x = torch.tensor([[0.5, 1.5, 2.5, -0.5, -1.5]])
    assert fake_quantize(x, torch.zeros(()), 4, 4).tolist() == [[0.0, 2.0, 2.0, 0.0, -2.0]]


@pytest.mark.parametrize("zero_point", [0, 6])
def test_gradients_are_those_of_the_written_out_formula(zero_point: int) -> None:
    bits, qmax = 4, 15
    x = (torch.randn(3, 40) * 2).requires_grad_()
    log_scale = torch.tensor(-1.5, requires_grad=True)
    upstream = torch.randn(3, 40) * 0.01
    fake_quantize(x, log_scale, zero_point, bits).backward(upstream)

    x_too = x.detach().clone().requires_grad_()
    scale = log_scale.detach().exp().requires_grad_()
    steps = (x_too / scale).clamp(-zero_point, qmax - zero_point)
    rounded = steps + (steps.round() - steps).detach()
    (rounded * scale).backward(upstream)

    assert x.grad is not None and x_too.grad is not None and scale.grad is not None and log_scale.grad is not None
    assert torch.allclose(x.grad, x_too.grad)
    expected = scale.grad * scale.detach() / (40 * qmax) ** 0.5
    assert torch.allclose(log_scale.grad, expected, rtol=1e-3, atol=1e-7)


def test_gradients_may_come_in_any_layout() -> None:
    x = torch.randn(4, 6, 5, 5).to(memory_format=torch.channels_last).requires_grad_()
    log_scale = torch.tensor(-1.0, requires_grad=True)
    fake_quantize(x, log_scale, 0, 4).mean((2, 3)).sum().backward()
    y = x.detach().contiguous().requires_grad_()
    other = torch.tensor(-1.0, requires_grad=True)
    (fake_quantize(y, other, 0, 4) * torch.full((4, 6, 5, 5), 1 / 25)).sum().backward()
    assert x.grad is not None and y.grad is not None and log_scale.grad is not None and other.grad is not None
    assert torch.allclose(x.grad, y.grad)
    assert torch.allclose(log_scale.grad, other.grad, rtol=1e-3)


def test_channels_have_their_own_scale_and_gradient() -> None:
    weight = torch.randn(5, 3, 3, 3)
    log_scale = torch.tensor([-3.0, -2.5, -2.0, -1.5, -1.0], requires_grad=True)
    zero_point = torch.tensor([0.0, 3.0, 7.0, 9.0, 15.0])
    together = fake_quantize_channels(weight, log_scale, zero_point, 4)
    upstream = torch.randn_like(together) * 0.01
    together.backward(upstream)
    assert log_scale.grad is not None
    for channel in range(5):
        one = log_scale[channel].detach().clone().requires_grad_()
        alone = fake_quantize(weight[channel : channel + 1], one, int(zero_point[channel]), 4)
        alone.backward(upstream[channel : channel + 1])
        assert torch.equal(together[channel], alone[0])
        assert one.grad is not None
        assert torch.allclose(log_scale.grad[channel], one.grad, rtol=1e-3, atol=1e-7)


def test_a_scale_stays_positive_and_moves_slowly_whatever_the_gradient() -> None:
    log_scale = torch.tensor(-2.0, requires_grad=True)
    optimizer = torch.optim.SGD([log_scale], lr=1e-3)
    for _ in range(100):
        optimizer.zero_grad()
        (fake_quantize(torch.randn(4, 100), log_scale, 8, 4) * 1e9).sum().backward()
        assert log_scale.grad is not None and abs(float(log_scale.grad)) <= SCALE_GRADIENT_LIMIT
        optimizer.step()
    assert 0.9 < float(log_scale.detach().exp()) / np.exp(-2.0) < 1.12


def test_bias_lies_on_the_accumulator_grid_and_keeps_its_gradient() -> None:
    bias = torch.tensor([0.3, -7.0, 1e9], requires_grad=True)
    grid = torch.tensor([0.01, 0.02, 1e-6])
    on_grid = bias_on_grid(bias, grid)
    codes = bias_codes(bias.detach(), grid)
    assert codes.tolist()[:2] == [30.0, -350.0]
    assert abs(float(codes[2])) < 2**31
    assert torch.equal(on_grid.detach(), codes * grid)
    on_grid.sum().backward()
    assert bias.grad is not None
    assert bias.grad.tolist() == [1.0, 1.0, 1.0]


def test_min_max_weights_follow_the_weights_and_pass_every_gradient() -> None:
    quantizer = WeightQuantizer(4, 3, "minmax")
    weight = torch.randn(4, 10, requires_grad=True)
    first = quantizer(weight)
    assert torch.allclose(first.amax(1), weight.amax(1), atol=float(weight.abs().max()) / 7)
    first.sum().backward()
    assert weight.grad is not None
    assert torch.equal(weight.grad, torch.ones(4, 10))
    assert torch.allclose(quantizer(weight * 10), first * 10, rtol=1e-4)
