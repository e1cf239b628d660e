"""The learning rate over a schedule."""

from __future__ import annotations

import math


def cosine(step: int, steps: int, *, ramp: int = 0, floor: float = 0.0) -> float:
    """Factor of the learning rate: a linear ramp, then half a cosine from 1 down to `floor`."""
    if step < ramp:
        return (step + 1) / (ramp + 1)
    share = min(1.0, (step - ramp) / max(1, steps - ramp))
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * share))
