"""A run on a local model and the window's start open no connection: seen by Python, and by strace where it is."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from acq_engine.models import builtin
from tests.tools.no_network import FORBIDDEN

ROOT = Path(__file__).resolve().parents[1]
INTERNET = re.compile(r"socket\(AF_INET6?|connect\([^)]*AF_INET|sendto\([^)]*AF_INET")


@cache
def strace() -> list[str]:
    """The command that shows system calls of the network; empty where it is missing or not allowed."""
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network"]
    tried = shutil.which("strace") and subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried and tried.returncode == 0 else []


def run(tmp_path: Path, *arguments: object) -> None:
    """The command ends well, and nothing of it has opened a connection."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "ACQ_STUDIO_CONFIG_DIR": str(tmp_path / "config"),
    }
    calls = tmp_path / "calls"
    traced = [*strace(), "-o", str(calls)] if strace() else []
    done = subprocess.run(
        [*traced, sys.executable, "-m", "tests.tools.no_network", *map(str, arguments)], cwd=ROOT, env=environment,
        capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    if traced:
        assert [line for line in calls.read_text().splitlines() if INTERNET.search(line)] == []


def test_a_run_on_a_checkpoint_opens_no_connection(tmp_path: Path) -> None:
    """From the file to the verified export, with ONNX Runtime, which has telemetry of its own."""
    weights = shutil.copy(builtin.sample_dir() / builtin.WEIGHTS_FILE, tmp_path / "own.safetensors")
    (tmp_path / "settings.json").write_text(json.dumps({
        "device": "cpu", "threads": 1, "model": {"input_size": 12}, "generator": {"width": 8, "noise_dim": 8},
        "quantization": {"rounding": "nearest"}, "test_set": {"use_sample": False},
        "schedule": {"warmup_steps": 1, "finetune_steps": 1, "generator_batch": 4, "student_batch": 4,
                     "calibration_samples": 8, "pool_samples": 8, "canvas_share": 0},
    }))
    run(tmp_path, "acq", "quantize", weights, "--arch", "fashion_resnet", "--config", tmp_path / "settings.json",
        "--out", tmp_path / "run")
    assert (tmp_path / "run/model.onnx").is_file()


def test_the_start_of_the_window_opens_no_connection(tmp_path: Path) -> None:
    run(tmp_path, "window")


@pytest.mark.parametrize("code", [
    "socket.create_connection(('192.0.2.1', 9), 0.1)", "socket.getaddrinfo('example.invalid', 80)",
    "urllib.request.urlopen('https://example.invalid', timeout=0.1)",
])
def test_the_watch_sees_connections(code: str) -> None:
    script = f"import sys, socket, urllib.request\nfrom tests.tools import no_network\n" \
             f"sys.addaudithook(no_network._watch)\ntry:\n    {code}\nexcept OSError:\n    pass\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
                          capture_output=True, check=False, timeout=60)
    assert done.returncode == FORBIDDEN


@pytest.mark.skipif(not strace(), reason="strace is not here, or not allowed")
def test_strace_sees_connections_that_python_does_not(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    code = "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)"
    subprocess.run([*strace(), "-o", str(calls), sys.executable, "-c", code], check=True, timeout=60)
    assert INTERNET.search(calls.read_text())
