"""What a report shows, gathered from a run folder in one pass."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import PurePath

from acq_engine.events import (
    AttentionReady,
    Evaluated,
    Exported,
    Failed,
    Finished,
    LayerInfo,
    LayerReport,
    LogMessage,
    PhaseStarted,
    PredictionsCompared,
    RunStarted,
    SamplesReady,
    StepMetrics,
    Verified,
)
from acq_engine.export import FORMATS
from acq_engine.store import RunInfo, RunStore

_LARGEST = 1e30  # what lies beyond is damage, and no axis has room for it
MAX_SNAPSHOTS = 5  # sample grids over time


@dataclass
class RunData:
    """A run's events, by what they tell. Curves are lists of (global step, value)."""

    info: RunInfo
    started: RunStarted | None = None
    curves: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    phases: list[tuple[str, int]] = field(default_factory=list)  # name, global step at its start
    snapshots: list[SamplesReady] = field(default_factory=list)
    attention: AttentionReady | None = None
    evaluated: dict[str, Evaluated] = field(default_factory=dict)
    compared: dict[str, PredictionsCompared] = field(default_factory=dict)  # by kind of image
    layers: tuple[LayerInfo, ...] = ()
    exported: list[Exported] = field(default_factory=list)
    verified: list[Verified] = field(default_factory=list)
    files: list[tuple[str, str, int]] = field(default_factory=list)  # exported: format, name, bytes
    warnings: list[str] = field(default_factory=list)
    end: Finished | Failed | None = None

    @property
    def class_names(self) -> tuple[str, ...]:
        """The model's class names; empty when it has none."""
        return self.info.model.class_names if self.info.model is not None else ()

    def class_name(self, index: int) -> str:
        """A class by name, else by number."""
        return self.class_names[index] if 0 <= index < len(self.class_names) else str(index)


def gather(store: RunStore) -> RunData:
    """Read a run, finished or not. Of many sample grids a few are kept, evenly spread over time."""
    data = RunData(store.info)
    step = 0
    snapshots = _Snapshots()
    for event in store.events():
        match event:
            case RunStarted():
                data.started = event
            case PhaseStarted():
                data.phases.append((event.phase, step))
            case StepMetrics():
                step = event.global_step
                for key, value in event.values.items():
                    if math.isfinite(value) and abs(value) < _LARGEST:
                        data.curves.setdefault(key, []).append((step, value))
            case SamplesReady():
                snapshots.add(event)
            case AttentionReady(corrected=True):
                data.attention = event
            case Evaluated() if event.final:
                data.evaluated[event.subject] = event
            case PredictionsCompared():
                data.compared[event.on] = event
            case LayerReport():
                data.layers = event.layers
            case Exported():
                data.exported.append(event)
            case Verified():
                data.verified.append(event)
            case LogMessage() if event.level in ("warning", "error"):
                data.warnings.append(event.text)
            case Finished() | Failed():
                data.end = event
    data.snapshots = snapshots.chosen()
    data.files = _exported_files(store, data)
    return data


def _exported_files(store: RunStore, data: RunData) -> list[tuple[str, str, int]]:
    """What the run exported, and what was exported into its folder later."""
    found = {PurePath(item.path).name: (item.format, PurePath(item.path).name, item.bytes) for item in data.exported}
    for entry in FORMATS.values():
        path = store.path / entry.file_name
        if entry.file_name not in found and path.is_file():
            found[entry.file_name] = (entry.name, entry.file_name, path.stat().st_size)
    return list(found.values())


class _Snapshots:
    """Keeps the first, the last and some between, without holding all of them in memory."""

    def __init__(self) -> None:
        self._kept: list[SamplesReady] = []
        self._stride = 1
        self._count = 0
        self._last: SamplesReady | None = None

    def add(self, event: SamplesReady) -> None:
        if self._count % self._stride == 0:
            self._kept.append(event)
            if len(self._kept) > 2 * MAX_SNAPSHOTS:
                self._kept = self._kept[::2]
                self._stride *= 2
        self._count += 1
        self._last = event

    def chosen(self) -> list[SamplesReady]:
        kept = [event for event in self._kept if event is not self._last]
        room = MAX_SNAPSHOTS - 1
        if len(kept) > room:
            kept = [kept[round(place * (len(kept) - 1) / (room - 1))] for place in range(room)]
        return kept + ([self._last] if self._last is not None else [])
