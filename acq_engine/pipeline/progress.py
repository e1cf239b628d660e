"""Averages between two reports, and the time that a run still needs."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor


class Averages:
    """Running means of detached losses; they stay on the device until `read`, so a step never waits for it."""

    def __init__(self) -> None:
        self._sums: dict[str, Tensor] = {}
        self._counts: dict[str, int] = {}

    def add(self, values: Mapping[str, Tensor]) -> None:
        """Add one step's values."""
        for key, value in values.items():
            self._sums[key] = self._sums[key] + value if key in self._sums else value
            self._counts[key] = self._counts.get(key, 0) + 1

    def state_dict(self) -> dict[str, dict[str, Any]]:
        """What was added since the last read."""
        return {"sums": dict(self._sums), "counts": dict(self._counts)}

    def load_state_dict(self, state: Mapping[str, Mapping[str, Any]]) -> None:
        """Go on from there; single numbers of the CPU can be added to on any device."""
        self._sums, self._counts = dict(state["sums"]), dict(state["counts"])

    def means(self) -> dict[str, float]:
        """The means since the last read; waits for the device once."""
        if not self._sums:
            return {}
        keys = list(self._sums)
        numbers = torch.stack([self._sums[key].float() for key in keys]).tolist()
        return {key: number / self._counts[key] for key, number in zip(keys, numbers, strict=True)}

    def read(self) -> dict[str, float]:
        """The means since the last read, which is now."""
        result = self.means()
        self._sums, self._counts = {}, {}
        return result


class LossInstability:
    """Whether a loss calms down: a sign of losses that fight is a sum that goes on jumping (OURS).

    Args:
        values: What was reported before a resume.
    """

    FEWEST, MOST = 8, 12  # reports

    def __init__(self, values: Iterable[float] = ()) -> None:
        self.values = deque(values, maxlen=self.MOST)

    def add(self, value: float) -> float | None:
        """Add a report's mean.

        Returns:
            Deviation from the straight line through the newest reports plus the rise of that line over them, as a
            part of their mean size; None while there are too few.
        """
        self.values.append(value)
        if len(self.values) < self.FEWEST:
            return None
        reports = np.asarray(self.values)
        times = np.arange(len(reports))
        slope, start = np.polyfit(times, reports, 1)
        rise = max(0.0, slope * (len(reports) - 1))
        return float(((reports - slope * times - start).std() + rise) / max(np.abs(reports).mean(), 1e-12))


class Clock:
    """Elapsed and remaining time of a run, pauses left out.

    Args:
        elapsed: Seconds that were spent before a resume.
    """

    def __init__(self, elapsed: float = 0.0) -> None:
        self._before, self._started = elapsed, time.monotonic()
        self._steps: dict[str, tuple[int, float]] = {}
        self._first: dict[str, float] = {}
        self._mark = self._started

    @property
    def elapsed(self) -> float:
        """Seconds of work so far."""
        return self._before + time.monotonic() - self._started

    def mark(self) -> None:
        """A step begins now."""
        self._mark = time.monotonic()

    def skip(self, seconds: float) -> None:
        """Leave out a pause."""
        self._started += seconds

    def count(self, phase: str) -> None:
        """A step of the phase ended."""
        spent = time.monotonic() - self._mark
        if phase not in self._first:
            self._first[phase] = spent
            return
        steps, seconds = self._steps.get(phase, (0, 0.0))
        self._steps[phase] = (steps + 1, seconds + spent)

    def per_step(self, phase: str) -> float | None:
        """Mean seconds of a step of the phase; None before the first.

        The first step counts only while there is no other: libraries prepare themselves in it, for half a minute
        where images are large.
        """
        steps, seconds = self._steps.get(phase, (0, 0.0))
        return seconds / steps if steps else self._first.get(phase)

    def remaining(
        self, left: Mapping[str, int], tail: float, planned: Mapping[str, float] | None = None
    ) -> float | None:
        """Seconds still to go.

        Args:
            left: Steps left by phase. Without a plan a phase that has not begun is taken to cost what the known one
                costs a step: a student step on half a batch and a generator step cost about the same here.
            tail: Seconds expected after the last step (evaluation, export).
            planned: Seconds of a step by phase, for phases of which no second step was made yet.
        """
        planned = planned or {}
        known = [cost for cost in (self.per_step(phase) for phase in left) if cost is not None]
        if not known:
            return None
        total = tail
        for phase, steps in left.items():
            cost = self.per_step(phase) if phase in self._steps else planned.get(phase) or self.per_step(phase)
            total += steps * (cost or known[-1])
        return total
