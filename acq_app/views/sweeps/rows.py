"""What the sweeps view is told: sweeps with their axes, and a plain row for each run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from acq_app.views.results.figures import drop_text
from acq_app.views.runs.rows import duration_text
from acq_app.views.shared.axes import bytes_text, value_text

translate = QCoreApplication.translate
Cell = int | float | bool | str


@dataclass(frozen=True)
class SweepAxis:
    """One varied setting."""

    title: str
    name: str  # as in a settings file
    is_number: bool


@dataclass(frozen=True)
class SweepPoint:
    """One run; None where nothing was measured. Percentages are 0..100."""

    run: str
    path: str
    values: tuple[Cell, ...]  # one for each axis
    texts: tuple[str, ...]  # the same as written
    state: str
    float_top1: float | None = None
    student_top1: float | None = None
    lost: float | None = None  # points against float, as in table.csv; below 0 where accuracy fell
    agreement: float | None = None
    exported_bytes: int | None = None
    latency_ms: float | None = None
    seconds: float | None = None
    problem: str = ""

    @property
    def drop(self) -> float | None:
        """Percentage points that accuracy fell against the float model."""
        return None if self.lost is None else -self.lost


@dataclass(frozen=True)
class SweepShown:
    """One sweep."""

    path: str
    name: str
    created: str  # local time, ISO 8601
    axes: tuple[SweepAxis, ...]
    points: tuple[SweepPoint, ...]

    @property
    def unfinished(self) -> int:
        """Runs that have not ended well and that nobody works on."""
        return sum(point.state not in ("succeeded", "running", "paused") for point in self.points)


@dataclass(frozen=True)
class SweepFigure:
    """A figure of a run: a column of the table, and what the plot can show."""

    key: str
    title: str
    text: Callable[[SweepPoint], str]

    def value(self, point: SweepPoint) -> float | None:
        """As a number."""
        found = getattr(point, self.key)
        return None if found is None else float(found)


def figures() -> tuple[SweepFigure, ...]:
    """In the order of the table; the first is what the plot shows at first."""
    return (
        SweepFigure("student_top1", translate("Sweeps", "quantized top-1"),
                    lambda point: value_text(point.student_top1, "%")),
        SweepFigure("drop", translate("Sweeps", "drop"), lambda point: drop_text(point.lost)),
        SweepFigure("agreement", translate("Sweeps", "agreement"), lambda point: value_text(point.agreement, "%")),
        SweepFigure("exported_bytes", translate("Sweeps", "size"), lambda point: bytes_text(point.exported_bytes)),
        SweepFigure("latency_ms", translate("Sweeps", "latency"),
                    lambda point: "\u2013" if point.latency_ms is None else f"{point.latency_ms:.2f}\u202fms"),
        SweepFigure("seconds", translate("Sweeps", "time"), lambda point: duration_text(point.seconds)),
    )


def state_words(point: SweepPoint) -> str:
    """A run's state, with a sign, and why it failed."""
    words = {
        "waiting": translate("Sweeps", "waiting"), "running": translate("Sweeps", "▶ running"),
        "paused": translate("Sweeps", "paused"), "interrupted": translate("Sweeps", "■ interrupted"),
        "stopped": translate("Sweeps", "■ stopped"), "succeeded": translate("Sweeps", "✓ done"),
        "failed": translate("Sweeps", "✗ failed"),
    }.get(point.state, point.state)
    return f"{words}: {point.problem}" if point.problem else words
