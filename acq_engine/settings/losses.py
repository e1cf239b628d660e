"""Weights of the losses."""

from __future__ import annotations

from pydantic import ConfigDict

from acq_engine.settings.fields import Section, setting


class LossWeights(Section):
    """A weight for every loss; 0 switches the loss off, and its cost with it."""

    class_: float = setting(
        1.0, "class", "The teacher must see the class that was asked for. Higher: surer, more alike samples.",
        ge=0, le=100, step=0.1, flag="--class-weight", alias="class",
    )
    bn: float = setting(
        5.0, "BN statistics", "Samples must give the batch-norm statistics of the training data. Higher: more "
        "natural samples.", ge=0, le=100, step=0.1, flag="--bn-weight",
    )
    centre: float = setting(
        4.0, "centre", "The attention's centre must be where it was asked for. Higher: more varied positions.",
        ge=0, le=100, step=0.1, flag="--centre-weight",
    )
    pair: float = setting(
        3.0, "pair", "Two samples of one class and centre must differ. Higher: more variety.",
        ge=0, le=100, step=0.1, flag="--pair-weight",
    )
    modes_bn: float = setting(
        0.3, "modes: BN", "Batch-norm statistics must also fit in train mode. Higher: samples that behave alike in "
        "both modes.", ge=0, le=100, step=0.1, advanced=True, flag="--modes-bn-weight",
    )
    modes_output: float = setting(
        0.1, "modes: output", "The teacher must answer alike in eval and train mode. Higher: answers that depend less "
        "on the rest of the batch.", ge=0, le=100, step=0.1, advanced=True, flag="--modes-output-weight",
    )
    modes_attention: float = setting(
        0.5, "modes: attention", "Attention must be alike in eval and train mode. Higher: attention that depends less "
        "on the rest of the batch.", ge=0, le=100, step=0.1, flag="--modes-attention-weight",
    )
    modes_every: int = setting(
        2, "modes: every", "The losses of both modes are computed once in so many generator steps, and count as many "
        "times there. Higher: faster, and noisier.", unit="steps", ge=1, le=100, step=1, advanced=True,
        flag="--modes-every",
    )
    label_smoothing: float = setting(
        0.1, "Label smoothing", "Keeps the class loss from asking for certainty. Higher: less sure samples.",
        ge=0, le=0.9, step=0.05, advanced=True,
    )
    distillation: float = setting(
        1.0, "distillation", "The quantized network must answer like the teacher. This is its main loss; the others "
        "are weighed against it.", ge=0, le=100, step=0.1, flag="--distillation-weight",
    )
    temperature: float = setting(
        2.0, "Temperature", "Softens both answers before they are compared. Higher: the wrong classes count for more.",
        ge=0.5, le=50, step=0.5, advanced=True,
    )
    feature: float = setting(
        1.0, "features", "Intermediate features must equal the teacher's. Higher keeps the layers between close to it, "
        "not only the answer.", ge=0, le=100, step=0.1, flag="--feature-weight",
    )
    student_class: float = setting(
        0.0, "student class", "The quantized network must see the class that was asked for. Useful only where the "
        "teacher sees it too: see class in Health.", ge=0, le=100, step=0.1, advanced=True,
        flag="--student-class-weight",
    )

    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False, populate_by_name=True)
