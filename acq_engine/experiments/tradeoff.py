"""Centre weight against pair weight: a trade-off that the paper leaves open."""

from __future__ import annotations

from typing import Any

from acq_engine.experiments.base import Column, Options, Result, Row, Variant, for_each
from acq_engine.experiments.diversity import mean_distances
from acq_engine.experiments.drawing import Panel, heat_map
from acq_engine.experiments.observing import observe
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject

QUESTION = "How do the centre loss and the pair loss trade off?"
NAMES = (Column("centre_weight", "centre weight"), Column("pair_weight", "pair weight"))
FIGURES = (
    Column("centre_error", "centre error"), Column("diversity", "diversity"), Column("class_accuracy", "class, %", 1),
    Column("bn_eval", "BN error", 4),
)


def run(subject: Subject, options: Options) -> Result:
    """Train one generator for each pair of weights in the grid."""
    centres, pairs = options.grid
    variants = [Variant({"centre_weight": centre, "pair_weight": pair}, {"centre": centre, "pair": pair})
                for centre in centres for pair in pairs]

    def measure(session: TrainingSession, variant: Variant) -> dict[str, Any]:
        found = observe(session, options.samples, grouped=True)
        return {"centre_error": found.centre_error, "diversity": mean_distances(found)["same_centre"],
                "class_accuracy": found.class_accuracy, "bn_eval": found.bn_eval}

    rows = for_each(subject, options, variants, measure)
    notes = ["Centre error: mean distance of measured and target centre, lower is better. Diversity: feature distance "
             "of two samples of the same class and centre, higher is better."]
    result = Result(QUESTION, NAMES, FIGURES, rows, [], {}, notes)
    result.panels.extend(_map(result.summary(), column, centres, pairs) for column in FIGURES)
    return result


def _map(lines: list[Row], column: Column, centres: tuple[float, ...], pairs: tuple[float, ...]) -> Panel:
    cells = {(line["centre_weight"], line["pair_weight"]): line[column.key] for line in lines}
    return heat_map(
        [[cells[centre, pair] for pair in pairs] for centre in centres],
        row_labels=[f"{centre:g}" for centre in centres], column_labels=[f"{pair:g}" for pair in pairs],
        title=column.title, x_title="pair weight", y_title="centre weight", places=column.places,
    )
