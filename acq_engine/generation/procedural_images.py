"""Procedural images: drawn by rules, without any data, to widen what the student sees (OURS).

A generator shows the student what the teacher's statistics tell about each class, and little else: its samples of a
class share colours and textures. Procedural images are the opposite. Ellipses and rounded rectangles of random size,
colour and texture cover one another, as things do in photographs: edges, occlusion, plain areas and contrasts of all
sizes, but no classes. Then their pixels are moved a little, until the teacher's batch-norm layers see what they saw in
training. The teacher answers to both, and the student learns to answer like it. Settings and the window call them
canvases.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn import functional as F

from acq_engine.models import LoadedModel
from acq_engine.teacher import losses
from acq_engine.teacher.model import Teacher

LEAVES = 24
BANK_VALUES = 3_150_000  # values of a run's procedural images: 1,024 of 3 x 32 x 32, 6 MB in half precision
FEWEST = 64
LARGEST_DRAWN = 112  # px; larger ones are drawn at this size and enlarged, as photographs are smooth there too
CONTRAST = 0.45  # standard deviation of brightness in half ranges of the input, where that is below 1

REFINING_BATCH = 128
REFINING_VALUES = 2_500_000  # values of a batch that is refined: 16 of 3 x 224 x 224, whose gradients take 2.5 GB
SMALLEST_REFINING_BATCH = 8  # batch norm's statistics need some
REFINING_STEPS = 40
REFINING_RATE = 0.05  # the largest change of a pixel in one step, in normalised units
BN_WEIGHT, CLASS_WEIGHT = 5.0, 0.3


def make_procedural_images(loaded: LoadedModel, seed: int, most: int = 1024) -> Tensor:
    """A run's procedural images, (N, C, H, W) in normalised units on the CPU: `most` small or at least 64 large ones.

    Args:
        loaded: Tells the input's shape, mean and standard deviation.
        seed: The same seed draws the same procedural images.
        most: How many at the most; at least 64.
    """
    channels, height, width = loaded.input_shape
    count = max(FEWEST, min(most, BANK_VALUES // (channels * height * width)))
    stream = torch.Generator().manual_seed(seed)
    low, high = pixel_range(loaded)
    return torch.cat([
        draw_procedural_images(min(64, count - start), (channels, height, width), low, high, stream)
        for start in range(0, count, 64)
    ])


def pixel_range(loaded: LoadedModel) -> tuple[Tensor, Tensor]:
    """The normalised values of black and of white, (C,) each."""
    mean, std = torch.tensor(loaded.mean), torch.tensor(loaded.std)
    return -mean / std, (1 - mean) / std


def batch_norm_error(teacher: Teacher, images: Tensor) -> float:
    """How far the teacher's statistics on some of the images are from its training's (see `losses.bn_loss`)."""
    with torch.no_grad():
        seen = teacher(images[:FEWEST], statistics=True).statistics
    assert seen is not None
    return float(losses.bn_loss(seen, teacher.stored_statistics()))


def refined(
    images: Tensor, teacher: Teacher, loaded: LoadedModel, stream: torch.Generator, most: int = REFINING_BATCH,
    *, reduced: bool = False,
) -> Iterator[Tensor]:
    """Move the images' pixels until the teacher's statistics fit better; the class it sees in each becomes clearer.

    Args:
        procedural images: (N, C, H, W) on the teacher's device.
        teacher: Frozen.
        loaded: Tells the range of pixels.
        stream: Random stream on the CPU.
        most: Images in a batch at the most; memory grows with it, so large images come in smaller ones.
        reduced: Compute layers in bfloat16 (see `teacher.autocast`).

    Yields:
        One batch after another, within the range of pixels; N images in all. A batch takes seconds.
    """
    low, high = (value.view(1, -1, 1, 1).to(images.device) for value in pixel_range(loaded))
    count = min(most, max(SMALLEST_REFINING_BATCH, REFINING_VALUES // images[0].numel()))
    for batch in images.split(count):
        with torch.no_grad():
            labels = teacher(batch).logits.argmax(1)
        pixels = batch.clone().requires_grad_()
        optimizer = torch.optim.Adam([pixels], lr=REFINING_RATE, betas=(0.5, 0.99))
        for step in range(REFINING_STEPS):
            optimizer.param_groups[0]["lr"] = REFINING_RATE * (1 + math.cos(math.pi * step / REFINING_STEPS)) / 2
            # Small shifts and mirroring keep single pixels from doing the work.
            down, right = torch.randint(-2, 3, (2,), generator=stream).tolist()
            seen = torch.roll(pixels, (down, right), (2, 3))
            if torch.rand((), generator=stream) < 0.5:
                seen = seen.flip(3)
            found = teacher(seen, statistics=True, reduced=reduced)
            assert found.statistics is not None
            loss = BN_WEIGHT * losses.bn_loss(found.statistics, teacher.stored_statistics())
            loss = loss + CLASS_WEIGHT * losses.class_loss(found.logits, labels, 0.1)
            optimizer.zero_grad()
            (loss * len(batch)).backward()  # Adam divides by the gradient's size; its floor must not count
            optimizer.step()
        yield torch.maximum(torch.minimum(pixels.detach(), high), low)


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
