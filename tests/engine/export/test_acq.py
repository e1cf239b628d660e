"""The packed checkpoint: really packed, loads exactly, trains on, and damaged or hostile files are refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import save_file
from torch import Tensor, nn

import acq_engine
from acq_engine.errors import ExportError, ModelFileError
from acq_engine.export import FORMATS
from acq_engine.export.acq.bit_packing import deflate, inflate, pack, packed_size, unpack
from acq_engine.export.acq.exporting import export_acq
from acq_engine.export.info import ExportOptions, facts
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.verify.comparison import verify_onnx
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel
from tests.engine.export.students import calibrated, size_of, small
from tests.engine.quantization.networks import Gated, Mobile, settle


@pytest.fixture(scope="module")
def packed(sample: LoadedModel, student: QuantizedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("acq") / "model.acq.safetensors"
    export_acq(student, sample, path)
    return path


@given(st.integers(2, 8), st.integers(0, 5000), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_numbers_are_packed_without_gaps_and_come_back(bits: int, count: int, seed: int) -> None:
    codes = np.random.default_rng(seed).integers(0, 2**bits, count, dtype=np.uint8)
    data = pack(codes, bits)
    assert len(data) == packed_size(count, bits) == -(-count * bits // 8)
    assert np.array_equal(unpack(data, bits, count), codes)
    small_data = deflate(data)
    assert small_data is None or inflate(small_data, len(data)) == data


def test_the_order_of_bits_is_the_documented_one() -> None:
    assert pack(np.array([1, 2, 3], dtype=np.uint8), 3) == bytes([0b11010001, 0b0])


def test_a_stream_that_unpacks_to_too_much_is_refused_without_unpacking_it() -> None:
    import zlib

    coder = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = coder.compress(bytes(10_000_000)) + coder.flush()
    for size in (1000, 10_000_000):
        with pytest.raises(ValueError, match=r"unpack|hold"):
            inflate(bomb, size)


def test_the_file_is_small_and_the_loaded_model_computes_the_same(
    sample: LoadedModel, student: QuantizedModel, images: Tensor, packed: Path
) -> None:
    assert packed.stat().st_size < facts(sample).float_bytes / 6.5
    model = acq_engine.load_quantized(packed)
    with torch.no_grad():
        assert torch.equal(model(images), student(images))
    assert model.facts == facts(sample)
    assert [(layer.name, layer.bits) for layer in model.layers()] == [
        (layer.name, layer.bits) for layer in student.layers()
    ]


@pytest.mark.parametrize("changes", [
    {"weight_bits": 3, "activation_bits": 5}, {"weight_bits": 2, "convention": "A"}, {"weight_range": "minmax"},
])
@pytest.mark.parametrize("kind", [Gated, Mobile])
def test_every_kind_of_network_comes_back_exactly(
    kind: type[nn.Module], changes: dict[str, Any], tmp_path: Path
) -> None:
    net = settle(kind())  # Gated keeps a batch norm in float, Mobile pads and pools
    x = torch.randn(48, 1, 16, 16) * 1.5 + 0.3
    student = calibrated(net, x, **changes).eval()
    first, second = tmp_path / "first.safetensors", tmp_path / "second.safetensors"
    export_acq(student, small(net), first)
    model = acq_engine.load_quantized(first)
    with torch.no_grad():
        assert torch.equal(model(x), student(x))
        assert torch.equal(model(x[:1]), student(x[:1]))
    export_acq(model, model.facts, second)
    assert first.read_bytes() == second.read_bytes()


def test_a_loaded_model_trains_on_and_exports_to_every_format(sample: LoadedModel, images: Tensor, packed: Path,
                                                              tmp_path: Path) -> None:
    model, others = acq_engine.load_quantized(packed), images[100:164]  # not those that it was calibrated on
    with torch.no_grad():
        wanted = sample.module(others)
        before = nn.functional.mse_loss(model(others), wanted)
    optimizer = torch.optim.Adam([*model.weight_parameters(), *model.scale_parameters()], lr=3e-4)
    for _ in range(100):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(others), wanted).backward()
        optimizer.step()
    with torch.no_grad():
        assert nn.functional.mse_loss(model(others), wanted) < 0.7 * before
    for name, entry in FORMATS.items():
        if not entry.is_available or name == "tensorrt":  # which needs another grid: test_tensorrt.py
            continue
        info = acq_engine.export_quantized(model, tmp_path / entry.file_name, name)
        assert info.bytes == size_of(tmp_path / entry.file_name) and info.float_bytes == model.facts.float_bytes
    assert verify_onnx(tmp_path / "model.onnx", model, images, measure_latency=False).exact_rows == 100.0
    with pytest.raises(ExportError, match="no format"):
        acq_engine.export_quantized(model, tmp_path / "model", "keras")


def changed(source: Path, target: Path, change: Callable[[dict[str, Any], dict[str, Any]], None]) -> Path:
    """A copy of a file with its description and arrays changed."""
    with safe_open(str(source), framework="np") as file:
        arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dictionary
        document = json.loads(file.metadata()["acq"])
    change(document, arrays)
    save_file(arrays, target, metadata={"acq": json.dumps(document)})
    return target


def graph_entry(kind: str, place: int, value: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def change(document: dict[str, Any], _arrays: dict[str, Any]) -> None:
        next(entry for entry in document["graph"] if entry[0] == kind)[place] = value

    return change


def inserted(entry: list[Any]) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def change(document: dict[str, Any], _arrays: dict[str, Any]) -> None:
        document["graph"].insert(-1, entry)
        document["graph"][-1][1] = {"n": len(document["graph"]) - 2}

    return change


def deep(document: dict[str, Any], _arrays: dict[str, Any]) -> None:
    value: Any = 1
    for _ in range(200):
        value = [value]
    document["graph"].insert(-1, ["aten", "relu.default", [value]])


def test_files_from_before_shortcuts_had_bits_say_that_they_had_the_activations(packed: Path, tmp_path: Path) -> None:
    assert acq_engine.load_quantized(packed).config.shortcut_bits == 8
    path = changed(packed, tmp_path / "old.safetensors",
                   lambda document, _: document["quantization"].pop("shortcut_bits"))
    assert acq_engine.load_quantized(path).config.shortcut_bits == 2


LAST = {"n": 3}
HOSTILE: dict[str, Callable[[dict[str, Any], dict[str, Any]], None]] = {
    "an operator that writes files": inserted(["aten", "from_file.default", ["/etc/passwd"]]),
    "an operator of Python's": inserted(["os.system", "true"]),
    "an operator that changes its input": inserted(["aten", "add_.Tensor", [LAST, LAST]]),
    "a private attribute": inserted(["aten", "__class__.default", [LAST]]),
    "a pad of terabytes": inserted(["aten", "constant_pad_nd.default", [LAST, [0, 2**40]]]),
    "a division by zero": inserted(["aten", "pixel_shuffle.default", [LAST, 0]]),
    "a result of gigabytes": inserted(["aten", "constant_pad_nd.default", [LAST, [0, 2**24]]]),
    "deep nesting": deep,
    "a node that is not there": graph_entry("layer", 2, {"n": 999}),
    "a layer that is not there": graph_entry("layer", 1, 999),
    "a layer twice": inserted(["layer", 0, LAST]),
    "a tensor that is not there": inserted(["tensor", 5]),
    "no output": lambda document, _: document["graph"].pop(),
    "another shape": lambda document, _: document["layers"][1].update(shape=[8, 16, 3, 3]),
    "endless weights": lambda document, _: document["layers"][1].update(shape=[2**20, 2**20, 3, 3]),
    "no bits": lambda document, _: document["layers"][1].update(bits=1),
    "no stride": lambda document, _: document["layers"][1].update(stride=[0, 0]),
    "unknown keys": lambda document, _: document.update(plugin="evil"),
    "a newer version": lambda document, _: document.update(schema_version=2),
    "a quantizer that is not there": lambda document, _: document["layers"][1].update(input=99),
    "too few codes": lambda _, arrays: arrays.update(codes=arrays["codes"][:100]),
    "too many codes": lambda _, arrays: arrays.update(codes=np.concatenate([arrays["codes"]] * 2)),
    "codes of another type": lambda _, arrays: arrays.update(codes=arrays["codes"].astype(np.float32)),
    "no scales": lambda _, arrays: arrays.pop("scales"),
    "scales of 0": lambda _, arrays: arrays.update(scales=np.zeros_like(arrays["scales"])),
    "scales that are no numbers": lambda _, arrays: arrays.update(scales=arrays["scales"] * np.nan),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_damaged_and_hostile_files_are_refused_in_words(what: str, packed: Path, tmp_path: Path) -> None:
    path = changed(packed, tmp_path / "changed.safetensors", HOSTILE[what])
    with pytest.raises(ModelFileError) as caught:
        acq_engine.load_quantized(path)
    assert caught.value.message.endswith(".") and caught.value.cause


def test_what_the_form_has_no_room_for_is_an_error_in_words(
    sample: LoadedModel, student: QuantizedModel, tmp_path: Path,
) -> None:
    wordy = replace(sample, class_names=("x" * 401, *sample.class_names[1:]))
    with pytest.raises(ExportError, match="can't be stored in this format") as caught:
        export_acq(student, wordy, tmp_path / "model.acq.safetensors")
    assert "400 characters" in caught.value.cause
    assert not list(tmp_path.iterdir())


def test_files_of_another_kind_are_refused(sample: LoadedModel, student: QuantizedModel, packed: Path,
                                           tmp_path: Path) -> None:
    (tmp_path / "torn.safetensors").write_bytes(packed.read_bytes()[:20_000])
    (tmp_path / "text.safetensors").write_text("hello")
    save_file({"a": np.zeros(3)}, tmp_path / "weights.safetensors")
    for name in ("torn", "text", "weights", "missing"):
        with pytest.raises(ModelFileError):
            acq_engine.load_quantized(tmp_path / f"{name}.safetensors")
    with pytest.raises(ExportError, match="opset"):
        export_acq(student, sample, tmp_path / "model.safetensors", ExportOptions(opset=17))
    assert not (tmp_path / "model.safetensors").exists()


def test_an_operator_that_the_form_can_not_hold_is_an_error_and_the_old_file_stays(tmp_path: Path) -> None:
    class Odd(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.bn, self.fc = nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Linear(4, 4)

        def forward(self, x: Tensor) -> Tensor:
            x = torch.special.bessel_j1(self.bn(self.conv(x)))
            return self.fc(x.mean((2, 3)))

    net = settle(Odd())
    student = calibrated(net, torch.randn(8, 1, 16, 16))
    path = tmp_path / "model"
    path.write_text("old")
    for export in (export_acq, export_onnx):
        with pytest.raises(ExportError) as caught:
            export(student, small(net), path)
        assert "pt2" in caught.value.hint
    assert path.read_text() == "old" and [entry.name for entry in tmp_path.iterdir()] == ["model"]
