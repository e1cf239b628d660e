"""Curves and bars as inline SVG. Colours are CSS variables, so that light, dark and print each have their own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[int, float]]

_MAX_POINTS = 300  # of one curve; more are averaged, an eye sees no difference
_DASHES = ("", "6 3", "2 3", "9 3 2 3")  # curves are told apart without colour too
_COLOURS = 8
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 10, 10, 26


def line_chart(
    curves: Mapping[str, Points], *, width: int = 640, height: int = 240, log: bool = False, unit: str = "",
    phases: Sequence[tuple[str, int]] = (), title: str = "",
) -> str:
    """Curves over the global step.

    Args:
        curves: Label -> points (step, value), steps rising; empty curves are left out.
        width: Of the drawing, in px; it scales with the page.
        height: The same.
        log: Logarithmic y axis; values of 0 and below are left out then.
        unit: Written behind the numbers of the y axis.
        phases: (name, step of its start), for the shades.
        title: What a screen reader says.
    """
    shown = {label: _thinned([point for point in points if not log or point[1] > 0])
             for label, points in curves.items()}
    shown = {label: points for label, points in shown.items() if points}
    if not shown:
        return ""
    steps = [step for points in shown.values() for step, _ in points]
    values = [value for points in shown.values() for _, value in points]
    last = max(max(steps), 1)
    first = 0 if min(steps) < last / 4 else math.floor(min(steps))  # no empty half for what began late
    ticks, low, high = _log_ticks(min(values), max(values)) if log else linear_ticks(min(values), max(values))

    def x(step: float) -> float:
        return _LEFT + (width - _LEFT - _RIGHT) * (step - first) / max(last - first, 1)

    def y(value: float) -> float:
        part = ((math.log10(value) - math.log10(low)) / (math.log10(high) - math.log10(low)) if log
                else (value - low) / (high - low))
        return height - _BOTTOM - (height - _TOP - _BOTTOM) * part

    parts = [f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    starts = [*(min(max(first, start), last) for _, start in phases), last]
    visible = 0
    for index, (name, _) in enumerate(phases):
        begin, end = x(starts[index]), x(max(starts[index], starts[index + 1]))
        if end - begin < 2:
            continue
        visible += 1
        if visible % 2 == 0:
            parts.append(f'<rect class="phase" x="{begin:.1f}" y="{_TOP}" width="{end - begin:.1f}" '
                         f'height="{height - _TOP - _BOTTOM}"/>')
        if end - begin > 7 * len(name):
            parts.append(f'<text class="faint" x="{begin + 4:.1f}" y="{_TOP + 11}">{escape(name)}</text>')
    for tick in ticks:
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{width - _RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        label = f"{number(tick)}{escape(unit)}"
        parts.append(f'<text x="{_LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{label}</text>')
    for step in _step_ticks(first, last):
        parts.append(f'<text x="{x(step):.1f}" y="{height - 8}" text-anchor="middle">{step:,}</text>')
    for index, points in enumerate(shown.values()):
        path = " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in points)
        if len(points) == 1:
            place = f'cx="{x(points[0][0]):.1f}" cy="{y(points[0][1]):.1f}"'
            parts.append(f'<circle {place} r="3" style="fill:{_colour(index)}"/>')
        else:
            parts.append(f'<polyline points="{path}" {_stroke(index)}/>')
    parts.append("</svg>")
    return "".join(parts) + (_legend(list(shown)) if len(shown) > 1 else "")


def bars(
    rows: Sequence[tuple[str, float, str]], *, width: int = 640,
    ranges: Sequence[tuple[float, float] | None] = (),
) -> str:
    """Horizontal bars from 0.

    Args:
        rows: (label, value >= 0, the value in words).
        width: Of the drawing, in px.
        ranges: For each row, between which values it was measured; drawn as a line over the end of the bar.
    """
    if not rows:
        return ""
    known = [ends for ends in ranges if ends is not None]
    most = max([value for _, value, _ in rows] + [high for _, high in known]) or 1.0
    left, right, row_height = 150, 220 if known else 120, 26
    height = row_height * len(rows) + 4
    parts = [f'<svg class="chart" viewBox="0 0 {width} {height}" style="max-width:{width}px" role="img">']
    for index, (label, value, words) in enumerate(rows):
        top = index * row_height + 4
        length = (width - left - right) * value / most
        parts.append(f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">{escape(label)}</text>')
        parts.append(f'<rect x="{left}" y="{top}" width="{length:.1f}" height="{row_height - 8}" '
                     f'style="fill:{_colour(index)}"/>')
        ends = ranges[index] if index < len(ranges) else None
        if ends is not None:
            low, high = (left + (width - left - right) * end / most for end in ends)
            middle = top + (row_height - 8) / 2
            parts.append(f'<path d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {middle - 4:.1f}v8'
                         f'M{high:.1f} {middle - 4:.1f}v8" class="range"/>')
            length = max(length, high - left)
        parts.append(f'<text x="{left + length + 6:.1f}" y="{top + 15}">{escape(words)}</text>')
    return "".join(parts) + "</svg>"


def number(value: float) -> str:
    """A number for a label: short, without needless digits."""
    if value == 0:
        return "0"
    if abs(value) >= 10_000 or abs(value) < 0.001:
        return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")
    return f"{value:.4g}"


def _thinned(points: Points) -> list[tuple[float, float]]:
    """At most _MAX_POINTS points; each is the mean of its neighbours."""
    size = math.ceil(len(points) / _MAX_POINTS)
    if size <= 1:
        return [(float(step), value) for step, value in points]
    groups = [points[start:start + size] for start in range(0, len(points), size)]
    return [(sum(step for step, _ in group) / len(group), sum(value for _, value in group) / len(group))
            for group in groups]


def linear_ticks(low: float, high: float) -> tuple[list[float], float, float]:
    """About five round numbers around [low, high], and the first and the last of them."""
    if high - low < 1e-12:
        low, high = low - max(abs(low), 1.0) * 0.05, high + max(abs(high), 1.0) * 0.05
    rough = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    start, end = math.floor(low / step), math.ceil(high / step)
    ticks = [index * step for index in range(start, end + 1)]
    return ticks, ticks[0], ticks[-1]


def _log_ticks(low: float, high: float) -> tuple[list[float], float, float]:
    bottom, top = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if bottom == top:
        top += 1
    every = max(1, math.ceil((top - bottom) / 6))
    return [10.0 ** power for power in range(bottom, top + 1, every)], 10.0 ** bottom, 10.0 ** top


def _step_ticks(first: float, last: float) -> list[int]:
    ticks, _, _ = linear_ticks(first, max(last, first + 1))
    return [int(tick) for tick in ticks if first <= tick <= last and tick == int(tick)]


def _colour(index: int) -> str:
    return f"var(--curve-{index % _COLOURS})"


def _stroke(index: int) -> str:
    dash = _DASHES[(index // 2) % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke-width="1.6"{dashed} style="stroke:{_colour(index)}"'


def _legend(labels: Sequence[str]) -> str:
    items = "".join(
        f'<span><svg viewBox="0 0 28 8" width="28" height="8"><line x1="0" x2="28" y1="4" y2="4" {_stroke(index)}/>'
        f"</svg> {escape(label)}</span>" for index, label in enumerate(labels)
    )
    return f'<p class="legend">{items}</p>'
