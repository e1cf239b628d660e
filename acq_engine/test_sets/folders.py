"""Test sets as folders: one folder a class (torchvision's convention), or images with a table of labels."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError, Question
from acq_engine.test_sets.class_names import are_numbers, by_name, classes_of
from acq_engine.test_sets.images import UnreadableImageError, read_image, storage
from acq_engine.test_sets.label_order import (
    ALPHABET,
    IMAGES,
    choose_reading,
    chosen_reading,
    doubt_alphabet,
    readings,
)
from acq_engine.test_sets.tables import MAX_IMAGES, is_image, read_table, table_of
from acq_engine.test_sets.test_set import Progress, TestSet, checked_test_set, spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

DEEPEST = 4
PARTS = ("test", "testing", "val", "valid", "validation", "eval", "train", "training")
"""Parts that data sets are divided into, those first that measure."""

NOT_CLASSES = frozenset({"__MACOSX", "lost+found", "System Volume Information"})


def read(
    path: Path,
    loaded: LoadedModel,
    limit: int | None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
    *,
    order: str = "auto",
) -> TestSet:
    """Read a folder of images, or the table that labels them.

    Args:
        path: A folder with one folder a class, also below others or beside those of training; a folder of images with
            a table in it or beside it; or such a table.
        loaded: The model that will be measured.
        limit: At most so many images, spread evenly over all of them; None for all.
        progress: Told images done and in all.
        stop: Asked before every image; true ends with what is there.
        order: The setting `label_order`.

    Raises:
        DataError: no images, no labels, or labels that don't fit the model.
    """
    if loaded.input_shape[0] not in (1, 3):
        raise DataError(
            f"Images have 1 or 3 channels; this model expects {loaded.input_shape[0]}.", cause=str(path),
            hint="Use an .npz file with images of that many channels.",
        )
    labelled = labelled_files(path)
    entries, words = labelled.entries, labelled.classes
    numbers, names = classes_of(words, loaded)
    numbered = are_numbers(words) and not by_name(words, loaded.class_names)
    ways = readings(sorted(set(words)), loaded.num_classes) if numbered and labelled.in_folders else []
    notes = list(labelled.notes)
    warnings: list[str] = []
    questions: list[Question] = []
    if ways and order != "auto":
        ways = [chosen_reading(ways, order, sorted(set(words)))]
        numbers = ways[0].classes
        notes.append(f"The class folders are read in the order {ways[0].order}, as set.")
    elif len(ways) == 1 and ways[0].classes != numbers:
        numbers = ways[0].classes
        notes.append(
            f"The class folders are numbered from 1; they are read in the order {ways[0].order}, as classes from 0."
        )
    all_words = [word for _, word in entries]
    entries = [entries[index] for index in spread(len(entries), limit)]
    images = storage(len(entries), loaded)
    kept: list[str] = []
    skipped = 0
    for index, (file, word) in enumerate(entries):
        if stop is not None and stop():
            break
        try:
            images[len(kept)] = read_image(file, loaded)
            kept.append(word)
        except UnreadableImageError:
            skipped += 1
        if progress is not None and (index % 20 == 19 or index + 1 == len(entries)):
            progress(index + 1, len(entries))
    if names and tuple(names) != tuple(loaded.class_names):  # nothing but the alphabet says which is which
        some = spread(len(kept), IMAGES)
        doubt = doubt_alphabet(images[some], [kept[index] for index in some], numbers, loaded)
        (warnings if doubt else notes).append(doubt or ALPHABET)
    if len(ways) > 1 and kept:
        some = spread(len(kept), IMAGES)
        way, text, question = choose_reading(ways, images[some], [kept[index] for index in some], loaded)
        numbers = way.classes
        (warnings if question else notes).append(text)
        questions += [question] if question else []
    return checked_test_set(
        images[: len(kept)], _labels(kept, numbers), names, loaded, skipped=skipped, source=path.name,
        numbers=_labels(all_words, numbers) if numbered else None, notes=notes, warnings=warnings,
        questions=questions,
    )


@dataclass(frozen=True, slots=True)
class Labelled:
    """The images of a test set with the words that label them; none is read yet.

    Attributes:
        entries: File and word of each.
        classes: The words of all classes, also of those without images.
        in_folders: The words are the names of folders, and not from a table.
        notes: How they were found, where that is not plain.
    """

    entries: list[tuple[Path, str]]
    classes: list[str]
    in_folders: bool
    notes: tuple[str, ...] = ()


def labelled_files(path: Path) -> Labelled:
    """Every image of a test set and the word that labels it, without reading any image.

    Args:
        path: As for `read`.

    Raises:
        DataError: no images, images without labels, or a damaged table of labels.
    """
    table = path if path.is_file() else table_of(path)
    if table is not None:
        read = read_table(table)
        found = Labelled(read.entries, [word for _, word in read.entries], False, read.notes)
    else:
        root, notes = class_root(path)
        folders = [child.name for child in _folders(root)]
        found = Labelled(_from_folders(root), folders, True, notes)
    if not found.entries:
        raise DataError(
            "The test set has no images.", cause=str(path),
            hint="Use a folder with one subfolder of images per class.",
        )
    return found


def class_root(path: Path) -> tuple[Path, tuple[str, ...]]:
    """The folder whose subfolders are classes: `path`, or one in it that archives put around or beside others.

    Returns:
        The folder, and what is to be said of the choice.
    """
    root = path
    notes: list[str] = []
    for _ in range(DEEPEST):
        inside = {child.name.casefold(): child for child in _folders(root)}
        if any(is_image(child.name) for child in root.iterdir()):
            break
        parts = [name for name in PARTS if name in inside]
        labelled = next((name for name in parts if _folders(inside[name])), None)
        if labelled is not None and 1 < len(parts) == len(inside):
            root = inside[labelled]
            others = ", ".join(inside[name].name for name in parts if name != labelled)
            notes.append(f"The images in {root.name} are used, and not those in {others}.")
        elif len(inside) == 1 and _holds_several(next(iter(inside.values()))):
            root = next(iter(inside.values()))
        else:
            break
    return root, tuple(notes)


def _holds_several(folder: Path) -> bool:
    """Several folders are in it, or in the only one that is, and so on: then it is no class."""
    for _ in range(DEEPEST):
        inside = _folders(folder)
        if len(inside) != 1:
            return len(inside) > 1
        folder = inside[0]
    return False


def _folders(path: Path) -> list[Path]:
    """Folders in a folder, without those that systems and programs put there."""
    return sorted(child for child in path.iterdir()
                  if child.is_dir() and not child.name.startswith((".", "@", "$")) and child.name not in NOT_CLASSES)


def _labels(words: list[str], numbers: dict[str, int]) -> NDArray[np.int64]:
    return np.array([numbers[word] for word in words], dtype=np.int64)


def _from_folders(path: Path) -> list[tuple[Path, str]]:
    """Every image with its class folder's name, in alphabetical order."""
    entries: list[tuple[Path, str]] = []
    for folder in _folders(path):
        for root, _, files in sorted(os.walk(folder)):
            entries.extend((Path(root) / name, folder.name) for name in sorted(files) if is_image(name))
            if len(entries) > MAX_IMAGES:
                raise DataError("The test set is too large.", cause=f"It has more than {MAX_IMAGES:,} images.")
    if not entries and any(is_image(child.name) for child in path.iterdir()):
        raise DataError(
            "The images in this folder have no labels.",
            cause=str(path),
            hint="Use one folder per class, or add a labels.csv with the columns file and label.",
        )
    return entries
