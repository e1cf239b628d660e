"""Do attention centres go where they are asked to? The paper's first experiment."""

from __future__ import annotations

from typing import Any

import torch

from acq_engine.errors import ConfigError
from acq_engine.evaluation.measures import correlation
from acq_engine.experiments.base import VARIANT, Column, Options, Result, Row, Variant, for_each, with_and_without
from acq_engine.experiments.drawing import Panel, colour, scatter
from acq_engine.experiments.observing import Observed, observe
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject

QUESTION = "Do attention centres match their targets?"
_MOST_POINTS = 400  # of one scatter plot


def run(subject: Subject, options: Options) -> Result:
    """Compare asked-for and measured centres, with the centre loss and without it.

    Raises:
        ConfigError: the generator takes no centre.
    """
    if subject.config.generator.kind == "gdfq":
        raise ConfigError(
            "This generator is not conditioned on attention "
            "centres.", cause="It is the baseline's (generator kind gdfq).",
            hint="Use a run or settings with the method acq.",
        )
    classes: list[Row] = []
    points: list[Row] = []
    seen: dict[str, Observed] = {}
    variants = with_and_without(subject, options, ("centre",), ("with centre loss", "without centre loss"))

    def measure(session: TrainingSession, variant: Variant) -> dict[str, Any]:
        found = observe(session, options.samples)
        assert found.target is not None
        seen.setdefault(variant.title, found)
        common = {**variant.values, "seed": session.config.seed}
        classes.extend(common | row for row in _by_class(found, subject))
        points.extend(common | row for row in _points(found))
        return _figures(found)

    rows = for_each(subject, options, variants, measure)
    panels = [panel for words, found in seen.items() for panel in _panels(found, words)]
    columns = (
        Column("centre_error", "centre error"), Column("chance_error", "by chance"),
        Column("correlation_x", "r in x", 2), Column("correlation_y", "r in y", 2),
        Column("class_accuracy", "class, %", 1),
    )
    notes = ["Centre error: mean distance of measured and target centre; the image is 2 units wide. By chance: the "
             "same for a generator that ignores its targets."]
    return Result(QUESTION, VARIANT, columns, rows, panels, {"classes": classes, "points": points}, notes)


def _figures(found: Observed) -> dict[str, Any]:
    assert found.target is not None
    chance = (found.measured[:, None] - found.target[None]).norm(dim=2).mean()  # every centre against every request
    return {
        "centre_error": found.centre_error, "chance_error": float(chance),
        "correlation_x": correlation(found.target[:, 0], found.measured[:, 0]),
        "correlation_y": correlation(found.target[:, 1], found.measured[:, 1]),
        "class_accuracy": found.class_accuracy,
    }


def _by_class(found: Observed, subject: Subject) -> list[Row]:
    assert found.target is not None
    names = subject.loaded.class_names
    rows = []
    for label in found.labels.unique().tolist():
        own = found.labels == label
        target, measured = found.target[own], found.measured[own]
        rows.append({
            "class": label, "name": names[label] if label < len(names) else "", "samples": int(own.sum()),
            "centre_error": float((measured - target).norm(dim=1).mean()),
            "correlation_x": correlation(target[:, 0], measured[:, 0]),
            "correlation_y": correlation(target[:, 1], measured[:, 1]),
        })
    return rows


def _points(found: Observed) -> list[Row]:
    assert found.target is not None
    table = torch.cat((found.target, found.measured), dim=1).tolist()
    return [{"class": label, "asked_x": line[0], "asked_y": line[1], "measured_x": line[2], "measured_y": line[3]}
            for label, line in zip(found.labels.tolist(), table, strict=True)]


def _panels(found: Observed, words: str) -> list[Panel]:
    assert found.target is not None
    panels = []
    for axis, name in enumerate("xy"):
        points = list(zip(found.target[:_MOST_POINTS, axis].tolist(), found.measured[:_MOST_POINTS, axis].tolist(),
                          strict=True))
        panels.append(scatter(
            [(points, colour(axis))], title=f"{name}, {words}", x_title=f"{name} target", y_title=f"{name} measured",
            x_range=(-1.0, 1.0), y_range=(-1.0, 1.0), diagonal=True,
        ))
    return panels
