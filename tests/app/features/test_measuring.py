"""Measuring a run on test images, and opening runs, while something else goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from acq_app.run.jobs import Emit, Job
from acq_app.run.state import RunState
from acq_engine.events import Evaluated
from tests.tools.windows import Make, until


def test_what_was_measured_stays_with_its_run(make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Path] = []

    class Measuring(Job):
        def __init__(self, run_dir: Path, _: object) -> None:
            jobs.append(run_dir)

        def run(self, emit: Emit) -> list[Evaluated]:
            return [Evaluated("student", 10, "test", 11.1, convention="B")]

    monkeypatch.setattr("acq_app.features.measuring.EvaluateJob", Measuring)
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.features.measuring.measure()
    qtbot.waitUntil(lambda: bool(jobs) and not studio.context.background.busy, timeout=10_000)
    measured = studio.session.state.results.student
    assert measured is not None and measured.top1 == 11.1
    studio.session.state.results.student = None
    studio.features.measuring.measure()
    studio.session.state.run_dir = "another"  # opened meanwhile
    qtbot.waitUntil(lambda: len(jobs) == 2 and not studio.context.background.busy, timeout=10_000)
    assert studio.session.state.results.student is None
    assert jobs[1].name in studio.window.banner.text.text()


def test_another_run_is_not_left_unopened_in_silence(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make(delay=0.005)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    studio.features.files.show_run(tmp_path / "runs" / "one")
    assert "once this one has finished" in studio.window.banner.text.text()
    studio.registry["cancel"].trigger()
    until(qtbot, studio, RunState.STOPPED)
