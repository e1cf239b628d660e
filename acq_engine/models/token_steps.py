"""Finding what to look at in a transformer's steps: its tokens on the grid, and where they attend (OURS).

Nothing is known of the architecture but its steps and the shapes of their results: the last convolution makes the grid,
attention is a softmax or torch's own attention over as many tokens as the grid has, and a few in front of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from acq_engine.models.graph import GraphNetwork, Step, Structure

MOST_PREFIX = 16  # class, distillation and register tokens
LAST = 3  # a part: the last third of the blocks is looked at
ATTENTION, MAP = "token_attention", "token_map"
Shape = tuple[int, ...]


@dataclass
class _Block:
    """One attention over all tokens."""

    place: int
    parts: list[Any]
    scale: float | None
    tokens: int


@dataclass
class _Tokens:
    """What is known of a network's tokens."""

    side: tuple[int, int]
    blocks: list[_Block] = field(default_factory=list)

    @property
    def prefix(self) -> int:
        return self.blocks[-1].tokens - math.prod(self.side) if self.blocks else 0

    def looked_at(self) -> list[_Block]:
        """The last third of the blocks that attend as the last one does."""
        alike = [block for block in self.blocks if block.tokens == self.blocks[-1].tokens]
        return alike[-math.ceil(len(alike) / LAST):]


@torch.no_grad()
def with_token_steps(structure: Structure, network: GraphNetwork, input_shape: Shape) -> tuple[Structure, str]:
    """The steps, and behind them what gives feature maps and attention of the tokens.

    Args:
        structure: Of a network with one convolution, or none behind which there are no tokens.
        network: Made of it, in eval mode on the CPU.
        input_shape: Channels, height, width.

    Returns:
        The longer structure, and what is to be said of the attention map; the same structure and "" where no tokens lie
        on a grid.
    """
    batch = 2
    results = network.results(torch.zeros(batch, *input_shape))
    shapes = {name: tuple(value.shape) for name, value in results.items()
              if isinstance(value, Tensor) and value.is_floating_point()}
    convolutions = [step for step in structure.steps if step.op == "conv2d"]
    if not convolutions:
        return structure, ""
    height, width = shapes[convolutions[-1].name][2:]
    tokens = _Tokens((height, width))
    for place, step in enumerate(structure.steps):
        block = _attention(place, step, shapes, math.prod(tokens.side))
        if block is not None:
            tokens.blocks.append(block)
    source = _features(structure.steps, shapes, tokens, batch)
    if source is None:
        return structure, ""
    taken = {step.name for step in structure.steps} | {step.path.partition(".")[0] for step in structure.steps}
    taken |= {name.partition(".")[0] for name in (*structure.parameters, *structure.buffers)}
    shape = shapes[source]
    side = shape[1:3] if len(shape) == 4 else _side(shape[1] - tokens.prefix, tokens.side)
    added = [_step(MAP, taken, [{"ref": source}], {
        "height": side[0], "width": side[1], "prefix": 0 if len(shape) == 4 else tokens.prefix})]
    said = ("Attention in this model stays within windows, or there is none, so its attention map is the L2 map of the "
            "tokens behind the last block.")
    if tokens.blocks:
        chosen = tokens.looked_at()
        added.append(_step(ATTENTION, taken, [block.parts for block in chosen], {
            "height": height, "width": width, "prefix": tokens.prefix, "scales": [block.scale for block in chosen]}))
        last, every = len(chosen), len(tokens.blocks)
        said = ("The attention map is the class token's attention, averaged over the heads and the last "
                f"{last} of {every} attention layers." if tokens.prefix else
                "The attention map is the attention of all tokens, averaged over them, the heads and the last "
                f"{last} of {every} attention layers.")
    return structure.model_copy(update={"steps": [*structure.steps, *added]}), said


def _step(kind: str, taken: set[str], args: list[Any], options: dict[str, Any]) -> Step:
    name, count = kind, 1
    while name in taken:
        count += 1
        name = f"{kind}_{count}"
    return Step(name=name, op=kind, path=name, args=args, options=options)


def _attention(place: int, step: Step, shapes: dict[str, Shape], places: int) -> _Block | None:
    """The step's attention, if it is over all tokens of the grid."""
    name = step.target.partition(".")[0]
    if step.op == "aten" and name == "scaled_dot_product_attention":
        query, key = (_shape(value, shapes) for value in step.args[:2])
        if query is None or key is None or len(query) != 4 or len(key) != 4 or query[1] != key[1]:
            return None
        mask = step.args[3] if len(step.args) > 3 else step.kwargs.get("attn_mask")
        causal = step.args[5] if len(step.args) > 5 else step.kwargs.get("is_causal")
        found, rows, scale = key[2], query[2], step.kwargs.get("scale")
        if causal:
            return None
        parts = [*step.args[:2], *([] if mask is None else [mask])]
    elif step.op == "aten" and name in ("softmax", "_softmax"):
        shape = shapes.get(step.name)
        if shape is None or len(shape) != 4 or step.args[1] not in (-1, 3):
            return None
        found, rows, scale, parts = shape[3], shape[2], None, [{"ref": step.name}]
    else:
        return None
    if not 0 <= found - places <= MOST_PREFIX or rows not in (found, 1) or places < 2:
        return None
    return _Block(place, parts, scale, found)


def _features(steps: list[Step], shapes: dict[str, Shape], tokens: _Tokens, batch: int) -> str | None:
    """The step whose tokens are looked at: the last sum of a skip connection, else the last tokens of all.

    What the class token alone is read from says nothing of places: of such a network it is the last sum that an
    attention still sees.
    """
    last = tokens.blocks[-1].place if tokens.prefix else len(steps)
    fitting = [step for step in steps[:last] if _on_grid(shapes.get(step.name), tokens, batch)]
    sums = [step for step in fitting if step.target.partition(".")[0] == "add"]
    chosen = (sums or fitting)[-1:]
    return chosen[0].name if chosen else None


def _on_grid(shape: Shape | None, tokens: _Tokens, batch: int) -> bool:
    if shape is None or shape[0] != batch:
        return False
    height, width = tokens.side
    if len(shape) == 4:  # channels last, as in Swin
        return shape[1] > 1 and shape[1] * width == shape[2] * height and height % shape[1] == 0 and shape[3] > shape[1]
    return len(shape) == 3 and math.prod(_side(shape[1] - tokens.prefix, tokens.side)) > 1


def _side(count: int, side: tuple[int, int]) -> tuple[int, int]:
    """Height and width of so many tokens, on the image's grid or a coarser one; (0, 0) where they lie on none."""
    for factor in range(1, min(side) + 1):
        if side[0] % factor == side[1] % factor == 0 and count * factor * factor == math.prod(side):
            return side[0] // factor, side[1] // factor
    return 0, 0


def _shape(value: Any, shapes: dict[str, Shape]) -> Shape | None:
    return shapes.get(value["ref"]) if isinstance(value, dict) and "ref" in value else None
