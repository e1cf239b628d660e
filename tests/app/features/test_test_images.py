"""Test images are looked at when they are chosen; a set that can't be used is told, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.shell.studio import Studio
from tests.tools.windows import Make, until


def write(path: Path, highest: int = 9) -> Path:
    labels = np.arange(30, dtype=np.int64) % (highest + 1)
    names = np.array([f"garment {number}" for number in range(10)])
    np.savez(path, images=np.zeros((30, 32, 32), np.uint8), labels=labels, class_names=names)
    return path


def settled(studio: Studio, qtbot: QtBot) -> None:
    feature = studio.features.test_images
    qtbot.waitUntil(lambda: not feature._timer.isActive() and not studio.context.background.busy, timeout=60_000)


def test_a_good_set_is_described_at_once(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    panel = studio.window.column.test_panel
    assert panel.look.isHidden()
    studio.features.files.use_test_set(write(tmp_path / "mine.npz"))
    assert panel.chosen.text() == "mine.npz", "a file's name keeps its letters"
    settled(studio, qtbot)
    assert panel.look.words.text() == "30 images, 10 classes, 32 × 32: garment 0, garment 1, garment 2, ..."
    assert len(panel.look.strip.images) == 6 and panel.look.isVisible()
    assert not studio.features.runs.reasons()
    panel.clear_button.click()
    assert panel.look.isHidden()


def test_a_bad_set_leaves_the_run_on_the_screen(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    settled(studio, qtbot)
    before = studio.session.state
    np.savez(tmp_path / "bad.npz", images=np.zeros((5, 32, 32), np.uint8), labels=np.full(5, 99))
    studio.features.files.use_test_set(tmp_path / "bad.npz")
    settled(studio, qtbot)
    look = studio.window.column.test_panel.look
    assert "outside 0 to 9" in look.words.text() and look.strip.isHidden()
    assert not studio.registry["start"].isEnabled() and "outside" in studio.window.run_bar.sentence.text()
    (tmp_path / "none").mkdir()
    studio.features.files.use_test_set(tmp_path / "none")
    settled(studio, qtbot)
    assert f"{tmp_path / 'none'}. Use a folder" in look.words.text(), "sentences that end"
    studio.registry["start"].trigger()
    assert studio.session.state is before and studio.session.state.results.student is not None
    studio.features.files.use_test_set(write(tmp_path / "good.npz"))
    settled(studio, qtbot)
    assert studio.registry["start"].isEnabled() and "30 images" in look.words.text()


def test_a_set_that_waits_for_a_model_says_so(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    look = studio.window.column.test_panel.look
    (tmp_path / "bad.pth").write_text("no model")
    studio.run_settings.set_values({"model.source": "checkpoint", "model.path": tmp_path / "bad.pth"})
    studio.features.files.use_test_set(write(tmp_path / "mine.npz"))
    settled(studio, qtbot)
    assert look.isVisible() and "once a model is open" in look.words.text()
    studio.run_settings.set_values({"model.source": "sample", "model.path": None})
    settled(studio, qtbot)
    assert look.words.text().startswith("30 images")
