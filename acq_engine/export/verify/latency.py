"""How long one batch takes: the exported file, the float file and others in turns, each in its own runtime."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from acq_engine.export.verify.sessions import open_session


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians of one batch's time; `beside_milliseconds` are those of the files beside, in their order.

    `ranges` are the 10th and 90th percentiles of the turns: of the file, of the float file if there is one, of those
    beside. One turn more or less, such as another program's, moves neither.
    """

    milliseconds: float
    float_milliseconds: float | None
    batch: int
    threads: int
    beside_milliseconds: tuple[float, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    turns: int = 0


def latency(
    path: str | Path, float_path: str | Path | None, *, beside: Sequence[str | Path] = (), batch: int = 1,
    threads: int = 1, seconds: float = 1.0, clock: Callable[[], float] = time.perf_counter,
) -> Latency:
    """Median time of one batch. A busy machine slows all files, since they take turns.

    Args:
        path: The quantized file, .onnx, .tflite or .xml.
        float_path: The float file, or None.
        beside: Other files.
        batch: Images in a batch.
        threads: The runtimes' threads.
        seconds: About how long to measure; at least 10 and at most 500 turns.
        clock: What tells the time; time.process_time leaves out what other programs take.
    """
    paths = [path, *([] if float_path is None else [float_path]), *beside]
    runs = [_prepared(one, batch, threads) for one in paths]
    times: list[list[float]] = [[] for _ in runs]
    for run in runs:
        run()
    end = time.perf_counter() + seconds
    while len(times[0]) < 10 or (time.perf_counter() < end and len(times[0]) < 500):
        for run, measured in zip(runs, times, strict=True):
            start = clock()
            run()
            measured.append(1e3 * (clock() - start))
    own, *others = (statistics.median(measured) for measured in times)
    plain = None if float_path is None else others.pop(0)
    ends = [np.percentile(measured, (10, 90)).tolist() for measured in times]
    return Latency(own, plain, batch, threads, tuple(others), tuple((low, high) for low, high in ends), len(times[0]))


def _prepared(path: str | Path, batch: int, threads: int) -> Callable[[], object]:
    """What computes one batch, the image handed over and the answer taken back each time."""
    draw = np.random.default_rng(0)
    if Path(path).suffix == ".tflite":
        from acq_engine.export.verify.litert import LitertSession

        file = LitertSession(path, threads)
        values = draw.standard_normal((batch, *file.input_shape[1:]), dtype=np.float32)

        def run() -> object:
            file.put(values)
            file.invoke()
            return file.result()

        return run
    if Path(path).suffix == ".xml":
        from acq_engine.export.verify.openvino import OpenvinoSession

        network = OpenvinoSession(path, threads)
        return partial(network.run, draw.standard_normal((batch, *network.input_shape[1:]), dtype=np.float32))
    session = open_session(path, threads)
    return partial(session.run, None, _feed(session, batch, draw))


def _feed(session: Any, batch: int, draw: np.random.Generator) -> dict[str, Any]:
    entry = session.get_inputs()[0]
    shape = [batch, *entry.shape[1:]]
    if entry.type == "tensor(uint8)":
        return {entry.name: draw.integers(0, 256, shape, dtype=np.uint8)}
    return {entry.name: draw.standard_normal(shape, dtype=np.float32)}
