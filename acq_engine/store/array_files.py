"""The arrays of events: .npz files beside events.jsonl, with an image where there is one to see."""

from __future__ import annotations

import dataclasses
import io
import math
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.errors import first_line
from acq_engine.events import AttentionReady, Event, FeaturesReady, SamplesReady
from acq_engine.files import storage_errors, write_atomic
from acq_engine.store import images
from acq_engine.store.serialization import event_arrays

# A run folder may come from a stranger: a small zip can claim to hold more than memory does.
MAX_BYTES = 256 << 20
MAX_ARRAYS = 100
MAX_BYTES_IN_ALL = 4 << 30  # of one run: the longest with large pictures has a tenth
LEAST_BYTES = 1 << 16  # what a file counts at least, since to open it takes its time


def write_arrays(root: Path, event: Event) -> tuple[Event, str]:
    """Write the event's arrays, and for samples and attention the tiled image.

    Returns:
        (the event, with `path` set where it has an image; the arrays' file relative to `root`, "" if none).

    Raises:
        StorageError: the disk refuses.
    """
    arrays = event_arrays(event)
    if not arrays:
        return event, ""
    with storage_errors("The images can't be saved.", root):
        name = _name(root, event)
        file = root / f"{name}.npz"
        file.parent.mkdir(exist_ok=True)
        picture = _picture(event)
        if picture is not None and isinstance(event, (SamplesReady, AttentionReady)):
            write_atomic(root / f"{name}.png", picture, durable=False)
            event = dataclasses.replace(event, path=f"{name}.png")
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # its stub mistakes the names for an option
        write_atomic(file, buffer.getvalue(), durable=False)
    return event, f"{name}.npz"


class ArrayReader:
    """Reads the arrays of one run folder, up to an amount in all: each file is small, but lines can name one for ever.

    Args:
        root: The run folder.
        most: Bytes of arrays in all.
    """

    def __init__(self, root: Path, most: int = MAX_BYTES_IN_ALL) -> None:
        self._root, self._left = root, most

    def __call__(self, name: str) -> dict[str, NDArray[Any]]:
        """As `read_arrays`.

        Raises:
            ValueError: as there, or it would be too much in all.
        """
        if self._left <= 0:
            raise ValueError("the run folder holds too much data")
        arrays = read_arrays(self._root, name, min(MAX_BYTES, self._left))
        self._left -= max(LEAST_BYTES, sum(array.nbytes for array in arrays.values()))
        return arrays


def read_arrays(root: Path, name: str, most: int = MAX_BYTES) -> dict[str, NDArray[Any]]:
    """The arrays of the file `name` in the run folder `root`, at most `most` bytes.

    Nothing is set aside before its declared size is known to be within the limits.

    Raises:
        ValueError: the file is missing, damaged, too large, or outside the folder.
    """
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root.resolve()) or not path.is_file():
            raise ValueError("it is no file in the run folder")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ARRAYS or sum(entry.file_size for entry in entries) > most:
                raise ValueError("it would unpack to too much data")
            return {entry.filename.removesuffix(".npy"): _unpacked(archive, entry) for entry in entries}
    except Exception as error:  # a damaged archive can fail anywhere: in zip, deflate, header or type
        raise ValueError(f"{name!r:.100} can't be read: {first_line(error)}") from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> NDArray[Any]:
    """One array: of plain numbers, with as many values as its header declares, and the checksum that was noted."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("its compression is not one that numpy uses")
    with archive.open(entry) as file:
        version = np.lib.format.read_magic(file)
        read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, by_columns, dtype = read_header(file)
        if dtype.kind not in "biuf" or any(side < 0 for side in shape):
            raise ValueError("it holds something else than numbers")
        expected = math.prod(shape) * dtype.itemsize
        if expected != entry.file_size - file.tell():
            raise ValueError("its size is not the declared one")
        data = file.read()  # to the end, where the checksum is compared
    if len(data) != expected:
        raise ValueError("it ends too early")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if by_columns else "C").copy()


def _name(root: Path, event: Event) -> str:
    if isinstance(event, SamplesReady):
        return f"samples/{event.step:06d}"
    if isinstance(event, AttentionReady):
        return f"attention/{event.step:06d}" + ("" if event.corrected else f"_{_file_part(event.layer)}")
    if isinstance(event, FeaturesReady):
        return f"arrays/features_{event.step:06d}"
    number = 1
    while (root / f"arrays/{event.kind()}_{number:06d}.npz").exists():
        number += 1
    return f"arrays/{event.kind()}_{number:06d}"


def _file_part(layer: str) -> str:
    """A layer's path as a part of a file name; two layers never have the same."""
    plain = re.sub(r"[^A-Za-z0-9_.-]", "_", layer)[:60]
    return plain if plain == layer else f"{plain}-{zlib.crc32(layer.encode()):08x}"


def _picture(event: Event) -> bytes | None:
    if isinstance(event, SamplesReady) and event.images.size:
        return images.png(images.tile(images.enlarge(event.images)))
    if isinstance(event, AttentionReady) and event.corrected and event.eval_maps.size:
        tiles = images.attention_tiles(event.eval_maps, event.train_maps)
        return images.png(images.tile(tiles, images.attention_columns(len(event.eval_maps))))
    return None
