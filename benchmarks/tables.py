"""What the tables of whole runs share: one row a run, appended to a CSV file, skipped when it is there already."""

from __future__ import annotations

import argparse
import csv
import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from acq_engine.evaluation.machine import machine
from acq_engine.events import Checkpointed, Evaluated, Event, Failed, Finished, PhaseStarted, StepMetrics, Verified
from acq_engine.pipeline.device import choose_device
from acq_engine.settings import Convention, ModelConfig, RunConfig, TestSetConfig
from acq_engine.teacher.autocast import computes_in_bfloat16

PRELUDE = "prelude_seconds"
GENERATORS = Path("build/benchmarks/generators")  # ignored by git
SAMPLE, CIFAR, IMAGENET = "fashion", "cifar10-resnet20", "efficientnet-lite0"


@dataclass(frozen=True)
class Outcome:
    """What a run gave; percent, minutes.

    Attributes:
        end: Its last event.
        images: Test images.
        exact_rows: Of the exported file, against the integer reference.
        values: The last value of each metric, by its key.
        seconds: How long it took, a generator that was taken over included.
    """

    end: Finished
    images: int
    exact_rows: float
    values: dict[str, float]
    seconds: float

    @property
    def drop(self) -> float | None:
        """Float minus student, in points; None without test images."""
        if self.end.float_top1 is None or self.end.student_top1 is None:
            return None
        return round(self.end.float_top1 - self.end.student_top1, 2)

    @property
    def minutes(self) -> float:
        """How long it took."""
        return round(self.seconds / 60, 1)


def use_model(config: RunConfig, model: str, data: Path) -> None:
    """Set the model and its test images; the built-in sample needs nothing."""
    if model == CIFAR:
        folder = data / "cifar10"
        config.model = ModelConfig(source="checkpoint", path=folder / "resnet20.safetensors", arch="cifar_resnet20")
        config.test_set = TestSetConfig(path=folder / "test_0000_4999.npz")
    if model == IMAGENET:
        folder = data / "imagenet"
        config.model = ModelConfig(source="checkpoint", path=folder / "efficientnet_lite0.safetensors")
        config.test_set = TestSetConfig(path=folder / "val")


class Bits(Protocol):
    """What rows say of the quantizer."""

    @property
    def weight_bits(self) -> int: ...
    @property
    def activation_bits(self) -> int: ...
    @property
    def shortcut_bits(self) -> int: ...
    @property
    def convention(self) -> Convention: ...


def use_bits(config: RunConfig, row: Bits) -> None:
    """Set bits and convention."""
    quantization = config.quantization
    quantization.weight_bits, quantization.activation_bits = row.weight_bits, row.activation_bits
    quantization.shortcut_bits, quantization.convention = row.shortcut_bits, row.convention


def run(config: RunConfig, generators: Path | None = None, keep: Path | None = None) -> Outcome:
    """Run it, and say now and then how far it is.

    Args:
        config: The settings.
        generators: A folder where runs are kept whose generator and canvases serve all rows with the same ones; the
            time that these took is part of every row's minutes. None: each run learns its own.
        keep: The run's folder, if it is to stay; else it is taken away, unless others start from it.

    Raises:
        RuntimeError: the run failed.
    """
    donor = None if generators is None else generators / _generator_key(config)
    if donor is not None and not (donor / PRELUDE).is_file():
        outcome = _run(config, donor)[0]
        if keep is not None:
            shutil.copytree(donor, keep)
        return outcome
    config.generator.start = donor
    with tempfile.TemporaryDirectory() as folder:
        outcome, prelude = _run(config, keep or Path(folder) / "run")
    if donor is None:
        return outcome
    return replace(outcome, seconds=outcome.seconds - prelude + float((donor / PRELUDE).read_text()))


def _generator_key(config: RunConfig) -> str:
    """The same for settings that give the same generator and canvases."""
    schedule = config.schedule
    parts = [
        config.model.model_dump_json(), config.generator.model_dump_json(), config.losses.model_dump_json(),
        config.method, config.seed, config.threads, config.device, schedule.warmup_steps, schedule.generator_batch,
        schedule.generator_lr, schedule.canvas_share > 0, schedule.canvas_limit,
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _run(config: RunConfig, folder: Path) -> tuple[Outcome, float]:
    """The outcome, and the seconds from the start of the warm-up to that of fine-tuning."""
    from acq_engine.pipeline.run import QuantizationRun

    values: dict[str, float] = {}
    exact, images, began, prelude = 0.0, 0, 0.0, 0.0
    end: Event | None = None
    for event in QuantizationRun.create(config, folder, overwrite=True).events():
        end = event
        if isinstance(event, PhaseStarted) and event.phase == "warmup":
            began = time.monotonic()
        elif isinstance(event, PhaseStarted) and event.phase == "finetune":
            prelude = time.monotonic() - began
        elif isinstance(event, Checkpointed) and began and prelude:
            (folder / PRELUDE).write_text(str(prelude))  # from now on others can start from it, whatever becomes of it
        elif isinstance(event, Verified):
            exact = event.exact_rows
        elif isinstance(event, Evaluated):
            images = event.images
        elif isinstance(event, StepMetrics):
            values.update(event.values)
            if event.step % 100 == 0:
                left = "" if event.eta_seconds is None else f", {event.eta_seconds:.0f} s left"
                print(f"  {event.phase} {event.step}/{event.steps}{left}", flush=True)
    if isinstance(end, Failed) or not isinstance(end, Finished):
        raise RuntimeError(str(end))
    return Outcome(end, images, exact, values, end.seconds), prelude


def peak_mb() -> int | None:
    """The most memory that this process has had resident so far, in MB; None where the system doesn't tell."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6)


def precision(config: RunConfig) -> str:
    """What the run's training passes computed in: a student of more bits than that allows is float32 all the same."""
    return "bfloat16" if computes_in_bfloat16(config.precision, choose_device(config.device)) else "float32"


def today() -> str:
    """The date of a row."""
    return datetime.now(UTC).date().isoformat()


def cells(row: Any) -> tuple[str, ...]:
    """A row (a dataclass) as it stands in the file."""
    return tuple(str(value) for value in asdict(row).values())


def known(table: Path, row: type[Any]) -> set[tuple[str, ...]]:
    """The rows that the table has."""
    if not table.is_file():
        return set()
    names = [field.name for field in fields(row)]
    with table.open(encoding="utf-8", newline="") as file:
        return {tuple(line[name] for name in names) for line in csv.DictReader(file)}


def append(table: Path, row: Any, result: Any) -> None:
    """Add a line to the table."""
    table.parent.mkdir(parents=True, exist_ok=True)
    values = asdict(row) | asdict(result)
    is_new = not table.is_file()
    with table.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(values), lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(values)


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options of every table."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--short", action="store_true", help="the short rows only, printed and not kept")
    made.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real models")
    made.add_argument("--only", help="rows whose text contains this, such as 'B 3 3 8 0'")
    made.add_argument("--threads", type=int, help="threads of each run; default: torch's own choice")
    made.add_argument("--device", choices=("cpu", "cuda", "mps"), default="cpu", help="where runs compute")
    made.add_argument("--cuda-graphs", action="store_true", help="with --device cuda: replay training steps")
    made.add_argument("--keep", type=Path, help="keep the run folders in this folder")
    made.add_argument("--most", type=int, default=1000, help="at most so many new rows")
    return made


def fill(
    table: Path, rows: Sequence[Any], measure: Callable[[Any], Any], shown: Callable[[Any], str],
    options: argparse.Namespace,
) -> None:
    """Run what the table lacks, print each row, and append it unless `options.short`.

    Args:
        table: The CSV file.
        rows: Dataclasses of one kind with a field `model`.
        measure: Runs a row and gives a dataclass of results.
        shown: The results as they are printed.
        options: From `parser`.
    """
    done = set() if options.short or not rows else known(table, type(rows[0]))
    new = 0
    for row in rows:
        text = " ".join(cells(row))
        if cells(row) in done or (options.only and options.only not in text):
            continue
        if row.model != SAMPLE and not options.data.is_dir():
            print(f"{text} | left out: {options.data} is not here")
            continue
        if new >= options.most:
            break
        new += 1
        result = measure(row)
        if not options.short:
            append(table, row, result)
        print(f"{text} | {shown(result)}", flush=True)
    print(f"machine: {machine(options.device)}")
