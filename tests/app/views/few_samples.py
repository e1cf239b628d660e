"""Samples for the tests of whatever shows them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from acq_engine.events import Event, SamplesReady


def last_samples(events: list[Event]) -> SamplesReady:
    """The newest samples of a run."""
    return [event for event in events if isinstance(event, SamplesReady)][-1]


def few(**changes: object) -> SamplesReady:
    """Four samples of two classes."""
    samples = SamplesReady(
        step=1,
        images=np.arange(4, dtype=np.uint8)[:, None, None, None] * np.full((4, 8, 8, 3), 60, np.uint8),
        labels=np.array([0, 1, 0, 1]),
        asked=np.array([[0, 0], [0, 0], [0, 0], [0, 0]], np.float32),
        measured=np.array([[0.1, 0], [0.9, 0], [0.5, 0], [0.2, 0]], np.float32),
        teacher_class=np.array([0, 1, 0, 1]),
        teacher_confidence=np.array([0.9, 0.8, 0.2, 0.7], np.float32),
        student_class=np.array([0, 0, 0, 1]),
        student_confidence=np.array([0.9, 0.3, 0.1, 0.7], np.float32),
    )
    return replace(samples, **changes)  # type: ignore[arg-type]
