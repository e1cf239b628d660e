"""The losses view: what comes in is what is drawn."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.losses.view import LossesView
from acq_engine.events import Evaluated, Event, PhasePlan, PhaseStarted, RunStarted, StepMetrics
from acq_engine.settings import RunConfig
from tests.app.views.reports import metrics
from tests.tools.fake_events import SUMMARY
from tests.tools.fake_run import FakeRun

Shown = Callable[..., LossesView]


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


def test_the_x_axis_is_the_planned_run_from_the_first_point_on(shown: Shown) -> None:
    plan = (PhasePlan("warmup", 1000), PhasePlan("calibrate", 0), PhasePlan("finetune", 3000))
    view = shown(LossesView, [RunStarted("run", SUMMARY, plan, "cpu", 0), metrics(10, total=1.0)])
    before = view.plots["generator"].plot.view.viewRange()[0]
    view.apply(metrics(900, total=0.9))
    view.flush()
    assert view.plots["generator"].plot.view.viewRange()[0] == before
    assert before[1] == pytest.approx(4000, rel=0.02)


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


def test_a_hidden_view_draws_when_it_is_shown(qtbot: QtBot) -> None:
    view = LossesView()
    qtbot.addWidget(view)
    view.apply(metrics(1, total=1.0))
    qtbot.wait(10)
    assert view.plots["generator"].plot.curve_data("generator/total:raw") is None
    view.show()
    assert view.plots["generator"].plot.curve_data("generator/total:raw") is not None


def test_the_axis_holds_what_is_drawn(shown: Shown) -> None:
    view = shown(LossesView, [metrics(step, total=100.0 if step == 40 else 1.0) for step in range(1, 80)])
    low, high = view.plots["generator"].plot.view.viewRange()[1]
    assert low <= 0 and high >= 2, "the peak as measured, not as smoothed"


def test_the_first_label_has_room_where_the_word_is_long(shown: Shown, run_events: list[Event]) -> None:
    plot = shown(LossesView, run_events).plots["student"].plot
    axis = plot.plotItem.getAxis("bottom")
    text = "a step in a language with long words 0"
    axis.set_first_label(text, plot.font())
    assert axis.boundingRect().left() <= -plot.fontMetrics().horizontalAdvance(text) / 2
