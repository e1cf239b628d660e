"""The tour: at the first start and never again by itself; by keyboard; at the real parts of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acq_app.application import Studio, parse
from acq_app.settings import AppSettings, load_settings, save_settings
from acq_app.state import RunState
from tests.tools.windows import Make, until


@pytest.mark.parametrize("seen", [False, True])
def test_it_is_shown_at_the_first_start_only(qtbot: QtBot, tmp_path: Path, seen: bool) -> None:
    save_settings(AppSettings(runs_folder=tmp_path, tour_seen=seen))
    studio = Studio(parse([]))
    with qtbot.waitSignal(studio.window.viewsLoaded, timeout=20_000):
        studio.show()
    assert studio.window.tour.active is not seen
    assert load_settings().tour_seen, "a crash now does not bring it back"
    studio.window.close()
    studio.shutdown()
    studio.window.deleteLater()


def test_the_keyboard_goes_through_it(make: Make, qtbot: QtBot) -> None:
    window = make()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    start = window.run_bar.buttons["start"]
    start.setFocus()
    window.registry["tour"].trigger()
    card = window.tour.card
    assert card is not None and card.next.hasFocus() and not card.back.isEnabled()
    targets = []
    for _ in range(6):
        target = window.tour.target
        assert target is not None and card.text.text()
        targets.append(target)
        framed = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        assert card.frame.geometry().intersects(framed) and window.rect().contains(card.geometry())
        assert target is window.stack or not card.geometry().intersects(framed), "it hides nothing that it shows"
        qtbot.keyClick(card.next, Qt.Key.Key_Right)
    assert window.column.model_panel.target in targets and start in targets
    assert not window.tour.active and start.hasFocus(), "the keyboard is back where it was"
    window.registry["tour"].trigger()
    card = window.tour.card
    assert card is not None
    qtbot.keyClick(card.next, Qt.Key.Key_Return)
    qtbot.keyClick(card.next, Qt.Key.Key_Left)
    assert window.tour.target is targets[0]
    qtbot.keyClick(card.next, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None and card.isAncestorOf(focus), "Tab stays on the card"
    qtbot.keyClick(card.next, Qt.Key.Key_Escape)
    assert not window.tour.active


def test_what_is_closed_is_left_out(make: Make, qtbot: QtBot) -> None:
    window = make()
    window.side_docks["health"].hide()
    window.registry["tour"].trigger()
    card = window.tour.card
    assert card is not None and card.count.text() == "1 of 5"
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.rect().contains(card.geometry()), timeout=5000)
    qtbot.mouseClick(card.skip, Qt.MouseButton.LeftButton)
    assert not window.tour.active


def test_a_run_that_begins_needs_the_room(make: Make, qtbot: QtBot) -> None:
    window = make(delay=0.01)
    window.registry["tour"].trigger()
    window.registry["start"].trigger()
    until(qtbot, window, RunState.RUNNING)
    assert not window.tour.active, "who starts at the first step knows the way"
    window.registry["cancel"].trigger()
    until(qtbot, window, RunState.STOPPED)
    window.registry["tour"].trigger()
    card = window.tour.card
    assert card is not None
    while window.tour.target is not window.run_bar.buttons["start"]:
        qtbot.keyClick(card.next, Qt.Key.Key_Right)
    window.registry["start"].trigger()
    until(qtbot, window, RunState.RUNNING)
    assert window.tour.target is window.stack, "it tells what is to be seen now"
    window.registry["cancel"].trigger()
    until(qtbot, window, RunState.STOPPED)
