"""What users take with them: debug packages; and what tells them that a run has ended."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from acq_app import debug_package
from acq_app.debug_package import TAIL, write_debug_package
from acq_app.notify import Notifier
from acq_app.widgets.meter import Meter
from acq_engine.errors import StorageError
from acq_engine.settings import RunConfig


def test_a_debug_package_has_texts_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug_package, "log_folder", lambda: tmp_path / "logs")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "acq-studio.log").write_bytes(b"x" * TAIL + b"the end")
    run = tmp_path / "run"
    (run / "samples").mkdir(parents=True)
    (run / "run.json").write_text("{}")
    (run / "teacher.safetensors").write_bytes(b"weights")
    names = write_debug_package(tmp_path / "report.zip", RunConfig(), run)
    assert set(names) == {"versions.txt", "settings.json", "program/acq-studio.log", "run/run.json"}
    with zipfile.ZipFile(tmp_path / "report.zip") as package:
        assert RunConfig.from_json(package.read("settings.json").decode()) == RunConfig()
        log = package.read("program/acq-studio.log")
        assert len(log) == TAIL and log.endswith(b"the end")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be written"):
        write_debug_package(tmp_path / "gone" / "report.zip", RunConfig(), None)


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


def test_the_meter_measures_while_it_is_seen(qtbot: QtBot) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show()
    assert ("CPU" in meter.label.text() and "MB" in meter.label.text()) or "GB" in meter.label.text()
    assert meter.card.isHidden(), "no run computes on a graphics card"
    meter.hide()
    assert not meter._timer.isActive()


@pytest.mark.parametrize(("utilization", "text"), [(35, "GPU 35 %   6.5 GB"), (None, "GPU 6.5 GB")])
def test_the_meter_shows_the_card_that_a_run_uses(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, utilization: int | None, text: str,
) -> None:
    def share() -> int:
        if utilization is None:
            raise ModuleNotFoundError("pynvml")
        return utilization

    cuda = SimpleNamespace(is_initialized=lambda: True, utilization=share,
                           mem_get_info=lambda: (1_500_000_000, 8_000_000_000))
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show()
    assert meter.card.text() == text and meter.card.isVisible() and meter.accessibleName().startswith(text)
    monkeypatch.undo()
    meter.hide()
