"""Whether a run keeps to its plan. Steps are never left out for it: the result has to stay reproducible (OURS)."""

from __future__ import annotations

from acq_engine.events import RunPlan
from acq_engine.store.plans import about

LATE = 1.15  # times the planned seconds, before a word is said
AGAIN = 1.5  # times what was said last, before the next one
SETTLED = 20.0  # seconds of a phase's steps, before they say anything


class Pace:
    """Compares a run with its plan.

    Args:
        plan: None: there is nothing to compare with.
    """

    def __init__(self, plan: RunPlan | None) -> None:
        self.plan = plan
        self._said = LATE if plan is None else LATE * plan.seconds

    def tail(self, phase: str) -> float | None:
        """Planned seconds of the phases after this one that have no steps; None without a plan."""
        if self.plan is None:
            return None
        names = [one.phase for one in self.plan.phases]
        if phase not in names:
            return None
        return sum(one.seconds for one in self.plan.phases[names.index(phase) + 1:] if one.phase != "finetune")

    def step_seconds(self) -> dict[str, float]:
        """Planned seconds of a step by phase; empty without a plan."""
        phases = () if self.plan is None else self.plan.phases
        return {one.phase: one.step_seconds for one in phases if one.step_seconds}

    def late(self, elapsed: float, left: float | None, spent: float) -> str:
        """A sentence when a run turns out to take clearly longer than planned, and again when it grows; else "".

        Args:
            elapsed: Seconds since the run began.
            left: Seconds expected until its end.
            spent: Seconds that this phase's steps took so far.
        """
        if self.plan is None or left is None or spent < SETTLED or elapsed + left <= self._said:
            return ""
        expected = elapsed + left
        self._said = AGAIN * expected
        return (
            f"Steps take longer than planned: the run is expected to take about {about(expected)} instead of "
            f"{about(self.plan.seconds)}. No step is omitted for that."
        )

    def verdict(self, seconds: float) -> str:
        """What the log says at the end; "" without a plan."""
        if self.plan is None or self.plan.minutes is None:
            return ""
        return (f"The run took {seconds / 60:.1f} min; planned were {self.plan.seconds / 60:.1f} of the "
                f"{self.plan.minutes:g} min that were set.")
