"""What the window says of the run on the screen, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from acq_app.run.session import Beginning
from acq_app.run.state import RunState
from acq_engine.events import ModelSummary, RunStarted
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.tools.fake_events import SUMMARY
from tests.tools.windows import Make, until, view_of


@pytest.mark.parametrize(("size", "told"), [(None, True), (64, False)])
def test_a_resumed_run_says_nothing_of_another_model_on_the_panels(
    size: int | None, told: bool, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    studio = make()
    with RunStore.create(tmp_path / "run", RunConfig.from_data({"model": {"input_size": size}}), model=SUMMARY):
        pass
    shown: list[ModelSummary] = []
    monkeypatch.setattr(studio.window.column.model_panel, "show_summary", shown.append)
    studio.session.started.emit(Beginning(tmp_path / "run"))
    studio.session.events.emit([RunStarted(str(tmp_path / "run"), SUMMARY, (), "cpu", 0, resumed_from_step=5)])
    assert bool(shown) is told


def test_a_sentence_on_health_stands_once(make: Make, qtbot: QtBot) -> None:
    studio = make(collapsed=True)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.show_page("live")
    studio.window.resize(1600, 1000)
    strip, health = view_of(studio, "samples").strip, studio.window.side_docks["health"]
    qtbot.waitUntil(health.isVisible, timeout=5000)
    view_of(studio, "samples").flush()
    assert strip.sentence.text() and not strip.sentence.isVisible()
    health.close()
    qtbot.waitUntil(strip.sentence.isVisible, timeout=5000)


def test_health_says_whose_it_is_once_another_model_was_chosen(make: Make, qtbot: QtBot) -> None:
    studio = make()
    health = studio.window.side_docks["health"]
    usual = health.windowTitle()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    assert health.windowTitle() == usual
    config = studio.run_settings.config
    other = config.model_copy(update={"model": config.model.model_copy(update={"name": "another"})})
    studio.run_settings.replace(other, "test")
    studio.presenter.refresh()
    assert health.windowTitle() == "Health of fashion-acq-w4a4-1"
    studio.run_settings.replace(config, "test")
    studio.presenter.refresh()
    assert health.windowTitle() == usual
