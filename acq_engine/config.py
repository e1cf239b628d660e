"""RunConfig: every setting of a run, once.

The same JSON file serves the window, the command line and the run folder. The panels and the
command line's options are made from the fields' metadata (title, description, bounds, unit, step,
`advanced`, `flag`), so a setting that is added here appears everywhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from acq_engine.errors import ConfigError

SCHEMA_VERSION = 2

Method = Literal["acq", "gdfq"]
Preset = Literal["fast", "balanced", "accurate", "custom"]
Convention = Literal["A", "B"]
Precision = Literal["auto", "float32", "bfloat16"]
FEWEST_BITS = 2
Bits = Annotated[int, Field(ge=FEWEST_BITS, le=8)]


def setting(
    default: Any,
    title: str,
    help: str,  # noqa: A002 - the word that users and argparse know
    *,
    unit: str = "",
    step: float | None = None,
    advanced: bool = False,
    flag: str | None = None,
    **bounds: Any,
) -> Any:
    """A field with what a panel and the command line need to show it.

    Args:
        default: The default value.
        title: The label in the window.
        help: Two sentences: what it does, and which way to turn it or what leaving it empty means.
        unit: Shown behind the number.
        step: How far one click of a spin box goes.
        advanced: Shown only under "more".
        flag: The command line's option, such as "--weight-bits"; None for no option.
        bounds: ge, le, gt, lt as in pydantic.
    """
    extra: dict[str, Any] = {"unit": unit, "step": step, "advanced": advanced, "flag": flag}
    return Field(default, title=title, description=help, json_schema_extra=extra, **bounds)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False)


class ModelConfig(Section):
    """Which classifier, and how its input is prepared."""

    source: Literal["sample", "torchvision", "timm", "checkpoint"] = setting(
        "sample", "Source", "Where the model comes from. A checkpoint is a file of your own; the others are known by "
        "name.", advanced=True,
    )
    name: str = setting("fashion", "Name", "The built-in sample's, torchvision's or timm's name of the model. A file "
                        "needs none.")
    path: Path | None = setting(None, "File", "The checkpoint with the trained weights. One that can run code is "
                                "opened only with your consent.")
    arch: str | None = setting(None, "Architecture", "The network that the weights belong to. Empty: recognised by the "
                               "names and shapes in the file.", flag="--arch")
    weights: Path | None = setting(
        None, "Weights", "For a network from Python source: the checkpoint with its trained weights. Empty: the "
        "function loads them itself.", advanced=True, flag="--weights",
    )
    trust: bool = Field(
        False, title="Trust", description="Allow a file that can run code: Python source, .pt2, TorchScript. Consent "
        "holds for one start of the program, and no settings file can give it.",
        exclude=True,  # consent is given anew each time: no settings file can give it
        json_schema_extra={"unit": "", "step": None, "advanced": True, "flag": "--trust"},
    )
    num_classes: int | None = setting(
        None, "Classes", "How many classes the model tells apart. Empty: read from the weights.", ge=2, le=100_000,
        flag="--num-classes",
    )
    input_size: int | None = setting(
        None, "Input size", "Height and width of the picture that the model takes. Empty: the usual size of the "
        "weights or the architecture.", unit="px", ge=8, le=1024,
        flag="--input-size",
    )
    preprocessing: Literal["own", "imagenet", "cifar10", "cifar100", "0..1", "-1..1"] = setting(
        "own", "Preprocessing", "Usual means and deviations by name; own: those of the weights or the architecture. "
        "Mean and standard deviation, where they are given, go before it.", flag="--preprocessing",
    )
    mean: tuple[float, ...] | None = setting(
        None, "Mean", "Subtracted from each channel after pixels are scaled to 0..1. It must be that of the training, "
        "or accuracy suffers.", flag="--mean",
    )
    std: tuple[float, ...] | None = setting(
        None, "Standard deviation", "Divides each channel after the mean is subtracted. It must be that of the "
        "training, or accuracy suffers.", flag="--std",
    )

    @model_validator(mode="after")
    def _check(self) -> ModelConfig:
        if self.source == "checkpoint" and self.path is None:
            raise ValueError("a checkpoint needs a file")
        if self.std is not None and any(value <= 0 for value in self.std):
            raise ValueError("every standard deviation must be above 0")
        if self.mean is not None and self.std is not None and len(self.mean) != len(self.std):
            raise ValueError("mean and standard deviation must have the same number of channels")
        return self


# At 8 bits a last layer with so many of the weights would be most of what the file loses by it.
LARGE_LAST_SHARE, LARGE_LAST_LAYER = 0.1, 100_000


class QuantizationConfig(Section):
    """Bits, ranges and convention."""

    weight_bits: Bits = setting(4, "Weights", "Bits of each weight. Fewer bits cost accuracy.",
                                unit="bit", step=1, flag="--weight-bits")
    activation_bits: Bits = setting(4, "Activations", "Bits of each activation. They cost accuracy first.",
                                    unit="bit", step=1, flag="--activation-bits")
    shortcut_bits: Bits = setting(
        8, "Shortcuts", "Bits of what is added, joined or pooled instead of multiplied, such as the shortcuts of "
        "residual networks; in convention B, and at least those of activations. Fewer cost accuracy, and save nothing "
        "in a runtime that stores 8 bits.",
        unit="bit", step=1, advanced=True, flag="--shortcut-bits",
    )
    edge_bits: Bits | None = setting(
        None, "First and last layer", "Bits of the first and last layer's weights. Empty: 8 in convention B, but a "
        "last layer with over a tenth of all weights has the others' bits, at least 4; in convention A as the others.",
        unit="bit", step=1, flag="--edge-bits",
    )
    convention: Convention = setting(
        "B", "Convention", "B is what a runtime executes: 8-bit input, quantized additions. A is what papers report: "
        "every layer at the same bits, input and additions in float.", advanced=True, flag="--convention",
    )
    weight_range: Literal["mse", "minmax"] = setting(
        "mse", "Weight range", "How a weight's range is found: least squared error, or smallest and largest value. The "
        "first is better at few bits; at 8 bits they hardly differ.", advanced=True, flag="--weight-range",
    )
    rounding: Literal["nearest", "reconstruct"] = setting(
        "reconstruct", "Rounding", "nearest: each weight goes to its nearest step. reconstruct: layer by layer, so "
        "that its outputs stay where they were; takes longer, and is far better at few bits.", advanced=True,
        flag="--rounding",
    )
    learned_scales: bool = setting(
        True, "Learn scales", "Fine-tuning also adjusts the step sizes, of weights and of activations. Off: they stay "
        "as calibration found them.", advanced=True, flag="--learned-scales",
    )
    mean_bits: float | None = setting(
        None, "Mean bits", "Gives each layer its own weight bits, by sensitivity, so many on average; empty: all the "
        "same. First, last and single layers that are set keep theirs.", unit="bit", step=0.1, ge=2, le=8,
        advanced=True, flag="--mean-bits",
    )
    layer_bits: dict[str, Bits] = setting(
        {}, "Bits per layer", "Weight bits of single layers, by name. A layer that is not named has the bits of all.",
        advanced=True,
    )

    def weight_text(self) -> str:
        """Bits of the weights for a title: "4", or the mean, such as "3.5", where each layer has its own."""
        return str(self.weight_bits) if self.mean_bits is None else f"{self.mean_bits:g}"

    def first_last_bits(self) -> int:
        """Weight bits of the first and last layer, with the convention's default filled in."""
        if self.edge_bits is not None:
            return self.edge_bits
        return 8 if self.convention == "B" else self.weight_bits

    def bits_of_shortcuts(self) -> int:
        """Bits of what is read by something else than a layer; the convention and activations have their say."""
        return self.activation_bits if self.convention == "A" else max(self.shortcut_bits, self.activation_bits)

    def last_bits(self, weights: int, total: int) -> int:
        """Weight bits of the last layer. Where it makes the file large, it gets no more than the others, but 4 (OURS).

        Args:
            weights: How many the last layer has.
            total: How many all layers have.
        """
        bits = self.first_last_bits()
        if self.edge_bits is None and weights >= LARGE_LAST_LAYER and weights > LARGE_LAST_SHARE * total:
            return min(bits, max(4, self.weight_bits))
        return bits


class GeneratorConfig(Section):
    """The generator and its conditions."""

    kind: Literal["centre", "gdfq"] = setting(
        "centre", "Generator", "centre: conditioned on class and attention centre. gdfq: on the class alone.",
        advanced=True,
    )
    start: Path | None = setting(
        None, "Take over from", "A run whose generator and canvases are taken over instead of learning them anew. It "
        "must have had the same model and the same generator.", advanced=True, flag="--generator-from",
    )
    noise_dim: int = setting(64, "Noise", "Numbers drawn at random for each sample. More leave more room for variety.",
                             ge=1, le=1024, advanced=True)
    width: int = setting(64, "Width", "Channels of the generator's first stage. Wider can draw more, and is "
                         "slower.", ge=8, le=512, advanced=True)
    attention_layer: str = setting(
        "", "Attention layer", "The layer whose attention is corrected. Empty: the last one before pooling.",
        advanced=True, flag="--attention-layer",
    )
    centre_power: float = setting(
        2.0, "Centre sharpness", "Power of the attention map before its centroid is taken. Higher follows the peak.",
        ge=0.5, le=8, step=0.5, advanced=True,
    )
    centre_reach: float = setting(
        0.6, "Centre reach", "How far from the middle a centre may be asked for. 1 is the picture's edge.",
        ge=0, le=1, step=0.05, advanced=True,
    )


class LossWeights(Section):
    """A weight for every loss; 0 switches the loss off, and its cost with it."""

    class_: float = setting(
        1.0, "class", "The teacher must see the class that was asked for. Higher: surer, more alike samples.",
        ge=0, le=100, step=0.1, flag="--class-weight", alias="class",
    )
    bn: float = setting(
        5.0, "BN statistics", "Samples must give the batch-norm statistics of the training data. Higher: more "
        "natural samples.", ge=0, le=100, step=0.1, flag="--bn-weight",
    )
    centre: float = setting(
        4.0, "centre", "The attention's centre must be where it was asked for. Higher: more varied positions.",
        ge=0, le=100, step=0.1, flag="--centre-weight",
    )
    pair: float = setting(
        3.0, "pair", "Two samples of one class and centre must differ. Higher: more variety.",
        ge=0, le=100, step=0.1, flag="--pair-weight",
    )
    modes_bn: float = setting(
        0.3, "modes: BN", "Batch-norm statistics must also fit in train mode. Higher: samples that behave alike in "
        "both modes.", ge=0, le=100, step=0.1, advanced=True, flag="--modes-bn-weight",
    )
    modes_output: float = setting(
        0.1, "modes: output", "The teacher must answer alike in eval and train mode. Higher: answers that depend less "
        "on the rest of the batch.", ge=0, le=100, step=0.1, advanced=True, flag="--modes-output-weight",
    )
    modes_attention: float = setting(
        0.5, "modes: attention", "Attention must be alike in eval and train mode. Higher: attention that depends less "
        "on the rest of the batch.", ge=0, le=100, step=0.1, flag="--modes-attention-weight",
    )
    modes_every: int = setting(
        2, "modes: every", "The losses of both modes are computed once in so many generator steps, and count as many "
        "times there. Higher: faster, and noisier.", unit="steps", ge=1, le=100, step=1, advanced=True,
        flag="--modes-every",
    )
    label_smoothing: float = setting(
        0.1, "Label smoothing", "Keeps the class loss from asking for certainty. Higher: less sure samples.",
        ge=0, le=0.9, step=0.05, advanced=True,
    )
    distillation: float = setting(
        1.0, "distillation", "The quantized network must answer like the teacher. This is its main loss; the others "
        "are weighed against it.", ge=0, le=100, step=0.1, flag="--distillation-weight",
    )
    temperature: float = setting(
        2.0, "Temperature", "Softens both answers before they are compared. Higher: the wrong classes count for more.",
        ge=0.5, le=50, step=0.5, advanced=True,
    )
    feature: float = setting(
        1.0, "features", "Intermediate features must equal the teacher's. Higher keeps the layers between close to it, "
        "not only the answer.", ge=0, le=100, step=0.1, flag="--feature-weight",
    )
    student_class: float = setting(
        0.0, "student class", "The quantized network must see the class that was asked for. Useful only where the "
        "teacher sees it too: see class in Health.", ge=0, le=100, step=0.1, advanced=True,
        flag="--student-class-weight",
    )

    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False, populate_by_name=True)


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


class TestSetConfig(Section):
    """Labelled images that only measure; never used to quantize."""

    __test__ = False  # not a test class for pytest

    path: Path | None = setting(None, "Test images", "Labelled images: an .npz file, or a folder with one folder a "
                                "class. They only measure accuracy.", flag="--test-set")
    use_sample: bool = setting(
        True, "Sample's images", "Measure on the built-in sample's test images. Off: the sample is treated like a "
        "model without any.", advanced=True,
    )
    limit: int | None = setting(None, "At most", "How many images to use. Empty: all.", unit="images", ge=1,
                                advanced=True, flag="--test-limit")


class RunConfig(Section):
    """All settings of a run. `RunConfig()` is a valid run of the built-in sample."""

    schema_version: int = SCHEMA_VERSION
    method: Method = setting("acq", "Method", "acq: attention-corrected samples. gdfq: the baseline (ECCV 2020).",
                             flag="--method")
    seed: int = setting(
        0, "Seed", "Where random numbers begin. The same seed on the same machine gives the same result.", ge=0,
        le=2**31 - 1, step=1, flag="--seed",
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = setting(
        "auto", "Device", "Where to compute. auto takes the fastest one there is.", advanced=True, flag="--device"
    )
    threads: int | None = setting(
        None, "Threads", "Processor threads of this run. Empty: as in the preferences; the command line takes "
        "torch's choice.", ge=1, le=1024, advanced=True, flag="--threads",
    )
    precision: Precision = setting(
        "auto", "Precision", "What generator and canvases are learned in, and a quantized network with at most 4 bits "
        "of activations; all that is measured is float32. auto: bfloat16 where the processor multiplies it, which is "
        "faster.", advanced=True, flag="--precision",
    )
    cuda_graphs: bool = setting(
        False, "CUDA graphs", "Records each kind of training step once and replays it. Faster on NVIDIA cards; a model "
        "that can't be recorded goes on without, and the log says so.", advanced=True, flag="--cuda-graphs",
    )
    model: ModelConfig = Field(default_factory=ModelConfig)
    quantization: QuantizationConfig = Field(default_factory=QuantizationConfig)
    generator: GeneratorConfig = Field(default_factory=GeneratorConfig)
    losses: LossWeights = Field(default_factory=LossWeights)
    schedule: ScheduleConfig = Field(default_factory=ScheduleConfig)
    test_set: TestSetConfig = Field(default_factory=TestSetConfig)

    def to_json(self) -> str:
        """The settings as indented JSON, ready for a file."""
        return self.model_dump_json(indent=2, by_alias=True)

    @classmethod
    def from_json(cls, text: str) -> RunConfig:
        """Read settings.

        Raises:
            ConfigError: not JSON, an unknown setting, or a value out of range.
        """
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            raise ConfigError("The settings file is not valid JSON.", cause=str(error)) from error
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any, *, consent: bool = False) -> RunConfig:
        """As `from_json`, from parsed data.

        Args:
            data: The settings.
            consent: Keep `model.trust`. Only for values that the user has just given, never for a file's.
        """
        if not consent and isinstance(data, dict) and isinstance(data.get("model"), dict):
            data = {**data, "model": {key: value for key, value in data["model"].items() if key != "trust"}}
        version = data.get("schema_version") if isinstance(data, dict) else None
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise ConfigError(
                "The settings were written by a newer version of ACQ Studio.",
                cause=f"Their version is {version}; this program reads up to {SCHEMA_VERSION}.",
                hint="Update ACQ Studio, or start from the defaults.",
            )
        if version == 1:
            data = _from_version_1(data)
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise config_error(error) from error


def _from_version_1(data: dict[str, Any]) -> dict[str, Any]:
    """Version 1 had neither bits of shortcuts nor a precision; its runs must go on as they began.

    Shortcuts have at least the bits of activations, so 2 is what it did, whatever is changed about these afterwards.
    """
    quantization = data.get("quantization", {})
    if not isinstance(quantization, dict):
        return data
    return {"precision": "float32", **data, "schema_version": SCHEMA_VERSION,
            "quantization": {"shortcut_bits": FEWEST_BITS, **quantization}}


def config_error(error: ValidationError) -> ConfigError:
    """A ConfigError in plain words from pydantic's."""
    lines = []
    for item in error.errors():
        where = ".".join(str(part) for part in item["loc"]) or "settings"
        lines.append(f"{where}: {item['msg']} (found: {item['input']!r:.60})")
    first = error.errors()[0]
    name = str(first["loc"][-1]) if first["loc"] else "settings"
    return ConfigError(
        f"The setting {name!r} has a value that can't be used." if len(lines) == 1
        else f"{len(lines)} settings have values that can't be used.",
        cause="\n".join(lines),
        hint="Correct the value, or leave the setting out to use its default.",
    )
