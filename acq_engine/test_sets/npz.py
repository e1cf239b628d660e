"""Test sets in one .npz file: `images` uint8 (N,H,W,3) or (N,H,W), `labels` int64 (N,), optional `class_names`."""

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
from acq_engine.models.preprocessing import CROP_WITHOUT_RESIZE
from acq_engine.test_sets.images import MAX_SET_BYTES
from acq_engine.test_sets.test_set import TestSet, checked_test_set, spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

MAX_ARRAY_BYTES = 8 << 30
MAX_RATIO = 1100
"""Deflate can't shrink anything by more than 1032: a higher ratio is not honest."""

_HINT = "Write it with numpy.savez_compressed(FILE, images=..., labels=...)."


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
            missing = [name for name in ("images", "labels") if name not in archive.files]
            if missing:
                raise DataError(
                    f"The test set has no {' and no '.join(missing)}.",
                    cause=f"It contains: {', '.join(archive.files[:8]) or 'nothing'}.", hint=_HINT,
                )
            images, labels = archive["images"], archive["labels"]
            names = archive["class_names"] if "class_names" in archive.files else None
    except DataError:
        raise
    except (OSError, ValueError, zipfile.BadZipFile, LookupError, EOFError, NotImplementedError, zlib.error,
            MemoryError, struct.error, TypeError, SyntaxError, RuntimeError, UnicodeError, OverflowError) as error:
        raise DataError("The test set is damaged.", cause=f"{path.name}: {error}", hint=_HINT) from error
    checked_labels = _labels(labels)
    channels = {1, 3, loaded.input_shape[0]}
    if images.ndim not in (3, 4) or images.dtype != np.uint8 or (images.ndim == 4 and images.shape[3] not in channels):
        raise DataError(
            "The test set's images have an unexpected type.",
            cause=f"They are {images.dtype} of shape {images.shape}; expected is uint8 of shape (N, H, W, 3) or "
            "(N, H, W).",
            hint=_HINT,
        )
    if len(images) != len(checked_labels):
        raise DataError(f"The test set has {len(images)} images but {len(checked_labels)} labels.")
    cropped, chosen = fit_arrays(images, loaded), spread(len(images), limit)
    if len(chosen) < len(images):
        cropped, checked_labels = cropped[chosen], checked_labels[chosen]
    return checked_test_set(cropped, checked_labels, _names(names), loaded, source=path.name)


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
        raise DataError("The test set is damaged.", cause=f"{entry.filename} is not an array.", hint=_HINT)
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
            hint=_HINT,
        )


def _labels(labels: NDArray[Any]) -> NDArray[np.int64]:
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise DataError(
            "The test set's labels have an unexpected type.",
            cause=f"They are {labels.dtype} of shape {labels.shape}; expected is int64 of shape (N,).",
            hint=_HINT,
        )
    return labels.astype(np.int64)


def _names(names: NDArray[Any] | None) -> tuple[str, ...]:
    if names is None:
        return ()
    if names.ndim != 1 or names.dtype.kind not in "US":
        raise DataError(
            "The test set's class names have an unexpected type.", cause=f"They are {names.dtype}."
        )
    return tuple(name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name) for name in names.tolist())


def fit_arrays(images: NDArray[np.uint8], loaded: LoadedModel) -> NDArray[np.uint8]:
    """Crop images that are up to 15 % larger than the input in their middle.

    Args:
        images: (N, h, w) or (N, h, w, C) uint8.
        loaded: The model.

    Returns:
        The same without a copy, (N, H, W) or (N, H, W, C).

    Raises:
        DataError: they are smaller than the input, or much larger.
    """
    _, height, width = loaded.input_shape
    found_height, found_width = images.shape[1:3]
    pairs = ((found_height, height), (found_width, width))
    if not all(wanted <= found <= wanted * CROP_WITHOUT_RESIZE for found, wanted in pairs):
        raise DataError(
            "The test set's images don't have the model's input size.",
            cause=f"They have {found_width} x {found_height} pixels; the model expects {width} x {height}.",
            hint="Resize the images, or set the input size that the model was trained with.",
        )
    if images.nbytes > MAX_SET_BYTES:
        raise DataError("The test set is too large.", hint="Limit the number of images.")
    top, left = (found_height - height) // 2, (found_width - width) // 2
    return images[:, top : top + height, left : left + width]
