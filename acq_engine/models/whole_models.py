"""Whole networks that were pickled as objects, such as torch.save(model) and ultralytics' checkpoints.

Only for the process of its own in which files that can run code are opened, after the user's consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from acq_engine.errors import ArchitectureError
from acq_engine.models.standins import hint_of

_PLACES = ("ema", "model_ema", "model", "net", "network", "module", "learner")


@dataclass(frozen=True)
class Whole:
    """A network and what its file says about its input.

    Attributes:
        module: In eval mode, float32.
        note: Where it was found.
        size: Side of the image in pixels, or None.
        mean: As the file's own preprocessing has it, or None.
        std: As `mean`.
        class_names: By class, or empty.
    """

    module: nn.Module
    note: str
    size: int | None
    mean: tuple[float, ...] | None
    std: tuple[float, ...] | None
    class_names: tuple[str, ...]


def unpickle(path: Path) -> Whole:
    """Load a file with all that it asks for. It runs whatever the file says.

    Raises:
        ArchitectureError: a package is missing, or there is no network in it.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=False)
    except ImportError as error:
        package = (error.name or "").partition(".")[0] or "a package"
        raise ArchitectureError(
            f"{path.name} needs {package}, which is not installed here.", cause=f"{type(error).__name__}: {error}",
            hint=f"Install {package} where acq runs, or use weights without code. {hint_of([package])}",
        ) from error
    except AttributeError as error:  # a class of the script that wrote the file
        raise ArchitectureError(
            f"{path.name} needs Python classes that are not here.", cause=str(error),
            hint="Use the model's Python source instead: CLASS.py:build with --weights and --trust. "
            "Save its weights alone: torch.save(model.state_dict(), FILE).",
        ) from error
    module, place = _find(content)
    if module is None:
        raise ArchitectureError(f"{path.name} holds no model.", cause=f"It holds {type(content).__name__}.",
                                hint="Save the weights alone: torch.save(model.state_dict(), FILE).")
    module = module.float().eval()
    note = (f"The model is read from the entry {place}." if place else "The file holds the model as an object.")
    is_ultralytics = any(kind.__module__.startswith("ultralytics.") for kind in type(module).__mro__)
    mean, std = _normalisation(getattr(module, "transforms", None))
    if is_ultralytics and mean is None:
        mean, std = (0.0,) * 3, (1.0,) * 3  # what its classification has used since version 8.1
    return Whole(module, note, _size(content), mean, std, _names(getattr(module, "names", None)))


def _find(content: Any) -> tuple[nn.Module | None, str]:
    if isinstance(content, nn.Module):
        return content, ""
    for place in _PLACES:
        inner = content.get(place) if isinstance(content, Mapping) else getattr(content, place, None)
        if isinstance(inner, nn.Module):
            return inner, place
    return None, ""


def _size(content: Any) -> int | None:
    arguments = content.get("train_args") if isinstance(content, Mapping) else None
    size = arguments.get("imgsz") if isinstance(arguments, Mapping) else None
    return size if isinstance(size, int) and 8 <= size <= 1024 else None


def _normalisation(transforms: Any) -> tuple[tuple[float, ...] | None, tuple[float, ...] | None]:
    steps = getattr(transforms, "transforms", None)
    for step in steps if isinstance(steps, Iterable) else ():
        mean, std = getattr(step, "mean", None), getattr(step, "std", None)
        if mean is not None and std is not None:
            return (tuple(float(value) for value in torch.as_tensor(mean).flatten()),
                    tuple(float(value) for value in torch.as_tensor(std).flatten()))
    return None, None


def _names(names: Any) -> tuple[str, ...]:
    if isinstance(names, Mapping) and sorted(names) == list(range(len(names))):
        names = [names[index] for index in range(len(names))]
    return tuple(map(str, names)) if isinstance(names, list | tuple) else ()
