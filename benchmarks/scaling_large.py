"""What several processes share out of a network of ImageNet's size: seconds of each part, one thread a process.

    python -m benchmarks.scaling_large --arch resnet50 --ranks 1 2

Random weights, 224 px, and as many images as plans take at that size. Steps of a generator are those of
`benchmarks.scaling`; here a network is measured whose images are optimized themselves.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import Tensor

from acq_engine.control import Task
from acq_engine.distributed import leads
from acq_engine.distributed.start import joined
from acq_engine.evaluation.accuracy import evaluate
from acq_engine.evaluation.machine import machine
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import ModelConfig, RunConfig
from acq_engine.test_sets.test_set import TestSet
from tests.tools.bank_plan import bank_plan

IMAGES, BATCH = 64, 16
TASKS: tuple[Task, ...] = ("samples", "rounding", "biases")  # of calibration, in their order
PARTS = ("a step of 16 images that are optimized directly", "calibration: ranges of activations and weights",
         "calibration: rounding", "calibration: biases", "calibration in all", "accuracy on 64 images")


def _seconds(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(path: str, arch: str) -> list[float]:
    """Seconds of each of PARTS, together with the other ranks."""
    torch.set_num_threads(1)
    loaded = load_model(ModelConfig(source="checkpoint", path=path, arch=arch))
    config = RunConfig.from_data({
        "precision": "float32", "generator": {"width": 8, "noise_dim": 8},
        "schedule": {"generator_batch": BATCH, "canvas_share": 0}})
    session = TrainingSession(config, loaded, torch.device("cpu"))
    session.follow(bank_plan(IMAGES, BATCH, 10))
    assert session.bank is not None
    session.sample_step()
    step = statistics.median(_seconds(session.sample_step) for _ in range(2))
    images = session.bank.images
    student = session.build_student()
    begun: dict[Task, float] = {}

    def told(task: Task, done: int, total: int) -> None:
        begun.setdefault(task, time.perf_counter())

    calibrated = _seconds(
        lambda: calibrate(student, images.split(BATCH), config.quantization, loaded.input_range(), told))
    end = begun["samples"] + calibrated
    times = [begun[task] for task in TASKS] + [end]
    parts = [after - before for before, after in itertools.pairwise(times)]
    return [step, *parts, calibrated, _seconds(lambda: _accuracy(student, images, loaded))]


def _accuracy(student: torch.nn.Module, images: Tensor, loaded: LoadedModel) -> None:
    mean, std = (torch.tensor(values).view(1, -1, 1, 1) for values in (loaded.mean, loaded.std))
    pixels = (255 * (images * std + mean).clamp(0, 1)).byte()
    labels = torch.zeros(len(pixels), dtype=torch.int64)
    evaluate(student, TestSet(pixels.permute(0, 2, 3, 1).numpy(), labels.numpy()), loaded, shared_out=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arch", default="resnet50", help="a classifier of torchvision")
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        with joined():
            found = measure(given.worker, given.arch)
            if leads():
                print(json.dumps(found))
        return
    rows: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / f"{given.arch}.pth")
        torch.manual_seed(0)
        torch.save(torchvision.models.get_model(given.arch, weights=None).state_dict(), path)
        for count in given.ranks:
            said = subprocess.run(
                [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", str(count), "-m",
                 "benchmarks.scaling_large", "--worker", path, "--arch", given.arch],
                env=os.environ | {"OMP_NUM_THREADS": "1"}, stdout=subprocess.PIPE, text=True, check=True).stdout
            rows.append(json.loads(said.strip().splitlines()[-1]))
    print(f"{given.arch}, one thread a process, {machine()}, load {os.getloadavg()[0]:.1f}\n")
    print("| part | " + " | ".join(f"s, {count} process{'es' * (count > 1)}" for count in given.ranks) + " |")
    print("|---|" + "---|" * len(rows))
    for name, *values in zip(PARTS, *rows, strict=True):
        print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in values) + " |")


if __name__ == "__main__":
    main()
