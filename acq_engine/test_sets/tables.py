"""Tables that say which class each image of a folder is: CSV and its relatives, lists of names, JSON.

Columns are found by the names that people give them, by what they hold where they have none, and by 0 and 1 where each
class has a column. Files are found where the table says; bare names and paths of other machines by their names alone.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

from acq_engine.errors import DataError
from acq_engine.test_sets.images import EXTENSIONS

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl"})
NAMES = ("labels", "metadata", "annotations", "ground_truth", "groundtruth")
"""What tables are called that lie in the folder of their images; Hugging Face's is called metadata."""

MAX_TABLE_BYTES = 512 << 20
MAX_IMAGES = 5_000_000
DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 20  # rows

FILE_COLUMNS = (
    "file", "filename", "image", "images", "filepath", "imagepath", "imagefile", "imagename", "imageid", "img",
    "imgname", "imgpath", "imgid", "path", "photo", "name", "id", "datei", "dateiname", "bild",
)
LABEL_COLUMNS = (
    "label", "labels", "class", "target", "classid", "category", "wnid", "synset", "classname", "labelname", "labelid",
    "categoryname", "categoryid", "species", "breed", "diagnosis", "dx", "y", "klasse", "kategorie",
)

_HINT = "Its first line must contain the columns file and label."

Rows = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's images with the words that label them, in its order, and what is to be said of how it was read."""

    entries: list[tuple[Path, str]]
    notes: tuple[str, ...] = ()


def is_table(path: Path) -> bool:
    """Whether a file's name is that of a table."""
    return path.suffix.lower() in SUFFIXES and path.is_file()


def table_of(folder: Path) -> Path | None:
    """The table that labels a folder's images; None where there is none.

    labels.csv in it or NAME_labels.csv beside it hold always; others only where the folder has images of its own, which
    nothing else labels: labels, metadata or annotations in it, or one with its name beside it, of any kind.
    """
    for candidate in (folder / "labels.csv", folder.parent / f"{folder.name}_labels.csv"):
        if candidate.is_file():
            return candidate
    if not any(is_image(entry.name) for entry in os.scandir(folder)):
        return None
    endings = sorted(SUFFIXES)
    inside = [folder / f"{name}{ending}" for name in NAMES for ending in endings]
    beside = [folder.parent / f"{folder.name}{middle}{ending}" for middle in ("", "_labels") for ending in endings]
    return next((candidate for candidate in (*inside, *beside) if candidate.is_file()), None)


def is_image(name: str) -> bool:
    """Whether a file's name is that of an image; macOS leaves "._1.png" beside "1.png" in archives."""
    file = Path(name)
    return not file.name.startswith(".") and file.suffix.lower() in EXTENSIONS


def read_table(table: Path) -> Table:
    """Every row's image and label.

    Raises:
        DataError: too large, damaged, without a column for files or for labels, or none of its images is there.
    """
    if table.stat().st_size > MAX_TABLE_BYTES:
        raise DataError("The table of labels is too large.", cause=str(table))
    try:
        text = _text(table.read_bytes())
        read = _from_json if table.suffix.lower() in (".json", ".jsonl") else _from_lines
        rows = read(text, table)
        for name, word in rows:
            if "\0" in name:
                raise ValueError("a file name contains NUL")
            f"{name}{word}".encode()  # JSON can hold halves of characters, which no file name and no screen can
    except (UnicodeError, csv.Error, ValueError, RecursionError) as error:
        raise DataError("The table of labels is damaged.", cause=f"{table.name}: {error}") from error
    return _located(table, [(_local(name), word) for name, word in rows if name])


def _text(data: bytes) -> str:
    """Its characters; spreadsheets write a mark in front, UTF-16, or the system's old code page."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise
        return data.decode("cp1252", "replace")


def _plain(column: object) -> str:
    return re.sub(r"[\s_\-.]+", "", str(column)).casefold()


def _missing_column(table: Path, columns: Iterable[object]) -> DataError:
    names = ", ".join(name for column in columns if (name := str(column).strip().casefold()))
    return DataError("The table of labels lacks a column.", hint=_HINT,
                     cause=f"{table.name} has the columns: {names[:200] or 'none'}.")


def _from_lines(text: str, table: Path) -> Rows:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    if not first.count(delimiter):  # "n01440764/10026.JPEG 0", as Caffe's lists and ImageNet's val.txt have it
        cells = [line.rsplit(None, 1) for line in text.splitlines() if line.strip()]
    else:
        cells = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    if not cells:
        return []
    columns = _columns(cells[0], cells[1:])
    if columns is not None:
        return _picked(cells[1:], columns, cells[0])
    columns = _by_content(cells)
    if columns is not None:
        return _picked(cells, columns, cells[0])
    if all(len(row) == 1 for row in cells):
        raise DataError("This file can't be read as a test set.", hint=_HINT,
                        cause=f"{table.name} does not say which image each of its lines is for.")
    raise _missing_column(table, cells[0])


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a row has its file, and its label: in one column, or as the only 1 in the others."""

    file: int
    label: int | None
    classes: tuple[int, ...] = ()


def _columns(head: Sequence[object], rows: Sequence[Sequence[object]]) -> _Columns | None:
    """Columns by their names; None where the first line has no names."""
    names = [_plain(cell) for cell in head]
    file = _first(names, FILE_COLUMNS)
    label = _first(names, LABEL_COLUMNS)
    if file is None:
        return None
    if label is not None and label != file:
        return _Columns(file, label)
    others = [index for index, name in enumerate(names) if index != file and name and not name.startswith("unnamed")]
    if len(others) == 1:
        return _Columns(file, others[0])
    some = rows[:LOOKED_AT]
    if len(others) > 1 and some and all(_hot(row, others) is not None for row in some):
        return _Columns(file, None, tuple(others))
    return None


def _first(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _hot(row: Sequence[object], places: Sequence[int]) -> int | None:
    """The place of the only 1 among 0; None where it is no such row."""
    found = {"0": 0, "0.0": 0, "": 0, "False": 0, "1": 1, "1.0": 1, "True": 1}
    values = [found.get(str(row[place]).strip()) if place < len(row) else None for place in places]
    return places[values.index(1)] if None not in values and sum(value or 0 for value in values) == 1 else None


def _by_content(cells: Sequence[Sequence[str]]) -> _Columns | None:
    """Two columns without names: the one whose words are files, and the other."""
    some = cells[:LOOKED_AT]
    if any(len(row) != 2 for row in some):
        return None
    for place in (0, 1):
        if all(is_image(row[place].strip()) for row in some):
            return _Columns(place, 1 - place)
    return None


def _picked(rows: Iterable[Sequence[object]], columns: _Columns, head: Sequence[object]) -> Rows:
    found: Rows = []
    for row in rows:
        if columns.file >= len(row):
            continue
        if columns.label is not None:
            word = row[columns.label] if columns.label < len(row) else ""
        else:
            place = _hot(row, columns.classes)
            word = "" if place is None else head[place]
        found.append((str(row[columns.file]).strip(), str(word).strip()))
    return found


def _from_json(text: str, table: Path) -> Rows:
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError:
        if len(lines) < 2:
            raise
        data = [json.loads(line) for line in lines]
    if isinstance(data, dict) and isinstance(data.get("labels"), list):  # as StyleGAN's dataset.json
        data = data["labels"]
    if isinstance(data, dict) and any(_plain(name) in FILE_COLUMNS for name in data):  # one line of a .jsonl
        data = [data]
    if isinstance(data, dict):
        return [pair for name, value in data.items() for pair in _pairs(str(name), value)]
    if not isinstance(data, list):
        raise _missing_column(table, ())
    if all(isinstance(item, list) and len(item) == 2 for item in data):
        return [(str(name), _word(word)) for name, word in data]
    if not data or not all(isinstance(item, dict) for item in data):
        raise _missing_column(table, ())
    head = list(dict.fromkeys(name for item in data[:LOOKED_AT] for name in item))
    rows = [[_word(item.get(name)) for name in head] for item in data]
    columns = _columns(head, rows)
    if columns is None:
        raise _missing_column(table, head)
    return _picked(rows, columns, head)


def _pairs(name: str, value: Any) -> Rows:
    """A file and its class, or a class and its files."""
    if isinstance(value, list):
        return [(str(file), name) for file in value]
    return [(name, _word(value))]


def _word(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value)


def _local(name: str) -> str:
    r"""A file name of Windows, such as pics\3.png, as one of this system."""
    return name.replace("\\", "/") if os.sep == "/" else name


def _located(table: Path, rows: Rows) -> Table:
    """The rows' files: where the table says, without an ending where it has none, or by their names alone."""
    if len(rows) > MAX_IMAGES:
        raise DataError("The test set is too large.", cause=f"It has more than {MAX_IMAGES:,} images.")
    some = [name for name, _ in rows[:LOOKED_AT]]
    root = _image_root(table, some)
    if root is not None:
        inside = root.resolve()
        for name, _ in rows:
            if not (root / name).resolve().is_relative_to(inside):
                raise DataError("The table refers to a file outside its folder.", cause=name)
        return Table([(root / name, word) for name, word in rows])
    elsewhere = any(_leaves(name) for name in some)
    names = {_last(name) for name, _ in rows if _says_no_place(name)}
    found, twice = _by_name(table.parent, names)
    entries = [(found.get(_last(name), table.parent / _last(name)), word) if _says_no_place(name)
               else (table.parent / name, word) for name, word in rows]
    if entries and not any(file.is_file() for file, _ in entries):
        if elsewhere:
            raise DataError("The table refers to a file outside its folder.", cause=some[0])
        raise DataError(
            "None of the images in the table of labels exists.",
            cause=f"The first one would be {table.parent / some[0]}.",
            hint="File names in the table start from the folder that the table is in.",
        )
    if twice & names:
        name = sorted(twice & names)[0]
        raise DataError(
            "The table of labels does not say where its images are.", cause=f"There are several files called {name}.",
            hint="Write the path of each image into the table, from the folder that the table is in.",
        )
    note = f"The images of {table.name} are found by their names: its own paths or endings are not here."
    return Table(entries, (note,) if entries else ())


def _image_root(table: Path, names: Sequence[str]) -> Path | None:
    """The folder that the table's file names start from; None where they are in none of the usual ones."""
    stem = table.stem.removesuffix("_labels")
    for root in (table.parent, table.parent / stem, table.parent / "images"):
        if any((root / name).is_file() for name in names if not _leaves(name)):
            return root
    return None


def _says_no_place(name: str) -> bool:
    """A bare name, or a path of another machine; a folder that should be here and is not may mean other images."""
    return _leaves(name) or "/" not in name


def _leaves(name: str) -> bool:
    return Path(name).is_absolute() or bool(PureWindowsPath(name).drive) or ".." in Path(name).parts


def _last(name: str) -> str:
    return PureWindowsPath(name).name


def _by_name(folder: Path, wanted: set[str]) -> tuple[dict[str, Path], set[str]]:
    """Images below a folder by their names, with and without ending; and names that several have."""
    found: dict[str, Path] = {}
    twice: set[str] = set()
    count = 0
    for root, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if not is_image(file):
                continue
            count += 1
            if count > MAX_IMAGES:
                raise DataError("The test set is too large.", cause=f"It has more than {MAX_IMAGES:,} images.")
            for name in {file, Path(file).stem} & wanted:
                if name in found:
                    twice.add(name)
                found.setdefault(name, Path(root) / file)
    return found, twice
