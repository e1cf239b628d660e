"""How metrics are named and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
