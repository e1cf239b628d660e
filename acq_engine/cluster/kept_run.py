"""One run as the depot keeps it: its folder on the scheduler's disk, who works on it, what it was asked. No Dask."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acq_engine.cluster.files import GROWING, PIECE, place

Request = str  # "pause", "resume", "finish" or "cancel"


class SupersededError(Exception):
    """Another worker has taken the run up, or it is over: what this one still sends is not wanted."""


@dataclass
class KeptRun:
    """What is known of a run.

    Attributes:
        folder: Its copy.
        ticket: What a worker needs to begin it (see `tickets.Ticket`), as plain data.
        attempt: How many workers began it; each has the number of its own.
        epoch: Changes when the folder is begun anew, so that whoever has older files drops them.
        version: Of the folder; grows with each change.
        changed: Version of each file.
        gone: Version at which a file was taken away.
        request: What it was asked last, and which number that request has.
        outcome: What came of it; None while it goes on.
    """

    folder: Path
    ticket: dict[str, Any]
    created: float
    attempt: int = 0
    epoch: int = 0
    version: int = 0
    worker: str = ""
    lost: list[str] = field(default_factory=list)  # workers that ended while they worked on it
    changed: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    request: tuple[int, Request] = (0, "")
    status: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] | None = None

    def begin(self, worker: str) -> int:
        """A worker begins it or takes it up; the number of the attempt."""
        if self.worker and not self.outcome:
            self.lost.append(self.worker)
        self.attempt += 1
        self.worker, self.status = worker, {}
        return self.attempt

    def check(self, attempt: int) -> None:
        """Refuse a worker that was given up.

        Raises:
            SupersededError: this is not the attempt that goes on.
        """
        if attempt != self.attempt or self.outcome is not None:
            raise SupersededError

    def anew(self) -> None:
        """Forget the files: the run starts again from its beginning."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.epoch += 1
        self.changed, self.gone = {}, {}
        self.version += 1

    def put(self, name: str, offset: int, data: bytes, *, last: bool) -> None:
        """Write a piece of a file. One that grows is written where it is, another one beside it until it is whole."""
        path = place(self.folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path if name in GROWING else path.with_name(f".{path.name}.part")
        with target.open("r+b" if offset and target.is_file() else "wb") as file:
            file.seek(offset)
            file.write(data)
            file.truncate()
        if target is not path:
            if not last:
                return
            os.replace(target, path)
        self.version += 1
        self.changed[name] = self.version
        self.gone.pop(name, None)

    def remove(self, names: list[str]) -> None:
        """Take files away, such as older checkpoints."""
        for name in names:
            with suppress(OSError):
                place(self.folder, name).unlink()
            if self.changed.pop(name, None) is not None:
                self.version += 1
                self.gone[name] = self.version

    def size(self, name: str) -> int:
        """Bytes of a file; 0 if there is none."""
        try:
            return place(self.folder, name).stat().st_size
        except OSError:
            return 0

    def read(self, name: str, offset: int) -> tuple[int, bytes]:
        """A piece of a file, and which version of the file it is of: pieces of two versions don't belong together."""
        with suppress(OSError), place(self.folder, name).open("rb") as file:
            file.seek(offset)
            return self.changed.get(name, 0), file.read(PIECE)
        return 0, b""

    def since(self, epoch: int, version: int) -> dict[str, Any]:
        """What changed since a version, and how the run stands."""
        old = version if epoch == self.epoch else -1
        return {
            "epoch": self.epoch, "version": self.version, "worker": self.worker, "lost": self.lost,
            "status": self.status, "outcome": self.outcome,
            "changed": [[name, self.size(name)] for name, at in self.changed.items() if at > old],
            "gone": [name for name, at in self.gone.items() if at > old],
        }
