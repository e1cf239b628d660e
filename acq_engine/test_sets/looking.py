"""A first look at a test set: how many images, which classes, a few to see. Nothing is measured, no model is needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from acq_engine.errors import DataError
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.test_set import U8, TestSet, spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

SHOWN = 6


@dataclass(frozen=True)
class Expected:
    """What a model expects of images, known without its weights; see `LoadedModel` for the fields."""

    num_classes: int
    input_shape: tuple[int, int, int]
    class_names: tuple[str, ...] = ()
    resize: int | None = None
    interpolation: str = "bilinear"


@dataclass(frozen=True)
class FirstLook:
    """What a test set is.

    Attributes:
        images: How many there are, those over the settings' limit left out.
        classes: How many classes have images.
        size: Width and height of the images as they are used.
        class_names: One for each class of the model, or empty.
        pictures: (at most SHOWN, H, W, 3), from all over the set.
        labels: The classes of `pictures`.
        unread: How many of `pictures` could not be read.
        notes: How the labels were read, and what may be wrong with them.
        unsure: The labels can be read in several ways, of which the float model tells the right one.
    """

    images: int
    classes: int
    size: tuple[int, int]
    class_names: tuple[str, ...]
    pictures: U8
    labels: tuple[int, ...]
    unread: int = 0
    notes: tuple[str, ...] = ()
    unsure: bool = False


def look(config: TestSetConfig, expected: Expected) -> FirstLook:
    """Look at the test set that the settings name. Of a folder only the images that are shown are read.

    Raises:
        DataError: missing, empty, damaged, wrongly labelled, or of a size that does not fit.
    """
    from acq_engine.test_sets.loading import is_of_images, load_test_set

    path = config.path
    assert path is not None
    # Readers ask a model for nothing but these fields, unless labels can be read in two ways: see `_of_folder`.
    loaded = cast("LoadedModel", expected)
    if is_of_images(path):
        return _of_folder(path, config, loaded)
    found = load_test_set(config, loaded)
    assert found is not None
    return _of_whole(found)


def _of_whole(found: TestSet) -> FirstLook:
    from acq_engine.models.loaded import match_channels

    part, _ = found.some(SHOWN)
    images = part.images if part.images.shape[3] in (1, 3) else part.images.mean(3, keepdims=True).astype(np.uint8)
    return FirstLook(
        len(found), len(np.unique(found.labels)), (found.images.shape[2], found.images.shape[1]), found.class_names,
        match_channels(images, 3), tuple(int(label) for label in part.labels), 0, (*found.notes, *found.warnings),
    )


def _of_folder(path: Path, config: TestSetConfig, loaded: LoadedModel) -> FirstLook:
    """The labels of all images, and a few images; labels that count from 1 or 0 are told apart by the run itself."""
    from acq_engine.models.loaded import match_channels
    from acq_engine.test_sets.class_names import are_numbers, by_name, classes_of
    from acq_engine.test_sets.folders import labelled_files
    from acq_engine.test_sets.images import UnreadableImageError, read_image
    from acq_engine.test_sets.label_order import ALPHABET, chosen_reading, readings

    labelled = labelled_files(path)
    entries = labelled.entries
    words = sorted({word for _, word in entries})
    numbers, names = classes_of(words, loaded)
    highest = max(numbers.values())
    numbered = labelled.in_folders and are_numbers(words) and not by_name(words, loaded.class_names)
    ways = readings(words, loaded.num_classes) if numbered else []
    from_1 = ""
    if ways and config.label_order != "auto":
        ways = [chosen_reading(ways, config.label_order, words)]
        numbers = ways[0].classes
    elif are_numbers(words) and highest == loaded.num_classes:
        from_1 = "Class folders that are numbered from 1 are recognized at the start of the run."
    highest = max(numbers.values())
    if highest > loaded.num_classes or (highest == loaded.num_classes and min(numbers.values()) == 0):
        word = next(word for word, number in numbers.items() if number == highest)
        raise DataError(
            f"The classes exceed 0 to {loaded.num_classes - 1}.", cause=f"One of them is called {word}.",
            hint="Labels count from 0, in the order of the model's classes.",
        )
    entries = [entries[place] for place in spread(len(entries), config.limit)]
    pictures, labels, unread = [], [], 0
    for place in spread(len(entries), SHOWN):
        file, word = entries[place]
        try:
            pictures.append(read_image(file, loaded))
            labels.append(numbers[word])
        except UnreadableImageError:
            unread += 1
    if not pictures:
        raise DataError("The test set's images can't be read.", cause=f"{entries[0][0].name} and others",
                        hint="Open them in an image viewer: they may be damaged.")
    _, height, width = loaded.input_shape
    by_alphabet = bool(names) and tuple(names) != tuple(loaded.class_names)
    notes = (*labelled.notes, *([from_1] if from_1 else []), *([ALPHABET] if by_alphabet else []))
    return FirstLook(len(entries), len({word for _, word in entries}), (width, height), names or loaded.class_names,
                     match_channels(np.stack(pictures), 3), tuple(labels), unread, notes, len(ways) > 1)
