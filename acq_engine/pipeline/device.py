"""Which device computes."""

from __future__ import annotations

import torch

from acq_engine.distributed import alone
from acq_engine.distributed.start import local_rank
from acq_engine.errors import DeviceError


def choose_device(name: str) -> torch.device:
    """The device that the setting names; "auto" takes cuda, else mps, else cpu.

    Raises:
        DeviceError: it is not there.
    """
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        name = next(kind for kind in ("cuda", "mps", "cpu") if there[kind])
    if not there.get(name, False):
        names = ", ".join(kind for kind, available in there.items() if available)
        raise DeviceError(
            f"The device {name!r} is not available.",
            cause=f"Here torch can compute on: {names}.",
            hint="Choose one of these, or auto.",
        )
    if name == "cuda":
        # Else cuDNN may add in another order each time, and a seed no longer gives the same result.
        torch.backends.cudnn.deterministic = True
        if not alone():  # a card for each process of a machine
            return _card_of_this_rank()
    return torch.device(name)


def _card_of_this_rank() -> torch.device:
    number, count = local_rank(), torch.cuda.device_count()
    if number >= count:
        raise DeviceError(
            f"There is no GPU for process {number} of this machine.", cause=f"It has {count}.",
            hint=f"Start at most {count} processes here (torchrun --nproc-per-node {count}), or use the device cpu.",
        )
    torch.cuda.set_device(number)
    return torch.device("cuda", number)
