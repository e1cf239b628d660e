"""Every small input of ../shared/field through the command line: what is expected, and never a raw error."""

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
from tests.engine.models.same_process import open_in_this_process

FIELD = Path(os.environ.get("ACQ_SHARED_FIELD", Path(__file__).resolve().parents[4] / "shared" / "field"))
TEACHER = FIELD.parent / "data" / "cifar10" / "resnet20.safetensors"
MOST_LINES = 10
SHORT = ("--preset", "fast", "--warmup-steps", "2", "--finetune-steps", "2", "--procedural-limit", "64")

pytestmark = pytest.mark.skipif(not (FIELD / "make_cases.py").is_file(), reason=f"{FIELD} is not there")

# Name, exit code of inspect and of quantize, and words that have to be said.
NETS: dict[str, tuple[int, int, str]] = {
    "adapt_max": (0, 2, "adaptive maximum pool from 8 x 8 to 3 x 3"),
    "bn_last": (0, 0, ""),
    "cbam": (0, 0, ""),
    "ceil_avg": (0, 0, ""),
    "cosine_head": (0, 0, "linalg_vector_norm"),
    "eca": (0, 0, ""),
    "features_first": (0, 0, "taken from 1 (N x 10); not used: 0 (N x 16)"),
    "float_call": (0, 0, ""),
    "log_inside": (2, 2, "With the preprocessing 0..1 they are numbers"),
    "loss_first": (0, 0, "taken from logits (N x 10); not used: loss"),
    "registration_order": (0, 0, "input 3 x 16 x 16"),
    "two_heads": (2, 2, "It returns: 0 (N x 10), 1 (N x 3)"),
    "untrained": (0, 0, "probably never trained"),
    "weight_norm": (0, 0, ""),
}


@pytest.fixture(autouse=True)
def same_process(monkeypatch: pytest.MonkeyPatch) -> None:
    open_in_this_process(monkeypatch)


def acq(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and error stream; a refusal is short, and nothing fails raw."""
    result = CliRunner().invoke(app, arguments)
    said = (arguments, result.stdout, result.stderr)
    assert result.exit_code in (0, 2), said
    assert "internal error" not in result.stderr, said
    if result.exit_code:
        assert len(result.stderr.splitlines()) <= MOST_LINES, said
    return result.exit_code, result.stdout, result.stderr


def net(name: str, *more: str) -> list[str]:
    weights = FIELD / "nets" / f"{name}.pth"
    own = ["--weights", str(weights)] if weights.is_file() else []
    return [f"{FIELD / 'nets' / name}.py:build", "--trust", "--input-size", "16", "--preprocessing=-1..1", *own, *more]


def test_every_network_is_listed() -> None:
    assert {path.stem for path in (FIELD / "nets").glob("*.py")} == set(NETS)


@pytest.mark.parametrize("name", NETS)
def test_networks_are_inspected_as_expected(name: str) -> None:
    code, out, err = acq("inspect", *net(name))
    assert code == NETS[name][0], err
    assert NETS[name][2] in out + err


@pytest.mark.slow
@pytest.mark.parametrize("name", NETS)
def test_networks_are_quantized_and_pass_the_check_or_are_refused_before_training(name: str, tmp_path: Path) -> None:
    code, out, err = acq("quantize", *net(name), *SHORT, "--out", str(tmp_path / "run"))
    assert code == NETS[name][1], err
    if code:
        assert NETS[name][2] in err and not (tmp_path / "run").exists()
        return
    assert "passed" in out and "100.00 % of outputs equal the integer reference" in out
    assert acq("export", str(tmp_path / "run"), "--out", str(tmp_path / "again.onnx"))[0] == 0


def test_a_question_is_asked_at_a_terminal_and_the_answer_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acq_engine.cli.console.at_terminal", lambda: True)
    result = CliRunner().invoke(app, ["inspect", *net("two_heads")], input="7\n1\n")
    assert result.exit_code == 0, result.stderr
    assert "1  0: 10 classes" in result.stderr and "2  1: 3 classes" in result.stderr
    assert "Type a number from 1 to 2." in result.stderr
    assert "10 classes" in result.stdout and "taken from 0 (N x 10); not used: 1" in result.stdout


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


# Name, exit code, and words that have to be said.
CHECKPOINTS: dict[str, tuple[int, str]] = {
    "download_page.pth": (2, "is a web page, not a model"),
    "ema_with_float_counters.pth.tar": (0, "averaged weights (state_dict_ema)"),
    "flat_with_string.pth": (0, "ignored: comment"),
    "folder_with_config": (0, "read from model.safetensors"),
    "lfs_pointer.pth": (2, "Git LFS pointer"),
    "lightning_criterion.ckpt": (0, "not used: criterion.weight"),
    "only_parameters.pth": (2, "lacks the batch-norm statistics"),
    "prefix_backbone.pth": (0, "start with backbone., which is removed"),
    "zoo_names.pth": (0, "matched to cifar_resnet20 by their shapes"),
}


def test_checkpoints_are_taken_or_refused_as_expected(cases: Path) -> None:
    found = {path.name for path in cases.iterdir() if not path.name.startswith(("table_", "folders_"))}
    assert found == set(CHECKPOINTS)
    for name, (expected, words) in CHECKPOINTS.items():
        code, out, err = acq("inspect", str(cases / name))
        assert code == expected and words in out + err, (name, out, err)
        if code == 0:
            assert "cifar_resnet20, 10 classes" in out


# Name, exit code, and words that have to be said.
TEST_SETS: dict[str, tuple[int, str]] = {
    "folders_0_to_11": (2, ""),
    "table_all_missing": (2, "gone/0.png"),
    "table_backslash": (0, "50 test images"),
    "table_semicolon": (0, "50 test images"),
}


def test_test_sets_are_taken_or_refused_as_expected(cases: Path) -> None:
    found = {path.name for path in cases.iterdir() if path.name.startswith(("table_", "folders_"))}
    assert found == set(TEST_SETS)
    for name, (expected, words) in TEST_SETS.items():
        code, out, err = acq("evaluate", str(TEACHER), "--preprocessing", "cifar10", "--test-set", str(cases / name))
        assert code == expected and words in out + err, (name, out, err)
