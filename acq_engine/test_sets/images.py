"""Images to arrays of the model's input size, with limits on what a file may unpack to."""

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

MAX_IMAGE_PIXELS = 100_000_000
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


class UnreadableImageError(Exception):
    """An image is damaged or too large; it is skipped and counted."""


def storage(count: int, loaded: LoadedModel) -> U8:
    """Room for `count` images of the model's input: (count, H, W, C) uint8.

    Raises:
        DataError: they would take too much space.
    """
    channels, height, width = loaded.input_shape
    shape = (count, height, width, channels)
    size = count * height * width * channels
    if size > MAX_SET_BYTES:
        raise DataError(
            "The test set is too large.", cause=f"Its {count:,} images would need {size >> 30} GiB.",
            hint="Limit the number of images.",
        )
    if size <= MEMORY_SET_BYTES:
        return np.empty(shape, dtype=np.uint8)
    with tempfile.NamedTemporaryFile(prefix="acq-test-set-") as file:
        # The map keeps the space alive after the name is gone.
        room: U8 = np.memmap(file, dtype=np.uint8, mode="w+", shape=shape)
    return room


def read_image(path: Path, loaded: LoadedModel) -> U8:
    """One image as the model takes it: (H, W, C) uint8.

    An image whose shorter side is between the input's and 1.15 times that is cropped in its middle; any
    other is resized first, so that the shorter side is what the weights were published with, or 256/224 of the
    input (the input itself up to 64 px).

    Raises:
        UnreadableImageError: damaged, of an unknown kind, or larger than the limit.
    """
    channels = loaded.input_shape[0]
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableImageError("the file is too large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about sizes; the limit below decides
            with Image.open(path) as image:
                if image.width * image.height > MAX_IMAGE_PIXELS:
                    raise UnreadableImageError("the picture has too many pixels")
                size = size_before_crop(image.size, loaded)
                if size is not None:
                    image.draft("RGB", size)  # a large JPEG need not be unpacked whole
                ready = cut(with_eight_bits(image).convert("L" if channels == 1 else "RGB"), size, loaded)
                pixels = np.asarray(ready, dtype=np.uint8)
    except UnreadableImageError:
        raise
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, MemoryError, EOFError, TypeError, IndexError,
            KeyError, AttributeError, ZeroDivisionError, OverflowError, RuntimeError,
            Image.DecompressionBombError) as error:
        raise UnreadableImageError(str(error)) from error
    return pixels[..., None] if pixels.ndim == 2 else pixels


def with_eight_bits(image: Image.Image) -> Image.Image:
    """An image of 16 bits a pixel as one of 8: Pillow itself would cut off all above 255.

    Raises:
        UnreadableImageError: values whose range is not known.
    """
    if image.mode in ("I", "I;16", "I;16L", "I;16B", "I;16N"):
        values = np.asarray(image).astype(np.int64)
        if values.min() < 0 or values.max() > 65535:
            raise UnreadableImageError("its values exceed 16 bits")
        return Image.fromarray(((values + 128) // 257).astype(np.uint8))
    if image.mode == "F":
        raise UnreadableImageError("its values are fractions, and their range is unknown")
    return image


def size_before_crop(size: tuple[int, int], loaded: LoadedModel) -> tuple[int, int] | None:
    """Width and height to resize an image of `size` to before it is cropped, see `read_image`; None to leave it.

    Raises:
        UnreadableImageError: it is so long that it would become too large.
    """
    _, height, width = loaded.input_shape
    shorter, wanted = min(size), max(height, width)
    if wanted <= shorter <= wanted * CROP_WITHOUT_RESIZE:
        return None
    target = shorter_side(loaded.input_shape, loaded.resize)
    resized = (max(round(size[0] * target / shorter), target), max(round(size[1] * target / shorter), target))
    if resized[0] * resized[1] > MAX_IMAGE_PIXELS:
        raise UnreadableImageError("the picture is too long for its width")
    return resized


def cut(image: Image.Image, size: tuple[int, int] | None, loaded: LoadedModel) -> Image.Image:
    """Resize to `size`, and crop the middle to the model's input."""
    _, height, width = loaded.input_shape
    if size is not None and image.size != size:
        image = image.resize(size, _FILTERS[loaded.interpolation])
    left, top = round((image.width - width) / 2), round((image.height - height) / 2)
    return image.crop((left, top, left + width, top + height))
