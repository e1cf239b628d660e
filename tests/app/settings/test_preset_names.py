"""Window, command line and sweeps say the same of a preset: still this one, another one, or none any more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acq_app.settings.run_settings import RunSettings
from acq_engine.pipeline.preset_scaling import scale_preset
from acq_engine.settings import Preset, RunConfig
from acq_engine.settings.command_line import build_config
from acq_engine.settings.presets import SCHEDULES, is_preset, with_preset
from acq_engine.settings.reading import read_settings
from acq_engine.store import RunStore
from acq_engine.sweep.plan import Axis, SweepPlan
from tests.engine.pipeline.test_preset_scaling import large


def scaled(preset: Preset) -> RunConfig:
    """A preset as a run of a large network stores it."""
    config, said = scale_preset(with_preset(RunConfig(), preset), large())
    assert said
    return config


def off(name: Preset, **schedule: Any) -> RunConfig:
    """A preset of which some settings were changed by hand, and its name was not."""
    config = with_preset(RunConfig(), name)
    return config.model_copy(update={"schedule": config.schedule.model_copy(update=schedule)})


def in_the_window(config: RunConfig, name: str, value: Any) -> RunConfig:
    model = RunSettings()
    model.replace(config, "Load settings")
    assert model.set_value(f"schedule.{name}", value)
    return model.config


def on_the_command_line(config: RunConfig, name: str, value: Any, folder: Path) -> RunConfig:
    file = folder / "settings.json"
    file.write_text(config.to_json())
    return build_config(None, None, file, {f"schedule__{name}": value})


def in_a_sweep(config: RunConfig, name: str, value: Any) -> RunConfig:
    plan = SweepPlan("one", config, (Axis.parse(f"schedule.{name}={value}"),))
    again = SweepPlan.from_data(json.loads(json.dumps(plan.to_data())))
    assert again.runs[0].config == plan.runs[0].config, "a stored sweep is the same sweep"
    return plan.runs[0].config


BALANCED = SCHEDULES["balanced"]


@pytest.mark.parametrize(("config", "name", "value", "expected"), [
    (with_preset(RunConfig(), "balanced"), "finetune_steps", 3001, "custom"),
    (with_preset(RunConfig(), "balanced"), "finetune_steps", BALANCED["finetune_steps"], "balanced"),
    (with_preset(RunConfig(), "balanced"), "student_lr", 0.01, "balanced"),  # no preset sets it
    (off("balanced", finetune_steps=7), "finetune_steps", BALANCED["finetune_steps"], "balanced"),
    (off("balanced", finetune_steps=7, preset="custom"), "finetune_steps", BALANCED["finetune_steps"], "balanced"),
    (off("balanced", preset="custom"), "student_lr", 0.01, "custom"),  # it was chosen: nothing is to be scaled
    (off("balanced", preset="custom"), "finetune_steps", BALANCED["finetune_steps"], "custom"),
    (off("balanced", preset="fast"), "student_lr", 0.01, "balanced"),
    (scaled("balanced"), "student_lr", 0.01, "custom"),
    (scaled("balanced"), "finetune_steps", 123, "custom"),
    (scaled("accurate"), "finetune_steps", SCHEDULES["accurate"]["finetune_steps"], "custom"),
])
def test_the_three_entrances_agree(
    qapp: object, tmp_path: Path, config: RunConfig, name: str, value: Any, expected: str
) -> None:
    found = {
        "window": in_the_window(config, name, value),
        "command line": on_the_command_line(config, name, value, tmp_path),
        "sweep": in_a_sweep(config, name, value),
    }
    assert {place: one.schedule.preset for place, one in found.items()} == dict.fromkeys(found, expected)
    assert {place: one.schedule for place, one in found.items()} == dict.fromkeys(found, found["window"].schedule)
    assert is_preset(found["window"].schedule) == (expected != "custom")
    assert (scale_preset(found["window"], large())[1] != "") == (expected != "custom"), "only a preset is scaled"


def test_settings_that_were_scaled_are_read_alike_from_a_run_and_from_a_file(qapp: object, tmp_path: Path) -> None:
    config = scaled("balanced")
    RunStore.create(tmp_path / "run", config).close()
    (tmp_path / "settings.json").write_text(config.to_json())
    model = RunSettings(RunStore.open(tmp_path / "run").config)
    seen = [read_settings(tmp_path / name) for name in ("run", "run/run.json", "settings.json")] + [model.config]
    assert [one.schedule.preset for one in seen] == ["custom"] * 4, "they are not what the preset sets"
    assert all(one.schedule.finetune_steps == config.schedule.finetune_steps for one in seen)
    assert all(scale_preset(one, large()) == (one, "") for one in seen), "they are not scaled again"
    assert RunStore.open(tmp_path / "run").config == config, "what a run was made with stays as it is"
