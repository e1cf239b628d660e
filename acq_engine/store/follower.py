"""The run folder as those ranks see it that do not write it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acq_engine.events import Event
from acq_engine.store import checkpoints
from acq_engine.store.folder import RunStore
from acq_engine.store.run_info import RunInfo, RunState

if TYPE_CHECKING:
    from torch import Tensor


class FollowerStore(RunStore):
    """Knows the run's settings and writes nothing; the folder need not be there."""

    def __init__(self, path: Path, info: RunInfo) -> None:
        super().__init__(path, info)

    def lock(self) -> None:
        """Nothing to lock."""

    def close(self) -> None:
        """Nothing to give back."""

    def write(self, event: Event) -> Event:
        """The event, unwritten."""
        return event

    def log(self, text: str, level: str = "info") -> None:
        """Nothing."""

    def set_state(self, state: RunState) -> None:
        """Nothing."""

    def save_checkpoint(self, step: int, state: Mapping[str, Any]) -> str:
        """The name that the writer gives it."""
        return checkpoints.name(step)

    def save_student(self, state: Mapping[str, Tensor]) -> str:
        """The name that the writer gives it."""
        return "student.safetensors"

    def discard(self) -> None:
        """Nothing."""

    def _change(self, **values: Any) -> None:
        assert self._info is not None
        self._info = self._info.changed(**values)
