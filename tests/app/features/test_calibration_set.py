"""Images of the run on the screen are saved for other tools from the menu."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from acq_app.features import calibration_set
from tests.tools.old_files import OLD
from tests.tools.windows import Make


def test_a_calibration_set_is_written_and_its_parts_are_said(
    make: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calibration_set, "COUNT", 12)
    studio = make()
    assert not studio.registry["calibration_set"].isEnabled(), "there is no run yet"
    run = shutil.copytree(OLD / "stopped", tmp_path / "run")
    with qtbot.waitSignal(studio.session.opened, timeout=30_000):
        studio.session.open(run)
    qtbot.waitUntil(lambda: studio.registry["calibration_set"].isEnabled(), timeout=10_000)
    studio.registry["calibration_set"].trigger()
    feature = studio.features.calibration_set
    assert feature.dialog is not None
    feature.dialog.close()
    feature.write(tmp_path / "mine.npz")
    assert "12 images" in studio.window.banner.text.text()
    qtbot.waitUntil(lambda: (tmp_path / "mine.npz").is_file(), timeout=60_000)
    qtbot.waitUntil(lambda: "mine.npz" in studio.window.banner.text.text(), timeout=10_000)
    assert "procedural images" in studio.window.banner.text.text(), "what it is made of"
    assert len(np.load(tmp_path / "mine.npz")["images"]) == 12
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    feature.write(tmp_path / "full")
    qtbot.waitUntil(lambda: bool(studio.messages.open_errors), timeout=60_000)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.txt"]
