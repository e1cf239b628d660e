"""Ranges: they hold 0, the search beats min-max, and odd tensors do no harm."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from acq_engine.quantization.observer import VALUES_KEPT, VALUES_PER_BATCH, RangeObserver
from acq_engine.quantization.ranges import (
    SMALLEST_CHANNEL_RATIO,
    minmax_channels,
    mse_channels,
    mse_range,
    scale_and_zero_point,
)


@pytest.mark.parametrize("bits", range(2, 9))
@pytest.mark.parametrize(("low", "high"), [(-1.0, 2.0), (0.5, 2.0), (-3.0, -1.0), (0.0, 0.0), (-1e-12, 1e-12)])
def test_zero_is_representable(bits: int, low: float, high: float) -> None:
    scale, zero_point = scale_and_zero_point(torch.tensor(low), torch.tensor(high), bits)
    assert float(scale) > 0
    assert 0 <= float(zero_point) <= 2**bits - 1
    assert float(zero_point) == int(zero_point)


def quantized(values: Tensor, low: float, high: float, bits: int) -> Tensor:
    scale, zero_point = scale_and_zero_point(torch.tensor(low), torch.tensor(high), bits)
    return ((values / scale).round() + zero_point).clamp(0, 2**bits - 1).sub(zero_point) * scale


@pytest.mark.parametrize("bits", [2, 3, 4, 8])
def test_the_search_has_less_error_than_the_extremes(bits: int) -> None:
    values = torch.cat([torch.randn(50_000), torch.tensor([30.0, -11.0])])
    low, high = mse_range(values, -11.0, 30.0, bits)
    assert -11.0 <= low < 0 < high <= 30.0
    found = (quantized(values, low, high, bits) - values).square().mean()
    extreme = (quantized(values, -11.0, 30.0, bits) - values).square().mean()
    assert found < extreme * (0.5 if bits < 8 else 1.0)


def test_zeros_of_a_relu_do_not_shrink_the_range() -> None:
    positive = torch.rand(20_000)
    assert mse_range(torch.cat([positive, torch.zeros(200_000)]), 0.0, 1.0, 4) == mse_range(positive, 0.0, 1.0, 4)


def test_weights_search_beats_min_max_in_every_channel() -> None:
    weight = torch.randn(16, 200) * torch.logspace(-3, 1, 16)[:, None]
    errors = []
    for search in (mse_channels, minmax_channels):
        scale, zero_point = (value[:, None] for value in search(weight, 3))
        codes = ((weight / scale).round() + zero_point).clamp(0, 7)
        errors.append(((codes - zero_point) * scale - weight).square().sum(1))
    assert (errors[0] < errors[1]).all()


def test_channels_that_are_almost_zero_keep_a_usable_scale() -> None:
    weight = torch.randn(4, 9)
    weight[1] = 0
    weight[2] *= 1e-12
    for search in (mse_channels, minmax_channels):
        scale, zero_point = search(weight, 4)
        assert torch.isfinite(scale).all() and torch.isfinite(zero_point).all()
        assert float(scale.min()) >= float(scale.max()) * SMALLEST_CHANNEL_RATIO * 0.99
    assert mse_range(torch.zeros(100), 0.0, 0.0, 4) == (0.0, 0.0)


def test_an_observer_keeps_a_bounded_sample_and_the_same_one_each_time() -> None:
    samples = []
    for _ in range(2):
        generator = torch.Generator().manual_seed(1)
        observer = RangeObserver(keep_values=True)
        for _ in range(60):
            observer.update(torch.randn(4, 8, 40, 40, generator=generator))
            assert observer.values().numel() <= VALUES_KEPT + VALUES_PER_BATCH
        samples.append(observer.values())
    assert torch.equal(*samples)
    assert abs(float(samples[0].std()) - 1) < 0.02
    low, high = observer.extremes()
    assert low < -4 and high > 4
    mean_low, mean_high = observer.averaged_extremes()
    assert low < mean_low < -3 and 3 < mean_high < high


def test_an_observer_sees_every_column_of_a_picture() -> None:
    observer = RangeObserver(keep_values=True)
    columns = torch.arange(32.0).expand(64, 16, 32, 32)
    observer.update(columns)
    assert observer.values().unique().numel() == 32


def test_eight_bit_weights_have_one_zero_point_in_all_channels() -> None:
    weight = torch.randn(6, 40) * torch.tensor([[1.0], [0.01], [3.0], [1.0], [1.0], [1.0]])
    weight[3] = weight[3].abs()
    weight[4] = 0.0
    for found in (minmax_channels, mse_channels):
        scale, zero_point = found(weight, 8)
        assert zero_point.tolist() == [128.0] * 6
        steps = torch.round(weight / scale[:, None]).clamp(-128, 127)
        error = (steps * scale[:, None] - weight).abs().amax(1)
        assert bool((error <= 0.02 * weight.abs().amax(1) + 1e-6).all())
    assert minmax_channels(weight, 7)[1].unique().numel() > 1
