"""Writing files whole or not at all, and saying in plain words why that failed."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from acq_engine.errors import StorageError

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("The disk is full.", "Free some space, or choose a folder on another disk."),
    errno.EDQUOT: ("The disk quota is used up.", "Free some space, or choose a folder on another disk."),
    errno.EACCES: ("Permission denied.", "Choose another folder, or change its permissions."),
    errno.EPERM: ("Permission denied.", "Choose another folder, or change its permissions."),
    errno.EROFS: ("The disk is read-only.", "Choose a folder on another disk."),
    errno.ENOENT: ("The file or folder does not exist.", "Check the path; it may have been moved or deleted."),
    errno.ENOTDIR: ("A part of the path is a file, not a folder.", "Choose another folder."),
    errno.EEXIST: ("A file with this name already exists.", "Choose another name."),
    errno.EISDIR: ("It is a folder, not a file.", "Choose another name."),
    errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter name."),
}


_unfinished: set[Path] = set()
_TEMPORARY = re.compile(r"\..+\.(\d+)\.tmp")
_LONGEST_WRITE = 3600.0  # seconds


def storage_error(message: str, error: OSError, path: Path | None = None) -> StorageError:
    """A StorageError that says what was to be done, on which file, and why it did not work."""
    reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), "Check the disk and the folder."))
    where = path if path is not None else error.filename
    return StorageError(message, cause=f"{where}: {reason}" if where else reason, hint=hint)


@contextmanager
def storage_errors(message: str, path: Path | None = None) -> Iterator[None]:
    """Turn every OSError of the block into a StorageError with `message`."""
    try:
        yield
    except OSError as error:
        raise storage_error(message, error, path) from error


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write `data` to `path` so that readers see the old file or the new one, never a part.

    Args:
        path: The file; an existing one is replaced.
        data: Its whole content.
        durable: Also wait until the disk has it. Leave out for what can be made again, such as images.

    Raises:
        OSError: as the system says; the old file is intact and no temporary file is left.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    _unfinished.add(temporary)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    finally:
        _unfinished.discard(temporary)
    if durable:
        _sync_folder(path.parent)


def discard_unfinished() -> None:
    """Take away the temporary files of other threads' writes: the process ends without waiting for them."""
    for temporary in tuple(_unfinished):
        with suppress(OSError):
            temporary.unlink()


def is_leftover(path: Path) -> bool:
    """Whether a file is what a write left behind whose process was killed."""
    found = _TEMPORARY.fullmatch(path.name)
    return found is not None and not _alive(int(found[1]), path)


def remove_leftovers(folder: Path, name: str = "") -> None:
    """Take away what killed processes left behind in a folder. What can't be removed stays.

    `name`: only what was to become this file, for folders that hold other people's files too.
    """
    with suppress(OSError):
        for path in folder.glob(".*.tmp"):
            if is_leftover(path) and (not name or path.name.startswith(f".{name}.")):
                with suppress(OSError):
                    path.unlink()


def _alive(process: int, temporary: Path) -> bool:
    """Whether the process that writes a temporary file may still be there."""
    if process == os.getpid():
        return temporary in _unfinished
    if sys.platform == "win32":  # to ask for a process ends it there: no write takes this long
        with suppress(OSError):
            return abs(time.time() - temporary.stat().st_mtime) < _LONGEST_WRITE  # the clock may have been set back
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        return True
    return True


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power failure, where the system offers that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
