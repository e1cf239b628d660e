"""Generators of synthetic samples.

`CentreGenerator` is the attention-centre position-condition generator: the idea (class label and
attention centre as conditions) is the paper's, the network is OURS. `GdfqGenerator` is the
baseline's (GDFQ, ECCV 2020). docs/method.md describes the one in section 3, the baseline in section 6.
"""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from acq_engine.settings import GeneratorConfig

BUMP_WIDTH = 0.35  # OURS: standard deviation of the centre's bump, in units of half an image


class UpsampleConv(nn.Module):
    """Nearest upsampling by 2 and a 3x3 convolution, computed as one transposed convolution.

    Each output pixel of the upsampled convolution sees only 2x2 different input pixels, so the nine taps
    collapse to four: a transposed convolution with a 4x4 kernel and stride 2 gives the same result with
    2.25 times fewer multiplications (docs/decisions/0002). Measured 1.8 to 3.4 times faster, forward and backward.

    Args:
        in_channels, out_channels: Channels; input (N, in, H, W) gives (N, out, 2H, 2W).
    """

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels, 3, 3))
        self.bias = nn.Parameter(torch.zeros(out_channels))
        nn.init.kaiming_normal_(self.weight, a=0.2)

    def transposed_weight(self) -> Tensor:
        """(in, out, 4, 4): the flipped 3x3 kernel convolved with the 2x2 ones of nearest upsampling."""
        w = self.weight.flip(2, 3).transpose(0, 1)
        shifts = ((0, 1, 0, 1), (1, 0, 0, 1), (0, 1, 1, 0), (1, 0, 1, 0))
        return torch.stack([F.pad(w, shift) for shift in shifts]).sum(0)

    def forward(self, x: Tensor) -> Tensor:
        return F.conv_transpose2d(x, self.transposed_weight(), self.bias, stride=2, padding=1)


class ConditionedNorm(nn.Module):
    """Batch norm whose scale and shift come from the condition (FiLM).

    Args:
        channels: C of the (N, C, H, W) input.
        condition_dim: Length of the condition vector.
    """

    def __init__(self, channels: int, condition_dim: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.film = nn.Linear(condition_dim, 2 * channels)
        nn.init.normal_(self.film.weight, std=0.5 / math.sqrt(condition_dim))
        nn.init.zeros_(self.film.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.film(condition).unsqueeze(-1).unsqueeze(-1).chunk(2, dim=1)
        scaled: Tensor = self.norm(x) * (1 + scale)
        return scaled.add_(shift)  # addcmul takes three times as long where it has to broadcast


def bump(centres: Tensor, size: int, width: float = BUMP_WIDTH) -> Tensor:
    """A Gaussian hill at each centre.

    Args:
        centres: (N, 2) positions (x, y) in [-1, 1].
        size: Height and width of the map.
        width: Standard deviation in the same units as the centres.

    Returns:
        (N, 1, size, size), maximum near 1.
    """
    axis = (2 * torch.arange(size, device=centres.device, dtype=centres.dtype) + 1) / size - 1
    dx = (axis[None, :] - centres[:, 0:1]).square()
    dy = (axis[None, :] - centres[:, 1:2]).square()
    return torch.exp(-(dy[:, :, None] + dx[:, None, :]) / (2 * width * width)).unsqueeze(1)


def stages(size: int) -> tuple[int, int]:
    """Side of the first map and number of doublings so that first * 2**doublings >= size.

    The first map is 4 to 8 pixels wide wherever the image allows: small enough to be cheap, large
    enough to place a centre.
    """
    doublings = max(1, math.ceil(math.log2(size / 8)))
    return math.ceil(size / 2**doublings), doublings


class Generator(nn.Module):
    """Base of the generators: noise, class and (maybe) centre in, normalised images out."""

    noise_dim: int
    num_classes: int
    has_centre: bool

    def forward(self, noise: Tensor, labels: Tensor, centres: Tensor | None = None) -> Tensor:
        """Make samples.

        Args:
            noise: (N, noise_dim), standard normal.
            labels: (N,) int64 in 0..classes-1.
            centres: (N, 2) in [-1, 1]; only where `has_centre`.

        Returns:
            (N, C, size, size) in the teacher's normalised units.
        """
        raise TypeError("Generator is a base class")


class CentreGenerator(Generator):
    """Generator conditioned on class and attention centre.

    The noise alone makes the first map, and a norm follows: its variance over a batch comes from the noise by
    construction, so the noise is hard to ignore. Class embedding and noise together modulate every norm, so both
    act at every scale; the centre enters as a bump on the first map. Costs less than a ResNet-20 forward at 32 px.

    Args:
        num_classes: Classes of the teacher.
        channels: Channels of the image (1 or 3, or any other number).
        size: Height and width of the image.
        config: noise_dim and width are used.
    """

    has_centre = True

    def __init__(self, num_classes: int, channels: int, size: int, config: GeneratorConfig) -> None:
        super().__init__()
        self.noise_dim, self.num_classes, self.size = config.noise_dim, num_classes, size
        self.first, doublings = stages(size)
        condition = 2 * config.noise_dim
        widths = [max(16, config.width >> max(0, i - 1)) for i in range(doublings + 1)]
        self.embedding = nn.Embedding(num_classes, config.noise_dim)
        self.project = nn.Linear(config.noise_dim, widths[0] * self.first**2)
        self.merge = nn.Conv2d(widths[0] + 1, widths[0], 3, padding=1)
        self.first_norm = ConditionedNorm(widths[0], condition)
        self.ups = nn.ModuleList(UpsampleConv(a, b) for a, b in itertools.pairwise(widths))
        self.norms = nn.ModuleList(ConditionedNorm(b, condition) for b in widths[1:])
        self.to_picture = nn.Conv2d(widths[-1], channels, 3, padding=1)
        # Tanh then a norm without affine: zero mean and unit variance, as normalised images have (GDFQ).
        self.picture_norm = nn.BatchNorm2d(channels, affine=False)

    def forward(self, noise: Tensor, labels: Tensor, centres: Tensor | None = None) -> Tensor:
        condition = torch.cat((noise, self.embedding(labels)), dim=1)
        x = self.project(noise).view(len(noise), -1, self.first, self.first)
        if centres is None:
            centres = torch.zeros(len(noise), 2, device=noise.device, dtype=noise.dtype)
        x = self.merge(torch.cat((x, 2 * bump(centres, self.first)), dim=1))
        x = F.leaky_relu(self.first_norm(x, condition), 0.2)
        for up, norm in zip(self.ups, self.norms, strict=True):
            x = F.leaky_relu(norm(up(x), condition), 0.2)
        x = crop(torch.tanh(self.to_picture(x)), self.size)
        samples: Tensor = self.picture_norm(x)
        return samples


class GdfqGenerator(Generator):
    """GDFQ's generator (docs/method.md, section 6): class times noise, two doublings from a quarter of the size.

    Args as `CentreGenerator`; `config.width` is 128 and `config.noise_dim` 100 in the paper.
    """

    has_centre = False

    def __init__(self, num_classes: int, channels: int, size: int, config: GeneratorConfig) -> None:
        super().__init__()
        self.noise_dim, self.num_classes, self.size = config.noise_dim, num_classes, size
        self.first = math.ceil(size / 4)
        width = config.width
        self.embedding = nn.Embedding(num_classes, config.noise_dim)
        self.project = nn.Linear(config.noise_dim, width * self.first**2)
        self.norm0 = nn.BatchNorm2d(width)
        self.up1 = UpsampleConv(width, width)
        self.norm1 = nn.BatchNorm2d(width)
        self.up2 = UpsampleConv(width, width // 2)
        self.norm2 = nn.BatchNorm2d(width // 2)
        self.to_picture = nn.Conv2d(width // 2, channels, 3, padding=1)
        self.picture_norm = nn.BatchNorm2d(channels, affine=False)

    def forward(self, noise: Tensor, labels: Tensor, centres: Tensor | None = None) -> Tensor:
        x = self.project(noise * self.embedding(labels)).view(len(noise), -1, self.first, self.first)
        x = self.norm0(x)
        x = F.leaky_relu(self.norm1(self.up1(x)), 0.2)
        x = F.leaky_relu(self.norm2(self.up2(x)), 0.2)
        samples: Tensor = self.picture_norm(crop(torch.tanh(self.to_picture(x)), self.size))
        return samples


def crop(x: Tensor, size: int) -> Tensor:
    """The middle (size, size) of (N, C, H, W); sizes that are not a power of two times the first map need it."""
    top, left = (x.shape[-2] - size) // 2, (x.shape[-1] - size) // 2
    return x[..., top : top + size, left : left + size]


def make_generator(num_classes: int, channels: int, size: int, config: GeneratorConfig) -> Generator:
    """The generator that the settings name."""
    kinds = {"centre": CentreGenerator, "gdfq": GdfqGenerator}
    return kinds[config.kind](num_classes, channels, size, config)
