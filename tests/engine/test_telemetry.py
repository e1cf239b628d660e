"""ONNX Runtime's telemetry stays off, in this program's processes and in the program written beside exported files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from acq_engine.export import deploy

ASKED = "import os; print(os.environ.get('ORT_DISABLE_TELEMETRY'))"


def _environment(**changes: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"} | changes


@pytest.mark.parametrize("module", ["acq_engine", "acq_engine.cli"])
def test_it_is_off_as_soon_as_the_engine_is_imported(module: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"import {module}; {ASKED}"], env=_environment(),
                          capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_whoever_wants_it_may_have_it() -> None:
    done = subprocess.run([sys.executable, "-c", f"import acq_engine; {ASKED}"],
                          env=_environment(ORT_DISABLE_TELEMETRY="0"), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_written_program_switches_it_off_before_it_imports_the_runtime(tmp_path: Path) -> None:
    shutil.copy(Path(deploy.__file__).parent / "predict.py", tmp_path)
    (tmp_path / "onnxruntime.py").write_text(
        "import os, sys\nsys.exit('telemetry ' + os.environ.get('ORT_DISABLE_TELEMETRY', 'on'))\n", encoding="utf-8")
    (tmp_path / "model.onnx").write_bytes(b"")
    done = subprocess.run([sys.executable, "predict.py", "any.png"], cwd=tmp_path, env=_environment(),
                          capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "telemetry 1"
