"""The whole path with the real engine: choose the sample, start, pause, resume, finish, export, run the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acq_app.dialogs.export import ExportDialog
from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences
from acq_app.shell.studio import Studio
from acq_engine.store import RunStore
from tests.tools.windows import shown

SECOND = 1000


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Iterator[Studio]:
    with shown(qtbot, Studio(Preferences(runs_folder=tmp_path / "runs"))) as studio:
        yield studio


def press(qtbot: QtBot, studio: Studio, name: str) -> None:
    button = studio.window.run_bar.buttons[name]
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def until(qtbot: QtBot, studio: Studio, state: RunState, seconds: int = 240) -> None:
    def reached() -> bool:
        failed = studio.session.state.failed
        assert failed is None, failed
        return studio.session.controller.state is state

    qtbot.waitUntil(reached, timeout=seconds * SECOND)


@pytest.mark.timeout(900)
def test_from_the_sample_to_a_file_that_runs(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    studio.registry["use_sample"].trigger()
    for path, value in {"schedule.warmup_steps": 12, "schedule.finetune_steps": 400, "schedule.report_every": 2,
                        "schedule.sample_every": 6, "schedule.calibration_samples": 64,
                        "schedule.generator_batch": 16, "schedule.student_batch": 8, "test_set.limit": 200}.items():
        assert studio.run_settings.set_value(path, value)
    press(qtbot, studio, "start")
    until(qtbot, studio, RunState.RUNNING)
    press(qtbot, studio, "pause_resume")
    until(qtbot, studio, RunState.PAUSED)
    step = studio.session.state.global_step
    press(qtbot, studio, "pause_resume")
    until(qtbot, studio, RunState.RUNNING)
    session = studio.session
    qtbot.waitUntil(lambda: session.state.phase == "finetune" and session.state.global_step > step,
                    timeout=240 * SECOND)
    press(qtbot, studio, "finish_now")
    until(qtbot, studio, RunState.SUCCEEDED)
    results = studio.session.state.results
    assert results.verified is not None and results.verified.passed and results.float_ is not None
    assert [part.phase for part in studio.session.state.phases if part.skipped] == ["finetune"]
    run_dir = Path(studio.session.state.run_dir)
    assert RunStore.open(run_dir).state == "succeeded"

    studio.run_settings.set_value("test_set.limit", 100)
    studio.registry["measure"].trigger()
    qtbot.waitUntil(lambda: (found := session.state.results.float_) is not None and found.images == 100,
                    timeout=120 * SECOND)
    qtbot.waitUntil(lambda: not studio.context.background.busy, timeout=120 * SECOND)
    assert studio.session.state.results.student is not None and studio.session.state.results.student.images == 100

    press(qtbot, studio, "export")
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, ExportDialog)
    target = tmp_path / "mine.onnx"
    dialog.target.setText(str(target))
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=240 * SECOND)
    assert "reproduces the quantized model" in dialog.headline.text(), dialog.headline.text()
    dialog.close_button.click()

    import onnxruntime

    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    picture = np.zeros((1, 1, 32, 32), np.float32)
    logits = session.run(None, {session.get_inputs()[0].name: picture})[0]
    assert logits.shape == (1, 10)


@pytest.mark.timeout(600)
def test_a_cancelled_run_is_taken_up_again(studio: Studio, qtbot: QtBot) -> None:
    settings = {"schedule.warmup_steps": 300, "schedule.finetune_steps": 4, "schedule.report_every": 2,
                "schedule.calibration_samples": 64, "schedule.generator_batch": 8, "test_set.limit": 100}
    for path, value in settings.items():
        assert studio.run_settings.set_value(path, value)
    press(qtbot, studio, "start")
    until(qtbot, studio, RunState.RUNNING)
    qtbot.waitUntil(lambda: studio.session.state.global_step >= 4, timeout=120 * SECOND)
    press(qtbot, studio, "cancel")
    until(qtbot, studio, RunState.STOPPED)
    stopped_at = studio.session.state.global_step
    assert studio.window.run_bar.buttons["resume_run"].bright
    press(qtbot, studio, "resume_run")
    until(qtbot, studio, RunState.RUNNING)
    qtbot.waitUntil(lambda: studio.session.state.global_step > stopped_at, timeout=120 * SECOND)
    assert studio.session.state.resumed_from_step is not None
    press(qtbot, studio, "cancel")
    until(qtbot, studio, RunState.STOPPED)
