"""Runs that follow a plan: where it stands, what a resumed run does, what measuring leaves behind."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from acq_engine.errors import ConfigError
from acq_engine.events import Event, Finished, LogMessage, PhaseStarted, Planned, RunPlan, StepCosts
from acq_engine.generation import procedural_images
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline import plan_measure, preparation
from acq_engine.pipeline.plan_measure import describe_case, measure_costs
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.report.run_data import gather
from acq_engine.report.sections import plan as report_section
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.store import RunStore
from acq_engine.store.plans import plan_lines, read_plan
from tests.engine.pipeline.test_plan import SMALL, faster

SCHEDULE: dict[str, Any] = {
    "preset": "custom", "minutes": 5.0, "warmup_steps": 3, "finetune_steps": 2, "generator_batch": 16,
    "student_batch": 8, "calibration_samples": 16, "canvas_share": 0.0, "checkpoint_every": 1,
}


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return load_model(ModelConfig())


def config(**schedule: Any) -> RunConfig:
    return RunConfig.from_data({
        "schedule": SCHEDULE | schedule, "test_set": {"limit": 20}, "device": "cpu", "threads": 1,
    })


class Measured:
    """Stands in for measuring: known costs, and how often they were asked for."""

    def __init__(self, costs: StepCosts) -> None:
        self.costs, self.asked, self.seconds = costs, 0, 0.0

    def __call__(self, config: RunConfig, loaded: LoadedModel, device: torch.device, seconds: float,
                 **_: Any) -> StepCosts:
        self.asked += 1
        self.seconds = seconds
        return self.costs


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Measured:
    stand_in = Measured(SMALL)
    monkeypatch.setattr(preparation, "measure_costs", stand_in)
    return stand_in


def plans(events: list[Event]) -> list[RunPlan]:
    return [event.plan for event in events if isinstance(event, Planned)]


def until(run: QuantizationRun, phase: str) -> list[Event]:
    """The run's events until it is cancelled at the beginning of a phase."""
    seen = []
    for event in run.events():
        seen.append(event)
        if isinstance(event, PhaseStarted) and event.phase == phase:
            run.course.control.cancel()
    return seen


def test_measuring_leaves_no_trace(loaded: LoadedModel) -> None:
    module = loaded.module
    state = {name: value.clone() for name, value in module.state_dict().items()}
    hooks = [len(one._forward_hooks) + len(one._forward_pre_hooks) for one in module.modules()]
    trained = [value.requires_grad for value in module.parameters()]
    asked = config(generator_batch=12)
    before = asked.model_copy(deep=True)
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    costs = measure_costs(asked, loaded, torch.device("cpu"), 1.0)
    assert torch.equal(torch.rand(3), expected), "nor in torch's own random numbers"
    assert asked == before
    assert all(torch.equal(value, state[name]) for name, value in module.state_dict().items())
    assert hooks == [len(one._forward_hooks) + len(one._forward_pre_hooks) for one in module.modules()]
    assert trained == [value.requires_grad for value in module.parameters()]
    assert not any(value.grad is not None for value in module.parameters())
    for name in ("generator_sample", "student_sample", "pixel_sample", "float_image", "quantized_image",
                 "integer_image", "build", "measuring", "generator_bytes", "student_bytes", "fit", "bank_sample",
                 "pair_image", "gather", "ranges_image"):
        assert getattr(costs, name) > 0, name
    case = describe_case(asked, loaded, None, torch.device("cpu"))
    assert (case.classes, case.procedural, case.is_small, case.test_images) == (10, 1024, True, 0)
    assert case.free_bytes > 0 and case.gathered > 0 and case.correction_images == 256 and case.sensitivity == 0
    asked.quantization.allocation = "sensitivity"
    layers = sum(isinstance(one, nn.Conv2d | nn.Linear) for one in module.modules())
    case = describe_case(asked, loaded, None, torch.device("cpu"))
    assert case.sensitivity == 2 * layers * 7 * 64 / 2, "weights and activations, at seven bit-widths, on 64 images"


def test_the_plan_stands_everywhere_and_is_what_a_resumed_run_follows(tmp_path: Path, measured: Measured) -> None:
    folder = tmp_path / "run"
    first = until(QuantizationRun.create(config(), folder), "warmup")
    made = plans(first)
    assert len(made) == 1
    assert made[0].minutes == 5
    assert measured.asked == 1
    assert measured.seconds == 15.0, "a twentieth of the minutes"
    assert RunStore.open(folder).info.plan == made[0]
    log = (folder / "log.txt").read_text()
    assert all(line in log for line in plan_lines(made[0]))
    second = until(QuantizationRun.resume(RunStore.open(folder)), "warmup")
    assert measured.asked == 1, "never measured again"
    assert plans(second) == made
    with RunStore.open(folder) as store:
        store.write(Finished("succeeded", None, None, None, None, {}, 90.0, planned_seconds=made[0].seconds,
                             minutes=5.0, peak_bytes=3 * 10**9))
        section = report_section(gather(store))
    assert "The run took 1.5 min; planned were" in section
    assert "Peak memory of the whole program: 3.0 GB." in section
    assert "generator warm-up" in section


def test_a_plan_that_is_given_is_followed(tmp_path: Path, measured: Measured) -> None:
    measured.costs = faster(SMALL, 1 / 60)
    asked = config(warmup_steps=250, finetune_steps=300, minutes=5.0, canvas_share=0.5)
    first = QuantizationRun.create(asked, tmp_path / "first")
    first.store.close()
    made = first.store.info.plan
    assert made is not None
    assert made.reduced
    measured.costs = SMALL
    given = read_plan(tmp_path / "first")
    again = QuantizationRun.create(asked, tmp_path / "again", plan=given)
    again.store.close()
    assert measured.asked == 1
    assert again.config.schedule == first.config.schedule
    assert again.store.info.plan == replace(made, reused=str(tmp_path / "first"))
    (tmp_path / "alone.json").write_text(json.dumps(json.loads((tmp_path / "first/run.json").read_text())["plan"]))
    assert replace(read_plan(tmp_path / "alone.json"), reused="") == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"settings": {}}', '{"plan": 3}', "null", "nonsense"])
def test_files_without_a_plan_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(ConfigError):
        read_plan(tmp_path / "plan.json")
    with pytest.raises(ConfigError):
        read_plan(tmp_path / "absent.json")


@pytest.mark.parametrize(("name", "value"), [("watch_samples", 0), ("sample_every", -1), ("calibration_samples", 1),
                                             ("procedural_images", 0), ("phases", []), ("checked_images", 10**7)])
def test_plans_that_no_run_can_follow_are_refused(tmp_path: Path, measured: Measured, name: str, value: Any) -> None:
    run = QuantizationRun.create(config(), tmp_path / "run")
    run.store.close()
    data = json.loads((tmp_path / "run/run.json").read_text())["plan"]
    (tmp_path / "plan.json").write_text(json.dumps(data | {name: value}))
    with pytest.raises(ConfigError, match="plan can't be used"):
        read_plan(tmp_path / "plan.json")


def test_a_run_without_a_limit_has_no_plan_and_is_not_measured(tmp_path: Path, measured: Measured) -> None:
    run = QuantizationRun.create(config(minutes=None), tmp_path / "run")
    run.store.close()
    assert measured.asked == 0
    assert run.store.info.plan is None
    with pytest.raises(ConfigError, match="no plan"):
        read_plan(tmp_path / "run")


def test_what_was_asked_for_by_name_is_kept(tmp_path: Path, measured: Measured) -> None:
    measured.costs = faster(SMALL, 1 / 60)
    asked = RunConfig.from_data({"schedule": {"preset": "fast", "minutes": 5.0}, "device": "cpu"})
    run = QuantizationRun.create(asked, tmp_path / "run", kept=["finetune_steps"])
    run.store.close()
    assert run.config.schedule.finetune_steps == 300
    assert run.config.schedule.warmup_steps == 0


def test_without_a_generator_procedural_images_are_all_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(procedural_images, "BANK_VALUES", 1)  # 64 of them
    asked = config(minutes=None, warmup_steps=0, finetune_steps=1, canvas_share=0.5, canvas_limit=0.0)
    run = QuantizationRun.create(asked, tmp_path / "run")
    events = list(run.events())
    end = events[-1]
    assert isinstance(end, Finished)
    assert end.verified
    assert end.planned_seconds is None
    assert end.peak_of == "process"
    assert run.course.session is not None
    assert run.course.session.batches.share == 1
    assert len(run.course.session.batches.for_checking(50)) == 50
    said = " ".join(event.text for event in events if isinstance(event, LogMessage))
    assert "procedural images used, as there is no generator" in said
    assert "teacher accuracy on samples" not in said
    with pytest.raises(ConfigError, match="left it out"):
        QuantizationRun.create(
            asked.model_copy(update={"generator": asked.generator.model_copy(update={"start": tmp_path / "run"})}),
            tmp_path / "second")


def test_little_time_is_enough_for_one_step_of_the_large_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few images take hardly less than many: their time must not stand for that of many."""
    schedule = config(student_batch=64).schedule
    measuring = object.__new__(plan_measure._Measuring)
    measuring.config = RunConfig(schedule=schedule)
    measuring.device, measuring.until = torch.device("cpu"), time.monotonic() + 1000.0
    schedule = measuring.config.schedule
    schedule.student_batch = 4
    monkeypatch.setattr(measuring, "_once", lambda _work: 20.0 if schedule.student_batch == 4 else 50.0)
    step, sample = measuring._line(lambda: None, "student_batch", 64, 1)
    assert step + 64 * sample == pytest.approx(50.0) and step + 4 * sample == pytest.approx(20.0)
    assert schedule.student_batch == 4
