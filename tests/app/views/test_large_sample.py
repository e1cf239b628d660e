"""One sample, large: overlays, layers, and its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from acq_app.views.samples.view import SamplesView
from acq_engine.events import Event, SamplesReady
from tests.tools.cut_texts import cut_texts
from tests.tools.fake_run import FakeRun

Shown = Callable[..., SamplesView]


def test_keys_choose_overlay_and_time_of_the_large_sample(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    view.open_large(0)
    size = view.large.picture.size()
    QTest.keyClick(view.large, Qt.Key.Key_4)
    assert view.large.picture.overlay == "difference"
    assert view.large.difference_scale.isVisible()
    assert not view.large.scale.isVisible()
    QTest.keyClick(view.large, Qt.Key.Key_2)
    assert view.large.picture.overlay == "eval"
    assert view.large.scale.isVisible()
    assert view.large.picture.size() == size  # nothing jumps
    steps = [event.step for event in run_events if isinstance(event, SamplesReady)]
    for key, step in ((Qt.Key.Key_PageUp, steps[-2]), (Qt.Key.Key_Home, steps[0]), (Qt.Key.Key_PageDown, steps[1]),
                      (Qt.Key.Key_End, steps[-1])):
        QTest.keyClick(view.large, key)
        assert view.large.look is not None
        assert view.large.look.step == step


def test_the_large_sample_shows_the_layer_that_is_chosen(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    view.open_large(3)
    view.large.overlay_buttons["eval"].click()
    QCoreApplication.processEvents()  # the layout comes to rest
    own = view.large.picture.grab().toImage()
    view.show_layer("layer1")
    attention = view.large.picture.attention()
    assert attention is not None
    assert attention.layer == "layer1"
    assert view.large.picture.grab().toImage() != own
    assert f"{float(attention.similarity[3]):.2f}" in view.words_of(3)
    view.show_layer("layer3")
    assert view.large.picture.grab().toImage() == own
    view.show_layer("layer9")  # a layer without maps lays nothing over the sample
    assert view.large.picture.attention() is None


def test_history_is_scrubbed_by_the_slider_and_follows_at_its_end(shown: Shown, run_events: list[Event]) -> None:
    *_, before_last = [event for event in run_events if isinstance(event, SamplesReady)][:-1]
    view = shown(SamplesView, run_events)
    steps = [event.step for event in run_events if isinstance(event, SamplesReady)]
    view.open_large(4)
    assert view.large.time.maximum() == len(steps) - 1
    assert view.large.look is not None
    assert view.large.look.step == steps[-1]
    view.large.time.setValue(len(steps) - 2)
    assert np.array_equal(view.large.look.samples.images[4], before_last.images[4])
    view.apply(replace(before_last, step=5000))
    view.flush()
    assert view.large.look.step == before_last.step  # a new look does not take the user's place away
    view.large.time.setValue(view.large.time.maximum())
    view.apply(replace(before_last, step=6000))
    view.flush()
    assert view.large.look.step == 6000


def test_page_up_goes_back_wherever_the_focus_is(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    view.open_large(4)
    for widget in (view.large, view.large.time):
        end = view.large.time.value()
        QTest.keyClick(widget, Qt.Key.Key_PageUp)
        assert view.large.time.value() < end
        QTest.keyClick(widget, Qt.Key.Key_PageDown)
        assert view.large.time.value() == end == view.large.time.maximum()


def test_attention_lies_over_the_large_sample(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    view.marks_box.setChecked(False)
    view.open_large(0)
    plain = view.large.picture.grab().toImage()
    for mode in ("eval", "train", "difference"):
        view.large.overlay_buttons[mode].click()
        assert view.large.picture.grab().toImage() != plain
    view.large.opacity.setValue(0)
    view.large.overlay_buttons["eval"].click()
    corner = view.large.picture.picture_rect().center().toPoint()
    assert view.large.picture.grab().toImage().pixelColor(corner) == plain.pixelColor(corner)


def test_words_of_the_large_view_are_whole_in_a_narrow_dock(shown: Shown) -> None:
    view = shown(SamplesView, list(FakeRun(seed=1).events())[:400], (210, 330))
    view.open_large(7)
    QTest.qWait(0)
    assert cut_texts(view.large) == []
    assert view.large.overlay_buttons["difference"].text() == "Diff." and view.large._back.text() == "←"
    assert view.large.opacity.isHidden()
    view.resize(500, 330)
    QTest.qWait(0)
    assert view.large.overlay_buttons["difference"].text() == "Difference" and view.large.opacity.isVisible()
