"""Class folders that are called by numbers: class numbers, or places in the order that training sorted them in?

torchvision's ImageFolder sorts folders as text: 0, 1, 10, 11, 2. A model that was trained so calls folder 10 class 2.
Where the names allow more than one reading, the float model's accuracy tells which one is meant (OURS).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError, Question

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

I64 = NDArray[np.int64]

IMAGES = 128
"""So many images, from all over the set, are shown to the float model."""

ALPHABET = "The model does not know the names of the test set's classes; they are taken in alphabetical order."

A_CLASS = 4
"""Fewer images a class don't tell what a model sees in it."""

CERTAIN = 2.0
"""Standard deviations by which one reading must be right more often than another (a sign test)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand folder names that are numbers.

    Attributes:
        name: As the setting `label_order` has it.
        order: The folders of the first classes, such as "0, 1, 10, 11, ...": the same in every language.
        classes: The class of each folder name.
    """

    name: str
    order: str
    classes: dict[str, int]


def readings(words: Sequence[str], num_classes: int) -> list[Reading]:
    """All ways to understand these names, the usual one first; different names mean the same in all of them.

    Args:
        words: Folder names, each a number.
        num_classes: Of the model.
    """
    values = {word: int(word.partition(".")[0]) for word in words}
    as_text = all(str(value) == word for word, value in values.items())  # zeros in front: text sorts as numbers do
    found: list[Reading] = []
    for first in (0, 1):
        numbers = range(first, first + num_classes)
        if not all(value in numbers for value in values.values()):
            continue
        behind = "_from_1" if first else ""
        found.append(Reading(f"numbers{behind}", _start(map(str, numbers)),
                             {word: value - first for word, value in values.items()}))
        if as_text:
            names = sorted(map(str, numbers))
            place = {name: index for index, name in enumerate(names)}
            found.append(Reading(f"text{behind}", _start(names), {word: place[word] for word in words}))
    return [reading for index, reading in enumerate(found)
            if all(reading.classes != other.classes for other in found[:index])]


def _start(names: Iterable[str]) -> str:
    return ", ".join((*islice(names, 4), "..."))


def choose_reading(
    ways: Sequence[Reading], images: NDArray[np.uint8], words: Sequence[str], loaded: LoadedModel
) -> tuple[Reading, str, Question | None]:
    """The reading under which the float model is right most often; the first one unless another is clearly better.

    Args:
        ways: At least two readings.
        images: (N, H, W, C) uint8, as large as the model's input.
        words: (N,) The name of each image's folder.
        loaded: The float model.

    Returns:
        The reading, a sentence about it, and a question where it is not certain.
    """
    predictions = _predictions(images, loaded)
    labels = [np.array([way.classes[word] for word in words], dtype=np.int64) for way in ways]
    right = [int((predictions == one).sum()) for one in labels]
    best = max(range(len(ways)), key=lambda index: right[index])
    chosen = best if best == 0 or _certain(predictions, labels[best], labels[0]) else 0
    certain = all(_certain(predictions, labels[chosen], other) for index, other in enumerate(labels) if index != chosen)
    figures = "; ".join(f"{100 * count / max(len(words), 1):.0f} %: {way.order}"
                        for way, count in zip(ways, right, strict=True))
    question = None
    if certain:
        text = (f"The class folders are read in the order {ways[chosen].order}, in which the float model has the "
                f"highest accuracy (top-1 on {len(words)} images: {figures}).")
    else:
        text = ("It is uncertain in which order the class folders match the model's classes. They are read in the "
                f"order {ways[chosen].order}, but the float model's accuracy does not confirm it (top-1 on "
                f"{len(words)} images: {figures}). Rename the folders to the model's class names, or to numbers of "
                "equal length from 0.")
        question = Question(
            "Which classes do the numbers of the class folders mean?", "test_set.label_order",
            tuple((way.name, f"{way.order}: float accuracy {100 * count / max(len(words), 1):.0f} % on {len(words)} "
                   "images.") for way, count in zip(ways, right, strict=True)),
            taken=ways[chosen].name,
        )
    return ways[chosen], text, question


def chosen_reading(ways: Sequence[Reading], name: str, words: Sequence[str]) -> Reading:
    """The reading that the setting names.

    Args:
        ways: All that are possible.
        name: Such as "text".
        words: The different folder names.

    Raises:
        DataError: the folders can't be read so.
    """
    exact = [way for way in ways if way.name == name]
    from_1 = [way for way in ways if way.name == f"{name}_from_1"]
    # Numbers of equal length sort as text as they do as numbers, which is listed once.
    same = ways if len(ways) == 1 and (name == "text" or ways[0].name == name.replace("text", "numbers")) else []
    found = next(iter((*exact, *from_1, *same)), None)
    if found is None:
        raise DataError(
            "The class folders don't fit the label order that was set.",
            cause=f"It is {name}; the folders are called {', '.join(words[:5])}{', ...' if len(words) > 5 else ''}.",
            hint=f"Possible here: {', '.join(['auto', *(way.name for way in ways)])}.",
        )
    return found


def doubt_alphabet(
    images: NDArray[np.uint8], words: Sequence[str], classes: Mapping[str, int], loaded: LoadedModel
) -> str:
    """A warning where the model's classes are hardly in the alphabetical order of names that it doesn't know.

    It is so if each name has a class of its own that the float model sees most in its images, and is right far more
    often then (a sign test). Few images a class prove nothing.

    Args:
        images: (N, H, W, C) uint8, as large as the model's input.
        words: (N,) The name of each image's class.
        classes: The class of each name, by the alphabet.
        loaded: The float model.
    """
    different = sorted(set(words))
    if len(words) < A_CLASS * len(different):
        return ""
    predictions = _predictions(images, loaded)
    if predictions.ndim != 1:  # not a classifier; whatever measures it says so
        return ""
    named = np.array(words)
    most = {word: int(np.bincount(predictions[named == word], minlength=1).argmax()) for word in different}
    if len(set(most.values())) < len(different):
        return ""
    given = np.array([classes[word] for word in words], dtype=np.int64)
    seen = np.array([most[word] for word in words], dtype=np.int64)
    if not _certain(predictions, seen, given):
        return ""
    word = next(word for word in different if most[word] != classes[word])
    names = loaded.class_names
    called = f"{most[word]} ({names[most[word]]})" if most[word] < len(names) else str(most[word])
    return ("The model does not know the names of the test set's classes. They are taken in alphabetical order, but "
            f"the float model predicts class {called} for most images of {word} (top-1 on {len(words)} images: "
            f"{100 * float((predictions == given).mean()):.0f} %; if each name meant its most frequent prediction: "
            f"{100 * float((predictions == seen).mean()):.0f} %). Rename the classes to the model's names, or to "
            "numbers from 0.")


def _certain(predictions: I64, labels: I64, other: I64) -> bool:
    differ = labels != other
    ours = int((predictions == labels)[differ].sum())
    theirs = int((predictions == other)[differ].sum())
    return float(ours - theirs) > CERTAIN * float(np.sqrt(ours + theirs))


def _predictions(images: NDArray[np.uint8], loaded: LoadedModel, batch: int = 32) -> I64:
    import torch

    device = next((value.device for value in loaded.module.parameters()), torch.device("cpu"))
    found = []
    with torch.inference_mode():
        for start in range(0, len(images), batch):
            x = loaded.to_model_input(images[start : start + batch]).to(device)
            found.append(loaded.module(x).argmax(1).cpu().numpy())
    return np.concatenate(found).astype(np.int64) if found else np.zeros(0, dtype=np.int64)
