"""Pools of every kind: the exported file computes what the float model does, or training is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from acq_engine.errors import ExportError, QuantizationError
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models import LoadedModel
from acq_engine.quantization import quantize_model
from acq_engine.settings import QuantizationConfig
from tests.engine.export.students import calibrated


def network(pool: nn.Module, size: int) -> nn.Module:
    net = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), pool,
        nn.Conv2d(8, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4),
    )
    with torch.no_grad():
        net(torch.randn(32, 3, size, size))
    return net.eval().requires_grad_(False)


def loaded(net: nn.Module, size: int) -> LoadedModel:
    return LoadedModel(net, "m", "m", 4, (3, size, size), (0.0,) * 3, (1.0,) * 3)


@pytest.mark.parametrize(
    ("pool", "size"),
    [
        (nn.AvgPool2d(3, 2, ceil_mode=True), 16),
        (nn.AvgPool2d(3, 2, 1, ceil_mode=True), 16),
        (nn.AvgPool2d(3, 2, 1, ceil_mode=True), 15),
        (nn.AvgPool2d(3, 2, 1, ceil_mode=True, count_include_pad=False), 16),
        (nn.AvgPool2d(3, 2, 1, divisor_override=5), 16),
        (nn.AdaptiveMaxPool2d(4), 8),
        (nn.AdaptiveMaxPool2d(3), 7),
        (nn.AdaptiveAvgPool2d(3), 7),
    ],
)
def test_a_pool_is_exported_exactly(pool: nn.Module, size: int, tmp_path: Path) -> None:
    torch.manual_seed(0)
    net, x = network(pool, size), torch.randn(32, 3, size, size)
    student = calibrated(net, x)
    wide = calibrated(net, x, weight_bits=8, activation_bits=8)
    assert float((wide(x) - net(x)).detach().abs().max()) < 0.1 * float(net(x).abs().max())
    export_onnx(student, loaded(net, size), tmp_path / "m.onnx")
    found = verify_onnx(tmp_path / "m.onnx", student, x, measure_latency=False)
    assert (found.exact_rows, found.passed) == (100.0, True), found.detail


def test_windows_of_different_sizes_are_refused_before_training() -> None:
    with pytest.raises(QuantizationError, match="pooling layer") as caught:
        quantize_model(network(nn.AdaptiveMaxPool2d(3), 8), torch.zeros(2, 3, 8, 8), QuantizationConfig())
    assert "from 8 x 8 to 3 x 3 differ in size" in caught.value.cause


def test_what_onnx_lacks_is_told_without_the_exporters_colours(tmp_path: Path) -> None:
    net, x = network(nn.FractionalMaxPool2d(2, output_size=4), 8), torch.randn(32, 3, 8, 8)
    with pytest.raises(ExportError) as caught:
        export_onnx(calibrated(net, x), loaded(net, 8), tmp_path / "m.onnx")
    assert "fractional_max_pool2d" in caught.value.cause and "\x1b" not in caught.value.cause
