"""Procedural images: drawn by rules, without any data, to widen what the student sees (OURS).

A generator shows the student what the teacher's statistics tell about each class, and little else: its samples of a
class share colours and textures. Procedural images are the opposite. Ellipses and rounded rectangles of random size,
colour and texture cover one another, as things do in photographs: edges, occlusion, plain areas and contrasts of all
sizes, but no classes. Then their pixels are moved a little, until the teacher's batch-norm layers see what they saw in
training. The teacher answers to both, and the student learns to answer like it. Settings and the window call them
canvases.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

import torch
from torch import Tensor

from acq_engine.distributed import ranks, share_of, shared, sharing
from acq_engine.models import LoadedModel
from acq_engine.models.drawn_images import draw_procedural_images
from acq_engine.teacher import losses
from acq_engine.teacher.model import Teacher

BANK_VALUES = 3_150_000  # values of a run's procedural images: 1,024 of 3 x 32 x 32, 6 MB in half precision
FEWEST = 64

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
        share = share_of(len(batch)) if len(batch) >= ranks() else None
        with contextlib.nullcontext() if share is None else shared(share):
            moved = _refined(batch if share is None else share.mine(batch), len(batch), teacher, stream, reduced)
        moved = moved if share is None else share.joined(moved)
        yield torch.maximum(torch.minimum(moved, high), low)


def _refined(part: Tensor, count: int, teacher: Teacher, stream: torch.Generator, reduced: bool) -> Tensor:
    """A batch of `count` images, or this process's part of it, after all steps."""
    with torch.no_grad():
        labels = teacher(part).logits.argmax(1)
    pixels = part.clone().requires_grad_()
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
        # Adam divides by the gradient's size; its floor must not count. Processes that share a batch each find the
        # gradient of as many losses as they are.
        (loss * count / (ranks() if sharing() else 1)).backward()
        optimizer.step()
    return pixels.detach()
