"""What ranks tell one another. With one rank each function returns at once what it was given.

Gradients: every rank computes the loss of the whole batch, and `summed` adds up gradients on the way back as it adds
up values on the way there. What a rank finds is then the gradient of as many equal losses as there are ranks, by its
own part of the batch; the mean over the ranks (`average_gradients`) is that of one process with the whole batch.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

import torch
import torch.distributed as dist
from torch import Tensor

from acq_engine.errors import AcqError, PeerLostError, first_line

T = TypeVar("T")
BUCKET = 25_000_000  # values that travel in one message: fewer messages, and no second copy of a large network

_weight: list[float] = []  # of this rank's part in the batch that is being shared; empty: none is
_apart: list[bool] = []  # one entry for each block of work that this rank does by itself


def ranks() -> int:
    """How many processes work on the run, or on what is done `apart`."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() and not _apart else 1


def rank() -> int:
    """Which of them this is, from 0."""
    return dist.get_rank() if ranks() > 1 else 0


def alone() -> bool:
    """Whether the run has one process."""
    return ranks() == 1


def leads() -> bool:
    """Whether this process writes the run and speaks for it."""
    return rank() == 0


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """While it lasts this rank is alone: for what the others do not do at the same time, and would not reply to."""
    _apart.append(True)
    try:
        yield
    finally:
        _apart.pop()


@contextlib.contextmanager
def _together() -> Iterator[None]:
    """Say plainly what it means that a message did not come."""
    try:
        yield
    except RuntimeError as error:
        raise PeerLostError(
            "Another process of the run ended, so the run can't continue.",
            cause=f"Process {rank()} of {ranks()} lost its connection: {_plainly(error)}",
            hint="Resume it from its last checkpoint: torchrun --nproc-per-node N -m acq_engine resume RUN. "
            "With torchrun's --max-restarts it resumes by itself.",
        ) from error


def _plainly(error: RuntimeError) -> str:
    """What gloo and nccl say, without the place in their source and their guesses."""
    return re.sub(r"^\[[^\]]*\]\s*", "", first_line(error)).split(". This is")[0].rstrip(".")[:200] + "."


class _Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return _added(x)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        return _added(gradients[0])


def _added(x: Tensor) -> Tensor:
    total = x.detach().clone().contiguous()
    with _together():
        dist.all_reduce(total)
    return total


def sharing() -> bool:
    """Whether a batch is being shared now: inside `shared`, with more than one rank."""
    return bool(_weight)


def summed(x: Tensor) -> Tensor:
    """The sum over the parts of a shared batch, with its gradient; `x` itself where no batch is shared."""
    return cast(Tensor, _Sum.apply(x)) if _weight else x


def over_ranks(mean: Tensor) -> Tensor:
    """The mean over a shared batch, of the mean over this rank's part of it; `mean` itself where none is shared."""
    return summed(mean * _weight[-1]) if _weight else mean


def average(gradient: Tensor) -> Tensor:
    """The mean over the ranks of a gradient that is to be limited; itself where no batch is shared."""
    return _added(gradient) / ranks() if _weight else gradient


@torch.no_grad()
def average_gradients(parameters: Sequence[Tensor]) -> None:
    """Give each rank the gradients of the whole batch."""
    if not _weight:
        return
    for bucket in _buckets([p.grad for p in parameters if p.grad is not None]):
        flat = _added(torch.cat([gradient.flatten() for gradient in bucket])) / ranks()
        for gradient, mean in zip(bucket, flat.split([g.numel() for g in bucket]), strict=True):
            gradient.copy_(mean.view_as(gradient))


def _buckets(gradients: Iterable[Tensor]) -> Iterator[list[Tensor]]:
    bucket: list[Tensor] = []
    for gradient in gradients:
        if bucket and sum(g.numel() for g in bucket) + gradient.numel() > BUCKET:
            yield bucket
            bucket = []
        bucket.append(gradient)
    if bucket:
        yield bucket


def gathered(x: Tensor, counts: Sequence[int]) -> list[Tensor]:
    """Every rank's `x`, without gradients.

    Args:
        x: (n, ...), n being this rank's of `counts`; equal behind the first dimension.
        counts: Rows of each rank.
    """
    if alone():
        return [x]
    most = max(counts)
    padded = x.detach().new_zeros(most, *x.shape[1:])
    padded[: len(x)] = x.detach()
    parts = [torch.empty_like(padded) for _ in counts]
    with _together():
        dist.all_gather(parts, padded)
    return [part[:count] for part, count in zip(parts, counts, strict=True)]


def from_first(value: T) -> T:
    """The first rank's value, any object that can be pickled; the processes are one program's own."""
    if alone():
        return value
    box: list[Any] = [value if leads() else None]
    with _together():
        dist.broadcast_object_list(box)
    return cast(T, box[0])


def from_all(value: T) -> list[T]:
    """Every rank's value, in their order; any object that can be pickled."""
    if alone():
        return [value]
    values: list[Any] = [None] * ranks()
    with _together():
        dist.all_gather_object(values, value)
    return values


@torch.no_grad()
def same_everywhere(tensors: Iterable[Tensor], source: int = 0) -> None:
    """Give every rank one's values, the first one's unless told otherwise: processors of different make round
    differently, and drift apart.
    """
    if alone():
        return
    for tensor in tensors:
        whole = tensor.contiguous()
        with _together():
            dist.broadcast(whole, source)
        if whole is not tensor:
            tensor.copy_(whole)


def together(work: Callable[[], T]) -> T:
    """Do the work on every rank; what one of them can't do, none does.

    Raises:
        AcqError: of the first rank that had one, on each of them.
    """
    if alone():
        return work()
    result: T | None = None
    error: AcqError | None = None
    try:
        result = work()
    except AcqError as failed:
        error = failed
    said = None if error is None else (type(error), error.message, error.cause, error.hint)
    for number, other in enumerate(from_all(said)):
        if other is not None:
            if number == rank() and error is not None:
                raise error
            kind, message, cause, hint = other
            raise kind(message, cause=f"{cause} (process {number} of {ranks()})".strip(), hint=hint)
    return cast(T, result)
