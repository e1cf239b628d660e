"""What a batch of samples costs beside the teacher's own look at it: milliseconds forward, in float32.

    python -m benchmarks.generator_cost --data ../shared/data
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import torch

from acq_engine.evaluation.machine import machine
from acq_engine.models import load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import RunConfig
from benchmarks import tables

WARM = 2


def costs(session: TrainingSession, batch: int, rounds: int) -> tuple[torch.Tensor, float, float]:
    """A batch of samples, and the median milliseconds of making it and of the teacher's pass over it, in turns."""
    conditions = session.batches.source("train").draw(batch)
    samples = conditions.sample(session.generator)
    making: list[float] = []
    looking: list[float] = []
    for _ in range(WARM + rounds):
        begin = time.perf_counter()
        conditions.sample(session.generator)
        made = time.perf_counter()
        session.teacher(samples, "eval")
        making.append(1000 * (made - begin))
        looking.append(1000 * (time.perf_counter() - made))
    return samples, statistics.median(making[WARM:]), statistics.median(looking[WARM:])


@torch.no_grad()
def main() -> None:
    """Measure both in turns, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    print("model | samples | generator ms, parameters | teacher ms, parameters | ratio")
    for model in (tables.CIFAR, tables.IMAGENET):
        config = RunConfig(seed=0, precision="float32")
        tables.use_model(config, model, options.data)
        session = TrainingSession(config, load_model(config.model), torch.device("cpu"))
        samples, generator, teacher = costs(session, options.batch, options.rounds)
        sizes = [sum(p.numel() for p in net.parameters()) for net in (session.generator, session.teacher.module)]
        print(f"{model} | {tuple(samples.shape)} | {generator:.1f}, {sizes[0]:,} | {teacher:.1f}, {sizes[1]:,} | "
              f"{generator / teacher:.2f}", flush=True)
    print(f"{machine('cpu')}, {torch.get_num_threads()} thread(s)")


if __name__ == "__main__":
    main()
