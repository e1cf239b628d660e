"""Settings of the schedule: how long and how fast."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import field_validator

from acq_engine.settings.fields import Section, setting

WATCHED = 20  # classes at most: there are as many pairs of samples in a snapshot
Preset = Literal["fast", "balanced", "accurate", "custom"]


class ScheduleConfig(Section):
    """How long and how fast."""

    preset: Preset = setting(
        "fast", "Preset", "How much time to spend. Sets steps and batch sizes; each can be changed afterwards.",
        flag="--preset",
    )
    minutes: float | None = setting(
        None, "Time", "Minutes that a run may take: steps and batch sizes are planned for it on this machine, never "
        "more than the preset's. Empty: the preset's time (fast 5, balanced 20, accurate 60); no limit for "
        "custom.", unit="min", gt=0, le=100_000, step=5, flag="--minutes",
    )
    warmup_steps: int = setting(
        250, "Generator warm-up", "Steps that train only the generator; more give better samples, until the curves "
        "flatten. 0: none, so procedural images stand in for samples.", unit="steps", ge=0, le=1_000_000, step=50,
        flag="--warmup-steps",
    )
    finetune_steps: int = setting(
        300, "Fine-tuning", "Steps that train the quantized model. More recover accuracy, until its curve "
        "flattens.", unit="steps", ge=0, le=1_000_000, step=50, flag="--finetune-steps",
    )
    trial_steps: int = setting(
        60, "Trial", "Fine-tuning of a few hundred steps ends after this many if they brought the quantized model no "
        "nearer to the float model on held-out images; the calibrated weights are kept. 0: never.", unit="steps",
        ge=0, le=10_000, step=20, advanced=True, flag="--trial-steps",
    )
    generator_batch: int = setting(
        64, "Generator batch", "Batch size of a generator step. Larger: more stable batch-norm statistics, but "
        "slower.", unit="samples", ge=4, le=4096, step=8, advanced=True, flag="--generator-batch",
    )
    student_batch: int = setting(
        32, "Student batch", "Batch size of a student step. Larger: more stable, but slower.", unit="samples", ge=2,
        le=4096, step=8, advanced=True, flag="--student-batch",
    )
    generator_every: int = setting(
        0, "Generator steps", "During fine-tuning, one generator step every this many student steps. 0: the generator "
        "does not change.", ge=0, le=1000, step=1, advanced=True, flag="--generator-every",
    )
    pool_samples: int = setting(
        512, "Sample pool", "If the generator is trained during fine-tuning, the student draws from this many of its "
        "latest samples. Smaller: fresher samples, less "
        "diversity.", unit="samples", ge=4, le=100_000, step=64, advanced=True,
        flag="--pool-samples",
    )
    calibration_samples: int = setting(
        512, "Calibration", "Synthetic samples for calibrating the activation ranges. More are safer, and cost little "
        "time.", unit="samples", ge=8, le=100_000, step=64, advanced=True,
    )
    generator_lr: float = setting(
        3e-3, "Generator LR", "Learning rate of the generator (Adam). Lower it if its losses are unstable.", gt=0, le=1,
        advanced=True, flag="--generator-lr",
    )
    student_lr: float = setting(
        0.005, "Student LR", "Learning rate of the student: the largest change of a weight in one step, relative to "
        "its quantization step size; with sgd the usual learning rate. Lower it if accuracy falls during "
        "fine-tuning.", gt=0, le=1, advanced=True,
        flag="--student-lr",
    )
    scale_lr: float = setting(
        1e-3, "Scale LR", "Learning rate of the scales: the largest relative change in one step. 0: the scales keep "
        "their calibrated values.", ge=0, le=0.1, advanced=True, flag="--scale-lr",
    )
    averaging: float = setting(
        0.0, "Weight EMA", "Decay of the exponential moving average of the student's weights, which becomes the "
        "result. 0: no average; 0.99 averages over about a hundred steps.", ge=0, lt=1, step=0.01, advanced=True,
        flag="--weight-ema", old_flags=("--averaging",),
    )
    optimizer: Literal["adamw", "sgd"] = setting(
        "adamw", "Optimizer", "adamw, or the baseline's sgd with Nesterov momentum. Each needs its own learning rate.",
        advanced=True, flag="--optimizer",
    )
    decay: Literal["cosine", "quarters"] = setting(
        "cosine", "LR schedule", "Schedule of the student's learning rates. cosine: smoothly to a hundredth; step: to "
        "a tenth after each quarter of the steps.", advanced=True,
        flag="--lr-schedule", old_flags=("--decay",), value_names={"quarters": "step"},
    )
    second_look: float = setting(
        0.0, "Hard-sample replay", "Train on each batch a second time, its pixels shifted this far in the adversarial "
        "direction, where student and teacher disagree more; 1 is the contrast of an image. 0: each batch "
        "once.", ge=0, le=1, step=0.05, advanced=True,
        flag="--hard-sample-replay", old_flags=("--second-look",),
    )
    canvas_share: float = setting(
        0.5, "Procedural images", "Share of the student's training images that are procedural (drawn shapes) instead "
        "of generated. They make the data more diverse.", ge=0, le=1, step=0.1,
        flag="--procedural-share", old_flags=("--canvas-share",),
    )
    canvas_limit: float = setting(
        0.25, "Max. BN error", "Procedural images are skipped if their batch-norm error exceeds this. The model was "
        "then trained on a different kind of images.", ge=0, le=100, step=0.05, advanced=True,
        flag="--procedural-limit", old_flags=("--canvas-limit",),
    )
    mixup: bool = setting(True, "Mixup", "Trains the student on blends of two samples as well. It then also learns "
                          "from what lies between samples.", advanced=True, flag="--mixup")
    flip: bool = setting(
        True, "Flips", "Flips half of the student's samples horizontally. Disable it if left and right matter, as for "
        "digits.", advanced=True, flag="--flip",
    )
    report_every: int = setting(
        5, "Log every", "Steps between two points of the curves. Fewer steps give finer curves and a larger file.",
        unit="steps", ge=1, le=10_000, advanced=True,
    )
    sample_every: int = setting(
        25, "Snapshot every", "Steps between two snapshots of the samples. All are kept in the run folder, so small "
        "values need more disk space.", unit="steps", ge=1, le=100_000, advanced=True,
    )
    watched_classes: str = setting(
        "", "Classes to watch", "Numbers of the classes whose samples the snapshots show, with commas between, such as "
        "0, 7, 12; at most 20. Empty: all, or ten drawn at random where there are more than ten.",
        advanced=True, flag="--watched-classes",
    )
    checkpoint_every: int = setting(
        100, "Checkpoint every", "Steps between two checkpoints. After a crash, the steps since the last one are "
        "repeated.", unit="steps", ge=1, le=100_000, advanced=True,
    )
    keep_checkpoints: int = setting(
        2, "Checkpoints kept", "Number of checkpoints to keep. Older ones are deleted once a new one is "
        "complete.", ge=1, le=100,
        advanced=True,
    )

    @field_validator("watched_classes")
    @classmethod
    def _numbers(cls, text: str) -> str:
        if text.strip() and (not re.fullmatch(r"\s*\d{1,6}(\s*,\s*\d{1,6})*\s*", text) or text.count(",") >= WATCHED):
            raise ValueError(f"one to {WATCHED} numbers with commas between, such as 0, 7, 12")
        return text

    def watched(self) -> tuple[int, ...]:
        """The classes to watch, each once, in the order given; none: they are chosen by the program."""
        return tuple(dict.fromkeys(int(part) for part in self.watched_classes.split(",") if part.strip()))
