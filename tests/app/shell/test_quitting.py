"""The one way out: whatever goes on and however the end comes, no thread and no half-written file is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import onnx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acq_app.features.bits.jobs import MeasureLayersJob
from acq_app.run.jobs import Emit, Job
from acq_app.settings.preferences import CONFIG_DIR_VARIABLE, Preferences, load_preferences, save_preferences
from acq_engine.control import RunControl
from acq_engine.store import RunStore
from tests.tools.windows import Make

ROOT = Path(__file__).resolve().parents[3]


def end(tmp_path: Path, work: str, way: str) -> subprocess.CompletedProcess[str]:
    """Run the program until it ends in the middle of its work."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", CONFIG_DIR_VARIABLE: str(tmp_path / "config")}
    save_preferences(Preferences(runs_folder=tmp_path / "runs", tour_seen=True),
                     tmp_path / "config" / "settings.json")
    (tmp_path / "files").mkdir()
    return subprocess.run(
        [sys.executable, "-m", "tests.tools.ending", work, way, str(tmp_path / "files")], env=environment, cwd=ROOT,
        capture_output=True, text=True, timeout=240, check=False)


def unfinished(folder: Path) -> list[str]:
    """Temporary files that somebody left."""
    return [path.name for path in folder.rglob("*") if path.name.endswith(".tmp") or path.name.startswith(".model")]


@pytest.mark.parametrize(("work", "way", "code"), [
    ("run", "close", 0), ("run", "signal", 0), ("run", "error", 1), ("run", "session", 0),
    ("export", "quit", 0), ("export", "signal", 0),
    ("inspection", "close", 0), ("inspection", "signal", 0),
    ("measurement", "close", 0), ("measurement", "signal", 0),
])
def test_the_program_ends_in_the_middle_of_its_work(tmp_path: Path, work: str, way: str, code: int) -> None:
    done = end(tmp_path, work, way)
    assert done.returncode == code, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"middle": True, "threads": []}
    assert "QThread: Destroyed" not in done.stderr
    assert unfinished(tmp_path) == []
    if work == "run":
        store = RunStore.open(next((tmp_path / "runs").iterdir()))
        assert store.state == "stopped" and not store.live
        saved = store.load_checkpoint()
        assert saved is not None and saved[1]["global_step"] >= 5
        preferences = load_preferences(tmp_path / "config" / "settings.json")
        assert preferences.last_run == store.path, "it is offered at the next start"
        assert preferences.layout
    for file in (tmp_path / "files").glob("*.onnx"):
        onnx.checker.check_model(onnx.load(file))


def test_a_thread_that_does_not_end_is_left_behind_and_leaves_no_half_file(tmp_path: Path) -> None:
    done = end(tmp_path, "export", "late")
    assert done.returncode == 1, done.stderr
    assert "still in its last step" in done.stderr
    assert [path.name for path in (tmp_path / "files").iterdir()] == []


class Endless(Job):
    """Goes on until it is cancelled; nobody waits for it."""

    def __init__(self) -> None:
        self.control = RunControl()
        self.control.pause()

    def run(self, emit: Emit) -> None:
        self.control.wait_while_paused()

    def cancel(self) -> None:
        self.control.cancel()


class Awaited(Endless):
    """The same, and somebody does."""

    worth_asking = True


def test_closing_asks_before_work_is_cancelled_that_somebody_waits_for(make: Make, qtbot: QtBot) -> None:
    studio = make()
    called: list[object] = []
    studio.context.background.do(Awaited(), called.append)
    studio.window.close()
    question = studio.quitter.question
    assert studio.window.isVisible() and question is not None
    question.reject()
    assert studio.window.isVisible() and studio.context.background.busy, "it goes on"
    studio.window.close()
    assert studio.quitter.stop_button is not None
    qtbot.mouseClick(studio.quitter.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not studio.window.isVisible(), timeout=10_000)
    assert not studio.context.background.busy and called == []


def test_closing_cancels_other_work_without_asking(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.context.background.do(Endless(), lambda _: None)
    studio.window.close()
    assert not studio.window.isVisible() and studio.quitter.question is None
    assert studio.quitter.leave() and not studio.context.background.busy


def test_nothing_is_begun_any_more_once_the_program_ends(make: Make) -> None:
    studio = make()
    assert studio.quitter.leave()
    studio.context.background.do(Endless(), lambda _: None)
    assert not studio.context.background.busy


def test_every_action_has_a_handler_and_no_handler_is_left_over(make: Make) -> None:
    from acq_app.commands.registry import Registry
    from acq_app.commands.table import ACTIONS

    handlers = make().handlers()
    assert set(handlers) == {info.id for info in ACTIONS} and all(callable(handler) for handler in handlers.values())
    del handlers["start"]
    with pytest.raises(KeyError, match="start"):
        Registry().connect_handlers(handlers)


def test_measuring_layers_is_worth_asking() -> None:
    assert MeasureLayersJob.worth_asking
