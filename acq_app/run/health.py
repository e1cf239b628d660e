"""Health in words: when a number of the run is a bad sign, what it means and what to change.

The signs are those of METHOD: samples of one class all alike, attention that differs between
the modes, losses that never settle. Thresholds are OURS, on the scale of the metrics in
`acq_engine.events.METRICS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import said

translate = QCoreApplication.translate

Level = Literal["none", "learning", "good", "warning", "bad"]

# Before this part of the warm-up is over no generator has learned its classes; nobody should be alarmed, or reassured.
LEARNING_UNTIL = 0.6
# Until its end the class match is that of the watched samples, a few dozen, where five points are chance.
AT_THE_END = ("health/class",)


@dataclass(frozen=True)
class Sign:
    """One line of the health panel."""

    key: str
    label: str
    decimals: int
    unit: str
    higher_is_better: bool
    warn_at: float
    bad_at: float
    means: str  # shown when it is not good
    change: str


# Centres that ignore the condition are 0.46 off on average at the default reach: 0.25 is about half of chance.
SIGNS: tuple[Sign, ...] = (
    Sign(
        "health/class", "class match", 0, "%", True, 85, 60,
        "The teacher does not recognize the target classes in the samples.",
        "Raise the class weight, or give the warm-up more steps.",
    ),
    Sign(
        "health/centre_error", "centre error", 2, "", False, 0.25, 0.35,
        "Attention is far from the target centres.",
        "Raise the centre weight, or lower the centre reach.",
    ),
    Sign(
        "health/diversity", "diversity", 2, "", True, 0.12, 0.06,
        "Samples of one class are nearly identical.",
        "Raise the pair weight, or lower the class weight.",
    ),
    Sign(
        "health/modes", "eval/train", 2, "", True, 0.8, 0.6,
        "Attention differs between eval and train mode, so batch-norm statistics mislead the generator.",
        "Raise the weight of eval/train attention.",
    ),
    # With centres asked for 0.24 on the built-in sample and 0.14 on a ResNet-20; without them 0.11 on the sample.
    Sign(
        "health/attention", "attention diversity", 2, "", True, 0.12, 0.06,
        "All samples of one class have their attention in the same place.",
        "Raise the centre weight or the centre reach.",
    ),
    Sign(
        "health/unrest", "loss instability", 2, "", False, 0.25, 0.5,
        "The generator's losses are unstable.",
        "Lower the generator's learning rate, or its largest loss weight.",
    ),
    Sign(
        "accuracy/agreement", "agreement (synthetic)", 1, "%", True, 92, 80,
        "The predictions of the quantized model differ from the float model's.",
        "Use more bits, allocate them by sensitivity, or fine-tune for more steps.",
    ),
)
SIGN_BY_KEY = {sign.key: sign for sign in SIGNS}


@dataclass(frozen=True)
class Verdict:
    """What the panel shows for one sign."""

    level: Level
    text: str  # the value, ready to show
    sentence: str = ""  # meaning and change; empty when all is well


def assess(sign: Sign, value: float | None, *, learning: bool = False) -> Verdict:
    """Judge one value.

    Args:
        sign: Which line.
        value: Its last value; None: not measured.
        learning: The run is young; neither a good nor a bad value is a sign yet.
    """
    if value is None:
        return Verdict("none", "\u2013")
    text = f"{value:.{sign.decimals}f}" + (f" {sign.unit}" if sign.unit else "")
    flip = 1 if sign.higher_is_better else -1
    if learning:
        return Verdict("learning", text)
    if value * flip >= sign.warn_at * flip:
        return Verdict("good", text)
    level: Level = "bad" if value * flip < sign.bad_at * flip else "warning"
    return Verdict(level, text, f"{said(sign.means)} {said(sign.change)}")


# Percentage points by which agreement on samples may be above that on test images.
MOST_APART = 8.0


def with_test_images(verdict: Verdict, values: Mapping[str, float]) -> Verdict:
    """The verdict on agreement with samples, beside that on test images: where they part, samples were fitted.

    Args:
        verdict: On agreement with samples.
        values: The last value of each metric.
    """
    samples, images = values.get("accuracy/agreement"), values.get("accuracy/agreement_test")
    if samples is None or images is None or samples - images <= MOST_APART or verdict.level == "bad":
        return verdict
    return Verdict("warning", verdict.text, translate(
        "Health", "Agreement on test images is {0} percentage points lower: the quantized model has fitted "
        "the samples."
    ).format(f"{samples - images:.1f}"))


def is_learning(sign: Sign, phase: str | None, step: int, steps: int) -> bool:
    """Whether the run is too young to judge this sign."""
    deciding = "finetune" if sign.key == "accuracy/agreement" else "warmup"
    if phase in (None, "prepare"):
        return True
    return phase == deciding and step < (1 if sign.key in AT_THE_END else LEARNING_UNTIL) * steps
