"""Models that were trained on images with the channels blue, green, red (OURS).

Nothing else of the program needs to know: the first layer's weights are put into the order of the images that are read.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError

COLOURS = 3


@torch.no_grad()
def take_rgb(module: nn.Module, input_shape: tuple[int, int, int]) -> None:
    """Let a network for images in the order blue, green, red take red, green, blue, in place.

    Args:
        module: In eval mode on the CPU.
        input_shape: Channels, height, width.

    Raises:
        ArchitectureError: its first layer is no convolution of three channels, or other layers see the image too.
    """
    x = torch.linspace(-1, 1, 2 * input_shape[0] * input_shape[1] * input_shape[2]).reshape(2, *input_shape)
    first = _first_layers(module, x)
    if len(first) != 1 or input_shape[0] != COLOURS:
        raise _refused(f"{len(first)} convolutions take the image." if first else "No convolution takes the image.")
    wanted = module(x.flip(1))
    first[0].weight.data = first[0].weight.flip(1).contiguous()
    if not torch.allclose(module(x), wanted, rtol=1e-4, atol=1e-4 * float(wanted.abs().max())):
        raise _refused("Other parts of the model use the image as well.")


def _first_layers(module: nn.Module, x: Tensor) -> list[nn.Conv2d]:
    found: dict[nn.Conv2d, None] = {}

    def watch(layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        if isinstance(layer, nn.Conv2d) and inputs[0] is x and layer.weight.shape[1] == COLOURS:
            found[layer] = None

    handles = [layer.register_forward_pre_hook(watch) for layer in module.modules() if isinstance(layer, nn.Conv2d)]
    try:
        module(x)
    finally:
        for handle in handles:
            handle.remove()
    return list(found)


def _refused(cause: str) -> ArchitectureError:
    return ArchitectureError(
        "The channel order of this model can't be changed.", cause=cause,
        hint="Change it in the model's source: x.flip(1) at the beginning of forward.",
    )
