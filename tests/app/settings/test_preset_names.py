"""Window, command line and sweeps say the same of a preset: still this one, another one, or none any more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acq_app.settings.run_settings import RunSettings
from acq_engine.pipeline.plan import apply_plan, make_plan
from acq_engine.settings import Preset, RunConfig
from acq_engine.settings.command_line import build_config
from acq_engine.settings.presets import SCHEDULES, budget_minutes, is_preset, nearest_preset, with_preset
from acq_engine.settings.reading import read_settings
from acq_engine.store import RunStore
from acq_engine.sweep.plan import Axis, SweepPlan
from tests.engine.pipeline.test_plan import LARGE, OF_THOUSAND


def planned(preset: Preset) -> RunConfig:
    """A preset as a run of a large network stores it."""
    config = with_preset(RunConfig(), preset)
    schedule = apply_plan(config.schedule, make_plan(config.schedule, LARGE, OF_THOUSAND))
    assert schedule != config.schedule
    return config.model_copy(update={"schedule": schedule})


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
    (off("balanced", preset="custom"), "student_lr", 0.01, "custom"),  # it was chosen: no time is set
    (off("balanced", preset="custom"), "finetune_steps", BALANCED["finetune_steps"], "custom"),
    (off("balanced", preset="fast"), "student_lr", 0.01, "balanced"),
    (planned("balanced"), "student_lr", 0.01, "custom"),
    (planned("balanced"), "finetune_steps", 123, "custom"),
    (planned("accurate"), "finetune_steps", SCHEDULES["accurate"]["finetune_steps"], "custom"),
    (with_preset(RunConfig(), "balanced"), "minutes", 7.5, "custom"),  # a preset is its time
    (off("balanced", minutes=7.5, preset="custom"), "student_lr", 0.01, "custom"),
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
    limited = expected != "custom" or found["window"].schedule.minutes is not None
    assert (budget_minutes(found["window"].schedule) is not None) == limited, "only a preset, or a time, is a limit"


def test_another_time_keeps_the_steps_of_the_preset_as_the_most(qapp: object, tmp_path: Path) -> None:
    config = on_the_command_line(with_preset(RunConfig(), "balanced"), "minutes", 7.5, tmp_path)
    assert nearest_preset(config.schedule) == "balanced"
    assert budget_minutes(config.schedule) == 7.5
    again = with_preset(config, "balanced").schedule
    assert again.minutes is None
    assert budget_minutes(again) == 20


def test_settings_that_were_planned_are_read_alike_from_a_run_and_from_a_file(qapp: object, tmp_path: Path) -> None:
    config = planned("balanced")
    RunStore.create(tmp_path / "run", config).close()
    (tmp_path / "settings.json").write_text(config.to_json())
    model = RunSettings(RunStore.open(tmp_path / "run").config)
    seen = [read_settings(tmp_path / name) for name in ("run", "run/run.json", "settings.json")] + [model.config]
    assert [one.schedule.preset for one in seen] == ["custom"] * 4, "they are not what the preset sets"
    assert all(one.schedule.finetune_steps == config.schedule.finetune_steps for one in seen)
    assert all(budget_minutes(one.schedule) is None for one in seen), "they are not planned again"
    assert RunStore.open(tmp_path / "run").config == config, "what a run was made with stays as it is"
