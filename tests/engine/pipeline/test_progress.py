"""Losses that settle are told from losses that fight, and the time that is left is told from what is known."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from acq_engine.pipeline.progress import Clock, LossInstability


def unrest(values: list[float]) -> float:
    settling = LossInstability()
    last = [settling.add(value) for value in values][-1]
    assert last is not None
    return last


def test_a_loss_that_falls_evenly_is_calm_and_one_that_jumps_or_rises_is_not() -> None:
    assert unrest([4 - 0.1 * step for step in range(12)]) == pytest.approx(0, abs=1e-9)
    assert unrest([3 + 2 * math.cos(math.pi * step) for step in range(12)]) > 0.6
    assert unrest([1 + step for step in range(12)]) > 0.5


def test_the_steep_fall_of_the_first_steps_is_forgotten() -> None:
    assert unrest([60 * 0.5**step for step in range(12)]) > 0.5
    assert unrest([60 * 0.5**step for step in range(12)] + [3.0] * 12) == pytest.approx(0, abs=1e-9)


def test_a_few_reports_say_nothing() -> None:
    settling = LossInstability()
    assert [settling.add(value) for value in (5.0, 1.0, 5.0)] == [None] * 3


def test_a_resumed_run_goes_on_where_it_was() -> None:
    values = [math.sin(step) + 2 for step in range(20)]
    before = LossInstability()
    for value in values[:10]:
        before.add(value)
    after = LossInstability(before.values)
    assert [before.add(v) for v in values[10:]] == [after.add(v) for v in values[10:]]


class TestRemainingTime:
    """Of a clock whose seconds are set by hand."""

    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Clock]:
        now = [0.0]
        monkeypatch.setattr("acq_engine.pipeline.progress.time.monotonic", lambda: now[0])

        def with_steps(*seconds: float) -> Clock:
            clock = Clock()
            for each in seconds:
                clock.mark()
                now[0] += each
                clock.count("warmup")
            return clock

        return with_steps

    def test_a_slow_first_step_does_not_foretell_the_others(self, clock: Callable[..., Clock]) -> None:
        assert clock(30, 3, 3).remaining({"warmup": 10}, 5) == pytest.approx(35)
        assert clock(30).remaining({"warmup": 10}, 5, {"warmup": 3.0}) == pytest.approx(35)
        assert clock(30).remaining({"warmup": 10}, 5) == pytest.approx(305)  # nothing better is known

    def test_a_phase_that_has_not_begun_costs_what_was_planned(self, clock: Callable[..., Clock]) -> None:
        left = {"warmup": 10, "finetune": 100}
        assert clock(30, 3).remaining(left, 0, {"finetune": 1.0, "warmup": 99.0}) == pytest.approx(130)
        assert clock(30, 3).remaining(left, 0) == pytest.approx(330)
