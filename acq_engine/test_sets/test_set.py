"""Labelled images, and what each reader does with what it has read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError, Question

if TYPE_CHECKING:
    from torch import Tensor

    from acq_engine.models.loaded import LoadedModel

U8 = NDArray[np.uint8]
I64 = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Called with images done and images in all."""

IMAGES_A_CLASS = 5
"""With this many images a class, a label that never occurs is hardly chance (0.7 % for random labels)."""


@dataclass(frozen=True)
class TestSet:
    """Labelled images, as large as the model's input.

    Attributes:
        images: (N, H, W, C) uint8, C being the model's channels.
        labels: (N,) int64 in 0..classes-1.
        class_names: One for each class, or empty.
        skipped: Images that could not be read.
        source: Where they come from, for reports.
        notes: How the labels were read, where there is more than one way; one sentence each.
        warnings: What may be wrong with the labels.
        questions: What is not certain, and the settings that answer it.
    """

    __test__ = False  # not a test class for pytest

    images: U8
    labels: I64
    class_names: tuple[str, ...] = ()
    skipped: int = 0
    source: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    def batches(self, loaded: LoadedModel, batch_size: int = 100) -> Iterator[tuple[Tensor, Tensor]]:
        """Normalised input (B, C, H, W) float32 and labels (B,) int64, in order, on the CPU.

        Args:
            loaded: The model whose normalisation is used.
            batch_size: Images in a batch; the last one may be smaller.
        """
        import torch

        for start in range(0, len(self), batch_size):
            part = slice(start, start + batch_size)
            yield loaded.to_model_input(self.images[part]), torch.from_numpy(self.labels[part].copy())

    def some(self, count: int) -> tuple[TestSet, I64]:
        """At most `count` images from all over the set, and their places in it (N,)."""
        chosen = spread(len(self), count)
        return replace(self, images=self.images[chosen], labels=self.labels[chosen]), chosen


def missing_ends(labels: I64, num_classes: int) -> str:
    """A warning where the lowest or the highest label never occurs; empty for small sets, where that is chance.

    Args:
        labels: (N,) of the whole set, in 0..classes-1.
        num_classes: Of the model.
    """
    if len(labels) < IMAGES_A_CLASS * num_classes:
        return ""
    last = num_classes - 1
    if not (labels == 0).any():
        return ("No test image has the label 0, the model's first class. If the labels count from 1, subtract 1 from "
                "each; otherwise the accuracy is wrong.")
    if not (labels == last).any():
        return (f"No test image has the label {last}, the model's last class. Check that the labels follow the order "
                "of the model's classes.")
    return ""


def spread(total: int, count: int | None) -> I64:
    """The places of at most `count` of `total` things, evenly apart; None for all.

    Test sets often lie sorted by class: their first images would be of one class.
    """
    if count is None or count >= total:
        return np.arange(total, dtype=np.int64)
    return np.linspace(0, total - 1, count).round().astype(np.int64)


def checked_test_set(
    images: U8, labels: I64, class_names: Sequence[str], loaded: LoadedModel, *, skipped: int = 0, source: str = "",
    numbers: I64 | None = None, notes: Sequence[str] = (), warnings: Sequence[str] = (),
    questions: Sequence[Question] = (),
) -> TestSet:
    """Check labels and names against the model, and bring the channels to what it takes.

    Args:
        images: (N, H, W, C) or (N, H, W) uint8.
        labels: (N,) int64.
        class_names: One for each class, or none.
        loaded: The model.
        skipped: Images that could not be read.
        source: Where they come from.
        numbers: Where labels were given as numbers: those of the whole set, of which `labels` may be a part.
        notes: See `TestSet`.
        warnings: See `TestSet`.
        questions: See `TestSet`.

    Raises:
        DataError: no images, a label out of range, or another number of classes.
    """
    from acq_engine.models.loaded import match_channels

    if len(images) == 0:
        raise DataError(
            "The test set has no images.",
            cause=f"{skipped} file(s) could not be read." if skipped else source,
        )
    if class_names and len(class_names) != loaded.num_classes:
        raise DataError(
            f"The test set has {len(class_names)} classes, the model {loaded.num_classes}.",
            hint="Use a test set with the classes that the model was trained on.",
        )
    whole = labels if numbers is None else numbers
    if len(whole) and int(whole.min()) == 1 and int(whole.max()) == loaded.num_classes:  # can't be anything else
        labels, whole = labels - 1, whole - 1
        notes = (*notes, "The labels count from 1; they are read as classes from 0.")
    outside = np.flatnonzero((labels < 0) | (labels >= loaded.num_classes))
    if len(outside):
        index = int(outside[0])
        raise DataError(
            f"{len(outside)} label(s) are outside 0 to {loaded.num_classes - 1}.",
            cause=f"Image {index} has the label {int(labels[index])}.",
            hint="Labels count from 0, in the order of the model's classes.",
        )
    names = tuple(class_names) or loaded.class_names
    missing = missing_ends(whole, loaded.num_classes) if numbers is not None else ""
    said = (*warnings, missing) if missing else tuple(warnings)
    return TestSet(match_channels(images, loaded.input_shape[0]), labels, names, skipped, source, tuple(notes), said,
                   tuple(questions))
