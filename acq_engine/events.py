"""What a run tells the world: frozen dataclasses of plain values and numpy arrays.

No tensors: an event may cross a thread, a process or a file. Image arrays are uint8 RGB,
positions are (x, y) in [-1, 1] with (-1, -1) the top left corner's outer edge, percentages
are in 0..100, fractions in 0..1. A value that was not measured is None (never 0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]

Phase = Literal["prepare", "warmup", "calibrate", "finetune", "evaluate", "export"]
PHASES: tuple[Phase, ...] = ("prepare", "warmup", "calibrate", "finetune", "evaluate", "export")
PHASE_TITLES: dict[str, str] = {
    "prepare": "preparing", "warmup": "generator warm-up", "calibrate": "calibration", "finetune": "fine-tuning",
    "evaluate": "evaluation", "export": "export",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""

    @classmethod
    def kind(cls) -> str:
        """The event's name in JSON: its class name in snake case."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


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
    curve). Keys of `values` stand in METRICS below. `eta_seconds` is for the whole run.
    """

    phase: Phase
    step: int
    steps: int
    global_step: int
    values: dict[str, float]
    elapsed_seconds: float
    eta_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class SamplesReady(Event):
    """A fixed set of synthetic samples (same noise, classes and centres all through the run)."""

    step: int  # global step
    images: U8  # (N, H, W, 3)
    labels: I64  # (N,) the class asked for
    asked: F32 | None  # (N, 2) the centre asked for; None where the method has no such condition
    measured: F32  # (N, 2) the centre measured in eval mode
    teacher_class: I64  # (N,) what the teacher sees
    teacher_confidence: F32  # (N,) probability of the class asked for
    student_class: I64 | None = None
    student_confidence: F32 | None = None
    path: str = ""  # the tiled image in the run folder


@dataclass(frozen=True, slots=True)
class AttentionReady(Event):
    """Attention maps of the samples of the SamplesReady with the same step, in both modes.

    The layer whose attention the run corrects comes first; the ends of the network's stages follow, for looking at.
    """

    step: int
    layer: str
    eval_maps: F32  # (N, h, w), each normalised to sum 1
    train_maps: F32  # (N, h, w), each normalised to sum 1
    similarity: F32  # (N,) cosine similarity of the two maps, 0..1
    path: str = ""
    corrected: bool = True  # whether this is the layer that the run corrects
    centres: F32 | None = None  # (N, 2) centre of each eval map


@dataclass(frozen=True, slots=True)
class FeaturesReady(Event):
    """Where the samples of the SamplesReady with the same step lie in the teacher's feature space, seen flat.

    The plane is that of the authentic images' two main axes, else of the samples' own; lengths are those of features.
    """

    step: int
    layer: str
    points: F32  # (N, 2)
    labels: I64  # (N,) the class asked for
    shown: float  # part of the samples' variance that lies in the plane, 0..1
    spread: float | None  # mean distance of a sample's features from its class's mean
    authentic: F32 | None = None  # (M, 2) test images
    authentic_labels: I64 | None = None  # (M,)
    authentic_spread: float | None = None
    distance: float | None = None  # Frechet distance of the samples from as many test images
    authentic_distance: float | None = None  # of as many other test images from these


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """One quantized layer."""

    name: str  # the module path in the teacher
    kind: str  # conv2d, linear
    weight_shape: tuple[int, ...]
    weight_bits: int
    activation_bits: int | None  # of its output; None where the output stays float
    weight_low: float
    weight_high: float
    output_scale: float | None = None
    output_zero_point: int | None = None
    weight_error: float | None = None  # relative squared error of the quantized weights, 0..1
    clipping_rate: float | None = None  # fraction of outputs more than half a step outside the range, 0..1
    sensitivity: float | None = None
    weight_clipping: float | None = None  # the same of the weights, each against its channel's range


@dataclass(frozen=True, slots=True)
class LayerReport(Event):
    """All quantized layers, and how often which values occur in each; None in runs of before there were histograms.

    Weights are counted by their place on their channel's grid: 0 is its lowest level, 2^bits - 1 its highest. Outputs
    are counted by value, those that are exactly 0 left out. Bins are equally wide from end to end.
    """

    layers: tuple[LayerInfo, ...]
    weight_counts: I64 | None = None  # (layers, bins)
    weight_spans: F32 | None = None  # (layers, 2) the first bin's lower and the last bin's upper end
    output_counts: I64 | None = None  # (layers, bins); the last bin at each end also holds what lies beyond
    output_spans: F32 | None = None  # (layers, 2); NaN where the output stays float
    output_zeros: F32 | None = None  # (layers,) fraction of outputs that are exactly 0


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


Subject = Literal["float", "student", "exported"]


@dataclass(frozen=True, slots=True)
class Evaluated(Event):
    """Accuracy of one model on the test set; top-1 is None where there is no test set.

    `agreement` is the percentage of images on which the model's top-1 equals the float model's
    (on the test set, else on synthetic samples: see `on`).
    """

    subject: Subject
    images: int
    on: Literal["test", "synthetic"]
    top1: float | None = None
    top5: float | None = None
    agreement: float | None = None
    per_class: F32 | None = None  # (classes,) percent
    confusion: I64 | None = None  # (classes, classes) rows: truth
    convention: Literal["A", "B"] = "B"
    final: bool = True  # False: a look in the middle of the run, on a part of the images
    # The float model on the same images, where these are a part; whole test sets have an event of its own.
    float_top1: float | None = None
    float_per_class: F32 | None = None
    float_confusion: I64 | None = None


@dataclass(frozen=True, slots=True)
class PredictionsCompared(Event):
    """What the float and the quantized model predict for the same images without labels, where there is no test set.

    Nothing learned from the images. Agreement on them is no accuracy: none of them has a true class, and procedural
    images are drawn by rules, not of the kind that the model was trained on.
    """

    on: Literal["synthetic", "procedural"]
    float_classes: I64  # (N,) top-1
    quantized_classes: I64  # (N,)
    float_shares: F32  # (N,) probability of that class, 0..1
    quantized_shares: F32  # (N,)
    divergence: F32  # (N,) KL divergence of the quantized from the float model's probabilities, in nats
    places: I64  # (M,) which of the N images are kept: other predictions first, then the furthest apart
    images: U8  # (M, H, W, 3), large ones reduced


@dataclass(frozen=True, slots=True)
class Exported(Event):
    format: str  # a name in acq_engine.export.FORMATS
    path: str
    bytes: int
    float_bytes: int


INTEGER_PRODUCTS = frozenset({"QGemm", "QLinearMatMul", "MatMulInteger", "MatMulIntegerToFloat"})
FLOAT_PRODUCTS = frozenset({"Gemm", "FusedGemm", "MatMul", "FusedMatMul"})


def matrix_products(operators: Mapping[str, int]) -> tuple[int, int]:
    """How many of a runtime's operators are matrix products, in integers and in float."""
    whole, real = (sum(count for name, count in operators.items() if name in kind)
                   for kind in (INTEGER_PRODUCTS, FLOAT_PRODUCTS))
    return whole, real


@dataclass(frozen=True, slots=True)
class Verified(Event):
    """The exported file, run, against the student; those of integer runtimes also against the integer reference."""

    path: str
    passed: bool
    images: int
    on: Literal["test", "synthetic"]
    exact_rows: float  # percent of rows equal bit for bit: to the integer reference, or to the student in torch
    agreement: float  # percent of equal top-1 between exported file and student
    integer_convolutions: int
    float_convolutions: int
    latency_ms: float | None = None  # batch 1, median
    float_latency_ms: float | None = None
    runtime: str = ""  # name and version
    detail: str = ""  # why it did not pass
    latency_16_ms: float | None = None  # 16 images at once, median
    float_latency_16_ms: float | None = None
    threads: int | None = None  # of the runtime, in all latencies
    bytes: int | None = None
    float_file_bytes: int | None = None  # the float model in the same kind of file
    operators: dict[str, int] = field(default_factory=dict)  # that the runtime executes
    top1: float | None = None  # of the file, on `top1_images` test images
    top1_images: int = 0
    approximate: dict[str, float] = field(default_factory=dict)  # other runtime: percent of equal top-1
    onnx_latency_ms: float | None = None  # of .tflite and .xml files: the same model's ONNX file, in turns
    onnx_latency_16_ms: float | None = None
    # 10th and 90th percentile of the turns, by the name of the median above; and how many turns, by the batch size.
    latency_ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    latency_turns: dict[str, int] = field(default_factory=dict)

    @property
    def products(self) -> tuple[int, int]:
        """Matrix products that the runtime executes, in integers and in float: linear layers and attention."""
        return matrix_products(self.operators)


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


@dataclass(frozen=True, slots=True)
class Metric:
    """How a metric is named and read."""

    key: str
    label: str
    group: Literal["generator", "student", "accuracy", "health"]
    help: str
    unit: str = ""
    scale: Literal["log", "linear"] = "log"


METRICS: tuple[Metric, ...] = (
    Metric("generator/total", "total", "generator", "Weighted sum of the generator's losses."),
    Metric("generator/class", "class", "generator", "Cross-entropy of the teacher's output with the target class."),
    Metric(
        "generator/bn", "BN statistics", "generator",
        "Distance of the samples' batch-norm statistics from the stored ones.",
    ),
    Metric("generator/centre", "centre", "generator", "Squared distance of measured and target attention centre."),
    Metric(
        "generator/pair", "pair", "generator",
        "Feature similarity of two samples of one class and centre; lower is more diverse.",
    ),
    Metric(
        "generator/modes_bn", "eval/train BN", "generator",
        "Distance of the samples' batch-norm statistics in train mode from the stored ones.",
    ),
    Metric(
        "generator/modes_output", "eval/train output", "generator",
        "Difference of the teacher's outputs in eval and train mode.",
    ),
    Metric(
        "generator/modes_attention", "eval/train attention", "generator",
        "Difference of the attention maps in eval and train mode.",
    ),
    Metric("student/total", "total", "student", "Weighted sum of the student's losses."),
    Metric(
        "student/distillation", "distillation", "student",
        "KL divergence of the student's output from the teacher's.",
    ),
    Metric("student/feature", "features", "student", "Relative squared error of intermediate features."),
    Metric("student/class", "class", "student", "Cross-entropy of the student's output with the target class."),
    Metric("accuracy/float", "float", "accuracy", "Top-1 of the float model on the test images.", "%", "linear"),
    Metric(
        "accuracy/student", "quantized", "accuracy",
        "Top-1 of the quantized model on the test images.", "%", "linear",
    ),
    Metric(
        "accuracy/agreement", "agreement (synthetic)", "accuracy",
        "Top-1 agreement of quantized and float model on held-out synthetic samples.", "%", "linear",
    ),
    Metric(
        "accuracy/agreement_test", "agreement (test)", "accuracy",
        "Top-1 agreement of quantized and float model on the test images.", "%", "linear",
    ),
    Metric(
        "health/class", "class match", "health",
        "Teacher accuracy on samples: share of samples for which the teacher predicts the target class. After the "
        "warm-up on 256 samples that nothing learns from.", "%", "linear",
    ),
    Metric(
        "health/centre_error", "centre error", "health",
        "Mean distance of measured and target attention centre (the image is 2 units wide).", "", "linear",
    ),
    Metric(
        "health/diversity", "diversity", "health",
        "Mean feature distance of two samples of one class (1 - cosine).", "", "linear",
    ),
    Metric(
        "health/modes", "eval/train", "health",
        "Cosine similarity of attention in eval and train mode.", "", "linear",
    ),
    Metric(
        "health/attention", "attention diversity", "health",
        "Mean distance of the attention maps of two samples of one class (1 - cosine).", "", "linear",
    ),
    Metric(
        "health/unrest", "loss instability", "health",
        "How much the generator's total loss still fluctuates or rises, relative to the loss.", "", "linear",
    ),
)
METRIC_BY_KEY: dict[str, Metric] = {metric.key: metric for metric in METRICS}

EVENT_TYPES: dict[str, type[Event]] = {
    cls.kind(): cls
    for cls in (
        RunStarted, Planned, PhaseStarted, StepMetrics, SamplesReady, AttentionReady, FeaturesReady, LayerReport,
        Checkpointed, FineTuned, Evaluated, PredictionsCompared, Exported, Verified,
        Paused, Resumed, LogMessage, Finished, Failed,
    )
}
