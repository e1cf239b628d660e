"""bfloat16 for training passes (OURS): the generator's, the refining of procedural images, a student's at few bits.

Convolutions are most of their cost and need no more than the three digits that bfloat16 has. Their sums are float32
until the result is rounded; statistics, losses, rounding to a grid, weights and the optimizer are float32. A student
whose activations have more bits than `MOST_BITS` learns in float32, since their grid is nearly as fine as bfloat16. In
one with fewer, the 8 bits of shortcuts are that fine: their noise is small beside that of the activations. Whatever is
measured is float32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from acq_engine.settings import Precision

if TYPE_CHECKING:
    pass

MOST_BITS = 4  # of activations: a step of a grid of 4 bits is 16 or more of bfloat16's


def computes_in_bfloat16(setting: Precision, device: torch.device) -> bool:
    """Whether those passes are in bfloat16. "auto": on processors that multiply it, where it was measured to be faster.

    Without such instructions it is many times slower than float32. On graphics cards it has to be asked for.
    """
    if setting != "auto":
        return setting == "bfloat16"
    return device.type == "cpu" and _processor_multiplies_bfloat16()


def _processor_multiplies_bfloat16() -> bool:
    ask = getattr(torch.cpu, "get_capabilities", None)
    found = ask() if ask is not None else {}
    return bool(found.get("avx512_bf16") or found.get("amx_bf16"))


def bfloat16(device_type: str, enabled: bool) -> torch.autocast:
    """Within it convolutions and linear layers are in bfloat16, if `enabled`."""
    # Without the cache of converted weights, so that a step can be recorded and replayed.
    return torch.autocast(device_type, torch.bfloat16, enabled=enabled, cache_enabled=False)
