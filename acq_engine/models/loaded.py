"""A model that was loaded and is ready to be a teacher, with everything its input needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from acq_engine.errors import ConfigError, ModelError, NoBatchNormError, Question
from acq_engine.events import ModelSummary
from acq_engine.models.graph import MeasuredStatistics
from acq_engine.models.preprocessing import Interpolation
from acq_engine.models.probe import attention_layers, batch_norm_paths, probe
from acq_engine.models.weight_check import weight_warnings


@dataclass
class LoadedModel:
    """A float classifier and how images become its input.

    Attributes:
        module: In eval mode, float32, on the CPU.
        name: For titles, such as the file's stem.
        arch: The architecture's name in the registry, or what it was made from.
        num_classes: Length of the logits.
        input_shape: Channels, height, width.
        mean: Subtracted from each channel, in 0..1 pixel units.
        std: Divides each channel after that.
        class_names: One for each class, or empty.
        sha256: Of the weights (names, shapes and values), whatever file they came from.
        resize: Shorter side of larger images before the centre crop; None: as `acq_engine.test_sets` does.
        interpolation: How images are resized.
        notes: What was assumed or left out while loading, one sentence each.
        questions: What is not certain, and the settings that answer it.
        structure: The network as data, for models that no architecture of the registry describes.
    """

    module: nn.Module
    name: str
    arch: str
    num_classes: int
    input_shape: tuple[int, int, int]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    class_names: tuple[str, ...] = ()
    sha256: str = ""
    resize: int | None = None
    interpolation: Interpolation = "bilinear"
    notes: tuple[str, ...] = ()
    structure: str = ""
    questions: tuple[Question, ...] = ()
    _layers: tuple[str, ...] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not (len(self.mean) == len(self.std) == self.input_shape[0]):
            raise ConfigError(
                "Mean and standard deviation don't fit the model's channels.",
                cause=f"The model expects {self.input_shape[0]} channel(s), but {len(self.mean)} means and "
                f"{len(self.std)} standard deviations are given.",
                hint="Give one value per channel, or omit both.",
            )

    @property
    def measured(self) -> bool:
        """Its statistics were measured, as it has no batch norm (see `measured_statistics`)."""
        return any(isinstance(child, MeasuredStatistics) for child in self.module.modules())

    def input_range(self) -> tuple[float, float]:
        """The smallest and the largest normalised value that a pixel of any image can have."""
        ends = [(value - m) / s for m, s in zip(self.mean, self.std, strict=True) for value in (0.0, 1.0)]
        return min(ends), max(ends)

    def warnings(self) -> tuple[str, ...]:
        """Sentences where the weights look as if they were never trained, or as if no network could work with them."""
        untrained = (UNTRAINED,) if never_trained(self.module) else ()
        return (*untrained, *weight_warnings(self.module))

    def attention_layers(self) -> tuple[str, ...]:
        """Layers whose attention can be corrected, the last executed first (found by one forward pass, then kept)."""
        if self._layers is None:
            self._layers = attention_layers(self.module, probe(self.module, self.input_shape))
        return self._layers

    def check_output(self) -> None:
        """Run the model once on zeros, and keep what was seen for `attention_layers`.

        Raises:
            ModelError: it can't take its input, or its answer is not one row of `num_classes` numbers an image.
        """
        calls = probe(self.module, self.input_shape)
        shape = calls[""].shape
        if shape != (1, self.num_classes):
            raise ModelError(
                "The model's output is not one logit per class.",
                cause=f"Its output has the shape {shape}; expected is (1, {self.num_classes}).",
                hint="Use an image classifier that returns its logits.",
            )
        if self.num_classes < 2:
            raise ModelError(
                "The model has a single output.", cause="A classifier has one output per class, at least two.",
                hint="Use a model with two outputs for two classes; a single output can't be quantized as a "
                "classifier.",
            )
        self._layers = attention_layers(self.module, calls)

    def default_attention_layer(self) -> str:
        """The last stack of feature maps before global pooling; of a transformer its attention.

        Raises:
            ModelError: the network has none at this input size.
        """
        layers = self.attention_layers()
        if not layers:
            raise ModelError(
                "The model has no layer with feature maps larger than one pixel.",
                cause=f"Its input is {self.input_shape[2]} x {self.input_shape[1]} pixels.",
                hint="Set a larger input size.",
            )
        return layers[0]

    def has_features(self, layer: str) -> bool:
        """Whether a layer that `attention_layers` names puts out features; else it is attention of a transformer."""
        return bool(getattr(self.module.get_submodule(layer), "features", True))

    def summary(self, attention_layer: str = "") -> ModelSummary:
        """The model in a few figures.

        Args:
            attention_layer: The layer in use; empty for the default.
        """
        return ModelSummary(
            name=self.name,
            arch=self.arch,
            parameters=sum(parameter.numel() for parameter in self.module.parameters()),
            bn_layers=sum(not isinstance(self.module.get_submodule(path), MeasuredStatistics)
                          for path in batch_norm_paths(self.module)),
            num_classes=self.num_classes,
            input_shape=self.input_shape,
            float_bytes=float_bytes(self.module),
            class_names=self.class_names,
            attention_layers=self.attention_layers(),
            attention_layer=attention_layer or self.default_attention_layer(),
        )

    def to_model_input(self, images: NDArray[np.uint8]) -> Tensor:
        """Pixels to normalised input.

        Args:
            images: (N, H, W, C) or (N, H, W), uint8; grey and RGB are converted to what the model takes.

        Returns:
            (N, C, H, W) float32, C being the model's channels.
        """
        pixels = torch.from_numpy(np.ascontiguousarray(match_channels(images, self.input_shape[0])))
        scaled = pixels.permute(0, 3, 1, 2).to(torch.float32).div_(255)
        mean, std = self.normalisation()
        return scaled.sub_(mean).div_(std).contiguous()

    def to_display(self, x: Tensor) -> NDArray[np.uint8]:
        """Normalised input to images that can be shown.

        Args:
            x: (N, C, H, W) on any device; values outside 0..1 after denormalising are clipped.

        Returns:
            (N, H, W, 3) uint8 RGB.
        """
        mean, std = self.normalisation()
        pixels = x.detach().to("cpu", torch.float32) * std + mean
        if pixels.shape[1] not in (1, 3):  # other sensors than cameras: what can be shown is how bright it is
            pixels = pixels.mean(1, keepdim=True)
        bytes_ = pixels.mul(255).round().clamp(0, 255).nan_to_num().to(torch.uint8)
        return match_channels(bytes_.permute(0, 2, 3, 1).contiguous().numpy(), 3)

    def normalisation(self) -> tuple[Tensor, Tensor]:
        """Mean and standard deviation as (1, C, 1, 1) float32."""
        return (
            torch.tensor(self.mean, dtype=torch.float32).view(1, -1, 1, 1),
            torch.tensor(self.std, dtype=torch.float32).view(1, -1, 1, 1),
        )


def match_channels(images: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    """Grey to colour by repeating, colour to grey by ITU-R 601 luma.

    Args:
        images: (N, H, W) or (N, H, W, 1 or 3), uint8.
        channels: How many are wanted: 1, 3, or what the images have.

    Returns:
        (N, H, W, channels) uint8.

    Raises:
        ConfigError: there is no rule between these numbers of channels.
    """
    if images.ndim == 3:
        images = images[..., None]
    found = images.shape[3]
    if found == channels:
        return images
    if found == 1:
        return np.repeat(images, channels, axis=3)
    if found == 3 and channels == 1:
        weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
        grey: NDArray[np.uint8] = np.rint(images.astype(np.float32) @ weights).astype(np.uint8)
        return grey[..., None]
    raise ConfigError(
        f"Images with {found} channels don't fit a model with {channels}.",
        hint="Use greyscale or RGB images.",
    )


def float_bytes(module: nn.Module) -> int:
    """Bytes of the weights and buffers as float32."""
    elements: int = sum(value.numel() for value in module.state_dict().values() if value.is_floating_point())
    return 4 * elements


def weights_sha256(state: Mapping[str, Tensor]) -> str:
    """A fingerprint of names, shapes and values that does not depend on the file format or the order of keys."""
    digest = hashlib.sha256()
    for key in sorted(state):
        value = state[key].detach().cpu().contiguous()
        digest.update(f"{key}|{value.dtype}|{tuple(value.shape)}|".encode())
        digest.update(value.reshape(-1).view(torch.uint8).numpy().data if value.numel() else b"")
    return digest.hexdigest()


UNTRAINED = (
    "All batch-norm layers still have their initial statistics (mean 0, variance 1), so this model was probably never "
    "trained, or its weights were not loaded. Samples can't be learned from these statistics."
)


def never_trained(module: nn.Module) -> bool:
    """Every batch norm has the running statistics that it was built with."""
    norms = [module.get_submodule(path) for path in batch_norm_paths(module)]
    return bool(norms) and all(
        isinstance(norm.running_mean, Tensor) and isinstance(norm.running_var, Tensor)
        and not bool(norm.running_mean.any()) and bool((norm.running_var == 1).all()) for norm in norms
    )


def prepare(module: nn.Module) -> nn.Module:
    """Make a network fit to be a teacher: eval mode, float32, frozen, no operation that overwrites its input.

    In-place activations would overwrite what a tap on the layer before them has seen.

    Raises:
        NoBatchNormError: it has no batch norm with running statistics.
    """
    if not batch_norm_paths(module):
        raise no_batch_norm()
    for child in module.modules():
        if getattr(child, "inplace", False) is True:
            child.inplace = False  # type: ignore[assignment]
    return module.to(device="cpu", dtype=torch.float32).eval().requires_grad_(False)


def no_batch_norm() -> NoBatchNormError:
    """The one sentence about models that can't be a teacher."""
    return NoBatchNormError(
        "This model has no batch norm, so it can't be quantized without data.",
        cause="Samples are learned from the training statistics stored in batch-norm layers.",
        hint="Choose a model that was trained with batch norm, such as a ResNet.",
    )
