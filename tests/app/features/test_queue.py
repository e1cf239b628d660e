"""The queue: added to while a run goes on, one after another, kept over closing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.features.queue.model import QueueItem, QueueModel
from acq_app.run.state import RunState
from acq_app.settings.differences import differences
from acq_app.shell.studio import Studio
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method
from tests.tools.windows import Make, until, view_of


def bits(studio: Studio, count: int) -> None:
    assert studio.run_settings.set_value("quantization.weight_bits", count)


def states(studio: Studio) -> list[str]:
    return [item.state for item in studio.features.queue.model.items]


def quick(studio: Studio) -> None:
    studio.run_settings.set_values({"schedule.warmup_steps": 10, "schedule.finetune_steps": 10})


def test_runs_added_meanwhile_are_run_in_their_order(make: Make, qtbot: QtBot) -> None:
    studio = make()
    quick(studio)
    made: list[Any] = []
    factory = studio.session.controller._factory
    assert factory is not None

    def noting(config: RunConfig, out: Path, control: Any) -> Any:
        run: Any = factory(config, out, control)
        if not made:
            run.hold_at = 5  # the first run stands still until the others are in the queue
        made.append(run)
        return run

    studio.session.controller._factory = noting
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    for count in (3, 5, 6):
        bits(studio, count)
        studio.registry["enqueue"].trigger()
    view = view_of(studio, "queue")
    assert view is not None and view.count.text() == "3 waiting"
    assert "Queue (3)" in [studio.window.tabs.tabText(index) for index in range(studio.window.tabs.count())]
    view.select([2])
    QTest.keyClick(view.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.places() == [0]
    view.select([2])
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(made), timeout=30_000)
    made[0].release()
    qtbot.waitUntil(lambda: states(studio) == ["done", "done"], timeout=30_000)
    assert [run.config.quantization.weight_bits for run in made] == [4, 6, 3]
    assert studio.run_settings.config.quantization.weight_bits == 6, "the panels keep what the user set"
    view.buttons["clear"].click()
    assert not studio.features.queue.model.items


def test_a_failed_run_and_a_cancelled_one_do_not_keep_the_next(make: Make, qtbot: QtBot) -> None:
    studio = make(fail_at=12)
    quick(studio)
    studio.registry["enqueue"].trigger()
    studio.registry["enqueue"].trigger()
    assert studio.session.controller.state is RunState.DRAFT, "nothing begins by itself"
    studio.registry["queue_go"].trigger()
    qtbot.waitUntil(lambda: states(studio) == ["failed", "failed"], timeout=30_000)
    qtbot.waitUntil(lambda: not studio.session.active)
    assert len(studio.messages.open_errors) == 1, "only the last one asks for attention"
    assert "became NaN" in studio.features.queue.model.items[0].reason


def test_cancel_stops_the_present_run_only_and_stop_all_holds(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.005)
    for _ in range(3):
        studio.registry["enqueue"].trigger()
    studio.registry["queue_go"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    studio.registry["cancel"].trigger()
    qtbot.waitUntil(lambda: states(studio) == ["stopped", "running", "waiting"], timeout=30_000)
    until(qtbot, studio, RunState.RUNNING)
    studio.registry["stop_all"].trigger()
    qtbot.waitUntil(lambda: states(studio) == ["stopped", "stopped", "waiting"], timeout=30_000)
    qtbot.waitUntil(lambda: not studio.session.active)
    assert studio.features.queue.model.held and studio.registry["queue_go"].isEnabled()
    assert not studio.registry["stop_all"].isEnabled()
    studio.registry["queue_go"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    studio.registry["stop_all"].trigger()  # of the last one, too: nothing waits any more
    qtbot.waitUntil(lambda: states(studio) == ["stopped", "stopped", "stopped"], timeout=30_000)


def test_the_page_that_is_looked_at_stays_when_the_next_run_begins(make: Make, qtbot: QtBot) -> None:
    studio = make()
    quick(studio)
    studio.registry["enqueue"].trigger()
    studio.window.show_page("runs")
    page = studio.window.tabs.currentIndex()
    studio.registry["queue_go"].trigger()
    qtbot.waitUntil(lambda: states(studio) == ["done"], timeout=30_000)
    assert studio.window.tabs.currentIndex() == page


def test_a_setting_that_is_not_allowed_greys_add_to_queue(make: Make) -> None:
    studio = make()
    bits_field = "quantization.weight_bits"
    studio.run_settings.set_value(bits_field, 12)
    assert not studio.registry["enqueue"].isEnabled()
    studio.run_settings.set_value(bits_field, 3)
    assert studio.registry["enqueue"].isEnabled()


def test_the_queue_is_kept_when_the_window_closes_and_offered_again(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.005)
    bits(studio, 3)
    studio.registry["enqueue"].trigger()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    studio.window.close()
    question = studio.quitter.question
    assert question is not None and "1 waiting" in question.informativeText()
    assert studio.quitter.stop_button is not None
    studio.quitter.stop_button.click()
    qtbot.waitUntil(lambda: not studio.window.isVisible(), timeout=20_000)
    assert states(studio) == ["waiting"], "closing does not begin it"
    again = make()
    assert states(again) == ["waiting"] and again.features.queue.model.items[0].config.quantization.weight_bits == 3
    again.prompts.offer_queue()
    assert "1 run from the last session" in again.window.banner.text.text() and again.features.queue.model.held
    again.window.banner.chosen.emit("queue_go")
    qtbot.waitUntil(lambda: states(again) == ["done"], timeout=30_000)
    assert QueueModel().items == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": 1, "items": 3}',
                                  '{"version": 1, "items": [3, {"title": "x", "settings": {"no": 1}}]}'])
def test_a_broken_file_is_an_empty_queue(tmp_path: Path, text: str) -> None:
    (tmp_path / "queue.json").write_text(text)
    assert QueueModel(tmp_path / "queue.json").items == []


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"version": "2", "items": []}',
                                  '{"version": 99, "items": [{"title": "of a newer version"}]}',
                                  '{"version": 1, "items": [{"title": "x", "settings": {"no": 1}}]}'])
def test_a_queue_that_cannot_be_read_whole_is_put_aside_before_it_is_written(tmp_path: Path, text: str) -> None:
    file = tmp_path / "queue.json"
    for place, kept in enumerate(("queue.json.broken", "queue.json.broken2")):
        file.write_text(text)
        QueueModel(file).add([QueueItem(str(place), RunConfig())])
        assert (tmp_path / kept).read_text() == text
        assert [item.title for item in QueueModel(file).items] == [str(place)]


def test_an_entry_that_cannot_be_read_costs_no_other_and_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "queue.json"
    QueueModel(file).add([QueueItem(title, RunConfig()) for title in "abc"])
    data = json.loads(file.read_text())
    data["items"][1]["settings"]["schema_version"] = 99
    file.write_text(json.dumps(data))
    model = QueueModel(file)
    assert [item.title for item in model.items] == ["a", "c"]
    model.remove([0])
    assert json.loads((tmp_path / "queue.json.broken").read_text()) == data
    assert [item.title for item in QueueModel(file).items] == ["c"]
    assert len(list(tmp_path.iterdir())) == 2


def test_consent_is_never_kept(tmp_path: Path) -> None:
    config = RunConfig()
    config.model.trust = True
    QueueModel(tmp_path / "queue.json").add([QueueItem("a", config, tmp_path / "run", tmp_path)])
    item = QueueModel(tmp_path / "queue.json").items[0]
    assert not item.config.model.trust and (item.folder, item.sweep) == (tmp_path / "run", tmp_path)
    assert "trust" not in json.dumps(json.loads((tmp_path / "queue.json").read_text()))


def test_differences_name_what_was_changed() -> None:
    config = with_method(RunConfig(), "gdfq")
    config.losses.pair = 2.0
    assert differences(config) == "GDFQ, pair 2, fast"
