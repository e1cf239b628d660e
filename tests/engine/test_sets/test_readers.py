"""Test sets: what can be read, what is skipped, and what is refused in plain words."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from acq_engine.errors import DataError
from acq_engine.models import LoadedModel, load_model
from acq_engine.settings import ModelConfig, TestSetConfig
from acq_engine.test_sets.loading import load_test_set
from acq_engine.test_sets.test_set import TestSet

NAMES = ("cat", "dog", "Ankle boot")


def model(size: int = 8, channels: int = 3, classes: int = 3, names: tuple[str, ...] = ()) -> LoadedModel:
    zeros, ones = (0.0,) * channels, (1.0,) * channels
    return LoadedModel(nn.Identity(), "m", "m", classes, (channels, size, size), zeros, ones, names)


def read(path: Path, loaded: LoadedModel, **settings: Any) -> TestSet:
    found = load_test_set(TestSetConfig(path=path, **settings), loaded)
    assert found is not None
    return found


def npz(tmp_path: Path, **arrays: Any) -> Path:
    path = tmp_path / "set.npz"
    np.savez_compressed(path, **arrays)
    return path


def pictures(count: int = 6, size: int = 8, channels: tuple[int, ...] = (3,)) -> np.ndarray:
    generator = np.random.default_rng(0)
    return generator.integers(0, 256, (count, size, size, *channels), dtype=np.uint8)


LABELS = np.array([0, 1, 2, 0, 1, 2])


def test_the_sample_brings_its_own_pictures() -> None:
    loaded = load_model(ModelConfig())
    found = load_test_set(TestSetConfig(limit=50), loaded)
    assert found is not None and len(found) == 50
    assert found.images.shape == (50, 32, 32, 1) and found.class_names == loaded.class_names
    assert load_test_set(TestSetConfig(use_sample=False), loaded) is None
    assert load_test_set(TestSetConfig(), model()) is None


def test_batches_cover_every_picture_once_and_are_normalised(tmp_path: Path) -> None:
    images = pictures()
    loaded = model()
    loaded.mean, loaded.std = (0.5,) * 3, (0.25,) * 3
    found = read(npz(tmp_path, images=images, labels=LABELS), loaded)
    batches = list(found.batches(loaded, 4))
    assert [len(labels) for _, labels in batches] == [4, 2]
    x = torch.cat([x for x, _ in batches])
    assert x.shape == (6, 3, 8, 8) and x.dtype == torch.float32
    expected = (torch.from_numpy(images).permute(0, 3, 1, 2) / 255 - 0.5) / 0.25
    assert torch.allclose(x, expected)
    assert torch.equal(torch.cat([labels for _, labels in batches]), torch.from_numpy(LABELS))


def test_npz_limits_names_and_channels(tmp_path: Path) -> None:
    path = npz(tmp_path, images=pictures(channels=()), labels=LABELS.astype(np.uint8), class_names=np.array(NAMES))
    found = read(path, model(), limit=4)
    assert found.images.shape == (4, 8, 8, 3) and found.class_names == NAMES
    assert np.array_equal(found.images[..., 0], found.images[..., 2])
    assert read(path, model(channels=1)).images.shape == (6, 8, 8, 1)


def test_a_limit_or_a_part_is_from_all_over_the_set(tmp_path: Path) -> None:
    path = npz(tmp_path, images=pictures(), labels=np.sort(LABELS))
    assert read(path, model(), limit=3).labels.tolist() == [0, 1, 2]
    whole = read(path, model())
    part, places = whole.some(3)
    assert part.labels.tolist() == [0, 1, 2]
    assert np.array_equal(part.images, whole.images[places])
    assert len(whole.some(100)[0]) == 6


def test_npz_may_have_the_channels_of_the_model(tmp_path: Path) -> None:
    path = npz(tmp_path, images=pictures(channels=(4,)), labels=LABELS)
    assert read(path, model(channels=4)).images.shape == (6, 8, 8, 4)
    with pytest.raises(DataError, match="unexpected type"):
        read(path, model())


def test_npz_up_to_15_percent_larger_is_cropped_in_its_middle(tmp_path: Path) -> None:
    images = pictures(size=37)
    found = read(npz(tmp_path, images=images, labels=LABELS), model(size=33))
    assert np.array_equal(found.images, images[:, 2:35, 2:35])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"images": pictures(0), "labels": LABELS[:0]}, "has no images"),
        ({"labels": LABELS[:3]}, "6 images but 3 labels"),
        ({"labels": LABELS + 2}, r"4 label\(s\) are outside 0 to 2"),
        ({"labels": LABELS - 1}, "outside 0 to 2"),
        ({"labels": LABELS + np.float32(0.5)}, "labels have an unexpected type"),
        ({"labels": LABELS[:, None] * np.ones((1, 2), dtype=np.int64)}, "labels have an unexpected type"),
        ({"images": pictures().astype(np.float32) - 1}, "images are no pixels"),
        ({"images": pictures().astype(np.int32) + 1}, "images are no pixels"),
        ({"images": pictures() + np.float32("nan")}, "images are no pixels"),
        ({"images": pictures() > 100}, "images have an unexpected type"),
        ({"images": pictures(channels=(4,))}, "images have an unexpected type"),
        ({"images": pictures(size=7)}, "don't have the model's input size"),
        ({"images": pictures(size=20)}, "don't have the model's input size"),
        ({"class_names": np.array(["a", "b"])}, "has 2 classes, the model 3"),
        ({"class_names": np.arange(3)}, "class names have an unexpected type"),
        ({"labels": np.array([0, "a"] * 3, dtype=object)}, "damaged"),
    ],
)
def test_unfit_npz_files_are_refused_in_words(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(DataError, match=words):
        read(npz(tmp_path, **{"images": pictures(), "labels": LABELS, **change}), model())


def test_damaged_and_dishonest_npz_files_are_refused(tmp_path: Path) -> None:
    whole = npz(tmp_path, images=pictures(), labels=LABELS).read_bytes()
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|u1", "fortran_order": False, "shape": (1 << 40, 8, 8)})
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images.npy", header.getvalue() + b"\0" * 1000)
        archive.writestr("labels.npy", b"\0")
    contents = [whole[: len(whole) // 2], b"", b"PK\x03\x04", b"hello", bomb.getvalue(), whole[:-30] + b"x" * 30]
    for index, content in enumerate(contents):
        path = tmp_path / f"bad{index}.npz"
        path.write_bytes(content)
        with pytest.raises(DataError):
            read(path, model())
    no_labels = npz(tmp_path, images=pictures())
    with pytest.raises(DataError, match="has no labels"):
        read(no_labels, model())


def test_an_npz_with_a_pickle_runs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "marker"

    class Attack:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (marker,)

    path = npz(tmp_path, images=pictures(), labels=np.array([Attack()] * 6, dtype=object))
    with pytest.raises(DataError):
        read(path, model())
    assert not marker.exists()


def folder(root: Path, classes: tuple[str, ...], count: int = 2, size: tuple[int, int] = (8, 8)) -> Path:
    for index, name in enumerate(classes):
        (root / name).mkdir(parents=True)
        for number in range(count):
            Image.new("RGB", size, (index * 10, number, 0)).save(root / name / f"{number}.png")
    return root


def test_folders_in_alphabetical_order(tmp_path: Path) -> None:
    found = read(folder(tmp_path / "set", ("b", "a", "c")), model())
    assert found.labels.tolist() == [0, 0, 1, 1, 2, 2] and found.class_names == ("a", "b", "c")
    assert found.images[:, 0, 0, 0].tolist() == [10, 10, 0, 0, 20, 20]


def test_folders_are_matched_by_name_number_and_wordnet_id(tmp_path: Path) -> None:
    by_name = read(folder(tmp_path / "a", ("Dog", "ankle_boot")), model(names=NAMES))
    assert by_name.labels.tolist() == [1, 1, 2, 2]
    by_number = read(folder(tmp_path / "b", ("02", "0")), model())
    assert sorted(by_number.labels.tolist()) == [0, 0, 2, 2]
    wordnet = read(folder(tmp_path / "c", ("n01443537", "n15075141")), model(classes=1000))
    assert wordnet.labels.tolist() == [1, 1, 999, 999]
    synonym = read(folder(tmp_path / "d", ("goldfish",)), model(names=("tench, Tinca", "goldfish, Carassius", "x")))
    assert synonym.labels.tolist() == [1, 1]
    with pytest.raises(DataError, match="n99999999 is not one of"):
        read(folder(tmp_path / "e", ("n01443537", "n99999999")), model(classes=1000))
    with pytest.raises(DataError, match="has 2 classes, the model 3"):
        read(folder(tmp_path / "f", ("left", "right")), model())


def test_folder_names_that_the_model_knows_in_part_are_not_guessed(tmp_path: Path) -> None:
    names = ("T-shirt/top", "crane, bird", "crane, machine")
    found = read(folder(tmp_path / "a", ("t-shirt_top", "bird", "machine")), model(names=names))
    assert found.labels.tolist() == [1, 1, 2, 2, 0, 0]
    with pytest.raises(DataError, match="2 of 3 classes have the model's names") as caught:
        read(folder(tmp_path / "b", ("T-shirt top", "bird", "crane")), model(names=names))
    assert "crane" in caught.value.cause


def test_class_numbers_may_be_written_as_spreadsheets_write_them(tmp_path: Path) -> None:
    labels = [f"{number}.0" for number in range(12)]
    found = read(folder(tmp_path / "a", tuple(labels), count=1), model(classes=12))
    assert sorted(found.labels.tolist()) == list(range(12))
    assert found.images[:, 0, 0, 0].tolist() == [10 * label for label in found.labels.tolist()]


@pytest.mark.parametrize("mode", ["I;16", "I"])
def test_sixteen_bits_a_pixel_keep_their_shades(tmp_path: Path, mode: str) -> None:
    (tmp_path / "set" / "0").mkdir(parents=True)
    ramp = np.linspace(0, 65535, 64).round().reshape(8, 8)
    picture = Image.fromarray(ramp.astype(np.uint16 if mode == "I;16" else np.int32))
    assert picture.mode == mode
    picture.save(tmp_path / "set" / "0" / "ramp.tif")
    seen = read(tmp_path / "set", model(channels=1)).images[0, :, :, 0]
    assert np.abs(seen.astype(int) - ramp / 257).max() <= 0.5
    Image.fromarray(ramp.astype(np.float32)).save(tmp_path / "set" / "0" / "unknown white.tif")
    assert read(tmp_path / "set", model(channels=1)).skipped == 1


def test_a_jpeg_is_cropped_as_the_same_picture_in_another_file_is(tmp_path: Path) -> None:
    for side in (448, 460, 500, 900):
        (tmp_path / str(side) / "0").mkdir(parents=True)
        ramp = np.tile(np.linspace(0, 255, side).round().astype(np.uint8), (side, 1))
        picture = Image.fromarray(np.stack([ramp] * 3, axis=2))
        picture.save(tmp_path / str(side) / "0" / "a.png")
        picture.save(tmp_path / str(side) / "0" / "b.jpg", quality=98)
        png, jpeg = read(tmp_path / str(side), model(size=224)).images.astype(int)
        assert np.abs(png - jpeg).max() <= 4, side
        assert png[0, 0, 0] == pytest.approx(16, abs=2), "seven eighths of the picture"


def test_an_extremely_long_picture_is_skipped(tmp_path: Path) -> None:
    root = folder(tmp_path / "set", ("0",), count=1)
    Image.new("L", (1, 60_000)).save(root / "0" / "long.png")
    found = read(root, model(size=224))
    assert (len(found), found.skipped) == (1, 1)


def test_corrupt_pictures_are_skipped_and_counted(tmp_path: Path) -> None:
    root = folder(tmp_path / "set", ("a", "b", "c"))
    (root / "a" / "bad.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    good = (root / "b" / "0.png").read_bytes()
    (root / "b" / "cut.png").write_bytes(good[: len(good) // 2])
    (root / "c" / "empty.png").touch()
    (root / "c" / "notes.txt").write_text("not counted")
    found = read(root, model())
    assert (len(found), found.skipped) == (6, 3)
    for path in root.rglob("*.png"):
        path.write_bytes(b"x")
    with pytest.raises(DataError, match="has no images") as caught:
        read(root, model())
    assert "9 file(s) could not be read" in caught.value.cause


def test_large_pictures_are_resized_then_cropped(tmp_path: Path) -> None:
    root = tmp_path / "set"
    (root / "0").mkdir(parents=True)
    wide = np.zeros((40, 120, 3), dtype=np.uint8)
    wide[:, 40:80] = 255
    Image.fromarray(wide).save(root / "0" / "wide.png")
    Image.fromarray(wide[:, 40:80]).convert("RGBA").save(root / "0" / "alpha.png")
    Image.fromarray(wide[:, 40:80, 0]).save(root / "0" / "grey.png")
    found = read(root, model(size=8))
    assert len(found) == 3 and int(found.images.min()) > 200


def test_a_picture_that_unpacks_to_too_much_is_skipped(tmp_path: Path) -> None:
    root = folder(tmp_path / "set", ("0",), count=1)
    Image.new("1", (20_000, 20_000)).save(root / "0" / "bomb.png")
    found = read(root, model())
    assert (len(found), found.skipped) == (1, 1)


def test_limit_spreads_over_all_classes(tmp_path: Path) -> None:
    found = read(folder(tmp_path / "set", ("a", "b", "c"), count=10), model(), limit=6)
    assert len(found) == 6 and set(found.labels.tolist()) == {0, 1, 2}


def test_reading_can_be_stopped_and_tells_its_progress(tmp_path: Path) -> None:
    root = folder(tmp_path / "set", ("a", "b", "c"), count=10)
    seen: list[tuple[int, int]] = []
    load_test_set(TestSetConfig(path=root), model(), progress=lambda *now: seen.append(now))
    assert seen == [(20, 30), (30, 30)]
    left = iter(range(5))
    part = load_test_set(TestSetConfig(path=root), model(), stop=lambda: next(left, None) is None)
    assert part is not None and len(part) == 5


def test_a_table_labels_a_flat_folder(tmp_path: Path) -> None:
    root = tmp_path / "val"
    root.mkdir()
    for number in range(4):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(root / f"{number}.png")
    table = tmp_path / "val_labels.csv"
    table.write_text("file,label,extra\n2.png,1,x\n0.png,0,y\nmissing.png,1,z\n")
    for path in (root, table):
        found = read(path, model())
        assert found.labels.tolist() == [1, 0] and found.skipped == 1
        assert found.images[:, 0, 0, 0].tolist() == [2, 0]
    table.write_text("picture,kind\n2.png,1\n")
    with pytest.raises(DataError, match="lacks a column"):
        read(table, model())
    table.write_text("file,label\n../../secret.png,1\n")
    with pytest.raises(DataError, match="outside its folder"):
        read(table, model())
    table.unlink()
    with pytest.raises(DataError, match="have no labels"):
        read(root, model())


def test_empty_and_missing_folders(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="can't be opened"):
        read(tmp_path / "nothing", model())
    with pytest.raises(DataError, match="has no images"):
        read(tmp_path, model())
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(DataError, match="can't be read as a test set"):
        read(tmp_path / "letter.txt", model())


def test_cifar_s_own_files(tmp_path: Path) -> None:
    flat = np.random.default_rng(0).integers(0, 256, (5, 3072), dtype=np.uint8)
    labels = [0, 9, 3, 2, 1]
    names = [f"class{index}" for index in range(10)]
    python = tmp_path / "cifar-10-batches-py"
    python.mkdir()
    (python / "test_batch").write_bytes(pickle.dumps({b"data": flat, b"labels": labels}, protocol=2))
    (python / "batches.meta").write_bytes(pickle.dumps({b"label_names": [name.encode() for name in names]}, protocol=2))
    binary = tmp_path / "cifar-10-batches-bin"
    binary.mkdir()
    rows = b"".join(bytes([label]) + row.tobytes() for label, row in zip(labels, flat, strict=True))
    (binary / "test_batch.bin").write_bytes(rows)
    for path in (python, python / "test_batch", binary):
        found = read(path, model(size=32, classes=10))
        assert found.labels.tolist() == labels
        assert np.array_equal(found.images[1, :, :, 0], flat[1, :1024].reshape(32, 32))
    assert read(python, model(size=32, classes=10)).class_names == tuple(names)
    (binary / "test_batch.bin").write_bytes(rows[:-1])
    with pytest.raises(DataError, match="damaged"):
        read(binary, model(size=32, classes=10))
    fine = b"".join(bytes([7, label]) + row.tobytes() for label, row in zip([99, 0, 5, 6, 7], flat, strict=True))
    (binary / "test.bin").write_bytes(fine)
    assert read(binary / "test.bin", model(size=32, classes=100)).labels.tolist() == [99, 0, 5, 6, 7]


def test_a_cifar_file_with_code_runs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    (tmp_path / "test_batch").write_bytes(b"cposix\nsystem\n(S'touch " + str(marker).encode() + b"'\ntR.")
    with pytest.raises(DataError, match="damaged"):
        read(tmp_path, model(size=32, classes=10))
    assert not marker.exists()
