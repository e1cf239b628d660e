"""Networks as fastai's vision learners build them: a torchvision network without its head, and fastai's own head.

Their state dicts have numbers for names: 0.* is the body, 1.* the head. The head pools by maximum and by mean, and has
two linear layers with batch norm before each; version 1 gave them a bias, later ones do not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn

from acq_engine.models.preprocessing import preset
from acq_engine.models.torchvision_models import build_torchvision

HIDDEN = 512
SIGNATURE, SIGNATURE_V1 = "1.8.weight", "1.8.bias"
SIZE = 224

_CUTS: dict[str, int] = {
    **dict.fromkeys(("resnet18", "resnet34", "resnet50", "resnet101", "resnet152"), -2),
    **dict.fromkeys(("densenet121", "densenet169", "densenet201"), -1),
    **dict.fromkeys(("vgg16_bn", "vgg19_bn"), -2),
}
"""How many of the network's parts are left out at its end."""


class ConcatPool(nn.Module):
    """Maximum and mean over each feature map, (N, 2 C, 1, 1)."""

    def forward(self, x: Tensor) -> Tensor:
        """Pool feature maps (N, C, H, W)."""
        return torch.cat([nn.functional.adaptive_max_pool2d(x, 1), nn.functional.adaptive_avg_pool2d(x, 1)], 1)


def build(base: str, bias: bool, num_classes: int, in_channels: int) -> nn.Module:
    """The network that fastai makes of torchvision's `base`.

    Args:
        base: One of `names`.
        bias: As version 1 of fastai: the linear layers have one.
        num_classes: Length of the logits.
        in_channels: Channels of the input.
    """
    body = nn.Sequential(*list(build_torchvision(base, 1000, in_channels).children())[: _CUTS[base]])
    features = next(value.shape[0] for key, value in reversed(list(body.state_dict().items()))
                    if key.endswith("running_mean"))
    head = nn.Sequential(
        ConcatPool(), nn.Flatten(), nn.BatchNorm1d(2 * features), nn.Dropout(0.25),
        nn.Linear(2 * features, HIDDEN, bias=bias), nn.ReLU(), nn.BatchNorm1d(HIDDEN), nn.Dropout(0.5),
        nn.Linear(HIDDEN, num_classes, bias=bias),
    )
    return nn.Sequential(body, head)


def variants() -> dict[str, tuple[Callable[[int, int], nn.Module], str]]:
    """Builder and signature by name."""
    found: dict[str, tuple[Callable[[int, int], nn.Module], str]] = {}
    for base in _CUTS:
        found[f"fastai_{base}"] = partial(build, base, False), SIGNATURE
        found[f"fastai_v1_{base}"] = partial(build, base, True), SIGNATURE_V1
    return found


USUAL = preset("imagenet", SIZE)
"""fastai normalizes with ImageNet's figures where it begins with published weights."""
