"""Looks at the samples through a run, thinned so that memory stays bounded. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from acq_engine.events import AttentionReady, SamplesReady

MAX_LOOKS = 200
MAX_BYTES = 256 * 2**20
# Older looks of larger pictures are kept at half their size.
FULL_SIZE = 112


@dataclass
class Look:
    """The samples at one step, and their attention where it came."""

    samples: SamplesReady
    attention: AttentionReady | None = None  # in the layer that the run corrects
    others: dict[str, AttentionReady] = field(default_factory=dict)  # in other layers

    def of_layer(self, layer: str) -> AttentionReady | None:
        """The attention in a layer; an empty name means the one that the run corrects."""
        if not layer or (self.attention is not None and self.attention.layer == layer):
            return self.attention
        return self.others.get(layer)

    @property
    def step(self) -> int:
        return self.samples.step

    @property
    def nbytes(self) -> int:
        size = self.samples.images.nbytes
        for attention in (self.attention, *self.others.values()):
            if attention is not None:
                size += attention.eval_maps.nbytes + attention.train_maps.nbytes
        return size


def look_at(samples: SamplesReady, attention: AttentionReady) -> Look:
    """Samples with their attention in a layer; a centre was asked for in the corrected one only."""
    if attention.corrected:
        return Look(samples, attention)
    centres = samples.measured if attention.centres is None else attention.centres
    return Look(replace(samples, asked=None, measured=centres), attention)


class LookHistory:
    """The looks of a run in the order of their steps; the first and the last are always kept.

    Where there are too many, the one goes whose neighbours are nearest to each other, so that the
    rest stay evenly spread over the run.
    """

    def __init__(self, max_looks: int = MAX_LOOKS, max_bytes: int = MAX_BYTES) -> None:
        self.looks: list[Look] = []
        self._max_looks = max_looks
        self._max_bytes = max_bytes

    def __len__(self) -> int:
        return len(self.looks)

    def clear(self) -> None:
        self.looks.clear()

    def add_samples(self, samples: SamplesReady) -> None:
        """Add a look; what came at the same or a later step (before a resume) is dropped."""
        while self.looks and self.looks[-1].step >= samples.step:
            self.looks.pop()
        if self.looks:
            self._reduce(self.looks[-1])
        self.looks.append(Look(samples))
        while len(self.looks) > 2 and (
            len(self.looks) > self._max_looks or sum(look.nbytes for look in self.looks) > self._max_bytes
        ):
            steps = np.array([look.step for look in self.looks])
            self.looks.pop(1 + int(np.argmin(steps[2:] - steps[:-2])))

    def add_attention(self, attention: AttentionReady) -> bool:
        """Join attention maps to the look of their step; False where there is no such look."""
        for look in reversed(self.looks):
            if look.step == attention.step:
                if attention.corrected:
                    look.attention = attention
                else:
                    look.others[attention.layer] = attention
                return True
        return False

    def nearest(self, step: float) -> int:
        """Index of the look nearest to a step (0 where there is none)."""
        if not self.looks:
            return 0
        return int(np.argmin([abs(look.step - step) for look in self.looks]))

    @staticmethod
    def _reduce(look: Look) -> None:
        images = look.samples.images
        if max(images.shape[1:3]) <= FULL_SIZE or images.shape[1] % 2 or images.shape[2] % 2:
            return
        # The mean of each block's diagonal, in bytes: four times as fast as the mean of all four pixels.
        small = (images[:, ::2, ::2] >> 1) + (images[:, 1::2, 1::2] >> 1)
        look.samples = replace(look.samples, images=small)
