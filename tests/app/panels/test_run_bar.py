"""Times at the bottom of the window move on while a phase says nothing."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from acq_app.commands.registry import Registry
from acq_app.panels.run_bar import RunBar
from acq_app.run.state import RunState, WindowState
from acq_engine.events import PhaseStarted, StepMetrics


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
