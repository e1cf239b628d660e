"""Accuracy of whole runs: one row a run, appended to a CSV file, skipped when it is there already.

    python -m benchmarks.accuracy --short              a few short runs, printed only
    python -m benchmarks.accuracy --data ../shared/data
                                                       the rows of ROWS that docs/benchmarks/accuracy.csv lacks

All figures are the last step's, on all test images; nothing is chosen by them. Top-1 in percent.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from acq_engine.config import Convention, Method, ModelConfig, Preset, RunConfig, TestSetConfig
from acq_engine.events import Event, Failed, Finished, StepMetrics, Verified
from acq_engine.presets import with_method, with_preset
from benchmarks.machine import machine

TABLE = Path("docs/benchmarks/accuracy.csv")


@dataclass(frozen=True)
class Row:
    """What is run."""

    model: str  # "fashion", "cifar10-resnet20"
    method: Method
    preset: Preset
    convention: Convention
    weight_bits: int
    activation_bits: int
    seed: int


@dataclass(frozen=True)
class Result:
    """What came out; percent, minutes."""

    images: int
    float_top1: float | None
    student_top1: float | None
    exported_top1: float | None
    drop: float | None
    agreement: float | None
    exact_rows: float
    minutes: float
    machine: str
    date: str


SHORT = (
    Row("fashion", "acq", "fast", "B", 4, 4, 0),
    Row("fashion", "gdfq", "fast", "B", 4, 4, 0),
    Row("fashion", "acq", "fast", "B", 3, 3, 0),
)
CIFAR = "cifar10-resnet20"
ROWS = (
    *SHORT,
    Row(CIFAR, "acq", "balanced", "B", 4, 4, 0),
    Row(CIFAR, "acq", "fast", "B", 4, 4, 0),
    Row(CIFAR, "acq", "balanced", "B", 3, 3, 0),
    Row(CIFAR, "acq", "balanced", "B", 2, 4, 0),
    Row(CIFAR, "acq", "balanced", "A", 4, 4, 0),
    Row(CIFAR, "acq", "balanced", "A", 3, 3, 0),
    Row(CIFAR, "gdfq", "balanced", "A", 4, 4, 0),
    Row(CIFAR, "gdfq", "balanced", "A", 3, 3, 0),
    Row(CIFAR, "gdfq", "balanced", "B", 3, 3, 0),
    *(Row(CIFAR, "acq", "balanced", "B", bits, bits, seed) for seed in (1, 2) for bits in (4, 3)),
)


def settings(row: Row, data: Path) -> RunConfig:
    """The run's settings."""
    config = with_method(with_preset(RunConfig(seed=row.seed), row.preset), row.method)
    if row.model == CIFAR:
        folder = data / "cifar10"
        config.model = ModelConfig(source="checkpoint", path=folder / "resnet20.safetensors", arch="cifar_resnet20")
        config.test_set = TestSetConfig(path=folder / "test_0000_4999.npz")
    config.quantization.weight_bits = row.weight_bits
    config.quantization.activation_bits = row.activation_bits
    config.quantization.convention = row.convention
    return config


def measure(row: Row, data: Path) -> Result:
    """Run it.

    Raises:
        RuntimeError: the run failed.
    """
    from acq_engine.run import QuantizationRun

    with tempfile.TemporaryDirectory() as folder:
        exact, images = 0.0, 0
        end: Event | None = None
        for event in QuantizationRun.create(settings(row, data), Path(folder) / "run").events():
            end = event
            if isinstance(event, Verified):
                exact = event.exact_rows
            if isinstance(event, StepMetrics) and event.step % 100 == 0:
                left = "" if event.eta_seconds is None else f", {event.eta_seconds:.0f} s left"
                print(f"  {event.phase} {event.step}/{event.steps}{left}", flush=True)
            images = getattr(event, "images", images) if type(event).__name__ == "Evaluated" else images
    if isinstance(end, Failed) or not isinstance(end, Finished):
        raise RuntimeError(str(end))
    drop = None if end.float_top1 is None or end.student_top1 is None else round(end.float_top1 - end.student_top1, 2)
    return Result(
        images, end.float_top1, end.student_top1, end.exported_top1, drop, end.agreement, exact,
        round(end.seconds / 60, 1), machine(), datetime.now(UTC).date().isoformat(),
    )


def known(table: Path) -> set[tuple[str, ...]]:
    """The rows that the table has."""
    if not table.is_file():
        return set()
    names = [field.name for field in fields(Row)]
    with table.open(encoding="utf-8", newline="") as file:
        return {tuple(line[name] for name in names) for line in csv.DictReader(file)}


def append(table: Path, row: Row, result: Result) -> None:
    """Add a line to the table."""
    table.parent.mkdir(parents=True, exist_ok=True)
    values = asdict(row) | asdict(result)
    is_new = not table.is_file()
    with table.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(values), lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(values)


def main() -> None:
    """Run the rows that are asked for, and print each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="the short rows only, printed and not kept")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    parser.add_argument("--only", help="rows whose text contains this, such as 'B 3 3 0'")
    parser.add_argument("--most", type=int, default=1000, help="at most so many new rows")
    options = parser.parse_args()
    done = set() if options.short else known(TABLE)
    new = 0
    print("model method preset convention W A seed | float student exported drop agreement exact% minutes")
    for row in SHORT if options.short else ROWS:
        text = " ".join(str(value) for value in asdict(row).values())
        if tuple(str(value) for value in asdict(row).values()) in done or (options.only and options.only not in text):
            continue
        if row.model == CIFAR and not options.data.is_dir():
            print(f"{text} | left out: {options.data} is not here")
            continue
        if new >= options.most:
            break
        new += 1
        result = measure(row, options.data)
        if not options.short:
            append(TABLE, row, result)
        print(f"{text} | {result.float_top1} {result.student_top1} {result.exported_top1} {result.drop} "
              f"{result.agreement} {result.exact_rows} {result.minutes}", flush=True)
    print(f"machine: {machine()}")


if __name__ == "__main__":
    main()
