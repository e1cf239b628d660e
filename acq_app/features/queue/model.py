"""The runs that wait for their turn: an ordered list, kept in a file so that closing the window loses none.

A file that can't be read whole, or that a newer version wrote, is put aside with a warning before anything is written;
it never keeps the window from opening.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from acq_app.settings.preferences import put_aside, settings_file
from acq_app.views.queue.rows import ENDED, QueueState
from acq_engine.errors import ConfigError
from acq_engine.files import write_atomic
from acq_engine.settings import RunConfig

logger = logging.getLogger(__name__)

VERSION = 1
MOST_WAITING = 500


@dataclass(frozen=True)
class QueueItem:
    """One run in the queue."""

    title: str
    config: RunConfig
    folder: Path | None = None  # where it is written; None: a new folder when it begins
    sweep: Path | None = None  # the sweep that it belongs to
    state: QueueState = "waiting"
    reason: str = ""  # why it failed


class QueueModel(QObject):
    """The queue, first in first out; what has ended stays on the list until it is cleared."""

    changed = Signal()

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file or settings_file().parent / "queue.json"
        self.items: list[QueueItem] = []
        self.held = False  # the next run does not begin by itself
        self._read()

    @property
    def waiting(self) -> list[QueueItem]:
        """What is still to be run, the next one first."""
        return [item for item in self.items if item.state == "waiting"]

    def add(self, items: Iterable[QueueItem]) -> int:
        """Put runs at the end; those beyond 500 waiting ones are left out. How many were taken."""
        free = MOST_WAITING - len(self.waiting)
        taken = list(items)[:max(0, free)]
        self.items.extend(taken)
        self._told()
        return len(taken)

    def remove(self, places: Iterable[int]) -> None:
        """Take items off the list, but not the one that runs."""
        doomed = set(places)
        self.items = [item for place, item in enumerate(self.items)
                      if place not in doomed or item.state == "running"]
        self._told()

    def clear_ended(self) -> None:
        """Take off what has ended."""
        self.items = [item for item in self.items if item.state not in ENDED]
        self._told()

    def move(self, place: int, by: int) -> int:
        """Move a waiting item past its waiting neighbours; returns its new place."""
        if not 0 <= place < len(self.items) or self.items[place].state != "waiting":
            return place
        to = min(max(place + by, 0), len(self.items) - 1)
        if any(item.state != "waiting" for item in self.items[min(place, to):max(place, to) + 1]):
            return place
        self.items.insert(to, self.items.pop(place))
        self._told()
        return to

    def set_held(self, held: bool) -> None:
        """Whether the next run waits to be begun by hand."""
        if held != self.held:
            self.held = held
            self.changed.emit()

    def start_next(self) -> QueueItem | None:
        """The next waiting item, which runs from now on."""
        for place, item in enumerate(self.items):
            if item.state == "waiting":
                self.items[place] = replace(item, state="running")
                self._told()
                return self.items[place]
        return None

    def place_in(self, folder: Path) -> None:
        """Where the running item is written."""
        self._change_running(folder=folder)

    def end(self, state: QueueState, reason: str = "") -> None:
        """The running item has ended."""
        self._change_running(state=state, reason=reason)

    @property
    def running(self) -> QueueItem | None:
        """The item that runs."""
        return next((item for item in self.items if item.state == "running"), None)

    def _change_running(self, **values: Any) -> None:
        self.items = [replace(item, **values) if item.state == "running" else item for item in self.items]
        self._told()

    # --- the file --------------------------------------------------------------------------------

    def _told(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        waiting = self.waiting
        try:
            if not waiting:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True)
            data = {"version": VERSION, "items": [_to_data(item) for item in waiting]}
            write_atomic(self._file, json.dumps(data, indent=2).encode("utf-8"))
        except OSError as error:
            logger.warning("The queue can't be saved: %s", error)

    def _read(self) -> None:
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            logger.warning("The saved queue can't be read: %s", error)
            return
        try:
            data = json.loads(text)
            version, entries = data["version"], list(data["items"])
            if type(version) is not int:
                raise TypeError(f"its version is {version!r:.40}")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            logger.warning("The saved queue is damaged and is put aside: %s", error)
            put_aside(self._file)
            return
        if version > VERSION:
            logger.warning("The saved queue was written by a newer version and is put aside.")
            put_aside(self._file)
            return
        for entry in entries[:MOST_WAITING]:
            try:
                self.items.append(_from_data(entry))
            except (ConfigError, TypeError, KeyError, ValueError) as error:
                logger.warning("A run of the saved queue can't be read: %s", error)
        if len(self.items) < len(entries):  # the next write would be the end of the others
            put_aside(self._file)
            self._write()
        self.held = bool(self.items)  # nothing begins by itself when the window opens


def _to_data(item: QueueItem) -> dict[str, Any]:
    return {
        "title": item.title, "settings": json.loads(item.config.to_json()),
        "folder": None if item.folder is None else str(item.folder),
        "sweep": None if item.sweep is None else str(item.sweep),
    }


def _from_data(data: Any) -> QueueItem:
    if not isinstance(data, dict):
        raise TypeError("an entry is no object")
    folder, sweep = data.get("folder"), data.get("sweep")
    return QueueItem(str(data["title"]), RunConfig.from_data(data["settings"]),
                     None if folder is None else Path(folder), None if sweep is None else Path(sweep))
