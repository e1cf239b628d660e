"""acq quantize and acq resume with a made-up run: what they print, what they leave on disk, how they end."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from acq_engine.events import (
    Failed,
)
from acq_engine.store import RunStore
from tests.engine.cli.made_up import MadeUpRun, acq, lines


def test_json_lines_and_nothing_else_on_standard_output(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    out = tmp_path / "R"
    result = acq("quantize", "--sample", "fashion", "--out", out, "--json")
    assert result.exit_code == 0, result.output
    printed = lines(result)
    assert [line["event"] for line in printed[:3]] == ["run_started", "phase_started", "step_metrics"]
    assert "a library says" in result.stderr
    last = printed[-1]
    assert list(last)[:7] == [
        "event", "float_top1", "student_top1", "exported_top1", "agreement", "artifacts", "seconds"]
    assert (last["event"], last["float_top1"], last["exported_top1"]) == ("finished", 92.0, 90.75)
    assert Path(last["artifacts"]["onnx"]) == (out / "model.onnx").resolve()
    picture = next(line for line in printed if line["event"] == "samples_ready")
    assert Path(picture["path"]).is_file()
    assert "images" not in picture


def test_a_person_sees_a_table_and_plain_sentences(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert result.exit_code == 0, result.output
    for words in ("92.00", "91.00", "90.75", "quantized", "passed", "12 integer and 0 float", "model.onnx"):
        assert words in result.stdout
    assert "Samples of [bold]one[/bold] class look alike." in result.stderr
    assert "generator warm-up" in result.stderr


def test_an_export_that_is_not_verified_is_no_success(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_up, "verified", False)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert result.exit_code == 1
    assert "3 rows differ" in result.stdout


@pytest.mark.parametrize("code", [1, 2])
def test_a_failed_run_ends_with_its_code_and_words(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    failure = Failed("The loss is not a number.", "Step 12.", "Lower the rate.", "Traceback: x", code)
    monkeypatch.setattr(made_up, "failure", failure)
    shown = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert shown.exit_code == code
    assert all(words in shown.stderr for words in ("The loss is not a number.", "Step 12.", "Lower the rate."))
    assert "Traceback" not in shown.output
    assert lines(acq("quantize", "--sample", "fashion", "--out", tmp_path / "S", "--json"))[-1]["event"] == "failed"


def test_an_interrupted_run_stops_cleanly_and_can_be_resumed(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_up, "interrupt_at", 2)
    before = signal.getsignal(signal.SIGINT)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R", "--json")
    assert signal.getsignal(signal.SIGINT) is before
    assert result.exit_code == 130
    assert lines(result)[-1]["state"] == "stopped"
    store = RunStore.open(tmp_path / "R")
    assert store.state == "stopped"
    assert store.load_checkpoint() is not None
    monkeypatch.setattr(made_up, "interrupt_at", None)
    assert acq("resume", tmp_path / "R").exit_code == 0
    again = acq("resume", tmp_path / "R")
    assert again.exit_code == 2
    assert "has already finished" in again.stderr


def test_an_older_run_is_kept_unless_asked(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    assert acq("quantize", "--sample", "fashion", "--out", tmp_path / "R").exit_code == 0
    refused = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert refused.exit_code == 2
    assert "--overwrite" in refused.stderr
    assert acq("quantize", "--sample", "fashion", "--out", tmp_path / "R", "--overwrite").exit_code == 0


def test_without_a_folder_a_new_one_is_made(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert acq("quantize", "--sample", "fashion", "--weight-bits", 3).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["fashion-w3a4", "fashion-w3a4-2"]


@pytest.mark.parametrize("arguments", [
    ["quantize"],
    ["quantize", "a.pth", "--sample", "fashion"],
    ["quantize", "--sample", "fashion", "--weight-bits", "9"],
    ["quantize", "--sample", "fashion", "--weight-bits", "four"],
    ["quantize", "--sample", "fashion", "--method", "magic"],
    ["quantize", "missing.safetensors", "--arch", "cifar_resnet20", "--mean", "0.5,x,0.5"],
    ["quantize", "missing.safetensors", "--arch", "cifar_resnet20", "--mean", "0.5,0.5,0.5", "--std", "1,0,1"],
    ["quantize", "missing.safetensors", "--arch", "cifar_resnet20"],
    ["quantize", "--config", "missing.json"],
    ["quantize", "--no-such-option"],
    ["resume", "."], ["export", "."], ["verify", "."], ["report", "."], ["verify", "missing.onnx"],
    ["evaluate"], ["no-such-command"],
])
def test_bad_input_is_code_2_and_leaves_nothing(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = acq(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_bad_input_with_json_ends_with_a_failed_line(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    result = acq("quantize", "--sample", "fashion", "--weight-bits", 9, "--out", tmp_path / "R", "--json")
    assert result.exit_code == 2
    (last,) = lines(result)
    assert (last["event"], last["exit_code"]) == ("failed", 2)
    assert "weight_bits" in last["cause"]


def test_a_mistake_of_the_program_is_one_sentence(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> MadeUpRun:
        raise RuntimeError("index 3")

    monkeypatch.setattr(made_up, "create", broken)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert result.exit_code == 1
    assert "RuntimeError: index 3" in result.stderr
    assert "Traceback" not in result.output
