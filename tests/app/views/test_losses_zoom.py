"""The losses view by mouse and keyboard: the cross-hair, and which part of the run is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.views.losses.view import LossesView
from acq_engine.events import Event
from tests.app.views.reports import metrics

Shown = Callable[..., LossesView]


def test_the_cross_hair_shows_the_values_of_its_step(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    plot = view.plots["generator"]
    step = plot.series["generator/class"].x[3]
    plot.plot.hovered.emit(float(step) + 0.4)
    assert plot.rows["generator/class"].value == plot.series["generator/class"].y[3]
    assert f"{step:.0f}" in plot.legend.where()
    plot.plot.hovered.emit(None)
    assert plot.rows["generator/class"].value == plot.series["generator/class"].smooth[-1]


def test_the_mouse_finds_the_step_under_it(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    plot = view.plots["generator"].plot
    seen: list[object] = []
    plot.hovered.connect(seen.append)
    area = plot.view.sceneBoundingRect()
    QTest.mouseMove(plot.viewport(), QPoint(int(area.center().x()), int(area.center().y())))
    low, high = plot.view.viewRange()[0]
    found = [step for step in seen if isinstance(step, float)]
    assert found
    assert found[-1] == pytest.approx((low + high) / 2, abs=(high - low) / 50)


def test_the_users_zoom_stays_until_it_is_given_back(shown: Shown) -> None:
    view = shown(LossesView, [metrics(step, total=1.0) for step in range(1, 50)])
    plot = view.plots["generator"].plot
    plot.view.setRange(xRange=(5, 9), yRange=(-1, 1), padding=0)
    plot.view.sigRangeChangedManually.emit([True, True])
    view.apply(metrics(60, total=30.0))
    view.flush()
    assert plot.view.viewRange()[0] == [5, 9]
    view.show_whole_run()
    assert plot.view.viewRange()[0][1] > 50


def test_the_keyboard_moves_the_cross_hair_and_zooms(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    plot = view.plots["generator"]
    series, widget = plot.series["generator/class"], plot.plot
    whole = widget.view.viewRange()[0]
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Left)  # from nowhere: to the last point
    assert plot.rows["generator/class"].value == series.y[-1]
    QTest.keyClick(widget, Qt.Key.Key_Home)
    QTest.keyClick(widget, Qt.Key.Key_Right)
    QTest.keyClick(widget, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert plot.rows["generator/class"].value == series.y[11]
    assert f"{series.x[11]:.0f}" in plot.legend.where()
    QTest.keyClick(widget, Qt.Key.Key_Plus)
    low, high = widget.view.viewRange()[0]
    assert high - low == pytest.approx((whole[1] - whole[0]) / 2)
    QTest.keyClick(widget, Qt.Key.Key_End)  # out of what is shown: it is followed
    low, high = widget.view.viewRange()[0]
    assert low < series.x[-1] < high
    QTest.keyClick(widget, Qt.Key.Key_0)
    assert widget.view.viewRange()[0] == whole
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    assert plot.rows["generator/class"].value == series.smooth[-1]


def test_a_zoom_is_shown_and_given_back_by_one_click_and_ends_with_its_run(
    shown: Shown, run_events: list[Event],
) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    plot = view.plots["generator"].plot
    whole = plot.view.viewRange()[0]
    assert plot.whole_button.isHidden()
    plot.zoom(0.5)
    assert plot.whole_button.isVisible()
    QTest.mouseClick(plot.whole_button, Qt.MouseButton.LeftButton)
    assert plot.view.viewRange()[0] == whole and plot.whole_button.isHidden()
    plot.zoom(0.5)
    view.reset()
    for event in run_events:
        view.apply(event)
    view.flush()
    assert plot.view.viewRange()[0] == whole and plot.whole_button.isHidden()


def test_stacked_plots_keep_one_axis_of_steps(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events, (900, 700))
    view.choose_group("all")
    view.flush()
    view.plots["student"].plot.zoom(0.5)
    ranges = {tuple(plot.plot.view.viewRange()[0]) for plot in view.plots.values()}
    assert len(ranges) == 1
    view.plots["generator"].plot.reset_zoom()
    assert not any(plot.plot.zoomed for plot in view.plots.values())
