"""The feature map view: points in their places, one selection, figures only where they were measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acq_app.appearance.theme import load_theme
from acq_app.views.feature_map.scatter import class_colour
from acq_app.views.feature_map.view import FeatureMapView
from acq_engine.events import Event, FeaturesReady, SamplesReady
from tests.tools.fake_run import FakeRun

Shown = Callable[..., FeatureMapView]


def last(events: list[Event]) -> FeaturesReady:
    return [event for event in events if isinstance(event, FeaturesReady)][-1]


def test_a_sample_is_drawn_in_its_class_s_colour_and_chosen_by_a_click(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events, (900, 600))
    seen = last(run_events)
    chosen: list[int] = []
    view.sampleSelected.connect(chosen.append)
    # Names and other points may lie over a point, so it is looked for where nothing else can be.
    far = replace(seen, points=np.where(np.arange(len(seen.labels))[:, None] == 7, 9.0, seen.points).astype(np.float32))
    view.apply(far)
    view.class_box.choose({(int(seen.labels[7]) + 1) % 10})
    view.flush()
    picture = view.canvas.grab().toImage()
    at = view.canvas.position(far.points[7]).toPoint()
    assert picture.pixelColor(at) == QColor(view.theme.plot_background), "another class alone is shown"
    view.class_box.choose(())
    assert view.canvas.grab().toImage().pixelColor(at) == class_colour(view.theme, int(seen.labels[7]))
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert chosen == [7] and view.canvas.current == 7
    assert view.canvas.words(7) in view.canvas.accessibleDescription()


def test_arrows_walk_through_the_samples_of_the_class_shown(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events, (900, 600))
    chosen: list[int] = []
    view.sampleSelected.connect(chosen.append)
    view.class_box.choose({3})
    for _ in range(5):
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    own = [int(i) for i in np.flatnonzero(last(run_events).labels == 3)]
    assert chosen == (own * 2)[:5]


def test_pointing_at_a_mark_shows_its_sample(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events, (900, 600))
    view.select_sample(4)
    assert view.picture.look is not None
    assert view.picture.index == 4
    samples = [event for event in run_events if isinstance(event, SamplesReady)][-1]
    assert view.picture.look.samples is samples
    points = last(run_events).points
    lonely = max(range(len(points)), key=lambda i: min(
        float(np.hypot(*(points[i] - points[j]))) for j in range(len(points)) if j != i))
    at = view.canvas.position(points[lonely]).toPoint()
    QTest.mouseMove(view.canvas, at)
    assert view.picture.index == lonely
    assert str(lonely + 1) in view.caption.text()
    view.canvas.leaveEvent(QEvent(QEvent.Type.Leave))
    assert view.picture.index == 4


def test_names_leave_the_marks_free_where_there_is_room(shown: Shown) -> None:
    points = np.array([[-5, 0], [-5, 1], [-5, -1], [5, 0], [5, 1], [5, -1], [0, 0], [0, 9]], np.float32)
    labels = np.array([0, 0, 0, 1, 1, 1, 2, 2], np.int64)
    view = shown(FeatureMapView, [FeaturesReady(1, "layer3", points, labels, 0.5, None)], (900, 600))
    boxes = view.canvas.name_boxes()
    assert len(boxes) == 3
    for _, box in boxes:
        assert QRectF(view.canvas.rect()).contains(box)
        assert not any(box.contains(view.canvas.position(point)) for point in points)
    assert not any(one.intersects(other) for (_, one), (_, other) in combinations(boxes, 2))


def test_figures_that_were_not_measured_are_not_shown(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events, (900, 600))
    assert view.figures["distance"][1].text() and view.verdict.text() and view.images_box.isVisible()
    alone = FakeRun(with_test_set=False)
    view.reset()
    view.apply(alone.features(300))
    view.flush()
    assert not view.figures["distance"][1].isVisible() and not view.images_box.isVisible()
    assert view.figures["spread"][1].isVisible() and view.verdict.text() == ""


def test_the_plane_does_not_jump_while_points_stay_inside(shown: Shown) -> None:
    run = FakeRun()
    view = shown(FeatureMapView, [run.features(200)], (900, 600))
    before = view.canvas.position(np.zeros(2, np.float32))
    seen = run.features(210)
    view.apply(seen)
    view.flush()
    assert view.canvas.position(np.zeros(2, np.float32)) == before


def test_more_classes_than_colours_have_other_shapes(shown: Shown) -> None:
    count = len(load_theme("light").curves) + 1
    labels = np.array([0, count - 1], np.int64)
    seen = FeaturesReady(1, "layer3", np.array([[0, 0], [1, 0]], np.float32), labels, 0.5, None)
    view = shown(FeatureMapView, [seen], (600, 400))
    view.canvas.names = ("",) * count  # no names over the marks
    image = view.canvas.grab().toImage()
    first, second = (view.canvas.position(point).toPoint() for point in seen.points)

    def filled(x: int, y: int) -> int:
        own = class_colour(view.theme, 0)
        return sum(image.pixelColor(x + dx, y + dy) == own for dx in range(-8, 9) for dy in range(-8, 9))

    assert filled(first.x(), first.y()) != filled(second.x(), second.y()) > 0


def test_the_map_is_saved_as_picture_and_as_drawing(shown: Shown, run_events: list[Event], tmp_path: Path) -> None:
    view = shown(FeatureMapView, run_events, (600, 400))
    for name, start in (("map.png", b"\x89PNG"), ("map.svg", b"<?xml")):
        view.save(str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(start)
    problems: list[object] = []
    view.errorRaised.connect(problems.append)
    view.save(str(tmp_path / "missing" / "map.png"))
    assert len(problems) == 1


def test_a_map_that_shows_little_of_the_variance_says_so(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events)
    seen = view.shown
    assert seen is not None
    assert "of the variance" not in view.words(replace(seen, shown=0.4))
    assert "only 0.5 % of the variance" in view.words(replace(seen, shown=0.005))


def test_the_wheel_zooms_where_it_is_and_several_classes_are_shown(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events, (900, 600))
    canvas, seen = view.canvas, last(run_events)
    before = canvas.position(seen.points[4])
    assert view.whole_button.isHidden()
    wheel = QWheelEvent(before, before, QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(canvas, wheel)
    after = canvas.position(seen.points[4])
    assert (after - before).manhattanLength() < 1 and not view.whole_button.isHidden()
    apart = canvas.position(seen.points[0]) - canvas.position(seen.points[9])
    canvas.show_whole()
    assert apart.manhattanLength() > 1.5 * (
        canvas.position(seen.points[0]) - canvas.position(seen.points[9])).manhattanLength()
    assert view.whole_button.isHidden()
    view.class_box.choose({1, 3})
    assert {int(seen.labels[index]) for index in canvas._shown(seen.labels)} == {1, 3}
    assert "2" in view.class_box.text()


def test_several_classes_are_ticked_without_closing_the_list(shown: Shown, run_events: list[Event]) -> None:
    view = shown(FeatureMapView, run_events, (900, 600))
    menu = view.class_box.menu()
    menu.popup(view.mapToGlobal(QPoint(0, 0)))
    for label in (2, 5):
        at = menu.actionGeometry(view.class_box._actions[label]).center()
        QTest.mouseMove(menu, at)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)
    assert menu.isVisible() and view.canvas.labels == {2, 5}
    menu.close()
    view.reset()
    assert view.canvas.labels is None
