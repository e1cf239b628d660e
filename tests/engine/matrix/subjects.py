"""The networks of the conversion matrix, with the smallest picture that each can take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torchvision.models import DenseNet

from acq_engine.models.registry import architecture
from tests.engine.matrix import own_networks as own

CLASSES = 7


@dataclass(frozen=True)
class Subject:
    """One network: its name, how it is built, the side of its picture in pixels, whether it takes long."""

    name: str
    build: Callable[[], nn.Module]
    size: int = 32
    slow: bool = False


def _named(name: str) -> nn.Module:
    return architecture(name).build(CLASSES, 3)


def named(name: str, size: int = 32, *, slow: bool = False) -> Subject:
    """An architecture of the registry."""
    return Subject(name, partial(_named, name), size, slow)


def _vgg(name: str) -> nn.Module:
    """A VGG with 512 instead of 4,096 hidden units: the others would be 120 million weights alike."""
    net = _named(name)
    head = net.get_submodule("classifier")
    assert isinstance(head, nn.Sequential)
    head[0], head[3], head[6] = nn.Linear(512 * 7 * 7, 512), nn.Linear(512, 512), nn.Linear(512, CLASSES)
    return net


def _densenet() -> nn.Module:
    """DenseNet-121 with three layers in each block instead of 6 to 24: each of them sees all those in front of it."""
    return DenseNet(block_config=(3, 3, 3, 3), num_classes=CLASSES)


OWN = tuple(
    Subject(kind.__name__, kind)
    for kind in (own.LeakyNet, own.FunctionalNet, own.SharedNet, own.GroupedNet, own.ExciteNet, own.ConcatNet)
)

# wide_resnet50_2 is resnet50 and vgg16_bn is vgg11_bn with more of the same; benchmarks.matrix has them.
REGISTERED = (
    named("cifar_resnet20"), named("cifar_resnet32_a"), named("resnet18"), named("resnet50", slow=True),
    named("resnext50_32x4d", slow=True), named("mobilenet_v2"),
    named("mobilenet_v3_small"), named("mobilenet_v3_large", slow=True),
    Subject("vgg11_bn", partial(_vgg, "vgg11_bn")),
    Subject("densenet", _densenet), named("shufflenet_v2_x1_0"), named("efficientnet_b0", slow=True),
    named("regnet_y_400mf", slow=True), named("googlenet"), named("inception_v3", 96, slow=True),
    named("mnasnet1_0", slow=True), named("efficientnet_lite0"),
)

TIMM = tuple(
    named(f"timm/{name}", slow=True) for name in ("efficientnet_lite0", "repvgg_a0", "hardcorenas_a", "dla34")
)


def thinned(net: nn.Module) -> nn.Module:
    """The network without blocks that repeat the one in front of them: deep networks take long, and say no more.

    In a stage the first block changes size, the second has a plain skip connection, and the others are the second
    again. `benchmarks.matrix` tries the whole networks.
    """
    for stage in [module for module in net.modules() if isinstance(module, nn.Sequential)]:
        kept: list[tuple[str, nn.Module]] = []
        shapes: list[object] = []
        for name, block in stage.named_children():
            shape = (type(block), [(path, tuple(value.shape)) for path, value in block.named_parameters()])
            layers = sum(isinstance(part, nn.Conv2d) for part in block.modules())
            if layers > 1 and kept and shapes[-1] == shape:
                continue
            kept.append((name, block))
            shapes.append(shape)
        for name in [name for name, _ in stage.named_children()]:
            delattr(stage, name)
        for name, block in kept:
            stage.add_module(name, block)
    return net


def enliven(net: nn.Module, size: int) -> nn.Module:
    """Batch norms with statistics, scales and shifts as after training, so that no activation is dead."""
    net.train()
    for norm in net.modules():
        if isinstance(norm, _BatchNorm):
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.uniform_(norm.bias, -0.3, 0.3)
            norm.momentum = None  # the average over all batches
    with torch.no_grad():
        for _ in range(2):
            net(torch.randn(8, 3, size, size))
    return net.eval()
