"""How far whole numbers are from rounded floats: the student as it is measured and exported, and as it was trained.

    python -m benchmarks.rounded_floats RUN [RUN ...]

A student computes in whole numbers when it is measured, exactly as its exported file does, and in rounded float32
while it is trained (docs/decisions/0011). Both answer the run's test images here. Rounded floats depend on the order of
summation, so they are asked a second time with the pictures in another memory format: what floats disagree about among
themselves no exported file can agree with. Percent.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from acq_engine.evaluation.machine import machine
from acq_engine.export.from_run import load_student
from acq_engine.store import RunStore
from acq_engine.test_sets.loading import load_test_set


def compare(run: Path, most: int) -> str:
    """One line of the table.

    Raises:
        AcqError: the run has no student, or its test images are not there.
        ValueError: the run has no test images.
    """
    student, loaded = load_student(run)
    config = RunStore.open(run).config
    images = load_test_set(config.test_set, loaded)
    if images is None:
        raise ValueError(f"{run} has no test images")
    images, _ = images.some(most)
    same = among_floats = whole_right = float_right = 0
    for pictures, labels in images.batches(loaded, 25):
        with torch.no_grad():
            whole = student(pictures).argmax(1)
        rounded = student(pictures).detach().argmax(1)  # gradients are on: floats
        again = student(pictures.contiguous(memory_format=torch.channels_last)).detach().argmax(1)
        same += int((whole == rounded).sum())
        among_floats += int((again == rounded).sum())
        whole_right += int((whole == labels).sum())
        float_right += int((rounded == labels).sum())
    count, bits = len(images), config.quantization
    figures = " | ".join(f"{100 * value / count:.2f}" for value in (same, among_floats, whole_right, float_right))
    return f"| {loaded.name} | W{bits.weight_bits}A{bits.activation_bits} | {count} | {figures} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path, help="run folders")
    parser.add_argument("--images", type=int, default=100_000, help="at most so many test images")
    options = parser.parse_args()
    print(f"machine: {machine()}")
    print("| model | bits | images | whole numbers = floats | floats = floats in another order | right, whole numbers "
          "| right, floats |")
    print("|---|---|---|---|---|---|---|")
    for run in options.runs:
        print(compare(run, options.images), flush=True)


if __name__ == "__main__":
    main()
