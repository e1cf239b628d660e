"""Fine-tuning that brings nothing ends early."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from acq_engine.control import RunControl
from acq_engine.events import Event, FineTuned, LogMessage, StepMetrics
from acq_engine.pipeline.revert import Judge
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.pipeline.trial import is_due
from acq_engine.settings import RunConfig, ScheduleConfig
from acq_engine.store import RunStore

Student = dict[str, torch.Tensor]


def config(**schedule: Any) -> RunConfig:
    values = {"warmup_steps": 1, "finetune_steps": 12, "trial_steps": 4, "generator_batch": 8, "student_batch": 4,
              "preset": "custom", "calibration_samples": 8, "report_every": 1,
              "sample_every": 50, "checkpoint_every": 3} | schedule
    return RunConfig.from_data({
        "schedule": values, "device": "cpu", "threads": 1, "test_set": {"use_sample": False},
        "quantization": {"rounding": "nearest", "weight_range": "minmax"}})


def tuned(run: QuantizationRun) -> tuple[list[Event], Student]:
    """What a run says until fine-tuning is over, and its student then; evaluation and export are left out."""
    events, told = run.events(), list[Event]()
    for event in events:
        told.append(event)
        if isinstance(event, FineTuned):
            break
    assert run.course.session is not None and run.course.session.student is not None
    student = {name: value.clone() for name, value in run.course.session.student.state_dict().items()}
    events.close()  # type: ignore[attr-defined]
    return told, student


def made(folder: Path, **schedule: Any) -> tuple[list[Event], Student]:
    return tuned(QuantizationRun.create(config(**schedule), folder))


def steps(events: list[Event]) -> int:
    return [event.step for event in events if isinstance(event, StepMetrics) and event.phase == "finetune"][-1]


def equal(one: Student, other: Student) -> bool:
    return one.keys() == other.keys() and all(torch.equal(value, other[name]) for name, value in one.items())


@pytest.fixture(autouse=True)
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here depends on how many samples the student is judged by."""
    monkeypatch.setattr("acq_engine.pipeline.student_batches.UNSEEN_SAMPLES", 8)


@pytest.fixture
def better_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """At which looks the student is nearer to the teacher, instead of what is measured."""
    better = list[int]()

    def now(judge: Judge) -> float:
        judge.looks = getattr(judge, "looks", -1) + 1  # type: ignore[attr-defined]
        return 1.0 if not judge.looks else 0.5 if judge.looks in better else 2.0  # type: ignore[attr-defined]

    monkeypatch.setattr(Judge, "now", now)
    return better


def test_fine_tuning_that_does_not_help_ends_after_its_trial_and_says_so(
    tmp_path: Path, better_at: list[int],
) -> None:
    events, student = made(tmp_path / "run")
    assert steps(events) == 4 and events[-1] == FineTuned(False, 1, 1.0, 2.0, 4)
    assert any("ended after 4 steps" in one.text for one in events if isinstance(one, LogMessage))
    _, plain = made(tmp_path / "plain", finetune_steps=1, trial_steps=0)
    assert equal(student, plain), "it is as calibration left it"


def test_one_look_that_helps_is_enough_and_leaves_no_trace(tmp_path: Path, better_at: list[int]) -> None:
    better_at[:] = [1, 3]
    events, student = made(tmp_path / "with")
    assert steps(events) == 12 and isinstance(events[-1], FineTuned) and events[-1].kept
    assert any("1 steps brought" in one.text for one in events if isinstance(one, LogMessage))
    _, without = made(tmp_path / "without", trial_steps=0)
    assert equal(student, without)


@pytest.mark.parametrize(("nearer", "kept"), [(0.95, False), (0.85, True)])
def test_a_gain_that_is_within_the_noise_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nearer: float, kept: bool,
) -> None:
    found = iter([1.0] + 10 * [nearer])
    monkeypatch.setattr(Judge, "now", lambda judge: next(found))
    events, _ = made(tmp_path / "run")
    assert (steps(events) == 12) is kept


@pytest.mark.parametrize("at", [2, 4])
def test_a_run_that_is_stopped_in_its_trial_ends_as_if_nothing_had_happened(
    tmp_path: Path, better_at: list[int], at: int,
) -> None:
    control = RunControl()
    for event in QuantizationRun.create(config(), tmp_path / "run", control).events():
        if isinstance(event, StepMetrics) and event.phase == "finetune" and event.step == at:
            control.cancel()
    assert RunStore.open(tmp_path / "run").state == "stopped"
    events, _ = tuned(QuantizationRun.resume(RunStore.open(tmp_path / "run")))
    assert events[-1] == FineTuned(False, 1, 1.0, 2.0, 4)


@pytest.mark.parametrize(("changed", "due"), [
    ({}, True), ({"trial_steps": 0}, False), ({"finetune_steps": 170}, False), ({"finetune_steps": 301}, False),
    ({"generator_every": 1}, False)])
def test_only_fine_tuning_of_a_few_hundred_steps_is_tried(changed: dict[str, Any], due: bool) -> None:
    assert is_due(ScheduleConfig(**changed)) is due


def test_runs_of_older_versions_go_on_without_a_trial() -> None:
    data = RunConfig().model_dump(mode="json", by_alias=True) | {"schema_version": 2}
    del data["schedule"]["trial_steps"]
    data["losses"]["centre"] = 3.0
    older = RunConfig.from_data(data)
    assert older.schedule.trial_steps == 0 and older.losses.centre == 3.0
    few = RunConfig.from_data({"schema_version": 2})
    assert few.schedule.trial_steps == 0 and few.losses.centre == 4.0
