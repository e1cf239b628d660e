"""The attention view: both modes on one scale, their similarity, one selection."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.attention.strips import strip_layout
from acq_app.views.attention.view import AttentionView
from acq_app.views.shared.history import Look
from acq_app.views.shared.maps import coloured, common_top, enlarge, grey, laid_over, times_even
from acq_engine.events import AttentionReady, Event, SamplesReady
from tests.tools.cut_texts import cut_texts

Shown = Callable[..., AttentionView]


def test_enlarging_keeps_an_even_map_even_and_a_peak_in_its_place() -> None:
    even = np.full((2, 4, 4), 1 / 16, np.float32)
    assert enlarge(even, 33, 20) == pytest.approx(np.full((2, 33, 20), 1 / 16))
    peak = np.zeros((1, 4, 4), np.float32)
    peak[0, 1, 2] = 1
    large = enlarge(peak, 32, 32)[0]
    row, column = np.unravel_index(int(large.argmax()), large.shape)
    assert 8 <= row < 16
    assert 16 <= column < 24
    assert enlarge(np.ones((1, 1, 1), np.float32), 3, 3) == pytest.approx(np.ones((1, 3, 3)))


def test_one_scale_serves_both_modes() -> None:
    table = load_theme("light").viridis
    assert times_even(np.full((1, 5, 5), 1 / 25, np.float32)) == pytest.approx(np.ones((1, 5, 5)))
    low, high = np.ones((2, 2, 2), np.float32), np.full((2, 2, 2), 3.2, np.float32)
    top = common_top(low, high)
    assert top == 3.5
    ends = coloured(np.array([0.0, top, 99.0], np.float32), table, 0, top)
    assert [tuple(row) for row in ends] == [tuple(table[0]), tuple(table[255]), tuple(table[255])]


def test_no_difference_has_the_middle_colour() -> None:
    table = load_theme("dark").difference
    middle = coloured(np.zeros(1, np.float32), table, -2, 2)[0]
    assert tuple(middle) == tuple(table[128])


def test_opacity_goes_from_the_sample_to_the_map() -> None:
    picture, colours = np.full((1, 1, 3), 200, np.uint8), np.full((1, 1, 3), 100, np.uint8)
    assert laid_over(picture, colours, 0.0).tolist() == picture.tolist()
    assert laid_over(picture, colours, 1.0).tolist() == colours.tolist()
    assert laid_over(picture, colours, 0.5).tolist() == [[[150, 150, 150]]]
    assert len(set(grey(np.array([[[10, 200, 60]]], np.uint8))[0, 0].tolist())) == 1


def test_strips_lie_side_by_side() -> None:
    for width, size in product((180, 360, 700, 1500), (28, 224)):
        layout = strip_layout(30, width, (size, size), 16)
        rects = [layout.strip_rect(index) for index in range(30)]
        assert all(rect.right() <= width + 4 for rect in rects)
        assert not any(first.intersects(second) for first, second in pairwise(rects))


def test_each_picture_shows_its_own_map(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    view.opacity.setValue(100)
    view.marks_box.setChecked(False)
    event = [event for event in run_events if isinstance(event, AttentionReady) and event.corrected][-1]
    strips, theme = view.strips, view.theme
    image = strips.viewport().grab().toImage()
    for part, maps in ((0, event.eval_maps), (1, event.train_maps)):
        rect = strips.strips().rect(0, part)
        values = enlarge(times_even(maps[:1]), round(rect.height()), round(rect.width()))[0]
        expected = coloured(values, theme.viridis, 0, strips.top)
        row, column = np.unravel_index(int(values.argmax()), values.shape)
        pixel = image.pixelColor(int(rect.left()) + int(column), int(rect.top()) + int(row))
        assert pixel.name() == QColor(*(int(value) for value in expected[row, column])).name()


def test_the_selection_is_shared(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    place = view.strips.strips().rect(1, 2).center().toPoint()
    with qtbot.waitSignal(view.sampleSelected) as told:
        QTest.mouseClick(view.strips.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [1]
    with qtbot.waitSignal(view.sampleSelected) as told:
        QTest.keyClick(view.strips, Qt.Key.Key_Right)
    assert told.args == [2]
    with qtbot.assertNotEmitted(view.sampleSelected):
        view.select_sample(30)
    rect = view.strips.strips().strip_rect(30).translated(0, -view.strips.verticalScrollBar().value())
    assert rect.top() >= 0
    assert rect.bottom() <= view.strips.viewport().height()


def test_enter_and_a_double_click_open_a_sample(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    QTest.keyClick(view.strips, Qt.Key.Key_Down)
    assert view.strips.current == 0  # nothing was selected before
    with qtbot.waitSignal(view.sampleOpened) as told:
        QTest.keyClick(view.strips, Qt.Key.Key_Return)
    assert told.args == [0]
    place = view.strips.strips().rect(1, 0).center().toPoint()
    with qtbot.waitSignal(view.sampleOpened) as told:
        QTest.mouseDClick(view.strips.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [1]


def test_similarity_over_time_and_of_one_sample(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    events = [event for event in run_events if isinstance(event, AttentionReady) and event.corrected]
    median = view.plot.curve_data("50")
    assert median is not None
    assert median[0].tolist() == [event.step for event in events]
    assert median[1] == pytest.approx([float(np.median(event.similarity)) for event in events])
    assert view.plot.curve_data("own") is None
    view.select_sample(3)
    own = view.plot.curve_data("own")
    assert own is not None
    QTest.keyClick(view.plot, Qt.Key.Key_Home)
    assert view.plot.marks.cursor == events[0].step
    assert f"sample 4: {events[0].similarity[3]:.2f}" in view._selected_text.text()
    QTest.keyClick(view.plot, Qt.Key.Key_Escape)
    assert f"sample 4: {events[-1].similarity[3]:.2f}" in view._selected_text.text()
    assert own[1] == pytest.approx([float(event.similarity[3]) for event in events])


def test_a_run_that_went_back_has_one_curve(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    pairs = [event for event in run_events
             if isinstance(event, SamplesReady) or (isinstance(event, AttentionReady) and event.corrected)]
    for event in pairs[-2:]:  # the last look once more, as after a resume
        view.apply(event)
    view.select_sample(2)
    view.flush()
    own, median = view.plot.curve_data("own"), view.plot.curve_data("50")
    assert own is not None
    assert median is not None
    assert len(own[0]) == len(median[0]) == len(pairs) // 2


def choose(view: AttentionView, layer: str) -> None:
    """Choose a layer as a user does."""
    view.layer_box.setCurrentIndex(view.layer_box.findData(layer))
    view.layer_box.activated.emit(view.layer_box.currentIndex())
    view.flush()


def test_another_layer_is_shown_at_once(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    assert view.layer_box.currentData() == "layer3"
    assert not view.next_button.isVisible()
    with qtbot.waitSignal(view.layerShown) as told, qtbot.assertNotEmitted(view.layerRequested):
        choose(view, "layer1")
    assert told.args == ["layer1"]
    events = [event for event in run_events if isinstance(event, AttentionReady) and event.layer == "layer1"]
    look = view.strips.look
    assert look is not None
    assert look.attention is events[-1]
    assert look.samples.asked is None, "a target centre is given in the corrected layer only"
    median = view.plot.curve_data("50")
    assert median is not None
    assert median[1] == pytest.approx([float(np.median(event.similarity)) for event in events])
    with qtbot.waitSignal(view.layerRequested) as told:
        QTest.mouseClick(view.next_button, Qt.MouseButton.LeftButton)
    assert told.args == ["layer1"]


def test_the_chosen_layer_stays_while_the_run_goes_on(shown: Shown, run_events: list[Event]) -> None:
    half = next(i for i, event in enumerate(run_events) if isinstance(event, AttentionReady) and event.step > 60)
    view = shown(AttentionView, run_events[:half])
    choose(view, "layer2")
    for event in run_events[half:]:
        view.apply(event)
    view.flush()
    assert view.layer_box.currentData() == "layer2"
    assert view.strips.look is not None
    assert view.strips.look.attention is not None
    assert view.strips.look.attention.layer == "layer2"
    assert view.strips.look.step == max(event.step for event in run_events if isinstance(event, AttentionReady))


def test_a_layer_without_maps_is_for_the_next_run(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    old = [event for event in run_events if not isinstance(event, AttentionReady) or event.corrected]
    view = shown(AttentionView, old)
    with qtbot.assertNotEmitted(view.layerShown), qtbot.assertNotEmitted(view.layerRequested):
        choose(view, "layer1")  # passing it with the arrows asks for nothing
    assert view.next_button.isVisible()
    with qtbot.waitSignal(view.layerRequested) as told:
        QTest.mouseClick(view.next_button, Qt.MouseButton.LeftButton)
    assert told.args == ["layer1"]


def test_maps_without_their_samples_are_not_shown(shown: Shown, run_events: list[Event]) -> None:
    maps = [event for event in run_events if isinstance(event, AttentionReady)]
    view = shown(AttentionView, maps)
    assert view.is_empty


def test_theme_and_reset(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events)
    dark = load_theme("dark")
    view.set_theme(dark)
    view.flush()
    assert view.scale.theme is dark
    assert view.grab().toImage().pixelColor(2, view.height() - 2).name() == dark.panel
    view.reset()
    assert view.is_empty
    view.select_sample(3)
    for event in run_events:
        view.apply(event)
    view.flush()
    assert not view.is_empty


def test_in_a_narrow_dock_no_text_is_cut(shown: Shown, run_events: list[Event]) -> None:
    for width in (200, 260, 320, 400):
        view = shown(AttentionView, run_events, (width, 300))
        QTest.qWait(0)
        assert not cut_texts(view), width
    view.resize(700, 300)
    assert view.opacity.isVisible() and view.marks_box.text() == "markers"


def test_strips_are_named_by_number_and_class(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events, (900, 500))
    strips = view.strips
    samples = next(event for event in run_events if isinstance(event, SamplesReady))
    assert strips.caption(0) == "1 T-shirt" and strips.caption(35).startswith("36 ")
    named = strips.grab().toImage()
    strips.class_names = ()
    assert strips.caption(0) == "1", "a number of a class beside that of a sample says nothing"
    strips.viewport().update()
    assert strips.grab().toImage() != named and len(samples.labels) == 36


def test_centres_of_one_run_stand_above_those_of_test_images(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events, (900, 320))
    asked: list[tuple[list[int], str]] = []
    view.centres.realRequested.connect(lambda labels, layer: asked.append((labels, layer)))
    assert view.strips.isVisible() and not view.centres.isVisible() and not asked
    view.page_box.button("centres").click()
    view.flush()
    newest = [event for event in run_events if isinstance(event, SamplesReady)][-1]
    assert view.centres.isVisible() and view.centres.tools.isVisible() and not view.strips.isVisible()
    assert not view.opacity.isVisible() and not view.scale.isVisible(), "they are of the maps"
    assert asked == [(sorted(set(newest.labels.tolist())), view.layer)]
    assert "Reading" in view.centres.note.text() and len(view.centres.looks.lines()) == 1
    real = Look(newest, [event for event in run_events if isinstance(event, AttentionReady) and event.corrected][-1])
    view.centres.take_real("another layer", real)
    assert view.centres.looks.real is None, "nobody asked for it"
    view.centres.take_real(view.layer, real)
    assert view.centres.looks.real is real and view.centres.note.text() == ""
    said = view.centres.looks.toolTip().splitlines()
    assert [line.partition(":")[0] for line in said] == ["Samples", "Test images"], "whole where the dock is narrow"
    view.centres.class_box.setCurrentIndex(2)
    label = view.centres.class_box.currentData()
    view.show_time(0)
    view.flush()
    assert view.centres.looks.rows[0].look.step < newest.step and view.centres.looks.label == label
    assert len(asked) == 1, "test images are read once"
    assert cut_texts(view) == []
    view.page_box.button("maps").click()
    assert view.strips.isVisible() and view.scale.isVisible() and not view.centres.tools.isVisible()


def test_without_test_images_the_centres_say_so(shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events, (900, 320))
    view.page_box.button("centres").click()
    view.flush()
    view.centres.take_real(view.layer, None)
    assert "step 5" in view.centres.note.text()
    note = view.centres.note
    assert note.width() >= note.fontMetrics().horizontalAdvance(note.text()), "there is room for all of it"
    view.reset()
    view.centres.take_real("layer3", None)
    assert view.centres.note.text() == "" and view.centres.looks.rows == [], "that was the run before"


@pytest.mark.parametrize("width", [300, 360, 400, 440, 480, 520, 700])
def test_tools_leave_one_another_room(width: int, shown: Shown, run_events: list[Event]) -> None:
    view = shown(AttentionView, run_events, (width, 320))
    tools = [view._layer_name, view.layer_box, view.page_box, view.marks_box, view._opacity_name, view.opacity,
             view._similarity, view._step]
    seen = [tool.geometry() for tool in tools if tool.isVisible()]
    assert all(left.right() < right.left() for left, right in pairwise(seen)), seen
    assert seen[-1].right() <= width
