"""The legend of the losses view: names, values, switches."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.losses.view import LossesView
from acq_engine.events import Event, RunStarted, StepMetrics
from tests.app.views.reports import metrics
from tests.tools.fake_events import SUMMARY

Shown = Callable[..., LossesView]


def test_the_legend_switches_a_curve_by_keyboard(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    plot = view.plots["generator"]
    row = plot.rows["generator/bn"]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert plot.plot.curve_data("generator/bn:smooth") is None
    assert plot.plot.curve_data("generator/class:smooth") is not None
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert plot.plot.curve_data("generator/bn:smooth") is not None


def test_the_next_run_has_the_same_legend_with_all_curves_on(shown: Shown, run_events: list[Event]) -> None:
    """Its rows are kept: Qt holds on to a little of each widget that is made anew."""
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    rows = dict(view.plots["generator"].rows)
    row = rows["generator/bn"]
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert not row.isChecked()
    view.apply(run_events[0])
    assert not view.plots["generator"].rows and not row.isVisible()
    for event in run_events:
        view.apply(event)
    view.flush()
    assert view.plots["generator"].rows == rows and row.isChecked() and row.isVisible()
    assert view.plots["generator"].plot.curve_data("generator/bn:smooth") is not None


def test_the_best_value_is_marked_and_named(shown: Shown) -> None:
    tops = {1: 60.0, 2: 81.5, 3: 70.0}
    view = shown(LossesView, [StepMetrics("finetune", step, 9, step, {"accuracy/student": top}, 1.0)
                              for step, top in tops.items()])
    view.choose_group("accuracy")
    view.flush()
    plot = view.plots["accuracy"]
    assert plot.plot.marks.best is not None
    assert plot.plot.marks.best[:2] == (2, 81.5)
    assert "81.5" in plot.legend.best()
    assert "step 2" in plot.legend.best()
    plot.rows["accuracy/student"].click()
    assert plot.plot.marks.best is None
    losses = shown(LossesView, [metrics(step, total=value) for step, value in ((1, 3.0), (2, 0.5), (3, 0.9))])
    assert losses.plots["generator"].plot.marks.best == (2, math.log10(0.5), load_theme("light").curves[0])


def test_smoothing_is_in_the_menu_too(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events, (360, 330))
    assert not view.span_box.isVisible()
    action = next(action for action in view._span_menu.actions() if action.data() == 1)
    action.trigger()
    assert view.span_box.value() == 1
    series = view.plots["student"].series["student/total"]
    assert np.array_equal(series.smooth, series.y)
    view.span_box.setValue(15)
    assert [action.data() for action in view._span_menu.actions() if action.isChecked()] == [15]


def test_without_room_the_legend_goes_below_the_plot(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events, (360, 330))
    plot = view.plots["student"]
    row = plot.rows["student/total"]
    QTest.qWait(30)
    below = plot.plot.geometry().bottom()
    assert row.mapTo(plot, QPoint(0, 0)).y() > below
    assert row.width() > 100
    view.choose_group("all")
    view.resize(900, 600)
    QTest.qWait(30)
    assert row.mapTo(plot, QPoint(0, 0)).x() > plot.plot.geometry().right() - 8


def test_a_name_in_the_legend_is_whole_where_there_is_room(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events, (330, 420))
    view.choose_group("accuracy")
    view.flush()
    QTest.qWait(20)
    for row in view.plots["accuracy"].rows.values():
        assert row.width() >= row.needed(), row.text()


def test_names_of_curves_can_be_told_apart_where_it_is_narrow(shown: Shown) -> None:
    keys = ("total", "class", "bn", "centre", "pair", "modes_bn", "modes_output", "modes_attention")
    view = shown(LossesView, [metrics(step, **dict.fromkeys(keys, 1.5)) for step in range(1, 80)], (330, 420))
    view.flush()
    rows = view.plots["generator"].rows

    def whole() -> bool:
        QTest.qWait(20)
        return all(row.width() >= row.needed(row.room) for row in rows.values())

    assert whole()
    assert rows["generator/total"].shown_value() == "1.50"
    assert rows["generator/modes_output"].name() == "\u2026 output"
    view.resize(236, 380)  # in the smallest window
    assert whole()
    assert "1.500" in rows["generator/modes_output"].toolTip()
    view.resize(900, 600)
    QTest.qWait(20)
    assert rows["generator/modes_output"].name() == "eval/train output"
    assert rows["generator/modes_output"].shown_value() == "1.500"


def test_the_legend_shows_each_losss_share_of_the_weighted_total(shown: Shown) -> None:
    values = {"generator/total": 9.0, "generator/class": 1.0, "generator/bn": 0.6, "generator/pair": 0.5}
    start = RunStarted("run", SUMMARY, (), "cpu", 0, loss_weights={"generator/class": 1.0, "generator/bn": 5.0,
                                                                  "generator/pair": 0.0})
    view = shown(LossesView, [start, StepMetrics("warmup", 1, 10, 1, values, 1.0)], (700, 400))
    rows = view.plots["generator"].rows
    assert rows["generator/class"].share == pytest.approx(0.25) and rows["generator/bn"].share == pytest.approx(0.75)
    assert rows["generator/total"].share is None and rows["generator/pair"].share is None, "a weight of 0 is no part"
    assert "75 % of the weighted total" in rows["generator/bn"].toolTip()
    view.apply(RunStarted("old", SUMMARY, (), "cpu", 0))
    view.apply(StepMetrics("warmup", 1, 10, 1, values, 1.0))
    view.flush()
    assert view.plots["generator"].rows["generator/bn"].share is None, "older runs don't say their weights"
