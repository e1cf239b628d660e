"""The user's own presets: settings under a name, one JSON file each, in the folder of the program's settings.

A preset says how to quantize, not what: the model, the test images and what names layers of a
model are left out. A file that can't be read is left alone and out of the list.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from acq_app.settings.preferences import settings_file
from acq_engine.errors import AcqError, ConfigError, StorageError
from acq_engine.files import remove_leftovers, storage_error, write_atomic
from acq_engine.settings import RunConfig

logger = logging.getLogger(__name__)

SCHEMA = 1
MOST_BYTES = 1_000_000
LONGEST = 60  # characters of a name
translate = QCoreApplication.translate


@dataclass(frozen=True)
class OwnPreset:
    """A preset and the file that it is in."""

    name: str
    settings: RunConfig
    path: Path


def folder() -> Path:
    """Where presets are kept."""
    return settings_file().parent / "presets"


def list_presets() -> list[OwnPreset]:
    """Every preset that can be read, by name."""
    remove_leftovers(folder())
    try:
        paths = sorted(path for path in folder().iterdir() if path.suffix == ".json")
    except OSError:
        return []
    found = []
    for path in paths:
        try:
            found.append(read_preset(path))
        except AcqError as error:
            logger.warning("The preset %s is left out: %s", path.name, error)
    return sorted(found, key=lambda preset: preset.name.casefold())


def read_preset(path: Path) -> OwnPreset:
    """One preset's file.

    Raises:
        StorageError: it can't be read.
        ConfigError: it is no preset, or its settings can't be used.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(translate("Presets", "This is not a preset."), cause=path.name)
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(translate("Presets", "The preset can't be read."), cause=str(error)) from error
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(translate("Presets", "The preset is not valid JSON."), cause=str(error)) from error
    if not isinstance(data, dict) or data.get("kind") != "preset" or not isinstance(data.get("settings"), dict):
        raise ConfigError(translate("Presets", "This is not a preset."), cause=path.name)
    if type(data.get("schema")) is not int:
        raise ConfigError(translate("Presets", "This is not a preset."), cause=path.name)
    if data["schema"] > SCHEMA:
        raise ConfigError(translate("Presets", "The preset was written by a newer version of ACQ Studio."))
    name = str(data.get("name") or path.stem).strip()[:LONGEST] or path.stem
    return OwnPreset(name, how_alone(RunConfig.from_data(data["settings"])), path)


def is_preset(path: Path) -> bool:
    """Whether a file holds a preset, not a run's whole settings."""
    try:
        return path.stat().st_size <= MOST_BYTES and json.loads(path.read_bytes()).get("kind") == "preset"
    except (OSError, ValueError, RecursionError, AttributeError):
        return False


def save_preset(name: str, config: RunConfig, path: Path | None = None) -> OwnPreset:
    """Keep settings under a name; a preset of that name is replaced. `path`: a file elsewhere, to share it.

    Raises:
        ConfigError: the name is empty.
        StorageError: the disk refuses.
    """
    name = name.strip()[:LONGEST]
    if not name:
        raise ConfigError(translate("Presets", "The preset needs a name."))
    settings = how_alone(config)
    data: dict[str, Any] = json.loads(settings.to_json())
    for section in ("model", "test_set", "pictures"):
        del data[section]
    target = path or _path_for(name)
    text = json.dumps({"schema": SCHEMA, "kind": "preset", "name": name, "settings": data}, indent=2) + "\n"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, text.encode("utf-8"))
    except OSError as error:
        raise storage_error(translate("Presets", "The preset can't be saved."), error, target) from error
    return OwnPreset(name, settings, target)


def rename_preset(preset: OwnPreset, name: str) -> OwnPreset:
    """Give a preset another name; one that has that name already is replaced.

    Raises:
        ConfigError: the name is empty.
        StorageError: the disk refuses.
    """
    renamed = save_preset(name, preset.settings)
    if renamed.path != preset.path:
        delete_preset(preset)
    return renamed


def delete_preset(preset: OwnPreset) -> None:
    """Remove a preset's file.

    Raises:
        StorageError: the disk refuses.
    """
    try:
        preset.path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(translate("Presets", "The preset can't be deleted."), error) from error


def how_alone(config: RunConfig) -> RunConfig:
    """The settings without what belongs to a certain model or to test images."""
    usual = RunConfig()
    return config.model_copy(deep=True, update={
        "model": usual.model, "test_set": usual.test_set, "pictures": usual.pictures,
        "quantization": config.quantization.model_copy(update={"layer_bits": {}}),
        "generator": config.generator.model_copy(update={"attention_layer": ""}),
    })


def applied(preset: OwnPreset, config: RunConfig) -> RunConfig:
    """The preset's settings for the model and the test images of `config`."""
    return preset.settings.model_copy(deep=True, update={
        "model": config.model.model_copy(), "test_set": config.test_set.model_copy(),
        "pictures": config.pictures.model_copy(),
        "quantization": preset.settings.quantization.model_copy(
            update={"layer_bits": dict(config.quantization.layer_bits)}),
        "generator": preset.settings.generator.model_copy(
            update={"attention_layer": config.generator.attention_layer}),
    })


def _path_for(name: str) -> Path:
    """The file of the preset of that name: its own, or one that is free."""
    for preset in list_presets():
        if preset.name.casefold() == name.casefold():
            return preset.path
    stem = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:LONGEST] or "preset"
    path, number = folder() / f"{stem}.json", 1
    while path.exists():
        number += 1
        path = folder() / f"{stem}-{number}.json"
    return path
