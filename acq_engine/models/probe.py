"""One forward pass that watches every module: output shapes, order of execution, attention-layer candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.errors import ModelError, first_line

# Their outputs are another layer's, made smaller or copied; attention is read at that other layer.
_NOT_ATTENTION = (
    nn.Conv2d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d, nn.AvgPool2d, nn.MaxPool2d, nn.Dropout, nn.Dropout2d,
    nn.Identity, nn.Flatten,
)


@dataclass(frozen=True, slots=True)
class Call:
    """What one module did in the forward pass.

    Attributes:
        path: The module's path, such as "layer3.2".
        shape: Shape of its output; None when that is not one tensor.
        order: When it ended, counted from 0.
        calls: How often it ran.
        identity: Equal for modules that gave back the very same tensor.
        floating: The output holds floating-point numbers.
    """

    path: str
    shape: tuple[int, ...] | None
    order: int
    calls: int
    identity: int
    floating: bool


def probe(module: nn.Module, input_shape: tuple[int, int, int], batch: int = 1) -> dict[str, Call]:
    """Run `module` once on zeros and record every submodule's last call, in order of execution.

    Args:
        module: A classifier in eval mode on the CPU.
        input_shape: Channels, height, width.
        batch: Images in the batch.

    Raises:
        ModelError: the network can't take an input of that shape.
    """
    calls: dict[str, Call] = {}
    alive: list[Tensor] = []  # keeps every output, so that identities stay unique
    handles = []
    order = 0

    def hook_for(path: str) -> Any:
        def hook(_module: nn.Module, _inputs: Any, output: Any) -> None:
            nonlocal order
            before = calls.pop(path).calls if path in calls else 0
            is_tensor = isinstance(output, Tensor)
            if is_tensor:
                alive.append(output)
            calls[path] = Call(
                path, tuple(output.shape) if is_tensor else None, order, before + 1, id(output),
                is_tensor and output.is_floating_point(),
            )
            order += 1

        return hook

    for path, child in module.named_modules():
        handles.append(child.register_forward_hook(hook_for(path)))
    try:
        with torch.inference_mode():
            module(torch.zeros(batch, *input_shape))
    except Exception as error:  # a network may fail on an unfit size in any way
        channels, height, width = input_shape
        raise ModelError(
            f"The model can't process an image of {width} x {height} pixels with {channels} channel(s).",
            cause=first_line(error),
            hint="Set the input size that the model was trained with.",
        ) from error
    finally:
        for handle in handles:
            handle.remove()
    return calls


def attention_layers(module: nn.Module, calls: dict[str, Call]) -> tuple[str, ...]:
    """Modules whose output is a stack of feature maps, the last executed first (OURS; docs/method.md, section 1).

    Of several modules that return the same tensor the outermost is named ("layer3", not "layer3.2").
    Modules that run more than once are left out: a tap on them would be ambiguous. Of a transformer it is what was made
    for this (`acq_engine.models.token_layers`): heads times tokens are no feature maps, whatever their shape.

    Args:
        module: The network that was probed.
        calls: What `probe` returned.
    """
    outermost: dict[int, Call] = {}
    of_tokens = {path for path, child in module.named_modules() if getattr(child, "token_map", False)}
    for call in calls.values():
        shape = call.shape
        if of_tokens and call.path not in of_tokens:
            continue
        if not call.path or call.calls != 1 or not call.floating or shape is None or len(shape) != 4:
            continue
        child = module.get_submodule(call.path)
        # `attention` is what an Operation of `acq_engine.models.graph` says about itself.
        # Images are square, and so are their maps: what isn't has its channels last, as in front of a layer norm.
        if shape[2] * shape[3] <= 1 or shape[2] != shape[3]:
            continue
        if isinstance(child, _NOT_ATTENTION) or not getattr(child, "attention", True):
            continue
        known = outermost.get(call.identity)
        if known is None or call.path.count(".") <= known.path.count("."):
            outermost[call.identity] = call
    return tuple(call.path for call in sorted(outermost.values(), key=lambda call: -call.order))


def batch_norm_paths(module: nn.Module) -> list[str]:
    """Paths of the batch-norm layers that keep running statistics."""
    return [
        path for path, child in module.named_modules()
        if isinstance(child, _BatchNorm) and child.running_mean is not None and child.running_var is not None
    ]
