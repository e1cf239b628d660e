"""One run on two processes that torchrun starts: what one process finds, they find, and losing one loses nothing."""

from __future__ import annotations

import csv
import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from acq_engine.control import RunControl
from acq_engine.distributed import alone, keep_best, share_of
from acq_engine.distributed.control import agreed
from acq_engine.events import Checkpointed, Failed, RunStarted
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.engine.cluster.small import images, weights

ROOT = Path(__file__).resolve().parents[3]
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node"]

pytestmark = pytest.mark.skipif(not torch.distributed.is_available() or not torch.distributed.is_gloo_available(),
                                reason="this build of torch has no gloo")


def config(folder: Path, **schedule: Any) -> Path:
    """Few steps on small images; in float32, and with a low rate: Adam's first steps amplify a gradient's last bit."""
    values = {
        "warmup_steps": 4, "finetune_steps": 4, "generator_batch": 16, "student_batch": 10, "calibration_samples": 32,
        "report_every": 1, "sample_every": 100, "checkpoint_every": 4, "flip": True, "mixup": True,
        "second_look": 0.1, "generator_every": 2, "generator_lr": 1e-6, "canvas_share": 0,
    } | schedule
    path = folder / "settings.json"
    path.write_text(RunConfig.from_data(
        {"schedule": values, "test_set": {"path": str(images(folder, 40))}, "device": "cpu", "precision": "float32",
         "model": {"source": "checkpoint", "path": str(weights(folder)), "arch": "fashion_resnet", "input_size": 12},
         "generator": {"width": 8, "noise_dim": 8}, "quantization": {"rounding": "nearest"}}).to_json())
    return path


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("RANK", "WORLD_SIZE")}
    return kept | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "metrics.csv").open() as file:
        return list(csv.DictReader(file))


def run(count: int, *arguments: str | Path) -> str:
    """What a command says on standard output; it has to succeed."""
    start = [sys.executable] if count == 1 else [*TORCHRUN, str(count)]
    done = subprocess.run([*start, *map(str, arguments)], env=environment(), capture_output=True, text=True,
                          timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_shared_batch_has_the_losses_gradients_and_statistics_of_the_whole_one() -> None:
    found = json.loads(run(2, Path(__file__).with_name("equal_steps.py")).strip().splitlines()[-1])
    assert found.pop("planned") == {"plans": 1.0}, "one process measures, the others wait for it"
    assert found.pop("calibration") == {"values that differ": 0.0}
    assert found.pop("procedural")["images"] < 1e-5  # of how far they moved
    for part, tensors in found.items():
        for name, difference in tensors.items():
            assert difference < (1e-4 if name == "gradient" else 2e-6), (part, name)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_processes_follow_the_curve_of_one_and_give_a_model_as_good(tmp_path: Path) -> None:
    settings = config(tmp_path)
    list(QuantizationRun.create(RunConfig.from_json(settings.read_text()), tmp_path / "1").events())
    said = run(2, "-m", "acq_engine", "quantize", "--config", settings, "--out", tmp_path / "2")
    assert said.count("top-1, %") == 1  # the first process speaks, and the other does not
    compared = 0
    for first, second in zip(rows(tmp_path / "1"), rows(tmp_path / "2"), strict=True):
        for name, value in first.items():
            if name.startswith("generator/") and value:
                assert float(second[name]) == pytest.approx(float(value), rel=1e-4, abs=1e-5), (name, first["step"])
                compared += 1
    assert compared > 20
    students = [load_file(tmp_path / str(count) / "student.safetensors") for count in (1, 2)]
    for name, weight in students[0].items():
        if name.endswith(".weight"):
            assert float((weight - students[1][name]).norm() / weight.norm()) < 0.01, name
    one, two = (RunStore.open(tmp_path / str(count)).info.results for count in (1, 2))
    assert one["float_top1"] == two["float_top1"]
    assert two["student_top1"] == pytest.approx(one["student_top1"], abs=5.1)  # two of 40 images
    assert two["verified"] and (tmp_path / "2" / "model.onnx").is_file()


def process_of_rank(number: int, folder: Path) -> int:
    """The process id of a rank of the run in that folder."""
    for entry in Path("/proc").iterdir():
        try:
            if str(folder) in (entry / "cmdline").read_text() and f"\0RANK={number}\0" in (
                    entry / "environ").read_text():
                return int(entry.name)
        except (OSError, ValueError, UnicodeDecodeError):
            continue
    raise AssertionError("no such process")


def wait_for(folder: Path, kind: type, process: subprocess.Popen[str]) -> None:
    """Until the run has said that."""
    pause, end = 0.05, time.monotonic() + 240
    while time.monotonic() < end and process.poll() is None:
        if (folder / "run.json").is_file() and any(
                isinstance(event, kind) for event in RunStore.open(folder).tail_events()[0]):
            return
        time.sleep(pause)
    raise AssertionError(f"the run never said {kind.__name__}")


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="finds a rank's process in /proc")
def test_a_killed_process_is_told_of_and_torchrun_resumes_the_run_by_itself(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    settings = config(tmp_path, warmup_steps=24, finetune_steps=1, checkpoint_every=6, generator_every=0)
    work = subprocess.Popen(
        [*TORCHRUN, "2", "--max-restarts", "1", "-m", "acq_engine", "quantize", "--config", str(settings), "--out",
         str(folder)], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        wait_for(folder, Checkpointed, work)
        os.kill(process_of_rank(1, folder), signal.SIGKILL)
        said, _ = work.communicate(timeout=280)
    finally:
        if work.poll() is None:
            work.terminate()
            work.communicate(timeout=60)
    assert work.returncode == 0, said
    assert "Another process of the run ended" in said
    store = RunStore.open(folder)
    assert store.state == "succeeded" and store.info.results["verified"]
    told = store.tail_events()[0]
    failed = [event for event in told if isinstance(event, Failed)]
    assert failed and "torchrun" in failed[0].hint
    resumed = [event.resumed_from_step for event in told if isinstance(event, RunStarted)]
    assert resumed[0] is None and resumed[1] is not None and resumed[1] >= 6


def test_several_processes_need_the_name_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from acq_engine.cli.app import app

    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("RANK", "0")
    done = CliRunner().invoke(app, ["quantize", "--sample", "fashion"])
    assert done.exit_code == 2 and "--out RUN" in done.output


def test_the_best_of_several_attempts_stays_and_one_that_is_no_number_does_not() -> None:
    tensor = torch.tensor([5.0])
    results = [math.nan, 2.0, 1.0, 1.0]
    begun = []

    def attempt(number: int) -> float:
        begun.append(float(tensor))
        tensor.fill_(number)
        return results[number]

    assert keep_best(4, attempt, [tensor]) == 2 and float(tensor) == 2
    assert begun == [5.0] * 4


def test_alone_nothing_is_divided_and_nothing_agreed() -> None:
    assert alone()
    batch = torch.arange(7)
    share = share_of(7)
    assert share.mine(batch) is batch and share.joined(batch) is batch
    control = RunControl()
    assert agreed(control, control.wait_while_paused) is control
