"""Which files a run folder holds, which folder can become one, and what of an older run is removed from it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

from acq_engine.errors import StorageError
from acq_engine.files import is_leftover, storage_error, storage_errors

DESCRIPTION = "run.json"
LOCK = "run.lock"
STUDENT = "student.safetensors"
FOLDERS_OF_ARRAYS = ("samples", "attention", "arrays")
FOLDERS = (*FOLDERS_OF_ARRAYS, "checkpoints")
_FILES = ("events.jsonl", "metrics.csv", "log.txt", STUDENT, "teacher.safetensors", "teacher.json", "report.html",
          "control.json", "cluster.json")
OWN_FILES = (DESCRIPTION, *_FILES)  # what a run is made of
_MODELS = "model.*"


def is_run(path: Path | str) -> bool:
    """Whether there is a run in this folder."""
    return (Path(path) / DESCRIPTION).is_file()


def check_folder(path: Path | str, overwrite: bool = False) -> None:
    """Whether `RunStore.create` would take this folder: asked before a model is loaded for minutes in vain.

    Raises:
        StorageError: the folder holds something else, or a run and `overwrite` is off; or it can't be written.
    """
    path = Path(path)
    if path.exists():
        _check_content(path, overwrite)
    existing = next(parent for parent in (path, *path.absolute().parents) if parent.exists())
    if existing.is_dir() and not os.access(existing, os.W_OK | os.X_OK):
        read_only = sys.platform != "win32" and os.statvfs(existing).f_flag & os.ST_RDONLY
        error = OSError(errno.EROFS if read_only else errno.EACCES, "", str(existing))
        raise storage_error("The run folder can't be created.", error)


def _check_content(path: Path, overwrite: bool) -> None:
    """Refuse a folder whose content is not ours to replace."""
    with storage_errors("The run folder can't be created.", path):
        # A writer that was killed at its start left its lock's file alone, which locks nothing any more.
        has_content = any(file.name != LOCK and not is_leftover(file) for file in path.iterdir())
    if is_run(path):
        if not overwrite:
            raise StorageError(
                "This folder already contains a run.", cause=f"{path} has a {DESCRIPTION}.",
                hint="Choose another folder, resume the run (acq resume), or allow replacing it (--overwrite).",
            )
    elif has_content:
        raise StorageError(
            "The folder is not empty.", cause=f"{path} contains files that do not belong to a run.",
            hint="Choose an empty folder or a new name.",
        )


def remove_run(path: Path) -> None:
    """Remove the known files of a run but for its description; what else lies in the folder is not ours.

    Raises:
        StorageError: the system refuses.
    """
    with storage_errors("The old run can't be removed.", path):
        for name in FOLDERS:
            if (path / name).is_dir():
                shutil.rmtree(path / name)
        for file in [path / name for name in _FILES] + list(path.glob(_MODELS)):
            file.unlink(missing_ok=True)
