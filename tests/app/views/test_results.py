"""The results view: each figure with what it was measured on, the verdict in words, the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.results.charts import MAX_BARS, ClassBars
from acq_app.views.results.figures import Figures, drop_text, signed
from acq_app.views.results.matrix import FEWEST, ConfusionMatrix
from acq_app.views.results.view import ResultsView
from acq_app.widgets.saving import widget_image
from acq_engine.events import Evaluated, Event, FineTuned, StepMetrics, Verified
from tests.tools.fake_run import FakeRun

Shown = Callable[..., ResultsView]


def cell_texts(view: ResultsView, subject: str) -> list[str]:
    """One row of the table."""
    return [view.cells[subject, column].text().replace("\u202f", " ") for column in range(5)]


def test_before_a_result_there_is_a_sentence(shown: Shown, run_events: list[Event]) -> None:
    assert shown(ResultsView, run_events[:2]).is_empty


def test_the_table_shows_what_was_measured_and_nothing_else(shown: Shown, run_events: list[Event]) -> None:
    view = shown(ResultsView, run_events)
    assert cell_texts(view, "float") == ["91.9 %", "\u2013", "\u2013", "312 kB", "0.71 ms (0.66\u20130.93)"]
    assert cell_texts(view, "student") == ["90.4 %", "1.5", "96.8 %", "\u2013", "\u2013"]
    assert cell_texts(view, "exported") == ["90.4 %", "1.5", "96.8 %", "61.2 kB", "0.42 ms (0.40\u20130.51)"]
    assert "5.1×" in view.size_note.text()
    assert "2,000 test images" in view.caption.text()
    assert "Deployable scheme" in view.caption.text()


def test_classes_without_test_images_have_no_bar() -> None:
    bars = ClassBars()
    values = np.array([80.0, np.nan, 60.0], np.float32)
    bars.show_values(values, values + 1, ("a", "b", "c"))
    assert bars.order() == [0, 2]
    assert "nan" not in bars.accessibleDescription()
    many = np.full(2 * MAX_BARS, np.nan, np.float32)
    many[::3] = 50
    bars.show_values(many, many, ())
    assert len(bars.order()) == min(MAX_BARS, len(many[::3]))
    assert np.isfinite(many[bars.order()]).all()


def test_without_test_images_it_says_so_and_shows_no_accuracy(shown: Shown) -> None:
    view = shown(ResultsView, list(FakeRun(with_test_set=False).events()))
    assert cell_texts(view, "student")[0] == "\u2013"
    assert cell_texts(view, "student")[2] == "97.6 %"
    assert "Without test images" in view.caption.text()
    assert "synthetic" in view.caption.text()
    assert view.charts.isHidden()
    assert "synthetic samples" in view.verified.text.text()


def test_an_interim_result_is_compared_on_its_own_images(shown: Shown) -> None:
    whole = Evaluated("float", 2000, "test", 92.8, per_class=np.full(3, 92.8, np.float32))
    part = Evaluated("student", 500, "test", 91.24, agreement=96.0, per_class=np.full(3, 91.24, np.float32),
                     final=False, float_top1=91.88, float_per_class=np.array([90, 91, 92], np.float32))
    view = shown(ResultsView, [whole, part])
    assert cell_texts(view, "float")[0] == "91.9 %"
    assert cell_texts(view, "student")[:2] == ["91.2 %", "0.6"], "computed before rounding, and not 1.6"
    assert "500 test images" in view.caption.text()
    assert view.bars.float_values is not None and view.bars.float_values.tolist() == [90, 91, 92]
    old = shown(ResultsView, [whole, replace(part, float_top1=None, float_per_class=None)])
    assert cell_texts(old, "student")[1] == "\u2013", "an older run's is on other images than the float model's"
    assert old.bars.float_values is None


def test_agreement_says_what_it_is_on(shown: Shown, run_events: list[Event]) -> None:
    assert shown(ResultsView, run_events).agreement_head.text() == "agreement\n(test)"
    without = shown(ResultsView, list(FakeRun(with_test_set=False).events()))
    assert without.agreement_head.text() == "agreement\n(held-out)"


def test_training_that_was_ended_early_is_said(shown: Shown, run_events: list[Event]) -> None:
    def told(*dropped: str, until: int = 10**6) -> str:
        events = [event for event in run_events if not isinstance(event, StepMetrics) or (
            event.phase not in dropped and event.step <= until)]
        return shown(ResultsView, [event for event in events if not isinstance(event, FineTuned)]).figures.training()

    assert "ended early" not in told(), "all steps were taken"
    steps = {event.phase: event.steps for event in run_events if isinstance(event, StepMetrics)}
    few = 20
    assert f"about 20 of {steps['warmup']} warm-up steps, about 20 of" in told(until=few)
    assert told("finetune").endswith("Training was ended early: no fine-tuning.")
    assert "ended early" not in told("warmup"), "the generator was another run's"


def test_fine_tuning_without_effect_is_said(shown: Shown) -> None:
    view = shown(ResultsView, list(FakeRun(undone=True).events()))
    assert view.training.isVisible()
    assert "Fine-tuning did not help" in view.training.text()
    assert "0.011 after calibration, 0.019 after fine-tuning" in view.training.text()
    for event in FakeRun().events():  # the next run's did
        view.apply(event)
    view.flush()
    assert "kept" in view.training.text() and "0.047 after calibration" in view.training.text()
    view.apply(FineTuned(False, 250, 0.011, 0.019, 60))
    view.flush()
    assert "after a trial of 60 steps" in view.training.text()


def test_a_look_in_the_middle_is_called_one(shown: Shown) -> None:
    view = shown(ResultsView, [Evaluated("student", 500, "test", 80.0, convention="A", final=False)])
    assert "Interim result" in view.caption.text()
    assert "Paper scheme" in view.caption.text()


def test_the_verdict_says_what_was_checked(run_events: list[Event]) -> None:
    figures = Figures()
    assert figures.verdict()[0] is None
    verified = next(event for event in run_events if isinstance(event, Verified))
    figures.take(verified)
    passed, word, sentence = figures.verdict()
    assert passed is True
    assert word == "Verified"
    assert "bit-exact" in sentence
    assert "10 of 10 convolutions" in sentence
    assert "ONNX Runtime 1.32.0" in sentence
    figures.take(replace(verified, detail="Other kernels are slower."))
    assert figures.verdict()[2].endswith("Other kernels are slower.")
    figures.take(replace(verified, passed=False, detail="3 rows differ."))
    passed, word, sentence = figures.verdict()
    assert passed is False
    assert sentence.startswith("3 rows differ.")
    assert figures.speed_words() == "1.7× faster"
    figures.take(replace(verified, latency_ranges={"latency_ms": (0.4, 0.7), "float_latency_ms": (0.66, 0.93)}))
    assert figures.speed_words().endswith("(ranges overlap)")
    figures.take(replace(verified, latency_ranges={}))
    assert figures.speed_words() == "1.7× faster", "older runs know no ranges"


def test_small_differences_are_not_signed_zeros() -> None:
    assert signed(-0.04) == signed(0.0) == "\u00b10.0"
    assert drop_text(-0.04) == drop_text(0.0) == drop_text(0.04) == "0.0"
    assert drop_text(-1.5) == "1.5" and drop_text(0.5) == "\u22120.5"
    assert signed(-1.25) in ("\u22121.2", "\u22121.3")


def test_files_are_offered_as_intents(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(ResultsView, run_events, (900, 700))
    folder, export = (button for button in view.findChildren(QPushButton)
                      if button.property("path") or button.property("format"))
    with qtbot.waitSignal(view.openFolderRequested) as told:
        QTest.mouseClick(folder, Qt.MouseButton.LeftButton)
    assert told.args == ["runs/fashion-0001/model.onnx"]
    with qtbot.waitSignal(view.exportRequested) as told:
        QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    assert told.args == ["onnx"]


def test_a_cell_of_the_confusion_matrix_is_named(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(ResultsView, run_events, (900, 700))
    counts = next(e.confusion for e in run_events if isinstance(e, Evaluated) and e.subject == "exported")
    assert counts is not None
    matrix = view.matrix
    qtbot.wait(20)  # the layout settles
    area = matrix._area(10)
    step = area.width() / 10
    QTest.mouseMove(matrix, QPoint(int(area.left() + 4.5 * step), int(area.top() + 2.5 * step)))
    assert matrix.cell == (2, 4)
    assert f"pullover predicted as coat: {counts[2, 4]} of 200" in view._cell_words.text()
    QTest.keyClick(matrix, Qt.Key.Key_Left)
    assert matrix.cell == (2, 3)
    view.matrix_box.setCurrentIndex(view.matrix_box.findData("difference"))
    assert "pp vs. float" in matrix.words(2, 4)


def test_a_click_on_a_cell_asks_for_its_images_and_a_double_click_zooms(
    shown: Shown, qtbot: QtBot, run_events: list[Event],
) -> None:
    view = shown(ResultsView, run_events, (900, 700))
    matrix = view.matrix
    qtbot.wait(20)  # the layout settles
    step = matrix._area(10).width() / 10
    place = (matrix._area(10).topLeft() + QPointF(4.5 * step, 2.5 * step)).toPoint()
    asked: list[tuple[int, int]] = []
    view.imagesRequested.connect(lambda *cell: asked.append(cell))
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: asked == [(2, 4)], timeout=5000)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    assert matrix.zoomed and not matrix._click.isActive() and len(asked) == 1
    matrix._point((3, 1))
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert asked[-1] == (3, 1)


def test_many_classes_are_shown_by_what_they_lost(qtbot: QtBot) -> None:
    bars = ClassBars()
    qtbot.addWidget(bars)
    first = np.full(1000, 80, np.float32)
    second = first.copy()
    second[[700, 3, 512]] = (10, 30, 20)
    bars.show_values(second, first, ())
    assert bars.order()[:3] == [700, 512, 3]
    assert len(bars.order()) == MAX_BARS
    assert "class 700" in bars.words(700)


@pytest.mark.parametrize("classes", [2, 1000])
def test_any_number_of_classes_is_drawn(shown: Shown, classes: int) -> None:
    confusion = np.eye(classes, dtype=np.int64) * 3
    values = np.full(classes, 100, np.float32)
    view = shown(ResultsView, [Evaluated(subject, 10, "test", 90.0, per_class=values, confusion=confusion)
                               for subject in ("float", "student")])
    view.grab()


def test_theme_and_a_new_run(shown: Shown, run_events: list[Event]) -> None:
    view = shown(ResultsView, run_events)
    dark = load_theme("dark")
    view.set_theme(dark)
    view.flush()
    assert view.verified.word.palette().windowText().color().name() == dark.good
    view.apply(run_events[0])
    assert view.is_empty
    assert view.figures.verified is None


def test_a_zoomed_matrix_shows_a_part_and_follows_the_keyboard(qtbot: QtBot) -> None:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.resize(500, 500)
    counts = np.arange(10_000, dtype=np.int64).reshape(100, 100)
    matrix.show_counts(counts, counts, ())
    matrix.zoom(5, (90, 10))
    row, column, size = matrix.part(100)
    assert size == 20 and row <= 90 < row + size and column <= 10 < column + size
    area = matrix._area(size)
    corner = matrix.cell_at(area.topLeft() + QPointF(1, 1))
    assert corner == (row, column), "cells are named by their place in the whole matrix"
    matrix._point((row, column))
    QTest.keyClick(matrix, Qt.Key.Key_Up)
    assert matrix.cell == (row - 1, column) and matrix.part(100)[0] == row - 1, "what is shown follows"
    QTest.keyClick(matrix, Qt.Key.Key_0)
    assert not matrix.zoomed
    matrix.zoom(1000)
    assert matrix.part(100)[2] == FEWEST


def test_the_matrix_can_be_copied_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.resize(400, 400)
    matrix.show_counts(np.array([[5, 1], [0, 6]], np.int64), np.array([[6, 0], [0, 6]], np.int64), ("cat", "dog"))
    assert matrix.table() == "\tcat\tdog\ncat\t5\t1\ndog\t0\t6\n"
    matrix.set_shown("difference")
    assert matrix.table().splitlines()[1] == "cat\t-1\t1"
    matrix.save_table(str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_text().splitlines()[0] == ',"cat","dog"'
    plain = widget_image(matrix)
    matrix.set_with_numbers(True)
    assert widget_image(matrix) != plain, "numbers are drawn"
    matrix.save_image(str(tmp_path / "a.png"))
    assert (tmp_path / "a.png").stat().st_size > 1000


def test_rows_of_the_tables_open_their_images(shown: Shown, run_events: list[Event]) -> None:
    view = shown(ResultsView, run_events, (900, 700))
    asked: list[tuple[int, int]] = []
    view.imagesRequested.connect(lambda *cell: asked.append(cell))
    view.classes.list.activated.emit(view.classes.proxy.index(2, 0))
    assert asked == [(2, -1)], "of a class: whatever is predicted"
    view.pairs.list.activated.emit(view.pairs.proxy.index(0, 0))
    truth, predicted = asked[1]
    names = view.figures.model.class_names if view.figures.model else ()
    assert (names[truth], names[predicted]) == view.pairs.rows.rows[0][:2] and truth != predicted


def test_figures_are_copied_as_markdown(shown: Shown, run_events: list[Event]) -> None:
    text = shown(ResultsView, run_events).figures.markdown()
    assert text.splitlines()[:2] == ["| | top-1 | drop, pp | agreement (test) | size | latency |",
                                     "|---|---:|---:|---:|---:|---:|"]
    assert "| Quantized | 90.4 % | 1.5 | 96.8 % |" in text and "2,000 test images" in text and "Verified: " in text
    without = shown(ResultsView, list(FakeRun(with_test_set=False).events()))
    without.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("| | agreement (held-out) | size | latency |") and "top-1 |" not in copied
