"""Which device computes."""

from __future__ import annotations

import torch

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
    return torch.device(name)
