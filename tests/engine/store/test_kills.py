"""SIGKILL between two system calls, or in the middle of a write: the run goes on to the same end, nothing is left.

`python -m tests.engine.store.killed_run FOLDER` tries every moment; benchmarks/faults.py does it to real runs.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from acq_engine.files import remove_leftovers, write_atomic
from tests.tools.fault_hook import Hook

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks, which Windows can't")


@pytest.mark.parametrize("first", [4, 10])
def test_a_killed_run_ends_as_one_that_nobody_stopped(tmp_path: Path, first: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.store.killed_run", str(tmp_path), str(first), "13"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=240, check=True)
    *problems, last = done.stdout.splitlines()
    assert problems == []
    assert json.loads(last)["kills"] >= 20


def test_a_file_is_the_old_or_the_new_at_every_moment(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    seen = set()
    for moment in range(20):
        path.write_bytes(b"old")
        child = os.fork()
        if child == 0:
            Hook([tmp_path], moment).install()
            write_atomic(path, b"the new one")
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        seen.add((killed, path.read_bytes()))
        remove_leftovers(tmp_path, path.name)
        assert [left.name for left in tmp_path.iterdir()] == ["file.json"]
        if not killed:
            break
    assert seen == {(True, b"old"), (True, b"the new one"), (False, b"the new one")}
    assert moment >= 6, "each call is a moment of its own"


def test_only_what_was_to_become_this_file_is_taken_away(tmp_path: Path) -> None:
    dead = 2**22 + 1  # above what Linux and macOS give to a process
    ours, others = tmp_path / f".model.onnx.{dead}.tmp", tmp_path / f".mine.{dead}.tmp"
    for path in (ours, others):
        path.write_bytes(b"")
    remove_leftovers(tmp_path, "model.onnx")
    assert [path.name for path in tmp_path.iterdir()] == [others.name]
