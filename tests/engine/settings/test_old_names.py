"""Flags and values by the names of earlier versions: read everywhere, shown nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acq_engine.settings import RunConfig
from acq_engine.settings.command_line import build_config, command_for
from acq_engine.settings.options import given_settings, setting_options
from acq_engine.sweep.plan import Axis, SweepPlan
from tests.engine.cli.made_up import acq

OLD_FLAGS = {
    "--shortcut-bits": "--skip-bits", "--convention": "--scheme", "--generator-from": "--reuse-generator",
    "--averaging": "--weight-ema", "--decay": "--lr-schedule", "--second-look": "--hard-sample-replay",
    "--canvas-share": "--procedural-share", "--canvas-limit": "--procedural-limit",
    "--modes-bn-weight": "--eval-train-bn-weight", "--modes-output-weight": "--eval-train-output-weight",
    "--modes-attention-weight": "--eval-train-attention-weight", "--modes-every": "--eval-train-every",
    "--pictures": "--own-images",
}
VALUES = [  # section, setting, stored, shown
    ("quantization", "convention", "A", "paper"), ("quantization", "convention", "B", "deployable"),
    ("quantization", "rounding", "reconstruct", "gptq"), ("schedule", "decay", "quarters", "step"),
]


def test_no_old_flag_is_lost() -> None:
    assert {old: option.flag for option in setting_options() for old in option.old_flags} == OLD_FLAGS


def test_the_help_shows_the_new_names_only() -> None:
    text = acq("quantize", "--help").output
    assert [flag for flag in OLD_FLAGS if flag in text] == []
    assert [flag for flag in OLD_FLAGS.values() if flag not in text] == []
    assert [name for *_, name in VALUES if name not in text] == []


@pytest.mark.parametrize(("old", "new"), OLD_FLAGS.items())
def test_an_old_flag_sets_what_the_new_one_sets(old: str, new: str) -> None:
    option = next(option for option in setting_options() if option.flag == new)
    behind = dict(zip(option.old_flags, option.old_parameters, strict=True))[old]
    value: Any = {"--scheme": "paper", "--lr-schedule": "step", "--reuse-generator": Path("run")}.get(new, 3)
    assert given_settings({behind: value}) == given_settings({option.parameter: value}) != {}


@pytest.mark.parametrize("words", [
    ("--convention", "A", "--shortcut-bits", "2"), ("--scheme", "paper", "--skip-bits", "2"), ("--scheme", "A"),
])
def test_the_command_line_reads_both(words: tuple[str, ...]) -> None:
    result = acq("inspect", "--sample", "fashion", *words, "--json")
    assert result.exit_code == 0, result.output
    rows = [row for row in json.loads(result.stdout)["rows"] if row["quantizable"]]
    assert {row["weight_bits"] for row in rows} == {4}, "no 8 bits for the first and the last layer"


def test_another_value_is_refused_by_the_names_that_are_shown() -> None:
    result = acq("inspect", "--sample", "fashion", "--scheme", "C")
    assert result.exit_code == 2 and "deployable" in result.output + result.stderr


@pytest.mark.parametrize(("section", "name", "stored", "shown"), VALUES)
def test_both_names_of_a_value_are_read_and_the_old_one_is_stored(
    section: str, name: str, stored: str, shown: str
) -> None:
    for value in (stored, shown):
        config = RunConfig.from_data({section: {name: value}})
        assert getattr(getattr(config, section), name) == stored
        assert json.loads(config.to_json())[section][name] == stored
    setattr(getattr(config, section), name, shown)
    assert getattr(getattr(config, section), name) == stored
    assert build_config(None, "fashion", None, {f"{section}__{name}": shown}) == build_config(
        None, "fashion", None, {f"{section}__{name}": stored})


def test_a_command_is_written_with_the_new_names() -> None:
    config = RunConfig.from_data({"quantization": {"convention": "A"}, "schedule": {"canvas_share": 0.2}})
    words = command_for(config)
    assert "--scheme paper" in words and "--procedural-share 0.2" in words


def test_a_sweep_reads_both_and_an_old_file_keeps_its_runs_names() -> None:
    for text in ("decay=cosine,quarters", "lr-schedule=cosine,quarters", "convention=A,B", "scheme=paper,deployable"):
        assert SweepPlan("s", RunConfig(), (Axis.parse(text),)).count == 2
    old = SweepPlan.from_data({"axes": [{"setting": "quantization.convention", "values": ["A", "B"]}]})
    assert [run.name for run in old.runs] == ["01-conventionA", "02-conventionB"]
    assert [run.config.quantization.convention for run in old.runs] == ["A", "B"]
