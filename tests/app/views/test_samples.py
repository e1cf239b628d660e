"""The samples view: order, marks, selection, large view and history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.samples.grid import SampleGrid
from acq_app.views.samples.view import SamplesView
from acq_app.views.shared.history import LookHistory
from acq_app.views.shared.marks import distances, paint_centres, to_pixels
from acq_app.views.shared.sample_facts import class_name, ordered, short_class_name
from acq_app.views.shared.tiles import compose, fit, image_of, scaled
from acq_engine.events import AttentionReady, Event, SamplesReady, StepMetrics
from tests.tools.cut_texts import cut_texts
from tests.tools.fake_run import FakeRun

Shown = Callable[..., SamplesView]


def last_samples(events: list[Event]) -> SamplesReady:
    """The newest samples of a run."""
    return [event for event in events if isinstance(event, SamplesReady)][-1]


def few(**changes: object) -> SamplesReady:
    """Four samples of two classes."""
    samples = SamplesReady(
        step=1,
        images=np.arange(4, dtype=np.uint8)[:, None, None, None] * np.full((4, 8, 8, 3), 60, np.uint8),
        labels=np.array([0, 1, 0, 1]),
        asked=np.array([[0, 0], [0, 0], [0, 0], [0, 0]], np.float32),
        measured=np.array([[0.1, 0], [0.9, 0], [0.5, 0], [0.2, 0]], np.float32),
        teacher_class=np.array([0, 1, 0, 1]),
        teacher_confidence=np.array([0.9, 0.8, 0.2, 0.7], np.float32),
        student_class=np.array([0, 0, 0, 1]),
        student_confidence=np.array([0.9, 0.3, 0.1, 0.7], np.float32),
    )
    return replace(samples, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("labels", "key", "expected"), [
    (None, "made", [0, 1, 2, 3]),
    ({0}, "made", [0, 2]),
    ({0, 1}, "made", [0, 1, 2, 3]),
    (None, "centre", [1, 2, 3, 0]),
    ({1}, "centre", [1, 3]),
    (None, "confidence", [2, 3, 1, 0]),
    (None, "disagreement", [1, 2, 0, 3]),
])
def test_what_deserves_a_look_comes_first(labels: set[int] | None, key: str, expected: list[int]) -> None:
    assert ordered(few(), labels, key) == expected  # type: ignore[arg-type]


def test_without_centres_or_student_the_order_stays() -> None:
    assert ordered(few(asked=None), None, "centre") == [0, 1, 2, 3]
    assert ordered(few(student_class=None, student_confidence=None), None, "disagreement") == [0, 1, 2, 3]


def test_distances_are_in_picture_halves() -> None:
    assert distances(few().asked, few().measured) == pytest.approx([0.1, 0.9, 0.5, 0.2])
    assert distances(None, few().measured) is None


def test_marks_are_where_the_centres_are() -> None:
    rect = QRectF(10, 20, 100, 100)
    assert to_pixels(rect, np.array([-1, -1], np.float32)) == rect.topLeft()
    assert to_pixels(rect, np.array([1, 0], np.float32)).toTuple() == (110, 70)
    theme = load_theme("light")
    image = QImage(120, 130, QImage.Format.Format_RGB32)
    image.fill(QColor("#000080"))
    painter = QPainter(image)
    asked, measured = np.array([-0.5, 0.0], np.float32), np.array([0.5, 0.0], np.float32)
    paint_centres(painter, rect, asked, measured, theme)
    painter.end()
    assert image.pixelColor(85, 70).name() == theme.measured  # the filled dot
    assert image.pixelColor(35, 70).name() == "#000080"  # the ring is hollow
    assert image.pixelColor(35 - 6, 70).lightness() > 200 or image.pixelColor(35 - 7, 70).lightness() > 200
    far = theme.viridis[255]
    assert image.pixelColor(60, 70).name() == QColor(*(int(value) for value in far)).name()  # a distance of 1


def test_tiles_lie_side_by_side_inside_the_view() -> None:
    for size, count, room in product((28, 32, 96, 224), (1, 16, 36, 144), ((380, 300), (900, 500), (150, 120))):
        layout = fit(count, *room, (size, size))
        rects = [layout.rect(place) for place in range(count)]
        assert all(rect.left() >= 0 and rect.right() <= room[0] for rect in rects)
        assert not any(first.intersects(second) for first, second in pairwise(rects))
        if layout.total_height > room[1]:  # only as a last resort: the tiles would be too small to see
            assert layout.width <= 48 + size / 2
        for place, rect in enumerate(rects):
            assert layout.place_at(rect.center().x(), rect.center().y()) == place


def test_small_pictures_are_enlarged_pixel_by_pixel() -> None:
    picture = np.random.default_rng(0).integers(0, 255, (1, 28, 28, 3), np.uint8)
    assert np.array_equal(scaled(picture, 56, 56)[0, ::2, ::2], picture[0])
    small = scaled(np.full((2, 224, 224, 3), 90, np.uint8), 50, 50)
    assert small.shape == (2, 50, 50, 3)
    assert (small == 90).all()


def test_a_picture_owns_its_memory() -> None:
    pixels = np.full((4, 6, 3), 200, np.uint8)
    image = image_of(pixels)
    pixels[:] = 0
    assert image.pixelColor(3, 2).red() == 200


def test_the_tiled_picture_has_each_sample_in_its_place() -> None:
    samples = few()
    layout = fit(4, 100, 100, (8, 8))
    image = compose(samples.images, [3, 2, 1, 0], layout, "#ffffff")
    for place, index in enumerate((3, 2, 1, 0)):
        assert image.pixelColor(layout.rect(place).center().toPoint()).red() == 60 * index


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


def test_history_is_bounded_and_stays_spread_over_the_run() -> None:
    history = LookHistory(max_looks=20)
    for step in range(1, 1001):
        history.add_samples(few(step=step))
    steps = [look.step for look in history.looks]
    assert len(steps) == 20
    assert steps[0] == 1
    assert steps[-1] == 1000
    gaps = np.diff(steps)
    assert gaps.max() <= 4 * gaps[gaps > 1].min()


def test_history_is_bounded_in_bytes_too_and_keeps_the_newest_at_full_size() -> None:
    history = LookHistory(max_bytes=30 * 2**20)
    big = few(images=np.zeros((4, 224, 224, 3), np.uint8))
    for step in range(1, 301):
        history.add_samples(replace(big, step=step))
    assert sum(look.nbytes for look in history.looks) <= 30 * 2**20
    assert history.looks[-1].samples.images.shape == (4, 224, 224, 3)
    assert history.looks[0].samples.images.shape == (4, 112, 112, 3)


def test_attention_of_a_look_that_is_gone_is_ignored() -> None:
    history = LookHistory()
    history.add_samples(few(step=1))
    maps = np.full((4, 2, 2), 0.25, np.float32)
    assert not history.add_attention(AttentionReady(9, "layer", maps, maps, np.ones(4, np.float32)))
    assert history.add_attention(AttentionReady(1, "layer", maps, maps, np.ones(4, np.float32)))


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


def test_names_are_short_in_the_grid_and_whole_in_the_tooltip() -> None:
    names = ("tench, Tinca tinca", "goldfish", "", ", odd")
    assert [short_class_name(names, label) for label in (0, 1, 3, 999)] == ["tench", "goldfish", ", odd", "999"]
    assert class_name(names, 999) == "class 999"


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
