"""No model file, however damaged or hostile, may do more than be refused in plain words."""

from __future__ import annotations

import importlib.util
import resource
import sys
import time
import tracemalloc
from pathlib import Path
from types import ModuleType

import pytest

from acq_engine.errors import AcqError, ModelError, UnsafeFileError
from acq_engine.models import load_model
from acq_engine.models.builtin import load_sample_weights
from acq_engine.settings import ModelConfig

MEMORY_LIMIT = 700 << 20
"""Bytes that all of them together may cost at their worst; the files themselves have 0.3 MB each."""


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile_files", Path(__file__).with_name("hostile_files.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_files"] = module  # pickle looks its classes up by name
    spec.loader.exec_module(module)
    return module


def _refusal(path: Path) -> AcqError | None:
    """What `load_model` says about a file; None when it takes it."""
    try:
        load_model(ModelConfig(source="checkpoint", path=path))
    except AcqError as error:
        return error
    return None


def _peak_memory() -> int:
    """The most memory that this process ever held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@pytest.mark.slow
def test_two_hundred_hostile_files_are_refused_in_plain_words(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    files = list(_maker().hostile_files(load_sample_weights(), marker))
    assert len(files) >= 200
    before = _peak_memory()
    taken = []
    for name, content in files:
        path = tmp_path / name
        path.write_bytes(content)
        started = time.process_time()
        refusal = _refusal(path)
        assert time.process_time() - started < 30, name  # processor time: other jobs don't count
        assert _peak_memory() - before < MEMORY_LIMIT, name
        assert not marker.exists(), name
        path.unlink()
        if refusal is None:
            taken.append(name)
            continue
        assert isinstance(refusal, ModelError), name
        assert refusal.message.endswith(".") and "Traceback" not in str(refusal), name
        assert len(str(refusal)) < 3000, name
        if name.startswith(("attack", "protocol0", "inside_zip", "inst", "stack_global", "renamed", "whole")):
            assert isinstance(refusal, UnsafeFileError) and refusal.hint, f"{name}: {refusal}"
    # A flipped bit in a name that nothing depends on may go unnoticed; nothing else may.
    assert all(name.startswith("flipped") for name in taken), taken
    assert len(taken) <= 3, taken


def test_memory_of_one_bomb_is_bounded(tmp_path: Path) -> None:
    state = load_sample_weights()
    path = tmp_path / "bomb.pth"
    path.write_bytes(dict(_maker().bombs(state))["stride0.pth"])
    tracemalloc.start()
    try:
        with pytest.raises(ModelError):
            load_model(ModelConfig(source="checkpoint", path=path))
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()
