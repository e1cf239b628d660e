"""Accuracy, and predictions where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from acq_engine.events.base import F32, I64, U8, Event

Subject = Literal["float", "student", "exported"]


@dataclass(frozen=True, slots=True)
class Evaluated(Event):
    """Accuracy of one model on the test set; top-1 is None where there is no test set.

    `agreement` is the percentage of images on which the model's top-1 equals the float model's
    (on the test set, else on synthetic samples: see `on`).
    """

    subject: Subject
    images: int
    on: Literal["test", "synthetic"]
    top1: float | None = None
    top5: float | None = None
    agreement: float | None = None
    per_class: F32 | None = None  # (classes,) percent
    confusion: I64 | None = None  # (classes, classes) rows: truth
    convention: Literal["A", "B"] = "B"
    final: bool = True  # False: a look in the middle of the run, on a part of the images
    # The float model on the same images, where these are a part; whole test sets have an event of its own.
    float_top1: float | None = None
    float_per_class: F32 | None = None
    float_confusion: I64 | None = None


@dataclass(frozen=True, slots=True)
class PredictionsCompared(Event):
    """What the float and the quantized model predict for the same images without labels, where there is no test set.

    Nothing learned from the images. Agreement on them is no accuracy: none of them has a true class, and procedural
    images are drawn by rules, not of the kind that the model was trained on.
    """

    on: Literal["synthetic", "procedural"]
    float_classes: I64  # (N,) top-1
    quantized_classes: I64  # (N,)
    float_shares: F32  # (N,) probability of that class, 0..1
    quantized_shares: F32  # (N,)
    divergence: F32  # (N,) KL divergence of the quantized from the float model's probabilities, in nats
    places: I64  # (M,) which of the N images are kept: other predictions first, then the furthest apart
    images: U8  # (M, H, W, 3), large ones reduced
