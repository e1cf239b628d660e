"""How long one batch takes in ONNX Runtime, the quantized file and the float file in turns."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from acq_engine.export.verify.sessions import open_session


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians of one batch's time."""

    milliseconds: float
    float_milliseconds: float | None
    batch: int
    threads: int


def latency(
    path: str | Path, float_path: str | Path | None, *, batch: int = 1, threads: int = 1, seconds: float = 1.0
) -> Latency:
    """Median time of one batch. A busy machine slows both files, since they take turns.

    Args:
        path: The quantized file.
        float_path: The float file, or None.
        batch: Images in a batch.
        threads: The runtime's threads.
        seconds: About how long to measure; at least 10 and at most 500 turns.
    """
    sessions = [open_session(path, threads)]
    if float_path is not None:
        sessions.append(open_session(float_path, threads))
    feeds = [_feed(session, batch) for session in sessions]
    times: list[list[float]] = [[] for _ in sessions]
    for session, feed in zip(sessions, feeds, strict=True):
        session.run(None, feed)
    end = time.perf_counter() + seconds
    while len(times[0]) < 10 or (time.perf_counter() < end and len(times[0]) < 500):
        for session, feed, measured in zip(sessions, feeds, times, strict=True):
            start = time.perf_counter()
            session.run(None, feed)
            measured.append(1e3 * (time.perf_counter() - start))
    medians = [statistics.median(measured) for measured in times]
    return Latency(medians[0], medians[1] if len(medians) > 1 else None, batch, threads)


def _feed(session: Any, batch: int) -> dict[str, Any]:
    entry, draw = session.get_inputs()[0], np.random.default_rng(0)
    shape = [batch, *entry.shape[1:]]
    if entry.type == "tensor(uint8)":
        return {entry.name: draw.integers(0, 256, shape, dtype=np.uint8)}
    return {entry.name: draw.standard_normal(shape, dtype=np.float32)}
