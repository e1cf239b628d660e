"""What is left of a hard crash: the trace that faulthandler wrote, the last lines of the log, and the versions.

It is offered at the next start, to be read and copied. Nothing is sent anywhere.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from acq_app.shell.logs import CRASHED, LOG
from acq_engine.events import Failed

logger = logging.getLogger(__name__)

REPORTED = "crash-reported.log"
LOG_LINES = 40
MOST_BYTES = 200_000
translate = QCoreApplication.translate


def crash_report(folder: Path) -> Failed | None:
    """What to tell of the last crash that nobody was told of; None where there was none."""
    path = folder / CRASHED
    try:
        trace = path.read_bytes()[:MOST_BYTES].decode("utf-8", "replace").strip()
        ended = datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return None
    if not trace:
        return None
    return Failed(
        translate("Crashes", "The program crashed the last time it ran."),
        translate("Crashes", "It ended at {0}: {1}").format(ended.strftime("%Y-%m-%d %H:%M"), trace.splitlines()[0]),
        translate("Crashes", "The details can be copied into a bug report: the trace, the last lines of the log, and "
                             "versions of libraries. Nothing is sent."),
        f"{trace}\n\n{_last_lines(folder / LOG, ended)}",
    )


def forget_crash(folder: Path) -> None:
    """It was told of; the file stays for the debug package, under another name."""
    try:
        os.replace(folder / CRASHED, folder / REPORTED)
    except OSError as error:
        logger.warning("The crash's log can't be put away: %s", error)


def _last_lines(path: Path, until: datetime) -> str:
    """The log's last lines from before a time; all lines begin with theirs."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - MOST_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    limit = until.strftime("%Y-%m-%d %H:%M:%S,999")
    before = [number for number, line in enumerate(lines) if line[:4].isdigit() and line[:23] <= limit]
    end = before[-1] + 1 if before else 0
    while end and end < len(lines) and not lines[end][:4].isdigit():  # a message of several lines
        end += 1
    return "\n".join(lines[max(0, end - LOG_LINES):end])
