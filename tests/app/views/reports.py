"""Reports of steps for the tests of curves."""

from __future__ import annotations

from acq_engine.events import StepMetrics


def metrics(step: int, **values: float) -> StepMetrics:
    """A report of generator losses."""
    named = {f"generator/{key}": value for key, value in values.items()}
    return StepMetrics("warmup", step, 1000, step, named, step * 0.1)
