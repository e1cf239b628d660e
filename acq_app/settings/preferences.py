"""What the program remembers between two starts: theme, folders, recent files, geometry.

One versioned JSON file. A value that can't be used is dropped with a warning and its default
taken: a broken file never keeps the window from opening. A file that is damaged, or that a newer
version wrote, is put aside before anything is written in its place.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from acq_engine.files import remove_leftovers, write_atomic

logger = logging.getLogger(__name__)

VERSION = 1
LAYOUT_VERSION = 1  # raised when docks are added or renamed: older layouts are dropped
RECENT = 10
CONFIG_DIR_VARIABLE = "ACQ_STUDIO_CONFIG_DIR"


def default_runs_folder() -> Path:
    """Where runs are written unless the user says otherwise."""
    return platformdirs.user_documents_path() / "ACQ Studio"


def settings_file() -> Path:
    """The file; the environment variable ACQ_STUDIO_CONFIG_DIR moves it."""
    folder = os.environ.get(CONFIG_DIR_VARIABLE)
    base = Path(folder) if folder else platformdirs.user_config_path("acq-studio", appauthor=False)
    return base / "settings.json"


def log_folder() -> Path:
    """Where the program's own log lies (a run's log is in its folder)."""
    return platformdirs.user_log_path("acq-studio", appauthor=False)


class Preferences(BaseModel):
    """The remembered values; every one has a default."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    version: int = VERSION
    theme: Literal["system", "light", "dark", "high-contrast"] = "system"
    language: str = "system"  # or a code, such as "de"; applied at the start
    threads: int = Field(default=0, ge=0, le=1024)  # 0: all but one
    tour_seen: bool = False
    notify: bool = True  # at the end of a long run, while another window is active
    runs_folder: Path = Field(default_factory=default_runs_folder)
    recent_models: list[Path] = Field(default_factory=list, max_length=RECENT)
    recent_runs: list[Path] = Field(default_factory=list, max_length=RECENT)
    # What steps cost on this machine in the last run that was planned, by the names of StepCosts, and of which network.
    costs: dict[str, float] = Field(default_factory=dict)
    costs_device: str = ""
    next_run: dict[str, Any] = Field(default_factory=dict)  # the settings on the panels; empty: the defaults
    folders: dict[str, Path] = Field(default_factory=dict)  # kind of file dialog -> the folder it was last used in
    compute_on: str = ""  # the address of a cluster; empty: this computer
    clusters: list[str] = Field(default_factory=list, max_length=RECENT)  # addresses, the last one first
    last_run: Path | None = None  # a run that was active; offered for resuming when it was interrupted
    layout_version: int = 0
    geometry: str = ""  # Qt's, base64
    layout: str = ""  # Qt's, base64
    live_layout: str = ""
    live_shares: dict[str, list[float]] = Field(default_factory=dict)  # dock -> its part of the page's width and height
    runs_hidden: list[str] = Field(default_factory=lambda: ["latency"])  # columns of the table of runs
    runs_group: str = "none"  # or "model", "sweep"
    folded: dict[str, bool] = Field(default_factory=dict)  # section id -> folded

    def remember(self, name: str, path: Path) -> None:
        """Put a path first in "recent_models" or "recent_runs"."""
        paths = [path, *(other for other in getattr(self, name) if other != path)]
        setattr(self, name, paths[:RECENT])

    def remember_cluster(self, address: str) -> None:
        """Put an address first among those to choose from."""
        self.clusters = [address, *(one for one in self.clusters if one != address)][:RECENT]

    def forget(self, name: str, path: Path) -> None:
        """Take a path off a list of recent ones."""
        setattr(self, name, [other for other in getattr(self, name) if other != path])


def load_preferences(path: Path | None = None) -> Preferences:
    """Read the file; what can't be used is dropped with a warning. Killed programs' half-written files are removed."""
    path = path or settings_file()
    remove_leftovers(path.parent)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        logger.warning("The program's settings can't be read and start from the defaults: %s", error)
        return Preferences()
    except (ValueError, RecursionError) as error:
        logger.warning("The program's settings are damaged, are put aside and start from the defaults: %s", error)
        put_aside(path)
        return Preferences()
    if not isinstance(data, dict):
        logger.warning("The program's settings start from the defaults: the file holds no settings.")
        put_aside(path)
        return Preferences()
    version = data.pop("version", VERSION)  # what is written is of this version
    if type(version) is int and version > VERSION:
        logger.warning("The program's settings were written by a newer version: they are put aside, and what is known "
                       "of them is used.")
        put_aside(path)
    return _without_broken(data)


def put_aside(path: Path) -> None:
    """Give a file another name, so that what is written next does not take its place; no earlier one is lost.

    The new name ends in ".broken", ".broken2" and so on.
    """
    number = 1
    while (kept := path.with_name(f"{path.name}.broken{number if number > 1 else ''}")).exists():
        number += 1
    try:
        os.replace(path, kept)
    except OSError as error:
        logger.warning("%s can't be put aside: %s", path.name, error)


def _without_broken(data: dict[str, Any]) -> Preferences:
    try:
        return Preferences.model_validate(data)
    except ValidationError as error:
        for item in error.errors():
            name = str(item["loc"][0])
            if name in data:
                logger.warning("The setting %s is dropped: %s", name, item["msg"])
                del data[name]
    return Preferences.model_validate(data)


def save_preferences(settings: Preferences, path: Path | None = None) -> bool:
    """Write the file whole or not at all; False (and a warning) where that is not allowed."""
    path = path or settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, settings.model_dump_json(indent=2).encode("utf-8"))
    except OSError as error:
        logger.warning("The program's settings can't be saved: %s", error)
        return False
    return True
