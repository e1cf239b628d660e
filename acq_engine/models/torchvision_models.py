"""torchvision's classifiers by name: building them, their published weights and their preprocessing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import torchvision.models as zoo
from torch import nn

from acq_engine.errors import ArchitectureError
from acq_engine.models.preprocessing import Interpolation, Preprocessing, preset

WITH_AUXILIARY_HEADS = ("googlenet", "inception_v3")
"""Networks whose extra training heads are left out: they add nothing to the answer."""

AUXILIARY_PREFIXES = ("aux1.", "aux2.", "AuxLogits.")
"""State-dict keys of those heads; they are dropped when weights are loaded."""

# A key that every state dict of a family has; the longest matching name decides.
SIGNATURES: dict[str, str] = {
    "alexnet": "features.0.weight",
    "convnext": "features.0.0.weight",
    "densenet": "features.denseblock1.denselayer1.norm1.weight",
    "efficientnet": "features.0.0.weight",
    "googlenet": "inception3a.branch1.conv.weight",
    "inception": "Mixed_5b.branch1x1.conv.weight",
    "maxvit": "stem.0.0.weight",
    "mnasnet": "layers.0.weight",
    "mobilenet": "features.0.0.weight",
    "regnet": "stem.0.weight",
    "resnet": "layer4.0.conv1.weight",
    "resnext": "layer4.0.conv1.weight",
    "shufflenet": "stage2.0.branch1.0.weight",
    "squeezenet": "features.3.squeeze.weight",
    "swin": "features.0.0.weight",
    "vgg": "features.0.weight",
    "vit": "class_token",
    "wide_resnet": "layer4.0.conv1.weight",
}


IMAGENET_CLASSES = 1000


@lru_cache(maxsize=1)
def imagenet_class_names() -> tuple[str, ...]:
    """The names of ImageNet's 1,000 classes, as torchvision's published weights list them."""
    return tuple(str(name) for name in zoo.ResNet18_Weights.DEFAULT.meta["categories"])


@lru_cache(maxsize=1)
def architecture_names() -> tuple[str, ...]:
    """The names of torchvision's classifiers, in alphabetical order."""
    return tuple(zoo.list_models(zoo))


def signature_key(name: str) -> str:
    """A state-dict key that every network of `name`'s family has; empty where none is known."""
    families = [family for family in SIGNATURES if name.startswith(family)]
    return SIGNATURES[max(families, key=len)] if families else ""


def default_preprocessing(name: str) -> Preprocessing:
    """What torchvision's classifiers are usually given: ImageNet's mean and deviation, 224 px (Inception 299 px)."""
    return with_own_range(name, preset("imagenet", 299 if name == "inception_v3" else 224))


def published_preprocessing(name: str, file_name: str) -> Preprocessing | None:
    """What torchvision's published weights of a network are used with; None where there are none.

    Args:
        name: The network's.
        file_name: Of the weights: torchvision's own names tell which ones they are. For others, its latest are taken.
    """
    published = zoo.get_model_weights(name)
    if not len(published):
        return None
    latest = published.DEFAULT
    chosen = next((weights for weights in published if weights.url.rsplit("/", 1)[-1] == file_name), latest)
    return with_own_range(name, transforms_preprocessing(chosen.transforms()))


def with_own_range(name: str, preprocessing: Preprocessing) -> Preprocessing:
    """GoogLeNet and Inception were trained on [-1, 1]; torchvision undoes ImageNet's normalisation inside them.

    Here that is left out of the network, so images have to come in its own range.
    """
    if name not in WITH_AUXILIARY_HEADS:
        return preprocessing
    return replace(preprocessing, mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))


def build_torchvision(name: str, num_classes: int = 1000, in_channels: int = 3) -> nn.Module:
    """A torchvision classifier with fresh weights; auxiliary heads are left out.

    Args:
        name: One of `architecture_names()`.
        num_classes: Length of the logits.
        in_channels: Channels of the image; other than 3 replaces the first convolution.

    Raises:
        ArchitectureError: the network can't take so many channels.
    """
    options: dict[str, Any] = {"weights": None, "num_classes": num_classes}
    if name in WITH_AUXILIARY_HEADS:
        # init_weights only costs time here: every value is replaced by the trained one.
        options |= {"aux_logits": False, "init_weights": False}
    module: nn.Module = zoo.get_model(name, **options)
    if in_channels != 3:
        replace_first_convolution(module, in_channels)
    return module


def replace_first_convolution(module: nn.Module, in_channels: int) -> None:
    """Let the first convolution take `in_channels` channels; its weights are fresh.

    Raises:
        ArchitectureError: there is no convolution.
    """
    for path, child in module.named_modules():
        if isinstance(child, nn.Conv2d):
            parent_path, _, leaf = path.rpartition(".")
            fresh = nn.Conv2d(
                in_channels, child.out_channels, child.kernel_size, child.stride, child.padding,  # type: ignore[arg-type]
                child.dilation, child.groups, child.bias is not None, child.padding_mode,  # type: ignore[arg-type]
            )
            setattr(module.get_submodule(parent_path), leaf, fresh)
            return
    raise ArchitectureError(f"This model can't take {in_channels} channels.", cause="It has no convolution.")


def transforms_preprocessing(transforms: Any) -> Preprocessing:
    """Read the preprocessing off the transforms of torchvision's published weights.

    Args:
        transforms: An `ImageClassification` preset of torchvision.
    """
    interpolation: Interpolation = "bilinear"
    if transforms.interpolation.value in ("nearest", "bilinear", "bicubic"):
        interpolation = transforms.interpolation.value
    return Preprocessing(
        int(transforms.crop_size[0]),
        tuple(float(value) for value in transforms.mean),
        tuple(float(value) for value in transforms.std),
        int(transforms.resize_size[0]),
        interpolation,
    )
