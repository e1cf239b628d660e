"""From a file to settings: the one way, for the window, the command line and sweeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from acq_engine.errors import ConfigError
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import GDFQ, SCHEDULES, with_preset_name

MOST_BYTES = 16 << 20  # a settings file has a few thousand; run.json also holds the layers of its model


def read_settings(path: Path) -> RunConfig:
    """The settings in a settings file, a preset's file, a run.json, or a run folder.

    Raises:
        ConfigError: it can't be read, is too large, or a value in it can't be used.
    """
    file = path / "run.json" if path.is_dir() else path
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ConfigError("This is not a settings file.", cause=f"{file.name} is too large.")
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else error.reason
        raise ConfigError(
            "The settings can't be read.", cause=f"{file}: {reason}", hint="Check the path."
        ) from error
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError("The settings file is not valid JSON.", cause=f"{file}: {error}") from error
    return settings_from(data)


def settings_from(data: Any) -> RunConfig:
    """The settings in parsed JSON, of this version or an older one; no file gives consent to run code.

    Args:
        data: Settings, or the description of a run, a sweep or a preset that holds them as "settings".

    Raises:
        ConfigError: an unknown setting, or a value out of range.
    """
    if isinstance(data, dict) and "settings" in data:  # no setting has that name
        data = data["settings"]
    return with_preset_name(RunConfig.from_data(_completed(data)))


def _completed(data: Any) -> Any:
    """A short file names its method or its preset and leaves their values out: these are meant, not other defaults."""
    if not isinstance(data, dict):
        return data
    named: list[tuple[str, dict[str, Any]]] = []
    schedule = data.get("schedule")
    if isinstance(schedule, dict):
        named += [("schedule", values) for name, values in SCHEDULES.items() if name == schedule.get("preset")]
    if data.get("method") == "gdfq":
        named += GDFQ.items()
    for section, values in named:
        given = data.get(section, {})
        if isinstance(given, dict):
            # "class" is "class_" in Python
            missing = {name: value for name, value in values.items() if name.rstrip("_") not in given}
            data = {**data, section: {**missing, **given}}
    return data
