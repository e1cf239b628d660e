"""Does the pair loss keep samples different? The paper's second experiment, and a question that it leaves open."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from acq_engine.evaluation.measures import cosine_distance
from acq_engine.experiments.base import VARIANT, Column, Options, Result, Row, Variant, for_each, with_and_without
from acq_engine.experiments.drawing import Panel, bars
from acq_engine.experiments.observing import GROUP, Observed, observe
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject

QUESTION = "Does the pair loss keep samples of one class different?"
FIGURES = (
    Column("same_centre", "same class and centre"), Column("same_class", "same class"),
    Column("other_class", "another class"), Column("class_accuracy", "class, %", 1),
)


def run(subject: Subject, options: Options) -> Result:
    """Feature distances of samples, with the pair (adversarial) loss and without it."""
    stages: list[Row] = []
    variants = with_and_without(subject, options, ("pair",), ("with pair loss", "without pair loss"))

    def measure(session: TrainingSession, variant: Variant) -> dict[str, Any]:
        found = observe(session, options.samples, grouped=True)
        stages.extend({**variant.values, "seed": session.config.seed, "stage": stage, **distances(found, stage)}
                      for stage in found.features)
        return mean_distances(found) | {"class_accuracy": found.class_accuracy}

    rows = for_each(subject, options, variants, measure)
    notes = ["Distance: 1 - cosine similarity of two samples' features, pooled to 4x4 at most, averaged over the "
             "stages. 0 means identical samples: the generator ignores its noise."]
    result = Result(QUESTION, VARIANT, FIGURES, rows, [], {"stages": stages}, notes)
    result.panels.extend(_panels(result))
    return result


def mean_distances(found: Observed) -> dict[str, float]:
    """`distances`, mean over the stages."""
    each = [distances(found, stage) for stage in found.features]
    return {key: sum(one[key] for one in each) / len(each) for key in each[0]}


def distances(found: Observed, stage: str) -> dict[str, float]:
    """Mean cosine distances in one stage of samples that were drawn in groups.

    Returns:
        "same_centre": of pairs of one class and centre; "same_class": of one class at different centres;
        "other_class": of different classes (NaN if only one class was drawn).
    """
    first, twin, second, third = (found.features[stage][place::GROUP] for place in range(GROUP))
    labels = found.labels[::GROUP]
    return {
        "same_centre": cosine_distance(first, twin),
        "same_class": (cosine_distance(first, second) + cosine_distance(first, third)
                       + cosine_distance(second, third)) / 3,
        "other_class": _between_classes(first, labels),
    }


def _between_classes(features: Tensor, labels: Tensor) -> float:
    parts = []
    for shift in range(1, min(8, len(labels))):
        other = labels.roll(shift) != labels
        if bool(other.any()):
            parts.append(cosine_distance(features[other], features.roll(shift, 0)[other]))
    return sum(parts) / len(parts) if parts else float("nan")


def _panels(result: Result) -> list[Panel]:
    lines = result.summary()
    return [
        bars([(line["variant"], line[column.key], line[f"{column.key}_spread"]) for line in lines],
             title=column.title, places=column.places)
        for column in FIGURES
    ]
