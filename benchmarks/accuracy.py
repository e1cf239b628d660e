"""Accuracy of whole runs: one row a run, appended to a CSV file, skipped when it is there already.

    python -m benchmarks.accuracy --short              a few short runs, printed only
    python -m benchmarks.accuracy --data ../shared/data
                                                       the rows of ROWS that docs/benchmarks/accuracy.csv lacks

All figures are the last step's, on all test images; nothing is chosen by them. Top-1 in percent.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from acq_engine.evaluation.machine import machine
from acq_engine.settings import Convention, Method, Preset, RunConfig
from acq_engine.settings.presets import with_method, with_preset
from benchmarks import tables
from benchmarks.tables import CIFAR, IMAGENET, SAMPLE

TABLE = Path("docs/benchmarks/accuracy.csv")


@dataclass(frozen=True)
class Row:
    """What is run."""

    model: str  # "fashion", "cifar10-resnet20", "efficientnet-lite0"
    method: Method
    preset: Preset
    convention: Convention
    weight_bits: int
    activation_bits: int
    shortcut_bits: int  # in convention A those of activations: its additions are float, their inputs are not
    seed: int


@dataclass(frozen=True)
class Result:
    """What came out; percent, minutes. The peak is the process's resident memory in MB, earlier rows included."""

    images: int
    float_top1: float | None
    student_top1: float | None
    exported_top1: float | None
    drop: float | None
    agreement: float | None
    exact_rows: float
    minutes: float
    peak_mb: int | None
    precision: str  # of training passes
    machine: str
    date: str


SHORT = (
    Row(SAMPLE, "acq", "fast", "B", 4, 4, 8, 0),
    Row(SAMPLE, "gdfq", "fast", "B", 4, 4, 8, 0),
    Row(SAMPLE, "acq", "fast", "B", 3, 3, 8, 0),
)
ROWS = (
    *SHORT,
    *(Row(CIFAR, "acq", "balanced", "B", bits, bits, 8, seed) for seed in (0, 1, 2) for bits in (4, 3)),
    Row(CIFAR, "acq", "balanced", "B", 2, 4, 8, 0),
    *(Row(CIFAR, "acq", "fast", "B", 4, 4, 8, seed) for seed in (0, 1, 2)),
    Row(CIFAR, "acq", "fast", "B", 3, 3, 8, 0),
    Row(CIFAR, "gdfq", "fast", "B", 3, 3, 8, 0),
    Row(CIFAR, "acq", "balanced", "A", 4, 4, 4, 0),
    Row(CIFAR, "acq", "balanced", "A", 3, 3, 3, 0),
    Row(CIFAR, "gdfq", "balanced", "A", 4, 4, 4, 0),
    Row(CIFAR, "gdfq", "balanced", "A", 3, 3, 3, 0),
    Row(CIFAR, "gdfq", "balanced", "B", 3, 3, 8, 0),
    *(Row(IMAGENET, "acq", "fast", "B", *bits, 8, 0) for bits in ((8, 8), (4, 8), (4, 4))),
    *(Row(IMAGENET, "acq", "balanced", "B", *bits, 8, 0) for bits in ((8, 8), (4, 8), (4, 4))),
    Row(CIFAR, "acq", "accurate", "B", 3, 3, 8, 0),
    # What shortcuts of few bits cost:
    *(Row(CIFAR, "acq", "balanced", "B", bits, bits, bits, seed) for seed in (0, 1, 2) for bits in (4, 3)),
    Row(CIFAR, "acq", "balanced", "B", 2, 4, 4, 0),
    *(Row(CIFAR, "acq", "fast", "B", 4, 4, 4, seed) for seed in (0, 1, 2)),
    Row(CIFAR, "gdfq", "fast", "B", 3, 3, 3, 0),
    Row(CIFAR, "acq", "accurate", "B", 3, 3, 3, 0),
    Row(IMAGENET, "acq", "fast", "B", 4, 4, 4, 0),
)


def settings(row: Row, data: Path) -> RunConfig:
    """The run's settings."""
    config = with_method(with_preset(RunConfig(seed=row.seed), row.preset), row.method)
    tables.use_model(config, row.model, data)
    tables.use_bits(config, row)
    return config


def measure(row: Row, options: argparse.Namespace) -> Result:
    """Run it.

    Raises:
        RuntimeError: the run failed.
    """
    config = settings(row, options.data)
    config.threads, config.device, config.cuda_graphs = options.threads, options.device, options.cuda_graphs
    keep = options.keep and options.keep / "-".join(tables.cells(row))
    # A plan may leave the generator out for a large network: then there is none that others could start from.
    found = tables.run(config, None if options.short or row.model == IMAGENET else tables.GENERATORS, keep)
    end = found.end
    return Result(
        found.images, end.float_top1, end.student_top1, end.exported_top1, found.drop, end.agreement, found.exact_rows,
        found.minutes, tables.peak_mb(), tables.precision(config), machine(options.device),
        tables.today(),
    )


def shown(result: Result) -> str:
    """The results as they are printed."""
    return (f"{result.float_top1} {result.student_top1} {result.exported_top1} {result.drop} {result.agreement} "
            f"{result.exact_rows} {result.minutes} {result.peak_mb}")


def main() -> None:
    """Run the rows that are asked for, and print each."""
    options = tables.parser(__doc__).parse_args()
    print("model method preset convention W A shortcuts seed | float student exported drop agreement exact% minutes "
          "peak-MB")
    tables.fill(TABLE, SHORT if options.short else ROWS, lambda row: measure(row, options), shown, options)


if __name__ == "__main__":
    main()
