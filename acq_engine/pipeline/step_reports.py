"""What a run reports of its steps: mean losses, figures that were noted between them, and the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from torch import Tensor

from acq_engine.events import Phase
from acq_engine.pipeline.progress import Averages, Clock, LossInstability


class StepReports:
    """Gathers between two reports.

    Args:
        elapsed: Seconds that were spent before a resume.
        totals: The generator's total losses that were reported before it.
    """

    def __init__(self, elapsed: float = 0.0, totals: Iterable[float] = ()) -> None:
        self.clock, self.instability = Clock(elapsed), LossInstability(totals)
        self.noted: dict[str, float] = {}  # figures by metric key, for the next report
        self._averages = Averages()

    def state_dict(self) -> dict[str, Any]:
        """What is not reported yet: a resumed run reports it with the steps that follow."""
        return {"noted": {key: float(value) for key, value in self.noted.items()}, **self._averages.state_dict()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from there."""
        self.noted = dict(state["noted"])
        self._averages.load_state_dict(state)

    def count(self, phase: Phase, values: Mapping[str, Tensor]) -> None:
        """A step ended, with these detached losses by metric key."""
        self.clock.count(phase)
        self._averages.add(values)

    def losses(self) -> dict[str, float]:
        """The mean losses by metric key since the last report, which `read` will give; waits for the device once."""
        return self._averages.means()

    def read(self) -> dict[str, float]:
        """The figures by metric key since the last report."""
        values = self._averages.read()
        instability = self.instability.add(values["generator/total"]) if "generator/total" in values else None
        if instability is not None:
            values["health/unrest"] = instability
        values.update(self.noted)
        self.noted = {}
        return values
