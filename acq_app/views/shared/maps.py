"""Attention maps as pictures: enlarged smoothly, coloured, laid over a sample. No Qt."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

Overlay = Literal["none", "eval", "train", "difference"]


@cache
def _weights(source: int, target: int) -> F32:
    """Matrix (target, source) that interpolates linearly between the middles of pixels."""
    at = np.clip((np.arange(target) + 0.5) * source / target - 0.5, 0, source - 1)
    left = np.minimum(at.astype(int), max(source - 2, 0))
    part = at - left
    matrix = np.zeros((target, source), np.float32)
    rows = np.arange(target)
    matrix[rows, left] = 1 - part
    matrix[rows, np.minimum(left + 1, source - 1)] += part
    matrix.setflags(write=False)
    return matrix


def enlarge(maps: F32, height: int, width: int) -> F32:
    """Maps (N, h, w) at (N, height, width), bilinear."""
    return np.asarray(_weights(maps.shape[1], height) @ maps @ _weights(maps.shape[2], width).T, np.float32)


def times_even(maps: F32) -> F32:
    """Maps that sum to 1, as multiples of attention that is spread evenly (1 everywhere)."""
    return np.asarray(maps * (maps.shape[-1] * maps.shape[-2]), np.float32)


def common_top(*maps: F32) -> float:
    """The value that has the last colour, the same for all maps: the 99.5th percentile, rounded up to a half."""
    values = np.concatenate([part.ravel() for part in maps]) if maps else np.ones(1)
    return max(float(np.ceil(np.percentile(values, 99.5) * 2) / 2), 1.0)


def coloured(values: F32, table: U8, low: float, high: float) -> U8:
    """Values (...) as colours (..., 3) of a table of 256 rows, the first at `low`, the last at `high`."""
    index = np.clip((values - low) * (255.0 / max(high - low, 1e-12)) + 0.5, 0, 255).astype(np.uint8)
    return np.asarray(table[index], np.uint8)


def laid_over(pictures: U8, colours: U8, opacity: float) -> U8:
    """Colours over pictures, both (..., 3) of one shape; opacity 0 shows the picture, 1 the colours."""
    if opacity >= 1:
        return colours
    part = round(256 * opacity)
    mixed = pictures.astype(np.uint16) * (256 - part) + colours.astype(np.uint16) * part
    return (mixed >> 8).astype(np.uint8)


def grey(pictures: U8) -> U8:
    """Pictures (..., 3) without their colours."""
    light = (pictures.astype(np.uint16) * np.array([77, 150, 29], np.uint16)).sum(axis=-1, keepdims=True) >> 8
    return np.asarray(np.broadcast_to(light, pictures.shape), np.uint8)
