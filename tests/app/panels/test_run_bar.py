"""Times at the bottom of the window move on while a phase says nothing."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from acq_app.commands.registry import Registry
from acq_app.panels.run_bar import RunBar
from acq_app.run.state import RunState, WindowState
from acq_app.widgets.phase_bar import task_text
from acq_engine.control import TASK_TITLES, UNITS, SubProgress
from acq_engine.events import Phase, PhaseStarted, StepMetrics


def test_time_moves_between_two_reports(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("acq_app.panels.run_bar.monotonic", lambda: now)
    bar = RunBar(Registry())
    qtbot.addWidget(bar)
    state = WindowState()
    bar.show_state(RunState.PREPARING, state, (), replaying=False)
    now += 12
    bar._clock.timeout.emit()
    assert bar.left.text() == "for 0:12", "loading may take long; the clock goes on"
    state.apply(StepMetrics("warmup", 5, 50, 5, {}, 5.0, 90.0))
    bar.show_state(RunState.RUNNING, state, (), replaying=False)
    assert bar.left.text() == "1:30 left"
    now += 20
    bar._clock.timeout.emit()
    assert bar.left.text() == "1:10 left"
    bar.show_state(RunState.PAUSED, state, (), replaying=False)
    paused = bar.left.text()
    now += 500
    assert not bar._clock.isActive() and bar.left.text() == paused
    state.apply(PhaseStarted("evaluate", 0))
    bar.show_state(RunState.RUNNING, state, (), replaying=False)
    now += 7
    bar._clock.timeout.emit()
    assert bar.left.text() == "for 0:07", "no time is promised where none is known"
    bar.show_state(RunState.SUCCEEDED, state, (), replaying=False)
    assert bar.left.text() == "" and not bar._clock.isActive()


@pytest.mark.parametrize(
    ("run", "phase", "sub", "sentence"),
    [
        (RunState.PREPARING, "prepare", SubProgress("float", 300, 650), "float model: image 300 of 650"),
        (RunState.RUNNING, "calibrate", SubProgress("rounding", 7, 22), "Calibrate: rounding, layer 7 of 22"),
        (RunState.RUNNING, "export", SubProgress("latency"), "Export: measuring latency"),
    ],
)
def test_a_phase_without_steps_says_what_it_is_at(
    qtbot: QtBot, run: RunState, phase: Phase, sub: SubProgress, sentence: str
) -> None:
    bar, state = RunBar(Registry()), WindowState()
    qtbot.addWidget(bar)
    state.apply(PhaseStarted(phase, 0))
    state.take_sub(sub)
    bar.show_state(run, state, (), replaying=False)
    assert sentence in bar.sentence.text()


def test_every_task_has_words() -> None:
    for task in TASK_TITLES:
        assert task_text(SubProgress(task)) or task in UNITS
        if task in UNITS:
            assert "1,234" in task_text(SubProgress(task, 1234, 2000)), task
