"""Settings of the model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from acq_engine.settings.fields import Section, setting


def side_of(text: str) -> int:
    """The side of a square image from "224" or "224x224".

    Raises:
        ValueError: it is neither, or the image is not square.
    """
    sides = re.fullmatch(r"\s*(\d{1,5})(?:\s*[xX\u00d7,]\s*(\d{1,5}))?\s*", text)
    if sides is None:
        raise ValueError(f"an input size is a number of pixels, such as 224 or 224x224, not {text[:40]!r}")
    if sides[2] is not None and int(sides[1]) != int(sides[2]):
        raise ValueError(f"samples are square, so a model for images of {int(sides[2])} x {int(sides[1])} pixels can't "
                         "be quantized without data; choose a square input size that the model accepts as well")
    return int(sides[1])


class ModelConfig(Section):
    """Which classifier, and how its input is prepared."""

    source: Literal["sample", "torchvision", "timm", "checkpoint"] = setting(
        "sample", "Source", "Where the model comes from. A checkpoint is a local file; the others are chosen by "
        "name.", advanced=True,
    )
    name: str = setting("fashion", "Name", "Name of the model in the built-in samples, torchvision or timm. Not needed "
                        "for a file.")
    path: Path | None = setting(None, "File", "The checkpoint with the trained weights. A file that can run code is "
                                "opened only with consent.")
    arch: str | None = setting(None, "Architecture", "The architecture of the weights. Empty: detected from the names "
                               "and shapes in the file.", flag="--arch")
    weights: Path | None = setting(
        None, "Weights", "For a model from Python source: the checkpoint with its trained weights. Empty: the function "
        "loads them itself.", advanced=True, flag="--weights",
    )
    trust: bool = Field(
        False, title="Trust", description="Allow a file that can run code: Python source, .pt2, TorchScript. Consent "
        "holds for one start of the program, and no settings file can give it.",
        exclude=True,  # consent is given anew each time: no settings file can give it
        json_schema_extra={"unit": "", "step": None, "advanced": True, "flag": "--trust"},
    )
    output: str | None = setting(
        None, "Output", "For a model from Python source, .pt2 or TorchScript with several outputs: name or position "
        "(from 0) of the logits. Empty: the one called logits, or the one made by the last linear layer.",
        advanced=True, flag="--output",
    )
    num_classes: int | None = setting(
        None, "Classes", "Number of classes of the model. Empty: read from the weights.", ge=2, le=100_000,
        flag="--num-classes",
    )
    input_size: int | None = setting(
        None, "Input size", "Height and width of the model's input image. Empty: the usual size of the weights or the "
        "architecture.", unit="px", ge=8, le=1024,
        flag="--input-size",
    )
    channels: int | None = setting(
        None, "Channels", "Channels of the model's input image, for a model from Python source or TorchScript. Empty: "
        "found by trying what its convolutions take.", ge=1, le=64, advanced=True, flag="--channels",
    )
    channel_order: Literal["rgb", "bgr"] = setting(
        "rgb", "Channel order", "Order of the colours in the training's images: bgr for a model trained with images of "
        "OpenCV or Caffe. Images are read as RGB; the first layer's weights are reordered.", advanced=True,
        flag="--channel-order",
    )
    preprocessing: Literal["own", "imagenet", "cifar10", "cifar100", "0..1", "-1..1", "0..255"] = setting(
        "own", "Preprocessing", "A standard mean and deviation by name; own: those of the weights or the architecture. "
        "An explicit mean and standard deviation take precedence.", flag="--preprocessing",
    )
    mean: tuple[float, ...] | None = setting(
        None, "Mean", "Subtracted from each channel after scaling pixels to 0..1. It must match the training, or "
        "accuracy suffers.", flag="--mean",
    )
    std: tuple[float, ...] | None = setting(
        None, "Standard deviation", "Divides each channel after subtracting the mean. It must match the training, or "
        "accuracy suffers.", flag="--std",
    )

    @field_validator("input_size", mode="before")
    @classmethod
    def _side(cls, value: object) -> object:
        return side_of(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _check(self) -> ModelConfig:
        if self.source == "checkpoint" and self.path is None:
            raise ValueError("a checkpoint needs a file")
        if self.std is not None and any(value <= 0 for value in self.std):
            raise ValueError("every standard deviation must be above 0")
        if self.mean is not None and self.std is not None and len(self.mean) != len(self.std):
            raise ValueError("mean and standard deviation must have the same number of channels")
        return self
