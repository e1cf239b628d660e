"""CIFAR-10's and CIFAR-100's own files, in Python's and in the binary format."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError
from acq_engine.test_sets.arrays import fit_arrays
from acq_engine.test_sets.test_set import TestSet, checked_test_set, spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

SIDE = 32
IMAGE_BYTES = 3 * SIDE * SIDE
MAX_BATCH_BYTES = 256 << 20

# File names of the test images, in the folders that the archives unpack to.
TEST_FILES = ("test_batch", "test_batch.bin", "test", "test.bin")
NAME_FILES = ("batches.meta", "meta", "batches.meta.txt", "fine_label_names.txt")

# What numpy's arrays need in a pickle, in all versions; nothing else is looked up.
_ALLOWED = {
    ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"),
    ("numpy", "ndarray"), ("numpy", "dtype"), ("_codecs", "encode"),
}


class _ArraysOnly(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}")
        return super().find_class(module, name)


def is_cifar(path: Path) -> bool:
    """The path is one of CIFAR's test files, or a folder that holds one."""
    return _test_file(path) is not None


def _test_file(path: Path) -> Path | None:
    if path.is_file():
        named = path.suffix == ".bin" or path.name in TEST_FILES or path.name.startswith("data_batch_")
        return path if named else None
    for name in TEST_FILES:
        if (path / name).is_file():
            return path / name
    return None


def read(path: Path, loaded: LoadedModel, limit: int | None) -> TestSet:
    """Read CIFAR's test images (or the batch file that is named).

    Raises:
        DataError: damaged, or not for this model.
    """
    file = _test_file(path)
    if file is None:
        raise DataError("This folder contains no CIFAR test images.", cause=str(path))
    if file.stat().st_size > MAX_BATCH_BYTES:
        raise DataError("The test set is too large.", cause=f"{file.name} has {file.stat().st_size:,} bytes.")
    data = file.read_bytes()
    flat, labels = _binary(data, loaded.num_classes) if file.suffix == ".bin" else _pickled(data, file.name)
    images = np.ascontiguousarray(flat.reshape(-1, 3, SIDE, SIDE).transpose(0, 2, 3, 1))
    names = _class_names(file.parent, loaded.num_classes)
    chosen = spread(len(labels), limit)
    return checked_test_set(fit_arrays(images, loaded)[chosen], labels[chosen], names, loaded, source=file.name,
                            numbers=labels)


def _binary(data: bytes, num_classes: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    # CIFAR-100 has the coarse label before the fine one.
    for label_bytes in (2, 1) if num_classes == 100 else (1, 2):
        row = label_bytes + IMAGE_BYTES
        if data and len(data) % row == 0:
            rows = np.frombuffer(data, dtype=np.uint8).reshape(-1, row)
            return rows[:, label_bytes:], rows[:, label_bytes - 1].astype(np.int64)
    raise DataError("The CIFAR file is damaged.", cause=f"{len(data):,} bytes are not a multiple of the image size.")


def _pickled(data: bytes, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    try:
        content = _ArraysOnly(io.BytesIO(data), encoding="bytes").load()
        pixels = content[b"data"]
        labels = content.get(b"labels", content.get(b"fine_labels"))
        flat = np.asarray(pixels)
        if flat.dtype != np.uint8 or flat.ndim != 2 or flat.shape[1] != IMAGE_BYTES:
            raise ValueError(f"the pictures have the shape {flat.shape}")
        numbers = np.asarray(labels, dtype=np.int64)
        if numbers.shape != (len(flat),):
            raise ValueError(f"{len(flat)} pictures but labels of shape {numbers.shape}")
    except Exception as error:  # a damaged pickle can fail anywhere
        raise DataError("The CIFAR file is damaged.", cause=f"{name}: {error}") from error
    return flat, numbers


def _class_names(folder: Path, num_classes: int) -> tuple[str, ...]:
    """The names beside the images, if there are as many as classes."""
    for name in NAME_FILES:
        file = folder / name
        if not file.is_file() or file.stat().st_size > 1 << 20:
            continue
        names: list[str] = []
        if file.suffix == ".txt":
            names = [line.strip() for line in file.read_text("utf-8", "replace").splitlines() if line.strip()]
        else:
            try:
                content = _ArraysOnly(io.BytesIO(file.read_bytes()), encoding="bytes").load()
                found = content.get(b"label_names") or content.get(b"fine_label_names") or []
                names = [item.decode("utf-8", "replace") for item in found]
            except Exception:  # names are a help, never a need
                continue
        if len(names) == num_classes:
            return tuple(names)
    return ()
