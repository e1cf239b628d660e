"""Settings: one JSON for window, command line and run folder."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import BaseModel

from acq_engine.errors import ConfigError
from acq_engine.settings import SCHEMA_VERSION, RunConfig
from acq_engine.settings.presets import SCHEDULES, with_method, with_preset


def test_settings_survive_the_trip_through_json() -> None:
    config = with_preset(with_method(RunConfig(), "gdfq"), "accurate")
    config.quantization.layer_bits = {"layer1.0.conv1": 5}
    assert RunConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize("bits", [1, 9, 0, -4, "many"])
@pytest.mark.parametrize("which", ["weight_bits", "activation_bits", "edge_bits"])
def test_bits_outside_2_to_8_are_refused_with_the_settings_name(which: str, bits: object) -> None:
    with pytest.raises(ConfigError, match=which) as caught:
        RunConfig.from_data({"quantization": {which: bits}})
    assert str(bits) in caught.value.cause
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "text", ["{", "[]", json.dumps({"colour": "red"}), json.dumps({"model": {"source": "checkpoint"}}),
             json.dumps({"schema_version": 99})],
)
def test_settings_that_make_no_sense_are_a_config_error(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        RunConfig.from_json(text)
    assert caught.value.message.endswith(".")


def test_going_to_the_baseline_and_back_gives_the_defaults_again() -> None:
    config = RunConfig()
    baseline = with_method(config, "gdfq")
    assert baseline.generator.kind == "gdfq"
    assert baseline.losses.centre == baseline.losses.pair == baseline.losses.modes_attention == 0
    assert with_method(baseline, "acq") == config


def test_methods_and_presets_keep_what_they_are_not_about() -> None:
    config = RunConfig(seed=7)
    config.quantization.weight_bits = 3
    changed = with_preset(with_method(config, "gdfq"), "balanced")
    assert (changed.seed, changed.quantization.weight_bits) == (7, 3)
    assert changed.schedule.warmup_steps == SCHEDULES["balanced"]["warmup_steps"]
    assert config == RunConfig(seed=7, quantization=config.quantization)  # the original is untouched


def test_the_default_schedule_is_the_fast_preset() -> None:
    assert with_preset(RunConfig(), "fast") == RunConfig()


def test_a_version_that_is_no_number_is_refused_in_words() -> None:
    with pytest.raises(ConfigError, match="schema_version"):
        RunConfig.from_json('{"schema_version": "two"}')


def test_a_newer_file_says_so() -> None:
    with pytest.raises(ConfigError, match="newer version"):
        RunConfig.from_data({"schema_version": SCHEMA_VERSION + 1})


@pytest.mark.parametrize("quantization", [{"activation_bits": 3}, {}, None])
def test_settings_from_before_shortcuts_had_bits_keep_their_network_and_precision(
    quantization: dict[str, int] | None
) -> None:
    data = {"schema_version": 1} | ({} if quantization is None else {"quantization": quantization})
    config = RunConfig.from_data(data)
    assert config.quantization.shortcut_bits == 2, "at least the activations' bits, whatever these are set to"
    assert (config.schema_version, config.precision) == (SCHEMA_VERSION, "float32")
    assert RunConfig.from_json(config.to_json()) == config
    assert RunConfig.from_data({"quantization": {"activation_bits": 3}}).quantization.shortcut_bits == 8
    with pytest.raises(ConfigError, match="quantization"):
        RunConfig.from_data({"schema_version": 1, "quantization": "few"})


@pytest.mark.parametrize(("quantization", "bits"), [({"activation_bits": 3}, 3), ({}, 4), (None, 4)])
def test_settings_from_before_the_first_output_had_bits_keep_their_network(
    quantization: dict[str, int] | None, bits: int
) -> None:
    data = {"schema_version": 3} | ({} if quantization is None else {"quantization": quantization})
    config = RunConfig.from_data(data)
    assert config.quantization.bits_of_first_output(read_by_depthwise=True) == bits
    assert RunConfig.from_json(config.to_json()) == config
    today = RunConfig.from_data({"quantization": {"activation_bits": 3}}).quantization
    assert today.bits_of_first_output(read_by_depthwise=True) == 8
    with pytest.raises(ConfigError, match="quantization"):
        RunConfig.from_data({"schema_version": 3, "quantization": "few"})


def test_every_setting_is_explained_in_two_sentences() -> None:
    def check(section: type[BaseModel]) -> None:
        for name, field in section.model_fields.items():
            inner = field.annotation
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                check(inner)
            elif name != "schema_version":
                text = field.description or ""
                assert len(re.findall(r"[.](?= |$)", text)) == 2 and text.endswith("."), (name, text)

    check(RunConfig)
