"""The format tflite, run in LiteRT: bit-exact, or refused before anything is written."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.errors import ExportError, VerificationError
from acq_engine.events import LogMessage
from acq_engine.export import FORMATS
from acq_engine.export.from_run import export_all, export_run
from acq_engine.export.info import ExportOptions
from acq_engine.export.verify.comparison import verify_tflite
from acq_engine.export.verify.of_run import verify_run
from acq_engine.models import LoadedModel
from acq_engine.models.operators import TABLE
from acq_engine.quantization import QuantizedModel
from tests.engine.cli.made_up import acq, lines
from tests.engine.export.students import calibrated

pytest.importorskip("ai_edge_litert", reason="LiteRT has no package for this system")

from acq_engine.export.tflite.exporting import export_tflite
from acq_engine.export.tflite.flat import FlatModel, Quantization
from acq_engine.export.tflite.network import OPERATORS
from acq_engine.export.verify.litert import LitertSession
from acq_engine.export.verify.litert_reference import LitertExecutor
from acq_engine.quantization.integer import Grid, Pending, QuantizedTensor

SIDE = 10


class Small(nn.Module):
    """A stem, and what a test does with its features; layers are there for all of them."""

    def __init__(self, use: Callable[[Any, Tensor], Tensor]) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.conv, self.grouped = nn.Conv2d(8, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1, groups=4)
        self.strided = nn.Conv2d(8, 8, 3, stride=2, padding=1)
        self.deep, self.wide = nn.Conv2d(8, 16, 3, padding=1, groups=8), nn.Conv2d(16, 8, 1)
        self.head, self.row = nn.Linear(8, 5), nn.Linear(32, 5)
        self.use = use

    def forward(self, x: Tensor) -> Tensor:
        return self.use(self, self.stem(x))


def pooled(net: Any, x: Tensor) -> Tensor:
    found: Tensor = net.head(F.adaptive_avg_pool2d(x, 1).flatten(1))
    return found


USES: dict[str, Callable[[Any, Tensor], Tensor]] = {
    "maximum of what can be negative": lambda net, x: pooled(net, F.relu(net.conv(
        F.max_pool2d(net.conv(x), 3, 2, 1)))),
    "grouped, then join": lambda net, x: pooled(net, F.relu(net.wide(torch.cat([F.relu(net.grouped(x)), x], 1)))),
    "two for each channel": lambda net, x: pooled(net, F.relu(net.wide(F.relu6(net.deep(x))))),
    "even side, stride 2": lambda net, x: pooled(net, F.relu(net.strided(x))),
    "padded first": lambda net, x: pooled(net, F.relu(net.strided(F.pad(x, (0, 1, 0, 1))))),
    "sums of sums": lambda net, x: pooled(net, F.relu6(F.relu(net.conv(x) + x) + net.grouped(x))),
    "channels first in a row": lambda net, x: net.row(F.max_pool2d(F.relu(net.conv(x)), 5).flatten(1)),
    "a row by its size": lambda net, x: net.row(F.max_pool2d(F.relu(net.conv(x)), 5).view(x.size(0), -1)),
    "scores from a pool": lambda net, x: F.adaptive_avg_pool2d(net.conv(x), 1).flatten(1),
    "shortcut of CIFAR": lambda net, x: pooled(net, F.relu(net.wide(
        F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 4, 4))))),
}


def small(use: Callable[[Any, Tensor], Tensor], **settings: object) -> tuple[QuantizedModel, LoadedModel, Tensor]:
    torch.manual_seed(0)
    net, images = Small(use), torch.randn(48, 3, SIDE, SIDE)
    net(images)  # statistics
    net.eval()
    classes = int(net(images[:1]).shape[1])
    loaded = LoadedModel(net, "small", "small", classes, (3, SIDE, SIDE), (0.5,) * 3, (0.5,) * 3)
    return calibrated(net, images, **settings), loaded, images


def proved(student: QuantizedModel, loaded: LoadedModel, images: Tensor, path: Path) -> None:
    export_tflite(student, loaded, path)
    result = verify_tflite(path, student, images, measure_latency=False)
    assert result.passed and result.exact_rows == 100.0, result.detail
    assert result.float_convolutions == 0 < result.integer_convolutions
    assert len({row.tobytes() for row in result.logits}) > 10, "the images are told apart"


def test_the_sample_is_exact_and_the_same_file_each_time(
    student: QuantizedModel, sample: LoadedModel, images: Tensor, tmp_path: Path
) -> None:
    proved(student, sample, images, tmp_path / "model.tflite")
    first = (tmp_path / "model.tflite").read_bytes()
    export_tflite(student, sample, tmp_path / "model.tflite")
    assert (tmp_path / "model.tflite").read_bytes() == first
    file = LitertSession(tmp_path / "model.tflite")
    assert np.array_equal(file.predict(images[:5], batch_size=1), file.predict(images[:5]))
    assert file.input_shape == (1, 32, 32, 1)


@pytest.mark.parametrize("use", USES)
def test_networks_of_all_kinds_are_exact(use: str, tmp_path: Path) -> None:
    for bits in ({}, {"weight_bits": 2, "activation_bits": 3, "shortcut_bits": 3}):
        proved(*small(USES[use], **bits), tmp_path / "model.tflite")


def test_eight_bits_are_exact(tmp_path: Path) -> None:
    proved(*small(USES["sums of sums"], weight_bits=8, activation_bits=8), tmp_path / "model.tflite")


def test_sums_are_rounded_as_the_runtime_rounds_them_for_all_pairs_of_codes(tmp_path: Path) -> None:
    codes = np.arange(-128, 128, dtype=np.int8)
    for scales in ((0.031, 0.0275, 0.044), (0.5, 0.25, 0.5), (0.0071, 0.61, 0.5)):
        left, right, result = (Grid(torch.tensor(scale), 128, -128, 127) for scale in scales)
        model = FlatModel()
        one, other = (Quantization((float(grid.scale),), 0) for grid in (left, right))
        source = model.tensor("x", (1, 256, 1, 1), "float32")
        rows = model.operator("QUANTIZE", [source], model.tensor("rows", (1, 256, 1, 1), "int8", one), "Quantize")
        columns = model.constant("columns", codes.reshape(1, 1, 256, 1), other)
        made = model.tensor("sum", (1, 256, 256, 1), "int8", Quantization((float(result.scale),), 0))
        model.operator("ADD", [rows, columns], made, "Add", fusedActivationFunction=0)
        steps = model.operator("DEQUANTIZE", [made], model.tensor("y", (1, 256, 256, 1), "float32"), "Dequantize")
        (tmp_path / "m.tflite").write_bytes(model.to_bytes(("x", source), ("y", steps), {}))
        file = LitertSession(tmp_path / "m.tflite")
        file.put((codes.astype(np.float32) * np.float32(float(left.scale))).reshape(1, 256, 1, 1))
        file.invoke()
        values = torch.from_numpy(codes.astype(np.float32))
        pending = LitertExecutor(torch.fx.symbolic_trace(nn.Identity()))._sum(
            QuantizedTensor(values.view(-1, 1), left), QuantizedTensor(values.view(1, -1), right))
        assert isinstance(pending, Pending)
        expected = pending.to_steps(result).clamp(-128, 127) * result.scale
        assert np.array_equal(file.result()[0, :, :, 0], expected.numpy())


def test_logits_stay_exact_where_a_bias_is_large_and_are_refused_beyond(
    sample: LoadedModel, images: Tensor, tmp_path: Path
) -> None:
    for codes, works in ((16_600_000.0, True), (17_000_000.0, False)):
        student = calibrated(sample.module, images[:64])
        last = student.layers()[-1]
        assert last.bias is not None
        with torch.no_grad():
            last.bias[3] = codes * float(last.accumulator_scale()[3])
        if works:
            proved(student, sample, images[:64], tmp_path / "model.tflite")
            assert LitertSession(tmp_path / "model.tflite").operators()["ADD"] == 4, "the bias is added apart"
        else:
            with pytest.raises(ExportError, match="exactly") as caught:
                export_tflite(student, sample, tmp_path / "none.tflite")
            assert "onnx" in caught.value.hint and "fc" in caught.value.message


@pytest.mark.parametrize(("use", "settings", "words"), [
    (lambda net, x: pooled(net, F.relu(net.conv(x))), {"convention": "A"}, ("stem.0", "deployable")),
    (lambda net, x: pooled(net, F.silu(net.conv(x))), {}, ("silu", "onnx")),
    (lambda net, x: pooled(net, F.avg_pool2d(F.relu(net.conv(x)), 2)), {}, ("avg_pool2d", "onnx")),
    (lambda net, x: pooled(net, x).softmax(1), {}, ("softmax", "onnx")),
    (lambda net, x: pooled(net, x * net.conv(x)), {}, ("mul", "onnx")),
    (lambda net, x: pooled(net, F.max_pool2d(F.relu(net.conv(x)), 3, 2, ceil_mode=True)), {}, ("ceil_mode", "onnx")),
])
def test_what_has_no_exact_form_is_refused_before_a_file_is_touched(
    use: Callable[[Any, Tensor], Tensor], settings: dict[str, object], words: tuple[str, ...], tmp_path: Path
) -> None:
    student, loaded, _ = small(use, **settings)
    (tmp_path / "model.tflite").write_bytes(b"before")
    with pytest.raises(ExportError) as caught:
        export_tflite(student, loaded, tmp_path / "model.tflite")
    assert all(word in str(caught.value) for word in words) and caught.value.hint
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_options_of_onnx_files_are_refused(student: QuantizedModel, sample: LoadedModel, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="tflite"):
        export_tflite(student, sample, tmp_path / "model.tflite", ExportOptions(opset=17))


def test_the_table_of_operators_says_what_is_written() -> None:
    by_layers = {"conv2d", "linear", "relu", "relu6", "getitem", "sym_size"}
    assert {name for name, row in TABLE.items() if "tflite" not in row.missing} == OPERATORS | by_layers


def test_without_the_package_other_formats_are_written_and_this_one_says_what_to_install(
    run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("ai_edge_litert")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ai_edge_litert", None)
    with pytest.raises(ExportError) as caught:
        export_run(run_folder, "tflite", tmp_path / "model.tflite")
    assert "pip install 'acq-studio[litert]'" in caught.value.hint and not list(tmp_path.iterdir())
    few = {name: FORMATS[name] for name in ("tflite", "acq")}  # the others take long
    monkeypatch.setattr("acq_engine.export.from_run.FORMATS", few)
    told: list[Any] = []
    written = export_all(run_folder, tmp_path, on_event=told.append)
    assert [done.format for done in written] == ["acq"]
    (said,) = (event.text for event in told if isinstance(event, LogMessage))
    assert said.startswith("model.tflite was not written.") and "pip install" in said
    with pytest.raises(VerificationError, match="LiteRT is not installed"):
        verify_run(run_folder, _any_tflite(tmp_path))


def _any_tflite(folder: Path) -> Path:
    (folder / "any.tflite").write_bytes(b"\x1c\0\0\0TFL3")
    return folder / "any.tflite"


def test_files_of_another_model_and_damaged_ones_do_not_pass(
    run_folder: Path, student: QuantizedModel, sample: LoadedModel, images: Tensor, tmp_path: Path
) -> None:
    other = calibrated(sample.module, torch.randn(64, 1, 32, 32))
    export_tflite(other, sample, tmp_path / "other.tflite")
    result = verify_tflite(tmp_path / "other.tflite", student, images[:32], measure_latency=False)
    assert not result.passed and result.exact_rows < 100 and "differ from the integer reference" in result.detail
    data = (tmp_path / "other.tflite").read_bytes()
    for damaged in (data[:40_000], b"text", b""):
        (tmp_path / "damaged.tflite").write_bytes(damaged)
        with pytest.raises(VerificationError, match="can't be opened in LiteRT"):
            verify_run(run_folder, tmp_path / "damaged.tflite")


def test_the_file_says_how_to_normalise_and_what_the_classes_are(
    student: QuantizedModel, sample: LoadedModel, tmp_path: Path
) -> None:
    path = tmp_path / "model.tflite"
    export_tflite(student, sample, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("labels.txt").decode().splitlines() == list(sample.class_names)
        about = json.loads(archive.read("acq.json"))
    how = json.loads(about["preprocessing"])
    assert how["layout"] == "NHWC" and how["mean"] == list(sample.mean) and about["weight_bits"] == "4"
    from ai_edge_litert import schema_py_generated as flat

    model = flat.ModelT.InitFromPackedBuf(path.read_bytes(), 0)
    (entry,) = model.metadata
    data = bytes(model.buffers[entry.buffer].data)
    assert entry.name == b"TFLITE_METADATA" and data[4:8] == b"M001"
    for value in (*sample.mean, *sample.std):  # in units of pixels
        assert np.float32(np.float32(value) * 255).tobytes() in data
    assert b"labels.txt" in data


def test_the_command_line_exports_it_verifies_it_and_times_it_beside_the_onnx_file(
    run_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "R"
    shutil.copytree(run_folder, folder)
    assert acq("export", folder, "--format", "tflite").exit_code == 0
    assert (folder / "model.tflite").is_file() and (folder / "predict.py").is_file()
    result = acq("verify", folder / "model.tflite")
    assert result.exit_code == 0, result.stdout
    assert "Verification in LiteRT" in result.stdout and "100.00 % of outputs equal the integer reference" in " ".join(
        result.stdout.split())
    assert "its ONNX file" in result.stdout
    (found,) = lines(acq("verify", folder / "model.tflite", "--json"))
    assert found["passed"] and found["onnx_latency_ms"] > 0 < found["onnx_latency_16_ms"] and found["latency_ms"] > 0
