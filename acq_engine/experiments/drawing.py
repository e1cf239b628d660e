"""Scatter plots, bars and heat maps as images, with Pillow alone."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from acq_engine.report.charts import linear_ticks, number
from acq_engine.store.images import viridis

Colour = tuple[int, int, int]
Point = tuple[float, float]

PANEL_WIDTH, PANEL_HEIGHT = 520, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 18, 56, 56
_TEXT: Colour = (27, 31, 35)
_MUTED: Colour = (89, 99, 110)
_LINE: Colour = (213, 218, 224)
# Okabe and Ito's colours, which are told apart by most people.
_COLOURS: tuple[Colour, ...] = (
    (0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (138, 122, 0), (86, 180, 233), (68, 75, 82),
    (230, 159, 0),
)


def colour(index: int, count: int = 8) -> Colour:
    """A colour for each of `count` classes."""
    if count <= len(_COLOURS):
        return _COLOURS[index % len(_COLOURS)]
    red, green, blue = colorsys.hsv_to_rgb((index * 0.618034) % 1, 0.75, (0.85, 0.6)[index % 2])
    return round(255 * red), round(255 * green), round(255 * blue)


@dataclass(frozen=True)
class Canvas:
    """A part of an image to draw on: the drawing, and where the panel's axes begin and end."""

    draw: ImageDraw.ImageDraw
    left: int
    top: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the area within the axes."""
        return (self.left + _LEFT, self.top + _TOP, self.left + PANEL_WIDTH - _RIGHT,
                self.top + PANEL_HEIGHT - _BOTTOM)

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "mm", size: int = 15, fill: Colour = _MUTED
    ) -> None:
        """Words at a point; `anchor` as Pillow has it."""
        self.draw.text((x, y), words, fill=fill, font=_font(size), anchor=anchor)


Panel = Callable[[Canvas], None]


def sheet(panels: Sequence[Panel], *, title: str, footer: str, columns: int = 2) -> Image.Image:
    """Panels in rows, with a title above and a line below.

    Args:
        panels: What `scatter`, `bars` and `heat_map` give.
        title: What the image shows.
        footer: How it was made.
        columns: Panels side by side.
    """
    columns = max(1, min(columns, len(panels)))
    rows = math.ceil(len(panels) / columns)
    width, height = max(2, columns) * PANEL_WIDTH, rows * PANEL_HEIGHT + 100
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((24, 34), _fitted(draw, title, 22, width - 48), fill=_TEXT, font=_font(22), anchor="lm")
    draw.text((24, height - 22), _fitted(draw, footer, 13, width - 48), fill=_MUTED, font=_font(13), anchor="lm")
    for index, panel in enumerate(panels):
        panel(Canvas(draw, (index % columns) * PANEL_WIDTH, 56 + (index // columns) * PANEL_HEIGHT))
    return picture


def scatter(
    groups: Sequence[tuple[Sequence[Point], Colour]], *, title: str, x_title: str, y_title: str,
    x_range: tuple[float, float], y_range: tuple[float, float], diagonal: bool = False, radius: int = 3,
    names: Sequence[tuple[Point, str]] = (),
) -> Panel:
    """Points in colours, with names at some places; `diagonal` draws where x equals y.

    Points outside the ranges stand at the edge.
    """

    def panel(canvas: Canvas) -> None:
        place = _axes(canvas, title, x_title, y_title, x_range, y_range)
        if diagonal:
            low, high = max(x_range[0], y_range[0]), min(x_range[1], y_range[1])
            canvas.draw.line([place(low, low), place(high, high)], fill=_MUTED, width=1)
        for points, fill in groups:
            for x, y in points:
                px, py = place(min(max(x, x_range[0]), x_range[1]), min(max(y, y_range[0]), y_range[1]))
                canvas.draw.ellipse((px - radius, py - radius, px + radius, py + radius), fill=fill)
        for (x, y), words in names:
            canvas.draw.text(place(x, y), words, fill=_TEXT, font=_font(14), anchor="mm", stroke_width=2,
                             stroke_fill=(255, 255, 255))

    return panel


def bars(rows: Sequence[tuple[str, float | None, float | None]], *, title: str, places: int = 3) -> Panel:
    """Vertical bars from 0: (label, value, spread); a spread is drawn as a line up and down from the bar's end."""

    def panel(canvas: Canvas) -> None:
        known = [value + (spread or 0) for _, value, spread in rows if value is not None]
        ticks, low, high = linear_ticks(min([0.0, *known]), 1.08 * max([0.0, *known]) or 1.0)
        left, top, right, bottom = canvas.box
        canvas.text(left, canvas.top + 16, title, anchor="lm", size=17, fill=_TEXT)

        def y(value: float) -> float:
            return bottom - (bottom - top) * (value - low) / (high - low)

        for tick in ticks:
            canvas.draw.line([(left, y(tick)), (right, y(tick))], fill=_LINE)
            canvas.text(left - 8, y(tick), number(round(tick, 10)), anchor="rm")
        width = (right - left) / max(1, len(rows))
        for index, (label, value, spread) in enumerate(rows):
            middle = left + (index + 0.5) * width
            half = min(60.0, width * 0.32)
            canvas.text(middle, bottom + 18, _fitted(canvas.draw, label, 15, width - 6))
            if value is None:
                canvas.text(middle, bottom - 14, "not measured")
                continue
            ends = sorted((y(0.0), y(value)))
            canvas.draw.rectangle((middle - half, ends[0], middle + half, ends[1]), fill=colour(index))
            if spread is not None:
                canvas.draw.line([(middle, y(value - spread)), (middle, y(value + spread))], fill=_TEXT, width=2)
            words = f"{value:.{places}f}" + ("" if spread is None else f" ± {spread:.{places}f}")
            canvas.text(middle, y(value + (spread or 0)) - 12, words, fill=_TEXT)

    return panel


def heat_map(
    values: Sequence[Sequence[float | None]], *, row_labels: Sequence[str], column_labels: Sequence[str], title: str,
    x_title: str, y_title: str, places: int = 2,
) -> Panel:
    """A table of colours, viridis from its lowest to its highest value; the numbers stand in the cells."""

    def panel(canvas: Canvas) -> None:
        left, top, right, bottom = canvas.box
        canvas.text(left, canvas.top + 16, title, anchor="lm", size=17, fill=_TEXT)
        known = [value for row in values for value in row if value is not None]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        width, height = (right - left) / len(column_labels), (bottom - top) / len(row_labels)
        for row, cells in enumerate(values):
            for column, value in enumerate(cells):
                box = (left + column * width, top + row * height, left + (column + 1) * width - 2,
                       top + (row + 1) * height - 2)
                if value is None:
                    canvas.draw.rectangle(box, fill=_LINE)
                    continue
                part = (value - low) / (high - low) if high > low else 0.5
                red, green, blue = (int(level) for level in viridis(np.array(part)))
                canvas.draw.rectangle(box, fill=(red, green, blue))
                canvas.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, f"{value:.{places}f}", size=18,
                            fill=(255, 255, 255) if part < 0.6 else _TEXT)
        for column, label in enumerate(column_labels):
            canvas.text(left + (column + 0.5) * width, bottom + 14, label)
        for row, label in enumerate(row_labels):
            canvas.text(left - 8, top + (row + 0.5) * height, label, anchor="rm")
        _axis_titles(canvas, x_title, y_title)

    return panel


def _axes(
    canvas: Canvas, title: str, x_title: str, y_title: str, x_range: tuple[float, float], y_range: tuple[float, float]
) -> Callable[[float, float], Point]:
    """Frame, ticks and titles; gives the function from values to pixels."""
    left, top, right, bottom = canvas.box

    def place(x: float, y: float) -> Point:
        return (left + (right - left) * (x - x_range[0]) / (x_range[1] - x_range[0]),
                bottom - (bottom - top) * (y - y_range[0]) / (y_range[1] - y_range[0]))

    canvas.text(left, canvas.top + 16, title, anchor="lm", size=17, fill=_TEXT)
    for tick in linear_ticks(*x_range)[0]:
        if x_range[0] <= tick <= x_range[1]:
            x, _ = place(tick, y_range[0])
            canvas.draw.line([(x, top), (x, bottom)], fill=_LINE)
            canvas.text(x, bottom + 14, number(round(tick, 10)))
    for tick in linear_ticks(*y_range)[0]:
        if y_range[0] <= tick <= y_range[1]:
            _, y = place(x_range[0], tick)
            canvas.draw.line([(left, y), (right, y)], fill=_LINE)
            canvas.text(left - 8, y, number(round(tick, 10)), anchor="rm")
    _axis_titles(canvas, x_title, y_title)
    return place


def _axis_titles(canvas: Canvas, x_title: str, y_title: str) -> None:
    left, top, right, bottom = canvas.box
    canvas.text((left + right) / 2, bottom + 38, x_title)
    canvas.text(left, top - 13, y_title, anchor="lm")


def _fitted(draw: ImageDraw.ImageDraw, words: str, size: int, width: float) -> str:
    """The words, cut to a width in pixels."""
    while len(words) > 4 and draw.textlength(words, font=_font(size)) > width:
        words = words.rstrip("\u2026")[:-1] + "\u2026"
    return words


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
