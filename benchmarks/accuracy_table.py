"""The rows of docs/benchmarks/accuracy.csv as the tables of docs/benchmarks.md and of docs/research, beside their aims.

    python -m benchmarks.accuracy_table

Means are over seeds, with the standard deviation where there are several; a drop is float minus quantized, in points.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from statistics import mean, stdev

from benchmarks.accuracy import TABLE
from benchmarks.tables import CIFAR

# Largest drops from float, in points: (model, method, preset, convention, W, A).
AIMS: dict[tuple[str, ...], float] = {
    (CIFAR, "acq", "balanced", "A", "4", "4"): 0.8,
    (CIFAR, "acq", "balanced", "A", "3", "3"): 4.0,
    (CIFAR, "acq", "balanced", "B", "4", "4"): 0.5,
    (CIFAR, "acq", "balanced", "B", "3", "3"): 2.0,
    (CIFAR, "acq", "balanced", "B", "2", "4"): 3.0,
    (CIFAR, "acq", "fast", "B", "4", "4"): 1.0,
}
SCHEMES = {"A": "paper", "B": "deployable"}
SUMMARY = ("what", "mean and spread", "aim", "reached")
MEANS = ("model", "preset", "scheme", "W/A", "seeds", "float", "quantized", "drop", "exported = quantized", "minutes")
RUNS = ("model", "preset", "scheme", "W/A", "skip connections", "training in", "seed", "float", "quantized", "exported",
        "drop", "aim", "exported = quantized", "minutes", "peak, MB")
Row = dict[str, str]


def read() -> list[Row]:
    """Every row of the file, in the tables' order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=order)


def order(row: Row) -> tuple[object, ...]:
    """By model, method, preset, convention, bits, precision, seed."""
    presets = ("balanced", "fast", "accurate")
    return (row["model"], row["method"], presets.index(row["preset"]), row["convention"], -int(row["weight_bits"]),
            -int(row["activation_bits"]), row["precision"], int(row["seed"]))


def is_current(row: Row) -> bool:
    """Whether skip connections are as they are by default; the paper's scheme knows no others."""
    return row["convention"] == "A" or row["shortcut_bits"] == "8"


def setting(row: Row) -> tuple[str, ...]:
    """What seeds are compared within."""
    return tuple(row[part] for part in (
        "model", "method", "preset", "convention", "weight_bits", "activation_bits"))


def groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The current rows of each setting; those in float32 are left out where there are some in bfloat16."""
    for _, found in groupby((row for row in rows if is_current(row)), setting):
        group = list(found)
        reduced = [row for row in group if row["precision"] != "float32"]
        yield reduced or group


def spread(values: Iterable[float]) -> str:
    """The mean, and the standard deviation of several."""
    several = list(values)
    return f"{mean(several):.2f}" + (f" ± {stdev(several):.2f}" if len(several) > 1 else "")


def name(row: Row) -> str:
    """The model, and the method where it is not ours."""
    return row["model"] + ("" if row["method"] == "acq" else f", method {row['method'].upper()}")


def summary_line(group: list[Row]) -> str | None:
    """A setting beside its aim; None where it has none."""
    first, aim = group[0], AIMS.get(setting(group[0]))
    if aim is None:
        return None
    drops = [float(row["drop"]) for row in group]
    bits = f"W{first['weight_bits']}A{first['activation_bits']}"
    what = f"drop: {name(first)}, {bits}, {first['preset']}, {scheme(first)}"
    return _cells(what, f"{spread(drops)} ({_seeds(group)})", f"{aim}", "yes" if mean(drops) <= aim else "no")


def means_line(group: list[Row]) -> str:
    """A setting with its figures."""
    first = group[0]
    return _cells(
        name(first), first["preset"], scheme(first), f"{first['weight_bits']}/{first['activation_bits']}",
        ", ".join(row["seed"] for row in group), f"{float(first['float_top1']):.2f}",
        spread(float(row["student_top1"]) for row in group), spread(float(row["drop"]) for row in group),
        f"{mean(float(row['agreement']) for row in group):.2f} %", _range(row["minutes"] for row in group),
    )


def run_line(row: Row) -> str:
    """One run."""
    aim = AIMS.get(setting(row))
    reached = "" if aim is None else f"{aim} {'reached' if float(row['drop']) <= aim else 'missed'}"
    figures = [f"{float(row[part]):.2f}" for part in ("float_top1", "student_top1", "exported_top1", "drop")]
    return _cells(
        name(row), row["preset"], scheme(row), f"{row['weight_bits']}/{row['activation_bits']}", row["shortcut_bits"],
        row["precision"], row["seed"], *figures, reached, f"{float(row['agreement']):.2f} %", row["minutes"],
        row["peak_mb"],
    )


def scheme(row: Row) -> str:
    """The convention in a word."""
    return SCHEMES[row["convention"]]


def _seeds(group: list[Row]) -> str:
    return "1 seed" if len(group) == 1 else f"{len(group)} seeds"


def _range(values: Iterable[str]) -> str:
    ordered = sorted(values, key=float)
    return ordered[0] if ordered[0] == ordered[-1] else f"{ordered[0]} to {ordered[-1]}"


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def tables() -> dict[str, tuple[tuple[str, ...], list[str]]]:
    """Titles of columns and lines of every table, by its name."""
    rows = read()
    settings = list(groups(rows))
    return {
        "Summary": (SUMMARY, [line for line in map(summary_line, settings) if line is not None]),
        "Accuracy": (MEANS, [means_line(group) for group in settings]),
        "Runs": (RUNS, [run_line(row) for row in rows if is_current(row)]),
        "Runs whose skip connections have the bits of activations": (
            RUNS, [run_line(row) for row in rows if not is_current(row)]),
    }


def main() -> None:
    """Print every table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    for title, (columns, lines) in tables().items():
        print(f"{title}\n\n{_cells(*columns)}\n|{'---|' * len(columns)}")
        print("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
