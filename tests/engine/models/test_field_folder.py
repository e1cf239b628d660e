"""Every small input of ../shared/field through the command line: no raw error, no wall of text."""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from acq_engine.cli.app import app

FIELD = Path(os.environ.get("ACQ_SHARED_FIELD", Path(__file__).resolve().parents[4] / "shared" / "field"))
MOST_LINES = 10

pytestmark = pytest.mark.skipif(not (FIELD / "make_cases.py").is_file(), reason=f"{FIELD} is not there")

NETS = sorted(path.stem for path in (FIELD / "nets").glob("*.py")) if FIELD.is_dir() else []


def inspected(*arguments: str) -> tuple[int, str]:
    """Exit code, and what stands on the error stream."""
    result = CliRunner().invoke(app, ["inspect", *arguments])
    return result.exit_code, result.stderr


@pytest.mark.parametrize("name", NETS)
def test_networks_are_taken_or_refused_in_a_few_lines(name: str) -> None:
    weights = FIELD / "nets" / f"{name}.pth"
    more = ["--weights", str(weights)] if weights.is_file() else []
    code, said = inspected(f"{FIELD / 'nets' / name}.py:build", "--trust", "--input-size", "16",
                           "--preprocessing=-1..1", *more)
    assert code in (0, 2), said
    assert len(said.splitlines()) <= MOST_LINES


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("field")
    before = sys.argv
    sys.argv = ["make_cases.py", str(out)]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(str(FIELD / "make_cases.py"), run_name="__main__")
    except OSError as error:  # the data that the cases are made of
        pytest.skip(f"the cases can't be made: {error}")
    finally:
        sys.argv = before
    return out


def test_checkpoints_are_taken_or_refused_in_a_few_lines(cases: Path) -> None:
    taken: list[str] = []
    refused: list[str] = []
    for path in sorted(cases.iterdir()):
        if path.name.startswith(("table_", "folders_")):
            continue  # test sets: see tests/engine/test_sets
        code, said = inspected(str(path))
        assert code in (0, 2), (path.name, said)
        assert len(said.splitlines()) <= MOST_LINES, (path.name, said)
        (taken if code == 0 else refused).append(path.name)
    assert {"ema_with_float_counters.pth.tar", "flat_with_string.pth", "lightning_criterion.ckpt",
            "prefix_backbone.pth", "zoo_names.pth", "folder_with_config"} <= set(taken)
    assert set(refused) == {"download_page.pth", "lfs_pointer.pth", "only_parameters.pth"}
