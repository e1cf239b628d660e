"""How a run goes: phases, steps, checkpoints, pauses, messages, and its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from acq_engine.events.base import Event, Phase
from acq_engine.events.plan import ModelSummary, PhasePlan


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    run_dir: str
    model: ModelSummary
    plan: tuple[PhasePlan, ...]
    device: str
    seed: int
    resumed_from_step: int | None = None
    # By metric, of the losses in a weighted sum; their reported values are not weighted. Older runs have none.
    loss_weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhaseStarted(Event):
    phase: Phase
    steps: int


@dataclass(frozen=True, slots=True)
class StepMetrics(Event):
    """Progress, and the means of every loss since the last report.

    `step` counts from 1 within the phase; `global_step` over the whole run (the x axis of every
    curve). Keys of `values` stand in METRICS. `eta_seconds` is for the whole run.
    """

    phase: Phase
    step: int
    steps: int
    global_step: int
    values: dict[str, float]
    elapsed_seconds: float
    eta_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Checkpointed(Event):
    step: int
    path: str


@dataclass(frozen=True, slots=True)
class FineTuned(Event):
    """Which weights fine-tuning left as the result: its own, or those that calibration had found.

    Divergences are mean KL divergences from the teacher, in nats, on held-out samples and procedural images.
    """

    kept: bool  # False: fine-tuning was undone
    step: int  # the global step whose weights are the result
    before: float  # divergence of the calibrated weights
    after: float  # of the fine-tuned ones
    tried: int = 0  # steps of the trial that fine-tuning was skipped for; 0: it was done


@dataclass(frozen=True, slots=True)
class Paused(Event):
    step: int


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    step: int


@dataclass(frozen=True, slots=True)
class LogMessage(Event):
    level: Literal["debug", "info", "warning", "error"]
    text: str


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The last event of a run that was not broken off by an error.

    `state` is "succeeded" when every phase ended (also after finish-now), "stopped" when it was
    cancelled and can be resumed.
    """

    state: Literal["succeeded", "stopped"]
    float_top1: float | None
    student_top1: float | None
    exported_top1: float | None
    agreement: float | None  # exported file and student, top-1, percent
    artifacts: dict[str, str]  # names in the run folder, "." being the folder itself
    seconds: float
    verified: bool = False
    float_bytes: int | None = None
    exported_bytes: int | None = None
    planned_seconds: float | None = None  # by the run's plan; None: it had none
    minutes: float | None = None  # what the run was allowed
    pictures: int = 0  # images of the user's own that were used; 0: quantized without any data
    peak_bytes: int | None = None  # most memory at a time; None: not known
    peak_of: Literal["device", "process"] = "process"  # the GPU's memory, or that of this whole program


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The last event of a run that an error ended."""

    message: str
    cause: str = ""
    hint: str = ""
    detail: str = ""  # traceback, for the report
    exit_code: int = 1
    lower_rates: bool = False  # whether to go on from the last checkpoint with lower rates may help
