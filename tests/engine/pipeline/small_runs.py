"""Runs of a few steps on the built-in sample, and how far a test drives them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np

from acq_engine.events import Event, PhaseStarted, StepMetrics
from acq_engine.pipeline.run import QuantizationRun
from acq_engine.settings import RunConfig


def short(**schedule: Any) -> RunConfig:
    """Settings of a run with a few steps, on images and with a generator of the usual size."""
    values = {
        "warmup_steps": 6, "finetune_steps": 6, "generator_batch": 16, "student_batch": 8, "calibration_samples": 32,
        "report_every": 2, "sample_every": 3, "checkpoint_every": 3,
    } | schedule
    return RunConfig.from_data({"schedule": values, "test_set": {"limit": 60}, "device": "cpu", "threads": 1})


def of(events: list[Event], kind: type[Any]) -> list[Any]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


def figures(events: list[Event]) -> list[dict[str, float]]:
    """What each report of steps says."""
    return [event.values for event in of(events, StepMetrics)]


def tiny(**schedule: Any) -> RunConfig:
    """As `short`, on images of 12 pixels and with a small generator: what is asked does not depend on sizes."""
    return RunConfig.from_data({
        **short(**schedule).model_dump(mode="json", by_alias=True, include={"schedule", "device", "threads"}),
        "model": {"input_size": 12}, "generator": {"width": 8, "noise_dim": 8}, "test_set": {"use_sample": False},
        "quantization": {"rounding": "nearest"},
    })


def images(folder: Path, count: int) -> Path:
    """A test set of a small run."""
    pixels = np.random.default_rng(0).integers(0, 256, (count, 12, 12), dtype=np.uint8)
    np.savez(folder / "set.npz", images=pixels, labels=np.arange(count) % 10)
    return folder / "set.npz"


def until_trained(run: QuantizationRun, each: Callable[[Event], None] = lambda event: None) -> list[Event]:
    """Drive a run until its evaluation, or until it is stopped: an export takes longer than all before it."""
    events, seen = run.events(), []
    assert isinstance(events, Generator)
    for event in events:
        seen.append(event)
        each(event)
        if isinstance(event, PhaseStarted) and event.phase == "evaluate":
            events.close()
    return seen


def until_checked(run: QuantizationRun) -> list[Event]:
    """Drive a run until it reports its losses."""
    seen = []
    events = run.events()
    assert isinstance(events, Generator)
    for event in events:
        seen.append(event)
        if isinstance(event, StepMetrics):
            events.close()
    return seen
