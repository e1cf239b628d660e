"""The rows of docs/benchmarks/accuracy.csv as the tables of docs/benchmarks.md, each beside its aim.

    python -m benchmarks.accuracy_table
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable

from benchmarks.accuracy import TABLE
from benchmarks.tables import CIFAR, IMAGENET

# Largest drops from float, in points: (model, method, preset, convention, W, A).
AIMS: dict[tuple[str, ...], float] = {
    (CIFAR, "acq", "balanced", "A", "4", "4"): 0.8,
    (CIFAR, "acq", "balanced", "A", "3", "3"): 4.0,
    (CIFAR, "acq", "balanced", "B", "4", "4"): 0.5,
    (CIFAR, "acq", "balanced", "B", "3", "3"): 2.0,
    (CIFAR, "acq", "balanced", "B", "2", "4"): 3.0,
    (CIFAR, "acq", "fast", "B", "4", "4"): 1.0,
    (IMAGENET, "acq", "fast", "B", "8", "8"): 0.5,
    (IMAGENET, "acq", "fast", "B", "4", "8"): 4.0,
}
TITLES = ("model", "preset", "convention", "W/A", "shortcuts", "training in", "seed", "float", "quantized", "exported",
          "drop", "aim", "exported = quantized", "minutes", "peak, MB")
Row = dict[str, str]


def is_current(row: Row) -> bool:
    """Whether shortcuts are as they are by default; convention A knows no others."""
    return row["convention"] == "A" or row["shortcut_bits"] == "8"


def line(row: Row) -> str:
    """A row of the document's table."""
    name = row["model"] + ("" if row["method"] == "acq" else f", method {row['method'].upper()}")
    setting = ("model", "method", "preset", "convention", "weight_bits", "activation_bits")
    aim = AIMS.get(tuple(row[part] for part in setting))
    reached = "" if aim is None else f"{aim} {'reached' if float(row['drop']) <= aim else 'missed'}"
    figures = [f"{float(row[part]):.2f}" for part in ("float_top1", "student_top1", "exported_top1", "drop")]
    cells = [
        name, row["preset"], row["convention"], f"{row['weight_bits']}/{row['activation_bits']}", row["shortcut_bits"],
        row["precision"], row["seed"], *figures, reached, f"{float(row['agreement']):.2f} %", row["minutes"],
        row["peak_mb"],
    ]
    return "| " + " | ".join(cells) + " |"


def order(row: Row) -> tuple[object, ...]:
    """By model, method, preset, convention, bits, precision, seed."""
    presets = ("balanced", "fast", "accurate")
    return (row["model"], row["method"], presets.index(row["preset"]), row["convention"], -int(row["weight_bits"]),
            -int(row["activation_bits"]), row["precision"], int(row["seed"]))


def main() -> None:
    """Print both tables."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=order)
    parts: tuple[tuple[str, Callable[[Row], bool]], ...] = (
        ("As it is", is_current), ("Shortcuts with the bits of activations", lambda row: not is_current(row)),
    )
    for title, belongs in parts:
        print(f"{title}\n\n| {' | '.join(TITLES)} |\n|{'---|' * len(TITLES)}")
        print("\n".join(line(row) for row in rows if belongs(row)) + "\n")


if __name__ == "__main__":
    main()
