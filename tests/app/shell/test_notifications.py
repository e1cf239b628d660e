"""Notifications: what tells that a run has ended."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from acq_app.shell.notifications import Notifier


def test_only_long_runs_behind_other_windows_notify(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notifier = Notifier(window)
    assert notifier.wanted(120) and not notifier.wanted(5)
    assert notifier.tell("ACQ Studio", "Done.", 5) is False


def test_a_click_on_the_notification_brings_the_window_back(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    notifier = Notifier(window)
    assert notifier.tell("ACQ Studio", "Done.", 120)
    assert notifier._tray is not None
    notifier._tray.messageClicked.emit()
    assert window.isVisible() and not window.isMinimized()
    notifier._put_away()
    assert not notifier._tray.isVisible()


def test_a_desktop_without_a_place_for_it_gets_no_notification(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    window = QWidget()
    qtbot.addWidget(window)
    notifier = Notifier(window)
    assert notifier.tell("ACQ Studio", "Done.", 120) is False
    assert notifier._tray is None
