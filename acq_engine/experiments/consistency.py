"""Do the consistency penalties bring the teacher's two modes together? The paper's third experiment."""

from __future__ import annotations

from typing import Any

from acq_engine.experiments.base import VARIANT, Column, Options, Result, Variant, for_each, with_and_without
from acq_engine.experiments.drawing import bars
from acq_engine.experiments.observing import observe
from acq_engine.pipeline.session import TrainingSession
from acq_engine.pipeline.subject import Subject

QUESTION = "Do the consistency penalties make eval and train mode agree?"
LOSSES = ("modes_bn", "modes_output", "modes_attention")
FIGURES = (
    Column("bn_eval", "BN, eval", 4), Column("bn_train", "BN, train", 4),
    Column("similarity", "maps"), Column("output_difference", "KL, nats"),
    Column("same_answer", "agreement, %", 1), Column("class_accuracy", "class, %", 1),
)


def run(subject: Subject, options: Options) -> Result:
    """Batch-norm error in both modes and how alike the modes are, with the consistency penalties and without them."""
    variants = with_and_without(subject, options, LOSSES, ("with consistency", "without consistency"))

    def measure(session: TrainingSession, variant: Variant) -> dict[str, Any]:
        found = observe(session, options.samples)
        return {
            "bn_eval": found.bn_eval, "bn_train": found.bn_train, "similarity": float(found.similarity.mean()),
            "output_difference": found.output_difference,
            "same_answer": 100 * float(found.same_answer.float().mean()), "class_accuracy": found.class_accuracy,
        }

    rows = for_each(subject, options, variants, measure)
    notes = ["BN: distance of the samples' batch-norm statistics from the stored ones, as in the loss. Maps: cosine "
             "similarity of the attention maps in eval and train mode, at most 1. KL: divergence between the outputs "
             "in both modes. Agreement: samples with the same prediction in both."]
    result = Result(QUESTION, VARIANT, FIGURES, rows, [], {}, notes)
    lines = result.summary()
    result.panels.extend(
        bars([(line["variant"], line[column.key], line[f"{column.key}_spread"]) for line in lines],
             title=column.title, places=column.places)
        for column in FIGURES[:4]
    )
    return result
