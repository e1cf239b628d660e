"""From options and files to settings; the progress bar and its clock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acq_engine.cli.run_view import WholeProgress, duration
from acq_engine.errors import ConfigError
from acq_engine.events import (
    PhasePlan,
)
from acq_engine.settings import RunConfig
from acq_engine.settings.command_line import build_config
from acq_engine.settings.options import setting_options
from acq_engine.store import RunStore
from tests.engine.cli.made_up import acq


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
