"""What each part of the method is worth: a run without it, beside the full method and the GDFQ preset.

    python -m benchmarks.ablation --short              a few very short runs, printed only
    python -m benchmarks.ablation                      the sample at W3A3, appended to docs/benchmarks/ablation.csv
    python -m benchmarks.ablation --model cifar10-resnet20 --preset balanced --seeds 0,1,2 --data ../shared/data

Accuracies are the last step's, on all test images; health figures are of the samples at the end, and need no images.
Nothing is chosen by either. Percent; the picture is 2 wide.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acq_engine.evaluation.machine import machine
from acq_engine.settings import Convention, Preset, RunConfig
from acq_engine.settings.presets import with_method, with_preset
from benchmarks import tables
from benchmarks.tables import CIFAR, SAMPLE

TABLE = Path("docs/benchmarks/ablation.csv")

# What is changed of the full method, by section.
CHANGES: dict[str, dict[str, dict[str, Any]]] = {
    "full": {},
    "gdfq": {},  # another method, not a change of ours
    "no class": {"losses": {"class_": 0.0}},
    "no bn": {"losses": {"bn": 0.0}},
    "no centre": {"losses": {"centre": 0.0}},
    "no pair": {"losses": {"pair": 0.0}},
    "no modes_bn": {"losses": {"modes_bn": 0.0}},
    "no modes_output": {"losses": {"modes_output": 0.0}},
    "no modes_attention": {"losses": {"modes_attention": 0.0}},
    "no modes": {"losses": {"modes_bn": 0.0, "modes_output": 0.0, "modes_attention": 0.0}},
    "no label smoothing": {"losses": {"label_smoothing": 0.0}},
    "no feature": {"losses": {"feature": 0.0}},
    "no mixup": {"schedule": {"mixup": False}},
    "no flips": {"schedule": {"flip": False}},
    "no learned scales": {"quantization": {"learned_scales": False}},
    "no canvases": {"schedule": {"canvas_share": 0.0}},
    "nearest rounding": {"quantization": {"rounding": "nearest"}},
    "no fine-tuning": {"schedule": {"finetune_steps": 0}},
}
SHORT = ("full", "no pair", "no learned scales", "gdfq")
SHORT_STEPS = {"preset": "custom", "warmup_steps": 40, "finetune_steps": 40, "generator_batch": 32,
               "student_batch": 16, "calibration_samples": 128}


@dataclass(frozen=True)
class Row:
    """What is run."""

    model: str
    change: str
    preset: Preset
    convention: Convention
    weight_bits: int
    activation_bits: int
    shortcut_bits: int  # in convention A those of activations
    seed: int


@dataclass(frozen=True)
class Result:
    """What came out. Health figures are None where the method has no such condition."""

    images: int
    float_top1: float | None
    student_top1: float | None
    drop: float | None
    synthetic_agreement: float | None
    sample_class: float | None
    centre_error: float | None
    diversity: float | None
    modes: float | None
    minutes: float
    precision: str  # of training passes
    machine: str
    date: str


def settings(row: Row, data: Path) -> RunConfig:
    """The run's settings.

    Raises:
        pydantic.ValidationError: a change names a setting that there is not.
    """
    base = with_preset(RunConfig(seed=row.seed), row.preset if row.preset != "custom" else "fast")
    config = with_method(base, "gdfq" if row.change == "gdfq" else "acq")
    tables.use_model(config, row.model, data)
    tables.use_bits(config, row)
    changes = dict(CHANGES[row.change])
    if row.preset == "custom":
        changes["schedule"] = SHORT_STEPS | changes.get("schedule", {})
    for section, values in changes.items():
        for name, value in values.items():
            setattr(getattr(config, section), name, value)
    return config


def measure(row: Row, options: argparse.Namespace) -> Result:
    """Run it.

    Raises:
        RuntimeError: the run failed.
    """
    config = settings(row, options.data)
    config.threads, config.device, config.cuda_graphs = options.threads, options.device, options.cuda_graphs
    keep = options.keep and options.keep / "-".join(tables.cells(row)).replace(" ", "-")
    found = tables.run(config, None if options.short else tables.GENERATORS, keep)

    def value(key: str) -> float | None:
        return round(found.values[key], 3) if key in found.values else None

    return Result(
        found.images, found.end.float_top1, found.end.student_top1, found.drop, value("accuracy/agreement"),
        value("health/class"), value("health/centre_error"), value("health/diversity"), value("health/modes"),
        found.minutes, tables.precision(config), machine(options.device),
        tables.today(),
    )


def shown(result: Result) -> str:
    """The results as they are printed."""
    return (f"{result.float_top1} {result.student_top1} {result.drop} {result.synthetic_agreement} | "
            f"{result.sample_class} {result.centre_error} {result.diversity} {result.modes} | {result.minutes}")


def main() -> None:
    """Run the rows that are asked for, and print each."""
    parser = tables.parser(__doc__)
    parser.add_argument("--model", choices=(SAMPLE, CIFAR), default=SAMPLE)
    parser.add_argument("--preset", choices=("fast", "balanced", "accurate"), default="fast")
    parser.add_argument("--convention", choices=("A", "B"), default="B")
    parser.add_argument("--bits", default="3,3", help="weights and activations; default 3,3")
    parser.add_argument("--shortcuts", type=int, default=8, help="bits of shortcuts in convention B; default 8")
    parser.add_argument("--seeds", default="0", help="such as 0,1,2")
    options = parser.parse_args()
    weight_bits, activation_bits = (int(part) for part in options.bits.split(","))
    shortcut_bits = options.shortcuts if options.convention == "B" else activation_bits
    seeds = [int(part) for part in options.seeds.split(",")]
    rows = [
        Row(options.model, change, "custom" if options.short else options.preset, options.convention, weight_bits,
            activation_bits, shortcut_bits, seed)
        for seed in seeds for change in (SHORT if options.short else CHANGES)
    ]
    print("model change preset convention W A shortcuts seed | float student drop synthetic-agreement | class "
          "centre-error diversity modes | minutes")
    if options.short:
        print(f"(only {SHORT_STEPS['warmup_steps']} + {SHORT_STEPS['finetune_steps']} steps: this shows that it works, "
              "not what the parts are worth)")
    tables.fill(TABLE, rows, lambda row: measure(row, options), shown, options)


if __name__ == "__main__":
    main()
