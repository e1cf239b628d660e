"""How alike the samples' attention in eval and train mode is, over a run and in one layer. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acq_app.views.shared.curves import F64, Series
from acq_engine.events import AttentionReady

# Percentiles of the samples' similarity that are drawn over time.
LEVELS = (10, 25, 50, 75, 90)


class Similarity:
    """Percentiles of all samples, and each sample's own curve, by step."""

    def __init__(self) -> None:
        self.levels = {level: Series(1) for level in LEVELS}
        self._own: list[NDArray[np.float32]] = []  # every sample's similarity, a row for each look

    def append(self, event: AttentionReady) -> None:
        """Add a look; what came at the same or a later step is dropped."""
        for level, value in zip(LEVELS, np.percentile(event.similarity, LEVELS).tolist(), strict=True):
            self.levels[level].append(event.step, value)
        del self._own[len(self.levels[50]) - 1 :]
        self._own.append(event.similarity)

    @property
    def steps(self) -> F64:
        """The looks' steps, (n,)."""
        return self.levels[50].x

    def own(self, index: int) -> F64 | None:
        """One sample's similarity at each step, (n,); None where there is no such sample."""
        if not self._own or not 0 <= index < len(self._own[-1]):
            return None
        return np.array([row[index] if index < len(row) else np.nan for row in self._own], np.float64)
