"""Exceptions, warnings of Qt and crashes all end in one log, and the window is told of the bad ones."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections import Counter
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from acq_app.settings.preferences import log_folder

logger = logging.getLogger("acq_app")
_qt = logging.getLogger("qt")

LOG, CRASHED = "acq-studio.log", "crash-before.log"

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR, QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Reporter(QObject):
    """Tells the window of errors that nobody caught, from whatever thread they come.

    An error in a view comes with every event of a run, ten times a second: the window is told of one place once, and
    the log holds its first traces and how often it came.
    """

    unexpected = Signal(object)  # the exception

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hooks = (sys.excepthook, threading.excepthook)
        self._seen: Counter[tuple[object, ...]] = Counter()

    def install(self) -> None:
        """Take over Python's and Qt's ways of complaining."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(_qt_message)

    def uninstall(self) -> None:
        """Give them back."""
        sys.excepthook, threading.excepthook = self._hooks
        qInstallMessageHandler(None)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        place = (kind, *((frame.f_code, line) for frame, line in traceback.walk_tb(trace)))
        self._seen[place] += 1
        times = self._seen[place]
        if times in (1, 2) or times == 10 ** (len(str(times)) - 1):
            again = "" if times == 1 else f"Time {times} of this error: "
            logger.error("%s%s", again, "".join(traceback.format_exception(kind, error, trace)))
        if times == 1:
            self.unexpected.emit(error)

    def _uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._uncaught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    _qt.log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def _crash_log(folder: Path) -> TextIO:
    """Where a crash of this start is written. That of an earlier start is kept for a report."""
    path = folder / "crash.log"
    if path.is_file() and path.stat().st_size:
        os.replace(path, folder / CRASHED)
    return path.open("w", encoding="utf-8")


def start_logging(folder: Path | None = None, *, verbose: bool = False) -> Path | None:
    """Log to a file that does not grow without bound, and to stderr. Returns the file, None where none can be made."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    form = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    console = logging.StreamHandler()
    console.setLevel(logging.DEBUG if verbose else logging.WARNING)
    console.setFormatter(form)
    root.addHandler(console)
    folder = folder or log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / LOG
        file = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        file.setFormatter(form)
        root.addHandler(file)
        faulthandler.enable(_crash_log(folder))
    except OSError as error:
        logger.warning("No log file: %s", error)
        faulthandler.enable()
        return None
    return path
