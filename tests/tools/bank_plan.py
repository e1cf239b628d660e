"""The plan of a short run whose images are optimized in the generator's place."""

from __future__ import annotations

from acq_engine.events import Phase, PlannedPhase, RunPlan


def bank_plan(images: int, batch: int, steps: int) -> RunPlan:
    """As a planner would have made it for so many images, moved in batches for so many steps."""
    phases: tuple[tuple[Phase, int, int], ...] = (
        ("prepare", 0, 0), ("warmup", steps, batch), ("calibrate", 0, batch), ("finetune", 2, 8), ("evaluate", 0, 0),
        ("export", 0, 0))
    return RunPlan(
        minutes=5, seconds=10, phases=tuple(PlannedPhase(name, count, size, 1.0) for name, count, size in phases),
        samples="bank", calibration_samples=16, sample_every=30, watch_samples=16, interim_evaluations=1,
        checked_images=16, bank_images=images, bank_steps=steps, bank_seconds=5.0)
