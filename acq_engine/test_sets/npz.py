"""Test sets in one .npz file: `images` uint8 (N,H,W,3) or (N,H,W), `labels` int64 (N,), optional `class_names`.

Files of other programs are read too, where their names and values leave no doubt: see `arrays`.
"""

from __future__ import annotations

import ast
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import DataError
from acq_engine.test_sets.arrays import HINT, pair_of, set_of
from acq_engine.test_sets.test_set import TestSet

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

MAX_ARRAY_BYTES = 8 << 30
MAX_RATIO = 1100
"""Deflate can't shrink anything by more than 1032: a higher ratio is not honest."""


def read(path: Path, loaded: LoadedModel, limit: int | None) -> TestSet:
    """Read a .npz test set.

    Args:
        path: The file.
        loaded: The model that will be measured.
        limit: At most so many images, spread evenly over all of them; None for all.

    Raises:
        DataError: damaged, an array of another kind than expected, wrong labels, or a size that does not fit.
    """
    try:
        _check_sizes(path)
        with np.load(path, allow_pickle=False) as archive:
            keys = pair_of(archive.files)
            if keys is None:
                missing = [name for name in ("images", "labels") if name not in archive.files]
                raise DataError(
                    f"The test set has no {' and no '.join(missing)}.",
                    cause=f"It contains: {', '.join(archive.files[:8]) or 'nothing'}.", hint=HINT,
                )
            images, labels = archive[keys[0]], archive[keys[1]]
            names = archive["class_names"] if "class_names" in archive.files else None
    except DataError:
        raise
    except (OSError, ValueError, zipfile.BadZipFile, LookupError, EOFError, NotImplementedError, zlib.error,
            MemoryError, struct.error, TypeError, SyntaxError, RuntimeError, UnicodeError, OverflowError) as error:
        raise DataError("The test set is damaged.", cause=f"{path.name}: {error}", hint=HINT) from error
    notes = [] if keys == ("images", "labels") else [f"Read from the arrays {keys[0]} and {keys[1]}."]
    return set_of(images, labels, _names(names), loaded, limit, source=path.name, notes=notes)


def _check_sizes(path: Path) -> None:
    """Refuse an archive that would unpack to more than the limits, before anything is unpacked."""
    with zipfile.ZipFile(path) as archive:
        on_disk = path.stat().st_size
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if total > MAX_ARRAY_BYTES or total > MAX_RATIO * on_disk + (1 << 20) or len(entries) > 1000:
            raise DataError(
                "The test set would unpack to too much data.",
                cause=f"{on_disk:,} bytes would become {total:,}.",
            )
        for entry in entries:
            if entry.filename.endswith(".npy"):
                with archive.open(entry) as file:
                    _check_header(file.read(1 << 16), entry)


def _check_header(start: bytes, entry: zipfile.ZipInfo) -> None:
    """The array's announced size must be what the archive holds: numpy would set it aside before reading."""
    if start[:6] != b"\x93NUMPY":
        raise DataError("The test set is damaged.", cause=f"{entry.filename} is not an array.", hint=HINT)
    size_bytes = 2 if start[6] == 1 else 4
    length = int.from_bytes(start[8 : 8 + size_bytes], "little")
    header = ast.literal_eval(start[8 + size_bytes : 8 + size_bytes + length].decode("latin1").strip())
    dtype = np.dtype(header["descr"])
    count = 1
    for side in header["shape"]:
        count *= int(side)
    if dtype.hasobject or count < 0 or count * dtype.itemsize > entry.file_size:
        raise DataError(
            "The test set is damaged.", cause=f"{entry.filename} declares more values than it contains, or none at "
            "all.",
            hint=HINT,
        )


def _names(names: NDArray[Any] | None) -> tuple[str, ...]:
    if names is None:
        return ()
    if names.ndim != 1 or names.dtype.kind not in "US":
        raise DataError(
            "The test set's class names have an unexpected type.", cause=f"They are {names.dtype}."
        )
    return tuple(name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name) for name in names.tolist())
