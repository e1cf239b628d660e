"""Coming back after a crash: what was active is remembered while it runs, and offered at the next start."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from acq_app.features.debug_package import write_debug_package
from acq_app.features.queue.model import QueueItem, QueueModel
from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences, load_preferences, save_preferences
from acq_app.shell.crashes import crash_report
from acq_app.shell.logs import start_logging
from acq_app.shell.studio import Studio
from acq_app.views.runs.view import RunsView
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.tools.windows import Make, program, until, view_of


def crashed_run(folder: Path) -> Path:
    """A run whose program was killed."""
    script = (
        "import os, sys\nfrom acq_engine.settings import RunConfig\nfrom acq_engine.store import RunStore\n"
        "store = RunStore.create(sys.argv[1], RunConfig())\nstore.set_state('running')\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], check=False, timeout=60)
    return folder


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    """The program, started with the settings that are there."""
    with program(qtbot) as started:
        yield started.studio


def test_an_active_run_is_remembered_on_disk_at_once(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.01)
    studio.run_settings.set_value("quantization.weight_bits", 3)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    # What a program that is killed now leaves behind:
    left = load_preferences()
    assert left.last_run == Path(studio.session.state.run_dir) and left.layout
    assert left.next_run["quantization"]["weight_bits"] == 3, "the settings as well"
    studio.registry["cancel"].trigger()
    until(qtbot, studio, RunState.STOPPED)


class TestNextStart:
    """A run was active when the program was killed."""

    @pytest.fixture(autouse=True)
    def killed(self, tmp_path: Path) -> Path:
        folder = crashed_run(tmp_path / "fashion-acq-w4a4-1")
        save_preferences(Preferences(last_run=folder, runs_folder=tmp_path))
        return folder

    def test_it_is_offered_and_can_be_looked_at(self, studio: Studio, killed: Path, qtbot: QtBot) -> None:
        banner = studio.window.banner
        assert banner.isVisible() and "fashion-acq-w4a4-1 was interrupted" in banner.text.text()
        look = banner.findChild(QPushButton, "open")
        assert look is not None and banner.findChild(QPushButton, "resume") is not None
        qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not studio.session.active, timeout=20_000)
        assert studio.session.state.run_dir == str(killed)

    def test_then_the_queue_is_offered(self, tmp_path: Path, request: pytest.FixtureRequest, qtbot: QtBot) -> None:
        QueueModel().add([QueueItem("next", RunConfig())])
        studio: Studio = request.getfixturevalue("studio")
        banner = studio.window.banner
        assert "was interrupted" in banner.text.text()
        qtbot.mouseClick(banner.dismiss, Qt.MouseButton.LeftButton)
        assert banner.isVisible() and "1 run from the last session" in banner.text.text()
        qtbot.mouseClick(banner.dismiss, Qt.MouseButton.LeftButton)
        assert not banner.isVisible()

    def test_looking_at_it_does_not_forget_it(self, studio: Studio, killed: Path, qtbot: QtBot) -> None:
        look = studio.window.banner.findChild(QPushButton, "open")
        assert look is not None
        qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not studio.session.active, timeout=20_000)
        assert studio.context.preferences.last_run == killed

    def test_it_is_offered_again_after_not_now(self, studio: Studio, killed: Path, qtbot: QtBot) -> None:
        qtbot.mouseClick(studio.window.banner.dismiss, Qt.MouseButton.LeftButton)
        assert not studio.window.banner.isVisible()
        studio.window.close()
        studio.quitter.leave()
        assert load_preferences().last_run == killed


def test_a_run_whose_killed_writer_is_still_going_is_offered_once_it_has_gone(
    tmp_path: Path, request: pytest.FixtureRequest, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("acq_app.shell.startup_prompts.WAIT_MS", 20)
    folder = crashed_run(tmp_path / "run")
    save_preferences(Preferences(last_run=folder, tour_seen=True))
    writer = RunStore.open(folder)
    writer.lock()
    studio: Studio = request.getfixturevalue("studio")
    assert not studio.window.banner.isVisible()
    writer.close()
    qtbot.waitUntil(studio.window.banner.isVisible, timeout=10_000)
    assert "was interrupted" in studio.window.banner.text.text()
    assert studio.context.preferences.last_run == folder


def test_the_settings_of_the_last_time_are_there_again(qtbot: QtBot, tmp_path: Path) -> None:
    save_preferences(Preferences(tour_seen=True))
    with program(qtbot) as first:
        first.studio.run_settings.set_value("quantization.weight_bits", 3)
        first.studio.run_settings.set_value("test_set.path", tmp_path / "gone.npz")
    with program(qtbot) as second:
        settings = second.studio.run_settings
        assert settings.value("quantization.weight_bits") == 3
        assert settings.value("test_set.path") is None, "images that are gone are left out"
        assert not settings.undo_text()
        settings.set_value("quantization.weight_bits", 4)
    assert load_preferences().next_run == {}, "defaults need no remembering: a newer version may have better ones"


def test_columns_and_groups_of_runs_are_there_again(qtbot: QtBot) -> None:
    save_preferences(Preferences(tour_seen=True))
    for begin in (True, False):
        with program(qtbot) as started:
            view = view_of(started.studio, "runs")
            assert isinstance(view, RunsView)
            if begin:
                view._show_column(9, False)
                view._show_column(14, True)
                view._group("model")
            else:
                assert (view.hidden_columns(), view.grouped) == (["agreement"], "model")


def test_a_file_dialog_opens_where_one_of_its_kind_was_used(make: Make, tmp_path: Path) -> None:
    studio = make()
    files = studio.features.files
    files.open_model()
    assert files.dialog is not None
    files.dialog.filesSelected.emit([str(tmp_path / "models" / "a.pth")])
    files.dialog.close()
    (tmp_path / "models").mkdir()
    files.open_model()
    assert Path(files.dialog.directory().absolutePath()) == tmp_path / "models"
    files.dialog.close()
    assert studio.context.preferences.folders == {"model": tmp_path / "models"}


def test_a_run_that_ended_well_is_not_offered(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with RunStore.create(tmp_path / "run", RunConfig()) as store:
        store.set_state("succeeded")
    save_preferences(Preferences(last_run=tmp_path / "run"))
    studio: Studio = request.getfixturevalue("studio")
    assert not studio.window.banner.isVisible() and studio.context.preferences.last_run is None


def test_the_log_of_a_crash_outlives_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, kept = logging.getLogger(), list(logging.getLogger().handlers)
    monkeypatch.setattr("faulthandler.enable", lambda file=None: file.close() if file is not None else None)
    monkeypatch.setattr("acq_app.features.debug_package.log_folder", lambda: tmp_path)
    (tmp_path / "crash.log").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    try:
        start_logging(tmp_path)
        start_logging(tmp_path)
    finally:
        for handler in [handler for handler in root.handlers if handler not in kept]:
            root.removeHandler(handler)
            handler.close()
    names = write_debug_package(tmp_path / "report.zip", RunConfig(), None)
    assert "program/crash-before.log" in names
    assert "Segmentation" in (tmp_path / "crash-before.log").read_text(encoding="utf-8")


HARD_CRASH = """
import faulthandler, logging, sys
from pathlib import Path
from acq_app.shell.logs import start_logging
start_logging(Path(sys.argv[1]))
logging.getLogger("acq_app").info("the last thing that was done")
faulthandler._sigsegv()
"""


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """The folder of the logs, after a start that crashed and before the next one tells of it."""
    done = subprocess.run([sys.executable, "-c", HARD_CRASH, str(tmp_path / "logs")], check=False, timeout=60)
    assert done.returncode != 0
    (tmp_path / "logs/crash.log").replace(tmp_path / "logs/crash-before.log")  # as the next start does
    with (tmp_path / "logs/acq-studio.log").open("a", encoding="utf-8") as log:
        log.write("2999-01-01 00:00:00,000 INFO acq_app: the next start\n")
    return tmp_path / "logs"


@pytest.mark.parametrize("answer", ["show", "dismiss"])
def test_a_hard_crash_is_told_of_once(crashed: Path, qtbot: QtBot, tmp_path: Path, answer: str) -> None:
    save_preferences(Preferences(last_run=crashed_run(tmp_path / "run"), tour_seen=True))
    with program(qtbot, logs=crashed) as started:
        studio = started.studio
        assert "crashed" in studio.window.banner.text.text()
        if answer == "dismiss":
            studio.window.banner.dismiss.click()
            assert not studio.messages.open_errors
        else:
            show = studio.window.banner.findChild(QPushButton, "crash")
            assert show is not None
            show.click()
            detail = studio.messages.open_errors[0].detail.toPlainText()
            for part in ("Segmentation fault", "the last thing that was done", "PySide6-Essentials"):
                assert part in detail
            assert "the next start" not in detail
        assert "was interrupted" in studio.window.banner.text.text(), "then comes what else there is"
    with program(qtbot, logs=crashed) as again:
        assert "crashed" not in again.studio.window.banner.text.text()
    assert (crashed / "crash-reported.log").stat().st_size, "the debug package takes it"


def test_a_start_after_a_good_end_tells_of_nothing(tmp_path: Path) -> None:
    assert crash_report(tmp_path) is None
    (tmp_path / "crash-before.log").write_bytes(b"\n")
    assert crash_report(tmp_path) is None
