"""What all experiments share: their options, variants of the settings, and the table that each gives."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from acq_engine.experiments.drawing import Panel
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Progress, Subject
from acq_engine.settings import LossWeights
from acq_engine.test_sets.test_set import TestSet

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A figure: its key in rows and CSV files, its title, and decimals for people."""

    key: str
    title: str
    places: int = 3


@dataclass(frozen=True)
class Options:
    """How an experiment is done.

    Attributes:
        seeds: One generator is trained for each.
        samples: Synthetic samples to measure on.
        compare: Train the variants that a run does not have.
        grid: Centre weights and pair weights, for `tradeoff`.
        images: Labelled authentic images, for `features`.
        progress: Told what is being done.
    """

    seeds: tuple[int, ...]
    samples: int = 512
    compare: bool = True
    grid: tuple[tuple[float, ...], tuple[float, ...]] = ((0.0, 1.0, 4.0), (0.0, 1.0, 4.0))
    images: TestSet | None = None
    progress: Progress | None = None


@dataclass(frozen=True)
class Variant:
    """The subject with other loss weights."""

    values: Mapping[str, Any]  # the cells that name it, by column key
    losses: Mapping[str, float]

    @property
    def title(self) -> str:
        """The variant in a few words."""
        return ", ".join(f"{key} {value:g}" if isinstance(value, float) else str(value)
                         for key, value in self.values.items())


@dataclass
class Result:
    """What came out.

    Attributes:
        question: What the experiment asks, in a sentence.
        names: The columns that tell variants apart.
        figures: The columns that were measured.
        rows: One for each variant and seed; None or NaN where something can't be measured.
        panels: Of the image that shows them.
        more: Further tables by name, such as "classes".
        notes: Sentences about what the figures mean.
    """

    question: str
    names: tuple[Column, ...]
    figures: tuple[Column, ...]
    rows: list[Row]
    panels: list[Panel]
    more: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> list[Row]:
        """One row a variant: mean over the seeds by figure, the standard deviation as KEY_spread, and "seeds"."""
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in self.rows:
            groups.setdefault(tuple(row[column.key] for column in self.names), []).append(row)
        result = []
        for key, rows in groups.items():
            line: Row = dict(zip((column.key for column in self.names), key, strict=True))
            for column in self.figures:
                line[column.key], line[f"{column.key}_spread"] = mean_and_spread(row[column.key] for row in rows)
            result.append(line | {"seeds": len(rows)})
        return result


def mean_and_spread(values: Iterator[float | None]) -> tuple[float | None, float | None]:
    """Mean and sample standard deviation of what was measured; None without values, and without two of them."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return None, None
    return statistics.fmean(known), statistics.stdev(known) if len(known) > 1 else None


def with_and_without(
    subject: Subject, options: Options, losses: Sequence[str], words: tuple[str, str],
) -> list[Variant]:
    """The subject with the named losses and without them; of a run that is not to be compared only what it is.

    `words`: what the two are called.

    "With" are the subject's own weights, or the defaults where it has none of these losses.
    """
    own = {name: float(getattr(subject.config.losses, name)) for name in losses}
    default = LossWeights()
    on = own if any(own.values()) else {name: float(getattr(default, name)) for name in losses}
    variants = [Variant({"variant": words[0]}, on), Variant({"variant": words[1]}, dict.fromkeys(losses, 0.0))]
    return variants if options.compare else [one for one in variants if one.losses == own]


def for_each(
    subject: Subject, options: Options, variants: Sequence[Variant],
    measure: Callable[[TrainingSession, Variant], Mapping[str, Any]],
) -> list[Row]:
    """Train each variant with each seed, and measure it."""
    rows: list[Row] = []
    for number, variant in enumerate(variants, 1):
        for seed in options.seeds:
            title = f"{variant.title}, seed {seed} ({number} of {len(variants)})"
            session = subject.session(variant.losses, seed, title=title, progress=options.progress)
            rows.append({**variant.values, "seed": seed, **measure(session, variant)})
    return rows


VARIANT = (Column("variant", "variant"),)
