"""Weights of the losses."""

from __future__ import annotations

from pydantic import ConfigDict

from acq_engine.settings.fields import Section, setting


class LossWeights(Section):
    """A weight for every loss; 0 switches the loss off, and its cost with it."""

    class_: float = setting(
        1.0, "class", "The teacher must predict the target class. Higher: more confident, less diverse samples.",
        ge=0, le=100, step=0.1, flag="--class-weight", alias="class",
    )
    bn: float = setting(
        5.0, "BN statistics", "Samples must match the batch-norm statistics of the training data. Higher: more natural "
        "samples.", ge=0, le=100, step=0.1, flag="--bn-weight",
    )
    centre: float = setting(
        8.0, "centre", "The attention centre must match its target (attention centre matching loss). Higher: more "
        "varied positions.",
        ge=0, le=100, step=0.1, flag="--centre-weight",
    )
    pair: float = setting(
        3.0, "pair", "Two samples of the same class and centre must differ (pair loss). Higher: more diversity.",
        ge=0, le=100, step=0.1, flag="--pair-weight",
    )
    modes_bn: float = setting(
        0.3, "eval/train BN", "Batch-norm statistics must match in train mode as well. Higher: samples that behave "
        "alike in both modes.", ge=0, le=100, step=0.1, advanced=True,
        flag="--eval-train-bn-weight", old_flags=("--modes-bn-weight",),
    )
    modes_output: float = setting(
        0.1, "eval/train output", "The teacher's outputs must agree in eval and train mode. Higher: outputs that "
        "depend less on the rest of the batch.", ge=0, le=100, step=0.1, advanced=True,
        flag="--eval-train-output-weight", old_flags=("--modes-output-weight",),
    )
    modes_attention: float = setting(
        0.5, "eval/train attention", "Attention must agree in eval and train mode (consistency penalty). Higher: "
        "attention that depends less on the rest of the batch.", ge=0, le=100, step=0.1,
        flag="--eval-train-attention-weight", old_flags=("--modes-attention-weight",),
    )
    modes_every: int = setting(
        2, "eval/train every", "Compute the eval/train losses once every this many generator steps, scaled up "
        "accordingly. Higher: faster and noisier.", unit="steps", ge=1, le=100, step=1, advanced=True,
        flag="--eval-train-every", old_flags=("--modes-every",),
    )
    label_smoothing: float = setting(
        0.1, "Label smoothing", "Keeps the class loss from demanding full confidence. Higher: less confident samples.",
        ge=0, le=0.9, step=0.05, advanced=True,
    )
    distillation: float = setting(
        1.0, "distillation", "The student's outputs must match the teacher's. This is its main loss; the others are "
        "relative to it.", ge=0, le=100, step=0.1, flag="--distillation-weight",
    )
    temperature: float = setting(
        2.0, "Temperature", "Softens the outputs of teacher and student before comparing them. Higher: the other "
        "classes count for more.",
        ge=0.5, le=50, step=0.5, advanced=True,
    )
    feature: float = setting(
        1.0, "features", "The student's intermediate features must match the teacher's. Higher: inner layers stay "
        "close as well, not only the output.", ge=0, le=100, step=0.1, flag="--feature-weight",
    )
    student_class: float = setting(
        0.0, "student class", "The student must predict the target class. Useful only if the teacher does so too: see "
        "class match in Health.", ge=0, le=100, step=0.1, advanced=True,
        flag="--student-class-weight",
    )

    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False, populate_by_name=True)


def weights_of(losses: LossWeights) -> dict[str, float]:
    """The weights by the keys of `acq_engine.events.METRICS`."""
    generator = {name.rstrip("_"): getattr(losses, name) for name in (
        "class_", "bn", "centre", "pair", "modes_bn", "modes_output", "modes_attention")}
    student = {"distillation": losses.distillation, "feature": losses.feature, "class": losses.student_class}
    return {f"{group}/{name}": weight for group, weights in (("generator", generator), ("student", student))
            for name, weight in weights.items()}
