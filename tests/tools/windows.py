"""What tests of the whole window share: a way to make one whose runs are made up, and to wait for it."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from acq_app.main_window import MainWindow
from acq_app.state import RunState

Make = Callable[..., MainWindow]  # (settings=..., and FakeRun's options); a fixture, in tests/app/conftest.py


def until(qtbot: QtBot, window: MainWindow, state: RunState) -> None:
    """Wait for a state of the run."""
    qtbot.waitUntil(lambda: window.controller.state is state, timeout=30_000)
