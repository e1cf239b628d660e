"""Every random stream of a run that its seed gives, by number.

A stream is of its own so that how often one is used does not change what another draws. Its number decides what it
draws: a number that is in use never changes, or seeded runs would give other files; a new stream takes a new one.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import torch

SPACING = 1009  # between the first numbers of two seeds: more than there will be streams

TRAIN, STUDENT, CALIBRATE, AUGMENT, CANVAS = range(5)  # drawn from all through a run, and kept in checkpoints
UNSEEN = 7  # samples that fine-tuning never learns from
BANK = 9  # shifts, batches and what a bank of images is asked for
SENSITIVITY = 11  # samples on which layers are measured
REFINING = 13  # shifts while procedural images are refined
EXPERIMENTS = 13  # the number of REFINING too, by mistake; both stay, so that what was measured can be measured again

# By the names that checkpoints have.
IN_CHECKPOINTS = {"train": TRAIN, "student": STUDENT, "calibrate": CALIBRATE, "augment": AUGMENT, "canvas": CANVAS}

# Not a stream's number but what is added to a seed: drawn shapes on which a student is judged.
HELD_OUT_SEED = 1_000_003


def seeded(seed: int, number: int, device: torch.device | str = "cpu") -> torch.Generator:
    """The stream of that number, at its beginning.

    Args:
        seed: The run's.
        number: One of this module's.
        device: Where it draws. Streams of one number on different kinds of device draw different values.
    """
    return torch.Generator(device=device).manual_seed(seed * SPACING + number)


class RunStreams:
    """The streams that a run draws from all through, by the names that checkpoints have.

    Args:
        seed: The run's.
        device: Where they draw.
    """

    def __init__(self, seed: int, device: torch.device) -> None:
        self._streams = {name: seeded(seed, number, device) for name, number in IN_CHECKPOINTS.items()}

    def __getitem__(self, name: str) -> torch.Generator:
        return self._streams[name]

    def state_dict(self) -> dict[str, torch.Tensor]:
        """Where every stream is."""
        return {name: stream.get_state() for name, stream in self._streams.items()}

    def load_state_dict(self, states: Mapping[str, torch.Tensor]) -> None:
        """Go back to where streams were; older checkpoints know fewer of them.

        Streams of another kind of device can't be gone on with: they begin anew, from a seed that theirs gives.
        """
        for name, state in states.items():
            stream = self._streams[name]
            if state.numel() == stream.get_state().numel():
                stream.set_state(state.cpu())
            else:
                stream.manual_seed(zlib.crc32(state.cpu().numpy().tobytes()))
