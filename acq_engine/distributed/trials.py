"""Several attempts at one thing, of which the best stays: divided among ranks, each made by one of them in full."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from acq_engine.distributed.collectives import from_all, rank, ranks, same_everywhere


def own(count: int) -> range:
    """Which of `count` pieces of work are this rank's; alone all of them."""
    return range(rank(), count, ranks())


@torch.no_grad()
def keep_best(count: int, attempt: Callable[[int], float], tensors: Sequence[Tensor]) -> int:
    """Leave `tensors` as the best of several attempts leaves them; which one that is does not depend on the ranks.

    Args:
        count: How many attempts there are.
        attempt: Makes the attempt of that number: changes the tensors, which are as they were before the first one,
            and tells how bad the result is. Of equally good ones the first stays, and one that is NaN never does
            unless all are.
        tensors: Equal on all ranks before, and after.

    Returns:
        The number of the best.
    """
    begun = [tensor.clone() for tensor in tensors]
    found: dict[int, float] = {}
    best: list[Tensor] = begun
    for number in own(count):
        _put(begun, tensors)
        value = attempt(number)
        value = math.inf if math.isnan(value) else value
        if not found or value < min(found.values()):
            best = [tensor.clone() for tensor in tensors]
        found[number] = value
    values = {number: value for part in from_all(found) for number, value in part.items()}
    winner = min(values, key=lambda number: (values[number], number))
    _put(best, tensors)
    same_everywhere(tensors, source=winner % ranks())
    return winner


def _put(values: Sequence[Tensor], tensors: Sequence[Tensor]) -> None:
    for value, tensor in zip(values, tensors, strict=True):
        tensor.copy_(value)
