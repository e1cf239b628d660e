"""A zip for reports: versions, settings, logs, and what the run's folder says about itself. No pictures, no weights."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from acq_app.dialogs.error import versions
from acq_app.settings.preferences import log_folder, settings_file
from acq_engine.files import storage_error, write_atomic
from acq_engine.settings import RunConfig

TAIL = 500_000  # bytes; the end of a log says what went wrong


def write_debug_package(target: Path, config: RunConfig, run_dir: Path | None) -> list[str]:
    """Write the zip, whole or not at all.

    Args:
        target: The zip file.
        config: The settings on the panels.
        run_dir: The run on the screen, if there is one.

    Returns:
        The names of what is in it.

    Raises:
        StorageError: the place can't be written.
    """
    files = {"program-settings.json": settings_file()}
    files |= {f"program/{path.name}": path for path in sorted(log_folder().glob("*.log"))}
    if run_dir is not None:
        files |= {f"run/{name}": run_dir / name for name in ("run.json", "log.txt", "metrics.csv")}
    buffer = io.BytesIO()  # the ends of a few logs
    try:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("versions.txt", versions() + "\n")
            package.writestr("settings.json", config.to_json())
            for name, path in files.items():
                if path.is_file():
                    package.writestr(name, _tail(path))
            names = package.namelist()
        write_atomic(target, buffer.getvalue())
    except OSError as error:
        raise storage_error("The debug package can't be written.", error, target) from error
    return names


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        return file.read()
