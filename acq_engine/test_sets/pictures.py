"""Pictures to arrays of the model's input size, with limits on what a file may unpack to."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from acq_engine.errors import DataError
from acq_engine.models.preprocessing import CROP_WITHOUT_RESIZE, shorter_side

if TYPE_CHECKING:
    from acq_engine.models.loaded import LoadedModel

U8 = NDArray[np.uint8]

MAX_PICTURE_PIXELS = 100_000_000
MAX_FILE_BYTES = 256 << 20
MAX_SET_BYTES = 64 << 30
MEMORY_SET_BYTES = 1 << 30
"""Larger sets live in a temporary file that the system pages in and out."""

EXTENSIONS = frozenset(
    {".jpg", ".jpeg", ".png", ".bmp", ".ppm", ".pgm", ".tif", ".tiff", ".webp", ".gif"}
)

_FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
}


class UnreadablePictureError(Exception):
    """A picture is damaged or too large; it is skipped and counted."""


def storage(count: int, loaded: LoadedModel) -> U8:
    """Room for `count` pictures of the model's input: (count, H, W, C) uint8.

    Raises:
        DataError: they would take too much space.
    """
    channels, height, width = loaded.input_shape
    shape = (count, height, width, channels)
    size = count * height * width * channels
    if size > MAX_SET_BYTES:
        raise DataError(
            "The test set is too large.", cause=f"Its {count:,} pictures would take {size >> 30} GiB.",
            hint="Limit the number of pictures.",
        )
    if size <= MEMORY_SET_BYTES:
        return np.empty(shape, dtype=np.uint8)
    with tempfile.NamedTemporaryFile(prefix="acq-test-set-") as file:
        # The map keeps the space alive after the name is gone.
        room: U8 = np.memmap(file, dtype=np.uint8, mode="w+", shape=shape)
    return room


def read_picture(path: Path, loaded: LoadedModel) -> U8:
    """One picture as the model takes it: (H, W, C) uint8.

    A picture whose shorter side is between the input's and 1.15 times that is cropped in its middle; any
    other is resized first, so that the shorter side is what the weights were published with, or 256/224 of the
    input (the input itself up to 64 px).

    Raises:
        UnreadablePictureError: damaged, of an unknown kind, or larger than the limit.
    """
    channels, height, width = loaded.input_shape
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadablePictureError("the file is too large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about sizes; the limit below decides
            with Image.open(path) as picture:
                if picture.width * picture.height > MAX_PICTURE_PIXELS:
                    raise UnreadablePictureError("the picture has too many pixels")
                picture.draft("RGB", (width, height))
                converted = picture.convert("L" if channels == 1 else "RGB")
    except UnreadablePictureError:
        raise
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, MemoryError, EOFError, TypeError, IndexError,
            KeyError, AttributeError, ZeroDivisionError, OverflowError, RuntimeError,
            Image.DecompressionBombError) as error:
        raise UnreadablePictureError(str(error)) from error
    pixels = np.asarray(fit_picture(converted, loaded), dtype=np.uint8)
    return pixels[..., None] if pixels.ndim == 2 else pixels


def fit_picture(picture: Image.Image, loaded: LoadedModel) -> Image.Image:
    """Resize and crop to the model's input, see `read_picture`."""
    _, height, width = loaded.input_shape
    shorter = min(picture.width, picture.height)
    wanted = max(height, width)
    if not wanted <= shorter <= wanted * CROP_WITHOUT_RESIZE or shorter < min(height, width):
        target = shorter_side(loaded.input_shape, loaded.resize)
        scale = target / shorter
        size = (max(round(picture.width * scale), target), max(round(picture.height * scale), target))
        picture = picture.resize(size, _FILTERS[loaded.interpolation])
    left, top = round((picture.width - width) / 2), round((picture.height - height) / 2)
    return picture.crop((left, top, left + width, top + height))
