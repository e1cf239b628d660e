"""Runs on a cluster and runs that others work on, from the window: followed, steered, left, found again."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Self

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences, load_preferences, save_preferences
from acq_app.shell.studio import Studio
from acq_engine.cluster import MARK
from acq_engine.control import RunControl
from acq_engine.events import Event, Paused, StepMetrics
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.tools.cluster import cluster_here, computed_by
from tests.tools.fake_events import SUMMARY
from tests.tools.fake_run import FakeRun
from tests.tools.windows import Make, program, view_of

distributed = pytest.importorskip("distributed", reason="the optional package for clusters is not here")


MOST_MS = 90_000  # a worker, its scheduler and the window share this process


def until(qtbot: QtBot, studio: Studio, state: RunState) -> None:
    """Wait for a state of the run."""
    qtbot.waitUntil(lambda: studio.session.controller.state is state, timeout=MOST_MS)


class FarRun:
    """A made-up run as a worker computes it: in a folder of its own."""

    hold: ClassVar[threading.Event] = threading.Event()

    def __init__(self, store: RunStore, config: RunConfig, control: RunControl) -> None:
        self.store, self.config, self.control = store, config, control
        self._held = self.hold  # of its own test, however that ends

    @classmethod
    def create(cls, config: RunConfig, folder: Path, control: RunControl, **_: Any) -> Self:
        return cls(RunStore.create(folder, config, model=SUMMARY), config, control)

    def events(self) -> Iterator[Event]:
        run = FakeRun(config=self.config, control=self.control, run_dir=str(self.store.path))
        with self.store as store:
            for event in run.events():
                yield store.write(event)
                if isinstance(event, StepMetrics) and event.global_step >= 4:
                    while not self._held.wait(0.01):
                        if self.control.pause_requested or self.control.cancel_requested or (
                                self.control.finish_requested):
                            break


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pytest.importorskip("torch")  # a worker loads it with its first run, which no test is to wait for
    with cluster_here() as address:
        yield address


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FarRun]]:
    computed_by(FarRun, monkeypatch)
    yield FarRun
    FarRun.hold.set()


def started(make: Make, address: str, tmp_path: Path, qtbot: QtBot) -> Studio:
    """A window whose run goes on on the cluster."""
    studio = make(settings=Preferences(runs_folder=tmp_path / "runs", tour_seen=True))
    place = studio.window.column.schedule_panel.place
    place.place.setEditText(address)
    place.place.lineEdit().editingFinished.emit()  # type: ignore[union-attr]
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    qtbot.waitUntil(lambda: studio.session.state.global_step >= 4, timeout=MOST_MS)
    return studio


def test_a_run_on_a_cluster_is_followed_paused_and_finished(
    make: Make, address: str, far: type[FarRun], tmp_path: Path, qtbot: QtBot
) -> None:
    studio = started(make, address, tmp_path, qtbot)
    assert address in studio.window.run_bar.sentence.text()
    qtbot.waitUntil(lambda: view_of(studio, "samples").grid.samples is not None, timeout=MOST_MS)
    assert load_preferences().clusters == [address]
    studio.registry["pause_resume"].trigger()
    until(qtbot, studio, RunState.PAUSED)
    assert any(isinstance(event, Paused) for event in RunStore.open(studio.session.state.run_dir).events())
    studio.registry["pause_resume"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    studio.registry["finish_now"].trigger()
    far.hold.set()
    until(qtbot, studio, RunState.SUCCEEDED)
    folder = Path(studio.session.state.run_dir)
    assert RunStore.open(folder).state == "succeeded" and not (folder / MARK).exists()
    assert studio.registry["export"].isEnabled()


def test_a_run_on_a_cluster_is_cancelled(
    make: Make, address: str, far: type[FarRun], tmp_path: Path, qtbot: QtBot
) -> None:
    studio = started(make, address, tmp_path, qtbot)
    studio.registry["cancel"].trigger()
    until(qtbot, studio, RunState.STOPPED)
    assert RunStore.open(studio.session.state.run_dir).state == "stopped"


def test_a_window_that_closes_leaves_the_run_and_the_next_one_finds_it(
    make: Make, address: str, far: type[FarRun], tmp_path: Path, qtbot: QtBot
) -> None:
    studio = started(make, address, tmp_path, qtbot)
    studio.window.close()
    question = studio.quitter.question
    assert isinstance(question, QMessageBox) and "continues on the cluster" in question.informativeText()
    assert studio.quitter.leave_button is not None
    studio.quitter.leave_button.click()
    qtbot.waitUntil(lambda: not studio.session.active and not studio.window.isVisible(), timeout=MOST_MS)
    folder = Path(studio.session.state.run_dir)
    assert (folder / MARK).is_file() and not studio.messages.open_errors
    save_preferences(studio.context.preferences)
    with program(qtbot) as again:
        banner = again.studio.window.banner
        assert banner.isVisible() and "left on its cluster" in banner.text.text()
        button = banner.findChild(QPushButton, "resume")
        assert button is not None
        button.click()
        qtbot.waitUntil(lambda: again.studio.session.state.global_step >= 4, timeout=MOST_MS)
        far.hold.set()
        until(qtbot, again.studio, RunState.SUCCEEDED)
    assert RunStore.open(folder).state == "succeeded"


def test_following_can_stop_and_the_run_goes_on(
    make: Make, address: str, far: type[FarRun], tmp_path: Path, qtbot: QtBot
) -> None:
    studio = started(make, address, tmp_path, qtbot)
    assert studio.window.run_bar.buttons["stop_following"].isVisible()
    studio.registry["stop_following"].trigger()
    until(qtbot, studio, RunState.STOPPED)
    assert "continues on its cluster" in studio.window.run_bar.sentence.text()
    far.hold.set()
    studio.features.runs.open(studio.session.state.run_dir)
    until(qtbot, studio, RunState.SUCCEEDED)


def test_a_cluster_that_is_not_there_is_said_and_leaves_nothing(
    make: Make, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acq_engine.cluster.connection.OPEN_SECONDS", 0.3)
    studio = make(settings=Preferences(runs_folder=tmp_path / "runs", compute_on="tcp://127.0.0.1:9"))
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.FAILED)
    assert studio.session.state.failed is not None
    assert studio.session.state.failed.message == "The cluster does not respond."
    assert not list((tmp_path / "runs").glob("*"))


@pytest.mark.parametrize(("address", "word"), [("nonsense", "not the address"), ("local:2", "acq cluster local")])
def test_what_is_no_address_keeps_from_starting(make: Make, address: str, word: str) -> None:
    studio = make()
    studio.window.column.schedule_panel.place.chosen.emit(address)
    assert word in studio.window.column.schedule_panel.place.note.text()
    assert not studio.registry["start"].isEnabled()
    studio.window.column.schedule_panel.place.chosen.emit("")
    assert studio.registry["start"].isEnabled()


def test_without_dask_the_choice_says_what_to_install(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acq_app.features.place.installed", lambda: False)
    studio = make()
    studio.window.column.schedule_panel.place.chosen.emit("tcp://cluster.example:8786")
    assert 'pip install "acq-studio[cluster]"' in studio.window.column.schedule_panel.place.note.text()
    assert not studio.registry["start"].isEnabled()


def test_a_cluster_elsewhere_without_tls_is_warned_of_and_can_be_forgotten(make: Make) -> None:
    studio = make()
    place = studio.window.column.schedule_panel.place
    place.chosen.emit("cluster.example:8786")
    assert "not encrypted" in place.note.text() and studio.registry["start"].isEnabled()
    assert "judged by the last planned run" not in studio.window.run_bar.sentence.text()
    place.forget.click()
    assert place.place.currentText() == "this computer" and studio.context.preferences.clusters == []


@pytest.mark.parametrize(("action", "request_"), [
    ("pause_resume", "pause"), ("finish_now", "finish"), ("cancel", "cancel")])
def test_a_run_that_somebody_else_works_on_is_asked_through_its_folder(
    make: Make, tmp_path: Path, qtbot: QtBot, action: str, request_: str
) -> None:
    studio, folder = make(), tmp_path / "runs" / "live"
    with RunStore.create(folder, RunConfig(), model=SUMMARY) as store:
        for event in itertools.islice(FakeRun(run_dir=str(folder)).events(), 12):
            store.write(event)
        studio.features.files.open(folder)
        qtbot.waitUntil(lambda: studio.registry[action].isEnabled() and studio.session.controller.following,
                        timeout=MOST_MS)
        studio.registry[action].trigger()
        qtbot.waitUntil((folder / "control.json").is_file, timeout=MOST_MS)
        assert json.loads((folder / "control.json").read_text()) == {"request": request_}
        if request_ == "pause":
            store.write(Paused(3))
            qtbot.waitUntil(lambda: studio.registry["pause_resume"].text() == "Resume", timeout=MOST_MS)
            studio.registry["pause_resume"].trigger()
            qtbot.waitUntil(lambda: "resume" in (folder / "control.json").read_text(), timeout=MOST_MS)
        qtbot.waitUntil(studio.registry["stop_following"].isEnabled, timeout=MOST_MS)
        studio.registry["stop_following"].trigger()
        qtbot.waitUntil(lambda: not studio.session.active, timeout=MOST_MS)
