"""One writer a run folder: a lock that the system drops by itself when its process ends.

The file holds the writer's process number for the message, and its machine's name. What counts is the system's lock on
it, so a file that a crash or power failure left behind locks nothing.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from contextlib import suppress
from pathlib import Path

from acq_engine.errors import StorageError
from acq_engine.files import storage_errors

if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading a locked range, so the range lies behind the text.
    _RANGE_START = 1 << 30

    def _try_lock(handle: int, *, to_write: bool) -> bool:
        del to_write  # there is one kind of lock only
        os.lseek(handle, _RANGE_START, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import errno
    import fcntl

    def _try_lock(handle: int, *, to_write: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if to_write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            # Some network file systems have no locks at all: then there is nothing to wait for.
            return error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
        return True


# Whoever asks whether a folder is locked holds its lock for a moment; who is still there after these is a writer.
ATTEMPTS = 10
PAUSE_SECONDS = 0.02


def _lock(handle: int, *, to_write: bool) -> bool:
    """Take the lock, past others who only ask at the same moment. To ask, a lock is enough that others share."""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE_SECONDS)
        if _try_lock(handle, to_write=to_write):
            return True
        if not to_write and sys.platform != "win32":
            return False  # others who ask would have shared it
    return False


def _written(handle: int) -> tuple[str, str]:
    """The writer's process number and its machine's name; "" for what an older version did not write."""
    os.lseek(handle, 0, os.SEEK_SET)
    lines = [*os.read(handle, 300).decode("utf-8", "replace").splitlines(), "", ""]
    return lines[0].strip(), lines[1].strip()


class FolderLock:
    """The right to write a run folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def acquire(self) -> None:
        """Take the lock; once taken, again is fine.

        Raises:
            StorageError: another process (or another store in this one) is writing the folder.
        """
        while self._handle is None:
            with storage_errors("The run folder can't be written.", self._path.parent):
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _lock(handle, to_write=True):
                owner = _written(handle)[0] if sys.platform != "win32" else ""
                os.close(handle)
                raise StorageError(
                    "Another program is working on this run.",
                    cause=f"{self._path.parent} is being written by process {owner or 'unknown'}.",
                    hint="Wait until it has finished, or choose another folder.",
                )
            if not self._is_current(handle):  # its owner removed the file between our open and our lock
                os.close(handle)
                continue
            with storage_errors("The run folder can't be written.", self._path.parent):
                os.ftruncate(handle, 0)
                os.lseek(handle, 0, os.SEEK_SET)
                os.write(handle, f"{os.getpid()}\n{platform.node()}\n".encode())
            self._handle = handle

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # an open file can't be removed there
            os.close(handle)
            with suppress(OSError):
                self._path.unlink()
            return
        with suppress(OSError):
            self._path.unlink()
        os.close(handle)

    def taken_by_somebody(self) -> bool:
        """Whether a living writer, here or in another process, holds the lock."""
        if self.held:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR)
        except OSError:
            return False
        try:
            return not _lock(handle, to_write=False)
        finally:
            os.close(handle)

    def left_behind(self) -> bool:
        """Whether the file is that of a writer of this machine that has ended without removing it."""
        try:
            handle = os.open(self._path, os.O_RDWR)
        except OSError:
            return False
        try:
            name = _written(handle)[1]
            return bool(name) and name == platform.node() and _lock(handle, to_write=False)
        finally:
            os.close(handle)

    def _is_current(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except OSError:
            return False
