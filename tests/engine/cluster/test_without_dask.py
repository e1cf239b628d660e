"""Without the optional package nothing of it is imported, and whoever asks for a cluster is told what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HIDDEN = "import sys\nfor name in ('distributed', 'dask', 'cloudpickle'): sys.modules[name] = None\n"


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=ROOT,
                          capture_output=True, text=True, timeout=120, check=False)


def test_nothing_imports_dask_unless_a_cluster_is_used() -> None:
    names = ("acq_engine.cli.app", "acq_engine.cluster.remote_run", "acq_engine.cluster.connection",
             "acq_engine.cluster.courier")
    code = "import sys\n" + "".join(f"import {name}\n" for name in names) + (
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'dask', 'distributed', 'tornado', 'torch'}))")
    done = python(code)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_a_cluster_is_refused_with_what_to_install(tmp_path: Path) -> None:
    for arguments in (["quantize", "--sample", "fashion", "--out", "RUN"], ["cluster", "local"],
                      ["sweep", "--sample", "fashion", "--vary", "bits=3,4", "--out", "RUN"]):
        given = [str(tmp_path / "run") if one == "RUN" else one for one in arguments]
        given += [] if arguments[0] == "cluster" else ["--cluster", "tcp://127.0.0.1:8786"]
        done = python(f"{HIDDEN}import importlib.util as u\nfind = u.find_spec\n"
                      "u.find_spec = lambda name, *a: None if name == 'distributed' else find(name, *a)\n"
                      f"from acq_engine.cli import main\nmain({given!r})")
        assert done.returncode == 2 and 'pip install "acq-studio[cluster]"' in done.stderr, done.stderr
        assert not (tmp_path / "run").exists()
