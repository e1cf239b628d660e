"""Real trained networks: calibration on real pictures checks the quantizer alone, and their exports are exact."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models import load_model
from acq_engine.quantization import calibrate, quantize_model
from acq_engine.settings import ModelConfig, QuantizationConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set

pytestmark = pytest.mark.real


@pytest.mark.parametrize(("bits", "least"), [(4, 0.95), (3, 0.82)])
def test_cifar_resnet20(shared_data: Path, tmp_path: Path, bits: int, least: float) -> None:
    folder = shared_data / "cifar10"
    loaded = load_model(ModelConfig(source="checkpoint", path=folder / "resnet20.safetensors", arch="cifar_resnet20"))
    test_set = load_test_set(TestSetConfig(path=folder / "test_0000_4999.npz"), loaded)
    assert test_set is not None
    images = loaded.to_model_input(test_set.images[:768])
    config = QuantizationConfig(weight_bits=bits, activation_bits=bits)
    student = quantize_model(loaded.module, images[:2], config)
    calibrate(student, images[512:].split(64), config)
    with torch.no_grad():
        answers, expected = (torch.cat([net(part) for part in images[:512].split(64)]).argmax(1)
                             for net in (student, loaded.module))
    assert float((answers == expected).float().mean()) >= least
    export_onnx(student, loaded, tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, images[:256], measure_latency=False)
    assert result.passed and result.exact_rows == 100.0
    assert (result.integer_convolutions, result.float_convolutions) == (21, 0)


@pytest.mark.slow
def test_efficientnet_lite0(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "imagenet"
    loaded = load_model(ModelConfig(source="checkpoint", path=folder / "efficientnet_lite0.safetensors"))
    test_set = load_test_set(TestSetConfig(path=folder / "val", limit=80), loaded)
    assert test_set is not None
    images = loaded.to_model_input(test_set.images)
    config = QuantizationConfig(weight_bits=8, activation_bits=8)
    student = quantize_model(loaded.module, images[:2], config)
    calibrate(student, images[48:].split(8), config)
    with torch.no_grad():
        answers, expected = (torch.cat([net(part) for part in images[:48].split(8)]).argmax(1)
                             for net in (student, loaded.module))
    assert float((answers == expected).float().mean()) >= 0.93
    export_onnx(student, loaded, tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, images[:24], measure_latency=False, batch_size=8)
    assert result.exact_rows == 100.0 and result.float_convolutions == 0
