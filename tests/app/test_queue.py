"""The queue: added to while a run goes on, one after another, kept over closing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.main_window import MainWindow
from acq_app.queue_model import QueueItem, QueueModel
from acq_app.run_queue import differences
from acq_app.state import RunState
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import with_method
from tests.tools.windows import Make, until


def bits(window: MainWindow, count: int) -> None:
    assert window.model.set_value("quantization.weight_bits", count)


def states(window: MainWindow) -> list[str]:
    return [item.state for item in window.queue.model.items]


def quick(window: MainWindow) -> None:
    window.model.set_values({"schedule.warmup_steps": 10, "schedule.finetune_steps": 10})


def test_runs_added_meanwhile_are_run_in_their_order(make: Make, qtbot: QtBot) -> None:
    window = make()
    quick(window)
    made: list[Any] = []
    factory = window.controller._factory
    assert factory is not None

    def noting(config: RunConfig, out: Path, control: Any) -> Any:
        run: Any = factory(config, out, control)
        if not made:
            run.hold_at = 5  # the first run stands still until the others are in the queue
        made.append(run)
        return run

    window.controller._factory = noting
    window.registry["start"].trigger()
    until(qtbot, window, RunState.RUNNING)
    for count in (3, 5, 6):
        bits(window, count)
        window.registry["enqueue"].trigger()
    view = window.queue.view
    assert view is not None and view.count.text() == "3 waiting"
    assert "Queue (3)" in [window.tabs.tabText(index) for index in range(window.tabs.count())]
    view.select([2])
    QTest.keyClick(view.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.places() == [0]
    view.select([2])
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(made), timeout=30_000)
    made[0].release()
    qtbot.waitUntil(lambda: states(window) == ["done", "done"], timeout=30_000)
    assert [run.config.quantization.weight_bits for run in made] == [4, 6, 3]
    assert window.model.config.quantization.weight_bits == 6, "the panels keep what the user set"
    view.buttons["clear"].click()
    assert not window.queue.model.items


def test_a_failed_run_and_a_cancelled_one_do_not_keep_the_next(make: Make, qtbot: QtBot) -> None:
    window = make(fail_at=12)
    quick(window)
    window.registry["enqueue"].trigger()
    window.registry["enqueue"].trigger()
    assert window.controller.state is RunState.DRAFT, "nothing begins by itself"
    window.registry["queue_go"].trigger()
    qtbot.waitUntil(lambda: states(window) == ["failed", "failed"], timeout=30_000)
    qtbot.waitUntil(lambda: not window.controller.active)
    assert len(window.open_errors) == 1, "only the last one asks for attention"
    assert "no longer a number" in window.queue.model.items[0].reason


def test_cancel_stops_the_present_run_only_and_stop_all_holds(make: Make, qtbot: QtBot) -> None:
    window = make(delay=0.005)
    for _ in range(3):
        window.registry["enqueue"].trigger()
    window.registry["queue_go"].trigger()
    until(qtbot, window, RunState.RUNNING)
    window.registry["cancel"].trigger()
    qtbot.waitUntil(lambda: states(window) == ["stopped", "running", "waiting"], timeout=30_000)
    until(qtbot, window, RunState.RUNNING)
    window.registry["stop_all"].trigger()
    qtbot.waitUntil(lambda: states(window) == ["stopped", "stopped", "waiting"], timeout=30_000)
    qtbot.waitUntil(lambda: not window.controller.active)
    assert window.queue.model.held and window.registry["queue_go"].isEnabled()
    assert not window.registry["stop_all"].isEnabled()


def test_the_page_that_is_looked_at_stays_when_the_next_run_begins(make: Make, qtbot: QtBot) -> None:
    window = make()
    quick(window)
    window.registry["enqueue"].trigger()
    window.show_page("runs")
    page = window.tabs.currentIndex()
    window.registry["queue_go"].trigger()
    qtbot.waitUntil(lambda: states(window) == ["done"], timeout=30_000)
    assert window.tabs.currentIndex() == page


def test_a_setting_that_is_not_allowed_greys_add_to_queue(make: Make) -> None:
    window = make()
    bits_field = "quantization.weight_bits"
    window.model.set_value(bits_field, 12)
    assert not window.registry["enqueue"].isEnabled()
    window.model.set_value(bits_field, 3)
    assert window.registry["enqueue"].isEnabled()


def test_the_queue_is_kept_when_the_window_closes_and_offered_again(make: Make, qtbot: QtBot) -> None:
    window = make(delay=0.005)
    bits(window, 3)
    window.registry["enqueue"].trigger()
    window.registry["start"].trigger()
    until(qtbot, window, RunState.RUNNING)
    window.close()
    question = window.closing.question
    assert question is not None and "1 waiting" in question.informativeText()
    assert window.closing.stop_button is not None
    window.closing.stop_button.click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert states(window) == ["waiting"], "closing does not begin it"
    again = make()
    assert states(again) == ["waiting"] and again.queue.model.items[0].config.quantization.weight_bits == 3
    again.offers.queue()
    assert "1 run from the last session" in again.banner.text.text() and again.queue.model.held
    again.banner.chosen.emit("queue_go")
    qtbot.waitUntil(lambda: states(again) == ["done"], timeout=30_000)
    assert QueueModel().items == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": 1, "items": 3}',
                                  '{"version": 1, "items": [3, {"title": "x", "settings": {"no": 1}}]}'])
def test_a_broken_file_is_an_empty_queue(tmp_path: Path, text: str) -> None:
    (tmp_path / "queue.json").write_text(text)
    assert QueueModel(tmp_path / "queue.json").items == []


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
