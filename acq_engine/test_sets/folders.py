"""Test sets as folders: one folder a class (torchvision's convention), or images with a table of labels."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError, Question
from acq_engine.test_sets.class_names import are_numbers, by_name, classes_of
from acq_engine.test_sets.images import EXTENSIONS, UnreadableImageError, read_image, storage
from acq_engine.test_sets.label_order import IMAGES, choose_reading, chosen_reading, readings
from acq_engine.test_sets.test_set import Progress, TestSet, checked_test_set, spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

MAX_IMAGES = 5_000_000
MAX_TABLE_BYTES = 512 << 20
DELIMITERS = (",", ";", "\t", "|")
FILE_COLUMNS = ("file", "filename", "image", "path", "name", "id")
LABEL_COLUMNS = ("label", "class", "target", "class_id", "category", "wnid")


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
        path: A folder with one folder a class; a folder of images with labels.csv in it or NAME_labels.csv
            beside it; or such a table.
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
    table = path if path.is_file() else table_of(path)
    entries = _from_table(table) if table is not None else _from_folders(path)
    if not entries:
        raise DataError(
            "The test set has no images.", cause=str(path),
            hint="Use a folder with one subfolder of images per class.",
        )
    if table is None:  # empty class folders count as classes too
        words = [entry.name for entry in os.scandir(path) if entry.is_dir() and not entry.name.startswith(".")]
    else:
        words = [word for _, word in entries]
    numbers, names = classes_of(words, loaded)
    numbered = are_numbers(words) and not by_name(words, loaded.class_names)
    ways = readings(sorted(set(words)), loaded.num_classes) if numbered and table is None else []
    notes: list[str] = []
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


def labelled_files(path: Path) -> list[tuple[Path, str]]:
    """Every image of a test set and the word that labels it, without reading any image.

    Args:
        path: As for `read`.

    Raises:
        DataError: the images have no labels, or the table of labels is damaged.
    """
    table = path if path.is_file() else table_of(path)
    return _from_table(table) if table is not None else _from_folders(path)


def _labels(words: list[str], numbers: dict[str, int]) -> NDArray[np.int64]:
    return np.array([numbers[word] for word in words], dtype=np.int64)


def _from_folders(path: Path) -> list[tuple[Path, str]]:
    """Every image with its class folder's name, in alphabetical order."""
    entries: list[tuple[Path, str]] = []
    for folder in sorted(child for child in path.iterdir() if child.is_dir() and not child.name.startswith(".")):
        for root, _, files in sorted(os.walk(folder)):
            entries.extend((Path(root) / name, folder.name) for name in sorted(files) if _is_image(name))
            if len(entries) > MAX_IMAGES:
                raise DataError("The test set is too large.", cause=f"It has more than {MAX_IMAGES:,} images.")
    if not entries and any(_is_image(child.name) for child in path.iterdir()):
        raise DataError(
            "The images in this folder have no labels.",
            cause=str(path),
            hint="Use one folder per class, or add a labels.csv with the columns file and label.",
        )
    return entries


def _is_image(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in EXTENSIONS


def table_of(folder: Path) -> Path | None:
    """The table that labels a folder's images; None where there is none."""
    for candidate in (folder / "labels.csv", folder.parent / f"{folder.name}_labels.csv"):
        if candidate.is_file():
            return candidate
    return None


def _from_table(table: Path) -> list[tuple[Path, str]]:
    """Every row's image and label."""
    if table.stat().st_size > MAX_TABLE_BYTES:
        raise DataError("The table of labels is too large.", cause=str(table))
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=_delimiter(file.readline()))
            file.seek(0)
            columns = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
            file_column = next((columns[name] for name in FILE_COLUMNS if name in columns), None)
            label_column = next((columns[name] for name in LABEL_COLUMNS if name in columns), None)
            if file_column is None or label_column is None:
                raise DataError(
                    "The table of labels lacks a column.",
                    cause=f"{table.name} has the columns: {', '.join(columns) or 'none'}.",
                    hint="Its first line must contain the columns file and label.",
                )
            rows = [((row[file_column] or "").strip(), (row[label_column] or "").strip()) for row in reader]
        if any("\0" in name for name, _ in rows):
            raise csv.Error("a file name contains NUL")
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError("The table of labels is damaged.", cause=f"{table.name}: {error}") from error
    rows = [(_local(name), word) for name, word in rows if name]
    root = _image_root(table, [name for name, _ in rows[:20]])
    for name, _ in rows:
        if not (root / name).resolve().is_relative_to(root.resolve()):
            raise DataError("The table refers to a file outside its folder.", cause=name)
    entries = [(root / name, word) for name, word in rows]
    if entries and not any(file.is_file() for file, _ in entries):
        raise DataError(
            "None of the images in the table of labels exists.", cause=f"The first one would be {entries[0][0]}.",
            hint="File names in the table start from the folder that the table is in.",
        )
    return entries


def _delimiter(first_line: str) -> str:
    """What separates the columns: spreadsheets write semicolons or tabs too."""
    return max(DELIMITERS, key=first_line.count)


def _local(name: str) -> str:
    r"""A file name of Windows, such as pics\3.png, as one of this system."""
    return name.replace("\\", "/") if os.sep == "/" else name


def _image_root(table: Path, names: list[str]) -> Path:
    """The folder that the table's file names start from."""
    stem = table.stem.removesuffix("_labels")
    for root in (table.parent, table.parent / stem, table.parent / "images"):
        if any((root / name).is_file() for name in names):
            return root
    return table.parent
