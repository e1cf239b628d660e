"""State dicts: finding one in what a file holds, cleaning its keys, and fitting it into an architecture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError, ModelFileError
from acq_engine.models.registry import Architecture, build_empty
from acq_engine.models.torchvision_models import AUXILIARY_PREFIXES, WITH_AUXILIARY_HEADS

State = dict[str, Tensor]

# Averaged weights come first: they are the ones that a training script reports its accuracy with.
EMA_KEYS = ("state_dict_ema", "ema_state_dict", "model_ema", "ema")
PLAIN_KEYS = ("state_dict", "model_state_dict", "model_state", "model", "net", "network", "weights", "params", "module")
PREFIXES = ("module.", "model.", "_orig_mod.", "net.", "network.")
MAX_NESTING = 4

COUNTER = "num_batches_tracked"
STATISTICS = ("running_mean", "running_var")

# torchvision's published DenseNets still have the names that modules could have before 2018.
_FIRST_DENSENET = re.compile(r"(denselayer\d+\.(?:norm|conv))\.([12]\.)")

# Left behind by tools: averaging counters and profilers. They hold no weights.
_COUNTERS = ("n_averaged", "total_ops", "total_params")


def is_state_dict(value: Any) -> bool:
    """A non-empty mapping of names to tensors (counters may be plain numbers, and a few entries anything else)."""
    if not isinstance(value, Mapping) or not value:
        return False
    tensors = sum(isinstance(item, Tensor) for item in value.values())
    nested = any(isinstance(item, Mapping) and any(isinstance(inner, Tensor) for inner in item.values())
                 for item in value.values())
    return tensors > 0 and not nested and all(isinstance(key, str) for key in value) and len(_strange(value)) < tensors


def _strange(value: Mapping[str, Any]) -> list[str]:
    """Entries that no state dict has, such as a comment or the settings of a training."""
    return [key for key, item in value.items() if not isinstance(item, Tensor | int | float | bool | type(None))]


def find_state_dict(content: Any) -> tuple[State, list[str]]:
    """The state dict in what a checkpoint file holds, and sentences about what was chosen.

    Raises:
        ModelFileError: there is none.
    """
    notes: list[str] = []
    content = _as_tensors(content)
    found = _search(content, notes, 0) or _elsewhere(content, notes)
    if found is None:
        kinds = ", ".join(map(str, list(content)[:5])) if isinstance(content, Mapping) else type(content).__name__
        raise ModelFileError(
            "The file contains no weights.",
            cause=f"It contains: {kinds or 'nothing'}.",
            hint="Save the weights with torch.save(model.state_dict(), FILE) or as .safetensors.",
        )
    return clean_keys(found), notes


def _as_tensors(content: Any, depth: int = 0) -> Any:
    """numpy's arrays as tensors; a list as a mapping of positions."""
    if isinstance(content, np.ndarray) and content.dtype.kind in "fiu" and content.dtype.itemsize > 1:
        return torch.from_numpy(np.array(content, dtype=content.dtype.newbyteorder("="), order="C"))
    if isinstance(content, list | tuple) and depth == 0:
        content = {str(place): item for place, item in enumerate(content)}
    if isinstance(content, Mapping) and depth <= MAX_NESTING:
        return {key: _as_tensors(item, depth + 1) for key, item in content.items()}
    return content


def _elsewhere(content: Any, notes: list[str], depth: int = 0) -> State | None:
    """The largest state dict under a name that is no usual one; of several the first."""
    if not isinstance(content, Mapping) or depth > MAX_NESTING:
        return None
    silent: list[str] = []
    found = {str(key): state for key, inner in content.items()
             if (state := _search(inner, silent, depth) or _elsewhere(inner, silent, depth + 1)) is not None
             and any(value.dim() > 1 for value in state.values()) and not str(key).startswith("optim")}
    if not found:
        return None
    chosen = max(found, key=lambda key: len(found[key]))
    others = [key for key in found if key != chosen]
    notes.append(f"The weights are read from the entry {chosen}."
                 + (f" Not used: {listed(others)}; to use another one, save it alone." if others else ""))
    return found[chosen]


def _search(content: Any, notes: list[str], depth: int) -> State | None:
    if not isinstance(content, Mapping) or depth > MAX_NESTING:
        return None
    for key in (*EMA_KEYS, *PLAIN_KEYS):
        inner = content.get(key)
        if isinstance(inner, Mapping):
            found = _search(inner, notes, depth + 1)
            if found is None and key in EMA_KEYS:
                found = _elsewhere(inner, [], depth + 1)
            if found is not None:
                if key not in EMA_KEYS:
                    return found
                notes.append(f"The file also contains averaged weights ({key}); these are used.")
                return _completed(found, _search({k: v for k, v in content.items() if k != key}, notes, depth + 1))
    if is_state_dict(content):
        if strange := _strange(content):
            notes.append(f"Entries that are not weights are ignored: {listed(strange)}.")
        return {key: value for key, value in content.items() if isinstance(value, Tensor)}
    return None


def listed(names: Iterable[str], most: int = 5) -> str:
    """The first few names for a sentence."""
    found = list(names)
    return ", ".join(found[:most]) + (", ..." if len(found) > most else "")


def _completed(averaged: State, plain: State | None) -> State:
    """Averaged weights, with the buffers of the plain ones where only parameters were averaged."""
    if plain is None:
        return averaged
    averaged, plain = clean_keys(averaged), clean_keys(plain)
    return plain | averaged if averaged.keys() < plain.keys() else averaged


def clean_keys(state: State) -> State:
    """Drop tools' counters, and prefixes that every key has, such as "module." of DataParallel."""
    if any("/" in key for key in state) and not any("." in key for key in state):  # as TensorFlow writes paths
        state = {key.replace("/", ".").removesuffix(":0"): value for key, value in state.items()}
    kept = {key: value for key, value in state.items() if key.rsplit(".", 1)[-1] not in _COUNTERS}
    begin = len(common_prefix(kept))
    kept = {key[begin:]: value for key, value in kept.items()}
    return {_FIRST_DENSENET.sub(r"\1\2", key): value for key, value in kept.items()}


def common_prefix(keys: Iterable[str]) -> str:
    """What wrappers put before every key, such as "module.model."; "" where there is nothing of the kind."""
    names = list(keys)
    found = ""
    while names:
        more = next((prefix for prefix in PREFIXES if all(
            name.startswith(found + prefix) and len(name) > len(found + prefix) for name in names)), None)
        if more is None:
            break
        found += more
    return found


def check_values(state: State) -> State:
    """Weights as float32, after a look at every value.

    Raises:
        ModelFileError: an unfit dtype, NaN or infinite weights, or a negative variance.
    """
    checked: State = {}
    for key, value in state.items():
        if value.layout is not torch.strided or value.is_complex() or value.is_quantized:
            raise ModelFileError(f"The weights {key!r} have an unsupported type.", cause=str(value.dtype))
        if not value.is_floating_point():
            checked[key] = value
            continue
        if key.endswith(COUNTER):  # averaging makes them floats; nothing depends on them
            checked[key] = value.detach().nan_to_num(0, 0, 0).to(torch.int64)
            continue
        as_float = value.detach().to(torch.float32).contiguous()
        if not bool(torch.isfinite(as_float).all()):
            raise ModelFileError(
                f"The weights {key!r} contain NaN or infinite values.",
                cause="The training diverged, or the file is damaged.",
                hint="Use an earlier checkpoint.",
            )
        if key.endswith("running_var") and bool((as_float < 0).any()):
            raise ModelFileError(f"The variances {key!r} contain negative values.", cause="The file is damaged.")
        checked[key] = as_float
    return checked


def drop_auxiliary(state: State, name: str) -> State:
    """Without the extra training heads of googlenet and inception_v3."""
    if name not in WITH_AUXILIARY_HEADS:
        return state
    return {key: value for key, value in state.items() if not key.startswith(AUXILIARY_PREFIXES)}


def infer_classes(entry: Architecture, state: Mapping[str, Tensor]) -> int | None:
    """How many classes the weights' head tells apart; None when the head is not there."""
    for key in entry.head_keys():
        if key in state and state[key].dim() >= 1:
            return int(state[key].shape[0])
    return None


def infer_channels(entry: Architecture, state: Mapping[str, Tensor]) -> int | None:
    """How many channels the first convolution takes; None when it is not there."""
    for key in entry.first_keys():
        if key in state and state[key].dim() > 1:
            return int(state[key].shape[1])
    return None


def differences(template: Mapping[str, Tensor], state: Mapping[str, Tensor]) -> list[str]:
    """How a state dict differs from an architecture's, in plain words, in the architecture's order."""
    lines = []
    for key, wanted in template.items():
        if key not in state:
            if not key.endswith(COUNTER):  # older files lack these counters
                lines.append(f"{key} is missing")
        elif wanted.shape != state[key].shape:
            lines.append(f"{key} is {_shape(state[key])} instead of {_shape(wanted)}")
        elif wanted.is_floating_point() != state[key].is_floating_point():
            kind = "floating point" if wanted.is_floating_point() else "an integer type"
            lines.append(f"{key} is {str(state[key].dtype).removeprefix('torch.')} instead of {kind}")
    lines.extend(f"{key} is not part of the architecture" for key in state if key not in template)
    return lines


def _shape(value: Tensor) -> str:
    return " x ".join(map(str, value.shape)) or "a single number"


def parts(state: State) -> Iterator[tuple[str, State]]:
    """Parts of a state dict whose keys share a prefix, such as "backbone.", without it.

    The largest come first; of equal ones those that are called averaged, then as in the file.

    Only those that hold at least a quarter of all tensors: a training may keep several networks.
    """
    prefixes = dict.fromkeys(prefix for key in state for prefix in _prefixes(key))
    found = [(prefix, {key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)})
             for prefix in prefixes]
    large = [(prefix, part) for prefix, part in found if 4 * len(part) >= len(state)]
    yield from sorted(large, key=lambda item: (-len(item[1]), not _is_averaged(item[0])))


def _is_averaged(prefix: str) -> bool:
    """Whether names begin as those of averaged weights do: "ema.", "model_ema.", "ema_model.module."."""
    return any(word in ("ema", "averaged", "swa") for name in prefix.split(".") for word in name.lower().split("_"))


def _prefixes(key: str, deepest: int = 3) -> list[str]:
    names = key.split(".")[:-1][:deepest]
    return [".".join(names[:length]) + "." for length in range(1, len(names) + 1)]


def part_note(prefix: str, state: State) -> str:
    """What of a state dict is used, and what is not."""
    rest = [key for key in state if not key.startswith(prefix)]
    if not rest:
        return f"All names in the file start with {prefix}, which is removed."
    weights = [key for key in rest if not key.endswith(COUNTER)]
    return f"The weights whose names start with {prefix} are used; not used: {listed(weights or rest)}."


def has_statistics(state: State) -> bool:
    """Whether there are running means and variances, under torch's names or those of Keras."""
    leaves = {key.rpartition(".")[2] for key in state}
    return bool(leaves & {"running_mean", "moving_mean"}) and bool(
        leaves & {"running_var", "moving_variance", "moving_var"})


def lacks_statistics(entry: Architecture, state: State) -> int:
    """How many running means and variances the weights lack, if they are an architecture's otherwise; else 0."""
    own = drop_auxiliary(state, entry.name)
    template = entry.template(infer_classes(entry, own), infer_channels(entry, own))
    missing = [key for key in template if key not in own and key.rpartition(".")[2] in STATISTICS]
    rest = {key: value for key, value in template.items() if key not in missing}
    return len(missing) if missing and not differences(rest, own) else 0


def fit(entry: Architecture, state: State, num_classes: int | None = None) -> tuple[nn.Module, int, int]:
    """Build `entry` with the weights of `state`.

    Args:
        entry: The architecture.
        state: Checked weights (see `check_values`).
        num_classes: What the user expects; None to read it from the head.

    Returns:
        The module in train mode as built, its number of classes, and of input channels.

    Raises:
        ArchitectureError: keys or shapes differ, or the class count contradicts the head.
    """
    state = drop_auxiliary(state, entry.name)
    found = infer_classes(entry, state)
    template = entry.template(found, infer_channels(entry, state))
    lines = differences(template, state)
    if lines:
        more = f" (and {len(lines) - 3} more)" if len(lines) > 3 else ""
        raise ArchitectureError(
            f"The weights don't fit the architecture {entry.name}.",
            cause="; ".join(lines[:3]) + more + ".",
            hint="Choose the architecture that the weights were trained with, or leave it empty to detect it.",
        )
    classes = found or entry.num_classes
    if num_classes is not None and num_classes != classes:
        raise ArchitectureError(
            f"The weights have {classes} classes, not {num_classes}.",
            hint=f"Set the number of classes to {classes}, or omit it.",
        )
    channels = infer_channels(entry, state) or entry.in_channels
    return build_with(entry, state, classes, channels), classes, channels


def build_with(entry: Architecture, state: State, num_classes: int, in_channels: int) -> nn.Module:
    """The architecture with these weights; keys and shapes must be known to fit."""
    module = build_empty(entry, num_classes, in_channels)  # no time for random weights that are thrown away
    complete = {
        key: state[key] if key in state else torch.zeros(value.shape, dtype=value.dtype)
        for key, value in module.state_dict().items()
    }
    module.load_state_dict(complete, assign=True)
    if any(value.is_meta for value in (*module.parameters(), *module.buffers())):
        # A buffer outside the state dict: only a real build gives it its values.
        module = entry.build(num_classes, in_channels)
        module.load_state_dict(complete)
    return module
