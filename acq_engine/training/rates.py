"""The learning rate over a schedule."""

from __future__ import annotations

import math


def cosine(step: int, steps: int, *, ramp: int = 0, floor: float = 0.0) -> float:
    """Factor of the learning rate: a linear ramp, then half a cosine from 1 down to `floor`."""
    if step < ramp:
        return _rising(step, ramp)
    share = min(1.0, (step - ramp) / max(1, steps - ramp))
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * share))


def quarters(step: int, steps: int, *, ramp: int = 0) -> float:
    """Factor of the learning rate: a linear ramp, then a tenth of it in each new quarter of the steps (GDFQ's)."""
    if step < ramp:
        return _rising(step, ramp)
    return 0.1 ** min(3, 4 * step // max(1, steps))


def _rising(step: int, ramp: int) -> float:
    return (step + 1) / (ramp + 1)
