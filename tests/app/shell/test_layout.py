"""Docks keep their sizes: over restarts in a window that the system makes larger, and down to a minimum."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences
from acq_app.shell.studio import Studio
from tests.tools.windows import Make, until, view_of

LARGE = (1900, 1060)


def settle(qtbot: QtBot) -> None:
    """Let layouts come to rest."""
    for _ in range(3):
        QApplication.processEvents()
        qtbot.wait(20)


def heights(studio: Studio) -> dict[str, int]:
    return {name: dock.height() for name, dock in studio.window.live.docks.items()}


def test_a_restart_in_a_maximised_window_leaves_the_docks_as_they_were(
    make: Make, qtbot: QtBot,
) -> None:
    studio = make()
    settle(qtbot)
    usual = studio.window.saveGeometry()  # what a maximised window comes back to before it is shown
    studio.window.resize(*LARGE)
    settle(qtbot)
    studio.registry["reset_layout"].trigger()
    settle(qtbot)
    before = heights(studio)
    preferences: Preferences = studio.context.preferences
    for _ in range(2):
        studio.window.save_layout()
        preferences.geometry = bytes(usual.data()).hex()
        studio = make(settings=preferences, size=LARGE)
        settle(qtbot)
        found = heights(studio)
        assert all(abs(found[name] - before[name]) <= 4 for name in before), (before, found)


def test_no_dock_is_too_small_to_be_read(make: Make, qtbot: QtBot) -> None:
    studio = make()
    live = studio.window.live
    live.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, live.docks["attention"])
    live.resizeDocks(list(live.docks.values()), [1, 1, 1], Qt.Orientation.Horizontal)
    live.resizeDocks(list(live.docks.values()), [1, 1, 1], Qt.Orientation.Vertical)
    settle(qtbot)
    for dock in live.docks.values():
        assert dock.width() >= 180 and dock.height() >= 140, dock.windowTitle()


def test_in_the_smallest_window_with_the_log_nothing_lies_over_anything(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.resize(studio.window.minimumSize())
    studio.window.show_page("live")
    studio.window.show_log()
    settle(qtbot)
    losses, samples = view_of(studio, "losses"), view_of(studio, "samples")
    rows = [row for plot in losses.plots.values() for row in plot.rows.values() if row.isVisible()]
    labels = [label for label in samples.findChildren(QLabel) if label.isVisible() and label.text()]
    for shown in (rows, labels):
        boxes = [QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()) for widget in shown]
        assert not any(one.intersects(other) for index, one in enumerate(boxes) for other in boxes[:index])
    for widget in (*rows, *labels):
        assert widget.height() >= widget.fontMetrics().height() - 2, widget.text()
    plot = next(plot for plot in losses.plots.values() if plot.isVisible())
    assert plot.plot.view.height() >= 40, "the curves can be seen"
