"""What the machine refuses is said in a sentence, wherever it arises, and nobody is asked to report it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from acq_engine.explained import explained


@pytest.mark.parametrize(("error", "words"), [
    (MemoryError(), "not enough memory"),
    (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes."), "not enough memory"),
    (RuntimeError("could not create a primitive"), "not enough memory"),
    (ImportError("libtorch_cpu.so: failed to map segment from shared object"), "not enough memory"),
    (ImportError("libGL.so.1: cannot open shared object file: No such file or directory"), "can't be loaded"),
    (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x.npz"), "can't be written"),
    (OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG)), "path is too long"),
    (OSError(errno.EMFILE, os.strerror(errno.EMFILE)), "Too many files"),
    (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), "no further process"),
])
def test_errors_of_the_machine_are_explained(error: BaseException, words: str) -> None:
    said = explained(error)
    assert said is not None and words in said.message
    assert said.hint, "what to do"


@pytest.mark.parametrize("error", [
    ZeroDivisionError(), KeyError("a"), RuntimeError("shape '[2]' is invalid"),
    ModuleNotFoundError("No module named 'x'"), OSError(errno.EINVAL, "Invalid argument"),
])
def test_errors_of_the_program_are_not(error: BaseException) -> None:
    assert explained(error) is None


@pytest.mark.skipif(sys.platform != "linux", reason="a bounded address space is Linux's")
def test_a_program_that_gets_no_memory_says_so(tmp_path: Path) -> None:
    import resource

    most = 1600 << 20  # less than PyTorch's libraries take
    done = subprocess.run(
        [sys.executable, "-m", "acq_engine", "quantize", "--sample", "fashion", "--out", str(tmp_path / "run")],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)))
    assert "There is not enough memory." in done.stderr
    assert "Close other programs" in done.stderr and "report" not in done.stderr
    assert done.returncode == 1
    assert not (tmp_path / "run").exists()
