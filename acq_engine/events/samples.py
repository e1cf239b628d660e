"""Synthetic samples: images, attention, features."""

from __future__ import annotations

from dataclasses import dataclass

from acq_engine.events.base import F32, I64, U8, Event


@dataclass(frozen=True, slots=True)
class SamplesReady(Event):
    """A fixed set of synthetic samples (same noise, classes and centres all through the run)."""

    step: int  # global step
    images: U8  # (N, H, W, 3)
    labels: I64  # (N,) the class asked for
    asked: F32 | None  # (N, 2) the centre asked for; None where the method has no such condition
    measured: F32  # (N, 2) the centre measured in eval mode
    teacher_class: I64  # (N,) what the teacher sees
    teacher_confidence: F32  # (N,) probability of the class asked for
    student_class: I64 | None = None
    student_confidence: F32 | None = None
    path: str = ""  # the tiled image in the run folder


@dataclass(frozen=True, slots=True)
class AttentionReady(Event):
    """Attention maps of the samples of the SamplesReady with the same step, in both modes.

    The layer whose attention the run corrects comes first; the ends of the network's stages follow, for looking at.
    """

    step: int
    layer: str
    eval_maps: F32  # (N, h, w), each normalised to sum 1
    train_maps: F32  # (N, h, w), each normalised to sum 1
    similarity: F32  # (N,) cosine similarity of the two maps, 0..1
    path: str = ""
    corrected: bool = True  # whether this is the layer that the run corrects
    centres: F32 | None = None  # (N, 2) centre of each eval map


@dataclass(frozen=True, slots=True)
class FeaturesReady(Event):
    """Where the samples of the SamplesReady with the same step lie in the teacher's feature space, seen flat.

    The plane is that of the authentic images' two main axes, else of the samples' own; lengths are those of features.
    """

    step: int
    layer: str
    points: F32  # (N, 2)
    labels: I64  # (N,) the class asked for
    shown: float  # part of the samples' variance that lies in the plane, 0..1
    spread: float | None  # mean distance of a sample's features from its class's mean
    authentic: F32 | None = None  # (M, 2) test images
    authentic_labels: I64 | None = None  # (M,)
    authentic_spread: float | None = None
    distance: float | None = None  # Frechet distance of the samples from as many test images
    authentic_distance: float | None = None  # of as many other test images from these
