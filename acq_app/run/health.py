"""Health in words: when a number of the run is a bad sign, what it means and what to change.

The signs are those of METHOD: samples of one class all alike, attention that differs between
the modes, losses that never settle. Thresholds are OURS, on the scale of the metrics in
`acq_engine.events.METRICS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from acq_app.appearance.language import said

Level = Literal["none", "learning", "good", "warning", "bad"]

# Before this part of the warm-up is over every generator looks bad; nobody should be alarmed.
LEARNING_UNTIL = 0.4


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
        "Raise the centre weight or the centre reach; the GDFQ method has neither.",
    ),
    Sign(
        "health/unrest", "loss instability", 2, "", False, 0.25, 0.5,
        "The generator's losses are unstable.",
        "Lower the generator's learning rate, or its largest loss weight.",
    ),
    Sign(
        "accuracy/agreement", "agreement (synthetic)", 1, "%", True, 92, 80,
        "The predictions of the quantized model differ from the float model's.",
        "Fine-tune for more steps, or use more bits.",
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
        learning: The run is young; a bad value is no sign yet.
    """
    if value is None:
        return Verdict("none", "\u2013")
    text = f"{value:.{sign.decimals}f}" + (f" {sign.unit}" if sign.unit else "")
    flip = 1 if sign.higher_is_better else -1
    if value * flip >= sign.warn_at * flip:
        return Verdict("good", text)
    if learning:
        return Verdict("learning", text)
    level: Level = "bad" if value * flip < sign.bad_at * flip else "warning"
    return Verdict(level, text, f"{said(sign.means)} {said(sign.change)}")


def is_learning(sign: Sign, phase: str | None, step: int, steps: int) -> bool:
    """Whether the run is too young to judge this sign."""
    deciding = "finetune" if sign.key == "accuracy/agreement" else "warmup"
    if phase in (None, "prepare"):
        return True
    return phase == deciding and step < LEARNING_UNTIL * steps
