"""Curves: every point is kept, and only as many as the screen has columns are drawn. No Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

# Points of the moving average; a curve of the fast preset has 100.
DEFAULT_SPAN = 7


class Series:
    """One curve: steps, values as measured, and their exponential moving average.

    Memory grows by doubling. Steps increase; a step at or before the last one (a run that was
    resumed from a checkpoint) drops what came after it. Values that are not finite are not kept.
    """

    def __init__(self, span: int = DEFAULT_SPAN, capacity: int = 256) -> None:
        self._x = np.empty(capacity)
        self._y = np.empty(capacity)
        self._smooth = np.empty(capacity)
        self._count = 0
        self._span = max(span, 1)

    def __len__(self) -> int:
        return self._count

    @property
    def x(self) -> F64:
        """Steps, (n,). A view; not to be changed."""
        return self._x[: self._count]

    @property
    def y(self) -> F64:
        """Values as measured, (n,)."""
        return self._y[: self._count]

    @property
    def smooth(self) -> F64:
        """The moving average, (n,)."""
        return self._smooth[: self._count]

    def append(self, x: float, y: float) -> None:
        """Add a point."""
        if not (np.isfinite(x) and np.isfinite(y)):
            return
        if self._count and x <= self._x[self._count - 1]:
            self._count = int(np.searchsorted(self.x, x))
        if self._count == len(self._x):
            for name in ("_x", "_y", "_smooth"):
                setattr(self, name, np.concatenate([getattr(self, name), np.empty(self._count)]))
        index = self._count
        self._x[index] = x
        self._y[index] = y
        keep = self._keep(index)
        self._smooth[index] = y if index == 0 else keep * self._smooth[index - 1] + (1 - keep) * y
        self._count += 1

    def cut(self, x: float) -> None:
        """Forget what came after step `x`."""
        self._count = int(np.searchsorted(self.x, x, "right"))

    def _keep(self, index: int) -> float:
        """How much of the old average stays: less at the start, so that the first value has no long echo."""
        return 1.0 - 2.0 / (min(self._span, index + 1) + 1.0)

    def set_span(self, span: int) -> None:
        """Smooth again over about `span` points (1: not at all)."""
        self._span = max(span, 1)
        start = min(self._span, self._count)
        for index in range(start):
            keep = self._keep(index)
            before = self._smooth[index - 1] if index else 0.0
            self._smooth[index] = keep * before + (1 - keep) * self._y[index]
        if start < self._count:
            self._smooth[start : self._count] = moving_average(
                self._y[start : self._count], self._keep(self._span), float(self._smooth[start - 1]))

    def bounds(self, *, positive: bool = False) -> tuple[float, float] | None:
        """Smallest and largest value as measured (of those above 0), between which the moving average lies too."""
        values = self.y
        if positive and len(values) and values.min() <= 0:
            values = values[values > 0]
        return (float(values.min()), float(values.max())) if len(values) else None

    def at(self, x: float) -> int | None:
        """Index of the point nearest to step `x`, or None where the curve has none."""
        if not self._count:
            return None
        right = min(int(np.searchsorted(self.x, x)), self._count - 1)
        left = max(right - 1, 0)
        return left if abs(x - self._x[left]) <= abs(self._x[right] - x) else right


def smoothed(x: F64, y: F64, span: int) -> F64:
    """The moving average of a whole curve, as `Series` has it.

    Args:
        x: Increasing steps, (n,).
        y: Finite values, (n,).
        span: Over about so many points; 1: as measured.
    """
    series = Series(span, max(len(x), 1))
    for step, value in zip(x.tolist(), y.tolist(), strict=True):
        series.append(step, value)
    return series.smooth


def moving_average(values: F64, keep: float, before: float) -> F64:
    """Exponential moving average: out[i] = keep * out[i - 1] + (1 - keep) * values[i], out[-1] = before.

    A block at a time as a matrix product, so that a long curve takes milliseconds.
    """
    size = 128
    powers = keep ** np.arange(size + 1)
    lag = np.arange(size)[:, None] - np.arange(size)[None, :]
    matrix = np.where(lag >= 0, powers[np.abs(lag)], 0.0) * (1 - keep)
    blocks = np.zeros((-(-len(values) // size), size))
    blocks.ravel()[: len(values)] = values
    out = blocks @ matrix.T
    for row in out:
        row += before * powers[1:]
        before = float(row[-1])
    return np.asarray(out.ravel()[: len(values)])


def decimate(x: F64, y: F64, low: float, high: float, columns: int) -> tuple[F64, F64]:
    """The points of [low, high], thinned so that the drawn line looks the same.

    Args:
        x: Increasing, (n,).
        y: Values, (n,).
        low: Left end of what is seen.
        high: Right end of what is seen.
        columns: How many pixel columns there are; at most about four points a column remain.

    Returns:
        Each bucket's smallest and largest value in the order in which they came, one point beyond
        either end included, so that the line runs to the edge.
    """
    first = max(int(np.searchsorted(x, low, "left")) - 1, 0)
    last = min(int(np.searchsorted(x, high, "right")) + 1, len(x))
    x, y = x[first:last], y[first:last]
    size = len(x) // max(columns, 1)
    if size < 4:
        return x, y
    whole = len(x) // size * size
    rows = y[:whole].reshape(-1, size)
    base = np.arange(len(rows)) * size
    picked = np.stack([base + rows.argmin(axis=1), base + rows.argmax(axis=1)], axis=1)
    picked.sort(axis=1)
    index = np.concatenate([[0], picked.ravel(), np.arange(whole, len(x)), [len(x) - 1]])
    index = np.unique(index)
    return x[index], y[index]
