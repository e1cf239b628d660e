"""One run on several processes: seconds a training step and bytes a step, and what that predicts for more of them.

    python -m benchmarks.scaling --ranks 1 2
    python -m benchmarks.scaling --sweep-workers 1 2     # instead: a sweep of 8 runs on a cluster of this machine

Measured is what processes of this machine do, one thread each. Computed is what a model of it gives for other numbers
of processes and other networks between them; the tables keep the two apart.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist

from acq_engine.distributed import leads, ranks
from acq_engine.distributed.start import joined
from acq_engine.evaluation.machine import machine
from acq_engine.models import builtin, load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import RunConfig

WARM = 2  # steps before any is counted
# Ranks, bytes a second and seconds a hop that are assumed, of no machine in particular.
PLACES = (("8 cards of one machine", 8, 100e9, 5e-6), ("64 nodes", 64, 1e9, 50e-6))


@dataclass(frozen=True)
class Measured:
    """One kind of step on a number of processes.

    Attributes:
        ranks: Processes.
        step: "generator" or "student".
        seconds: Of a step, median.
        messages: A step.
        payload: Bytes that a rank hands to all messages of a step.
    """

    ranks: int
    step: str
    seconds: float
    messages: float
    payload: float


def ring_bytes(payload: float, count: int) -> float:
    """Bytes that each rank sends for an all-reduce in a ring: 2 (n - 1) / n times its payload."""
    return 2 * (count - 1) / count * payload


def predicted(alone: float, payload: float, messages: float, count: int, *, bandwidth: float, latency: float) -> float:
    """Seconds of a step on `count` ranks, each as fast as the one measured (computed, not measured).

    Args:
        alone: Seconds of a step on one rank.
        payload: Bytes that a rank hands over in a step; the same for any number of ranks.
        messages: In a step.
        count: Ranks.
        bandwidth: Bytes a second that a rank can send.
        latency: Seconds that a message takes from a rank to the next; a ring has 2 (n - 1) such hops.
    """
    return alone / count + ring_bytes(payload, count) / bandwidth + messages * 2 * (count - 1) * latency


class _Counter:
    """Counts what is handed to torch.distributed."""

    def __init__(self) -> None:
        self.messages: Counter[str] = Counter()
        self.payload: Counter[str] = Counter()
        self.step = ""
        self._all_reduce: Callable[..., Any] = dist.all_reduce
        self._all_gather: Callable[..., Any] = dist.all_gather
        dist.all_reduce = self._reduced  # type: ignore[assignment]
        dist.all_gather = self._gathered  # type: ignore[assignment]

    def _reduced(self, tensor: torch.Tensor) -> Any:
        self._note(tensor)
        return self._all_reduce(tensor)

    def _gathered(self, parts: list[torch.Tensor], tensor: torch.Tensor) -> Any:
        self._note(tensor)
        return self._all_gather(parts, tensor)

    def _note(self, tensor: torch.Tensor) -> None:
        self.messages[self.step] += 1
        self.payload[self.step] += tensor.numel() * tensor.element_size()


def measure(steps: int, batch: int) -> list[Measured]:
    """On this rank, together with the others."""
    torch.set_num_threads(1)
    config = RunConfig.from_data({
        "precision": "float32", "quantization": {"rounding": "nearest"},
        "schedule": {"generator_batch": batch, "student_batch": batch, "calibration_samples": batch,
                     "canvas_share": 0}})
    session, counter = TrainingSession(config, load_model(config.model), torch.device("cpu")), _Counter()
    calibrate(session.build_student(), session.batches.for_calibration(), config.quantization)
    session.begin_finetuning()
    seconds: dict[str, list[float]] = {"generator": [], "student": []}
    for number in range(WARM + steps):
        for kind, step in (("generator", session.generator_step), ("student", session.student_step)):
            counter.step = kind if number >= WARM else "warm"
            begin = time.perf_counter()
            step()
            if number >= WARM:
                seconds[kind].append(time.perf_counter() - begin)
    return [Measured(ranks(), kind, statistics.median(times), counter.messages[kind] / steps,
                     counter.payload[kind] / steps) for kind, times in seconds.items()]


def sweep_config(model: Path) -> RunConfig:
    """The smallest real run, which is computed, exported and verified like any other."""
    return RunConfig.from_data({
        "device": "cpu", "threads": 1, "precision": "float32",
        "model": {"source": "checkpoint", "path": str(model), "arch": "fashion_resnet", "input_size": 12},
        "generator": {"width": 8, "noise_dim": 8}, "quantization": {"rounding": "nearest"},
        "test_set": {"use_sample": False},
        "schedule": {"preset": "custom", "warmup_steps": 20, "finetune_steps": 10, "generator_batch": 16,
                     "student_batch": 16, "calibration_samples": 32, "pool_samples": 32, "canvas_share": 0}})


def measure_sweep(workers: int, runs: int) -> tuple[float, float]:
    """Seconds of a sweep on workers that are there and have PyTorch loaded; and how busy the machine was meanwhile."""
    from acq_engine.cli.on_cluster import sweep
    from acq_engine.cluster.connection import open_connection
    from acq_engine.cluster.local import local_cluster
    from acq_engine.sweep.folder import SweepFolder
    from acq_engine.sweep.plan import Axis, SweepPlan

    with tempfile.TemporaryDirectory() as folder, local_cluster(workers, threads=1) as cluster:
        model = Path(shutil.copy(builtin.sample_dir() / builtin.WEIGHTS_FILE, Path(folder) / "own.safetensors"))
        address = cluster.scheduler_address
        with open_connection(address) as connection:
            assert connection.client is not None
            connection.client.run(importlib.import_module, "acq_engine.pipeline.run", on_error="ignore")
        plan = SweepPlan("sweep", sweep_config(model), (Axis.parse(f"seed=0..{runs - 1}:1"),))
        made = SweepFolder.create(Path(folder) / "sweep", plan)
        begin = time.perf_counter()
        if sweep(made, address, None):
            raise SystemExit("A run of the sweep failed.")
        return time.perf_counter() - begin, os.getloadavg()[0]


def show_sweeps(counts: list[int], runs: int) -> None:
    """Print how long a sweep takes on several numbers of workers."""
    found = [(count, *measure_sweep(count, runs)) for count in counts]
    print(f"Sweep of {runs} runs of the sample model at 12 pixels, one thread a worker, {machine()}\n")
    print("| workers | s | of the first | load meanwhile |\n|---|---|---|---|")
    for count, seconds, load in found:
        print(f"| {count} | {seconds:.0f} | {seconds / found[0][1]:.2f} | {load:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--batch", type=int, default=64, help="of all processes together")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--sweep-workers", type=int, nargs="+", help="measure a sweep on a cluster instead")
    parser.add_argument("--runs", type=int, default=8, help="of the sweep")
    given = parser.parse_args()
    if given.sweep_workers:
        show_sweeps(given.sweep_workers, given.runs)
        return
    if given.worker:
        with joined():
            found = measure(given.steps, given.batch)
            if leads():
                print(json.dumps([vars(one) for one in found]))
        return
    rows: list[Measured] = []
    for count in given.ranks:
        said = subprocess.run(
            [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", str(count), "-m", "benchmarks.scaling",
             "--worker", "--steps", str(given.steps), "--batch", str(given.batch)],
            env=os.environ | {"OMP_NUM_THREADS": "1"}, stdout=subprocess.PIPE, text=True, check=True).stdout
        rows += [Measured(**one) for one in json.loads(said.strip().splitlines()[-1])]
    print(f"Sample model, batch {given.batch}, one thread a process, {machine()}, load {os.getloadavg()[0]:.1f}\n")
    print("Measured:\n\n| processes | step | ms | messages a step | kB a step, each rank |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.ranks} | {row.step} | {1000 * row.seconds:.0f} | {row.messages:.0f} "
              f"| {row.payload / 1000:.0f} |")
    print("\nComputed, with 1 GB/s and 50 µs a hop:\n\n| processes | step | ms |\n|---|---|---|")
    for kind in ("generator", "student"):
        alone, several = (next((r for r in rows if r.step == kind and (r.ranks == 1) is one), None)
                          for one in (True, False))
        for count in (2, 8, 64) if alone is not None and several is not None else ():
            assert alone is not None and several is not None
            value = predicted(alone.seconds, several.payload, several.messages, count, bandwidth=1e9, latency=50e-6)
            print(f"| {count} | {kind} | {1000 * value:.0f} |")
    print("\nComputed, what messages alone cost, and how long a step takes alone of which they are half:\n\n"
          "| where | step | ms | s |\n|---|---|---|---|")
    for where, count, bandwidth, latency in PLACES:
        for row in (row for row in rows if row.ranks > 1):
            value = predicted(0.0, row.payload, row.messages, count, bandwidth=bandwidth, latency=latency)
            print(f"| {where} | {row.step} | {1000 * value:.1f} | {count * value:.2f} |")


if __name__ == "__main__":
    main()
