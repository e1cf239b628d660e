"""Exported files, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from acq_engine.files import remove_leftovers, storage_errors, write_atomic


def write_export(path: Path, data: bytes) -> int:
    """Write an exported file whole or not at all; returns its size in bytes.

    Raises:
        StorageError: it can't be written; a file that was there before is intact.
    """
    with storage_errors("The exported model could not be written.", path):
        write_atomic(path, data)
    remove_leftovers(path.parent, path.name)
    return len(data)
