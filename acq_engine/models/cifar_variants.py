"""VGG, MobileNetV2 and ShuffleNetV2 as they are usual for 32x32 images: the same layers, fewer strides.

Key names and shapes are those of the widely used CIFAR checkpoints, which follow torchvision's. MobileNetV2 and
ShuffleNetV2 can't be told from torchvision's by their weights, since strides leave no trace there; the number of
classes decides (`recognition`). Sources: Simonyan and Zisserman 2015; Sandler et al. 2018; Ma et al. 2018.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torchvision.models as zoo
from torch import nn

from acq_engine.models.torchvision_models import replace_first_convolution

VGG_DEPTHS = (11, 13, 16, 19)
MOBILENET_WIDTHS = (0.5, 0.75, 1.0, 1.4)
SHUFFLENET_WIDTHS: dict[float, tuple[int, ...]] = {
    0.5: (24, 48, 96, 192, 1024), 1.0: (24, 116, 232, 464, 1024), 1.5: (24, 176, 352, 704, 1024),
    2.0: (24, 244, 488, 976, 2048),
}
# Expansion, channels, blocks, stride of the first block; the second row's stride is 2 for large images.
_MOBILENET_STAGES = [
    [1, 16, 1, 1], [6, 24, 2, 1], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1],
]
HIDDEN = 512

SIGNATURES = {
    "cifar_vgg": "features.0.weight", "cifar_mobilenetv2": "features.0.0.weight",
    "cifar_shufflenetv2": "stage2.0.branch1.0.weight",
}


def cifar_vgg(depth: int, num_classes: int, in_channels: int) -> nn.Module:
    """VGG with batch norm; after five halvings one pixel is left, so the first linear layer sees 512 values.

    Args:
        depth: 11, 13, 16 or 19.
        num_classes: Length of the logits.
        in_channels: Channels of the image.
    """
    network: nn.Module = zoo.get_model(f"vgg{depth}_bn", weights=None, num_classes=1, init_weights=False)
    network.avgpool = nn.Identity()
    network.classifier = nn.Sequential(
        nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Dropout(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Dropout(),
        nn.Linear(HIDDEN, num_classes),
    )
    return _for_channels(network, in_channels)


def cifar_mobilenet(width: float, num_classes: int, in_channels: int) -> nn.Module:
    """MobileNetV2 that halves the image three times instead of five.

    Args:
        width: Factor on all channels.
        num_classes: Length of the logits.
        in_channels: Channels of the image.
    """
    network: nn.Module = zoo.MobileNetV2(
        num_classes=num_classes, width_mult=width, inverted_residual_setting=_MOBILENET_STAGES
    )
    _keep_size(network, "features.0.0")
    return _for_channels(network, in_channels)


def cifar_shufflenet(width: float, num_classes: int, in_channels: int) -> nn.Module:
    """ShuffleNetV2 that halves the image three times instead of five.

    Args:
        width: One of SHUFFLENET_WIDTHS.
        num_classes: Length of the logits.
        in_channels: Channels of the image.
    """
    network: nn.Module = zoo.ShuffleNetV2([4, 8, 4], list(SHUFFLENET_WIDTHS[width]), num_classes=num_classes)
    _keep_size(network, "conv1.0")
    network.maxpool = nn.Identity()
    return _for_channels(network, in_channels)


def _keep_size(network: nn.Module, path: str) -> None:
    convolution = network.get_submodule(path)
    assert isinstance(convolution, nn.Conv2d)
    convolution.stride = (1, 1)


def _for_channels(network: nn.Module, in_channels: int) -> nn.Module:
    if in_channels != 3:
        replace_first_convolution(network, in_channels)
    return network


def variants() -> dict[str, Callable[[int, int], nn.Module]]:
    """Builders (classes, channels) by name, such as "cifar_mobilenetv2_x0_5"."""
    found: dict[str, Callable[[int, int], nn.Module]] = {
        f"cifar_vgg{depth}_bn": partial(cifar_vgg, depth) for depth in VGG_DEPTHS
    }
    found |= {f"cifar_mobilenetv2_{_suffix(width)}": partial(cifar_mobilenet, width) for width in MOBILENET_WIDTHS}
    found |= {f"cifar_shufflenetv2_{_suffix(width)}": partial(cifar_shufflenet, width) for width in SHUFFLENET_WIDTHS}
    return found


def signature(name: str) -> str:
    """A key that every state dict of the variant's family has."""
    return next(key for family, key in SIGNATURES.items() if name.startswith(family))


def _suffix(width: float) -> str:
    return f"x{width}".replace(".", "_")
