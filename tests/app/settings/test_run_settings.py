"""Settings: validated as typed, reasons in words, undo, methods and presets."""

from __future__ import annotations

from pathlib import Path

from acq_app.settings.fields import field_specs
from acq_app.settings.readiness import blockers
from acq_app.settings.run_settings import RunSettings
from acq_engine.settings import RunConfig


def test_every_setting_has_a_spec_and_a_title() -> None:
    specs = field_specs()
    assert {"method", "seed", "losses.class_", "quantization.weight_bits", "test_set.path"} <= set(specs)
    assert all(spec.title and spec.help for spec in specs.values())
    bits = specs["quantization.edge_bits"]
    assert bits.optional and (bits.low, bits.high) == (2, 8) and bits.range_text() == "2 to 8 bits"


def test_a_value_out_of_range_is_refused_with_its_reason(qapp: object) -> None:
    model = RunSettings()
    assert not model.set_value("quantization.weight_bits", 12)
    assert model.problem("quantization.weight_bits") == "Must be 2 to 8 bits."
    assert model.config.quantization.weight_bits == 4
    assert blockers(model.config, model.problems()) == ["Weights: must be 2 to 8 bits."]
    assert model.set_value("quantization.weight_bits", 3)
    assert not model.problems() and not blockers(model.config, model.problems())


def test_reasons_find_aliased_fields_and_rules_over_two_fields(qapp: object) -> None:
    model = RunSettings()
    assert not model.set_value("losses.class_", -1)
    assert model.problem("losses.class_") == "Must be 0 to 100."
    assert not model.set_value("losses.class_", "abc")
    assert "number" in model.problem("losses.class_")
    assert model.set_values({"model.mean": (0.5,), "model.std": (0.5,)})
    assert not model.set_value("model.std", (0.0,))
    assert model.problem("model.std") == "Every standard deviation must be above 0."


def test_undo_and_redo(qapp: object) -> None:
    model = RunSettings(clock=lambda: 5.0)  # a machine under load must not part what belongs together
    model.set_value("quantization.weight_bits", 3)
    model.set_value("losses.pair", 7.0)
    model.set_value("losses.pair", 8.0)  # follows at once: one step with the one before
    assert model.undo_text() == "pair"
    model.undo()
    assert model.value("losses.pair") == RunConfig().losses.pair and model.value("quantization.weight_bits") == 3
    model.undo()
    assert model.config == RunConfig() and model.undo_text() == ""
    model.redo()
    assert model.value("quantization.weight_bits") == 3
    model.set_locked(True)
    assert not model.set_value("losses.pair", 9.0) and model.undo_text() == ""


def test_a_later_change_of_the_same_setting_is_undone_by_itself(qapp: object) -> None:
    times = iter((0.0, 0.5, 2.0))
    model = RunSettings(clock=lambda: next(times))
    for value in (7.0, 8.0, 9.0):
        model.set_value("losses.pair", value)
    model.undo()
    assert model.value("losses.pair") == 8.0
    model.undo()
    assert model.value("losses.pair") == RunConfig().losses.pair


def test_gdfq_is_one_click_and_back(qapp: object) -> None:
    model = RunSettings()
    model.set_value("quantization.weight_bits", 3)
    model.set_method("gdfq")
    assert model.value("generator.kind") == "gdfq" and model.value("losses.centre") == 0
    assert model.value("quantization.weight_bits") == 3
    assert model.is_default("losses.centre")
    model.set_method("acq")
    assert model.config.losses == RunConfig().losses


def test_presets_and_custom(qapp: object) -> None:
    model = RunSettings()
    model.set_preset("balanced")
    assert model.value("schedule.warmup_steps") == 600
    model.set_value("schedule.warmup_steps", 601)
    assert model.value("schedule.preset") == "custom"
    model.set_value("schedule.warmup_steps", 600)
    assert model.value("schedule.preset") == "balanced"


def test_a_preset_replaces_what_was_no_value(qapp: object) -> None:
    model = RunSettings()
    model.set_problem("schedule.warmup_steps", "no number")
    model.set_problem("quantization.weight_bits", "no number")
    told: list[list[str]] = []
    model.changed.connect(lambda: told.append(list(model.problems())))
    model.set_preset("balanced")
    assert told[-1] == ["quantization.weight_bits"], "the field shows its new value at once"
    assert list(model.problems()) == ["quantization.weight_bits"], "a preset has no bits"
    model.set_problem("losses.bn", "no number")
    model.set_method("gdfq")
    assert list(model.problems()) == ["quantization.weight_bits"]


def test_blockers_name_what_is_missing(tmp_path: Path) -> None:
    config = RunConfig.from_data({"model": {"source": "checkpoint", "path": str(tmp_path / "net.pt")}})
    assert blockers(config, {}) == ["The model file does not exist: net.pt."]
    (tmp_path / "net.pt").write_bytes(b"x")
    assert blockers(config, {}) == []
    assert blockers(config, {}, "The file is damaged.") == ["The file is damaged."]
    config = RunConfig.from_data({"test_set": {"path": str(tmp_path / "gone")}})
    assert blockers(config, {}) == ["The test images do not exist: gone."]
