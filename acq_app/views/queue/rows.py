"""What the queue's view is told: one plain row for each run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QueueState = Literal["waiting", "running", "done", "stopped", "failed"]
ENDED: tuple[QueueState, ...] = ("done", "stopped", "failed")


@dataclass(frozen=True)
class QueueRow:
    """One run in the queue."""

    title: str
    bits: str  # "W4 A4"
    differences: str  # settings that are not the defaults of its method and preset, in words
    state: QueueState
    reason: str = ""  # why it failed
    folder: str = ""  # where it is, or was, written
    sweep: str = ""  # the name of the sweep that it belongs to
