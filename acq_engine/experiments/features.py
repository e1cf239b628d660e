"""How far are synthetic samples from authentic images in the teacher's feature space? A question the paper leaves open.

Features are the attention layer's output, averaged over the image: what the classifier decides by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from acq_engine.errors import DataError
from acq_engine.evaluation.measures import class_spread, frechet_distance, principal_axes
from acq_engine.experiments.base import VARIANT, Column, Options, Result, Row, Variant, for_each
from acq_engine.experiments.drawing import Panel, colour, scatter
from acq_engine.experiments.observing import observe
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject
from acq_engine.test_sets.test_set import TestSet

QUESTION = "How far are synthetic samples from real images in the teacher's feature space?"
FIGURES = (
    Column("samples", "samples", 0), Column("frechet", "Fréchet distance", 2), Column("spread", "within-class "
                                                                                                "spread", 2),
    Column("confidence", "confidence, %", 1), Column("class_accuracy", "class, %", 1),
)
_BATCH_PIXELS = 250 * 32 * 32
_MOST_POINTS = 1500  # of one map
_FEWEST_IMAGES = 8
_MOST_COLOURS, _MOST_NAMES = 100, 20  # classes on a map; with more of them colours and names mean nothing


@dataclass(frozen=True)
class _Seen:
    """A set of images: (N, C) features, (N,) labels, (N, K) logits."""

    features: Tensor
    labels: Tensor
    logits: Tensor

    def part(self, chosen: slice) -> _Seen:
        return _Seen(self.features[chosen], self.labels[chosen], self.logits[chosen])

    def figures(self) -> dict[str, Any]:
        return {
            "samples": len(self.labels), "spread": class_spread(self.features, self.labels),
            "confidence": 100 * float(self.logits.softmax(1).amax(1).mean()),
            "class_accuracy": 100 * float((self.logits.argmax(1) == self.labels).float().mean()),
        }


def run(subject: Subject, options: Options) -> Result:
    """Compare the generator's samples with authentic images, or show the samples alone where there are no images.

    Raises:
        DataError: there are too few images to compare with.
    """
    count = options.samples
    authentic: list[_Seen] = []
    maps: dict[str, _Seen] = {}
    classes: list[Row] = []

    def measure(session: TrainingSession, variant: Variant) -> dict[str, Any]:
        if options.images is not None and not authentic:
            authentic.extend(_authentic(session, options.images, count))
        # As many samples as images: the distance depends on their number.
        wanted = len(authentic[0].labels) if authentic else count
        found = observe(session, wanted)
        synthetic = _Seen(found.pooled, found.labels, found.logits).part(slice(wanted))
        maps.setdefault("synthetic", synthetic)
        classes.extend(_by_class(session, synthetic, authentic))
        distance = frechet_distance(synthetic.features, authentic[0].features) if authentic else None
        return synthetic.figures() | {"frechet": distance}

    rows = for_each(subject, options, [Variant({"variant": "synthetic"}, {})], measure)
    notes = ["Fréchet distance: from as many real images; 0 for identical distributions. Spread: mean distance of a "
             "sample's features from its class's mean."]
    if authentic:
        distance = frechet_distance(authentic[1].features, authentic[0].features)
        rows.append({"variant": "real images", "seed": None, **authentic[1].figures(), "frechet": distance})
        maps["authentic"] = authentic[0]
        notes.append("The row of real images compares a second set of them with the first: the smallest distance that "
                     "samples can reach. Images are used only to measure; no setting was chosen by them.")
    else:
        notes.append("There are no real images to compare with; specify them with --images PATH.")
    panels, points = _maps(maps, subject.loaded.class_names)
    return Result(QUESTION, VARIANT, FIGURES, rows, panels, {"classes": classes, "points": points}, notes)


@torch.no_grad()
def _authentic(session: TrainingSession, images: TestSet, count: int) -> tuple[_Seen, _Seen]:
    """Two sets of equal size, of different images."""
    each = min(count, len(images) // 2)
    if each < _FEWEST_IMAGES:
        raise DataError("There are too few images to compare with.", cause=f"{len(images)} images.",
                        hint=f"Use {2 * _FEWEST_IMAGES} or more.")
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))[: 2 * each].numpy()
    chosen = TestSet(images.images[order], images.labels[order])
    _, height, width = session.loaded.input_shape
    parts: list[_Seen] = []
    for x, labels in chosen.batches(session.loaded, max(1, _BATCH_PIXELS // (height * width))):
        seen = session.teacher(x.to(session.device))
        parts.append(_Seen(seen.features[session.feature_layer].mean((2, 3)).cpu(), labels, seen.logits.cpu()))
    whole = _Seen(torch.cat([part.features for part in parts]), torch.cat([part.labels for part in parts]),
                  torch.cat([part.logits for part in parts]))
    return whole.part(slice(each)), whole.part(slice(each, None))


def _by_class(session: TrainingSession, synthetic: _Seen, authentic: list[_Seen]) -> list[Row]:
    names = session.loaded.class_names
    rows: list[Row] = []
    sets = {"synthetic": synthetic} | ({"authentic": authentic[0]} if authentic else {})
    for label in torch.cat([one.labels for one in sets.values()]).unique().tolist():
        row: Row = {"seed": session.config.seed, "class": label, "name": names[label] if label < len(names) else ""}
        means = {}
        for name, one in sets.items():
            own = one.features[one.labels == label]
            row[f"{name}_samples"] = len(own)
            row[f"{name}_spread"] = class_spread(own, torch.zeros(len(own)))
            if len(own):
                means[name] = own.mean(0)
        row["distance_of_means"] = (
            float((means["synthetic"] - means["authentic"]).norm()) if len(means) == 2 else None)
        rows.append(row)
    return rows


def _maps(sets: dict[str, _Seen], class_names: tuple[str, ...]) -> tuple[list[Panel], list[Row]]:
    """A map for each set on the two main axes of the authentic images, or of the samples where there are none."""
    base = sets.get("authentic", sets["synthetic"])
    mean, axes = principal_axes(base.features)
    placed = {name: ((one.features.double() - mean) @ axes)[:_MOST_POINTS] for name, one in sets.items()}
    every = torch.cat(list(placed.values()))
    low, high = every.amin(0), every.amax(0)
    margin = 0.04 * (high - low).clamp_min(1e-6)
    ranges = [(float(a), float(b)) for a, b in zip(low - margin, high + margin, strict=True)]
    panels, points = [], []
    for name, place in placed.items():
        labels = sets[name].labels[:_MOST_POINTS].tolist()
        count = max(labels) + 1
        by_class: dict[int, list[tuple[float, float]]] = {}
        for label, (x, y) in zip(labels, place.tolist(), strict=True):
            by_class.setdefault(label, []).append((x, y))
            points.append({"set": name, "class": label, "x": x, "y": y})
        groups = [(own, colour(label, max(count, 9)) if count <= _MOST_COLOURS else colour(0))
                  for label, own in sorted(by_class.items())]
        names = [(_middle(own), class_names[label] if label < len(class_names) else str(label))
                 for label, own in by_class.items() if count <= _MOST_NAMES]
        panels.append(scatter(groups, names=names, title=name, x_title="first principal component",
                              y_title="second principal component", x_range=ranges[0], y_range=ranges[1]))
    return panels, points


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    x, y = torch.tensor(points).median(0).values.tolist()
    return x, y
