"""Counts the system calls with which this process writes below some folders, and kills it between two of them.

Each call that opens a file to write, writes, truncates, syncs, closes, renames or removes is a moment of its own, and
so is the middle of every write, with half of the bytes on the disk. `Hook.install` takes the place of Python's ways to
do these things; what is written by other means (none of ours is) is not seen.
"""

from __future__ import annotations

import builtins
import io
import os
import re
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_CALLS = ("replace", "rename", "unlink", "remove", "mkdir", "rmdir")
_KINDS = (
    ("checkpoint", r"checkpoints(/|$)"), ("export", r"(^|/)\.?model\.|predict\.py|README"), ("report", r"report\.html"),
    ("queue", r"queue\.json"), ("settings", r"settings\.json|presets"), ("events", r"events\.jsonl"),
    ("run.json", r"run\.json"), ("lock", r"run\.lock"), ("metrics", r"metrics\.csv"), ("log", r"log\.txt"),
    ("weights", r"student\.safetensors|teacher\."), ("arrays", r"\.(npz|png)|(samples|attention|arrays)$"),
)


def kind_of(path: str) -> str:
    """What kind of file a path is, temporary files as what they are to become."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, path)), "other")


class Hook:
    """Counts, and at one count ends the process as a power cut would.

    Args:
        folders: Only what is written below these counts.
        kill_at: The moment, from 0; None only counts.
        died: Called at that moment instead, in place of SIGKILL.
    """

    def __init__(self, folders: Sequence[Path], kill_at: int | None = None,
                 died: Callable[[], None] | None = None) -> None:
        self.folders = tuple(str(folder.absolute()) for folder in folders)
        self.kill_at, self.died = kill_at, died or _killed
        self.moments: list[str] = []  # "checkpoint: fsync" and the like, in order
        self.handles: dict[int, str] = {}
        self._saved: list[tuple[Any, str, Any]] = []

    def tick(self, call: str, path: str) -> None:
        """One moment, before `call`."""
        self.moments.append(f"{kind_of(self._within(path))}: {call}")
        if len(self.moments) - 1 == self.kill_at:
            self.died()

    def watches(self, path: object) -> str | None:
        """The absolute path, if it counts."""
        if not isinstance(path, str | os.PathLike):
            return None
        text = str(Path(os.fspath(path)).absolute())
        return text if text.startswith(self.folders) else None

    def _within(self, path: str) -> str:
        return next((path[len(folder):] for folder in self.folders if path.startswith(folder)), path)

    # --- in the place of Python's own -------------------------------------------------------------

    def install(self) -> Hook:
        """From now on."""
        self._take(io, "open", self._open(io.open))
        self._take(builtins, "open", io.open)
        for name in _CALLS:
            self._take(os, name, self._call(name, getattr(os, name)))
        for name in ("fsync", "ftruncate", "write"):
            self._take(os, name, self._on_handle(name, getattr(os, name)))
        self._take(os, "open", self._os_open(os.open))
        self._take(os, "close", self._os_close(os.close))
        return self

    def uninstall(self) -> None:
        """As it was."""
        for owner, name, value in reversed(self._saved):
            setattr(owner, name, value)
        self._saved.clear()

    def _take(self, owner: Any, name: str, value: Any) -> None:
        self._saved.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def _open(self, usual: Any) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None,
                   errors: str | None = None, newline: str | None = None, **others: Any) -> Any:
            path = self.watches(file)
            if path is None or not set(mode) & set("wax+"):
                return usual(file, mode, buffering, encoding, errors, newline, **others)
            raw = _Watched(self, path, mode)
            if buffering == 0:
                return raw
            buffered: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)
        return opened

    def _call(self, name: str, usual: Any) -> Callable[..., Any]:
        def called(path: Any, *arguments: Any, **named: Any) -> Any:
            if (watched := self.watches(path)) is not None:
                self.tick(name, watched)
            return usual(path, *arguments, **named)
        return called

    def _on_handle(self, name: str, usual: Any) -> Callable[..., Any]:
        def called(handle: int, *arguments: Any) -> Any:
            if handle in self.handles:
                self.tick(name, self.handles[handle])
            return usual(handle, *arguments)
        return called

    def _os_open(self, usual: Any) -> Callable[..., Any]:
        def opened(path: Any, flags: int, *arguments: Any, **named: Any) -> int:
            watched = self.watches(path)
            if watched is not None and flags & os.O_CREAT:
                self.tick("open", watched)
            handle = int(usual(path, flags, *arguments, **named))
            if watched is not None:
                self.handles[handle] = watched
            return handle
        return opened

    def _os_close(self, usual: Any) -> Callable[[int], None]:
        def closed(handle: int) -> None:
            self.handles.pop(handle, None)
            usual(handle)
        return closed


class _Watched(io.FileIO):
    """A file whose every call is a moment; a write is two, with a half of the bytes between them."""

    def __init__(self, hook: Hook, path: str, mode: str) -> None:
        self._hook, self._path = hook, path
        hook.tick("open", path)
        super().__init__(path, "".join(letter for letter in mode if letter in "rwax+b"))
        hook.handles[self.fileno()] = path

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._hook.tick("write", self._path)
        done = 0
        if len(view) > 1:
            done = super().write(view[:len(view) // 2])
            self._hook.tick("half a write", self._path)
        return done + super().write(view[done:])

    def truncate(self, size: int | None = None) -> int:
        self._hook.tick("truncate", self._path)
        return super().truncate(size)

    def close(self) -> None:
        if not self.closed:
            self._hook.handles.pop(self.fileno(), None)
            self._hook.tick("close", self._path)
        super().close()


def _killed() -> None:
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)


class Moment:
    """Kills at the call that is as `label` says ("checkpoint: fsync"), after `skip` of its kind have gone by."""

    def __init__(self, label: str, skip: int) -> None:
        self.label, self.skip = label, skip

    def install(self, folders: Sequence[Path]) -> Hook:
        """From now on."""
        hook = Hook(folders)
        tick, gone = hook.tick, 0

        def counted(call: str, path: str) -> None:
            nonlocal gone
            tick(call, path)
            if hook.moments[-1] == self.label:
                if gone == self.skip:
                    hook.died()
                gone += 1

        hook.tick = counted  # type: ignore[method-assign]
        return hook.install()
