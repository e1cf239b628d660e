"""An accuracy that guessing reaches too is told; one that a few images can't tell from it is not called a failure."""

from __future__ import annotations

import pytest

from acq_engine.evaluation.chance import chance_warning, no_better_than_chance


@pytest.mark.parametrize(("top1", "images", "classes", "expected"), [
    (10.0, 2000, 10, True), (0.0, 2000, 10, True), (15.0, 2000, 10, False), (92.0, 60, 10, False),
    (0.1, 50_000, 1000, True), (1.0, 50_000, 1000, False), (50.0, 20, 2, False), (100.0, 2000, 1, False),
])
def test_chance(top1: float, images: int, classes: int, expected: bool) -> None:
    assert no_better_than_chance(top1, images, classes) is expected
    for model in ("float", "quantized"):
        assert bool(chance_warning(model, top1, images, classes)) is expected
