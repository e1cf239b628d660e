"""Test sets as people have them: tables of every kind, folders of archives, arrays of other programs, MNIST's files."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from acq_engine.errors import DataError
from acq_engine.models import LoadedModel
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.loading import beside, load_test_set
from acq_engine.test_sets.looking import look
from acq_engine.test_sets.test_set import TestSet

WORDS = ("cat", "dog", "fox")
LABELS = [0, 1, 2, 2, 1, 0]
SIDE = 8


class Brightness(nn.Module):
    """Class 0, 1 or 2 by an image's brightness."""

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = -(x.mean((1, 2, 3))[:, None] - torch.tensor([[0.1, 0.5, 0.9]])).abs()
        return found


def model(names: tuple[str, ...] = ()) -> LoadedModel:
    return LoadedModel(Brightness(), "m", "m", 3, (3, SIDE, SIDE), (0.0,) * 3, (1.0,) * 3, names)


def read(path: Path, loaded: LoadedModel | None = None) -> TestSet:
    found = load_test_set(TestSetConfig(path=path), loaded or model(WORDS))
    assert found is not None
    return found


def image(label: int) -> np.ndarray:
    return np.full((SIDE, SIDE, 3), (25, 128, 230)[label], np.uint8)


def save(file: Path, label: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image(label)).save(file)


def flat(folder: Path) -> list[str]:
    """Images 0.png to 5.png."""
    for number, label in enumerate(LABELS):
        save(folder / f"{number}.png", label)
    return [f"{number}.png" for number in range(len(LABELS))]


def lines(names: list[str], between: str, head: str = "", words: bool = True) -> str:
    rows = [f"{name}{between}{WORDS[label] if words else label}" for name, label in zip(names, LABELS, strict=True)]
    return "\n".join([head, *rows] if head else rows)


def hot(names: list[str]) -> str:
    rows = [",".join([name, *("1" if label == column else "0" for column in range(3))])
            for name, label in zip(names, LABELS, strict=True)]
    return "\n".join([f"image,{','.join(WORDS)}", *rows])


TABLES: dict[str, tuple[str, Callable[[list[str]], str], str]] = {
    "semicolons, German names, a mark in front": (
        "labels.csv", lambda names: lines(names, ";", "Dateiname;Klasse"), "utf-8-sig"),
    "UTF-16": ("labels.csv", lambda names: lines(names, ",", "image,label"), "utf-16"),
    "tabs": ("labels.tsv", lambda names: lines(names, "\t", "file\tclass"), "utf-8"),
    "a list as Caffe's": ("val.txt", lambda names: lines(names, " ", words=False), "utf-8"),
    "no names of columns": ("list.csv", lambda names: lines(names, ",", words=False), "utf-8"),
    "another column's name": ("t.csv", lambda names: lines(names, ",", "id,lesion"), "utf-8"),
    "an index in front": ("t.csv", lambda names: "\n".join(
        [",image_id,label", *(f"{row},{name[0]},{WORDS[LABELS[row]]}" for row, name in enumerate(names))]), "utf-8"),
    "a column for each class": ("t.csv", hot, "utf-8"),
    "JSON by file": ("t.json", lambda names: json.dumps(dict(zip(names, LABELS, strict=True))), "utf-8"),
    "JSON by class": ("t.json", lambda names: json.dumps({
        word: [name for name, label in zip(names, LABELS, strict=True) if WORDS[label] == word] for word in WORDS
    }), "utf-8"),
    "JSON rows": ("t.json", lambda names: json.dumps([
        {"path": name, "label": WORDS[label], "more": None} for name, label in zip(names, LABELS, strict=True)
    ]), "utf-8"),
    "JSON pairs": ("dataset.json", lambda names: json.dumps({
        "labels": [list(pair) for pair in zip(names, LABELS, strict=True)]}), "utf-8"),
    "JSON lines": ("t.jsonl", lambda names: "\n".join(
        json.dumps({"file_name": name, "label": label}) for name, label in zip(names, LABELS, strict=True)), "utf-8"),
    "paths of another machine": ("t.csv", lambda names: lines(
        [rf"C:\data\{name}" for name in names], ",", "path,label"), "utf-8"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_tables_of_every_kind(kind: str, tmp_path: Path) -> None:
    name, write, encoding = TABLES[kind]
    table = tmp_path / name
    table.write_text(write(flat(tmp_path)), encoding)
    found = read(table)
    assert sorted(found.labels.tolist()) == sorted(LABELS)
    for one, label in zip(found.images, found.labels, strict=True):
        assert np.array_equal(one, image(int(label)))
    seen = look(TestSetConfig(path=table), model(WORDS))  # type: ignore[arg-type]  # a model says what is expected
    assert seen.images == 6 and seen.classes == 3


@pytest.mark.parametrize("place", ["images/metadata.csv", "images/labels.txt", "images.csv", "images_labels.jsonl"])
def test_a_folder_finds_its_table(place: str, tmp_path: Path) -> None:
    names = flat(tmp_path / "images")
    write = TABLES["JSON lines" if place.endswith("l") else "semicolons, German names, a mark in front"][1]
    (tmp_path / place).write_text(write(names))
    assert read(tmp_path / "images").labels.tolist() == LABELS
    assert beside(tmp_path / "images") == ([] if "/" in place else [tmp_path / place])


@pytest.mark.parametrize(("content", "words"), [
    ("0\n1\n2\n2\n1\n0", "does not say which image"),
    ("image,lesion,age\n0.png,cat,3", "has the columns: image, lesion, age"),
    ("../secret.png,cat\n../secret.png,dog", "refers to a file outside its folder"),
    ("0.png,cat\n../1.png,dog", "refers to a file outside its folder"),
    ("a.png,cat\nb.png,dog", "None of the images"),
    ("gone/0.png,cat\ngone/1.png,dog", r"None of the images(.|\n)*gone/0\.png"),
])
def test_tables_that_do_not_say_enough_are_refused(content: str, words: str, tmp_path: Path) -> None:
    flat(tmp_path / "set")
    (tmp_path / "set" / "t.csv").write_text(content)
    save(tmp_path / "secret.png", 0)
    with pytest.raises(DataError, match=words):
        read(tmp_path / "set" / "t.csv")


def test_halves_of_characters_are_no_names(tmp_path: Path) -> None:
    flat(tmp_path)
    (tmp_path / "t.json").write_text(r'{"0.png": "cat", "1\ud800.png": "dog"}')
    with pytest.raises(DataError, match="damaged"):
        read(tmp_path / "t.json")


def test_two_files_of_the_same_name_are_not_guessed_at(tmp_path: Path) -> None:
    save(tmp_path / "a" / "0.png", 0)
    save(tmp_path / "b" / "0.png", 1)
    (tmp_path / "t.csv").write_text("image,label\n/home/her/0.png,cat")
    with pytest.raises(DataError, match=r"several files called 0\.png"):
        read(tmp_path / "t.csv")


def classes_in(folder: Path) -> None:
    for number, label in enumerate(LABELS):
        save(folder / WORDS[label] / f"{number}.png", label)


def test_what_archives_and_systems_put_around_the_classes_is_no_class(tmp_path: Path) -> None:
    classes_in(tmp_path / "set" / "pets" / "images")
    save(tmp_path / "set" / "pets" / "images" / ".ipynb_checkpoints" / "9.png", 0)
    save(tmp_path / "set" / "pets" / "images" / "__MACOSX" / "9.png", 0)
    (tmp_path / "set" / "pets" / "images" / "cat" / "._0.png").write_bytes(b"what macOS leaves")
    found = read(tmp_path / "set")
    assert sorted(found.labels.tolist()) == sorted(LABELS) and found.skipped == 0


def test_of_parts_the_one_that_measures_is_read_and_said(tmp_path: Path) -> None:
    for part in ("train", "val"):
        classes_in(tmp_path / part)
    save(tmp_path / "test" / "0.png", 0)  # without labels, as in contests
    found = read(tmp_path)
    assert len(found) == 6 and found.notes == ("The images in val are used, and not those in test, train.",)
    assert look(TestSetConfig(path=tmp_path), model(WORDS)).notes == found.notes  # type: ignore[arg-type]


def test_names_in_another_order_than_the_models_are_doubted(tmp_path: Path) -> None:
    for number in range(12):
        save(tmp_path / ("Katze", "Hund", "Fuchs")[number % 3] / f"{number}.png", number % 3)
    found = read(tmp_path, model())
    assert not found.notes and "predicts class 2 for most images of Fuchs" in found.warnings[0]
    assert "33 %" in found.warnings[0] and "100 %" in found.warnings[0]
    named = read(tmp_path, model(WORDS))
    assert "predicts class 2 (fox)" in named.warnings[0]


def test_an_alphabetical_order_that_fits_is_only_noted(tmp_path: Path) -> None:
    for number in range(12):
        save(tmp_path / ("a", "b", "c")[number % 3] / f"{number}.png", number % 3)
    found = read(tmp_path, model())
    assert not found.warnings and "taken in alphabetical order" in found.notes[0]
    assert look(TestSetConfig(path=tmp_path), model()).notes == found.notes  # type: ignore[arg-type]
    assert not look(TestSetConfig(path=tmp_path), model(("a", "b", "c"))).notes  # type: ignore[arg-type]


IMAGES = np.stack([image(label) for label in LABELS])
ARRAYS: dict[str, tuple[dict[str, np.ndarray], str]] = {
    "Keras": ({"x_train": IMAGES[:2], "y_train": np.array([0, 0]), "x_test": IMAGES,
               "y_test": np.array(LABELS)[:, None]}, "x_test and y_test"),
    "MedMNIST": ({"test_images": IMAGES, "test_labels": np.array(LABELS)[:, None].astype(np.uint8)}, "test_images"),
    "without names": ({"arr_0": IMAGES, "arr_1": np.array(LABELS)}, "arr_0 and arr_1"),
    "channels in front, 0 to 1": (
        {"images": (IMAGES / 255).transpose(0, 3, 1, 2), "labels": np.array(LABELS)}, "0 to 1"),
    "floats of pixels": ({"images": IMAGES.astype(np.float32), "labels": np.array(LABELS)}, ""),
    "a column for each class": ({"images": IMAGES, "labels": np.eye(3)[LABELS]}, ""),
    "words": ({"images": IMAGES, "labels": np.array([WORDS[label] for label in LABELS])}, ""),
    "floats of labels": ({"images": IMAGES, "labels": np.array(LABELS, np.float32)}, ""),
    "labels from 1": ({"images": IMAGES, "labels": np.array(LABELS) + 1}, "count from 1"),
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays_of_other_programs(kind: str, tmp_path: Path) -> None:
    arrays, said = ARRAYS[kind]
    np.savez(tmp_path / "set.npz", **arrays)  # type: ignore[arg-type]
    found = read(tmp_path / "set.npz")
    assert found.labels.tolist() == LABELS and np.array_equal(found.images, IMAGES)
    assert said in " ".join(found.notes) and bool(said) == bool(found.notes)


def idx(folder: Path, name: str, array: np.ndarray) -> None:
    head = struct.pack(f">{1 + array.ndim}I", 0x800 + array.ndim, *array.shape)
    content = head + array.astype(np.uint8).tobytes()
    (folder / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)


@pytest.mark.parametrize("ending", ["-ubyte", "-ubyte.gz"])
def test_mnists_own_files(ending: str, tmp_path: Path) -> None:
    for part, count in (("train", 2), ("t10k", 6)):
        idx(tmp_path, f"{part}-images-idx3{ending}", IMAGES[:count, :, :, 0])
        idx(tmp_path, f"{part}-labels-idx1{ending}", np.array(LABELS[:count]))
    found = read(tmp_path)
    assert found.labels.tolist() == LABELS and np.array_equal(found.images, IMAGES)
    assert f"t10k-images-idx3{ending}" in found.notes[0]
    assert read(tmp_path / f"t10k-labels-idx1{ending}").labels.tolist() == LABELS
    assert beside(tmp_path / f"t10k-images-idx3{ending}") == [tmp_path / f"t10k-labels-idx1{ending}"]
    (tmp_path / f"t10k-labels-idx1{ending}").unlink()
    with pytest.raises(DataError, match="have no labels"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\0\0\x08\x03", struct.pack(">4I", 0x803, 1 << 31, 8, 8),
                                     struct.pack(">4I", 0x803, 6, 8, 8) + b"\0" * 9])
def test_damaged_idx_files_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(content)
    idx(tmp_path, "t10k-labels-idx1-ubyte", np.array(LABELS))
    with pytest.raises(DataError):
        read(tmp_path)


@pytest.mark.parametrize(("name", "words"), [
    ("set.zip", "in an archive.*\n.*\nUnpack it"), ("set.tar.gz", "in an archive"), ("set.h5", "HDF5 file"),
    ("set.parquet", "Parquet file"), ("set.pt", "PyTorch file"), ("x.npy", "one array"), ("cat.png", "single image"),
    ("notes.docx", r"can't be read(.|\n)*a table of files and labels"),
])
def test_files_of_other_kinds_are_named_with_the_way_out(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(DataError, match=words):
        read(tmp_path / name)
