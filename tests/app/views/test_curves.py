"""Curves keep every point, draw few, and their axes hold still."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acq_app.views.shared.axes import (
    bytes_text,
    grown_end,
    linear_ticks,
    log_ticks,
    nice_step,
    stable_range,
    value_text,
)
from acq_app.views.shared.curves import Series, decimate


def test_every_point_is_kept_when_the_memory_grows() -> None:
    series = Series(capacity=4)
    for step in range(1000):
        series.append(step, step * 0.5)
    assert np.array_equal(series.x, np.arange(1000))
    assert np.array_equal(series.y, np.arange(1000) * 0.5)


def test_a_resumed_run_replaces_the_points_after_its_checkpoint() -> None:
    series = Series()
    for step in (10, 20, 30, 40):
        series.append(step, 1.0)
    series.append(25, 7.0)
    assert series.x.tolist() == [10, 20, 25]
    assert series.y.tolist() == [1.0, 1.0, 7.0]


def test_values_that_are_not_finite_are_left_out() -> None:
    series = Series()
    series.append(1, math.nan)
    series.append(2, math.inf)
    series.append(3, 2.0)
    assert series.x.tolist() == [3]


def test_smoothing_lies_between_the_values_and_can_be_changed_later() -> None:
    series = Series(span=9)
    values = np.random.default_rng(0).normal(5, 1, 700)
    for step, value in enumerate(values.tolist()):
        series.append(step, value)
    smooth = series.smooth.copy()
    assert smooth.std() < values.std() / 2
    series.set_span(1)
    assert np.array_equal(series.smooth, values)
    series.set_span(9)
    assert np.allclose(series.smooth, smooth)


def test_the_nearest_point_of_a_step() -> None:
    series = Series()
    assert series.at(3) is None
    for step in (10, 20, 30):
        series.append(step, 0.0)
    assert [series.at(x) for x in (0, 14, 16, 29, 99)] == [0, 0, 1, 2, 2]


@given(st.integers(1, 5000), st.integers(10, 400), st.integers(0, 2**32 - 1))
def test_thinning_keeps_extremes_ends_and_order(count: int, columns: int, seed: int) -> None:
    y = np.random.default_rng(seed).normal(size=count)
    x = np.arange(count, dtype=np.float64)
    few_x, few_y = decimate(x, y, 0, count, columns)
    assert few_y.min() == y.min()
    assert few_y.max() == y.max()
    assert few_x[0] == 0
    assert few_x[-1] == count - 1
    assert np.all(np.diff(few_x) > 0)
    assert len(few_x) <= 4 * columns + 4 or len(few_x) == count


def test_thinning_shows_every_point_of_a_small_window() -> None:
    x = np.arange(100_000, dtype=np.float64)
    few_x, _ = decimate(x, np.sin(x), 5000, 5100, 400)
    assert few_x[0] == 4999  # one beyond either end, so that the line reaches the edge
    assert few_x[-1] == 5101
    assert len(few_x) == 103


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_a_range_holds_its_values_and_does_not_move_without_need(low: float, span: float) -> None:
    first = stable_range(None, low, low + span)
    assert first[0] <= low
    assert first[1] >= low + span
    assert stable_range(first, low, low + span) == first
    inner = low + span * 0.2, low + span * 0.9
    assert stable_range(first, *inner) in (first, stable_range(None, *inner))


def test_a_range_shrinks_only_when_most_of_it_is_unused() -> None:
    assert stable_range((0.0, 10.0), 1.0, 7.0) == (0.0, 10.0)
    assert stable_range((0.0, 10.0), 1.0, 2.0) != (0.0, 10.0)


def test_ticks_are_round() -> None:
    assert linear_ticks(0, 1, 5) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert [10**tick for tick in log_ticks(-2, 1, 4)] == pytest.approx([0.01, 0.1, 1, 10])
    assert [10**tick for tick in log_ticks(-1, 0, 6)] == pytest.approx([0.1, 0.2, 0.5, 1])
    assert len(log_ticks(-0.01, 0.01, 5)) >= 3
    assert nice_step(0, 5) == 1.0
    assert grown_end(130) >= 130


def test_numbers_line_up_and_say_their_unit() -> None:
    assert value_text(0.0612) == "0.061"
    assert value_text(1.2) == "1.200"
    assert value_text(97.04, "%") == "97.0\u202f%"
    assert value_text(None) == value_text(math.nan) == "\u2013"
    assert value_text(1.5e-5) == "1.5e-05"
    assert [bytes_text(n) for n in (999, 61_204, 1_090_000, 312_168, None)] == [
        "999 B", "61.2 kB", "1.09 MB", "312 kB", "\u2013"]
