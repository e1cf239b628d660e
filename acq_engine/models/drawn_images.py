"""Images that nobody took: ellipses and rounded rectangles that cover one another, drawn by rules (OURS).

Edges, occlusion, plain areas and contrasts of all sizes, as photographs have them, but no classes.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

LEAVES = 24
LARGEST_DRAWN = 112  # px; larger ones are drawn at this size and enlarged, as photographs are smooth there too
CONTRAST = 0.45  # standard deviation of brightness in half ranges of the input, where that is below 1


def draw_procedural_images(
    count: int, shape: tuple[int, int, int], low: Tensor, high: Tensor, stream: torch.Generator
) -> Tensor:
    """Draw procedural images.

    Args:
        count: N.
        shape: Channels, height, width.
        low: (C,), the normalised value of a black pixel.
        high: (C,), that of a white one.
        stream: Random stream on the CPU.

    Returns:
        (N, C, H, W), float32, within [low, high]; the mean is near 0 and the spread near 1, or near what the range
        allows.
    """
    channels, height, width = shape
    shrink = min(1.0, LARGEST_DRAWN / max(height, width))
    # Twice as fine as wanted, so that edges are smooth.
    rows, columns = 2 * math.ceil(height * shrink), 2 * math.ceil(width * shrink)
    y = ((2 * torch.arange(rows) + 1) / rows - 1).view(1, rows, 1)
    x = ((2 * torch.arange(columns) + 1) / columns - 1).view(1, 1, columns)
    spread = (CONTRAST * (high - low) / 2).clamp(max=0.9)

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(count, 1, 1, generator=stream)

    def normal(*inner: int) -> Tensor:
        return torch.randn(count, *(inner or (1, 1)), generator=stream)

    def colour() -> Tensor:
        hue = normal(channels) / 2 if channels > 1 else 0.0
        return ((normal(1) + hue) * spread)[:, :, None, None]

    angle = uniform(0, 2 * math.pi)
    ramp = ((torch.cos(angle) * x + torch.sin(angle) * y) / 2 + 0.5)[:, None]
    drawing = colour().lerp(colour(), ramp.clamp(0, 1))
    for number in range(LEAVES):
        # Large leaves first, small ones on top.
        radius = 0.08 * 12 ** uniform(0, 1) * (1 - 0.6 * number / LEAVES)
        aspect, angle = torch.exp(normal() / 2), uniform(0, math.pi)
        right, down = x - uniform(-1.1, 1.1), y - uniform(-1.1, 1.1)
        u = (right * torch.cos(angle) + down * torch.sin(angle)) / (radius * aspect)
        v = (down * torch.cos(angle) - right * torch.sin(angle)) / (radius / aspect)
        power = torch.where(uniform(0, 1) < 0.5, 2.0, 8.0)  # ellipse or rounded rectangle
        inside = ((u.abs() ** power + v.abs() ** power < 1) & (uniform(0, 1) < 0.75))[:, None]
        stripes = (torch.sin(6 * torch.exp(0.8 * normal()) * u + uniform(0, 2 * math.pi)) / 2 + 0.5)[:, None]
        plain, other = colour(), colour()
        amount = ((uniform(0, 1) < 0.5) * uniform(0, 1))[:, None]
        leaf = plain.lerp(other, amount * stripes) + 0.3 * v.clamp(-1, 1)[:, None]
        drawing = torch.where(inside, leaf, drawing)
    drawing = F.avg_pool2d(drawing, 2)
    blurred = F.avg_pool2d(F.pad(drawing, (1, 1, 1, 1), mode="replicate"), 3, 1)
    drawing = torch.where((uniform(0, 1) < 0.3)[:, None], blurred, drawing)
    drawing = drawing + normal(*drawing.shape[1:]) * 0.15 * uniform(0, 1)[:, None]
    drawing = (drawing - 0.3 * drawing.mean((2, 3), keepdim=True)) * torch.exp(0.3 * normal())[:, None]
    if drawing.shape[-2:] != (height, width):
        drawing = F.interpolate(drawing, (height, width), mode="bilinear", align_corners=False)
    return torch.maximum(torch.minimum(drawing, high.view(1, -1, 1, 1)), low.view(1, -1, 1, 1))
