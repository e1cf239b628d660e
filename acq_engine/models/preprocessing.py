"""How images become a model's input: the presets, and what to do for other channel counts.

Mean and standard deviation are in units of pixels scaled to 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Interpolation = Literal["nearest", "bilinear", "bicubic"]

CROP_WITHOUT_RESIZE = 1.15
"""An image up to so many times the input's side is only cropped: it was resized before (OURS)."""


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """Size and normalisation of a model's input.

    Attributes:
        size: Height and width in pixels.
        mean: Subtracted from each channel, in 0..1 pixel units.
        std: Divides each channel after that.
        resize: Shorter side that a larger image is resized to before the centre crop; None: by the
            rule of `acq_engine.test_sets.loading`.
        interpolation: How images are resized.
    """

    size: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    resize: int | None = None
    interpolation: Interpolation = "bilinear"

    def for_channels(self, channels: int) -> Preprocessing:
        """The same for a model with another number of channels: grey gets the average over the colours.

        Args:
            channels: Channels of the model's input, >= 1.
        """
        if len(self.mean) == channels:
            return self
        mean = sum(self.mean) / len(self.mean)
        std = sum(self.std) / len(self.std)
        return Preprocessing(self.size, (mean,) * channels, (std,) * channels, self.resize, self.interpolation)


PRESETS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "imagenet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "cifar10": ((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),
    "cifar100": ((0.5071, 0.4867, 0.4408), (0.2675, 0.2565, 0.2761)),
    "0..1": ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    "-1..1": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "0..255": ((0.0, 0.0, 0.0), (1 / 255,) * 3),
    "efficientnet_lite": ((127 / 255,) * 3, (128 / 255,) * 3),
}
"""Mean and standard deviation by name, as panels offer them."""


def preset(name: str, size: int) -> Preprocessing:
    """The preset `name` (a key of PRESETS) at `size` pixels."""
    mean, std = PRESETS[name]
    return Preprocessing(size, mean, std)


def shorter_side(input_shape: tuple[int, int, int], resize: int | None) -> int:
    """The shorter side in pixels that an image is resized to before the centre crop.

    Args:
        input_shape: Channels, height, width.
        resize: What the weights were published with; None: 256/224 of the input, the input itself up to 64 px.
    """
    wanted = max(input_shape[1:])
    return resize or (wanted if wanted <= 64 else round(wanted * 256 / 224))
