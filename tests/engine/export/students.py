"""Calibrated students for the export tests."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn

from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel, calibrate, quantize_model
from acq_engine.settings import QuantizationConfig


def calibrated(module: nn.Module, images: Tensor, **settings: object) -> QuantizedModel:
    """The student of `module`, its ranges taken from `images`; exports don't care how weights were rounded."""
    config = QuantizationConfig(**{"rounding": "nearest", **settings})
    student = quantize_model(module, images[:2], config)
    calibrate(student, images.split(32), config)
    return student.eval()


def small(net: nn.Module) -> LoadedModel:
    """One of the networks of tests.engine.quantization.networks as a loaded model."""
    return LoadedModel(net, "small", "small", 4, (1, 16, 16), (0.5,), (0.5,), sha256="0" * 64)


def size_of(path: Path) -> int:
    """Bytes of an exported file, and of what belongs to it: OpenVINO's weights are in a file of their own."""
    return sum(one.stat().st_size for one in (path, path.with_suffix(".bin")) if one == path or path.suffix == ".xml")
