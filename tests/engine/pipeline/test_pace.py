"""A run that is slower than its plan says so, and by how much."""

from __future__ import annotations

from acq_engine.pipeline.pace import Pace
from acq_engine.pipeline.plan import make_plan
from tests.engine.pipeline.test_plan import LARGE, OF_THOUSAND, schedule


def test_it_is_said_when_a_run_takes_longer_and_again_when_it_grows_worse() -> None:
    plan = make_plan(schedule(minutes=60.0), LARGE, OF_THOUSAND)
    pace = Pace(plan)
    assert pace.late(100.0, plan.seconds - 100.0, 60.0) == ""
    assert pace.late(100.0, 2 * plan.seconds, 5.0) == "", "a few steps say nothing"
    first = pace.late(600.0, 2 * plan.seconds, 60.0)
    assert first.startswith("Steps take longer than planned: the run is expected to take about ")
    assert "No step is omitted for that" in first
    assert pace.late(700.0, 2 * plan.seconds, 160.0) == "", "not with each report"
    assert pace.late(700.0, 5 * plan.seconds, 160.0) != ""
    assert f"planned were {plan.seconds / 60:.1f} of the 60 min that were set" in pace.verdict(4000.0)


def test_what_follows_a_phase_is_known_from_the_plan() -> None:
    plan = make_plan(schedule(minutes=60.0), LARGE, OF_THOUSAND)
    seconds = {phase.phase: phase.seconds for phase in plan.phases}
    pace = Pace(plan)
    assert pace.tail("finetune") == seconds["evaluate"] + seconds["export"]
    assert pace.tail("warmup") == seconds["calibrate"] + seconds["evaluate"] + seconds["export"]


def test_without_a_plan_nothing_is_said() -> None:
    pace = Pace(None)
    assert pace.late(1e6, 1e6, 1e6) == pace.verdict(1e6) == ""
    assert pace.tail("warmup") is None
