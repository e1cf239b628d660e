"""A run's images as a calibration set for other tools."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from PIL import Image

from acq_engine.errors import ConfigError, StorageError
from acq_engine.events import Failed
from acq_engine.models import load_teacher
from acq_engine.pipeline.calibration_set import make_calibration_set, write_calibration_set
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig
from acq_engine.test_sets.loading import load_test_set
from tests.engine.cli.made_up import acq
from tests.tools.no_export import stand_in

COUNT = 40


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calibration") / "run"
    config = RunConfig.from_data({
        "schedule": {"warmup_steps": 25, "finetune_steps": 2, "generator_batch": 16, "student_batch": 8,
                     "calibration_samples": 16, "checkpoint_every": 1000},
        "quantization": {"rounding": "nearest"}, "test_set": {"limit": 20}, "device": "cpu", "threads": 1})
    with stand_in():
        events = list(QuantizationRun.create(config, folder).events())
    assert not isinstance(events[-1], Failed), events[-1]
    return folder


def test_samples_are_judged_and_the_set_spans_the_pixel_range(run: Path) -> None:
    found, loaded = make_calibration_set(run, COUNT), load_teacher(run)
    assert len(found) == COUNT
    assert found.pixels.shape == (COUNT, 32, 32, 1)
    assert found.recognised is not None
    assert 0 < int(found.is_sample.sum()) <= COUNT // 2
    assert found.pixels.min() == 0
    assert found.pixels.max() == 255
    with torch.no_grad():
        seen = loaded.module(loaded.to_model_input(found.pixels)).argmax(1)
    assert (seen.numpy() == found.classes).all(), "labels are what the model sees in the very pixels"
    again = make_calibration_set(run, COUNT)
    assert np.array_equal(again.pixels, found.pixels), "the same set each time"


def test_a_folder_of_images_and_a_file_of_arrays_hold_the_same(run: Path, tmp_path: Path) -> None:
    result = acq("samples", run, "--count", COUNT, "--out", tmp_path / "set", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["images"] == COUNT
    assert acq("samples", run, "--count", COUNT, "--out", tmp_path / "set.npz").exit_code == 0
    with (tmp_path / "set/labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    arrays = np.load(tmp_path / "set.npz")
    for row, pixels, label in zip(rows, arrays["images"], arrays["labels"], strict=True):
        assert np.array_equal(np.asarray(Image.open(tmp_path / "set" / row["file"])), pixels[..., 0])
        assert int(row["label"]) == label
    about = (tmp_path / "set/README.txt").read_text()
    assert "mean" in about
    assert "32 x 32" in about
    loaded = load_teacher(run)
    assert np.allclose(loaded.to_model_input(arrays["images"]).numpy(), arrays["inputs"])


def test_what_is_there_stays_unless_it_may_go(run: Path, tmp_path: Path) -> None:
    found, loaded = make_calibration_set(run, 4), load_teacher(run)
    (tmp_path / "thesis.txt").write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(StorageError, match="not empty"):
            write_calibration_set(found, loaded, tmp_path, overwrite=overwrite)
    write_calibration_set(found, loaded, tmp_path / "set")
    with pytest.raises(StorageError, match="not empty"):
        write_calibration_set(found, loaded, tmp_path / "set")
    write_calibration_set(make_calibration_set(run, 2), loaded, tmp_path / "set", overwrite=True)
    assert len(list((tmp_path / "set").glob("*.png"))) == 2
    with pytest.raises(ConfigError):
        make_calibration_set(run, 0)
    with pytest.raises(StorageError):
        make_calibration_set(tmp_path, 4)


class _Reader(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, inputs: NDArray[np.float32]) -> None:
        self.batches = iter([{"x": part} for part in np.array_split(inputs, 4)])

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        return next(self.batches, None)


def test_another_tool_calibrates_with_it(run: Path, tmp_path: Path) -> None:
    """ONNX Runtime's own static quantization, 8 bits."""
    loaded = load_teacher(run)
    example = torch.zeros(2, *loaded.input_shape)
    torch.onnx.export(loaded.module, (example,), tmp_path / "float.onnx", input_names=["x"], dynamo=False,
                      dynamic_axes={"x": {0: "n"}})
    quant_pre_process(str(tmp_path / "float.onnx"), str(tmp_path / "ready.onnx"))
    quantize_static(
        str(tmp_path / "ready.onnx"), str(tmp_path / "int8.onnx"), _Reader(make_calibration_set(run, 64).inputs),
        quant_format=QuantFormat.QDQ, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, per_channel=True)
    test_set = load_test_set(RunConfig().test_set.model_copy(update={"limit": 300}), loaded)
    assert test_set is not None
    part, _ = test_set.some(300)
    x = loaded.to_model_input(part.images).numpy()
    right = {}
    for name in ("float", "int8"):
        session = onnxruntime.InferenceSession(str(tmp_path / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        right[name] = 100 * float((session.run(None, {"x": x})[0].argmax(1) == np.asarray(part.labels)).mean())
    assert right["float"] - right["int8"] <= 2, right
