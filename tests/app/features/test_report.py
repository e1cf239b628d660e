"""The report of the run on the screen is written from the menu."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from tests.tools.old_files import OLD
from tests.tools.windows import Make


def test_a_report_is_written_and_opened(
    make: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    studio = make()
    assert not studio.registry["report"].isEnabled(), "there is no run yet"
    run = shutil.copytree(OLD / "finished", tmp_path / "run")
    with qtbot.waitSignal(studio.session.opened, timeout=30_000):
        studio.session.open(run)
    qtbot.waitUntil(lambda: studio.registry["report"].isEnabled(), timeout=10_000)
    studio.registry["report"].trigger()
    dialog = studio.features.report.dialog
    assert dialog is not None
    dialog.close()
    studio.features.report.write(tmp_path / "mine.html")
    assert "Writing" in studio.window.banner.text.text()
    qtbot.waitUntil(lambda: bool(opened), timeout=60_000)
    assert opened == [str(tmp_path / "mine.html")] and "mine.html" in studio.window.banner.text.text()
    assert "<h1>" in (tmp_path / "mine.html").read_text(encoding="utf-8")
    studio.features.report.write(tmp_path / "gone" / "mine.html")
    qtbot.waitUntil(lambda: bool(studio.messages.open_errors), timeout=60_000)
