"""Mixed precision through whole runs and the command line."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import onnx
import pytest
import torch
from torch import nn
from typer.testing import CliRunner

from acq_engine.cli.app import app
from acq_engine.control import RunControl
from acq_engine.events import Event, Finished, LayerInfo, LayerReport, LogMessage, StepMetrics
from acq_engine.export.acq.loading import load_quantized
from acq_engine.export.from_run import export_run, load_student
from acq_engine.pipeline import bit_allocation
from acq_engine.pipeline.bit_allocation import free_activations
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.quantization import quantize_model
from acq_engine.report import write_report
from acq_engine.settings import QuantizationConfig, RunConfig
from acq_engine.store import RunStore
from tests.engine.quantization.networks import Mobile, Residual, settle

MODEL = ("--sample", "fashion", "--generator-batch", "8", "--device", "cpu")


def short(**quantization: Any) -> RunConfig:
    """A few steps on images of 12 pixels, with the simplest rounding: which bits are chosen does not depend on it."""
    return RunConfig.from_data({
        "schedule": {"warmup_steps": 3, "finetune_steps": 3, "generator_batch": 8, "student_batch": 4,
                     "calibration_samples": 16, "report_every": 1, "sample_every": 3, "checkpoint_every": 1},
        "model": {"input_size": 12}, "generator": {"width": 8, "noise_dim": 8},
        "quantization": {"rounding": "nearest"} | quantization, "test_set": {"use_sample": False}, "device": "cpu",
        "threads": 1,
    })


def layers_of(events: list[Event]) -> tuple[LayerInfo, ...]:
    return next(event for event in reversed(events) if isinstance(event, LayerReport)).layers


def sensitivity(*arguments: str) -> Any:
    result = CliRunner().invoke(app, ["sensitivity", *arguments])
    assert result.exit_code == 0, result.stderr
    return result


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Path]:
    """A run at 3.5 bits on average, stopped while it measured and while it fine-tuned, and taken up again."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    config = short(mean_bits=3.5, layer_bits={"layer2.0.conv2": 7})
    control = RunControl()
    events: list[Event] = []
    for event in QuantizationRun.create(config, folder, control).events():
        events.append(event)
        if isinstance(event, LogMessage) and event.text.startswith("Measuring"):
            control.cancel()
    control = RunControl()
    for event in QuantizationRun.resume(RunStore.open(folder), control).events():
        events.append(event)
        if isinstance(event, StepMetrics) and event.phase == "finetune":
            control.cancel()
    events += QuantizationRun.resume(RunStore.open(folder)).events()
    return events, folder


def test_a_run_chooses_bits_that_keep_to_the_mean(mixed: tuple[list[Event], Path]) -> None:
    layers = layers_of(mixed[0])
    bits = {layer.name: layer.weight_bits for layer in layers}
    assert bits["conv1"] == bits["fc"] == 8 and bits["layer2.0.conv2"] == 7, "these were not free"
    free = [layer for layer in layers if layer.name not in ("conv1", "fc", "layer2.0.conv2")]
    weights = {layer.name: layer.weight_shape[0] * layer.weight_shape[1] * layer.weight_shape[2] ** 2 for layer in free}
    mean = sum(weights[layer.name] * layer.weight_bits for layer in free) / sum(weights.values())
    assert 3.2 < mean <= 3.5
    assert len({layer.weight_bits for layer in free}) > 1
    assert all(layer.sensitivity is not None and layer.sensitivity >= 0 for layer in free)
    said = [event.text for event in mixed[0] if isinstance(event, LogMessage) and "by sensitivity" in event.text]
    assert len(said) == 1 and "on average" in said[0]


@pytest.fixture(scope="module")
def allocated(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Event], Path]:
    """A run whose activations have 3.5 bits on average, stopped while it fine-tuned, and taken up again."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    control = RunControl()
    events: list[Event] = []
    for event in QuantizationRun.create(short(mean_activation_bits=3.5), folder, control).events():
        events.append(event)
        if isinstance(event, StepMetrics) and event.phase == "finetune":
            control.cancel()
    events += QuantizationRun.resume(RunStore.open(folder)).events()
    return events, folder


def test_a_run_allocates_bits_of_activations(allocated: tuple[list[Event], Path]) -> None:
    events, folder = allocated
    assert isinstance(events[-1], Finished) and events[-1].verified
    student, _ = load_student(folder)
    free = [one for one in student.activation_quantizers() if one.bits < 8]
    values: dict[str, int] = {}
    hooks = [one.register_forward_hook(lambda module, _inputs, output: values.update({module.name: output[0].numel()}))
             for one in free]
    student.train()(torch.zeros(1, *student.input_shape))
    for hook in hooks:
        hook.remove()
    mean = sum(values[one.name] * one.bits for one in free) / sum(values.values())
    assert len({one.bits for one in free}) > 1 and 3.0 < mean <= 3.5
    said = [event.text for event in events if isinstance(event, LogMessage) and "by sensitivity" in event.text]
    assert len(said) == 1 and said[0].startswith("Bits of activations")
    assert {layer.weight_bits for layer in layers_of(events)} == {4, 8}, "weights keep theirs"


def test_allocated_activations_are_those_of_the_exported_file(allocated: tuple[list[Event], Path]) -> None:
    folder = allocated[1]
    student, _ = load_student(folder)
    first = next(event for event in allocated[0] if isinstance(event, LayerReport)).layers
    assert [one.activation_bits for one in student.report()] == [one.activation_bits for one in first]
    packed = export_run(folder, "acq").path
    bits = {one.name: one.bits for one in load_quantized(packed).activation_quantizers()}
    assert bits == {one.name: one.bits for one in student.activation_quantizers()}
    assert "W4 A3.5" in write_report(folder).read_text(encoding="utf-8")


@pytest.mark.parametrize(("net", "says"), [(Residual, False), (Mobile, True)])
def test_depthwise_convolutions_are_named_where_there_are_some(
    net: type[nn.Module], says: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first output of a residual network has 8 bits as well, but as a skip connection."""
    monkeypatch.setattr(bit_allocation, "unasked_sample_count", lambda student: 0)
    config = RunConfig()
    student = quantize_model(settle(net()), torch.zeros(2, 1, 16, 16), config.quantization)
    session = SimpleNamespace(student=student, config=config)
    events = list(bit_allocation.allocate_bits(session))  # type: ignore[arg-type]
    said = [event.text for event in events if isinstance(event, LogMessage)]
    assert any("depthwise" in text for text in said) is says


@pytest.mark.parametrize(("settings", "weights", "activations", "words", "name"), [
    ({}, None, None, "4 4", "w4a4"),
    ({"allocation": "sensitivity"}, 4.0, 4.0, "~4 ~4", "w4a4"),
    ({"allocation": "sensitivity", "weight_bits": 8}, None, 4.0, "8 ~4", "w8a4"),
    ({"allocation": "sensitivity", "mean_bits": 3.5}, 3.5, 4.0, "3.5 ~4", "w3.5a4"),
    ({"mean_activation_bits": 5}, None, 5.0, "4 ~5", "w4a5"),
])
def test_bits_are_averages_where_they_are_allocated(
    settings: dict[str, Any], weights: float | None, activations: float | None, words: str, name: str
) -> None:
    bits = QuantizationConfig(**settings)
    assert (bits.average_bits(), bits.average_activation_bits()) == (weights, activations)
    assert (f"{bits.weight_text()} {bits.activation_text()}", bits.name()) == (words, name)


def test_layers_whose_bits_are_all_set_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [layer.name for layer in quantize_model(settle(Residual()), torch.zeros(2, 1, 16, 16),
                                                    QuantizationConfig()).layers()]
    config = RunConfig(quantization=QuantizationConfig(mean_bits=4, layer_bits=dict.fromkeys(names, 5)))
    student = quantize_model(settle(Residual()), torch.zeros(2, 1, 16, 16), config.quantization)
    monkeypatch.setattr(bit_allocation, "unasked_sample_count", lambda student: 0)
    session = SimpleNamespace(student=student, config=config)
    assert list(bit_allocation.allocate_bits(session)) == []  # type: ignore[arg-type]
    assert {layer.bits for layer in student.layers()} == {5}


def test_where_all_activations_have_eight_bits_the_log_says_so() -> None:
    config = QuantizationConfig(mean_activation_bits=3.5, first_output_bits=4, shortcut_bits=8)
    student = quantize_model(nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4, 2)).eval(),
                             torch.zeros(2, 1, 3, 3), config)
    assert free_activations(student, config) == [], "the only one is the first output, whose bits were set"


def test_a_run_can_be_stopped_while_it_measures(mixed: tuple[list[Event], Path]) -> None:
    events = mixed[0]
    end = next(event for event in events if isinstance(event, Finished))
    assert end.state == "stopped"
    assert not any(isinstance(event, LayerReport) for event in events[: events.index(end)]), "before it was calibrated"


def test_chosen_bits_outlive_the_run(mixed: tuple[list[Event], Path]) -> None:
    events, folder = mixed
    assert isinstance(events[-1], Finished) and events[-1].verified
    expected = {layer.name: layer.weight_bits for layer in layers_of(events)}
    first = next(event for event in events if isinstance(event, LayerReport)).layers
    assert {layer.name: layer.weight_bits for layer in first} == expected, "a resumed run keeps them"
    student, _ = load_student(folder)
    assert {layer.name: layer.bits for layer in student.layers()} == expected
    notes = {entry.key: entry.value for entry in onnx.load(str(folder / "model.onnx")).metadata_props}
    assert json.loads(notes["layer_bits"]) == expected


def test_the_command_writes_settings_that_a_run_takes(mixed: tuple[list[Event], Path], tmp_path: Path) -> None:
    file = tmp_path / "mixed.json"
    result = sensitivity(str(mixed[1]), "--size-kb", "30", "--write", str(file), "--json", "--samples", "8")
    told = json.loads(result.stdout)
    assert told["chosen"]["packed_bytes"] <= 30_000
    assert [layer["name"] for layer in told["layers"]] == list(told["chosen"]["bits"])
    assert set(told["layers"][0]["errors"]) == {"2", "3", "4", "5", "6", "7", "8"}
    config = RunConfig.from_json(file.read_text(encoding="utf-8"))
    assert config.quantization.mean_bits is None
    chosen = {name: bits for name, bits in told["chosen"]["bits"].items() if name not in ("conv1", "fc")}
    assert config.quantization.layer_bits == chosen
    assert config.quantization.layer_bits["layer2.0.conv2"] == 7, "the run's own setting stays"


def test_the_command_measures_activations_too_and_allocates_their_bits() -> None:
    told = json.loads(sensitivity(*MODEL, "--mean-act-bits", "5", "--json", "--steps", "1", "--samples", "4").stdout)
    found = {one["name"]: one for one in told["activations"]}
    chosen = told["chosen_activations"]
    assert list(found) == list(chosen["bits"]) and found["input"]["shape"] == [1, 32, 32]
    assert all(set(one["errors"]) == {"2", "3", "4", "5", "6", "7", "8"} for one in found.values())
    assert found["input"]["errors"]["2"] > found["input"]["errors"]["8"] > 0
    assert chosen["bits"]["input"] == 8, "by the scheme"
    assert len(set(chosen["bits"].values())) > 2 and 4.5 < chosen["mean_bits"] <= 5
    assert chosen["error"] == pytest.approx(sum(found[name]["errors"][str(bits)]
                                                for name, bits in chosen["bits"].items()))


def test_titles_say_the_mean(mixed: tuple[list[Event], Path]) -> None:
    assert "W3.5 A4" in write_report(mixed[1]).read_text(encoding="utf-8")


def test_the_command_shows_every_layer_of_a_model(tmp_path: Path) -> None:
    result = sensitivity(*MODEL, "--steps", "2", "--samples", "8", "--mean-bits", "2.5")
    assert "bits on average" in result.stdout and "activations: 4.00 bits" in result.stdout
    shown = [line.split() for line in result.stdout.splitlines()]
    rows = {row[0]: row[1:] for row in shown if len(row) == 11}
    assert rows["layer"] == ["weights", "number", "2", "3", "4", "5", "6", "7", "8", "bits"]
    assert rows["layer1.0.conv1"][:2] == ["16x16x3x3", "2,304"] and rows["input"][:2] == ["1x32x32", "1,024"]
    refused = CliRunner().invoke(app, ["sensitivity", *MODEL, "--size-kb", "5", "--steps", "1", "--samples", "4"])
    assert refused.exit_code == 2 and "don't fit into 5,000 bytes" in refused.stderr.replace("\n", " ")


@pytest.mark.parametrize("arguments", [
    (*MODEL, "--mean-bits", "3", "--size-kb", "30"),
    (*MODEL, "--write", "settings.json", "--steps", "1"),
    ("RUN", "--seed", "3"),
])
def test_budgets_and_runs_that_contradict_each_other(mixed: tuple[list[Event], Path], arguments: tuple[str, ...],
                                                     tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [str(mixed[1]) if word == "RUN" else word for word in arguments]
    result = CliRunner().invoke(app, ["sensitivity", *words])
    assert result.exit_code == 2 and "Hint:" in result.stderr
    assert not list(tmp_path.iterdir())
