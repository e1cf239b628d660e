"""Statistics for networks that keep none: measured behind their layers, on images drawn by rules (OURS).

Samples are learned from what batch norms remember of the training. A network without batch norm, or one whose batch
norms were folded into its convolutions (as in most ONNX files), remembers nothing. But what its convolutions put out on
images with the edges and plain areas of photographs is near to what they put out on photographs, and far from what they
put out on noise. So each convolution gets a layer behind it that keeps mean and variance of that, and changes nothing.
A transformer has one convolution, in front of everything that matters: there it is each linear layer that sees tokens
as well.

These are targets of a lesser kind: they hold for drawn images, not for those that the network was trained with. The
program says so wherever it says what the model is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from acq_engine.errors import NoBatchNormError
from acq_engine.models.drawn_images import draw_procedural_images
from acq_engine.models.exporting import convert_module
from acq_engine.models.graph import GraphNetwork, Step, Structure, build_network
from acq_engine.models.probe import batch_norm_paths
from acq_engine.models.token_steps import with_token_steps

IMAGES = 64
PIXELS = 16 * 224 * 224  # of images that are passed at once
FEWEST = 2  # layers that see places: convolutions, or where there are fewer of them linear layers of tokens
SHARE = 4  # a batch norm for every so many convolutions is enough; exporters fold some, and leave others
EPS = 1e-5
KINDS = {"conv2d": "statistics", "linear": "token_statistics"}
FLOAT_PARTS = ("Linear layers are quantized; layer norm, softmax, GELU and products of two tensors are computed in "
               "float between them.")


@dataclasses.dataclass(frozen=True)
class Measured:
    """The network as data, with layers that keep statistics.

    Attributes:
        network: In eval mode; its answers are the original's but for rounding.
        structure: As JSON.
        notes: What is to be said of it, a sentence each.
    """

    network: GraphNetwork
    structure: str
    notes: tuple[str, ...]


def needs_measured_statistics(module: nn.Module) -> bool:
    """Whether it keeps no statistics, or hardly any."""
    layers = sum(isinstance(child, nn.Conv2d) for child in module.modules())
    norms = len(batch_norm_paths(module))
    return not norms or SHARE * norms < layers


def with_measured_statistics(
    module: nn.Module, input_shape: tuple[int, int, int], mean: Sequence[float], std: Sequence[float]
) -> Measured:
    """A network without batch norm, and statistics behind each of its convolutions, or of a transformer's layers.

    Args:
        module: In eval mode on the CPU, float32.
        input_shape: Channels, height, width.
        mean: Subtracted from each channel, in 0..1 pixel units.
        std: Divides each channel after that.

    Raises:
        NoBatchNormError: it has hardly any layers that see places.
        ArchitectureError: it can't be traced.
    """
    layers = sum(isinstance(child, nn.Conv2d | nn.Linear) for child in module.modules())
    if not isinstance(module, GraphNetwork) and layers < FEWEST:  # spares a trace that serves nothing
        raise _too_few(layers)
    converted = convert_module(module, input_shape)
    structure, state = converted.structure, converted.state
    plain = build_network(structure, state)
    every = list(dict.fromkeys(step.path for step in structure.steps if step.op == "conv2d"))
    if len(every) < FEWEST:
        return _of_tokens(plain, structure, state, input_shape, mean, std)
    normalised = {step.args[0]["ref"] for step in structure.steps if step.op == "batch_norm"}
    paths = list(dict.fromkeys(
        step.path for step in structure.steps if step.op == "conv2d" and step.name not in normalised))
    found = _measured(plain, paths, _images(input_shape, mean, std))
    whole = _with_layers(structure, {path: len(found[path][0]) for path in paths})
    norms = len(batch_norm_paths(plain))
    return Measured(build_network(whole, state | _state(found)), whole.model_dump_json(), (
        f"Only {norms} of this model's {len(every)} convolutions have a batch norm." if norms
        else "This model has no batch norm.",
        f"Statistics behind {len(paths)} convolutions were measured on drawn images, and samples are learned from "
        "those instead of the training's. The eval/train losses have nothing to compare.",
    ))


def _of_tokens(
    plain: GraphNetwork, structure: Structure, state: dict[str, Tensor], input_shape: tuple[int, int, int],
    mean: Sequence[float], std: Sequence[float],
) -> Measured:
    """Of a transformer, or a network built like one.

    Raises:
        NoBatchNormError: it has hardly any layers that see places.
    """
    batch = 2
    with torch.no_grad():
        results = plain.results(torch.zeros(batch, *input_shape))
    # A layer with more rows than images sees tokens, whatever shape they come in.
    paths = list(dict.fromkeys(
        step.path for step in structure.steps
        if step.op == "conv2d" or (step.op == "linear" and results[step.name][..., 0].numel() > batch)))
    if len(paths) < FEWEST:
        raise _too_few(len(paths))
    found = _measured(plain, paths, _images(input_shape, mean, std))
    whole = _with_layers(structure, {path: len(found[path][0]) for path in paths})
    whole, attention = with_token_steps(whole, build_network(whole, state | _state(found)), input_shape)
    return Measured(build_network(whole, state | _state(found)), whole.model_dump_json(), (
        "This model has no batch norm.",
        f"Statistics behind {len(paths)} layers that see tokens were measured on drawn images, and samples are learned "
        "from those instead of the training's. The eval/train losses have nothing to compare.",
        *([attention] if attention else []),
        FLOAT_PARTS,
    ))


def _too_few(layers: int) -> NoBatchNormError:
    return NoBatchNormError(
        "This model has no batch norm and hardly any other layers that see images, so it can't be quantized without "
        "data.",
        cause="Samples are learned from statistics of batch norms, of convolutions, or of a transformer's linear "
        f"layers; it has {layers} of these layers.",
        hint="Choose a convolutional network, such as a ResNet or a ConvNeXt, or a vision transformer.",
    )


def _name(path: str) -> str:
    return f"{path}_statistics"


def _images(shape: tuple[int, int, int], mean: Sequence[float], std: Sequence[float]) -> Tensor:
    averages, deviations = torch.tensor(mean), torch.tensor(std)
    stream = torch.Generator().manual_seed(0)
    return draw_procedural_images(IMAGES, shape, -averages / deviations, (1 - averages) / deviations, stream)


@torch.no_grad()
def _measured(network: nn.Module, paths: Sequence[str], images: Tensor) -> dict[str, tuple[Tensor, Tensor]]:
    """Mean and variance (C,) of what each layer puts out, over all its calls."""
    sums: dict[str, list[Any]] = {path: [0.0, 0.0, 0] for path in paths}

    def watch(path: str) -> Any:
        def hook(module: nn.Module, _inputs: Any, output: Tensor) -> None:
            rows = output.movedim(1, -1) if isinstance(module, nn.Conv2d) else output
            values, sum_ = rows.flatten(0, -2).double(), sums[path]
            sum_[0] = sum_[0] + values.sum(0)
            sum_[1] = sum_[1] + values.square().sum(0)
            sum_[2] += len(values)

        return hook

    handles = [network.get_submodule(path).register_forward_hook(watch(path)) for path in paths]
    try:
        for part in images.split(max(1, PIXELS // images[0, 0].numel())):
            network(part)
    finally:
        for handle in handles:
            handle.remove()
    return {
        path: ((total / count).float(), (squares / count - (total / count).square()).clamp_min(0).float())
        for path, (total, squares, count) in sums.items()
    }


def _state(found: dict[str, tuple[Tensor, Tensor]]) -> dict[str, Tensor]:
    """The weights of the layers that keep what was found."""
    state: dict[str, Tensor] = {}
    for path, (average, variance) in found.items():
        state |= {
            f"{_name(path)}.running_mean": average, f"{_name(path)}.running_var": variance,
            f"{_name(path)}.weight": (variance + EPS).sqrt(), f"{_name(path)}.bias": average.clone(),
            f"{_name(path)}.num_batches_tracked": torch.tensor(0),
        }
    return state


def _with_layers(structure: Structure, channels: dict[str, int]) -> Structure:
    """The steps, with one behind each layer that later steps see in its place."""
    steps: list[Step] = []
    moved: dict[str, str] = {}

    def follow(item: Any) -> Any:
        if isinstance(item, list):
            return [follow(part) for part in item]
        if isinstance(item, dict) and "ref" in item:
            return {"ref": moved.get(item["ref"], item["ref"])}
        return item

    for step in structure.steps:
        steps.append(step.model_copy(update={"args": follow(step.args),
                                             "kwargs": {key: follow(item) for key, item in step.kwargs.items()}}))
        if step.op in KINDS and step.path in channels:
            name = f"{step.name}_statistics"
            steps.append(Step(name=name, op=KINDS[step.op], path=_name(step.path), args=[{"ref": step.name}], options={
                "num_features": channels[step.path], "eps": EPS}))
            moved[step.name] = name
    return structure.model_copy(update={"steps": steps, "output": moved.get(structure.output, structure.output)})
