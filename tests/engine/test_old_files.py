"""What version 0.1 wrote is still read, whatever has been renamed since: every file in tests/data/version-0.1.

Expected values are written out here, not taken from the files or from today's defaults. Where one of these tests fails,
a migration is missing; neither the files nor what is expected of them is to be changed.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

import acq_engine
from acq_engine.events import Event, Finished, StepMetrics
from acq_engine.export.from_run import export_run, load_student
from acq_engine.export.verify.of_run import verify_run
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import TestSetConfig
from acq_engine.settings.reading import read_settings
from acq_engine.store import RunStore
from acq_engine.sweep.folder import SweepFolder
from acq_engine.test_sets.loading import load_test_set
from tests.tools.old_files import OLD, SETTINGS, plain


def kinds(events: list[Event]) -> Counter[str]:
    return Counter(type(event).__name__ for event in events)


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    """The 40 test images, (40, 1, 12, 12), normalised as the finished run's teacher wants them."""
    _, loaded = load_student(OLD / "finished")
    test_set = load_test_set(TestSetConfig(path=OLD / "test.npz"), loaded)
    assert test_set is not None and len(test_set) == 40
    assert test_set.labels[:8].tolist() == [0, 1, 3, 4, 5, 6, 8, 9]
    return loaded.to_model_input(test_set.images)


PREDICTIONS = [
    3, 2, 5, 9, 5, 8, 2, 5, 3, 6, 9, 8, 5, 3, 5, 5, 3, 6, 3, 8,
    5, 3, 8, 5, 3, 2, 3, 8, 5, 9, 5, 5, 5, 6, 6, 6, 5, 8, 8, 5,
]
FIRST_LOGITS = [
    -2.296716, -1.147134, -1.570370, 5.874712, 0.352065, 3.536856, -4.652647, -4.888098, 2.784763, 2.381020,
]
BITS = {"conv1": 8, "layer1.0.conv1": 7, "layer1.0.conv2": 6, "layer2.0.downsample.0": 6, "layer2.0.conv1": 5,
        "layer2.0.conv2": 4, "layer3.0.downsample.0": 4, "layer3.0.conv1": 3, "layer3.0.conv2": 3, "fc": 8}


def test_every_setting_of_the_settings_file_arrives() -> None:
    assert plain(read_settings(OLD / "settings.json")) == SETTINGS


def test_a_finished_run_shows_what_it_showed() -> None:
    store = RunStore.open(OLD / "finished")
    assert store.state == "succeeded" and store.info.created == "2026-11-28T10:07:26+00:00"
    assert store.info.versions["acq-studio"] == "0.1.0"
    settings = plain(store.config)
    assert settings["seed"] == 7 and settings["model"]["input_size"] == 12
    assert settings["quantization"]["mean_bits"] == 3.5 and settings["schedule"]["canvas_share"] == 0.25
    assert settings["schedule"]["averaging"] == 0.5 and settings["schedule"]["second_look"] == 0.1
    assert settings["schedule"]["decay"] == "quarters" and settings["schedule"]["preset"] == "custom"
    events = list(store.events())
    assert kinds(events) == {
        "RunStarted": 1, "PhaseStarted": 6, "StepMetrics": 13, "SamplesReady": 3, "AttentionReady": 9,
        "FeaturesReady": 3, "LayerReport": 2, "Checkpointed": 2, "Evaluated": 11, "LogMessage": 4, "Exported": 1,
        "Verified": 1, "Finished": 1,
    }
    for line, event in zip((OLD / "finished" / "events.jsonl").read_text("utf-8").splitlines(), events, strict=True):
        written = json.loads(line)
        for name, value in written.items():
            if value is None or name in {"event", "arrays"}:
                continue
            assert getattr(event, name) is not None, f"{written['event']}.{name} is lost"
            if name == "values" or isinstance(value, bool | int | float):
                assert getattr(event, name) == value, f"{written['event']}.{name}"
        if "arrays" in written:
            with np.load(OLD / "finished" / written["arrays"]) as arrays:
                for name in arrays.files:
                    np.testing.assert_array_equal(getattr(event, name), arrays[name], f"{written['event']}.{name}")
    last = events[-1]
    assert isinstance(last, Finished) and last.verified
    assert (last.float_top1, last.student_top1, last.exported_top1) == (25.0, 22.5, 22.5)


def test_a_finished_run_is_exported_again(images: torch.Tensor, tmp_path: Path) -> None:
    student, _ = load_student(OLD / "finished")
    with torch.no_grad():
        assert student(images).argmax(1).tolist() == PREDICTIONS
    assert {layer.name: layer.bits for layer in student.layers()} == BITS
    export_run(OLD / "finished", "onnx", tmp_path / "model.onnx")
    result = verify_run(OLD / "finished", tmp_path / "model.onnx")
    assert result.passed and result.exact_rows == 100.0 and result.agreement == 100.0
    assert result.integer_convolutions == 9
    old, new = (onnxruntime.InferenceSession(file).run(["logits"], {"image": images.numpy()})[0]
                for file in (OLD / "finished" / "model.onnx", tmp_path / "model.onnx"))
    np.testing.assert_array_equal(new, old)
    assert new.argmax(1).tolist() == PREDICTIONS


def test_the_acq_file_predicts_as_it_did(images: torch.Tensor) -> None:
    model = acq_engine.load_quantized(OLD / "model.acq.safetensors")
    assert {layer.name: layer.bits for layer in model.layers()} == BITS
    assert model.facts.class_names[0] == "T-shirt/top" and model.facts.input_shape == (1, 12, 12)
    with torch.no_grad():
        logits = model(images)
    assert logits.argmax(1).tolist() == PREDICTIONS
    np.testing.assert_allclose(logits[0].numpy(), FIRST_LOGITS, atol=1e-5)


def test_a_stopped_run_goes_on_to_its_end(tmp_path: Path) -> None:
    """Its losses are those of a run that nobody stopped: nothing of its state is lost."""
    folder = shutil.copytree(OLD / "stopped", tmp_path / "run")
    store = RunStore.open(folder)
    assert store.state == "stopped"
    assert kinds(list(store.events()))["StepMetrics"] == 11
    resumed = list(QuantizationRun.resume(store).events())
    started, last = resumed[0], resumed[-1]
    assert isinstance(last, Finished) and last.state == "succeeded" and last.verified, last
    assert started.resumed_from_step == 16  # type: ignore[attr-defined]
    losses = {event.step: event.values for event in resumed if isinstance(event, StepMetrics)}
    assert list(losses) == [5, 6, 7, 8, 9, 10]
    # Other processors and versions of torch round otherwise, and at few bits that grows.
    assert losses[5]["student/distillation"] == pytest.approx(0.09682766, rel=0.03)
    assert losses[5]["student/feature"] == pytest.approx(0.29693836, rel=0.03)
    assert losses[5]["generator/class"] == pytest.approx(3.57737446, rel=0.03)
    assert losses[5]["generator/centre"] == pytest.approx(0.17571029, rel=0.03)
    assert losses[9]["student/feature"] == pytest.approx(0.38144660, rel=0.2)
    verified = verify_run(folder)
    assert verified.passed and verified.exact_rows == 100.0


def test_a_sweep_keeps_its_runs_by_name() -> None:
    """Runs are found by the names of their folders, which are made anew from the varied settings."""
    sweep = SweepFolder.open(OLD / "sweep")
    assert sweep.plan.name == "bits and canvases" and sweep.created.startswith("2026-11-28")
    assert [(row.run, row.values, row.state) for row in sweep.rows()] == [
        ("01-w2a2-canvas-share0-conventionA", (2, 0.0, "A"), "waiting"),
        ("02-w2a2-canvas-share0-conventionB", (2, 0.0, "B"), "failed"),
        ("03-w2a2-canvas-share0.5-conventionA", (2, 0.5, "A"), "waiting"),
        ("04-w2a2-canvas-share0.5-conventionB", (2, 0.5, "B"), "waiting"),
        ("05-w4a4-canvas-share0-conventionA", (4, 0.0, "A"), "waiting"),
        ("06-w4a4-canvas-share0-conventionB", (4, 0.0, "B"), "waiting"),
        ("07-w4a4-canvas-share0.5-conventionA", (4, 0.5, "A"), "waiting"),
        ("08-w4a4-canvas-share0.5-conventionB", (4, 0.5, "B"), "waiting"),
    ]
    assert sweep.rows()[1].problem == "The file can't be read."
    config = sweep.plan.runs[6].config
    assert (config.quantization.weight_bits, config.quantization.activation_bits) == (4, 4)
    assert plain(config)["schedule"] == SETTINGS["schedule"] | {"canvas_share": 0.5}
    assert plain(config)["quantization"]["convention"] == "A"
    assert plain(config)["losses"] == SETTINGS["losses"] and plain(config)["generator"] == SETTINGS["generator"]
