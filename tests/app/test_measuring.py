"""Measuring a run on test images, and opening runs, while something else goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from acq_app.state import RunState
from acq_engine.events import Evaluated
from tests.tools.windows import Make, until


def test_what_was_measured_stays_with_its_run(make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Path] = []

    class Measuring:
        def __init__(self, run_dir: Path, _: object) -> None:
            jobs.append(run_dir)

        def run(self, emit: object) -> list[Evaluated]:
            return [Evaluated("student", 10, "test", 11.1, convention="B")]

    monkeypatch.setattr("acq_app.run_actions.EvaluateJob", Measuring)
    window = make()
    window.registry["start"].trigger()
    until(qtbot, window, RunState.SUCCEEDED)
    window.runs.measure()
    qtbot.waitUntil(lambda: bool(jobs) and not window.intents.busy, timeout=10_000)
    measured = window.state.results.student
    assert measured is not None and measured.top1 == 11.1
    window.state.results.student = None
    window.runs.measure()
    window.state.run_dir = "another"  # opened meanwhile
    qtbot.waitUntil(lambda: len(jobs) == 2 and not window.intents.busy, timeout=10_000)
    assert window.state.results.student is None
    assert jobs[1].name in window.banner.text.text()


def test_another_run_is_not_left_unopened_in_silence(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make(delay=0.005)
    window.registry["start"].trigger()
    until(qtbot, window, RunState.RUNNING)
    window.files.take_run(tmp_path / "runs" / "one")
    assert "once this one has finished" in window.banner.text.text()
    window.registry["cancel"].trigger()
    until(qtbot, window, RunState.STOPPED)
