"""The losses view: what comes in is what is drawn, named, switched and saved."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.losses.view import LossesView
from acq_engine.errors import StorageError
from acq_engine.events import Evaluated, Event, PhasePlan, PhaseStarted, RunStarted, StepMetrics
from acq_engine.settings import RunConfig
from tests.tools.fake_run import SUMMARY, FakeRun

Shown = Callable[..., LossesView]


def metrics(step: int, **values: float) -> StepMetrics:
    """A report of generator losses."""
    named = {f"generator/{key}": value for key, value in values.items()}
    return StepMetrics("warmup", step, 1000, step, named, step * 0.1)


def test_the_empty_state_says_what_will_be_seen(shown: Shown) -> None:
    view = shown(LossesView, [])
    assert view.is_empty
    assert "losses" in view.accessibleDescription()


def test_the_plot_is_given_the_values_as_measured(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("generator")
    view.flush()
    measured = [(event.global_step, event.values["generator/total"]) for event in run_events
                if isinstance(event, StepMetrics) and "generator/total" in event.values]
    drawn = view.plots["generator"].plot.curve_data("generator/total:raw")
    assert drawn is not None
    assert drawn[0].tolist() == [step for step, _ in measured]
    assert np.allclose(10 ** drawn[1], [value for _, value in measured])


def test_the_step_that_the_result_is_of_is_marked_where_it_is_not_the_last(
    shown: Shown, run_events: list[Event],
) -> None:
    config = RunConfig()
    config.schedule.warmup_steps = config.schedule.finetune_steps = 60
    view = shown(LossesView, list(FakeRun(config=config, undone=True).events()))
    marks = view.plots["student"].plot.marks
    assert (marks.result, marks.result_text) == (64, "result: step 64"), "after calibration"
    plot = view.plots["student"].plot
    before = plot.grab().toImage()
    for event in run_events:
        view.apply(event)
    view.flush()
    assert plot.marks.result is None and plot.grab().toImage() != before


def test_a_linear_axis_is_given_plain_values(shown: Shown) -> None:
    view = shown(LossesView, [metrics(step, total=2.0 * step) for step in (1, 2, 3)])
    view.log_box.setChecked(False)
    drawn = view.plots["generator"].plot.curve_data("generator/total:raw")
    assert drawn is not None
    assert drawn[1].tolist() == [2.0, 4.0, 6.0]


def test_a_value_at_zero_is_left_out_of_a_logarithmic_axis_only(shown: Shown) -> None:
    view = shown(LossesView, [metrics(1, pair=1.0), metrics(2, pair=0.0), metrics(3, pair=1.0)])
    drawn = view.plots["generator"].plot.curve_data("generator/pair:raw")
    assert drawn is not None
    assert drawn[0].tolist() == [1, 3]
    assert "\n2,warmup,0.0" in view.csv_text()


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


def test_the_x_axis_is_the_planned_run_from_the_first_point_on(shown: Shown) -> None:
    plan = (PhasePlan("warmup", 1000), PhasePlan("calibrate", 0), PhasePlan("finetune", 3000))
    view = shown(LossesView, [RunStarted("run", SUMMARY, plan, "cpu", 0), metrics(10, total=1.0)])
    before = view.plots["generator"].plot.view.viewRange()[0]
    view.apply(metrics(900, total=0.9))
    view.flush()
    assert view.plots["generator"].plot.view.viewRange()[0] == before
    assert before[1] == pytest.approx(4000, rel=0.02)


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


def test_phases_are_shaded_where_they_were(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    bands = view.plots["student"].plot.bands
    assert [band.name for band in bands] == ["Warm-up", "Calibrate", "Fine-tune"]
    assert [(band.start, band.end) for band in bands] == [(0, 60), (60, 64), (64, 124)]
    view.choose_group("student")
    view.flush()
    plot = view.plots["student"].plot
    image, layer = plot.grab().toImage(), plot._bands
    colours = [image.pixelColor(int(layer.position(step, 0).x()), int(layer.boundingRect().bottom()) - 2).name()
               for step in (25, 110)]
    assert colours == [view.theme.plot_phase, view.theme.plot_background]


def test_the_float_model_is_a_line(shown: Shown) -> None:
    view = shown(LossesView, [
        Evaluated("float", 100, "test", 91.5),
        StepMetrics("finetune", 1, 10, 1, {"accuracy/student": 70.0}, 1.0),
    ])
    view.choose_group("accuracy")
    view.flush()
    plot = view.plots["accuracy"].plot
    assert plot.marks.baseline == 91.5
    assert "91.5" in plot.marks.baseline_text
    low, high = plot.view.viewRange()[1]
    assert low < 70
    assert 91.5 < high <= 102


def test_the_float_line_is_on_the_images_of_the_curve(shown: Shown) -> None:
    view = shown(LossesView, [
        Evaluated("float", 2000, "test", 92.8),
        Evaluated("student", 500, "test", 90.0, final=False, float_top1=91.4),
        StepMetrics("finetune", 1, 10, 1, {"accuracy/student": 90.0, "accuracy/float": 92.8}, 1.0),
    ])
    view.choose_group("accuracy")
    view.flush()
    assert view.plots["accuracy"].plot.marks.baseline == 91.4


def test_fine_tuning_brings_the_student_unless_the_user_chose(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    assert view.plots["student"].isVisibleTo(view)
    own = shown(LossesView, [])
    own.choose_group("generator")
    waiting = shown(LossesView, [])
    waiting.apply(PhaseStarted("finetune", 10))
    assert not waiting.plots["student"].isVisibleTo(waiting), "there is nothing of it to see"
    for event in run_events:
        own.apply(event)
    assert not own.plots["generator"].isHidden()


def test_the_table_holds_exactly_what_came(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(LossesView, run_events)
    view.save(str(tmp_path / "losses.csv"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "losses.csv").read_text())))
    events = [event for event in run_events if isinstance(event, StepMetrics) and event.phase != "calibrate"]
    by_step = {int(row["step"]): row for row in rows}
    for event in events:
        row = by_step[event.global_step]
        assert row["phase"] == event.phase
        for key, value in event.values.items():
            if key.startswith(("generator/", "student/")) or key in ("accuracy/student", "accuracy/agreement"):
                assert float(row[key]) == value


def test_a_run_that_is_taken_up_earlier_forgets_what_came_after(shown: Shown, run_events: list[Event]) -> None:
    reports = [event for event in run_events if isinstance(event, StepMetrics)]
    young = [event for event in reports if event.phase == "warmup"]
    view = shown(LossesView, run_events)
    begun = next(event for event in run_events if isinstance(event, RunStarted))
    half = young[len(young) // 2]
    view.apply(replace(begun, resumed_from_step=half.global_step))
    rows = list(csv.DictReader(io.StringIO(view.csv_text())))
    assert [int(row["step"]) for row in rows][-1] == half.global_step
    for event in reports:
        if event.global_step > half.global_step:
            view.apply(event)
    view.flush()
    assert {row["phase"] for row in csv.DictReader(io.StringIO(view.csv_text()))} == {"warmup", "finetune"}
    assert [band.name for band in view.plots["generator"].plot.bands] == ["Warm-up", "Calibrate", "Fine-tune"]


def test_a_run_that_is_resumed_before_a_curve_began_is_drawn(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.choose_group("student")
    start = next(event for event in run_events if isinstance(event, RunStarted))
    view.apply(replace(start, resumed_from_step=30))
    view.flush()
    assert not len(view.plots["student"].series["student/total"])
    assert not view.plots["student"].legend.best()


def test_pictures_are_saved(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(LossesView, run_events)
    view.save(str(tmp_path / "losses.png"))
    view.save(str(tmp_path / "losses.svg"))
    image = QImage(str(tmp_path / "losses.png"))
    assert image.width() == 2 * view.content.width()
    drawing = (tmp_path / "losses.svg").read_text()
    assert "<svg" in drawing
    assert drawing.count("<poly") + drawing.count("<path") > 5


def test_a_place_that_cannot_be_written_is_reported(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(LossesView, run_events)
    errors: list[object] = []
    view.errorRaised.connect(errors.append)
    view.save(str(tmp_path / "missing" / "losses.csv"))
    assert len(errors) == 1
    assert isinstance(errors[0], StorageError)
    assert "losses.csv" in errors[0].message


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


def test_a_theme_changes_curves_and_ground_at_once(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    dark = load_theme("dark")
    view.set_theme(dark)
    view.flush()
    plot = view.plots["student"]
    assert plot.rows["student/total"].colour == dark.curves[0]
    assert plot.plot.backgroundBrush().color().name() == dark.plot_background


def test_a_hundred_thousand_points_are_kept_but_few_are_drawn(shown: Shown) -> None:
    view = shown(LossesView, [])
    for step in range(1, 100_001):
        view.apply(metrics(step, total=1 + abs(math.sin(step)), bn=1.0 + step % 7))
    view.flush()
    plot = view.plots["generator"]
    assert len(plot.series["generator/total"]) == 100_000
    drawn = plot.plot.curve_data("generator/total:raw")
    assert drawn is not None
    assert len(drawn[0]) < 4 * view.width()
    view.grab()


def test_a_new_run_starts_from_nothing(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LossesView, run_events)
    view.apply(run_events[0])
    assert view.is_empty
    assert view.csv_text().splitlines() == ["step,phase"]
    for event in run_events:
        view.apply(event)
    view.flush()
    assert not view.is_empty
    assert len(view.plots["student"].rows) == 3


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


def test_a_hidden_view_draws_when_it_is_shown(qtbot: QtBot) -> None:
    view = LossesView()
    qtbot.addWidget(view)
    view.apply(metrics(1, total=1.0))
    qtbot.wait(10)
    assert view.plots["generator"].plot.curve_data("generator/total:raw") is None
    view.show()
    assert view.plots["generator"].plot.curve_data("generator/total:raw") is not None


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


def test_the_axis_holds_what_is_drawn(shown: Shown) -> None:
    view = shown(LossesView, [metrics(step, total=100.0 if step == 40 else 1.0) for step in range(1, 80)])
    low, high = view.plots["generator"].plot.view.viewRange()[1]
    assert low <= 0 and high >= 2, "the peak as measured, not as smoothed"


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


def test_the_first_label_has_room_where_the_word_is_long(shown: Shown, run_events: list[Event]) -> None:
    plot = shown(LossesView, run_events).plots["student"].plot
    axis = plot.plotItem.getAxis("bottom")
    text = "a step in a language with long words 0"
    axis.set_first_label(text, plot.font())
    assert axis.boundingRect().left() <= -plot.fontMetrics().horizontalAdvance(text) / 2


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
