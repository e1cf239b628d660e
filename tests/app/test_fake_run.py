"""The made-up run keeps the contract that the real one keeps."""

from __future__ import annotations

import numpy as np

from acq_engine.control import RunControl
from acq_engine.events import METRIC_BY_KEY, Failed, Finished, Paused, Resumed, SamplesReady, StepMetrics
from acq_engine.settings import RunConfig
from tests.tools.fake_run import FakeRun


def test_events_are_ordered_and_deterministic() -> None:
    first, second = list(FakeRun(3).events()), list(FakeRun(3).events())
    assert [type(e) for e in first] == [type(e) for e in second]
    assert isinstance(first[-1], Finished) and first[-1].state == "succeeded"
    steps = [e.global_step for e in first if isinstance(e, StepMetrics)]
    assert steps == sorted(steps)
    assert {key for e in first if isinstance(e, StepMetrics) for key in e.values} <= set(METRIC_BY_KEY)
    pictures = [e for e in first if isinstance(e, SamplesReady)]
    assert all(np.array_equal(p.labels, pictures[0].labels) for p in pictures)
    again = [e for e in second if isinstance(e, SamplesReady)]
    assert all(np.array_equal(a.images, b.images) for a, b in zip(pictures, again, strict=True))


def test_control_is_obeyed() -> None:
    control = RunControl()
    run = FakeRun(control=control)
    seen = []
    for event in run.events():
        seen.append(event)
        if isinstance(event, StepMetrics) and event.step == 50 and event.phase == "warmup":
            control.pause()
        if isinstance(event, Paused):
            control.resume()
        if isinstance(event, Resumed):
            control.cancel()
    assert any(isinstance(e, Resumed) for e in seen)
    assert isinstance(seen[-1], Finished) and seen[-1].state == "stopped"


def test_finish_now_still_exports() -> None:
    control = RunControl()
    control.finish_now()
    last = list(FakeRun(config=RunConfig(), control=control).events())[-1]
    assert isinstance(last, Finished) and last.verified


def test_failure_is_the_last_event() -> None:
    assert isinstance(list(FakeRun(fail_at=50).events())[-1], Failed)
