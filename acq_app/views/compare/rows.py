"""What is known of compared pictures, and which of them are shown in what order. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from acq_app.views.shared.sample_facts import class_name

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]
SortKey = Literal["divergence", "given", "attention", "class"]


@dataclass(frozen=True)
class Comparison:
    """N pictures in both networks of a run; K answers are known of each, likeliest first.

    Attributes:
        source: What the pictures are: "files", "test" or "samples".
        names: (N) what each picture is called.
        images: (N, H, W, 3), as the networks see them.
        labels: (N,) true classes, or of samples the target ones; None where nobody knows.
        class_names: One for each class, or empty.
        float_classes: (N, K), and `float_shares` (N, K) their probabilities, 0..1.
        quantized_classes: (N, K), and `quantized_shares` (N, K).
        divergence: (N,) KL divergence of the quantized from the float network, in nats.
        layer: Where attention is looked at.
        float_maps: (N, h, w), each with sum 1.
        quantized_maps: The same, or None where the quantized model has no such place.
        layers: The quantized layers in the order of computation.
        errors: (N, layers) relative squared error of each layer's output.
        in_all: How many pictures there were; more than N where only a part was compared.
        unread: Names of files that could not be read.
        cell: True and predicted class (-1: any) of the cell of the confusion matrix, or the row of a table, that was
            asked about; None: none was.
    """

    source: Literal["files", "test", "samples"]
    names: tuple[str, ...]
    images: U8
    labels: I64 | None
    class_names: tuple[str, ...]
    float_classes: I64
    float_shares: F32
    quantized_classes: I64
    quantized_shares: F32
    divergence: F32
    layer: str
    float_maps: F32
    quantized_maps: F32 | None
    layers: tuple[str, ...]
    errors: F32
    in_all: int = 0
    unread: tuple[str, ...] = ()
    cell: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self.names)

    @property
    def flipped(self) -> NDArray[np.bool_]:
        """(N,) whether the two networks give different predictions."""
        return np.asarray(self.float_classes[:, 0] != self.quantized_classes[:, 0])

    def class_of(self, index: int) -> int:
        """The class that a picture is filed under: its own, or the float network's answer where none is known."""
        return int(self.float_classes[index, 0] if self.labels is None else self.labels[index])

    def classes(self) -> list[int]:
        """The classes that occur, in order."""
        return sorted({self.class_of(index) for index in range(len(self))})

    def predicted_as(self, label: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """(N,) whether the float and whether the quantized model predicts a class."""
        return self.float_classes[:, 0] == label, self.quantized_classes[:, 0] == label

    def predictions(self) -> list[int]:
        """The classes that one of the networks predicts, in order."""
        return sorted({int(label) for each in (self.float_classes, self.quantized_classes) for label in each[:, 0]})

    def name_of(self, label: int) -> str:
        """A class's name, or its number."""
        return class_name(self.class_names, label)

    def attention_similarity(self) -> F32 | None:
        """(N,) cosine similarity of the two attention maps, 0..1; None without the quantized ones."""
        if self.quantized_maps is None:
            return None
        first, second = (maps.reshape(len(self), -1) for maps in (self.float_maps, self.quantized_maps))
        size = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
        return np.asarray((first * second).sum(1) / np.maximum(size, 1e-12), np.float32)

    def right(self) -> tuple[int, int] | None:
        """How many pictures the float and the quantized model get right; None where classes are not known."""
        if self.labels is None:
            return None
        return (int((self.float_classes[:, 0] == self.labels).sum()),
                int((self.quantized_classes[:, 0] == self.labels).sum()))


def chosen(shown: Comparison, *, only_flipped: bool, label: int | None, key: SortKey,
           predicted: int | None = None) -> list[int]:
    """The pictures to show, in order; ties stay as they were given.

    Args:
        shown: All of them.
        only_flipped: Leave out those with the same answer in both networks.
        label: Only pictures of this class, see `class_of`; None: all.
        key: "divergence": furthest apart first; "attention": least similar attention first; "class": by class, in it
            the furthest apart first; "given": as they came.
        predicted: Only pictures for which one of the networks predicts this class; None: all.
    """
    places = [index for index in range(len(shown))
              if (label is None or shown.class_of(index) == label) and (not only_flipped or shown.flipped[index])]
    if predicted is not None:
        first, second = shown.predicted_as(predicted)
        places = [index for index in places if first[index] or second[index]]
    if key == "given":
        return places
    rank = -shown.divergence
    similarity = shown.attention_similarity()
    if key == "attention" and similarity is not None:
        rank = similarity
    if key == "class":
        return sorted(places, key=lambda index: (shown.class_of(index), float(rank[index])))
    return sorted(places, key=lambda index: float(rank[index]))


@dataclass(frozen=True)
class Parting:
    """Where the two networks part on one picture, or on average.

    Attributes:
        errors: (layers,) relative squared error of each layer's output.
        largest: The layer whose output differs most.
        rise: The layer at which the difference grows most against the layer before; None with a single layer.
    """

    errors: F32
    largest: int
    rise: int | None


def parting(shown: Comparison, index: int | None = None) -> Parting:
    """Of one picture; None: the mean over all."""
    errors = shown.errors.mean(0) if index is None else shown.errors[index]
    steps = np.diff(errors)
    rise = int(steps.argmax()) + 1 if len(steps) else None
    return Parting(np.asarray(errors, np.float32), int(errors.argmax()), rise)
