"""Axes that don't jump: tick positions, ranges with memory, and how numbers are written. No Qt."""

from __future__ import annotations

import math

from acq_app.appearance.language import grouped

Range = tuple[float, float]


def nice_step(span: float, count: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that divides `span` into about `count` parts."""
    if span <= 0 or not math.isfinite(span):
        return 1.0
    rough = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    factor = next((f for f in (1, 2, 5) if rough <= f * power * (1 + 1e-9)), 10)
    return factor * power


def linear_ticks(low: float, high: float, count: int) -> list[float]:
    """Round values from `low` to `high`, about `count` of them."""
    step = nice_step(high - low, count)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def log_ticks(low: float, high: float, count: int) -> list[float]:
    """Positions (log10 of round values) between the exponents `low` and `high`.

    Decades where the range is wide, 1-2-5 where it is narrower, evenly round values where it is
    less than half a decade.
    """
    span = high - low
    if span < 0.5:
        values = linear_ticks(10.0**low, 10.0**high, count)
        return [math.log10(value) for value in values if value > 0]
    every = max(1, math.ceil(span / max(count, 1)))
    factors: tuple[int, ...] = (1,)
    if span * 3 <= count + 1:
        factors = (1, 2, 5)
    elif span * 2 <= count + 1:
        factors = (1, 3)
    ticks = []
    for exponent in range(math.floor(low), math.ceil(high) + 1):
        if exponent % every:
            continue
        ticks += [exponent + math.log10(factor) for factor in factors]
    return [tick for tick in ticks if low - 1e-9 <= tick <= high + 1e-9]


def stable_range(current: Range | None, low: float, high: float, *, minimum: float = 1e-6) -> Range:
    """A range that holds [low, high] with some air, and stays as it is while it still fits.

    It grows at once when a value leaves it and shrinks only when less than 45 % of it is used;
    both ends are round numbers, so that the same data always give the same axis.
    """
    span = max(high - low, minimum)
    if current is not None and current[0] <= low and high <= current[1] and span >= 0.45 * (current[1] - current[0]):
        return current
    step = nice_step(span * 1.1, 5)
    return (math.floor((low - 0.04 * span) / step) * step, math.ceil((high + 0.04 * span) / step) * step)


def grown_end(end: float) -> float:
    """The end of an x axis whose length is not known: 1, 2 or 5 times a power of ten, at least `end`."""
    return max(nice_step(max(end, 1.0), 1), 10.0)


def tick_text(value: float) -> str:
    """A tick's label: short and exact."""
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e6:
        return grouped(value, ".6g") if abs(value) >= 1e4 else f"{value:.6g}"
    return f"{value:.3g}"


def value_text(value: float | None, unit: str = "") -> str:
    """A measured value with a fixed number of decimals, so that a column lines up on the point."""
    if value is None or not math.isfinite(value):
        return "\u2013"
    if unit == "%":
        return f"{value:.1f}\u202f%"
    if value != 0 and not 1e-3 <= abs(value) < 1e4:
        return f"{value:.1e}"
    return f"{value:.3f}" + (f"\u202f{unit}" if unit else "")


def brief_value(value: float | None, unit: str = "") -> str:
    """A measured value in about five characters, where there is little room."""
    if value is None or not math.isfinite(value) or unit == "%" or not 1e-3 <= abs(value) < 1e4:
        return value_text(value, unit)
    decimals = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{decimals}f}" + (f"\u202f{unit}" if unit else "")


def latency_text(milliseconds: float | None, ends: tuple[float, float] | None = None) -> str:
    """A median with its range in brackets, where that is known."""
    if milliseconds is None:
        return value_text(None)
    spread = "" if ends is None else f" ({ends[0]:.2f}\u2013{ends[1]:.2f})"
    return f"{milliseconds:.2f}\u202fms{spread}"


def bytes_text(count: int | None) -> str:
    """A file size: 1 kB is 1000 bytes."""
    if count is None:
        return "\u2013"
    if count < 1000:
        return f"{count} B"
    for unit, size in (("kB", 1e3), ("MB", 1e6), ("GB", 1e9)):
        if count < size * 1000 or unit == "GB":
            value = count / size
            return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2}f} {unit}"
    return f"{count} B"
