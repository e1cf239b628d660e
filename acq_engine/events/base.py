"""What all events have: their kind, phases, and types of arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]
Phase = Literal["prepare", "warmup", "calibrate", "finetune", "evaluate", "export"]
PHASES: tuple[Phase, ...] = ("prepare", "warmup", "calibrate", "finetune", "evaluate", "export")
PHASE_TITLES: dict[str, str] = {
    "prepare": "preparing", "warmup": "generator warm-up", "calibrate": "calibration", "finetune": "fine-tuning",
    "evaluate": "evaluation", "export": "export",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""

    @classmethod
    def kind(cls) -> str:
        """The event's name in JSON: its class name in snake case."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
