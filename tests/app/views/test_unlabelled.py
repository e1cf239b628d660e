"""Results without test images: what is said of both models' predictions, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.results.agreement import MOST_CLASSES, Match, layer_rows
from acq_app.views.results.furthest import FurthestImages
from acq_app.views.results.view import ResultsView
from acq_engine.events import Evaluated, Event, LayerReport, PredictionsCompared
from tests.tools.fake_run import FakeRun

Shown = Callable[..., ResultsView]
NAMES = ("cat", "dog", "cow")


def predictions(plain: list[int], other: list[int]) -> PredictionsCompared:
    """A few images; the first two are kept."""
    count = len(plain)
    shares = np.full(count, 0.5, np.float32)
    return PredictionsCompared(
        "synthetic", np.array(plain, np.int64), np.array(other, np.int64), shares, shares,
        np.zeros(count, np.float32), np.arange(min(2, count)), np.zeros((min(2, count), 8, 8, 3), np.uint8))


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return list(FakeRun(with_test_set=False).events())


def test_rows_count_what_each_model_predicts() -> None:
    match = Match(predictions([0, 0, 0, 1], [0, 1, 1, 1]), NAMES)
    assert match.class_rows() == [("cat", 3, 1, pytest.approx(100 / 3)), ("dog", 1, 3, 100.0)]
    assert match.pair_rows() == [("cat", "dog", 2)]
    found = match.matrix()
    assert found is not None and found[0].tolist() == [[1, 2], [0, 1]] and found[1] == ("cat", "dog")
    by_class = match.by_class(3)
    assert by_class[:2].tolist() == [pytest.approx(100 / 3), 100] and np.isnan(by_class[2])
    many = list(range(MOST_CLASSES + 1))
    assert Match(predictions(many, many), ()).matrix() is None


def test_both_kinds_are_named_and_neither_is_called_accuracy(shown: Shown, events: list[Event]) -> None:
    view = shown(ResultsView, events, (1000, 700))
    box = view.unlabelled
    assert box.isVisible() and view.charts.isHidden() and view.tables.isHidden()
    texts = [[box.facts[kind, row].text().replace("\u202f", " ") for row in range(5)]
             for kind in ("synthetic", "procedural")]
    assert texts[0][:3] == ["512", "97.7 %", "95.9 to 98.7 %"]
    assert texts[1][:2] == ["256", "89.1 %"]
    assert "Neither column is accuracy" in box.note.text()
    assert view.cells["student", 0].isHidden(), "top-1 has no column where it can't be known"
    assert view.cells["student", 2].font().pointSizeF() > view.cells["student", 3].font().pointSizeF()
    assert box.furthest_heading.text().startswith("Images with different predictions: 12 of 512")
    QTest.mouseClick(box.kind_box.button("procedural"), Qt.MouseButton.LeftButton)
    assert "28 of 256" in box.furthest_heading.text()
    assert box.classes.rows.rows[0][3] is not None


def test_layers_that_clip_most_come_first(shown: Shown, events: list[Event]) -> None:
    report = next(event for event in reversed(events) if isinstance(event, LayerReport))
    rows = layer_rows(report)
    clipped = [row[4] for row in rows]
    assert clipped == sorted(clipped, key=lambda value: -float(value or 0))
    unknown = replace(report.layers[0], clipping_rate=float("nan"))
    assert layer_rows(LayerReport((unknown, report.layers[1])))[1][4] is None
    view = shown(ResultsView, events)
    assert len(view.unlabelled.layers.rows.rows) == len(report.layers)


def test_ways_on_are_offered_as_intents(shown: Shown, qtbot: QtBot, events: list[Event]) -> None:
    view = shown(ResultsView, events, (1000, 700))
    with qtbot.waitSignal(view.compareRequested):
        view.unlabelled.compare_button.click()
    with qtbot.waitSignal(view.layersRequested):
        view.unlabelled.layers_button.click()


def test_a_run_of_an_older_version_shows_its_layers(shown: Shown, events: list[Event]) -> None:
    view = shown(ResultsView, [event for event in events if not isinstance(event, PredictionsCompared)], (1000, 700))
    assert view.unlabelled.isVisible() and view.unlabelled.facts_box.isHidden() and view.unlabelled.details.isHidden()
    assert view.unlabelled.compare_button.isVisible()
    assert not view.unlabelled.tables.isTabVisible(1)


def test_with_test_images_nothing_of_this_is_seen(shown: Shown, run_events: list[Event]) -> None:
    view = shown(ResultsView, run_events, (1000, 700))
    assert view.unlabelled.isHidden() and view.cells["student", 0].isVisible()


def test_procedural_images_alone_are_called_that(shown: Shown) -> None:
    found = replace(predictions([0, 1], [0, 0]), on="procedural")
    view = shown(ResultsView, [Evaluated("student", 2, "synthetic", agreement=50.0), found], (1000, 700))
    assert view.agreement_head.text() == "agreement\n(procedural)"
    assert "2 procedural images" in view.caption.text()
    assert view.unlabelled.kind_box.value() == "procedural"
    assert not view.unlabelled.kind_box.button("synthetic").isEnabled()


def test_images_wrap_and_say_what_they_are(qtbot: QtBot) -> None:
    strip = FurthestImages()
    qtbot.addWidget(strip)
    strip.theme = load_theme("dark")
    strip.resize(300, 300)
    strip.show_match(Match(predictions([0, 1, 1], [2, 1, 1]), NAMES))
    assert strip.heightForWidth(130) == 2 * strip.heightForWidth(600)
    assert strip.number_at(strip.cell(1).center()) == 1
    assert "Float: cat 50 %. Quantized: cow 50 %." in strip.accessibleDescription()
    strip.grab()
