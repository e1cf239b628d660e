"""The reducer: what the bar, the title and the results show, without any widget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acq_app.appearance.units import clock, count_text, size_text
from acq_app.run.state import ACTIVE, TRANSITIONS, RunState, WindowState, shares
from acq_engine.control import RunControl, SubProgress, Task
from acq_engine.events import (
    PHASES,
    PhasePlan,
    PhaseStarted,
    Planned,
    PlannedPhase,
    RunPlan,
    RunStarted,
    StepMetrics,
)
from tests.tools.fake_events import SUMMARY
from tests.tools.fake_run import FakeRun


def test_progress_rises_to_one_and_never_falls() -> None:
    state, seen = WindowState(), [0.0]
    for event in FakeRun().events():
        state.apply(event)
        assert state.progress >= seen[-1]
        seen.append(state.progress)
    assert seen[-1] == 1.0
    assert len(set(seen)) > 60


def test_finish_now_marks_the_skipped_phase_and_ends_at_one() -> None:
    control, state = RunControl(), WindowState()
    for event in FakeRun(control=control).events():
        state.apply(event)
        if isinstance(event, StepMetrics) and event.phase == "finetune" and event.step >= 30:
            control.finish_now()
    assert state.progress == 1.0
    assert [part.phase for part in state.phases if part.skipped] == ["finetune"]
    assert 0 < next(part.reached for part in state.phases if part.skipped) < 1


def test_a_phase_that_finish_now_ends_keeps_what_was_done_of_it() -> None:
    state = WindowState()
    plan = (PhasePlan("warmup", 200), PhasePlan("calibrate", 0), PhasePlan("finetune", 100))
    for event in (RunStarted("", SUMMARY, plan, "cpu", 0), PhaseStarted("warmup", 200),
                  StepMetrics("warmup", 50, 200, 50, {}, 1.0), PhaseStarted("calibrate", 0)):
        state.apply(event)
    warmup = next(part for part in state.phases if part.phase == "warmup")
    assert warmup.skipped and warmup.reached == 0.25 and warmup.fraction == 1


@pytest.mark.parametrize("undone", [False, True])
def test_fine_tuning_that_is_not_in_the_result_is_marked(undone: bool) -> None:
    state = WindowState()
    for event in FakeRun(undone=undone).events():
        state.apply(event)
    assert state.results.without_fine_tuning is undone
    assert [part.phase for part in state.phases if part.undone] == ["finetune"] * undone


def test_results_and_model_are_kept() -> None:
    state = WindowState()
    for event in FakeRun().events():
        state.apply(event)
    assert state.model == SUMMARY
    results = state.results
    assert results.float_ and results.student and results.exported and results.verified
    assert results.finished and results.finished.verified
    assert len(state.history["health/class"]) > 20


def test_a_second_run_starts_afresh() -> None:
    state = WindowState()
    for _ in range(2):
        events = FakeRun().events()
        state.apply(next(events))
        assert state.progress == 0 and not state.values and state.results.student is None
        for event in events:
            state.apply(event)


def test_shares_sum_to_one_and_follow_steps() -> None:
    parts = shares([PhasePlan("prepare", 0), PhasePlan("warmup", 100), PhasePlan("calibrate", 4),
                    PhasePlan("finetune", 300), PhasePlan("evaluate", 1), PhasePlan("export", 1)])
    assert sum(part.share for part in parts) == pytest.approx(1)
    by_phase = {part.phase: part.share for part in parts}
    assert by_phase["finetune"] > 3 * by_phase["warmup"]


def test_no_fine_tuning_at_all() -> None:
    state = WindowState()
    state.phases = shares([PhasePlan("warmup", 10), PhasePlan("finetune", 0), PhasePlan("export", 1)])
    state.apply(PhaseStarted("export", 1))
    assert 0 < state.progress <= 1


def test_every_state_can_be_reached_and_left() -> None:
    assert set(TRANSITIONS) == set(RunState)
    reachable = set().union(*TRANSITIONS.values())
    assert reachable == set(RunState)
    for state in ACTIVE:
        assert TRANSITIONS[state] & {RunState.STOPPED, RunState.FAILED}


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (7, "0:07"), (760, "12:40"), (3723, "1:02:03"), (-1, "0:00")]
)
def test_clock(seconds: float | None, text: str) -> None:
    assert clock(seconds) == text


def test_sizes_and_counts() -> None:
    assert size_text(61_204) == "61 kB" and size_text(11_800_000) == "11.8 MB" and size_text(1_240_000_000) == "1.2 GB"
    assert size_text(None) == "–"
    assert count_text(272_474) == "272 k" and count_text(11_689_512) == "11.7 M" and count_text(21) == "21"


def test_a_resumed_run_keeps_the_health_that_was_measured_before_its_checkpoint() -> None:
    state = WindowState()
    events = list(FakeRun().events())
    start = next(event for event in events if isinstance(event, RunStarted))
    for event in events:
        state.apply(event)
        if isinstance(event, StepMetrics) and event.global_step >= 120:
            break
    before = list(state.history["health/class"])
    state.apply(replace(start, resumed_from_step=60))
    kept = list(state.history["health/class"])
    assert kept == [(step, value) for step, value in before if step <= 60] and 3 < len(kept) < len(before)
    assert state.values["health/class"] == kept[-1][1], "not that of a step that is done again"
    assert "student/total" not in state.values and state.global_step == 0
    state.apply(start)
    assert not state.history, "a run from its beginning"


def test_a_run_that_was_moved_is_where_it_was_opened() -> None:
    state = WindowState(run_dir="/here/run")
    state.apply(next(event for event in FakeRun(run_dir="/there/run").events() if isinstance(event, RunStarted)))
    assert state.run_dir == "/here/run"


def test_the_bar_goes_on_within_a_phase_that_has_no_steps() -> None:
    state = WindowState()
    state.apply(RunStarted("runs/a", SUMMARY, tuple(PhasePlan(phase, 0) for phase in PHASES), "cpu", 0))
    state.apply(PhaseStarted("calibrate", 0))
    seen = [state.progress]
    tasks: tuple[tuple[Task, int, int], ...] = (
        ("samples", 0, 512), ("samples", 512, 512), ("rounding", 3, 6), ("rounding", 6, 6), ("biases", 6, 6),
        ("samples", 0, 512))
    for task, done, total in tasks:
        state.take_sub(SubProgress(task, done, total))
        seen.append(state.progress)
    assert seen == sorted(seen) and seen[-1] > seen[0]
    state.take_sub(None)
    assert state.sub is None and state.progress == seen[-1]


def test_time_left_in_evaluation_is_the_plans() -> None:
    plan = RunPlan(
        5, 300.0, (PlannedPhase("finetune", 100, 32, 200.0), PlannedPhase("evaluate", 0, 0, 20.0),
                   PlannedPhase("export", 0, 0, 30.0)),
        "generator", 512, 25, 256, 4, 256)
    state = WindowState()
    state.apply(Planned(plan))
    state.apply(PhaseStarted("evaluate", 0))
    assert state.eta_seconds == 50
    state.apply(PhaseStarted("export", 0))
    assert state.eta_seconds == 30
