"""The exported ONNX file: integer kernels in ONNX Runtime, exact to the last bit, described, safe to write."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from acq_engine.errors import ExportError, StorageError, VerificationError
from acq_engine.export import FORMATS
from acq_engine.export.info import ExportOptions
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.onnx.float_model import export_float_onnx
from acq_engine.export.verify.comparison import open_session, predict, student_logits, verify_onnx
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.export.writing import write_export
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel, quantize_model
from acq_engine.settings import QuantizationConfig
from tests.engine.export.students import calibrated, size_of, small
from tests.engine.quantization.networks import Gated, Mobile, Residual, settle


@pytest.fixture(scope="module")
def exported(sample: LoadedModel, student: QuantizedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "model.onnx"
    export_onnx(student, sample, path)
    return path


@pytest.mark.parametrize("bits", [2, 4, 7, 8])
def test_the_runtime_equals_the_integer_reference_bit_for_bit(
    sample: LoadedModel, images: Tensor, tmp_path: Path, bits: int
) -> None:
    student = calibrated(sample.module, images[:96], weight_bits=bits, activation_bits=bits)
    export_onnx(student, sample, tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, images, measure_latency=False)
    assert result.exact_rows == 100.0
    assert result.passed and result.detail == ""
    assert result.agreement >= 99.5
    convolutions = sum(layer.kind == "conv2d" for layer in student.layers())
    assert (result.integer_convolutions, result.float_convolutions) == (convolutions, 0)
    assert result.operators["QLinearConv"] == convolutions
    assert result.images == 200 and "ONNX Runtime" in result.runtime


class _TimesOne(nn.Module):
    """A product that changes nothing stands between two quantizers of 8 bits."""

    def __init__(self) -> None:
        super().__init__()
        self.one: Tensor
        self.register_buffer("one", torch.ones(()))
        self.conv, self.fc = nn.Conv2d(1, 8, 3, padding=1), nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv(x) * self.one
        return self.fc(F.relu(x).mean((2, 3)))


def test_two_quantizers_of_eight_bits_in_a_row_stay_two(tmp_path: Path) -> None:
    net = _TimesOne().eval()
    x = torch.randn(128, 1, 16, 16)
    student = calibrated(net, x, activation_bits=8)
    with torch.no_grad():
        for number, quantizer in enumerate(student.activation_quantizers()):
            quantizer.log_scale.add_(0.05 * number)  # as learning leaves them: no two grids are the same
    export_onnx(student, small(net), tmp_path / "model.onnx")
    assert verify_onnx(tmp_path / "model.onnx", student, x, measure_latency=False).exact_rows == 100.0


@pytest.mark.parametrize("bits", [5, 8])  # 8: in Mobile two quantizers of 8 bits follow each other
@pytest.mark.parametrize("shortcut_bits", [5, 8])
@pytest.mark.parametrize("kind", [Residual, Mobile])
def test_other_networks_are_integer_and_exact_too(
    kind: type[nn.Module], shortcut_bits: int, bits: int, tmp_path: Path
) -> None:
    net = settle(kind())
    x = torch.randn(128, 1, 16, 16) * 1.5 + 0.3
    student = calibrated(net, x, weight_bits=5, activation_bits=bits, shortcut_bits=shortcut_bits)
    export_onnx(student, small(net), tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, x, measure_latency=False)
    assert result.exact_rows == 100.0
    assert result.float_convolutions == 0
    assert result.integer_convolutions == sum(layer.kind == "conv2d" for layer in student.layers())


def test_functions_without_an_integer_kernel_are_computed_in_float_and_agree(tmp_path: Path) -> None:
    net = settle(Gated())
    x = torch.randn(128, 1, 16, 16) * 1.5 + 0.3
    student = calibrated(net, x, weight_bits=6, activation_bits=6)
    export_onnx(student, small(net), tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, x, measure_latency=False)
    assert result.integer_convolutions > 0 and {"Sigmoid", "QLinearSigmoid"} & set(result.operators)
    assert result.agreement >= 97
    logits = predict(open_session(tmp_path / "model.onnx"), x)
    assert np.median(np.abs(logits - IntegerReference(student)(x))) < 1e-4


def test_convention_a_exports_and_agrees(sample: LoadedModel, images: Tensor, tmp_path: Path) -> None:
    student = calibrated(sample.module, images[:96], convention="A")
    export_onnx(student, sample, tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, images, measure_latency=False)
    assert result.agreement >= 99 and result.float_convolutions > 0


class Bordered(nn.Module):
    """A border of a value that no grid has."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 8, 3)
        self.norms = nn.ModuleList(nn.BatchNorm2d(8) for _ in range(2))
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.pad(F.relu(self.norms[0](self.first(x))), (1, 1, 1, 1), value=8.0)
        return self.fc(F.relu(self.norms[1](self.second(x))).mean((2, 3)))


def test_a_border_that_is_on_no_grid_stays_what_it_is(tmp_path: Path) -> None:
    net = settle(Bordered())
    x = torch.randn(96, 1, 16, 16) * 1.5 + 0.3
    student = calibrated(net, x, weight_bits=8, activation_bits=8)
    export_onnx(student, small(net), tmp_path / "model.onnx")
    result = verify_onnx(tmp_path / "model.onnx", student, x, measure_latency=False)
    assert result.passed and result.exact_rows == 100.0
    logits = predict(open_session(tmp_path / "model.onnx"), x)
    assert np.abs(logits - student_logits(student, x)).max() < 0.01


def test_a_file_that_computes_in_float_is_not_the_quantized_model(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, tmp_path: Path,
) -> None:
    export_float_onnx(sample.module, sample, tmp_path / "float.onnx")
    wide = calibrated(sample.module, images[:96], weight_bits=8, activation_bits=8)
    result = verify_onnx(tmp_path / "float.onnx", wide, images, measure_latency=False)
    assert result.agreement >= 99.5 and not result.passed
    assert "0 convolutions of the quantized model use float" in result.detail


def test_a_file_for_other_classes_is_of_another_model(
    student: QuantizedModel, images: Tensor, tmp_path: Path,
) -> None:
    net = settle(Bordered(), (1, 32, 32))
    other = calibrated(net, torch.randn(8, 1, 32, 32))
    export_onnx(other, replace(small(net), input_shape=(1, 32, 32)), tmp_path / "model.onnx")
    with pytest.raises(VerificationError, match="belongs to another model") as caught:
        verify_onnx(tmp_path / "model.onnx", student, images[:8], measure_latency=False)
    assert "(8, 4)" in caught.value.cause


def test_weights_are_whole_numbers_of_the_asked_bits(student: QuantizedModel, exported: Path) -> None:
    model = onnx.load(str(exported))
    codes = {
        value.name: onnx.numpy_helper.to_array(value)
        for value in model.graph.initializer
        if value.name.endswith("codes") and "bias" not in value.name
    }
    assert len(codes) == len(student.layers())
    for layer, values in zip(student.layers(), codes.values(), strict=True):
        assert values.dtype == (np.int8 if layer.bits <= 6 else np.uint8)
        spans = values.reshape(len(values), -1).astype(int)
        assert (spans.max(1) - spans.min(1)).max() <= 2**layer.bits - 1
    assert not [value.name for value in model.graph.initializer if value.data_type == 1 and np.prod(value.dims) > 200]
    assert {"Relu", "BatchNormalization", "Cast"}.isdisjoint({node.op_type for node in model.graph.node})


def test_the_file_describes_itself(sample: LoadedModel, student: QuantizedModel, exported: Path) -> None:
    model = onnx.load(str(exported))
    onnx.checker.check_model(model, full_check=True)
    notes = {entry.key: entry.value for entry in model.metadata_props}
    assert json.loads(notes["class_names"]) == list(sample.class_names)
    assert json.loads(notes["preprocessing"])["mean"] == list(sample.mean)
    assert json.loads(notes["layer_bits"]) == {layer.name: layer.bits for layer in student.layers()}
    assert notes["teacher_sha256"] == sample.sha256 and notes["convention"] == "B"
    assert [entry.name for entry in model.graph.input] == ["image"]
    assert [entry.name for entry in model.graph.output] == ["logits"]
    assert not model.graph.input[0].type.tensor_type.shape.dim[0].dim_value
    raw = exported.read_bytes()
    assert b"site-packages" not in raw and b".py" not in raw
    assert len(raw) < 0.5 * sum(value.numel() * 4 for value in sample.module.state_dict().values())


def test_exporting_twice_gives_the_same_bytes_and_leaves_the_student_alone(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, exported: Path, tmp_path: Path
) -> None:
    with torch.no_grad():
        before = student(images[:8])
    info = export_onnx(student, sample, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == exported.read_bytes()
    assert info.bytes == exported.stat().st_size < info.float_bytes
    with torch.no_grad():
        assert torch.equal(student(images[:8]), before)


def test_any_batch_size_and_newer_opset(sample: LoadedModel, student: QuantizedModel, images: Tensor, exported: Path,
                                        tmp_path: Path) -> None:
    whole = predict(open_session(exported), images[:7], 7)
    assert np.array_equal(whole, predict(open_session(exported), images[:7], 1))
    export_onnx(student, sample, tmp_path / "new.onnx", ExportOptions(opset=21))
    assert np.array_equal(whole, predict(open_session(tmp_path / "new.onnx"), images[:7]))


def test_a_changed_file_does_not_pass(student: QuantizedModel, images: Tensor, exported: Path, tmp_path: Path) -> None:
    model = onnx.load(str(exported))
    for value in model.graph.initializer:
        if value.name.endswith("codes") and value.data_type == onnx.TensorProto.INT8:
            array = onnx.numpy_helper.to_array(value).copy()
            array.flat[0] += 1
            value.CopyFrom(onnx.numpy_helper.from_array(array, value.name))
            break
    onnx.save(model, str(tmp_path / "changed.onnx"))
    result = verify_onnx(tmp_path / "changed.onnx", student, images, measure_latency=False)
    assert not result.passed
    assert result.exact_rows < 100 and "integer reference" in result.detail


def test_files_that_can_not_be_opened_or_run(student: QuantizedModel, images: Tensor, exported: Path,
                                             tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(exported.read_bytes()[:5000])
    for path in (tmp_path / "broken.onnx", tmp_path / "missing.onnx"):
        with pytest.raises(VerificationError) as caught:
            verify_onnx(path, student, images)
        assert path.name in caught.value.cause
    with pytest.raises(VerificationError, match="can't be run"):
        predict(open_session(exported), torch.zeros(1, 3, 32, 32))


def test_what_can_not_be_written(sample: LoadedModel, student: QuantizedModel, tmp_path: Path) -> None:
    fresh = quantize_model(sample.module, torch.zeros(2, *sample.input_shape), QuantizationConfig())
    with pytest.raises(ExportError) as caught:
        export_onnx(fresh, sample, tmp_path / "model.onnx")
    assert "Calibrate" in caught.value.hint
    with pytest.raises(ExportError, match="opset 5"):
        export_onnx(student, sample, tmp_path / "model.onnx", ExportOptions(opset=5))
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "nowhere" / "model.onnx", tmp_path / "folder"):
        with pytest.raises(StorageError) as refused:
            write_export(path, b"data")
        assert path.name in refused.value.cause
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_the_float_file_is_the_teacher_and_latency_is_measured_beside_it(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, exported: Path, tmp_path: Path
) -> None:
    export_float_onnx(sample.module, sample, tmp_path / "float.onnx")
    with torch.no_grad():
        expected = sample.module(images[:32]).numpy()
    assert np.allclose(predict(open_session(tmp_path / "float.onnx"), images[:32]), expected, atol=1e-3)
    result = verify_onnx(exported, student, images[:32], float_path=tmp_path / "float.onnx")
    assert result.latency is not None and result.latency.float_milliseconds is not None
    assert result.latency.milliseconds > 0 and result.latency.float_milliseconds > 0


def test_every_registered_format_can_be_found_and_used(
    sample: LoadedModel, student: QuantizedModel, tmp_path: Path
) -> None:
    assert "onnx" in FORMATS
    for name, entry in FORMATS.items():
        assert entry.name == name and entry.title and entry.help
        if not entry.is_available or name == "tensorrt":  # which needs another grid: test_tensorrt.py
            continue
        info = entry.export(student, sample, tmp_path / entry.file_name)
        assert info.format == name and info.bytes == size_of(tmp_path / entry.file_name)
