"""What samples are asked for: noise, class and attention centre."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from acq_engine.generation.networks import Generator


@dataclass(frozen=True, slots=True)
class Conditions:
    """A batch of conditions: noise (N, D), labels (N,), centres (N, 2) in [-1, 1]."""

    noise: Tensor
    labels: Tensor
    centres: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def split(self, size: int) -> Iterator[Conditions]:
        """The same in batches of `size`, the last one perhaps smaller."""
        for first in range(0, len(self), size):
            part = slice(first, first + size)
            yield Conditions(self.noise[part], self.labels[part], self.centres[part])

    def sample(self, generator: Generator) -> Tensor:
        """The generator's images for these conditions, (N, C, H, W) in normalised units."""
        return generator(self.noise, self.labels, self.centres)  # type: ignore[no-any-return]


class ConditionSource:
    """Draws conditions from a random stream of its own, on the device where they are used.

    Args:
        generator: Tells the noise's length and the number of classes.
        reach: Centres are drawn uniformly from [-reach, reach] in both directions.
        stream: The random stream.
    """

    def __init__(self, generator: Generator, reach: float, stream: torch.Generator) -> None:
        self._noise_dim, self._classes = generator.noise_dim, generator.num_classes
        self._reach, self.stream = reach, stream

    def draw(self, count: int) -> Conditions:
        """`count` independent conditions."""
        device = self.stream.device
        noise = torch.randn(count, self._noise_dim, generator=self.stream, device=device)
        labels = torch.randint(self._classes, (count,), generator=self.stream, device=device)
        centres = (torch.rand(count, 2, generator=self.stream, device=device) * 2 - 1) * self._reach
        return Conditions(noise, labels, centres)

    def draw_pairs(self, count: int) -> Conditions:
        """`count` (even) conditions; sample i and sample i + count/2 share class and centre, not the noise."""
        first = self.draw(count // 2)
        noise = torch.randn(
            count // 2, self._noise_dim, generator=self.stream, device=self.stream.device
        )
        return Conditions(
            torch.cat((first.noise, noise)), first.labels.repeat(2), first.centres.repeat(2, 1)
        )


@contextlib.contextmanager
def sampling_without_trace(generator: Generator) -> Iterator[None]:
    """Within it the generator normalises with whole batches' statistics, as in its training; then it is as before.

    Neither its running statistics nor its mode remember that samples were drawn.
    """
    kept = {name: value.clone() for name, value in generator.named_buffers()}
    was_training = generator.training
    generator.train()
    try:
        yield
    finally:
        with torch.no_grad():
            for name, value in generator.named_buffers():
                value.copy_(kept[name])
        generator.train(was_training)
