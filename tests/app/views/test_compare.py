"""Compare images: order and filter of pictures, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import GRID, THEME_NAMES, load_theme
from acq_app.views.compare.rows import Comparison, SortKey, chosen, parting
from acq_app.views.compare.view import CompareView
from acq_engine.events import Event

Shown = Callable[..., CompareView]


def made_up(count: int = 4) -> Comparison:
    """Pictures 1 and 3 flip; divergence is largest in 3, attention least alike in 2."""
    quantized = np.array([[0, 1], [2, 0], [1, 0], [0, 2]])[:count]
    floats = np.array([[0, 1], [1, 0], [1, 2], [2, 0]])[:count]
    shares = np.tile(np.array([[0.75, 0.2]], np.float32), (count, 1))
    maps = np.tile(np.array([[[0.7, 0.1], [0.1, 0.1]]], np.float32), (count, 1, 1))
    other = maps.copy()
    other[2] = other[2, ::-1, ::-1]
    errors = np.array([[0.01, 0.02, 0.05], [0.01, 0.3, 0.2], [0.0, 0.0, 0.1], [0.2, 0.215, 0.22]], np.float32)[:count]
    return Comparison(
        source="test", names=("1", "2", "3", "4")[:count], labels=np.array([0, 1, 2, 2])[:count],
        images=np.arange(count * 48, dtype=np.uint8).reshape(count, 4, 4, 3), class_names=("bag", "coat", "shoe"),
        float_classes=floats, float_shares=shares, quantized_classes=quantized, quantized_shares=shares,
        divergence=np.array([0.1, 0.3, 0.2, 0.9], np.float32)[:count], layer="layer3", float_maps=maps,
        quantized_maps=other, layers=("conv1", "conv2", "fc"), errors=errors, in_all=count,
    )


def test_pictures_are_sorted_and_chosen() -> None:
    shown = made_up()

    def places(only_flipped: bool = False, label: int | None = None, key: SortKey = "divergence") -> list[int]:
        return chosen(shown, only_flipped=only_flipped, label=label, key=key)

    assert places() == [3, 1, 2, 0]
    assert places(key="given") == [0, 1, 2, 3]
    assert places(key="attention")[0] == 2
    assert places(key="class") == [0, 1, 3, 2]
    assert places(only_flipped=True) == [3, 1]
    assert places(label=2) == [3, 2]
    unlabelled = replace(shown, labels=None)
    assert [unlabelled.class_of(place) for place in range(4)] == [0, 1, 1, 2], "the float network's prediction"
    assert unlabelled.right() is None and shown.right() == (3, 1)
    blind = replace(shown, quantized_maps=None)
    assert chosen(blind, only_flipped=False, label=None, key="attention") == [3, 1, 2, 0]


def test_the_images_of_a_cell_are_those_that_a_network_predicts_so(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (900, 600))
    view.show_comparison(made_up())
    view.flipped_box.setChecked(True)
    view.class_box.setCurrentIndex(2)
    assert view.places == [1]
    view.show_comparison(replace(made_up(), cell=(2, 0)))
    assert view.places == [3, 0], "predicted as the first class by one network or by both, flipped or not"
    assert "4 test images of the class shoe" in view.summary.text()
    assert "Predicted as bag: 1 by the float, 2 by the quantized model." in view.summary.text()
    view.prediction_box.setCurrentIndex(0)
    assert len(view.places) == 4
    view.show_comparison(made_up())
    assert view.prediction_box.currentData() is None


def test_other_images_begin_with_the_first(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (900, 600))
    view.show_comparison(made_up())
    view.list.setCurrentIndex(view.list.pictures.index(2))
    assert view.list.place() == 2
    view.show_comparison(made_up())
    assert view.list.place() == 2, "the same images again"
    view.show_comparison(replace(made_up(), names=("a", "b", "c", "d")))
    assert view.list.place() == 3


def test_where_they_part() -> None:
    one = parting(made_up(), 1)
    assert (one.largest, one.rise) == (1, 1)
    assert parting(made_up(), 2).rise == 2
    assert parting(made_up()).largest == int(made_up().errors.mean(0).argmax())
    alone = replace(made_up(), layers=("fc",), errors=made_up().errors[:, :1])
    assert parting(alone, 0).rise is None


def test_a_picture_is_described(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (900, 600))
    assert not view.is_empty and view.pages.currentWidget() is view.hint
    view.show_comparison(made_up())
    assert view.places == [3, 1, 2, 0] and view.list.place() == 3
    assert "2 of 4 predictions flip (50.0 %)" in view.summary.text()
    assert "float 75.0 %, quantized 25.0 %" in view.summary.text()
    assert view.name.text() == "Test image 4 · true class shoe"
    assert "flips from shoe to bag" in view.sentence.text() and "0.900" in view.sentence.text()
    assert "Most in fc" in view.why.text() and "22.00 %" in view.why.text()
    assert "grows most" in view.why.text() and "conv2" in view.why.text()
    view.list.setFocus()
    view.flipped_box.setChecked(True)
    assert view.places == [3, 1]
    view.class_box.setCurrentIndex(view.class_box.findData(0))
    assert view.places == [] and view.right.currentWidget() is view.none
    view.class_box.setCurrentIndex(view.class_box.findData(1))
    assert view.list.place() == 1 and "flips from coat to shoe" in view.sentence.text()
    view.reset()
    assert view.is_empty and view.shown is None


def test_what_is_missing_is_said(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (900, 600))
    view.show_comparison(replace(made_up(), quantized_maps=None, source="files", labels=None, in_all=900,
                                 unread=("a.png", "b.png")))
    assert "of 900, spread evenly" in view.summary.text() and "Not readable: a.png, b.png." in view.summary.text()
    assert "Right:" not in view.summary.text()
    assert "so it has no map" in view.attention.text() and view.triptych.titles()[2] == "not available"
    assert view.name.text() == "4"


@pytest.mark.parametrize("name", THEME_NAMES)
def test_it_is_drawn_in_every_theme(shown: Shown, run_events: list[Event], name: str) -> None:
    view = shown(CompareView, run_events, (700, 480))
    view.show_comparison(made_up())
    view.set_theme(load_theme(name))
    view.flush()
    view.grab()
    left, middle, right = view.triptych.images(120)
    assert left is not None and middle is not None and right is not None
    assert left.width() == 120 and left != middle
    view.list.pictures.shown = view.shown
    assert view.layers.layer_at(view.layers.width() - 1) == 2 and "fc" in view.layers.words_of(2)


def test_progress_is_told_and_a_failure_leaves_what_was_there(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (900, 600))
    view.show_comparison(made_up())
    view.show_progress("compare", 3, 7)
    assert view.progress.isVisible() and view.stage.text() == "Comparing image 3 of 7"
    view.show_progress("", 0, 0)
    assert "Loading" in view.stage.text()
    view.show_failure()
    assert not view.progress.isVisible() and view.shown is not None


def test_only_pictures_are_taken(shown: Shown, run_events: list[Event], qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(CompareView, run_events, (900, 600))
    given: list[list[Path]] = []
    view.filesDropped.connect(given.append)
    (tmp_path / "folder").mkdir()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text("{}")

    def let_go(*names: str) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                           Qt.KeyboardModifier.NoModifier)
        event.ignore()
        view.dropEvent(event)
        return event.isAccepted()

    assert let_go("a.png", "folder", "b.JPG")
    assert [path.name for path in given[0]] == ["a.png", "folder", "b.JPG"]
    assert not let_go("run") and not let_go("a.png", "model.pth") and len(given) == 1


def test_the_images_of_a_class_are_shown_whatever_is_predicted(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (1000, 600))
    view.show_comparison(replace(made_up(), cell=(2, -1)))
    assert view.prediction_box.currentData() is None
    assert "of the class" in view.summary.text() and "Predicted as" not in view.summary.text()


def test_a_wipe_goes_from_one_models_attention_to_the_others(shown: Shown, run_events: list[Event]) -> None:
    view = shown(CompareView, run_events, (1000, 600))
    view.show_comparison(made_up())
    drawing = view.triptych
    whole = drawing.grab().toImage()
    side = drawing._side(drawing.width())
    at = QPoint(int(2 * (side + GRID) + side / 4), int(side / 2 + drawing.fontMetrics().height()))
    QTest.mousePress(drawing, Qt.MouseButton.LeftButton, pos=at)
    assert drawing.split == pytest.approx(0.25, abs=0.02)
    assert drawing.grab().toImage() != whole
    QTest.mouseRelease(drawing, Qt.MouseButton.LeftButton, pos=at)
    assert drawing.split is None and drawing.grab().toImage() == whole
    QTest.keyClick(drawing, Qt.Key.Key_Right)
    assert drawing.split == pytest.approx(0.55)
    QTest.keyClick(drawing, Qt.Key.Key_Escape)
    assert drawing.split is None
    view.show_comparison(replace(made_up(), quantized_maps=None))
    QTest.keyClick(drawing, Qt.Key.Key_Right)
    assert drawing.split is None, "there is nothing to wipe to"
