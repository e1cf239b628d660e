"""What the window shows about a run, without widgets: a reducer over the run's events.

Nothing here needs Qt, so every rule (progress never runs backwards, what the title says) is
tested as plain data.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from acq_engine.control import SubProgress, Task
from acq_engine.events import (
    PHASES,
    Evaluated,
    Event,
    Exported,
    Failed,
    FineTuned,
    Finished,
    LayerReport,
    ModelSummary,
    Phase,
    PhasePlan,
    PhaseStarted,
    Planned,
    RunPlan,
    RunStarted,
    StepMetrics,
    Verified,
)


class RunState(Enum):
    """Where a run stands."""

    DRAFT = "draft"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


_ENDS = frozenset({RunState.STOPPED, RunState.SUCCEEDED, RunState.FAILED})
_S = RunState
# Which state may follow which. Anything else is a programming error.
TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    _S.DRAFT: frozenset({_S.PREPARING}),
    _S.PREPARING: _ENDS | {_S.RUNNING, _S.STOPPING},
    _S.RUNNING: _ENDS | {_S.PAUSING, _S.PAUSED, _S.STOPPING},
    _S.PAUSING: _ENDS | {_S.PAUSED, _S.RUNNING, _S.STOPPING},
    _S.PAUSED: _ENDS | {_S.RUNNING, _S.STOPPING},
    _S.STOPPING: _ENDS,
    _S.STOPPED: frozenset({_S.DRAFT, _S.PREPARING}),
    _S.SUCCEEDED: frozenset({_S.DRAFT, _S.PREPARING}),
    _S.FAILED: frozenset({_S.DRAFT, _S.PREPARING}),
}
ACTIVE = frozenset({_S.PREPARING, _S.RUNNING, _S.PAUSING, _S.PAUSED, _S.STOPPING})

# Share of the bar for phases whose steps say nothing about their time.
_FIXED_SHARE: dict[Phase, float] = {"prepare": 0.03, "calibrate": 0.06, "evaluate": 0.06, "export": 0.06}
# A fine-tuning step costs more than a warm-up step (student, teacher and often the generator).
_STEP_COST: dict[Phase, float] = {"warmup": 1.0, "finetune": 1.3}

# Where in its phase a task lies, 0..1; those that come in any phase are not here.
_PARTS: dict[Task, tuple[Phase, float, float]] = {
    "float": ("prepare", 0.0, 1.0), "sensitivity": ("calibrate", 0.0, 0.15), "procedural": ("calibrate", 0.15, 0.55),
    "samples": ("calibrate", 0.55, 0.7), "rounding": ("calibrate", 0.7, 0.9), "biases": ("calibrate", 0.9, 0.97),
    "quantized": ("evaluate", 0.0, 1.0), "file": ("export", 0.1, 0.6), "reference": ("export", 0.6, 0.9),
}

AGREEMENTS = ("accuracy/agreement", "accuracy/agreement_test")
HISTORY = 160  # points kept for each small curve


@dataclass
class PhaseProgress:
    """One phase's part of the bar."""

    phase: Phase
    share: float  # of the whole bar, 0..1
    fraction: float = 0.0  # done of this phase, 0..1
    skipped: bool = False  # at all, or from a step on
    reached: float = 0.0  # of a skipped phase: what was done of it
    undone: bool = False  # its work is not in the result


def shares(plan: Iterable[PhasePlan]) -> list[PhaseProgress]:
    """How the bar is divided: fixed parts, and the rest by steps."""
    steps = {item.phase: item.steps for item in plan}
    phases = [phase for phase in PHASES if phase in steps or not steps]
    fixed = sum(_FIXED_SHARE.get(phase, 0.0) for phase in phases)
    cost = {phase: steps.get(phase, 1) * _STEP_COST[phase] for phase in phases if phase in _STEP_COST}
    total = sum(cost.values())
    rest = 1 - fixed
    parts = [
        PhaseProgress(phase, _FIXED_SHARE.get(phase, rest * cost.get(phase, 0.0) / (total or 1.0))) for phase in phases
    ]
    scale = sum(part.share for part in parts) or 1.0
    for part in parts:
        part.share /= scale
    return parts


@dataclass
class Results:
    """The figures of a run's end; None where nothing was measured."""

    float_: Evaluated | None = None
    student: Evaluated | None = None
    glimpse: Evaluated | None = None  # of the student, in the middle of the run, on a part of the images
    exported: Evaluated | None = None
    export: Exported | None = None
    verified: Verified | None = None
    finished: Finished | None = None
    fine_tuned: FineTuned | None = None

    @property
    def float_on_part(self) -> float | None:
        """The float model's top-1 on the images of the interim result, while that is all there is."""
        return self.glimpse.float_top1 if self.student is None and self.glimpse is not None else None

    @property
    def without_fine_tuning(self) -> bool:
        """Whether fine-tuning was undone, and calibration's weights are the result."""
        return self.fine_tuned is not None and not self.fine_tuned.kept


@dataclass
class WindowState:
    """Everything that the run bar, the health panel and the title show."""

    run_dir: str = ""
    device: str = ""
    model: ModelSummary | None = None
    resumed_from_step: int | None = None
    phases: list[PhaseProgress] = field(default_factory=lambda: shares(()))
    phase: Phase | None = None
    step: int = 0
    steps: int = 0
    sub: SubProgress | None = None  # the task at work, where there are no steps to count
    planned: RunPlan | None = None
    global_step: int = 0
    progress: float = 0.0  # of the whole run, 0..1; never falls
    eta_seconds: float | None = None
    elapsed_seconds: float = 0.0
    values: dict[str, float] = field(default_factory=dict)  # the last value of every metric
    history: dict[str, deque[tuple[int, float]]] = field(default_factory=dict)  # by step, of health and agreement
    results: Results = field(default_factory=Results)
    failed: Failed | None = None
    clipped: tuple[str, float] | None = None  # the layer whose outputs are clipped most, and their share, 0..1
    agreements: list[tuple[int, dict[str, float]]] = field(default_factory=list)  # by step, of fine-tuning

    def apply(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case RunStarted():
                self._start(event)
            case Planned():
                self.planned = event.plan
            case PhaseStarted():
                self._enter(event.phase, event.steps)
            case StepMetrics():
                self._enter(event.phase, event.steps)
                self._step(event)
            case Evaluated(final=True):
                name = {"float": "float_", "student": "student", "exported": "exported"}[event.subject]
                setattr(self.results, name, event)
            case Evaluated(subject="student", final=False):
                self.results.glimpse = event
            case FineTuned():
                self.results.fine_tuned = event
                if not event.kept:
                    self._take_back(event.step)
                for part in self.phases:
                    part.undone = part.phase == "finetune" and not event.kept
            case LayerReport():
                rates = [(layer.name, layer.clipping_rate) for layer in event.layers if layer.clipping_rate is not None]
                known = [(name, rate) for name, rate in rates if rate == rate]  # not NaN
                self.clipped = max(known, key=lambda item: item[1], default=None)
            case Exported():
                self.results.export = event
            case Verified():
                self.results.verified = event
            case Finished():
                self.results.finished = event
                self.eta_seconds = None
                if event.state == "succeeded":
                    for part in self.phases:
                        part.fraction = 1.0
                    self.progress = 1.0
            case Failed():
                self.failed = event
                self.eta_seconds = None
            case _:
                pass

    def _start(self, event: RunStarted) -> None:
        # Where the run was opened, not where it was written: folders are moved.
        fresh = WindowState(run_dir=self.run_dir or event.run_dir, device=event.device, model=event.model,
                            resumed_from_step=event.resumed_from_step, phases=shares(event.plan), sub=self.sub)
        if event.resumed_from_step is not None:
            fresh._remember(self, event.resumed_from_step)
        self.__dict__.update(fresh.__dict__)

    def _remember(self, before: WindowState, step: int) -> None:
        """Keep what was measured up to the checkpoint from which the run is resumed."""
        self.agreements = [(at, values) for at, values in before.agreements if at <= step]
        for key, points in before.history.items():
            kept = [(at, value) for at, value in points if at <= step]
            if kept:
                self.history[key] = deque(kept, maxlen=HISTORY)
                self.values[key] = kept[-1][1]

    def _enter(self, phase: Phase, steps: int) -> None:
        if phase != self.phase:
            for part in self.phases:
                if part.phase == phase:
                    break
                # What finish-now left out counts as passed: the bar goes on, and says so.
                # A resumed run does not do again what it did before.
                done_before = self.resumed_from_step is not None and part.fraction == 0
                if part.fraction < 1 and part.phase in _STEP_COST and not done_before:
                    part.skipped, part.reached = True, part.fraction
                part.fraction = 1.0
            self.phase, self.step, self.steps = phase, 0, steps
            if phase in ("evaluate", "export"):
                self.eta_seconds = self._planned_from(phase)
        self.steps = steps
        self._advance()

    def _planned_from(self, phase: Phase) -> float | None:
        """Planned seconds of a phase and those after it; None without a plan."""
        seconds = {} if self.planned is None else {part.phase: part.seconds for part in self.planned.phases}
        return sum(seconds.get(one, 0.0) for one in PHASES[PHASES.index(phase):]) or None

    def take_sub(self, sub: SubProgress | None) -> None:
        """Take in how far the task at work is; the bar goes on with it."""
        self.sub = sub
        place = None if sub is None else _PARTS.get(sub.task)
        if sub is None or place is None or place[0] != self.phase:
            return
        _, start, end = place
        for part in self.phases:
            if part.phase == self.phase:
                part.fraction = max(part.fraction, start + (end - start) * (sub.done / sub.total if sub.total else 0.0))
        self._advance()

    def _step(self, event: StepMetrics) -> None:
        self.step, self.global_step = event.step, event.global_step
        self.elapsed_seconds = event.elapsed_seconds
        self.eta_seconds = event.eta_seconds
        self.values.update(event.values)
        agreements = {key: event.values[key] for key in AGREEMENTS if key in event.values}
        if agreements:
            self.agreements.append((event.global_step, agreements))
        for key, value in event.values.items():
            if key.startswith("health/") or key == "accuracy/agreement":
                self.history.setdefault(key, deque(maxlen=HISTORY)).append((event.global_step, value))
        for part in self.phases:
            if part.phase == event.phase and event.steps > 0:
                part.fraction = max(part.fraction, min(1.0, event.step / event.steps))
        self._advance()

    def _take_back(self, step: int) -> None:
        """Fine-tuning is undone: agreement is what it was after `step`, or unknown.

        What was measured after a step is reported with the next one.
        """
        before = [values for at, values in self.agreements if at <= step + 1]
        for key in AGREEMENTS:
            known = [values[key] for values in before if key in values]
            if known:
                self.values[key] = known[-1]
            else:
                self.values.pop(key, None)

    def _advance(self) -> None:
        done = sum(part.share * part.fraction for part in self.phases)
        self.progress = max(self.progress, min(done, 0.999))
