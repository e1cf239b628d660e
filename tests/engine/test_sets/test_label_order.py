"""Class folders called by numbers: which classes they mean is found out and said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from torch import Tensor, nn

from acq_engine.errors import DataError
from acq_engine.models import LoadedModel
from acq_engine.settings import TestSetConfig
from acq_engine.test_sets.loading import load_test_set
from acq_engine.test_sets.test_set import TestSet

TEXT = sorted(map(str, range(12)))  # 0, 1, 10, 11, 2, ...: as torchvision's ImageFolder sorts


class Brightness(nn.Module):
    """Its class is how bright an image is, in steps of 20."""

    def forward(self, x: Tensor) -> Tensor:
        steps = (x.mean((1, 2, 3)) * 255 / 20).round().long().clamp(0, 11)
        return nn.functional.one_hot(steps, 12).float()


def model(names: tuple[str, ...] = ()) -> LoadedModel:
    return LoadedModel(Brightness(), "m", "m", 12, (3, 8, 8), (0.0,) * 3, (1.0,) * 3, names)


def folders(path: Path, class_of: dict[str, int], count: int = 5) -> Path:
    for name, label in class_of.items():
        (path / name).mkdir(parents=True)
        for index in range(count):
            Image.fromarray(np.full((8, 8, 3), 20 * label, dtype=np.uint8)).save(path / name / f"{index}.png")
    return path


def read(path: Path, loaded: LoadedModel, limit: int | None = None) -> TestSet:
    found = load_test_set(TestSetConfig(path=path, limit=limit), loaded)
    assert found is not None
    return found


def is_right(found: TestSet) -> bool:
    return bool((found.images[:, 0, 0, 0] // 20 == found.labels).all())


@pytest.mark.parametrize(
    ("class_of", "words"),
    [
        ({str(label): label for label in range(12)}, "in the order 0, 1, 2, 3, ..., in which"),
        ({name: place for place, name in enumerate(TEXT)}, "in the order 0, 1, 10, 11, ..., in which"),
        ({str(label + 1): label for label in range(12)}, "in the order 1, 2, 3, 4, ..., in which"),
        ({name: place for place, name in enumerate(sorted(map(str, range(1, 13))))},
         "in the order 1, 10, 11, 12, ..., in which"),
        ({f"{label:02}": label for label in range(12)}, ""),
        ({str(label): label for label in range(3, 9)}, "in the order 0, 1, 2, 3, ..., in which"),
    ],
)
def test_the_order_that_the_model_was_trained_in_is_taken_and_said(
    tmp_path: Path, class_of: dict[str, int], words: str
) -> None:
    found = read(folders(tmp_path / "set", class_of), model())
    assert is_right(found) and not found.warnings
    assert words in " ".join(found.notes) and bool(words) == bool(found.notes)


def test_padded_numbers_from_1_need_no_accuracy(tmp_path: Path) -> None:
    found = read(folders(tmp_path / "set", {f"{label + 1:02}": label for label in range(12)}), model())
    assert is_right(found) and "numbered from 1" in found.notes[0]


def test_a_doubt_is_said_and_the_usual_reading_taken(tmp_path: Path) -> None:
    found = read(folders(tmp_path / "set", {str(label): (label * 5 + 3) % 12 for label in range(12)}), model())
    assert found.labels.tolist() == sorted(found.labels.tolist(), key=lambda label: str(label))
    assert "uncertain in which order" in found.warnings[0]
    assert "in the order 0, 1, 2, 3, ...," in found.warnings[0] and "%: 0, 1, 10, 11, ..." in found.warnings[0]


def test_class_names_that_are_numbers_are_names(tmp_path: Path) -> None:
    """A model that brings its own order needs no guess."""
    found = read(folders(tmp_path / "set", {name: place for place, name in enumerate(TEXT)}), model(tuple(TEXT)))
    assert is_right(found) and not found.notes and found.class_names == tuple(TEXT)


def test_a_label_that_never_occurs_is_pointed_out(tmp_path: Path) -> None:
    def warnings(labels: np.ndarray, limit: int | None = None) -> tuple[str, ...]:
        path = tmp_path / "set.npz"
        np.savez(path, images=np.zeros((len(labels), 8, 8, 3), dtype=np.uint8), labels=labels)
        return read(path, model(), limit).warnings

    labels = np.repeat(np.arange(12), 6)
    assert warnings(labels) == () and warnings(labels, limit=3) == ()
    assert "has the label 0" in warnings(labels[labels > 0])[0] and "count from 1" in warnings(labels[labels > 0], 3)[0]
    assert "has the label 11, the model's last class" in warnings(labels[labels < 11])[0]
    assert warnings(labels[6:30]) == (), "a few images need not have every class"


@pytest.mark.parametrize(
    ("line", "folder"), [("{};{}", ""), ("{}\t{}", ""), ("{}|{}", ""), ("pics\\{},{}", "pics"), ("{},{}", "")]
)
def test_tables_of_spreadsheets_and_of_windows_are_taken(tmp_path: Path, line: str, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    head = line.replace("pics\\", "").format("file", "label")
    rows = [line.format(f"{label}.png", label) for label in range(12)]
    (tmp_path / "labels.csv").write_text("\n".join([head, *rows]))
    for label in range(12):
        Image.fromarray(np.full((8, 8, 3), 20 * label, dtype=np.uint8)).save(tmp_path / folder / f"{label}.png")
    found = read(tmp_path, model())
    assert len(found) == 12 and is_right(found) and not found.skipped


def test_the_first_image_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("file,label\ngone/0.png,0\ngone/1.png,1\n")
    with pytest.raises(DataError, match="None of the images") as caught:
        read(tmp_path, model())
    assert str(tmp_path / "gone" / "0.png") in caught.value.cause
