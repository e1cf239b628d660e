"""Samples with their centres, and attention in both modes, as images within the page."""

from __future__ import annotations

import base64
from html import escape

import numpy as np
from numpy.typing import NDArray

from acq_engine.events import F32, U8, AttentionReady, PredictionsCompared, SamplesReady
from acq_engine.report.run_data import RunData
from acq_engine.store import images

_MOST = 24  # samples in one grid
_COLUMNS = 12
_MOST_ATTENTION = 8
_TILE = 72  # side of a tile on the page, in px
_STEP = _TILE + 6
_CAPTION = 13
_WIDE = 117  # of a tile that has a class and a percentage below it


def sample_grid(data: RunData, event: SamplesReady) -> str:
    """One look at the samples: hollow ring where the centre was asked for, filled dot where it was measured."""
    count = min(len(event.images), _MOST)
    if not count:
        return ""
    columns = min(_COLUMNS, count)
    rows = -(-count // columns)
    parts = [_svg_start(columns * _STEP, rows * (_STEP + _CAPTION), f"Synthetic samples at step {event.step}")]
    for index in range(count):
        left, top = (index % columns) * _STEP, (index // columns) * (_STEP + _CAPTION)
        parts.append(_image(event.images[index], left, top))
        measured = _place(event.measured[index], left, top)
        if event.asked is not None:
            asked = _place(event.asked[index], left, top)
            if asked is not None and measured is not None:
                ends = f'x1="{asked[0]}" y1="{asked[1]}" x2="{measured[0]}" y2="{measured[1]}"'
                parts.append(f'<line class="mark" {ends}/>')
            if asked is not None:
                parts.append(f'<circle class="asked" cx="{asked[0]}" cy="{asked[1]}" r="6"/>')
        if measured is not None:
            parts.append(f'<circle class="measured" cx="{measured[0]}" cy="{measured[1]}" r="3.5"/>')
        name = data.class_name(int(event.labels[index]))
        parts.append(f'<text x="{left}" y="{top + _TILE + 11}">{escape(_short(name))}</text>')
    return "".join(parts) + "</svg>"


def prediction_grid(data: RunData, event: PredictionsCompared) -> str:
    """The images that were kept, with what the float model, above, and the quantized model, below, predict for them."""
    count = min(len(event.images), _MOST)
    if not count:
        return ""
    columns = min(_COLUMNS * _STEP // _WIDE, count)
    high = _STEP + 3 * _CAPTION
    parts = [_svg_start(columns * _WIDE, -(-count // columns) * high, "Images on which both models differ most")]
    for index, place in enumerate(event.places[:count].tolist()):
        left, top = (index % columns) * _WIDE, (index // columns) * high
        parts.append(_image(event.images[index], left, top))
        lines = ((event.float_classes, event.float_shares), (event.quantized_classes, event.quantized_shares))
        for line, (classes, shares) in enumerate(lines, start=1):
            name = _short(data.class_name(int(classes[place])))
            changed = ' class="bad"' if line == 2 and classes[place] != event.float_classes[place] else ""
            parts.append(f'<text{changed} x="{left}" y="{top + _TILE + line * _CAPTION}">'
                         f"{escape(name)} {100 * float(shares[place]):.0f} %</text>")
    return "".join(parts) + "</svg>"


def attention_grid(data: RunData, event: AttentionReady, samples: SamplesReady | None) -> str:
    """Rows of sample, eval map, train map and their difference, two groups beside each other."""
    count = min(len(event.eval_maps), _MOST_ATTENTION)
    if not count:
        return ""
    shown = samples if samples is not None and len(samples.images) >= count else None
    titles = ("sample",) * (shown is not None) + ("eval", "train", "difference")
    group = len(titles) * _STEP + 70
    parts = [_svg_start(2 * group, -(-count // 2) * _STEP + 18, "Attention maps in eval and in train mode")]
    for column in range(2 if count > 1 else 1):
        for place, title in enumerate(titles):
            parts.append(f'<text x="{column * group + place * _STEP}" y="12">{title}</text>')
    for index in range(count):
        left, top = (index % 2) * group, (index // 2) * _STEP + 18
        both = np.stack([event.eval_maps[index], event.train_maps[index]]).astype(np.float64)
        peak = max(float(np.nan_to_num(both).max(initial=0.0)), 1e-12)
        tiles = [*images.viridis(both / peak), _difference((both[0] - both[1]) / peak)]
        if shown is not None:
            tiles.insert(0, shown.images[index])
        parts += [_image(tile, left + place * _STEP, top) for place, tile in enumerate(tiles)]
        words = left + len(tiles) * _STEP
        parts.append(f'<text x="{words}" y="{top + 34}">{event.similarity[index]:.3f}</text>')
        parts.append(f'<text class="faint" x="{words}" y="{top + 48}">similarity</text>')
    return "".join(parts) + "</svg>"


def _svg_start(width: int, height: int, title: str) -> str:
    return (f'<svg class="tiles" viewBox="0 0 {width} {height}" style="max-width:{width}px" role="img" '
            f'aria-label="{escape(title)}">')


def _image(picture: U8, left: int, top: int) -> str:
    data = base64.b64encode(images.png(picture)).decode("ascii")
    return (f'<image x="{left}" y="{top}" width="{_TILE}" height="{_TILE}" preserveAspectRatio="none" '
            f'href="data:image/png;base64,{data}"/>')


def _place(centre: F32, left: int, top: int) -> tuple[float, float] | None:
    """A centre in [-1, 1] on a tile, in px; None where there is none."""
    if not np.isfinite(centre).all():
        return None
    x, y = np.clip(centre, -1, 1)
    return round(left + _TILE * (float(x) + 1) / 2, 1), round(top + _TILE * (float(y) + 1) / 2, 1)


def _difference(values: NDArray[np.float64]) -> U8:
    """Signed values in -1..1: blue where eval is higher, orange where train is, white where they are alike."""
    high, low = np.array([0, 114, 178.0]), np.array([213, 94, 0.0])
    amount = np.clip(np.abs(np.nan_to_num(values)), 0, 1)[..., None]
    colours: U8 = np.rint(255 * (1 - amount) + np.where(values[..., None] > 0, high, low) * amount).astype(np.uint8)
    return colours


def _short(text: str) -> str:
    return text if len(text) <= 12 else text[:11] + "\u2026"
