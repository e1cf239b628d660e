"""The controller: states, commands and events of a run in a real thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from acq_app.run.controller import RunController
from acq_app.run.state import TRANSITIONS, RunState
from acq_engine.control import RunControl
from acq_engine.errors import ModelError
from acq_engine.events import Event, Failed, Finished, StepMetrics
from acq_engine.settings import RunConfig
from tests.tools.fake_run import FakeRun


class Recorder:
    """Collects what the controller says."""

    def __init__(self, controller: RunController) -> None:
        self.events: list[Event] = []
        self.states: list[RunState] = [controller.state]
        self.batches = 0
        self.in_gui_thread = True
        controller.eventsReady.connect(self.take)
        controller.stateChanged.connect(self.states.append)

    def take(self, events: list[Event]) -> None:
        self.batches += 1
        self.events += events

    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.events]


def fake(**options: Any) -> Any:
    return lambda config, out, control: FakeRun(config=config, control=control, run_dir=str(out), **options)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Any]:
    made: list[RunController] = []

    def _make(**options: Any) -> tuple[RunController, Recorder]:
        controller = RunController(fake(**options))
        made.append(controller)
        return controller, Recorder(controller)

    yield _make
    for controller in made:
        controller.cancel()
        assert controller.wait(5000)


def test_a_run_to_its_end(make: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controller, seen = make()
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.SUCCEEDED, timeout=20_000)
    expected = [type(event).__name__ for event in FakeRun().events()]
    assert seen.kinds() == expected, "every event arrives, in order"
    assert seen.states == [RunState.DRAFT, RunState.PREPARING, RunState.RUNNING, RunState.SUCCEEDED]
    assert seen.batches < len(expected) / 2


def test_pause_resume_cancel(make: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controller, seen = make(delay=0.002)
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.RUNNING, timeout=10_000)
    controller.pause()
    assert seen.states[-1] is RunState.PAUSING
    qtbot.waitUntil(lambda: controller.state is RunState.PAUSED, timeout=5000)
    controller.resume()
    qtbot.waitUntil(lambda: controller.state is RunState.RUNNING, timeout=5000)
    controller.cancel()
    assert seen.states[-1] is RunState.STOPPING
    qtbot.waitUntil(lambda: controller.state is RunState.STOPPED, timeout=5000)
    assert isinstance(seen.events[-1], Finished) and "Checkpointed" in seen.kinds()


def test_resume_before_the_pause_took_effect(make: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controller, _ = make(delay=0.002)
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.RUNNING, timeout=10_000)
    controller.pause()
    controller.resume()
    assert controller.state is RunState.RUNNING
    qtbot.waitUntil(lambda: controller.state is RunState.SUCCEEDED, timeout=20_000)


def test_finish_now_from_a_pause(make: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controller, seen = make(delay=0.002)
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.RUNNING, timeout=10_000)
    controller.pause()
    qtbot.waitUntil(lambda: controller.state is RunState.PAUSED, timeout=5000)
    controller.finish_now()
    qtbot.waitUntil(lambda: controller.state is RunState.SUCCEEDED, timeout=10_000)
    steps = [event.step for event in seen.events if isinstance(event, StepMetrics) and event.phase == "finetune"]
    assert not steps or max(steps) < 300


def test_a_failing_run(make: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controller, seen = make(fail_at=40)
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.FAILED, timeout=10_000)
    assert [kind for kind in seen.kinds() if kind == "Failed"] == ["Failed"]
    controller.start(RunConfig(), tmp_path)  # and again
    qtbot.waitUntil(lambda: controller.state is RunState.FAILED, timeout=10_000)


@pytest.mark.parametrize(
    ("error", "message"),
    [(ModelError("The file is damaged.", hint="Take another."), "The file is damaged."),
     (ZeroDivisionError("x"), "An internal error occurred.")],
)
def test_whatever_creating_a_run_raises_becomes_a_failure(
    qtbot: QtBot, tmp_path: Path, error: Exception, message: str
) -> None:
    def broken(config: RunConfig, out: Path, control: RunControl) -> FakeRun:
        raise error

    controller = RunController(broken)
    seen = Recorder(controller)
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.FAILED, timeout=5000)
    failed = seen.events[-1]
    assert isinstance(failed, Failed) and failed.message == message and "Traceback" in failed.detail


def test_a_run_that_ends_without_a_word(qtbot: QtBot, tmp_path: Path) -> None:
    class Silent:
        def events(self) -> Iterator[Event]:
            return iter(())

    controller = RunController(lambda config, out, control: Silent())
    seen = Recorder(controller)
    controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.FAILED, timeout=5000)
    assert seen.kinds() == ["Failed"]


def test_cancel_and_wait_without_an_event_loop(make: Any, qtbot: QtBot, tmp_path: Path) -> None:
    controller, seen = make(delay=0.002)
    controller.start(RunConfig(), tmp_path)
    controller.cancel()
    assert controller.wait(5000)
    assert controller.state is RunState.STOPPED and isinstance(seen.events[-1], Finished)


def test_events_are_delivered_in_the_gui_thread(qtbot: QtBot, tmp_path: Path) -> None:
    controller = RunController(fake())
    threads = []
    controller.eventsReady.connect(lambda events: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(controller.eventsReady, timeout=10_000):
        controller.start(RunConfig(), tmp_path)
    qtbot.waitUntil(lambda: controller.state is RunState.SUCCEEDED, timeout=20_000)
    assert set(threads) == {controller.thread()}


def test_a_folder_without_a_run(qtbot: QtBot, tmp_path: Path) -> None:
    controller = RunController()
    with qtbot.waitSignal(controller.openFailed, timeout=10_000) as blocker:
        controller.open_run(tmp_path)
    assert blocker.args is not None and "no run" in blocker.args[0].message
    assert controller.state is RunState.DRAFT


def test_a_step_outside_the_table_is_an_error(qtbot: QtBot) -> None:
    controller = RunController()
    controller.pause()  # commands that make no sense now do nothing
    controller.resume()
    controller.finish_now()
    controller.cancel()
    assert controller.state is RunState.DRAFT
    assert RunState.RUNNING not in TRANSITIONS[RunState.DRAFT]
    with pytest.raises(RuntimeError, match="draft"):
        controller._go(RunState.RUNNING)
