"""The whole path with the real engine: choose the sample, start, pause, resume, finish, export, run the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acq_app.dialogs.export import ExportDialog
from acq_app.main_window import MainWindow
from acq_app.settings import AppSettings
from acq_app.state import RunState
from acq_engine.store import RunStore

SECOND = 1000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(AppSettings(runs_folder=tmp_path / "runs"))
    with qtbot.waitSignal(made.viewsLoaded, timeout=60 * SECOND):
        made.show()
    yield made
    made.controller.cancel()
    assert made.controller.wait(120 * SECOND) and made.intents.shutdown(20 * SECOND)
    assert made.inspector.shutdown(60 * SECOND)
    for dialog in made.open_errors:
        dialog.close()
    made.close()
    made.deleteLater()


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = window.run_bar.buttons[name]
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def until(qtbot: QtBot, window: MainWindow, state: RunState, seconds: int = 240) -> None:
    def reached() -> bool:
        failed = window.state.failed
        assert failed is None, failed
        return window.controller.state is state

    qtbot.waitUntil(reached, timeout=seconds * SECOND)


@pytest.mark.timeout(900)
def test_from_the_sample_to_a_file_that_runs(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.registry["use_sample"].trigger()
    for path, value in {"schedule.warmup_steps": 12, "schedule.finetune_steps": 400, "schedule.report_every": 2,
                        "schedule.sample_every": 6, "schedule.calibration_samples": 64,
                        "schedule.generator_batch": 16, "schedule.student_batch": 8, "test_set.limit": 200}.items():
        assert window.model.set_value(path, value)
    press(qtbot, window, "start")
    until(qtbot, window, RunState.RUNNING)
    press(qtbot, window, "pause_resume")
    until(qtbot, window, RunState.PAUSED)
    step = window.state.global_step
    press(qtbot, window, "pause_resume")
    until(qtbot, window, RunState.RUNNING)
    qtbot.waitUntil(lambda: window.state.phase == "finetune" and window.state.global_step > step, timeout=240 * SECOND)
    press(qtbot, window, "finish_now")
    until(qtbot, window, RunState.SUCCEEDED)
    results = window.state.results
    assert results.verified is not None and results.verified.passed and results.float_ is not None
    assert [part.phase for part in window.state.phases if part.skipped] == ["finetune"]
    run_dir = Path(window.state.run_dir)
    assert RunStore.open(run_dir).state == "succeeded"

    window.model.set_value("test_set.limit", 100)
    window.registry["measure"].trigger()
    qtbot.waitUntil(lambda: window.state.results.float_ is not None and window.state.results.float_.images == 100,
                    timeout=120 * SECOND)
    qtbot.waitUntil(lambda: not window.intents.busy, timeout=120 * SECOND)
    assert window.state.results.student is not None and window.state.results.student.images == 100

    press(qtbot, window, "export")
    dialog = window.pages.dialog
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
def test_a_cancelled_run_is_taken_up_again(window: MainWindow, qtbot: QtBot) -> None:
    settings = {"schedule.warmup_steps": 300, "schedule.finetune_steps": 4, "schedule.report_every": 2,
                "schedule.calibration_samples": 64, "schedule.generator_batch": 8, "test_set.limit": 100}
    for path, value in settings.items():
        assert window.model.set_value(path, value)
    press(qtbot, window, "start")
    until(qtbot, window, RunState.RUNNING)
    qtbot.waitUntil(lambda: window.state.global_step >= 4, timeout=120 * SECOND)
    press(qtbot, window, "cancel")
    until(qtbot, window, RunState.STOPPED)
    stopped_at = window.state.global_step
    assert window.run_bar.buttons["resume_run"].bright
    press(qtbot, window, "resume_run")
    until(qtbot, window, RunState.RUNNING)
    qtbot.waitUntil(lambda: window.state.global_step > stopped_at, timeout=120 * SECOND)
    assert window.state.resumed_from_step is not None
    press(qtbot, window, "cancel")
    until(qtbot, window, RunState.STOPPED)
