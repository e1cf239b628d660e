"""Weights with one scale for a whole layer: every format has one, computes the same, and training keeps it one."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import torch
from torch import Tensor

from acq_engine.export import FORMATS
from acq_engine.export.acq.loading import load_quantized
from acq_engine.export.verify.comparison import verify_onnx, verify_tflite
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from acq_engine.quantization.weights import dequantize
from tests.engine.export.students import calibrated


def one_scale(sample: LoadedModel, images: Tensor, bits: int, **settings: object) -> QuantizedModel:
    return calibrated(sample.module, images[:64], weight_bits=bits, activation_bits=bits, weight_scales="tensor",
                      **settings)


def scales_of_layers(student: QuantizedModel) -> list[Tensor]:
    return [layer.weight_quantizer.parameters_for(layer.weight)[0].detach() for layer in student.layers()]


@pytest.mark.parametrize(("bits", "settings"), [
    (4, {}), (8, {}), (4, {"weight_range": "minmax"}), (3, {"rounding": "reconstruct"}),
])
def test_files_have_one_scale_and_are_exact(
    sample: LoadedModel, images: Tensor, tmp_path: Path, bits: int, settings: dict[str, object],
) -> None:
    student = one_scale(sample, images, bits, **settings)
    assert all(bool((scales == scales[0]).all()) for scales in scales_of_layers(student))
    path = tmp_path / "model.onnx"
    FORMATS["onnx"].export(student, sample, path)
    found = verify_onnx(path, student, images, measure_latency=False)
    assert found.passed and found.exact_rows == 100 and found.float_convolutions == 0
    graph = onnx.load(path).graph
    sizes = {value.name: list(value.dims) for value in graph.initializer}
    kept = [node for node in graph.node if node.op_type == "DequantizeLinear" and node.input[0] in sizes]
    assert len(kept) >= 2 * len(student.layers()) and all(sizes[node.input[1]] == [] for node in kept)


@pytest.mark.parametrize("settings", [{}, {"weight_range": "minmax"}])
def test_a_stored_student_comes_back_with_one_scale(
    sample: LoadedModel, images: Tensor, tmp_path: Path, settings: dict[str, object],
) -> None:
    student, path = one_scale(sample, images, 4, **settings), tmp_path / "model.acq.safetensors"
    FORMATS["acq"].export(student, sample, path)
    again = load_quantized(path)
    assert torch.equal(again(images[:16]), student(images[:16]))
    assert all(bool((scales == scales[0]).all()) for scales in scales_of_layers(again))


def test_tflite_has_one_scale_and_is_exact(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    litert = pytest.importorskip("ai_edge_litert.interpreter", reason="LiteRT has no package for this system")
    student, path = one_scale(sample, images, 4), tmp_path / "model.tflite"
    FORMATS["tflite"].export(student, sample, path)
    found = verify_tflite(path, student, images[:64], measure_latency=False)
    assert found.passed and found.exact_rows == 100
    tensors = litert.Interpreter(model_path=str(path)).get_tensor_details()
    assert max(len(one["quantization_parameters"]["scales"]) for one in tensors) == 1


def test_fine_tuning_moves_one_scale_for_all_channels(sample: LoadedModel, images: Tensor) -> None:
    student = one_scale(sample, images, 4)
    before = [scales.clone() for scales in scales_of_layers(student)]
    student.train()
    rates = torch.optim.Adam(student.parameters(), lr=0.01)
    student(images[:8]).square().mean().backward()
    rates.step()
    after = scales_of_layers(student)
    assert all(bool((scales == scales[0]).all()) for scales in after)
    assert all(float(new[0]) != float(old[0]) for new, old in zip(after, before, strict=True))
    for layer in student.layers():  # what training computes with is what is exported
        quantizer = layer.weight_quantizer
        exported = dequantize(quantizer.codes(layer.weight), quantizer.parameters_for(layer.weight)[0])
        assert torch.equal(quantizer(layer.weight), exported)
