"""Settings from files of every kind, and what can't be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acq_engine.errors import ConfigError
from acq_engine.settings import Preset, RunConfig, reading
from acq_engine.settings.presets import SCHEDULES, with_method, with_preset
from acq_engine.settings.reading import read_settings, settings_from
from acq_engine.store import RunStore


def test_settings_are_found_in_every_kind_of_file(tmp_path: Path) -> None:
    config = RunConfig(seed=7)
    RunStore.create(tmp_path / "run", config).close()
    data = json.loads(config.to_json())
    (tmp_path / "settings.json").write_text(config.to_json())
    (tmp_path / "preset.json").write_text(json.dumps({"schema": 1, "kind": "preset", "name": "x", "settings": data}))
    for name in ("run", "run/run.json", "settings.json", "preset.json"):
        assert read_settings(tmp_path / name) == config


def test_older_settings_go_on_as_they_began_and_none_give_consent() -> None:
    older = settings_from({"schema_version": 1, "quantization": {"weight_bits": 3}, "model": {"trust": True}})
    assert (older.precision, older.quantization.shortcut_bits, older.quantization.weight_bits) == ("float32", 2, 3)
    assert not older.model.trust


@pytest.mark.parametrize("text", ["[" * 100_000, "{", '{"settings": 3}', '{"settings": {"unknown": 1}}', '"text"'])
def test_what_is_no_settings_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text)
    with pytest.raises(ConfigError):
        read_settings(tmp_path / "settings.json")


def test_a_file_that_is_too_large_or_not_there_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.json").write_text("{}")
    monkeypatch.setattr(reading, "MOST_BYTES", 1)
    with pytest.raises(ConfigError, match="not a settings file"):
        read_settings(tmp_path / "settings.json")
    with pytest.raises(ConfigError, match="can't be read"):
        read_settings(tmp_path / "gone.json")


@pytest.mark.parametrize("preset", SCHEDULES)
def test_a_preset_that_is_named_alone_brings_its_steps(preset: Preset) -> None:
    config = settings_from({"schedule": {"preset": preset}})
    assert config == with_preset(RunConfig(), preset)


def test_steps_that_are_given_beside_a_preset_stay_and_are_no_preset() -> None:
    config = settings_from({"schedule": {"preset": "balanced", "finetune_steps": 70}})
    assert (config.schedule.warmup_steps, config.schedule.finetune_steps) == (600, 70)
    assert config.schedule.preset == "custom"


def test_a_method_that_is_named_alone_is_that_method() -> None:
    assert settings_from({"method": "gdfq"}) == with_method(RunConfig(), "gdfq")
    own = settings_from({"method": "gdfq", "losses": {"class": 2.0}})
    assert own.losses.class_ == 2.0 and own.losses.temperature == 20.0


@pytest.mark.parametrize(("typed", "source", "name"), [
    ("ResNet18", "torchvision", "resnet18"), ("torchvision.models.resnet18", "torchvision", "resnet18"),
    ("torchvision/resnet18", "torchvision", "resnet18"), ("resnet18.a1_in1k", "timm", "resnet18.a1_in1k"),
    ("hf-hub:timm/resnet18.a1_in1k", "timm", "resnet18.a1_in1k"),
])
def test_names_are_taken_as_people_copy_them(typed: str, source: str, name: str) -> None:
    from acq_engine.settings.command_line import build_config

    chosen = build_config(typed, None, None, {}).model
    assert (chosen.source, chosen.name, chosen.path) == (source, name, None)
