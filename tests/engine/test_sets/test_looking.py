"""A first look at a test set says what it is without a model, and refuses what a run would refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from acq_engine.errors import DataError
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.looking import Expected, look

TEN = Expected(10, (3, 8, 8))


def npz(path: Path, labels: list[int], size: int = 8, names: list[str] | None = None) -> TestSetConfig:
    images = np.arange(len(labels) * size * size * 3, dtype=np.uint32).astype(np.uint8)
    more = {} if names is None else {"class_names": np.array(names)}
    arrays: dict[str, Any] = {"images": images.reshape(len(labels), size, size, 3), "labels": np.array(labels), **more}
    np.savez(path, **arrays)
    return TestSetConfig(path=path)


def folder(root: Path, names: list[str], each: int = 3) -> TestSetConfig:
    for name in names:
        (root / name).mkdir(parents=True)
        for number in range(each):
            Image.fromarray(np.full((10, 12, 3), 9 * number, np.uint8)).save(root / name / f"{number}.png")
    return TestSetConfig(path=root)


def test_an_npz_file_is_counted_and_its_names_are_known(tmp_path: Path) -> None:
    names = [f"bird {number}" for number in range(10)]
    found = look(npz(tmp_path / "a.npz", [0, 1, 2, 3, 3, 3, 9] * 4, names=names), TEN)
    assert (found.images, found.classes, found.size) == (28, 5, (8, 8))
    assert found.class_names == tuple(names) and found.pictures.shape == (6, 8, 8, 3) and len(found.labels) == 6
    grey = Expected(10, (1, 8, 8))
    assert look(npz(tmp_path / "b.npz", [0, 1]), grey).pictures.shape == (2, 8, 8, 3)


def test_a_folder_is_counted_without_reading_it(tmp_path: Path) -> None:
    config = folder(tmp_path / "set", [f"{number}" for number in range(10)], 4)
    (tmp_path / "set" / "3" / "2.png").write_bytes(b"broken, but not among those that are shown")
    found = look(config, TEN)
    assert (found.images, found.classes) == (40, 10) and found.pictures.shape == (6, 8, 8, 3) and found.unread == 0
    assert look(TestSetConfig(path=config.path, limit=7), TEN).images == 7
    named = look(folder(tmp_path / "named", [f"bird {number}" for number in range(10)]), TEN)
    assert named.class_names[3] == "bird 3"


def test_what_a_run_would_refuse_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="outside 0 to 9"):
        look(npz(tmp_path / "many.npz", [0, 99]), TEN)
    with pytest.raises(DataError, match="input size"):
        look(npz(tmp_path / "small.npz", [0, 1], 5), TEN)
    np.savez(tmp_path / "none.npz", labels=np.zeros(3, np.int64))
    with pytest.raises(DataError):
        look(TestSetConfig(path=tmp_path / "none.npz"), TEN)
    (tmp_path / "text.txt").write_text("none")
    with pytest.raises(DataError, match="can't be read as a test set"):
        look(TestSetConfig(path=tmp_path / "text.txt"), TEN)
    with pytest.raises(DataError, match="exceed 0 to 9"):
        look(folder(tmp_path / "numbers", ["0", "12"]), TEN)
    with pytest.raises(DataError, match="3 classes, the model 10"):
        look(folder(tmp_path / "three", ["a", "b", "c"]), TEN)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no images"):
        look(TestSetConfig(path=tmp_path / "empty"), TEN)
    with pytest.raises(DataError):
        look(TestSetConfig(path=tmp_path / "gone.npz"), TEN)


def test_folders_from_one_are_left_to_the_run(tmp_path: Path) -> None:
    found = look(folder(tmp_path / "ones", [f"{number}" for number in range(1, 11)]), TEN)
    assert found.images == 30 and "numbered from 1" in found.notes[0]
