"""A sweep's grid, its file and its folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acq_engine.errors import ConfigError, StorageError
from acq_engine.events import Evaluated, Event, Failed, Finished, ModelSummary, PhaseStarted, RunStarted, Verified
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import GDFQ, SCHEDULES
from acq_engine.store import RunStore
from acq_engine.sweep.folder import SweepFolder, list_sweeps
from acq_engine.sweep.plan import Axis, SweepPlan, is_sweep_file
from acq_engine.sweep.variables import find_variable, text_of, variables

MODEL = ModelSummary("fashion", "fashion_resnet", 80_000, 9, 10, (1, 32, 32), 320_000)


def plan(*axes: str, **settings: Any) -> SweepPlan:
    return SweepPlan("test", RunConfig(**settings), tuple(Axis.parse(text) for text in axes))


def test_every_combination_is_a_run_of_its_own() -> None:
    made = plan("weight_bits=2..4", "losses.pair=0,1.5")
    assert made.count == 6 and len({run.name for run in made.runs}) == 6
    assert [run.name for run in made.runs][:3] == ["01-w2-pair0", "02-w2-pair1.5", "03-w3-pair0"]
    assert {(run.config.quantization.weight_bits, run.config.losses.pair) for run in made.runs} == {
        (bits, pair) for bits in (2, 3, 4) for pair in (0.0, 1.5)}
    assert made.runs[0].config.quantization.activation_bits == RunConfig().quantization.activation_bits


def test_bits_are_those_of_weights_and_activations() -> None:
    config = plan("bits=3,5").runs[1].config.quantization
    assert (config.weight_bits, config.activation_bits) == (5, 5)
    with pytest.raises(ConfigError, match="twice"):
        plan("bits=3,5", "weight_bits=2,3")


def test_methods_and_presets_take_all_that_belongs_to_them() -> None:
    made = plan("method=acq,gdfq", "preset=fast,balanced", "centre=1,2")
    last = made.runs[-1].config
    assert last.method == "gdfq" and last.generator.kind == GDFQ["generator"]["kind"]
    assert last.schedule.finetune_steps == SCHEDULES["balanced"]["finetune_steps"]
    assert last.losses.centre == 2, "an axis counts more than the method"


def test_steps_other_than_the_presets_are_custom() -> None:
    assert plan("finetune_steps=10,300").runs[0].config.schedule.preset == "custom"
    assert plan("finetune_steps=10,300").runs[1].config.schedule.preset == "fast"


@pytest.mark.parametrize(("text", "words"), [
    ("weight_bits", "values"), ("weight_bits=", "an integer"), ("weight_bits=2,x", "an integer"),
    ("weight_bits=2.5", "an integer"), ("weight_bits=9", "weight_bits"), ("pair=1,1", "duplicate value"),
    ("seed=0..500", "too many"), ("pair=3..1", "not a range"), ("no_such_thing=1", "no setting"),
    ("method=lsq", "one of acq, gdfq"), ("flip=maybe", "on or off"), ("pair=nan", "pair"),
    ("pair=0..inf", "not a range"), ("pair=nan..1", "not a range"),
])
def test_what_can_not_be_run_is_refused_with_its_reason(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        plan(text)
    assert words in str(caught.value)


def test_a_grid_has_bounds() -> None:
    with pytest.raises(ConfigError, match="too many runs") as caught:
        plan("seed=0..19", "weight_bits=2..8", "activation_bits=2..8")
    assert "20 × 7 × 7 = 980" in str(caught.value)
    with pytest.raises(ConfigError, match="to vary"):
        plan()


def test_settings_are_found_by_every_name_they_have() -> None:
    for name in ("losses.class_", "losses.class", "class-weight", "--class-weight", "class"):
        assert find_variable(name).path == "losses.class_"
    assert "model.path" not in variables() and "test_set.limit" not in variables()


@given(st.sampled_from([item for item in variables().values() if item.is_number]),
       st.integers(min_value=0, max_value=10_000))
def test_a_value_survives_being_written(variable: Any, number: int) -> None:
    value = number if variable.kind == "int" else number / 8
    assert variable.value(text_of(value)) == value
    assert variable.kind == "int" or variable.value(text_of(number + 1 / 3)) == number + 1 / 3


def test_a_sweep_file_gives_the_same_runs(tmp_path: Path) -> None:
    made = plan("bits=2,3", "class=0.5,1", "learned_scales=on,off", seed=7)
    made.save(tmp_path / "sweep.json")
    read = SweepPlan.load(tmp_path / "sweep.json")
    assert [(run.name, run.config) for run in read.runs] == [(run.name, run.config) for run in made.runs]
    assert is_sweep_file(tmp_path / "sweep.json")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"axes": 3}', '{"axes": []}', '{"axes": [4]}', '{"axes": [{}]}',
                                  '{"axes": [{"setting": "pair", "values": [[1]]}]}', '{"schema": "x", "axes": []}',
                                  '{"schema": 9, "axes": []}', '{"settings": {"no": 1}, "axes": []}'])
def test_a_broken_sweep_file_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "sweep.json").write_text(text)
    with pytest.raises(ConfigError):
        SweepPlan.load(tmp_path / "sweep.json")


def test_a_file_can_not_give_consent() -> None:
    data = plan("bits=2,3").to_data()
    data["settings"]["model"]["trust"] = True
    assert not SweepPlan.from_data(data).runs[0].config.model.trust
    assert SweepPlan.from_data(data).with_trust(True).runs[1].config.model.trust


def write(folder: Path, config: RunConfig, *events: Event) -> None:
    with RunStore.create(folder, config, model=MODEL) as store:
        for event in (RunStarted(str(folder), MODEL, (), "cpu", 0), PhaseStarted("warmup", 4), *events):
            store.write(event)


def good_end() -> list[Event]:
    return [
        Evaluated("student", 2000, "test", 90.0, agreement=97.5),
        Verified("model.onnx", True, 512, "test", 100.0, 99.9, 10, 0, 0.42, 0.7, "ONNX Runtime"),
        Finished("succeeded", 92.0, 90.0, 90.0, 100.0, {}, 60.0, True, 320_000, 60_000),
    ]


def test_the_folder_knows_what_is_left_and_its_table_has_the_figures(tmp_path: Path) -> None:
    sweep = SweepFolder.create(tmp_path / "sweep", plan("bits=2..5"))
    runs = sweep.plan.runs
    write(sweep.folder(runs[0]), runs[0].config, *good_end())
    write(sweep.folder(runs[1]), runs[1].config, Failed("The loss is not a number."))
    sweep.note_problem(runs[2], "The model file is missing.")
    again = SweepFolder.open(tmp_path / "sweep")
    assert [run.name for run in again.unfinished()] == [run.name for run in runs[1:]]
    rows = list(csv.DictReader(again.write_table().read_text().splitlines()))
    assert [row["state"] for row in rows] == ["succeeded", "failed", "failed", "waiting"]
    figures = [rows[0][name] for name in ("bits", "student_top1", "lost", "agreement")]
    assert figures == ["2", "90", "-2", "97.5"]
    assert rows[0]["exported_bytes"] == "60000" and rows[0]["latency_ms"] == "0.42"
    assert rows[1]["problem"] == "The loss is not a number." and rows[2]["problem"] == "The model file is missing."
    assert rows[3]["student_top1"] == ""
    again.note_problem(runs[2], "")
    assert SweepFolder.open(tmp_path / "sweep").rows()[2].state == "waiting"


def test_a_damaged_run_keeps_none_of_the_others(tmp_path: Path) -> None:
    sweep = SweepFolder.create(tmp_path / "sweep", plan("bits=2,3"))
    write(sweep.folder(sweep.plan.runs[0]), sweep.plan.runs[0].config, *good_end())
    (sweep.folder(sweep.plan.runs[0]) / "run.json").write_text("{")
    assert sweep.unfinished() == list(sweep.plan.runs)
    assert sweep.rows()[0].state == "failed"


def test_a_run_that_somebody_works_on_is_left_alone(tmp_path: Path) -> None:
    sweep = SweepFolder.create(tmp_path / "sweep", plan("bits=2,3"))
    first = sweep.plan.runs[0]
    with RunStore.create(sweep.folder(first), first.config, model=MODEL) as store:
        store.write(RunStarted("x", MODEL, (), "cpu", 0))
        assert [run.name for run in sweep.unfinished()] == [sweep.plan.runs[1].name]
        assert sweep.row(first).state == "running"
    assert sweep.row(first).state == "interrupted"
    assert len(sweep.unfinished()) == 2


def test_sweeps_are_listed_and_never_overwritten(tmp_path: Path) -> None:
    SweepFolder.create(tmp_path / "one", plan("bits=2,3"))
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sweep.json").write_text("{}")
    assert [sweep.path.name for sweep in list_sweeps(tmp_path)] == ["one"]
    assert list_sweeps(tmp_path / "gone") == []
    with pytest.raises(StorageError, match="already"):
        SweepFolder.create(tmp_path / "one", plan("bits=4,5"))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    with pytest.raises(StorageError):
        SweepFolder.create(tmp_path / "other", plan("bits=4,5"))
    assert json.loads((tmp_path / "one" / "sweep.json").read_text())["axes"][0]["values"] == [2, 3]
