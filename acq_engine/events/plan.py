"""The model, and what a run will do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from acq_engine.events.base import Event, Phase


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """What was loaded: the teacher in a few figures."""

    name: str
    arch: str
    parameters: int
    bn_layers: int
    num_classes: int
    input_shape: tuple[int, int, int]  # channels, height, width
    float_bytes: int  # size of the float32 weights
    class_names: tuple[str, ...] = ()
    attention_layers: tuple[str, ...] = ()  # candidates, last one first
    attention_layer: str = ""  # the one in use
    multiply_adds: int = 0  # for one image, and numbers that layers put out; 0: not looked at
    outputs: int = 0


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """One phase and how many steps it will take (0: not known beforehand)."""

    phase: Phase
    steps: int


@dataclass(frozen=True, slots=True)
class StepCosts:
    """What was timed on the run's own device before it began. Seconds; those of steps with forward and backward.

    A generator step takes `generator_step + batch * generator_sample`, a student step likewise.
    """

    generator_step: float
    generator_sample: float
    student_step: float
    student_sample: float
    pixel_sample: float  # the gradient of one image's pixels through the float model
    float_image: float  # the float model's answer to one image
    quantized_image: float  # the quantized model's while it is trained
    integer_image: float  # the quantized model's in whole numbers, as it is evaluated
    build: float  # making the quantized model
    measuring: float = 0.0  # what finding this out took
    generator_bytes: int = 0  # memory that a generator step takes for each sample
    student_bytes: int = 0
    fit: float = 0.0  # a billion multiply-adds of the algebra with which rounding is fitted
    # 0 in the four that follow: plans of earlier versions, which estimated them from the ones above.
    bank_sample: float = 0.0  # a step of one image that is optimized in the generator's place
    pair_image: float = 0.0  # float and quantized model side by side, as rounding and biases are fitted
    gather: float = 0.0  # a million inputs of a layer picked out of its input, for the algebra
    ranges_image: float = 0.0  # an image while activations are observed


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """One phase: steps (0: it has none, or is left out), batch size (0: none), expected seconds."""

    phase: Phase
    steps: int
    batch: int
    seconds: float
    step_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """How a run divides its time. Estimates are those of `costs`, measured before the run began."""

    minutes: float | None  # what it may take; None: no limit
    seconds: float  # what it is expected to take, from loading to the last check, measuring included
    phases: tuple[PlannedPhase, ...]
    samples: Literal["generator", "bank"]  # what the student learns from: the generator, or images optimized directly
    calibration_samples: int
    sample_every: int
    watch_samples: int  # samples on which agreement is measured during the run
    interim_evaluations: int  # looks at the test images during fine-tuning
    checked_images: int  # images on which an export is checked
    procedural_images: int | None = None  # that are refined; None: as many as there are
    bank_images: int = 0
    bank_steps: int = 0
    bank_seconds: float = 0.0  # left for images optimized directly
    notes: tuple[str, ...] = ()  # what was reduced or left out, and why
    reduced: bool = False  # whether anything is less than the settings ask for
    costs: StepCosts | None = None
    device: str = ""
    threads: int = 0
    multiply_adds: int = 0  # of the float model for one image, and numbers that its layers put out
    outputs: int = 0
    reused: str = ""  # the run or file that the plan was taken from


@dataclass(frozen=True, slots=True)
class Planned(Event):
    """How the run will divide its time; follows RunStarted. Runs without a limit, and older ones, have none."""

    plan: RunPlan
