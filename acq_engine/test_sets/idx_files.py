"""MNIST's file format, IDX, as Fashion-MNIST, EMNIST and others use it: images in one file, labels in another."""

from __future__ import annotations

import gzip
import math
import re
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError
from acq_engine.test_sets.arrays import set_of
from acq_engine.test_sets.test_set import TestSet

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

MAX_BYTES = 2 << 30
FIRST = ("t10k", "test", "")
"""What the names of files start with that measure; those of training come last."""

_NAME = re.compile(r"(?P<part>.*)images[-.]idx3-ubyte(\.gz)?", re.IGNORECASE)


def is_idx(path: Path) -> bool:
    """The path is such a file, or a folder that holds images in one."""
    return _images_file(path) is not None


def _images_file(path: Path) -> Path | None:
    if path.is_dir():
        found = [file for file in path.iterdir() if _NAME.fullmatch(file.name) and file.is_file()]
        found.sort(key=lambda file: (_rank(file.name), file.name))
        return found[0] if found else None
    named = path.with_name(re.sub("labels([-.])idx1", r"images\1idx3", path.name, flags=re.IGNORECASE))
    return named if _NAME.fullmatch(named.name) and named.is_file() else None


def _rank(name: str) -> int:
    part = name.lower()
    return next((number for number, start in enumerate(FIRST) if start and start in part), len(FIRST))


def files_of(path: Path) -> tuple[Path, Path]:
    """The files of images and of labels of what `is_idx` knows; the second need not exist."""
    file = _images_file(path)
    assert file is not None
    return file, file.with_name(re.sub("images([-.])idx3", r"labels\1idx1", file.name, flags=re.IGNORECASE))


def read(path: Path, loaded: LoadedModel, limit: int | None) -> TestSet:
    """Read the test images of a folder, or the file that is named.

    Raises:
        DataError: damaged, without labels, or not for this model.
    """
    file, labels = files_of(path)
    if not labels.is_file():
        raise DataError("The images have no labels.", cause=f"{labels.name} is not next to {file.name}.",
                        hint="Put both files into one folder.")
    notes = [f"Read from {file.name} and {labels.name}."] if path.is_dir() else []
    return set_of(_array(file, 3), _array(labels, 1), (), loaded, limit, source=file.name, notes=notes)


def _array(file: Path, dimensions: int) -> NDArray[Any]:
    """(N, H, W) or (N,) uint8."""
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
            head = opened.read(4 + 4 * dimensions)
            magic, *shape = struct.unpack(f">{1 + dimensions}I", head)
            size = math.prod(shape)
            if magic != 0x800 + dimensions:
                raise ValueError("it is no IDX file of bytes")
            if size > MAX_BYTES:
                raise DataError("The test set is too large.", cause=f"{file.name} declares {size:,} bytes.")
            data = opened.read(size + 1)
        if len(data) != size:
            raise ValueError(f"it declares {size:,} bytes and has {'more' if len(data) > size else f'{len(data):,}'}")
    except (EOFError, ValueError, struct.error, zlib.error, gzip.BadGzipFile) as error:
        raise DataError("The test set is damaged.", cause=f"{file.name}: {error}") from error
    return np.frombuffer(data, dtype=np.uint8).reshape(shape)
