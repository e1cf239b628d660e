"""Which rows of a batch each rank computes, and the time while it does."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from acq_engine.distributed import collectives
from acq_engine.distributed.collectives import ranks
from acq_engine.errors import ConfigError


@dataclass(frozen=True)
class Share:
    """How a batch is divided.

    Attributes:
        rows: Indices of each rank, which together are all of the batch.
    """

    rows: tuple[Tensor, ...]

    def mine(self, x: Tensor) -> Tensor:
        """This rank's rows of `x`, (N, ...); alone all of them."""
        return x if collectives.alone() else x[self.rows[collectives.rank()].to(x.device)]

    def joined(self, x: Tensor) -> Tensor:
        """All rows in their order, of this rank's (n, ...); without gradient."""
        if collectives.alone():
            return x
        parts = collectives.gathered(x, [len(part) for part in self.rows])
        whole = torch.empty(sum(map(len, parts)), *x.shape[1:], dtype=x.dtype, device=x.device)
        whole[torch.cat(self.rows).to(x.device)] = torch.cat(parts)
        return whole

    @property
    def weight(self) -> float:
        """This rank's part of the batch, 0..1."""
        return len(self.rows[collectives.rank()]) / sum(map(len, self.rows))


def share_of(count: int, *, paired: bool = False) -> Share:
    """Divide a batch as evenly as it can be.

    Args:
        count: Rows.
        paired: Rows i and i + count/2 belong together, and stay so: within each part, too.

    Raises:
        ConfigError: there are more ranks than rows (or pairs).
    """
    size = ranks()
    if size == 1:
        return Share((torch.arange(count),))
    units = count // 2 if paired else count
    if units < size:
        raise ConfigError(
            f"A batch of {count} can't be divided among {size} processes.",
            cause=f"Each needs at least {'a pair' if paired else 'one sample'} of it; the batch size in the settings "
            "is that of all processes together.",
            hint="Choose a larger batch or fewer processes.",
        )
    ends = [units * number // size for number in range(size + 1)]
    parts = [torch.arange(ends[number], ends[number + 1]) for number in range(size)]
    return Share(tuple(torch.cat((part, part + units)) if paired else part for part in parts))


def share_of_neighbours(count: int) -> Share | None:
    """Divide a batch whose rows 2i and 2i + 1 belong together; None where it can't be, and each rank computes all."""
    size, pairs = ranks(), count // 2
    if size == 1 or count % 2 or pairs < size:
        return None
    ends = [2 * (pairs * number // size) for number in range(size + 1)]
    return Share(tuple(torch.arange(begin, end) for begin, end in itertools.pairwise(ends)))


@contextlib.contextmanager
def shared(share: Share) -> Iterator[None]:
    """While it lasts, figures of a batch are those of all ranks' parts; each rank computes its own."""
    if collectives.alone():
        yield
        return
    collectives._weight.append(share.weight)
    try:
        yield
    finally:
        collectives._weight.pop()
