"""A folder of images without labels: what a user has at hand, to calibrate and fine-tune with (OURS)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from acq_engine.errors import DataError
from acq_engine.settings.pictures import PicturesConfig
from acq_engine.test_sets.images import EXTENSIONS, U8, UnreadableImageError, read_image, storage
from acq_engine.test_sets.test_set import spread

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

MAX_FILES = 1_000_000
FEW = 10  # below which they say little


@dataclass(frozen=True)
class Pictures:
    """Images as large as the model's input.

    Attributes:
        images: (N, H, W, C) uint8.
        skipped: Files that could not be read.
        source: The folder.
    """

    images: U8
    skipped: int
    source: Path

    def __len__(self) -> int:
        return len(self.images)

    def sentences(self) -> list[str]:
        """What is to be said of them: how many are used, and what may be wrong."""
        said = [f"{len(self)} own images are used next to the synthetic samples: {self.source}."]
        if self.skipped:
            said.append(f"{self.skipped} of the own images could not be read and are skipped.")
        if len(self) < FEW:
            said.append(f"Fewer than {FEW} own images hardly help; a few dozen are better.")
        return said


def load_pictures(
    config: PicturesConfig, loaded: LoadedModel, stop: Callable[[], bool] | None = None
) -> Pictures | None:
    """Read the images that the settings name, in subfolders too; None where they name none.

    Args:
        config: The settings.
        loaded: Tells the input's shape; images are resized and cropped as test images are.
        stop: Asked before every image; true ends with what is there.

    Raises:
        DataError: there is no such folder, nothing in it can be read, or the model takes no images of 1 or 3 channels.
    """
    folder = config.path
    if folder is None:
        return None
    if loaded.input_shape[0] not in (1, 3):
        raise DataError(f"Images have 1 or 3 channels; this model expects {loaded.input_shape[0]}.", cause=str(folder),
                        hint="Remove the own images; none are needed.")
    if not folder.is_dir():
        raise DataError(
            "The own images can't be opened.",
            cause=f"{folder}: " + ("a file; a folder is expected." if folder.exists() else "no such folder."),
            hint="Choose a folder of images, or none.")
    files = _files(folder)
    chosen = [files[index] for index in spread(len(files), config.limit)]
    room, count, skipped = storage(max(1, len(chosen)), loaded), 0, 0
    for file in chosen:
        if stop is not None and stop():
            break
        try:
            room[count] = read_image(file, loaded)
            count += 1
        except UnreadableImageError:
            skipped += 1
    if not count:
        raise DataError(
            "The own images can't be used.",
            cause=f"{folder}: " + (f"none of its {skipped} images can be read." if skipped else "it has no images."),
            hint="Choose a folder of JPEG or PNG images, or none.")
    return Pictures(np.asarray(room[:count]), skipped, folder)


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    try:
        for parent, folders, names in os.walk(folder):
            folders.sort()
            found += [Path(parent, name) for name in sorted(names) if Path(name).suffix.lower() in EXTENSIONS]
            if len(found) > MAX_FILES:
                raise DataError("The folder of own images is too large.", cause=f"{folder}: over {MAX_FILES:,} files.",
                                hint="Choose a smaller folder.")
    except OSError as error:
        raise DataError("The own images can't be read.", cause=f"{folder}: {error.strerror or error}") from error
    return found
