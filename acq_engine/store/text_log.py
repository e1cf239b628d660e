"""log.txt: what happened, for humans."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from acq_engine.files import storage_errors


class TextLog:
    """Appends lines to a file that a killed writer may have left in the middle of one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_whole = False  # until it is known to be

    def add(self, text: str, level: str) -> None:
        """Add a line with the local time.

        Raises:
            StorageError: the disk refuses.
        """
        stamp = datetime.now().astimezone().isoformat(timespec="seconds")
        with storage_errors("The log can't be written.", self._path), self._path.open("ab") as file:
            before = b"" if self._is_whole or _ends_a_line(self._path) else b"\n"  # a kill may have torn a line off
            file.write(before + f"{stamp} {level}: {text}\n".encode("utf-8", "replace"))
            self._is_whole = True


def _ends_a_line(path: Path) -> bool:
    """Whether a text file is empty or ends with a line's end."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
