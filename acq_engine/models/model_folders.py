"""Folders as Hugging Face's hub and timm lay them out: config.json, perhaps preprocessor_config.json, and weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acq_engine.errors import AcqError, ModelFileError
from acq_engine.models import timm_models
from acq_engine.models.preprocessing import Preprocessing
from acq_engine.models.registry import architecture, architectures

MAX_CONFIG_BYTES = 4 << 20
_USUAL_NAMES = ("model.safetensors", "pytorch_model.bin", "pytorch_model.safetensors", "open_clip_model.safetensors")
_WEIGHTS = (".safetensors", ".pth", ".pt", ".bin", ".ckpt")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What a folder says about its model.

    Attributes:
        weights: The file with the weights.
        arch: The architecture that config.json names, if it is known here; None to recognise it.
        class_names: By class, or empty.
        mean: Of the input's normalisation, or None.
        std: As `mean`.
        size: Side of the input in pixels, or None.
        notes: What was taken from where, a sentence each.
    """

    weights: Path
    arch: str | None
    class_names: tuple[str, ...]
    mean: tuple[float, ...] | None
    std: tuple[float, ...] | None
    size: int | None
    notes: tuple[str, ...]

    def preprocessing(self, usual: Preprocessing) -> Preprocessing:
        """What the folder says, and `usual` where it says nothing."""
        return Preprocessing(self.size or usual.size, self.mean or usual.mean, self.std or usual.std,
                             None if self.size else usual.resize, usual.interpolation)


def read_folder(path: Path) -> ModelFolder:
    """Look into a folder with a model.

    Raises:
        ModelFileError: it has no weights, or several files of which none has a usual name.
    """
    weights = _weights_in(path)
    config = _read(path / "config.json")
    inner = config.get("pretrained_cfg")
    trained: dict[str, Any] = inner if isinstance(inner, dict) else config
    prepared = _read(path / "preprocessor_config.json")
    notes = [f"The weights are read from {weights.name}."]
    arch = _architecture(config, notes)
    names = config.get("id2label") or config.get("label_names") or trained.get("label_names")
    mean = _numbers(trained.get("mean") or prepared.get("image_mean"))
    std = _numbers(trained.get("std") or prepared.get("image_std"))
    if mean is None or std is None or len(mean) != len(std) or min(std) <= 0:
        mean = std = None
    if mean is not None:
        notes.append("Mean and standard deviation were read from the folder's settings.")
    return ModelFolder(weights, arch, _class_names(names), mean, std, _size(trained, prepared), tuple(notes))


def _weights_in(path: Path) -> Path:
    try:
        files = sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in _WEIGHTS)
    except OSError as error:
        raise ModelFileError("The model folder can't be opened.", cause=f"{path}: {error.strerror}") from error
    usual = [path / name for name in _USUAL_NAMES if path / name in files]
    if usual:
        return usual[0]
    if len(files) == 1:
        return files[0]
    found = ", ".join(file.name for file in files[:5])
    raise ModelFileError(
        "The folder has several files with weights." if files else "The folder has no file with weights.",
        cause=f"{path}: {found}" if files else f"{path} has none of {', '.join(_USUAL_NAMES[:2])} and the like.",
        hint="Choose one of the files instead of the folder." if files
        else "Choose a folder with config.json and model.safetensors, or a file with weights.",
    )


def _read(path: Path) -> dict[str, Any]:
    """A file of settings; empty where there is none."""
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise ModelFileError(f"{path.name} is too large.", cause=str(path))
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelFileError(f"{path.name} can't be read.", cause=str(path), hint="Choose the file with the weights "
                             "instead of the folder.") from error
    return value if isinstance(value, dict) else {}


def _architecture(config: dict[str, Any], notes: list[str]) -> str | None:
    name = config.get("architecture") or config.get("arch")
    if not isinstance(name, str):
        return None
    for known in (name, name.partition(".")[0]):
        if known in architectures():
            return known
        try:
            return architecture(timm_models.PREFIX + known.removeprefix(timm_models.PREFIX)).name
        except AcqError:
            continue
    notes.append(f"The architecture {name[:60]!r} of config.json is not known here; the weights tell it.")
    return None


def _class_names(names: Any) -> tuple[str, ...]:
    if isinstance(names, dict) and all(str(key).isdigit() for key in names):
        names = [names[key] for key in sorted(names, key=int)]
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _numbers(value: Any) -> tuple[float, ...] | None:
    if not isinstance(value, list) or not value or not all(isinstance(item, int | float) for item in value):
        return None
    return tuple(float(item) for item in value)


def _size(trained: dict[str, Any], prepared: dict[str, Any]) -> int | None:
    shape = trained.get("input_size")
    if isinstance(shape, list) and len(shape) == 3 and isinstance(shape[1], int) and shape[1] == shape[2]:
        return shape[1]
    crop = prepared.get("crop_size") or prepared.get("size")
    sides = set(crop.values()) if isinstance(crop, dict) else {crop}
    side = sides.pop() if len(sides) == 1 else None
    return side if isinstance(side, int) and 8 <= side <= 1024 else None
