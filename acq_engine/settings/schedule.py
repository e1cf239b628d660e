"""Settings of the schedule: how long and how fast."""

from __future__ import annotations

from typing import Literal

from acq_engine.settings.fields import Section, setting

Preset = Literal["fast", "balanced", "accurate", "custom"]


class ScheduleConfig(Section):
    """How long and how fast."""

    preset: Preset = setting(
        "fast", "Preset", "How much time to spend. It sets steps and batches; each can then be changed alone.",
        flag="--preset",
    )
    warmup_steps: int = setting(
        250, "Generator warm-up", "Steps in which only the generator learns. More give better samples, until the "
        "curves are flat.", unit="steps", ge=1, le=1_000_000, step=50, flag="--warmup-steps",
    )
    finetune_steps: int = setting(
        300, "Fine-tuning", "Steps in which the quantized network learns. More give accuracy back, until its curve is "
        "flat.", unit="steps", ge=0, le=1_000_000, step=50, flag="--finetune-steps",
    )
    generator_batch: int = setting(
        64, "Generator batch", "Samples in one generator step. More give steadier batch-norm statistics, and take "
        "longer.", unit="samples", ge=4, le=4096, step=8, advanced=True, flag="--generator-batch",
    )
    student_batch: int = setting(
        32, "Student batch", "Samples in one student step. More are steadier, and take longer.", unit="samples", ge=2,
        le=4096, step=8, advanced=True, flag="--student-batch",
    )
    generator_every: int = setting(
        0, "Generator steps", "While fine-tuning, one generator step every so many student steps. 0: the generator "
        "stays as it is.", ge=0, le=1000, step=1, advanced=True, flag="--generator-every",
    )
    pool_samples: int = setting(
        512, "Sample pool", "While the generator learns on, the quantized network draws from so many of its latest "
        "samples. Smaller: fresher samples, less variety.", unit="samples", ge=4, le=100_000, step=64, advanced=True,
        flag="--pool-samples",
    )
    calibration_samples: int = setting(
        512, "Calibration", "Synthetic samples from which activation ranges are taken. More are safer, and cost only a "
        "moment.", unit="samples", ge=8, le=100_000, step=64, advanced=True,
    )
    generator_lr: float = setting(
        3e-3, "Generator rate", "Adam's learning rate of the generator. Lower it when its losses jump.", gt=0, le=1,
        advanced=True, flag="--generator-lr",
    )
    student_lr: float = setting(
        0.005, "Student rate", "How far a weight moves at most in one step, in steps of its quantization grid; with "
        "sgd the plain learning rate. Lower it when accuracy falls while it learns.", gt=0, le=1, advanced=True,
        flag="--student-lr",
    )
    scale_lr: float = setting(
        1e-3, "Scale rate", "Largest relative change of a learned scale in one step. 0 leaves the scales as they were "
        "found.", ge=0, le=0.1, advanced=True, flag="--scale-lr",
    )
    averaging: float = setting(
        0.0, "Averaging", "Share of the old in a moving average of the quantized network's weights, which is what is "
        "kept in the end; 0: no average. 0.99 smooths over a hundred steps.", ge=0, lt=1, step=0.01, advanced=True,
        flag="--averaging",
    )
    optimizer: Literal["adamw", "sgd"] = setting(
        "adamw", "Optimizer", "adamw, or the baseline's sgd with Nesterov momentum. Each needs its own learning rate.",
        advanced=True, flag="--optimizer",
    )
    decay: Literal["cosine", "quarters"] = setting(
        "cosine", "Decay", "How the quantized network's rates fall. cosine: smoothly, to a hundredth; quarters: to a "
        "tenth after each quarter of the steps.", advanced=True, flag="--decay",
    )
    second_look: float = setting(
        0.0, "Second look", "Each batch is used again, its pixels moved so far towards what the quantized network "
        "gets wrong; 1 is the contrast of a picture. 0: each batch once.", ge=0, le=1, step=0.05, advanced=True,
        flag="--second-look",
    )
    canvas_share: float = setting(
        0.5, "Canvases", "Share of the quantized network's pictures that are drawn shapes instead of samples. They "
        "widen what it sees.", ge=0, le=1, step=0.1, flag="--canvas-share",
    )
    canvas_limit: float = setting(
        0.25, "Canvas limit", "Canvases are left out where their batch-norm error is above this. The model was then "
        "trained on other kinds of pictures.", ge=0, le=100, step=0.05, advanced=True, flag="--canvas-limit",
    )
    mixup: bool = setting(True, "Mixup", "Blends pairs of samples for the quantized network. It then also sees what "
                          "lies between two samples.", advanced=True, flag="--mixup")
    flip: bool = setting(
        True, "Flips", "Mirrors half of the samples for the quantized network. Switch it off where left and right mean "
        "something, as in digits.", advanced=True, flag="--flip",
    )
    report_every: int = setting(
        5, "Report every", "Steps between two points of the curves. Fewer give finer curves and a larger file.",
        unit="steps", ge=1, le=10_000, advanced=True,
    )
    sample_every: int = setting(
        25, "Pictures every", "Steps between two looks at the samples. Each is kept in the run folder, so few steps "
        "fill the disk.", unit="steps", ge=1, le=100_000, advanced=True,
    )
    checkpoint_every: int = setting(
        100, "Checkpoint every", "Steps between two checkpoints. After a crash, the steps since the last one are done "
        "again.", unit="steps", ge=1, le=100_000, advanced=True,
    )
    keep_checkpoints: int = setting(
        2, "Keep", "How many checkpoints are kept. Older ones are deleted when a new one is whole.", ge=1, le=100,
        advanced=True,
    )
