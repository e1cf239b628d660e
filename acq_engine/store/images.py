"""Samples and attention maps as tiled PNG images, for eyes and for the report."""

from __future__ import annotations

import io
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acq_engine.events import F32, U8

GAP = 2  # pixels between two tiles
BACKGROUND = 128  # grey: visible beside dark and light tiles
SMALLEST_TILE = 64  # pixels; smaller images are enlarged by whole factors

# Ten points of matplotlib's viridis (public domain, CC0), from dark to light; between them linear.
_VIRIDIS = np.array(
    [(68, 1, 84), (72, 40, 120), (62, 73, 137), (49, 104, 142), (38, 130, 142),
     (31, 158, 137), (53, 183, 121), (110, 206, 88), (181, 222, 43), (253, 231, 37)],
    dtype=np.float64,
)


def viridis(values: NDArray[np.floating]) -> U8:
    """Colours of values: shape (...,), range 0..1 (others are clipped, NaN is 0) -> (..., 3) uint8."""
    place = np.clip(np.nan_to_num(values.astype(np.float64)), 0.0, 1.0) * (len(_VIRIDIS) - 1)
    low = np.minimum(place.astype(np.int64), len(_VIRIDIS) - 2)
    part = (place - low)[..., None]
    colours: U8 = np.rint(_VIRIDIS[low] * (1 - part) + _VIRIDIS[low + 1] * part).astype(np.uint8)
    return colours


def enlarge(images: U8, smallest: int = SMALLEST_TILE) -> U8:
    """(N, H, W, 3) enlarged by a whole factor, without smoothing, until a side has `smallest` pixels."""
    factor = max(1, math.ceil(smallest / max(1, min(images.shape[1:3]))))
    return images.repeat(factor, axis=1).repeat(factor, axis=2)


def tile(images: U8, columns: int | None = None) -> U8:
    """(N, H, W, 3) as one image, row by row; N must be at least 1."""
    count, height, width, _ = images.shape
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    picture = np.full((rows * (height + GAP) + GAP, columns * (width + GAP) + GAP, 3), BACKGROUND, np.uint8)
    for index, image in enumerate(images):
        top = GAP + (index // columns) * (height + GAP)
        left = GAP + (index % columns) * (width + GAP)
        picture[top:top + height, left:left + width] = image
    return picture


def attention_tiles(eval_maps: F32, train_maps: F32) -> U8:
    """Maps (N, h, w) in eval and train mode -> (2 N, H, W, 3): each pair side by side, on one colour scale."""
    pairs = np.stack([eval_maps, train_maps], axis=1).astype(np.float64)
    peak = np.nanmax(pairs, axis=(1, 2, 3), keepdims=True, initial=0.0)
    scaled = pairs / np.where(peak > 0, peak, 1.0)
    return enlarge(viridis(scaled.reshape(-1, *eval_maps.shape[1:])))


def attention_columns(count: int) -> int:
    """Columns of the tiled image of `count` pairs: an even number, so that no pair is torn apart."""
    return 2 * math.ceil(math.sqrt(count / 2))


def png(picture: U8) -> bytes:
    """(H, W, 3) as the bytes of a PNG file, without loss."""
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()
