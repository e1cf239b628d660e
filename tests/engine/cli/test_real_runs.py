"""Real runs as small as they can be, as a process of their own and in this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from acq_engine.store import RunStore
from tests.engine.cli.made_up import acq, lines

# A real run, as small as it can be.
TINY = ("--sample", "fashion", "--finetune-steps", "4", "--test-limit", "100", "--threads", "1", "--seed", "3")


def start(*arguments: Any, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "acq_engine", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=cwd, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "OMP_NUM_THREADS": "1"},
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another process differ there")
def test_a_real_run_stops_at_a_signal_and_goes_on(tmp_path: Path) -> None:
    process = start("quantize", *TINY, "--warmup-steps", 5000, "--out", "R", "--json", cwd=tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "step_metrics":
            process.send_signal(signal.SIGINT)
            break
    rest, errors = process.communicate(timeout=100)
    assert process.returncode == 130, errors
    assert json.loads(rest.splitlines()[-1])["state"] == "stopped"
    assert "Traceback" not in errors
    store = RunStore.open(tmp_path / "R")
    assert (store.state, store.being_written) == ("stopped", False)
    step, _ = store.load_checkpoint() or (0, {})
    assert step > 0
    resumed = start("resume", "R", "--json", cwd=tmp_path)
    assert resumed.stdout is not None
    first = json.loads(resumed.stdout.readline())
    assert (first["event"], first["resumed_from_step"]) == ("run_started", step)
    assert any('"step_metrics"' in line for line in resumed.stdout)  # reads up to the first one
    resumed.send_signal(signal.SIGTERM)
    resumed.communicate(timeout=100)
    assert resumed.returncode == 130


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another process differ there")
def test_a_second_signal_ends_at_once_and_the_run_can_still_be_resumed(tmp_path: Path) -> None:
    process = start("quantize", *TINY, "--warmup-steps", 5000, "--out", "R", "--json", cwd=tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "step_metrics":
            process.send_signal(signal.SIGINT)
            process.send_signal(signal.SIGTERM)  # two of one kind may be merged into one by the system
            break
    _, errors = process.communicate(timeout=100)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    store = RunStore.open(tmp_path / "R")
    assert store.state == "stopped" or store.interrupted
    assert not store.being_written
    resumed = start("resume", "R", "--json", cwd=tmp_path)
    assert resumed.stdout is not None
    assert json.loads(resumed.stdout.readline())["event"] == "run_started"
    resumed.kill()
    resumed.communicate(timeout=100)


@pytest.fixture(scope="module")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("real") / "R"
    with chdir(folder.parent):  # named as people name it: from where they are
        return folder, acq("quantize", *TINY, "--warmup-steps", 6, "--out", folder.name, "--json")


def test_a_real_run_exports_what_it_measured(finished_run: tuple[Path, Result]) -> None:
    folder, result = finished_run
    assert result.exit_code == 0, result.output
    last = lines(result)[-1]
    assert last["event"] == "finished"
    assert None not in (last["float_top1"], last["student_top1"], last["exported_top1"], last["agreement"])
    assert Path(last["artifacts"]["onnx"]) == (folder / "model.onnx").resolve()
    assert RunStore.open(folder).state == "succeeded"


def test_a_finished_run_can_be_verified_exported_evaluated_and_reported(
    finished_run: tuple[Path, Result], tmp_path: Path
) -> None:
    folder, result = finished_run
    assert acq("export", folder, "--out", tmp_path / "copy.onnx").exit_code == 0
    assert (tmp_path / "copy.onnx").read_bytes() == (folder / "model.onnx").read_bytes()
    verified = acq("verify", tmp_path / "copy.onnx", "--run", folder, "--json")
    assert verified.exit_code == 0, verified.output
    assert lines(verified)[0]["exact_rows"] == 100
    refused = acq("evaluate", folder, "--sample", "fashion", "--input-size", 64)
    assert (refused.exit_code, "only the test images can be chosen" in refused.stderr) == (2, True)
    assert acq("evaluate", folder, "--test-limit", 0).exit_code == 2
    measured = {line["subject"]: line["top1"] for line in lines(acq("evaluate", folder, "--json"))}
    last = lines(result)[-1]
    assert measured == {"float": last["float_top1"], "student": last["student_top1"], "exported": last["exported_top1"]}
    assert acq("report", folder).exit_code == 0
    assert (folder / "report.html").stat().st_size > 10_000


def test_a_damaged_export_is_not_verified(finished_run: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = finished_run
    (tmp_path / "torn.onnx").write_bytes((folder / "model.onnx").read_bytes()[:1000])
    result = acq("verify", tmp_path / "torn.onnx", "--run", folder)
    assert result.exit_code == 1
    assert "can't be opened" in result.stderr


def test_an_unknown_format_and_a_bad_target_are_said(finished_run: tuple[Path, Result], tmp_path: Path) -> None:
    folder, _ = finished_run
    for arguments in (("--format", "gguf"), ("--out", tmp_path), ("--out", tmp_path / "nowhere/model.onnx")):
        result = acq("export", folder, *arguments)
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith("Error: ")


@pytest.mark.parametrize(("name", "content"), [
    ("missing.safetensors", None), ("empty.pth", b""), ("noise.safetensors", b"\x00\xff" * 500), ("text.pt", b"hello"),
])
def test_a_bad_model_file_is_code_2_and_leaves_nothing(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = acq("quantize", tmp_path / name, "--arch", "cifar_resnet20", "--out", tmp_path / "R")
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Error: ")
    assert not (tmp_path / "R").exists()


@pytest.mark.parametrize("arguments", [("--arch", "no_such_net"), ("--test-set", "missing.npz")])
def test_a_bad_setting_of_a_real_run_leaves_nothing(tmp_path: Path, arguments: tuple[str, str]) -> None:
    model = ("--sample", "fashion") if arguments[0] == "--test-set" else (tmp_path / "x.safetensors",)
    result = acq("quantize", *model, *arguments, "--out", tmp_path / "R")
    assert result.exit_code == 2, result.output
    assert not (tmp_path / "R").exists()
