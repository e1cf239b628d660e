"""For every test of the window: its own settings folder, and nothing left alive afterwards."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acq_app.appearance.language import ENGLISH, install
from acq_app.run.controller import RunController
from acq_app.settings.preferences import CONFIG_DIR_VARIABLE, Preferences
from acq_app.shell.application import make_qapplication
from acq_app.shell.studio import Studio
from tests.tools.fake_run import FakeRun
from tests.tools.windows import Make, put_away


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application speaks English, whatever the system's language is."""
    install(ENGLISH)
    return qapp


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings of whoever runs it."""
    folder = tmp_path / "config"
    monkeypatch.setenv(CONFIG_DIR_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_button_held() -> Iterator[None]:
    """A button that a test pressed, on something that was gone before it let go, counts as held for all that follow."""
    yield
    if QApplication.instance() is not None and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        QTest.mouseRelease(QWidget(), Qt.MouseButton.LeftButton)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    """Makes windows whose runs are made up, and closes them cleanly."""
    made: list[Studio] = []

    def _make(
        *, settings: Preferences | None = None, size: tuple[int, int] | None = None, **options: Any,
    ) -> Studio:
        make_qapplication()
        settings = settings or Preferences(runs_folder=tmp_path / "runs")
        controller = RunController(
            lambda config, out, control: FakeRun(config=config, control=control, run_dir=str(out), **options))
        studio = Studio(settings, controller)
        made.append(studio)
        with qtbot.waitSignal(studio.viewsLoaded, timeout=20_000):
            studio.window.show()
            if size is not None:  # as a window manager does
                studio.window.resize(*size)
        return studio

    yield _make
    for studio in made:
        put_away(studio)
    QApplication.processEvents()


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
