"""The samples view: order, selection, tools and words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.samples.grid import SampleGrid
from acq_app.views.samples.view import SamplesView
from acq_app.views.shared.marks import distances, to_pixels
from acq_engine.events import Event, StepMetrics
from tests.app.views.few_samples import few, last_samples
from tests.tools.fake_run import FakeRun

Shown = Callable[..., SamplesView]


def test_filter_and_order_boxes_change_the_grid(shown: Shown) -> None:
    view = shown(SamplesView, [few()])
    assert view.grid.order == [0, 1, 2, 3]
    view.sort_box.setCurrentIndex(view.sort_box.findData("confidence"))
    assert view.grid.order == [2, 3, 1, 0]
    view.class_box.choose({1})
    assert view.grid.order == [3, 1]
    view.apply(few(step=2))
    view.flush()
    assert view.grid.order == [3, 1]


def test_a_click_selects_and_tells_the_other_views(shown: Shown, qtbot: QtBot) -> None:
    view = shown(SamplesView, [few()])
    place = view.grid.rect_of(2).center().toPoint()
    with qtbot.waitSignal(view.sampleSelected) as told:
        QTest.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [2]
    with qtbot.assertNotEmitted(view.sampleSelected):
        view.select_sample(3)
    assert view.grid.current == 3


def test_a_click_opens_a_sample_and_with_ctrl_only_selects_it(shown: Shown) -> None:
    view = shown(SamplesView, [few()])
    viewport = view.grid.viewport()
    place = view.grid.rect_of(2).center().toPoint()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert view.grid.current == 2
    assert view.pages.currentWidget() is not view.large
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)  # changed their mind: released elsewhere
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=view.grid.rect_of(1).center().toPoint())
    assert view.pages.currentWidget() is not view.large
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert view.pages.currentWidget() is view.large
    assert view.large.picture.index == 2


def test_arrows_move_and_enter_opens(shown: Shown, qtbot: QtBot) -> None:
    view = shown(SamplesView, [few()])
    view.sort_box.setCurrentIndex(view.sort_box.findData("centre"))  # 1, 2, 3, 0
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(view.grid, key)
    assert view.grid.current == 2
    QTest.keyClick(view.grid, Qt.Key.Key_End)
    assert view.grid.current == 0
    QTest.keyClick(view.grid, Qt.Key.Key_Return)
    assert view.pages.currentWidget() is view.large
    assert view.large.picture.index == 0
    QTest.keyClick(view.large, Qt.Key.Key_Left)
    assert view.large.picture.index == 3
    QTest.keyClick(view.large, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is not view.large


def test_hovering_says_everything_about_a_sample(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    samples = last_samples(run_events)
    words = view.words_of(5)
    assert "trousers" in words
    assert f"{100 * float(samples.teacher_confidence[5]):.1f}" in words
    assert samples.student_confidence is not None
    assert f"{100 * float(samples.student_confidence[5]):.1f}" in words
    error = distances(samples.asked, samples.measured)
    assert error is not None
    assert f"Distance: {float(error[5]):.2f}" in words


def test_the_grid_is_saved_with_its_marks(shown: Shown, tmp_path: Path) -> None:
    view = shown(SamplesView, [few()])
    view.save(str(tmp_path / "samples.png"))
    image = QImage(str(tmp_path / "samples.png"))
    rect = view.grid.tile_layout().rect(2)
    place = to_pixels(rect, few().measured[2]).toPoint()
    assert image.pixelColor(place).name() == view.theme.measured


def test_the_strip_shows_the_health_of_the_run(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, [few()])
    assert view.strip.values["health/class"].text() == "100.0\u202f%"
    assert view.strip.values["health/centre_error"].text() == "0.425"
    assert view.strip.values["health/diversity"].text() == "\u2013"
    for event in run_events:
        view.apply(event)
    view.flush()
    assert view.strip.values["health/diversity"].text() != "\u2013"


def test_a_bad_sign_is_said_in_words_once_the_run_is_old_enough(shown: Shown) -> None:
    view = shown(SamplesView, [few()])

    def report(step: int, **values: float) -> str:
        named = {f"health/{key}": value for key, value in values.items()}
        view.apply(StepMetrics("warmup", step, 100, step, named, 1.0))
        view.flush()
        return view.strip.sentence.text() if view.strip.sentence.isVisible() else ""

    fine = {"class": 99.0, "centre_error": 0.05, "diversity": 0.4, "modes": 0.95}
    assert report(10, **fine | {"diversity": 0.01}) == ""
    assert "nearly identical" in report(80, **fine | {"diversity": 0.01, "class": 80.0}), "the worst of several"
    assert "pair weight" in view.strip.sentence.text()
    assert report(81, **fine | {"class": 80.0}) == "", "of a few samples, while the generator learns"
    assert "teacher does not recognize" in report(100, **fine | {"class": 80.0})
    assert report(82, **fine) == ""
    assert "same place" in report(83, **fine, attention=0.05) and "centre weight" in view.strip.sentence.text()
    assert "are unstable" in report(84, **fine, attention=0.24, unrest=0.6)
    assert report(85, **fine, attention=0.24, unrest=0.05) == ""


def test_a_method_without_centres_has_no_rings(shown: Shown) -> None:
    view = shown(SamplesView, [few(asked=None, student_class=None, student_confidence=None)])
    assert not view.legend.with_asked
    assert "Target centre" not in view.words_of(0)
    view.open_large(1)
    view.grab()


@pytest.mark.parametrize("size", [28, 224])
def test_many_pictures_of_any_size_are_drawn(shown: Shown, size: int) -> None:
    samples = few(
        images=np.zeros((144, size, size, 3), np.uint8), labels=np.arange(144) % 7,
        asked=np.zeros((144, 2), np.float32), measured=np.zeros((144, 2), np.float32),
        teacher_class=np.arange(144) % 7, teacher_confidence=np.ones(144, np.float32),
        student_class=None, student_confidence=None,
    )
    view = shown(SamplesView, [samples], (400, 300))
    view.select_sample(143)
    assert view.grid.rect_of(143).bottom() <= view.grid.viewport().height() + 1


def test_theme_and_reset(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    dark = load_theme("dark")
    view.set_theme(dark)
    view.flush()
    assert view.grab().toImage().pixelColor(2, view.height() // 2).name() == dark.panel
    view.open_large(0)
    view.reset()
    assert view.is_empty
    assert view.class_box.known == ()
    assert not view.history.looks
    for event in FakeRun(seed=2).events():
        view.apply(event)
    view.flush()
    assert len(view.grid.order) == 36
    qpoint = QPoint(1, 1)
    assert view.grid.index_at(qpoint.toPointF()) is None


def test_classes_of_one_run_after_another_are_offered(shown: Shown, run_events: list[Event]) -> None:
    view = shown(SamplesView, run_events)
    view.class_box.choose({2})
    for _ in range(3):
        view.reset()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert view.class_box.labels is None and view.class_box.text().strip() == "All classes"
        for event in run_events:
            view.apply(event)
        view.class_box.choose({1, 2})
        assert view.class_box.text().strip() == "2 classes"


def test_in_a_small_view_the_tools_stand_next_to_each_other(shown: Shown) -> None:
    view = shown(SamplesView, [few()])
    view.resize(217, 320)
    QCoreApplication.processEvents()
    for order in range(view.sort_box.count()):
        view.sort_box.setCurrentIndex(order)
        QCoreApplication.processEvents()
        tools = [tool for tool in (view.class_box, view.sort_box, view.marks_box) if tool.isVisible()]
        for one, next_ in pairwise(tools):
            assert one.geometry().right() < next_.geometry().left(), view.sort_box.currentText()


def test_classes_stand_below_the_samples_where_there_is_room(shown: Shown) -> None:
    events = list(FakeRun(seed=1).events())[:200]
    view = shown(SamplesView, events, (900, 700))
    layout = view.grid.tile_layout()
    assert layout.caption >= 8
    first, below = layout.rect(0), layout.rect(layout.columns)
    assert layout.words_rect(0).top() == first.bottom() and layout.words_rect(0).bottom() <= below.top()
    place = layout.words_rect(3).center()
    assert view.grid.index_at(place) == view.grid.order[3], "its words are a part of the sample"
    with_names = view.grid.picture()
    view.grid.class_names = tuple(f"other {number}" for number in range(10))
    assert view.grid.picture() != with_names
    view.resize(300, 300)
    assert view.grid.tile_layout().caption == 0, "three letters of a name say nothing"


def test_words_never_make_a_grid_scroll(qtbot: QtBot) -> None:
    grid = SampleGrid(str)
    qtbot.addWidget(grid)
    samples = last_samples(list(FakeRun(seed=1).events())[:200])
    grid.resize(76, 700)
    grid.show_samples(samples, list(range(36)))
    room = grid.maximumViewportSize().height()
    assert grid._fitted(0.0, (32, 32), 1.0).total_height <= room < grid._fitted(14.0, (32, 32), 1.0).total_height
    assert grid.tile_layout().caption == 0 and grid.verticalScrollBar().maximum() == 0
    grid.resize(900, 700)
    grid.show_samples(samples, list(range(36)))
    assert grid.tile_layout().caption > 0
