"""The built-in sample: a small classifier of clothes, its weights and its test images.

Everything lies in `resources/sample` and ships in the wheel, so that the first run needs
neither a file nor a network. `resources/sample/train.py` made it.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from acq_engine.errors import ModelFileError

SAMPLE_NAME = "fashion"
ARCHITECTURE = "fashion_resnet"
INPUT_SIZE = 32
"""Height and width of the input in pixels: the 28x28 images, padded with black to 32x32."""

MEAN: tuple[float, ...] = (0.2190,)
STD: tuple[float, ...] = (0.3318,)
"""Of the 60,000 training images after padding, in 0..1 pixel units."""

CLASS_NAMES: tuple[str, ...] = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

WEIGHTS_FILE = "fashion_resnet.safetensors"
TEST_FILE = "fashion_test_2000.npz"


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions with batch norm around a shortcut (He et al. 2015, figure 2).

    Args:
        in_channels: Channels of the input.
        channels: Channels of both convolutions and of the output.
        stride: Stride of the first convolution; the output is that much smaller.
    """

    def __init__(self, in_channels: int, channels: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or in_channels != channels:
            self.downsample = nn.Sequential(
                nn.Conv2d(in_channels, channels, 1, stride=stride, bias=False), nn.BatchNorm2d(channels)
            )

    def forward(self, x: Tensor) -> Tensor:
        """(B, in_channels, H, W) to (B, channels, H / stride, W / stride)."""
        shortcut = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        result: Tensor = self.relu(out + shortcut)
        return result


class FashionResNet(nn.Module):
    """A residual network of three stages of 16, 32 and 64 channels; the last one has 8x8 maps at 32x32 pixels.

    Args:
        num_classes: Length of the logits.
        in_channels: Channels of the image; 1 is grey.
    """

    def __init__(self, num_classes: int = 10, in_channels: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu = nn.ReLU(inplace=True)
        self.layer1 = nn.Sequential(ResidualBlock(16, 16))
        self.layer2 = nn.Sequential(ResidualBlock(16, 32, stride=2))
        self.layer3 = nn.Sequential(ResidualBlock(32, 64, stride=2))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(64, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        """Normalised images (B, in_channels, 32, 32) to logits (B, num_classes)."""
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        logits: Tensor = self.fc(torch.flatten(self.avgpool(x), 1))
        return logits


def fashion_resnet(num_classes: int = 10, in_channels: int = 1) -> FashionResNet:
    """The sample's network with fresh weights, in train mode.

    Args:
        num_classes: Length of the logits.
        in_channels: Channels of the image; 1 is grey.
    """
    return FashionResNet(num_classes, in_channels)


def sample_dir() -> Path:
    """The folder of the built-in sample: weights, test images, licence, README."""
    return Path(str(files("resources"))) / "sample"


def load_sample_weights() -> dict[str, Tensor]:
    """The trained weights of `fashion_resnet()` as a state dict on the CPU.

    Raises:
        ModelFileError: the file is not there or damaged, so the installation is incomplete.
    """
    path = sample_dir() / WEIGHTS_FILE
    try:
        return load_file(path)
    except Exception as error:  # safetensors raises its own type and plain OSErrors
        raise ModelFileError(
            "The built-in sample can't be read.", cause=f"{path}: {error}", hint="Install ACQ Studio again."
        ) from error
