"""Known networks under other names: tensors are matched by their shapes, in the order in which they run (OURS).

A checkpoint lists its layers in the order in which they were defined, which is nearly always that in which they run, or
in that of the alphabet. Layers of equal shapes are matched first with first. A batch norm belongs to the convolution
whose name is most like its own, so that a shortcut that is defined earlier or later does not change places with another
layer. Two layers of one shape that were
defined in another order than they run would be mixed up: that is why the answer is checked (`statistics_check`), and
why the user is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor

from acq_engine.errors import ArchitectureError
from acq_engine.models.registry import Architecture, architectures
from acq_engine.models.weights import COUNTER, State

Shape = tuple[int, ...]
_OTHER_LEAVES = {
    "gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var",
    "moving_var": "running_var", "kernel": "weight", "depthwise_kernel": "weight", "mean": "running_mean",
    "variance": "running_var", "var": "running_var",
}
"""Names of Keras and TensorFlow for what torch calls otherwise."""


_KERAS_STATISTICS = ("moving_mean", "moving_variance")


def refuse_keras(state: State) -> None:
    """Refuse weights in Keras's own layout: kernels are (height, width, in, out) there.

    Raises:
        ArchitectureError: they are.
    """
    leaves = {key: key.replace("/", ".").removesuffix(":0").rpartition(".")[2] for key in state}
    kernels = [state[key] for key, leaf in leaves.items() if leaf == "kernel" and state[key].dim() == 4]
    turned = sum(value.shape[0] == value.shape[1] < 12 and value.shape[2:] != value.shape[:2] for value in kernels)
    if kernels and 2 * turned > len(kernels) and any(leaf in _KERAS_STATISTICS for leaf in leaves.values()):
        raise ArchitectureError(
            "The weights are Keras's, not a PyTorch model's.",
            cause=f"{turned} kernels have the order height, width, input, output.",
            hint="Keras usually pads and normalizes otherwise, so its weights alone don't give the same result. "
            "Convert the model to a PyTorch class, and choose its source: CLASS.py:build with --weights and --trust.",
        )


@dataclass
class _Layer:
    """What has one path: tensors by torch's names, and the keys that they have."""

    path: str
    shapes: dict[str, Shape] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def is_norm(self) -> bool:
        return "running_mean" in self.shapes

    @property
    def signature(self) -> tuple[tuple[str, Shape], ...]:
        return tuple(sorted(self.shapes.items()))


def match(state: State) -> list[tuple[Architecture, State]]:
    """The architectures whose layers have the shapes of the weights, and the weights under their names."""
    layers = _layers(state)
    order = _in_order(layers)
    if order is None:
        return []
    found: list[tuple[Architecture, State]] = []
    classes, channels = _classes(layers), _channels(layers)
    counts = sorted(len(layer.shapes) for layer in layers)
    for entry in architectures().values():
        template = entry.template(classes, channels)
        if sum(not key.endswith(COUNTER) for key in template) != sum(counts):
            continue
        wanted = _in_order(_layers(template))
        if wanted is None or wanted.keys() != order.keys():
            continue
        renamed = {
            key: state[order[place].keys[leaf]] for place, layer in wanted.items() for leaf, key in layer.keys.items()
        }
        found.append((entry, renamed))
    return found


def _classes(layers: list[_Layer]) -> int | None:
    """How many answers the last linear layer gives, or where there is none the last convolution."""
    weights = [layer.shapes["weight"] for layer in layers if not layer.is_norm and "weight" in layer.shapes]
    return next((shape[0] for sides in (2, 4) for shape in reversed(weights) if len(shape) == sides), None)


def _channels(layers: list[_Layer]) -> int | None:
    """Of the image: 3 or 1 where a convolution takes so many, else what the first one takes."""
    taken = [layer.shapes["weight"][1] for layer in layers if len(layer.shapes.get("weight", ())) == 4]
    return next((usual for usual in (3, 1) if usual in taken), taken[0] if taken else None)


def _layers(state: Mapping[str, Tensor]) -> list[_Layer]:
    found: dict[str, _Layer] = {}
    for key, value in state.items():
        if key.endswith(COUNTER):
            continue
        path, _, leaf = key.rpartition(".")
        layer = found.setdefault(path, _Layer(path))
        layer.shapes[_OTHER_LEAVES.get(leaf, leaf)] = tuple(value.shape)
        layer.keys[_OTHER_LEAVES.get(leaf, leaf)] = key
    return list(found.values())


def _in_order(layers: list[_Layer]) -> dict[object, _Layer] | None:
    """Each layer by what tells it apart from all others: its shapes, and the how manieth with these it is."""
    if not all(layer.shapes for layer in layers):
        return None
    places: dict[str, object] = {}
    alike: dict[object, list[_Layer]] = {}
    for layer in layers:
        if not layer.is_norm:
            alike.setdefault(layer.signature, []).append(layer)
    for signature, group in alike.items():
        for number, layer in enumerate(_as_they_run(group)):
            places[layer.path] = signature, number
    free = [layer for layer in layers if not layer.is_norm and layer.shapes.get("weight")]
    order = {layer.path: number for number, layer in enumerate(layers)}
    alone: dict[object, int] = {}
    for layer in layers:
        if not layer.is_norm:
            continue
        fitting = [one for one in free if one.shapes["weight"][0] == layer.shapes["running_mean"][0]]
        if not fitting:
            alone[layer.signature] = alone.get(layer.signature, 0) + 1
            places[layer.path] = layer.signature, None, alone[layer.signature]
            continue
        near = max(fitting, key=lambda one: (*_alike(one.path, layer.path), -abs(order[one.path] - order[layer.path])))
        free.remove(near)
        places[layer.path] = layer.signature, places[near.path]
    return {places[layer.path]: layer for layer in layers}


def _as_they_run(layers: list[_Layer]) -> list[_Layer]:
    """In the order of the file, unless that is the alphabet's, in which "10" comes before "2"."""
    paths = [layer.path for layer in layers]
    if paths != sorted(paths):
        return layers
    return sorted(layers, key=lambda layer: [
        (part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", layer.path)])


def _alike(one: str, other: str) -> tuple[int, bool]:
    """How many names two paths begin with alike, and whether their last ones have the same number ("conv1", "bn1")."""
    left, right = one.split("."), other.split(".")
    same = next((place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
                min(len(left), len(right)))
    return same, re.findall(r"\d+", left[-1]) == re.findall(r"\d+", right[-1])
