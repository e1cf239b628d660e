"""For every test of the window: its own settings folder, and nothing left alive afterwards."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication

from acq_app.settings import CONFIG_DIR_VARIABLE


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings of whoever runs it."""
    folder = tmp_path / "config"
    monkeypatch.setenv(CONFIG_DIR_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_alive() -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a top-level widget behind."""
    threads = set(threading.enumerate())
    before = set(QApplication.topLevelWidgets()) if QApplication.instance() else set()
    yield
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    gc.collect()
    left = [thread.name for thread in threading.enumerate() if thread not in threads and not thread.daemon]
    assert not left, f"threads still alive: {left}"
    widgets = [widget for widget in app.topLevelWidgets() if widget not in before and widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.objectName()}" for widget in widgets]
    for widget in widgets:
        widget.close()
    assert not names, f"top-level widgets still open: {names}"
    running = [child for child in gc.get_objects() if _runs(child)]
    assert not running, f"still running: {running}"


def _runs(item: object) -> bool:
    if not issubclass(type(item), QTimer | QThread):  # isinstance would ask lazy objects for their class
        return False
    assert isinstance(item, QTimer | QThread)
    try:
        if isinstance(item, QThread):
            return item.isRunning() and item is not QThread.currentThread()
        return item.isActive() and not item.isSingleShot() and item.parent() is None
    except RuntimeError:  # its C++ side is gone already
        return False
