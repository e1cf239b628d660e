"""timm's classifiers by name, where timm is installed (`pip install acq-studio[timm]`)."""

from __future__ import annotations

import difflib
import importlib.util
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from torch import nn

from acq_engine.errors import ArchitectureError, ModelError
from acq_engine.models.preprocessing import Interpolation, Preprocessing

PREFIX = "timm/"
WEIGHTS_FILE = "model.safetensors"

USUAL: tuple[str, ...] = (
    "repvgg_a0", "repvgg_b0", "hardcorenas_a", "mobileone_s0", "mobileone_s1", "dla34", "tf_efficientnet_lite0",
    "efficientnet_lite0", "tf_efficientnet_b0", "efficientnet_b0", "mobilenetv2_100", "mobilenetv2_050",
    "mobilenetv3_large_100", "mobilenetv3_small_100", "mnasnet_100", "semnasnet_100", "fbnetc_100", "spnasnet_100",
    "rexnet_100", "ghostnet_100", "lcnet_050", "tinynet_a", "mixnet_s", "regnety_004", "regnetx_004", "resnet26d",
    "resnet50d", "seresnet50", "skresnet18", "resnest14d", "res2net50_26w_4s", "ese_vovnet19b_dw", "hrnet_w18_small",
    "selecsls42b", "cspresnet50", "darknet53", "inception_v4", "xception41", "gernet_s",
)
"""Networks with batch norm that recognition tries."""

TRANSFORMERS: tuple[str, ...] = (
    "vit_tiny_patch16_224", "vit_small_patch16_224", "vit_base_patch16_224", "deit_tiny_patch16_224",
    "deit_small_patch16_224", "deit_base_patch16_224", "deit_tiny_distilled_patch16_224",
    "deit_small_distilled_patch16_224", "vit_small_patch32_224", "vit_base_patch32_224",
    "swin_tiny_patch4_window7_224", "swin_small_patch4_window7_224", "swin_base_patch4_window7_224",
    "deit3_small_patch16_224", "mixer_s32_224", "mixer_b16_224",
)
"""Networks of tokens that recognition tries."""

CONVNEXTS: tuple[str, ...] = (
    "convnext_atto", "convnext_pico", "convnext_nano", "convnext_tiny", "convnext_small", "convnext_base",
    "convnextv2_atto", "convnextv2_nano", "convnextv2_tiny",
)
WITHOUT_BATCH_NORM: tuple[str, ...] = (
    "resnet50_gn", "resnetv2_50x1_bit", "nf_resnet26", "nf_resnet50", "nf_regnet_b1", "eca_nfnet_l0", "eca_nfnet_l1",
    "dm_nfnet_f0",
)
"""Convolutional networks with group norm, or with standardised weights and no norm."""

STATISTICS = "running_mean"
"""How a key ends that a state dict has where there is batch norm."""

TOKENS, DEPTHWISE = "patch_embed.proj.weight", "stages.0.blocks.0.conv_dw.weight"
"""Keys that all state dicts of transformers and of ConvNeXts have."""


@dataclass(frozen=True, slots=True)
class Description:
    """What timm says about a network's published weights."""

    preprocessing: Preprocessing
    num_classes: int
    in_channels: int


def installed() -> bool:
    """timm can be imported."""
    return importlib.util.find_spec("timm") is not None


def usual_names(keys: Collection[str] | None = None) -> tuple[str, ...]:
    """The names that recognition tries, with the prefix; none without timm.

    Args:
        keys: Of a state dict: only the names that are tried for it. None: all.
    """
    if keys is None:
        tried = (*USUAL, *TRANSFORMERS, *CONVNEXTS, *WITHOUT_BATCH_NORM)
    elif TOKENS in keys:
        tried = TRANSFORMERS
    elif DEPTHWISE in keys and not any(key.endswith(STATISTICS) for key in keys):
        tried = CONVNEXTS
    else:
        tried = USUAL if any(key.endswith(STATISTICS) for key in keys) else WITHOUT_BATCH_NORM
    return tuple(PREFIX + name for name in tried if name in _all_names()) if installed() else ()


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    import timm

    return frozenset(timm.list_models())


def _plain(name: str) -> str:
    """timm's own name, after a look whether it is there.

    Raises:
        ModelError: timm is not installed.
        ArchitectureError: it has no such network.
    """
    if not installed():
        raise ModelError(
            f"{name} needs the package timm, which is not installed.", hint="Install it: pip install timm"
        )
    plain = name.removeprefix(PREFIX)
    network, _, tag = plain.partition(".")
    if network not in _all_names():
        near = [PREFIX + found for found in similar(plain_name(name))]
        raise ArchitectureError(
            f"timm has no model called {plain!r}.", cause=f"Similar names: {', '.join(near)}." if near else "",
            hint="timm.list_models() lists them.",
        )
    tags = _tags(network) if tag else ()
    if tag and tag not in tags:
        raise ArchitectureError(
            f"timm has no weights {tag!r} of {network}.", cause=f"It has: {', '.join(tags) or 'none'}.",
            hint=f"Omit the tag for the usual weights: {PREFIX}{network}.",
        )
    return plain


def plain_name(name: str) -> str:
    """A network's name as most libraries write it, from "timm:resnet26d.bt_in1k" or "ViT-Tiny"."""
    return re.split(r"[/:]", name.lower())[-1].partition(".")[0].replace("-", "_")


def similar(plain: str) -> tuple[str, ...]:
    """At most three of timm's names like this one, or this one itself; none without timm."""
    if not installed():
        return ()
    every = _all_names()
    return (plain,) if plain in every else tuple(difflib.get_close_matches(plain, every, n=3, cutoff=0.75))


def _tags(network: str) -> tuple[str, ...]:
    """What the published weights of a network are called, such as "a1_in1k"."""
    import timm

    return tuple(name.partition(".")[2] for name in timm.list_pretrained(f"{network}.*"))


def describe(name: str) -> Description:
    """Input size, normalisation, classes and channels of a network's published weights.

    Raises:
        ModelError: timm is not installed.
        ArchitectureError: it has no such network.
    """
    config: Any = _config(_plain(name))
    channels, size, _ = config.input_size
    interpolation: Interpolation = "bicubic" if config.interpolation == "bicubic" else "bilinear"
    resize = round(size / config.crop_pct) if config.crop_pct else None
    mean, std = (tuple(float(value) for value in values) for values in (config.mean, config.std))
    return Description(Preprocessing(size, mean, std, resize, interpolation), config.num_classes or 1000, channels)


def _config(plain: str) -> Any:
    import timm
    from timm.models import PretrainedCfg

    return timm.get_pretrained_cfg(plain) or PretrainedCfg()


def build(name: str, num_classes: int, in_channels: int) -> nn.Module:
    """The network with fresh weights.

    Args:
        name: With the prefix.
        num_classes: Length of the logits.
        in_channels: Channels of the image.
    """
    import timm

    module: nn.Module = timm.create_model(
        name.removeprefix(PREFIX), pretrained=False, num_classes=num_classes, in_chans=in_channels
    )
    return module


def weights_location(name: str) -> tuple[str, str] | None:
    """Where timm's hub keeps the published weights: repository and file; None where there are none.

    Raises:
        ModelError: timm is not installed.
        ArchitectureError: it has no such network.
    """
    config = _config(_plain(name))
    return (config.hf_hub_id, config.hf_hub_filename or WEIGHTS_FILE) if config.hf_hub_id else None
