"""Times, sizes and counts as short texts."""

from __future__ import annotations

import textwrap


def clock(seconds: float | None) -> str:
    """Seconds as 0:07, 12:40 or 1:02:03; empty for None."""
    if seconds is None:
        return ""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def size_text(count: int | None) -> str:
    """Bytes as "61 kB", "11.8 MB" or "1.2 GB" (decimal units); a dash for None."""
    if count is None:
        return "\u2013"
    if count < 1000:
        return f"{count} B"
    value, unit = (count / 1e3, "kB") if count < 1e6 else (count / 1e6, "MB") if count < 1e9 else (count / 1e9, "GB")
    return f"{value:.0f} {unit}" if value >= 100 or unit == "kB" else f"{value:.1f} {unit}"


def count_text(count: int) -> str:
    """A count as "272 k" or "11.7 M"."""
    if count < 1000:
        return str(count)
    value, unit = (count / 1e3, "k") if count < 1e6 else (count / 1e6, "M")
    return f"{value:.0f} {unit}" if value >= 100 or unit == "k" else f"{value:.1f} {unit}"


TIP_WIDTH = 72  # characters of a line


def in_lines(tip: str) -> str:
    """A tooltip in lines that can be read: Qt breaks plain text only where it is told to."""
    return "\n".join(textwrap.fill(line, TIP_WIDTH) for line in tip.split("\n"))
