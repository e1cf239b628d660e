"""Grids of small pictures: where each tile is, and all tiles as one image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from acq_app.widgets.pixels import image_of

U8 = NDArray[np.uint8]


@dataclass(frozen=True)
class TileLayout:
    """Places of `count` tiles in rows of `columns`; all lengths in logical pixels."""

    count: int
    columns: int
    width: float  # of a tile
    height: float
    gap: float
    left: float
    top: float
    caption: float = 0.0  # room for words below each tile

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns) if self.columns else 0

    @property
    def total_height(self) -> float:
        """Height of the whole grid with a gap above and below."""
        return self.rows * self.step + self.gap

    @property
    def step(self) -> float:
        """From the top of a row to the top of the next one."""
        return self.height + self.caption + self.gap

    def rect(self, place: int) -> QRectF:
        """The tile at a place, 0 .. count - 1, row by row."""
        row, column = divmod(place, self.columns)
        return QRectF(self.left + column * (self.width + self.gap), self.top + row * self.step, self.width, self.height)

    def words_rect(self, place: int) -> QRectF:
        """The room for words below a tile."""
        return self.rect(place).translated(0, self.height).adjusted(0, 0, 0, self.caption - self.height)

    def place_at(self, x: float, y: float) -> int | None:
        """The place under a point, words below a tile included, or None between tiles and beside them."""
        column, row = int((x - self.left) // (self.width + self.gap)), int((y - self.top) // self.step)
        if not 0 <= column < self.columns or row < 0:
            return None
        place = row * self.columns + column
        there = place < self.count and self.rect(place).adjusted(0, 0, 0, self.caption).contains(x, y)
        return place if there else None


def snapped(size: float, picture: int, ratio: float = 1.0) -> float:
    """A tile size of at most `size` at which a picture of `picture` pixels is enlarged evenly.

    Enlarged pictures grow in halves (1, 1.5, 2 ... times), so that every pixel is as wide as
    its second neighbour; reduced ones may have any whole size. `ratio` is device pixels a
    logical one.
    """
    device = int(size * ratio)
    if device < picture:
        return max(device, 1) / ratio
    return int(device * 2 // picture * picture / 2) / ratio


def fit(count: int, width: float, height: float, picture: tuple[int, int], *, gap: float = 4, minimum: float = 32,
        maximum: float = 160, ratio: float = 1.0, caption: float = 0.0) -> TileLayout:
    """The layout with the largest tiles that fit; where they'd be smaller than `minimum`, it grows downwards.

    Args:
        count: How many tiles.
        width: Room, logical pixels.
        height: Room, logical pixels.
        picture: Height and width of a picture, in its own pixels.
        gap: Between tiles and at the edges.
        minimum: Smallest width of a tile.
        maximum: Largest width of a tile, unless the picture itself is larger.
        ratio: Device pixels a logical pixel.
        caption: Room for words below each tile, logical pixels.
    """
    aspect = picture[0] / picture[1]
    best, columns, spare = 0.0, 1, 0
    for tried in range(1, max(count, 1) + 1):
        rows = max(-(-count // tried), 1)
        room = min((width - gap * (tried + 1)) / tried, (height - gap - rows * (gap + caption)) / rows / aspect)
        size = snapped(min(room, maximum), picture[1], ratio) if room > 1 else 0.0
        empty = rows * tried - count
        if size > best or (size == best and empty < spare):  # of equal sizes the one with the fullest last row
            best, columns, spare = size, tried, empty
    if best < minimum:
        columns = max(int((width - gap) // (minimum + gap)), 1)
        best = max(snapped((width - gap * (columns + 1)) / columns, picture[1], ratio), 8.0)
    used = columns * (best + gap) - gap
    left = max(round((width - used) / 2), gap)
    layout = TileLayout(count, columns, best, best * aspect, gap, left, gap, caption)
    return layout


def enlarged(pixels: U8, height: int, width: int) -> U8:
    """Pictures (N, h, w, 3) enlarged to (N, height, width, 3) by repeating pixels."""
    rows = np.arange(height) * pixels.shape[1] // height
    columns = np.arange(width) * pixels.shape[2] // width
    return np.ascontiguousarray(pixels[:, rows][:, :, columns])


def scaled(pixels: U8, height: int, width: int) -> U8:
    """Pictures (N, h, w, 3) at another size: pixels repeated where it is larger, averaged where it is smaller."""
    if (height, width) == pixels.shape[1:3]:
        return pixels
    if height >= pixels.shape[1] and width >= pixels.shape[2]:
        return enlarged(pixels, height, width)
    out = np.empty((len(pixels), height, width, 3), np.uint8)
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    # Much larger pictures first lose pixels: averaging all of them would take most of a second for a grid.
    skip = max(min(pixels.shape[1] // (2 * height), pixels.shape[2] // (2 * width)), 1)
    for index, picture in enumerate(pixels[:, ::skip, ::skip]):
        small = image_of(picture).scaled(width, height, keep, smooth).convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(small.constBits(), np.uint8).reshape(height, small.bytesPerLine())
        out[index] = lines[:, : 3 * width].reshape(height, width, 3)
    return out


def compose(pictures: U8, order: Sequence[int], layout: TileLayout, background: str, *, ratio: float = 1.0) -> QImage:
    """All tiles as one image, at `ratio` device pixels a logical one.

    Args:
        pictures: (N, H, W, 3), uint8.
        order: Which picture is at which place.
        layout: The tiles' places; `layout.count` must be `len(order)`.
        background: Colour between the tiles.
        ratio: Device pixels a logical pixel.
    """
    width = layout.left * 2 + layout.columns * (layout.width + layout.gap)
    image = QImage(max(int(width * ratio), 1), max(int(layout.total_height * ratio), 1), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(background)
    if not len(order):
        return image
    tiles = scaled(pictures[np.asarray(order)], round(layout.height * ratio), round(layout.width * ratio))
    painter = QPainter(image)
    for place in range(layout.count):
        tile = image_of(tiles[place])
        tile.setDevicePixelRatio(ratio)
        painter.drawImage(layout.rect(place).topLeft(), tile)
    painter.end()
    return image
