"""The architectures that can be built by name, each with its usual classes and preprocessing.

A new family is one `register` call (or an entry in FAMILIES for names that are made on demand).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from acq_engine.errors import ArchitectureError
from acq_engine.models import builtin, cifar_variants, fastai_models, timm_models
from acq_engine.models.cifar import DEPTHS, CifarResNet
from acq_engine.models.efficientnet_lite import EfficientNetLite0
from acq_engine.models.preprocessing import Preprocessing, preset
from acq_engine.models.torchvision_models import (
    architecture_names,
    build_torchvision,
    default_preprocessing,
    signature_key,
)

Builder = Callable[[int, int], nn.Module]


@dataclass(frozen=True)
class Architecture:
    """A network that can be built.

    Attributes:
        name: What users type, such as "cifar_resnet20".
        family: Where it comes from: sample, cifar, torchvision, efficientnet_lite, fastai, timm.
        build: Called with the number of classes and of input channels; fresh weights, train mode.
        preprocessing: What its published weights are used with.
        num_classes: Of its published weights.
        in_channels: Of its published weights.
        signature: A key that every state dict of this network has; narrows recognition.
    """

    name: str
    family: str
    build: Builder
    preprocessing: Preprocessing
    num_classes: int
    in_channels: int = 3
    signature: str = ""

    def template(self, num_classes: int | None = None, in_channels: int | None = None) -> dict[str, Tensor]:
        """Names and shapes of its state dict, without memory for the values (tensors on the meta device).

        Args:
            num_classes: Length of the logits; None for the usual one.
            in_channels: Channels of the input; None for the usual ones.
        """
        layout = _layout(self.name)
        shapes = dict(layout.template)
        for key in layout.head:
            shapes[key] = _with_side(shapes[key], 0, num_classes or self.num_classes)
        for key in layout.first:
            shapes[key] = _with_side(shapes[key], 1, in_channels or self.in_channels)
        return shapes

    def head_keys(self) -> tuple[str, ...]:
        """State-dict keys whose first axis is the number of classes."""
        return _layout(self.name).head

    def first_keys(self) -> tuple[str, ...]:
        """State-dict keys whose second axis is the number of input channels."""
        return _layout(self.name).first

    def usual_classes(self) -> tuple[int, ...]:
        """The class counts that its published weights have."""
        return (10, 100) if self.family == "cifar" else (self.num_classes,)

    def default_preprocessing(self, num_classes: int, in_channels: int) -> Preprocessing:
        """The preprocessing to assume for weights with so many classes and channels."""
        chosen = self.preprocessing
        if self.family == "cifar" and num_classes == 100:
            chosen = preset("cifar100", chosen.size)
        return chosen.for_channels(in_channels)


@dataclass(frozen=True)
class _Layout:
    template: dict[str, Tensor]
    head: tuple[str, ...]
    first: tuple[str, ...]


# No width of any network: an axis of this length is the number of classes, or of input channels.
_MARKED_CLASSES = 9973
_MARKED_CHANNELS = 9949


_FACTORIES = (torch.empty, torch.zeros, torch.ones, torch.randn, torch.rand)


class _EmptyOnMeta(TorchFunctionMode):
    """Makes new tensors without memory, but leaves alone what a builder computes with (regnet's widths)."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        options = dict(kwargs or {})
        if func in _FACTORIES and options.get("device") is None:  # torch.nn passes device=None
            options["device"] = "meta"
        return func(*args, **options)


def build_empty(entry: Architecture, num_classes: int, in_channels: int) -> nn.Module:
    """The network without memory for its weights: fast, and to be filled with `load_state_dict(assign=True)`.

    Args:
        entry: The architecture.
        num_classes: Length of the logits.
        in_channels: Channels of the input.
    """
    with _EmptyOnMeta():
        return entry.build(num_classes, in_channels)


@lru_cache(maxsize=2048)
def _layout(name: str) -> _Layout:
    entry = architecture(name)
    template = dict(build_empty(entry, _MARKED_CLASSES, _MARKED_CHANNELS).state_dict())
    head = tuple(key for key, value in template.items() if value.dim() and value.shape[0] == _MARKED_CLASSES)
    first = tuple(key for key, value in template.items() if value.dim() > 1 and value.shape[1] == _MARKED_CHANNELS)
    return _Layout(template, head, first)


def _with_side(value: Tensor, axis: int, length: int) -> Tensor:
    shape = list(value.shape)
    shape[axis] = length
    return torch.empty(shape, dtype=value.dtype, device="meta")


def _cifar(depth: int, projection: bool, num_classes: int, in_channels: int) -> nn.Module:
    return CifarResNet(depth, num_classes, in_channels, projection)


def _builtin() -> dict[str, Architecture]:
    grey = Preprocessing(builtin.INPUT_SIZE, builtin.MEAN, builtin.STD)
    found = [
        Architecture(builtin.ARCHITECTURE, "sample", builtin.fashion_resnet, grey, 10, 1,
                     "layer3.0.downsample.0.weight")
    ]
    for depth in DEPTHS:
        usual = preset("cifar10", 32)
        found.append(Architecture(f"cifar_resnet{depth}", "cifar", partial(_cifar, depth, True), usual, 10,
                                  signature="layer3.2.conv2.weight"))
        found.append(Architecture(f"cifar_resnet{depth}_a", "cifar", partial(_cifar, depth, False), usual, 10,
                                  signature="layer3.2.conv2.weight"))
    found.append(Architecture("efficientnet_lite0", "efficientnet_lite", EfficientNetLite0,
                              preset("efficientnet_lite", 224), 1000, signature="_conv_stem.weight"))
    for name in architecture_names():
        found.append(Architecture(name, "torchvision", partial(build_torchvision, name), default_preprocessing(name),
                                  1000, signature=signature_key(name)))
    # Behind torchvision's, which some of them equal in names and shapes: see `usual_classes`.
    for name, build in cifar_variants.variants().items():
        found.append(Architecture(name, "cifar", build, preset("cifar10", 32), 10,
                                  signature=cifar_variants.signature(name)))
    for name, (build, signature) in fastai_models.variants().items():
        found.append(Architecture(name, "fastai", build, fastai_models.USUAL, 1000, signature=signature))
    return {entry.name: entry for entry in found}


@lru_cache(maxsize=2048)
def _timm(name: str) -> Architecture:
    found = timm_models.describe(name)
    return Architecture(name, "timm", partial(timm_models.build, name), found.preprocessing, found.num_classes,
                        found.in_channels)


@lru_cache(maxsize=1)
def architectures() -> dict[str, Architecture]:
    """Every architecture by name."""
    return _builtin()


def architecture(name: str) -> Architecture:
    """The architecture called `name`; "timm/NAME" is one of timm's, if that is installed.

    Raises:
        ModelError: a name of timm's, and timm is not installed.
        ArchitectureError: there is none of that name; the hint names the most similar ones.
    """
    known = architectures()
    if name in known:
        return known[name]
    if name.startswith(timm_models.PREFIX):
        return _timm(name)
    wanted = timm_models.plain_name(name)
    own = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)
    # timm's names are many; they come first only where one is nearer than all others.
    others = [timm_models.PREFIX + found for found in timm_models.similar(wanted)] if wanted not in own else []
    similar = sorted((*own, *others), key=lambda found: -difflib.SequenceMatcher(
        None, wanted, found.removeprefix(timm_models.PREFIX)).ratio())[:3]
    raise ArchitectureError(
        f"There is no architecture called {name!r}.",
        cause=f"Similar names: {', '.join(similar)}." if similar else "",
        hint="`acq models` lists every architecture.",
    )
