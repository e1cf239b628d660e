"""Test images with their attention, for the run on the screen."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from tests.tools.old_files import run_with_test_images
from tests.tools.windows import Make, until, view_of


def test_the_attention_dock_has_the_test_images_of_the_run_on_the_screen(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    run = run_with_test_images(tmp_path)
    studio = make()
    studio.features.runs.open(str(run))
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.show_page("live")
    view = view_of(studio, "attention")
    view.flush()
    view.page_box.button("centres").click()
    view.flush()
    qtbot.waitUntil(lambda: view.centres.looks.real is not None, timeout=60_000)
    classes = set(view.centres.looks.rows[0].look.samples.labels.tolist())
    assert set(view.centres.looks.real.samples.labels.tolist()) == classes
    studio.session.state.run_dir = str(tmp_path)  # another run came meanwhile
    told: list[object] = []
    studio.features.real_attention.seen.connect(lambda *answer: told.append(answer))
    studio.features.real_attention.look([2], "layer1")
    studio.session.state.run_dir = str(run)
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=60_000)
    assert told == []
