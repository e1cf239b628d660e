"""What a plot shows besides its curves, and what the layers that paint it need to know of the plot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from acq_app.appearance.theme import Theme


@dataclass
class PhaseBand:
    """A phase from one step to another."""

    name: str
    start: float
    end: float
    shaded: bool = False


@dataclass
class Marks:
    """What the overlay draws over the curves; y values are in plot coordinates."""

    baseline: float | None = None
    baseline_text: str = ""
    ends: list[tuple[float, float, str]] = field(default_factory=list)  # x, y, colour
    best: tuple[float, float, str] | None = None  # x, y, colour of the best value so far
    result: float | None = None  # the step whose weights are the result, where that is not the last one
    result_text: str = ""
    cursor: float | None = None
    cursor_points: list[tuple[float, float, str]] = field(default_factory=list)


class PlotState(Protocol):
    """A plot, as its layers see it."""

    plotItem: Any  # pyqtgraph's, which has no types
    view: Any
    theme: Theme
    bands: list[PhaseBand]
    marks: Marks
    level: float | None  # the cross-hair's value, in plot coordinates
    logarithmic: bool
    with_phase_names: bool

    def hasFocus(self) -> bool:
        """Whether the keyboard moves the cross-hair."""
