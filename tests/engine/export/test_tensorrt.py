"""The format tensorrt: int8 with zero point 0 throughout, near the integer reference; and symmetric activations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
import torch.nn.functional as F
from onnx import TensorProto, numpy_helper
from torch import Tensor, nn
from typer.testing import CliRunner

from acq_engine.cli.app import app
from acq_engine.errors import ExportError
from acq_engine.events import Event
from acq_engine.export import FORMATS
from acq_engine.export.acq.loading import load_quantized
from acq_engine.export.from_run import export_all, export_run
from acq_engine.export.info import ExportOptions
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.tensorrt import export_tensorrt
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.export.verify.nearness import verify_tensorrt
from acq_engine.export.verify.of_run import verify_run
from acq_engine.models import LoadedModel, save_teacher
from acq_engine.quantization import QuantizedModel
from acq_engine.settings import QuantizationConfig, RunConfig, TestSetConfig
from acq_engine.store import RunStore
from tests.engine.export.students import calibrated, small


def symmetric(module: nn.Module, images: Tensor, **settings: object) -> QuantizedModel:
    return calibrated(module, images, activation_grid="symmetric", **settings)


def faults(path: Path) -> list[str]:
    """What TensorRT would not take, by its documentation."""
    graph = onnx.load(path).graph
    stored = {value.name: value for value in graph.initializer}
    made_by = {name: node.op_type for node in graph.node for name in node.output}
    found = []
    for node in graph.node:
        if node.op_type in ("QuantizeLinear", "DequantizeLinear"):
            zero_point = stored[node.input[2]]
            if zero_point.data_type != TensorProto.INT8 or np.any(numpy_helper.to_array(zero_point)):
                found.append(f"zero point of {node.output[0]}")
            if node.op_type == "DequantizeLinear" and made_by.get(node.input[0]) != "QuantizeLinear":
                found.append(f"{node.output[0]} is not made by a quantizer")
        elif any(made_by.get(name) == "QuantizeLinear" for name in node.input):
            found.append(f"{node.op_type} on integers")
    found += [name for name, value in stored.items() if value.data_type in (TensorProto.INT32, TensorProto.UINT8)]
    return found


@pytest.mark.parametrize("settings", [
    {}, {"weight_bits": 8, "activation_bits": 8}, {"weight_bits": 2, "activation_bits": 3},
    {"weight_bits": 7, "activation_bits": 8}, {"weight_scales": "tensor"}, {"weight_range": "minmax"},
], ids=["w4a4", "w8a8", "w2a3", "w7a8", "one scale", "minmax"])
def test_the_file_has_no_zero_points_and_is_near_the_reference(
    sample: LoadedModel, images: Tensor, tmp_path: Path, settings: dict[str, object],
) -> None:
    student, path = symmetric(sample.module, images[:64], **settings), tmp_path / "model.tensorrt.onnx"
    export_tensorrt(student, sample, path)
    assert faults(path) == []
    found = verify_tensorrt(path, student, sample.module, images[:64])
    assert found.passed and found.agreement == 100.0
    assert "TensorRT was not run" in found.detail and found.latency is None
    exact = tmp_path / "model.onnx"
    export_onnx(student, sample, exact)
    reference = verify_onnx(exact, student, images[:64], measure_latency=False)
    assert reference.exact_rows == 100.0 and reference.float_convolutions == 0
    # Float rounding moves a step now and then, which is a small part of what quantization itself moves.
    with torch.no_grad():
        moved = np.abs(reference.logits - sample.module(images[:64]).numpy()).mean()
    assert np.abs(found.logits - reference.logits).mean() < 0.02 * moved


def test_a_wrong_file_is_not_near(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    student, path = symmetric(sample.module, images[:64]), tmp_path / "model.tensorrt.onnx"
    export_tensorrt(student, sample, path)
    proto = onnx.load(path)
    weight = next(value for value in proto.graph.initializer if len(value.dims) == 4)
    weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight) * np.float32(2), weight.name))
    onnx.save(proto, path)
    assert not verify_tensorrt(path, student, sample.module, images[:64]).passed


def test_a_file_of_more_bits_does_not_pass_as_that_of_fewer(
    sample: LoadedModel, images: Tensor, tmp_path: Path
) -> None:
    """It is nearer to the float model than the quantized one is, so its distance alone would not tell."""
    path = tmp_path / "model.tensorrt.onnx"
    export_tensorrt(symmetric(sample.module, images[:64], weight_bits=8, activation_bits=8), sample, path)
    few = symmetric(sample.module, images[:64], weight_bits=2)
    assert not verify_tensorrt(path, few, sample.module, images[:64]).passed


def test_eight_bits_that_are_never_negative_become_seven(sample: LoadedModel, images: Tensor) -> None:
    student = symmetric(sample.module, images[:64], activation_bits=8)
    grids = {(one.bits, one.zero_point) for one in student.activation_quantizers()}
    assert grids == {(8, 128), (7, 0)}
    again = calibrated(sample.module, images[:64], activation_bits=8)
    assert {one.bits for one in again.activation_quantizers()} == {8}
    assert QuantizationConfig().activation_grid == "asymmetric"


class Clipped(nn.Module):
    """ReLU6 whose upper end is within the range, a depthwise layer, a sum and a pool."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.head = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu6(8 * self.first(x))
        x = F.max_pool2d(self.second(x) + x, 2)
        return self.head(F.adaptive_avg_pool2d(F.relu(x), 1).flatten(1))


@pytest.mark.parametrize("bits", [4, 8])
def test_relu6_sums_and_pools(tmp_path: Path, bits: int) -> None:
    images = torch.randn(64, 1, 16, 16, generator=torch.Generator().manual_seed(1))
    net = Clipped().eval()
    student = symmetric(net, images, weight_bits=bits, activation_bits=bits)
    export_tensorrt(student, small(net), tmp_path / "model.tensorrt.onnx")
    assert faults(tmp_path / "model.tensorrt.onnx") == []
    assert verify_tensorrt(tmp_path / "model.tensorrt.onnx", student, net, images).passed


def test_zero_points_are_refused_with_the_way_out(sample: LoadedModel, student: QuantizedModel, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        export_tensorrt(student, sample, tmp_path / "model.tensorrt.onnx")
    assert "input (8 bits)" in caught.value.cause and "more" in caught.value.cause
    assert "--act-grid symmetric" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_the_paper_scheme_of_few_bits_needs_no_other_grid(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    student, path = calibrated(sample.module, images[:64], convention="A"), tmp_path / "model.tensorrt.onnx"
    export_tensorrt(student, sample, path)
    assert faults(path) == [] and verify_tensorrt(path, student, sample.module, images[:64]).passed


def test_pixels_are_refused(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    student = symmetric(sample.module, images[:64])
    with pytest.raises(ExportError, match="preprocessing"):
        export_tensorrt(student, sample, tmp_path / "model.tensorrt.onnx", ExportOptions(with_preprocessing=True))


def test_a_symmetric_student_comes_back_from_its_checkpoint(
    sample: LoadedModel, images: Tensor, tmp_path: Path
) -> None:
    student, path = symmetric(sample.module, images[:64], activation_bits=8), tmp_path / "model.acq.safetensors"
    FORMATS["acq"].export(student, sample, path)
    again = load_quantized(path)
    assert torch.equal(again(images[:16]), student(images[:16]))
    export_tensorrt(again, again.facts, tmp_path / "model.tensorrt.onnx")


def test_seven_bit_weights_fit_the_fast_signed_kernels(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    student, path = calibrated(sample.module, images[:64], weight_bits=7, edge_bits=7), tmp_path / "model.onnx"
    assert all(bool((layer.weight_quantizer.zero_point == 64).all()) for layer in student.layers())
    export_onnx(student, sample, path)
    weights = [value for value in onnx.load(path).graph.initializer if len(value.dims) > 1]
    assert {value.data_type for value in weights} == {TensorProto.INT8}
    assert verify_onnx(path, student, images[:64], measure_latency=False).exact_rows == 100.0


def test_a_run_is_exported_and_verified(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    config = RunConfig(test_set=TestSetConfig(limit=50), quantization=QuantizationConfig(activation_grid="symmetric"))
    with RunStore.create(tmp_path / "R", config) as store:
        save_teacher(sample, store.path)
        store.save_student(symmetric(sample.module, images[:64]).state_dict())
    written = export_run(tmp_path / "R", "tensorrt")
    assert Path(written.path).name == "model.tensorrt.onnx"
    found = verify_run(tmp_path / "R", written.path)
    assert found.passed and found.latency_ms is None and found.top1_images == 50
    assert "trtexec --onnx=model.tensorrt.onnx" in (tmp_path / "R" / "README.md").read_text(encoding="utf-8")
    shown = CliRunner().invoke(app, ["verify", written.path])
    assert shown.exit_code == 0 and "TensorRT was not run" in " ".join(shown.output.split())


def test_all_formats_of_a_usual_run_leave_it_out_with_a_word(run_folder: Path, tmp_path: Path) -> None:
    said: list[Event] = []
    export_all(run_folder, tmp_path / "files", on_event=said.append)
    assert not (tmp_path / "files" / "model.tensorrt.onnx").exists()
    assert any("model.tensorrt.onnx was not written" in getattr(event, "text", "") for event in said)
