"""A bound: what the quantizer loses when it is calibrated and fine-tuned on real pictures instead of synthetic ones.

    python -m benchmarks.real_pictures --bits 4,4 --data ../shared/data

CIFAR-10 ResNet-20, convention B. It learns from one half of the test images, without their labels, and is measured on
the other, both ways round. No setting is chosen by it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from acq_engine.evaluation.machine import machine
from acq_engine.models import LoadedModel, load_model
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import calibrate
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_preset
from acq_engine.test_sets.loading import load_test_set
from benchmarks import tables


@torch.no_grad()
def top1(network: Callable[[Tensor], Tensor], pictures: Tensor, labels: Tensor) -> float:
    """Percent of right answers."""
    answers = torch.cat([network(part) for part in pictures.split(250)])
    return float((answers.argmax(1) == labels).float().mean() * 100)


def draw(
    config: RunConfig, loaded: LoadedModel, learned: Tensor, pictures: Tensor, labels: Tensor, seed: int
) -> tuple[float, float, float]:
    """Top-1 on `pictures`: float, calibrated on a draw of `learned`, and then fine-tuned on all of it."""
    session = TrainingSession(config, loaded, torch.device("cpu"))
    student = session.build_student()
    chosen = torch.randperm(len(learned), generator=torch.Generator().manual_seed(seed))
    batches = learned[chosen[: config.schedule.calibration_samples]].split(config.schedule.generator_batch)
    calibrate(student, batches, config.quantization, loaded.input_range())
    student.eval()
    expected = top1(lambda x: session.teacher(x).logits, pictures, labels)
    calibrated = top1(student, pictures, labels)
    student.train()
    trainer = session.begin_finetuning()
    stream = torch.Generator().manual_seed(seed)
    count = config.schedule.student_batch
    unused = torch.zeros(count, dtype=torch.int64)  # classes: the student's class loss has no weight
    for _ in range(config.schedule.finetune_steps):
        trainer.step(learned[torch.randint(len(learned), (count,), generator=stream)], unused)
    student.eval()
    return expected, calibrated, top1(student, pictures, labels)


def main() -> None:
    """Measure, and print a row for each half and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--bits", default="4,4", help="weights and activations; default 4,4")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(1)
    config = with_preset(RunConfig(seed=0), "balanced")
    tables.use_model(config, tables.CIFAR, options.data)
    config.quantization.weight_bits, config.quantization.activation_bits = map(int, options.bits.split(","))
    config.schedule.finetune_steps = options.steps
    loaded = load_model(config.model)
    test_set = load_test_set(config.test_set, loaded)
    assert test_set is not None
    pictures, labels = loaded.to_model_input(test_set.images), torch.as_tensor(test_set.labels)
    middle = len(pictures) // 2
    halves = (slice(0, middle), slice(middle, None))
    print(f"bits {options.bits}, {options.steps} steps | half | seed | float | calibrated, drop | fine-tuned, drop")
    for number, (learned, measured) in enumerate((halves, halves[::-1])):
        for seed in range(options.draws):
            expected, *found = draw(config, loaded, pictures[learned], pictures[measured], labels[measured], seed)
            cells = " | ".join(f"{value:.2f}, {expected - value:.2f}" for value in found)
            print(f"{number} | {seed} | {expected:.2f} | {cells}", flush=True)
    print(machine("cpu"))


if __name__ == "__main__":
    main()
