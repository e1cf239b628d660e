"""The command line: what it prints, what it leaves on disk, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from acq_engine.cli.app import app
from acq_engine.cli.options import setting_options
from acq_engine.cli.run_view import WholeProgress, duration
from acq_engine.cli.settings import build_config
from acq_engine.config import RunConfig
from acq_engine.control import RunControl
from acq_engine.errors import ConfigError, ModelFileError
from acq_engine.events import (
    Evaluated,
    Event,
    Exported,
    Failed,
    Finished,
    LogMessage,
    ModelSummary,
    PhasePlan,
    PhaseStarted,
    RunStarted,
    SamplesReady,
    StepMetrics,
    Verified,
)
from acq_engine.store import RunStore

MODEL = ModelSummary("fashion", "fashion_resnet", 80_000, 9, 10, (1, 32, 32), 320_000)


class MadeUpRun:
    """Stands in for QuantizationRun: the same calls, no computing."""

    verified: ClassVar[bool] = True
    failure: ClassVar[Failed | None] = None
    interrupt_at: ClassVar[int | None] = None
    last_config: ClassVar[RunConfig | None] = None

    def __init__(self, store: RunStore, control: RunControl) -> None:
        self.store, self.control = store, control

    @classmethod
    def create(cls, config: RunConfig, path: Path, control: RunControl, *, overwrite: bool = False) -> MadeUpRun:
        MadeUpRun.last_config = config
        if config.model.path is not None and not config.model.path.exists():
            raise ModelFileError("The model file is missing.", cause=str(config.model.path), hint="Check the path.")
        return cls(RunStore.create(path, config, overwrite=overwrite), control)

    @classmethod
    def resume(cls, store: RunStore, control: RunControl) -> MadeUpRun:
        return cls(store, control)

    def events(self) -> Iterator[Event]:
        with self.store as store:
            for event in self._events(store):
                yield store.write(event)

    def _events(self, store: RunStore) -> Iterator[Event]:
        print("a library says something")
        yield RunStarted(str(store.path), MODEL, (PhasePlan("warmup", 4), PhasePlan("export", 0)), "cpu", 0)
        yield PhaseStarted("warmup", 4)
        for number in range(1, 5):
            yield StepMetrics("warmup", number, 4, number, {"generator/total": float("nan")}, number / 10, 4 - number)
            if number == self.interrupt_at:
                signal.raise_signal(signal.SIGINT)
            if self.control.cancel_requested:
                store.save_checkpoint(number, {"step": number})
                yield Finished("stopped", 92.0, None, None, None, {}, 0.4)
                return
        empty = np.zeros((2, 2), np.float32)
        images = np.zeros((2, 8, 8, 3), np.uint8)
        yield SamplesReady(4, images, np.arange(2), empty, empty, np.arange(2), np.ones(2, np.float32))
        yield LogMessage("warning", "Samples of [bold]one[/bold] class look alike.")
        if self.failure is not None:
            yield self.failure
            return
        yield PhaseStarted("export", 0)
        yield Evaluated("float", 2000, "test", 92.0, per_class=np.ones(10, np.float32))
        yield Evaluated("student", 2000, "test", 91.0, agreement=97.0)
        (store.path / "model.onnx").write_bytes(b"onnx")
        yield Exported("onnx", "model.onnx", 60_000, 320_000)
        yield Verified("model.onnx", self.verified, 2000, "test", 100.0, 100.0, 12, 0, 1.5, 2.5, "onnxruntime 1",
                       "" if self.verified else "3 rows differ")
        files = {"onnx": "model.onnx"}
        yield Finished("succeeded", 92.0, 91.0, 90.75, 99.5, files, 0.5, self.verified, 320_000, 60_000)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> type[MadeUpRun]:
    module = types.ModuleType("acq_engine.run")
    module.QuantizationRun = MadeUpRun  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "acq_engine.run", module)
    for name, value in (("verified", True), ("failure", None), ("interrupt_at", None)):
        monkeypatch.setattr(MadeUpRun, name, value)
    return MadeUpRun


def acq(*arguments: Any) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# ------------------------------------------------------------------------------------- quantize


def test_json_lines_and_nothing_else_on_standard_output(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    out = tmp_path / "R"
    result = acq("quantize", "--sample", "fashion", "--out", out, "--json")
    assert result.exit_code == 0, result.output
    printed = lines(result)
    assert [line["event"] for line in printed[:3]] == ["run_started", "phase_started", "step_metrics"]
    assert "a library says" in result.stderr
    last = printed[-1]
    assert list(last)[:7] == [
        "event", "float_top1", "student_top1", "exported_top1", "agreement", "artifacts", "seconds"]
    assert (last["event"], last["float_top1"], last["exported_top1"]) == ("finished", 92.0, 90.75)
    assert Path(last["artifacts"]["onnx"]) == (out / "model.onnx").resolve()
    picture = next(line for line in printed if line["event"] == "samples_ready")
    assert Path(picture["path"]).is_file()
    assert "images" not in picture


def test_a_person_sees_a_table_and_plain_sentences(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert result.exit_code == 0, result.output
    for words in ("92.00", "91.00", "90.75", "quantized", "passed", "12 integer and 0 float", "model.onnx"):
        assert words in result.stdout
    assert "Samples of [bold]one[/bold] class look alike." in result.stderr
    assert "generator warm-up" in result.stderr


def test_an_export_that_is_not_verified_is_no_success(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_up, "verified", False)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert result.exit_code == 1
    assert "3 rows differ" in result.stdout


@pytest.mark.parametrize("code", [1, 2])
def test_a_failed_run_ends_with_its_code_and_words(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    failure = Failed("The loss is not a number.", "Step 12.", "Lower the rate.", "Traceback: x", code)
    monkeypatch.setattr(made_up, "failure", failure)
    shown = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert shown.exit_code == code
    assert all(words in shown.stderr for words in ("The loss is not a number.", "Step 12.", "Lower the rate."))
    assert "Traceback" not in shown.output
    assert lines(acq("quantize", "--sample", "fashion", "--out", tmp_path / "S", "--json"))[-1]["event"] == "failed"


def test_an_interrupted_run_stops_cleanly_and_can_be_resumed(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_up, "interrupt_at", 2)
    before = signal.getsignal(signal.SIGINT)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R", "--json")
    assert signal.getsignal(signal.SIGINT) is before
    assert result.exit_code == 130
    assert lines(result)[-1]["state"] == "stopped"
    store = RunStore.open(tmp_path / "R")
    assert store.state == "stopped"
    assert store.load_checkpoint() is not None
    monkeypatch.setattr(made_up, "interrupt_at", None)
    assert acq("resume", tmp_path / "R").exit_code == 0
    again = acq("resume", tmp_path / "R")
    assert again.exit_code == 2
    assert "has ended already" in again.stderr


def test_an_older_run_is_kept_unless_asked(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    assert acq("quantize", "--sample", "fashion", "--out", tmp_path / "R").exit_code == 0
    refused = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert refused.exit_code == 2
    assert "--overwrite" in refused.stderr
    assert acq("quantize", "--sample", "fashion", "--out", tmp_path / "R", "--overwrite").exit_code == 0


def test_without_a_folder_a_new_one_is_made(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert acq("quantize", "--sample", "fashion", "--weight-bits", 3).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["fashion-w3a4", "fashion-w3a4-2"]


@pytest.mark.parametrize("arguments", [
    ["quantize"],
    ["quantize", "a.pth", "--sample", "fashion"],
    ["quantize", "--sample", "fashion", "--weight-bits", "9"],
    ["quantize", "--sample", "fashion", "--weight-bits", "four"],
    ["quantize", "--sample", "fashion", "--method", "magic"],
    ["quantize", "missing.safetensors", "--arch", "cifar_resnet20", "--mean", "0.5,x,0.5"],
    ["quantize", "missing.safetensors", "--arch", "cifar_resnet20", "--mean", "0.5,0.5,0.5", "--std", "1,0,1"],
    ["quantize", "missing.safetensors", "--arch", "cifar_resnet20"],
    ["quantize", "--config", "missing.json"],
    ["quantize", "--no-such-option"],
    ["resume", "."], ["export", "."], ["verify", "."], ["report", "."], ["verify", "missing.onnx"],
    ["evaluate"], ["no-such-command"],
])
def test_bad_input_is_code_2_and_leaves_nothing(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = acq(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_bad_input_with_json_ends_with_a_failed_line(made_up: type[MadeUpRun], tmp_path: Path) -> None:
    result = acq("quantize", "--sample", "fashion", "--weight-bits", 9, "--out", tmp_path / "R", "--json")
    assert result.exit_code == 2
    (last,) = lines(result)
    assert (last["event"], last["exit_code"]) == ("failed", 2)
    assert "weight_bits" in last["cause"]


def test_a_mistake_of_the_program_is_one_sentence(
    made_up: type[MadeUpRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> MadeUpRun:
        raise RuntimeError("index 3")

    monkeypatch.setattr(made_up, "create", broken)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "R")
    assert result.exit_code == 1
    assert "RuntimeError: index 3" in result.stderr
    assert "Traceback" not in result.output


# -------------------------------------------------------------------------------------- settings


def test_every_setting_with_a_flag_is_an_option() -> None:
    text = acq("quantize", "--help").output
    options = setting_options()
    assert {"--weight-bits", "--mean", "--mixup", "--test-set", "--seed", "--class-weight"} <= {
        option.flag for option in options}
    assert [option.flag for option in options if option.flag not in text] == []
    assert len({option.flag for option in options}) == len(options)


def test_options_go_before_presets_and_presets_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"seed": 5, "schedule": {"warmup_steps": 7, "student_lr": 0.5},
                                "quantization": {"weight_bits": 3}}))
    config = build_config(None, "fashion", file, {"schedule__preset": "balanced", "schedule__finetune_steps": 11})
    assert (config.seed, config.quantization.weight_bits, config.schedule.student_lr) == (5, 3, 0.5)
    assert (config.schedule.warmup_steps, config.schedule.finetune_steps) == (600, 11)
    assert config.schedule.preset == "custom"
    baseline = build_config(None, "fashion", None, {"method": "gdfq", "losses__bn": 0.25})
    assert (baseline.losses.bn, baseline.losses.centre, baseline.method) == (0.25, 0.0, "gdfq")


def test_a_run_gives_its_settings_to_the_next(tmp_path: Path) -> None:
    RunStore.create(tmp_path / "run", RunConfig(seed=9)).close()
    for source in (tmp_path / "run", tmp_path / "run/run.json"):
        assert build_config(None, None, source, {}).seed == 9


@pytest.mark.parametrize("text", ["{", "[]", '{"seed": -1}', '{"unknown": 1}', '{"schema_version": 99}', "\xff"])
def test_a_bad_settings_file_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError):
        build_config(None, None, tmp_path / "settings.json", {})


def test_a_name_is_torchvision_and_a_path_is_a_file() -> None:
    assert build_config("resnet18", None, None, {}).model.source == "torchvision"
    for path in ("resnet18.pth", "models/resnet18", "x.safetensors"):
        config = build_config(path, None, None, {"model__mean": "0.5, 0.4,0.3", "model__std": "1,1,1"})
        assert (config.model.source, config.model.path) == ("checkpoint", Path(path))
        assert config.model.mean == (0.5, 0.4, 0.3)
        assert not config.test_set.use_sample


# -------------------------------------------------------------------------------------- progress


def test_the_bar_never_goes_back() -> None:
    whole = WholeProgress()
    whole.plan((PhasePlan("prepare", 0), PhasePlan("warmup", 100), PhasePlan("finetune", 300), PhasePlan("export", 0)))
    seen = [whole.phase("prepare"), whole.phase("warmup"), *(whole.step("warmup", n, 100) for n in (1, 50, 100))]
    seen += [whole.phase("finetune"), whole.step("finetune", 150, 300)]
    seen += [whole.phase("export"), whole.step("export", 1, 1)]
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert 0.2 < seen[4] < 0.3


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65.4, "1:05"), (3723, "1:02:03"), (-1, "0:00")])
def test_durations_read_as_clocks(seconds: float, text: str) -> None:
    assert duration(seconds) == text


# ------------------------------------------------------------------------- as a process of its own


# A real run, as small as it can be.
TINY = ("--sample", "fashion", "--finetune-steps", "4", "--test-limit", "100", "--threads", "1", "--seed", "3")


def start(*arguments: Any, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "acq_engine", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=cwd, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "OMP_NUM_THREADS": "1"},
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


@pytest.fixture(scope="module")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("real") / "R"
    return folder, acq("quantize", *TINY, "--warmup-steps", 6, "--out", folder, "--json")


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


def test_models_are_listed_and_the_second_time_without_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acq_engine.cli.models._cache_folder", lambda: tmp_path / "cache")
    (first,) = lines(acq("models", "--json"))
    assert "cifar_resnet20" in first["architectures"]["cifar"]
    assert "resnet18" in first["architectures"]["torchvision"]
    monkeypatch.setitem(sys.modules, "acq_engine.models.registry", None)
    assert lines(acq("models", "--json")) == [first]
    assert "  resnet18" in acq("models").stdout.splitlines()


def test_inspect_lists_layers_with_their_bits() -> None:
    result = acq("inspect", "--sample", "fashion", "--weight-bits", 3)
    assert result.exit_code == 0, result.output
    assert "77,754 parameters" in result.stdout
    (found,) = lines(acq("inspect", "--sample", "fashion", "--weight-bits", 3, "--json"))
    bits = {row["name"]: row["weight_bits"] for row in found["rows"] if row["quantizable"]}
    assert (bits["conv1"], bits["layer1.0.conv1"], bits["fc"]) == (8, 3, 8)


def test_evaluate_measures_a_float_model() -> None:
    (found,) = lines(acq("evaluate", "--sample", "fashion", "--test-limit", 200, "--json"))
    assert found["images"] == 200
    assert found["top1"] > 85
    assert "200 test images" in acq("evaluate", "--sample", "fashion", "--test-limit", 200).stdout


def test_help_needs_no_torch() -> None:
    script = (
        "import sys\nfrom acq_engine.cli import main\n"
        "try:\n    main(['quantize', '--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(3 if 'torch' in sys.modules else 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60, capture_output=True).returncode == 0


def test_the_version_is_shown() -> None:
    result = subprocess.run([sys.executable, "-m", "acq_engine", "--version"], check=False, timeout=60,
                            capture_output=True, text=True)
    assert result.returncode == 0
    assert result.stdout.startswith("acq ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes")
def test_a_reader_that_goes_away_is_no_error_page() -> None:
    script = (
        "import typer\nfrom acq_engine.cli.console import handled\napp = typer.Typer()\n"
        "def talk() -> None:\n    print('word ' * 1_000_000, flush=True)\n"
        "app.command()(handled(talk))\napp()"
    )
    result = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" | true', sys.executable, script], check=False, timeout=60,
        capture_output=True, text=True,
    )
    assert result.stderr == ""
