"""The control file: how whoever sees a run's folder steers the run, from another window, terminal or machine.

It is written whole, holds the newest request alone, and is taken away by the run when it takes the request in. A run
looks for it twice a second and reads it between two steps.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

from acq_engine.control import RunControl
from acq_engine.errors import StorageError
from acq_engine.files import storage_errors, write_atomic
from acq_engine.store.folder import RunStore

Request = Literal["pause", "resume", "finish", "cancel"]

FILE = "control.json"
LOOK_SECONDS = 0.5  # between two looks: a folder may lie on a slow server
_MOST_BYTES = 1000


def ask(folder: Path | str, request: Request) -> None:
    """Ask the run in a folder, wherever it is worked on.

    Args:
        folder: The run folder, as it is seen here.
        request: What is wanted; it takes the place of a request that the run has not taken in yet.

    Raises:
        StorageError: there is no run, nobody works on it, or the folder can't be written.
    """
    store = RunStore.open(folder)
    if not store.may_be_asked:
        raise StorageError(
            "Nobody is working on this run, so no request would be read.",
            cause=f"{store.path} is {store.state}.",
            hint="Resume it with: acq resume" if store.state != "succeeded" else "",
        )
    path = store.path / FILE
    with storage_errors("The request can't be written.", path):
        write_atomic(path, json.dumps({"request": request}).encode(), durable=False)


class RequestFile:
    """A run's side of the control file.

    Args:
        folder: The run folder.
        control: Told what is asked.
    """

    def __init__(self, folder: Path, control: RunControl) -> None:
        self._path, self._control = folder / FILE, control
        self._next = 0.0

    def forget(self) -> None:
        """Remove what was asked of a run that has ended since."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def look(self) -> None:
        """Take a request in, if it is time to look and there is one; one that can't be read is none."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + LOOK_SECONDS
        request = self._taken()
        if request == "pause":
            self._control.pause()
        elif request == "resume":
            self._control.resume()
        elif request == "finish":
            self._control.finish_now()
        elif request == "cancel":
            self._control.cancel()

    def wait_while_paused(self) -> None:
        """Block until the run may go on, by its own control or by the file."""
        while self._control.pause_requested:
            self._control.wait_while_paused(LOOK_SECONDS)
            self.look()

    def _taken(self) -> Request | None:
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                raise ValueError
            data = json.loads(self._path.read_bytes())
            request = data.get("request") if isinstance(data, dict) else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            request = None
        self.forget()
        return request if request in get_args(Request) else None
