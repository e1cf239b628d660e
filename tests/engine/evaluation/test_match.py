"""What is counted of two networks' predictions."""

from __future__ import annotations

import numpy as np
import pytest

from acq_engine.evaluation.match import by_class, interval, pairs, same_predictions
from acq_engine.events import PredictionsCompared


def predictions(plain: list[int], other: list[int]) -> PredictionsCompared:
    count = len(plain)
    shares = np.full(count, 0.5, np.float32)
    return PredictionsCompared("synthetic", np.array(plain, np.int64), np.array(other, np.int64), shares, shares,
                               np.zeros(count, np.float32), np.zeros(0, np.int64), np.zeros((0, 8, 8, 3), np.uint8))


def test_the_interval_is_wilsons() -> None:
    low, high = interval(81, 90)  # worked out by hand from the formula: 0.883626 and 0.062867 on each side
    assert (low, high) == pytest.approx((82.076, 94.649), abs=2e-3)
    assert interval(10, 10)[1] == pytest.approx(100) and interval(10, 10)[0] < 75, "ten of ten is no certainty"


def test_classes_and_pairs_are_counted() -> None:
    found = predictions([0, 0, 0, 1], [0, 1, 1, 2])
    assert same_predictions(found) == 1
    assert by_class(found) == [(1, 1, 2, 0.0), (0, 3, 1, pytest.approx(100 / 3)), (2, 0, 1, None)]
    assert pairs(found) == [(0, 1, 2), (1, 2, 1)]
