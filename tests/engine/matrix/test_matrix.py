"""Every network that people bring: converted, calibrated, fine-tuned, exported, and exact to the last bit.

Random weights and small pictures: what is tested is whether conversion sees through the way a network is written.
`-m "not slow"` leaves out those that take longest; `make test` runs all.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from acq_engine.errors import NoBatchNormError
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models import timm_models
from acq_engine.models.loaded import LoadedModel, prepare
from acq_engine.models.registry import architecture
from acq_engine.quantization import QuantizedModel, calibrate, gptq, quantize_model
from acq_engine.quantization.graph_ops import LAYERS, op_name
from acq_engine.settings import QuantizationConfig, RunConfig
from acq_engine.teacher.model import Teacher
from acq_engine.training import StudentTrainer
from tests.engine.matrix import own_networks
from tests.engine.matrix.subjects import CLASSES, OWN, REGISTERED, TIMM, Subject, enliven, thinned

CONFIG = RunConfig(quantization=QuantizationConfig(weight_bits=4, activation_bits=4))
PICTURES = 4


def load(subject: Subject) -> LoadedModel:
    net = prepare(enliven(thinned(subject.build()), subject.size))
    loaded = LoadedModel(net, subject.name, subject.name, CLASSES, (3, subject.size, subject.size), (0.5,) * 3,
                         (0.5,) * 3, sha256="0" * 64)
    loaded.check_output()
    return loaded


def fine_tune(student: QuantizedModel, loaded: LoadedModel, tap: str, pictures: Tensor, steps: int = 2) -> None:
    teacher = Teacher(loaded.module, [tap])
    trainer = StudentTrainer(teacher, student, CONFIG, steps, torch.Generator().manual_seed(0))
    for _ in range(steps):
        found = trainer.step(pictures, torch.arange(len(pictures)) % CLASSES)
        assert torch.isfinite(found["student/total"])


def marked(subject: Subject) -> object:
    return pytest.param(subject, id=subject.name, marks=[pytest.mark.slow] if subject.slow else [])


@pytest.mark.parametrize("subject", [marked(subject) for subject in (*OWN, *REGISTERED, *TIMM)])
def test_network_is_quantized_whole_and_exported_exactly(
    subject: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gptq, "LARGEST", 256)  # every kind of layer is fitted, and no wide one takes minutes
    if subject.name.startswith(timm_models.PREFIX):
        pytest.importorskip("timm", reason="timm is not installed")
    loaded = load(subject)
    pictures = torch.randn(PICTURES, *loaded.input_shape)
    with torch.no_grad():
        expected = loaded.module(pictures)
    assert float(expected.std(0).min()) > 1e-4  # the pictures matter: no activation is dead
    tap = loaded.default_attention_layer()
    student = quantize_model(loaded.module, pictures[:2], CONFIG.quantization, [tap])
    with torch.no_grad():
        assert torch.allclose(student(pictures), expected, rtol=1e-3, atol=1e-3 * float(expected.abs().max()))
    left = [node.name for node in student.network.graph.nodes if op_name(node) in LAYERS]
    assert not left and all(layer.input_quantizer is not None for layer in student.layers())

    calibrate(student, [pictures], CONFIG.quantization)
    before = [layer.weight.detach().clone() for layer in student.layers()]
    fine_tune(student, loaded, tap, pictures)
    assert all(not torch.equal(old, layer.weight) for old, layer in zip(before, student.layers(), strict=True))

    export_onnx(student, loaded, tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, pictures, measure_latency=False)
    convolutions = sum(layer.kind == "conv2d" for layer in student.layers())
    assert result.exact_rows == 100.0, result.detail
    assert (result.integer_convolutions, result.float_convolutions) == (convolutions, 0)


@pytest.mark.parametrize("name", ["convnext_tiny", "swin_t", "LayerNormNet"])
def test_networks_without_batch_norm_are_no_teachers_as_they_are(name: str) -> None:
    """Loading gives them measured statistics, where they have convolutions."""
    net: nn.Module = own_networks.LayerNormNet() if name == "LayerNormNet" else architecture(name).build(CLASSES, 3)
    with pytest.raises(NoBatchNormError) as caught:
        prepare(net)
    assert caught.value.message == "This model has no batch norm, so it can't be quantized without data."
    assert caught.value.hint


@pytest.mark.parametrize("name", ["googlenet", "inception_v3"])
def test_extra_training_heads_are_left_out(name: str) -> None:
    """What answers in eval mode stays; aux1, aux2 and AuxLogits are neither taught, quantized nor exported."""
    module = architecture(name).build(CLASSES, 3)
    assert not [path for path, _ in module.named_modules() if path.lower().startswith("aux")]
    assert isinstance(prepare(module)(torch.zeros(1, 3, 96, 96)), Tensor)
