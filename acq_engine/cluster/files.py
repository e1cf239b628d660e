"""A run folder as files with sizes: what changed, and writing what comes from elsewhere. No Dask.

Two files only grow (`GROWING`), so that only their new lines travel; others are replaced whole. Names that come from
another machine are checked before they become paths.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from acq_engine.errors import StorageError
from acq_engine.store.layout import OWN_FILES

GROWING = ("events.jsonl", "log.txt")
PIECE = 4 << 20  # bytes in one message: events are not to wait long behind a checkpoint
FOLDERS = ("samples", "attention", "arrays", "checkpoints")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,120}")
_STAYS = ("run.lock", "control.json", "cluster.json")  # of this side alone


def is_name(name: object) -> bool:
    """Whether this names a file that a run consists of: a plain name, in the folder itself or in one of its own."""
    if not isinstance(name, str) or name in _STAYS:
        return False
    parts = name.split("/")
    if not all(_PART.fullmatch(part) for part in parts) or name.endswith(".tmp"):
        return False
    return (len(parts) == 1 and (name in OWN_FILES or name.startswith("model."))) or (
        len(parts) == 2 and parts[0] in FOLDERS)


def place(folder: Path, name: str) -> Path:
    """The file of that name.

    Raises:
        StorageError: the name is none of a run's.
    """
    if not is_name(name):
        raise StorageError("The other side names a file that no run has.", cause=f"Found: {name!r:.80}")
    return folder.joinpath(*PurePosixPath(name).parts)


def found(folder: Path) -> dict[str, tuple[int, int]]:
    """The files of a run by name, with size and time of change; one that vanishes meanwhile is left out."""
    files: dict[str, tuple[int, int]] = {}
    for root, prefix in ((folder, ""), *((folder / name, f"{name}/") for name in FOLDERS)):
        if not root.is_dir():
            continue
        for path in root.iterdir():
            name = prefix + path.name
            try:
                if is_name(name) and path.is_file():
                    state = path.stat()
                    files[name] = (state.st_size, state.st_mtime_ns)
            except OSError:
                continue
    return files


def is_large(name: str) -> bool:
    """Whether a file is so large, and so little looked at, that others need not wait for it."""
    return name.startswith("checkpoints/")


def in_order(names: list[str]) -> list[str]:
    """Names in the order of sending: what an event's line names before the line, what is large last."""
    def rank(name: str) -> int:
        if is_large(name):
            return 4
        if name.startswith(("teacher.", "arrays/", "samples/", "attention/")):
            return 0
        return {"metrics.csv": 1, "events.jsonl": 2, "log.txt": 2, "run.json": 3}.get(name, 1)

    return sorted(names, key=lambda name: (rank(name), name))


def whole_lines(data: bytes) -> bytes:
    """What ends with a line's end."""
    return data[:data.rfind(b"\n") + 1]
