"""The tour: at the first start and never again by itself; by keyboard; at the real parts of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences, load_preferences, save_preferences
from tests.tools.windows import Make, program, until


@pytest.mark.parametrize("seen", [False, True])
def test_it_is_shown_at_the_first_start_only(qtbot: QtBot, tmp_path: Path, seen: bool) -> None:
    save_preferences(Preferences(runs_folder=tmp_path, tour_seen=seen))
    with program(qtbot) as started:
        assert started.studio.tour.active is not seen
        assert load_preferences().tour_seen, "a crash now does not bring it back"


def test_the_keyboard_goes_through_it(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    start = studio.window.run_bar.buttons["start"]
    start.setFocus()
    studio.registry["tour"].trigger()
    card = studio.tour.card
    assert card is not None and card.next.hasFocus() and not card.back.isEnabled()
    targets = []
    for _ in range(6):
        target = studio.tour.target
        assert target is not None and card.text.text()
        targets.append(target)
        framed = QRect(target.mapTo(studio.window, QPoint(0, 0)), target.size())
        assert card.frame.geometry().intersects(framed) and studio.window.rect().contains(card.geometry())
        assert target is studio.window.stack or not card.geometry().intersects(framed), "it hides nothing that it shows"
        qtbot.keyClick(card.next, Qt.Key.Key_Right)
    assert studio.window.column.model_panel.target in targets and start in targets
    assert not studio.tour.active and start.hasFocus(), "the keyboard is back where it was"
    studio.registry["tour"].trigger()
    card = studio.tour.card
    assert card is not None
    qtbot.keyClick(card.next, Qt.Key.Key_Return)
    qtbot.keyClick(card.next, Qt.Key.Key_Left)
    assert studio.tour.target is targets[0]
    qtbot.keyClick(card.next, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None and card.isAncestorOf(focus), "Tab stays on the card"
    qtbot.keyClick(card.next, Qt.Key.Key_Escape)
    assert not studio.tour.active


def test_what_is_closed_is_left_out(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.side_docks["health"].hide()
    studio.registry["tour"].trigger()
    card = studio.tour.card
    assert card is not None and card.count.text() == "1 of 5"
    studio.window.resize(1100, 700)
    qtbot.waitUntil(lambda: studio.window.rect().contains(card.geometry()), timeout=5000)
    qtbot.mouseClick(card.skip, Qt.MouseButton.LeftButton)
    assert not studio.tour.active


def test_a_run_that_begins_needs_the_room(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.01)
    studio.registry["tour"].trigger()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    assert not studio.tour.active, "who starts at the first step knows the way"
    studio.registry["cancel"].trigger()
    until(qtbot, studio, RunState.STOPPED)
    studio.registry["tour"].trigger()
    card = studio.tour.card
    assert card is not None
    while studio.tour.target is not studio.window.run_bar.buttons["start"]:
        qtbot.keyClick(card.next, Qt.Key.Key_Right)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    assert studio.tour.target is studio.window.stack, "it tells what is to be seen now"
    studio.registry["cancel"].trigger()
    until(qtbot, studio, RunState.STOPPED)
