"""The folder at home: what is new on the cluster is fetched into it, as a run would have written it. No Dask."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from acq_engine.cluster.files import FOLDERS, GROWING, found, in_order, is_large, place, whole_lines
from acq_engine.files import storage_errors

Read = Callable[[str, int], tuple[int, bytes]]
"""Reads a piece of a file of the depot: name, offset; gives the file's version and the bytes, none at its end."""


class Mirror:
    """One run's folder at home.

    Args:
        folder: It is there already.
        read: See `Read`.
    """

    def __init__(self, folder: Path, read: Read) -> None:
        self._folder, self._read = folder, read
        self._epoch = self._version = -1
        self._late: set[str] = set()  # what changed and is not here yet
        self._ends: dict[str, int] = {}  # how far files that grow had grown: what came later names what is not here

    @property
    def seen(self) -> tuple[int, int]:
        """What to ask for what came later: epoch and version."""
        return self._epoch, self._version

    def hear(self, news: dict[str, Any]) -> None:
        """Take in what changed; `fetch` brings it."""
        if news["epoch"] != self._epoch:
            if self._epoch >= 0 or news["epoch"] > 0:
                self._clear()
            self._epoch = news["epoch"]
        self._version = news["version"]
        self._late |= {str(name) for name, _ in news["changed"]}
        self._ends |= {str(name): int(size) for name, size in news["changed"]}
        for name in news["gone"]:
            self._late.discard(str(name))
            with suppress(OSError):
                place(self._folder, str(name)).unlink()

    def fetch(self, *, large: bool = True) -> bool:
        """Bring the next file, small ones first; events after what they name. False where nothing is left.

        `large`: checkpoints, too.

        Raises:
            StorageError: the disk refuses.
            AcqError: whatever `read` raises.
        """
        if not self._late:
            return False
        name = in_order(list(self._late))[0]
        if is_large(name) and not large:
            return False
        path = place(self._folder, name)
        with storage_errors("The run can't be brought home.", path):
            path.parent.mkdir(parents=True, exist_ok=True)
        if name in GROWING:
            self._grow(name, path)
        else:
            self._replace(name, path)
        self._late.discard(name)
        return True

    def _grow(self, name: str, path: Path) -> None:
        """Bring what comes after what is here."""
        with storage_errors("The run can't be brought home.", path):
            size = len(whole_lines(path.read_bytes())) if path.is_file() else 0
            with path.open("r+b" if path.is_file() else "wb") as file:
                while size < self._ends[name] and (data := self._read(name, size)[1]):
                    data = data[:self._ends[name] - size]
                    file.seek(size)
                    file.write(data)
                    file.truncate()
                    size += len(data)

    def _replace(self, name: str, path: Path) -> None:
        """Bring a whole file. Where it is replaced there meanwhile, begin again."""
        part = path.with_name(f".{path.name}.part")
        with storage_errors("The run can't be brought home.", path):
            while True:
                first, offset = None, 0
                with part.open("wb") as file:
                    while True:
                        version, data = self._read(name, offset)
                        first = version if first is None else first
                        if not data or version != first:
                            break
                        file.write(data)
                        offset += len(data)
                if version == first or not version:  # 0: it was removed, and is not missed
                    break
            if version:
                os.replace(part, path)
            else:
                part.unlink()

    def _clear(self) -> None:
        remove_files(self._folder)


def remove_files(folder: Path, kept: Iterable[str] = ()) -> None:
    """Take a run's files away, as far as they are a run's, and what was on its way; not those named."""
    kept = set(kept)
    for name in found(folder):
        if name not in kept:
            with suppress(OSError):
                place(folder, name).unlink()
    for root in (folder, *(folder / name for name in FOLDERS)):
        for part in root.glob(".*.part"):
            with suppress(OSError):
                part.unlink()


def check_same_beginning(folder: Path, read: Read) -> None:
    """That the events here are the beginning of those there: else they are of another start, and are taken away.

    Raises:
        StorageError: they can't be read.
    """
    path = folder / GROWING[0]
    if not path.is_file():
        return
    with storage_errors("The run can't be read.", path), path.open("rb") as file:
        offset = 0
        while mine := file.read(1 << 20):
            theirs = b""
            while len(theirs) < len(mine) and (data := read(GROWING[0], offset + len(theirs))[1]):
                theirs += data
            if whole_lines(mine) and theirs[:len(mine)] != mine:
                remove_files(folder)
                return
            offset += len(mine)
