"""The runs view: history, search, comparison and what is asked of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.runs.rows import RunRow, differing, duration_text, short_names
from acq_app.views.runs.view import RunsView
from acq_app.views.shared.axes import value_text
from acq_app.views.shared.curves import Series
from acq_app.views.shared.history import Look
from acq_app.views.shared.looks import chosen
from acq_engine.events import AttentionReady, SamplesReady
from tests.tools.fake_run import FakeRun
from tests.tools.render_views import run_details

Shown = Callable[..., RunsView]


@pytest.fixture
def view(shown: Shown) -> RunsView:
    view = shown(RunsView, [], (1000, 560))
    assert view.is_empty
    view.show_rows([detail.row for detail in run_details()])
    return view


def select(view: RunsView, *rows: int) -> None:
    """Select rows as they are shown."""
    model = view.list.selectionModel()
    model.clearSelection()
    for row in rows:
        model.select(view.proxy.index(row, 0), QItemSelectionModel.SelectionFlag.Select
                     | QItemSelectionModel.SelectionFlag.Rows)


def test_newest_runs_come_first_and_others_on_request(view: RunsView) -> None:
    assert view.proxy.index(0, 0).data() == "fashion-0005"
    view.list.sortByColumn(7, Qt.SortOrder.DescendingOrder)
    assert view.proxy.index(0, 7).data() == "91.8\u202f%"
    assert view.proxy.index(5, 7).data() == "\u2013"
    view.search.setText("baseline")
    assert view.proxy.rowCount() == 1


def test_bits_and_accuracy_are_seen_without_scrolling(view: RunsView, shown: Shown) -> None:
    narrow = shown(RunsView, [], (670, 560))  # the window's middle at 1280 pixels
    long = [replace(detail.row, name=f"a-sweep-with-a-long-name/{detail.row.name}") for detail in run_details()]
    narrow.show_rows(long)
    for column in (4, 7, 8):
        place = narrow.list.columnViewportPosition(column) + narrow.list.columnWidth(column)
        assert 0 < place <= narrow.list.viewport().width()


def test_long_names_are_whole_where_there_is_room(qtbot: QtBot) -> None:
    view = RunsView()
    qtbot.addWidget(view)
    rows = [replace(detail.row, name=f"a-sweep-with-a-long-name/{detail.row.name}") for detail in run_details()]
    view.show_rows(rows)  # before it is on the screen
    view.resize(1280, 560)
    view.show()
    view.flush()

    def is_whole() -> bool:
        return view.list.columnWidth(0) >= view.list.sizeHintForColumn(0)

    qtbot.waitUntil(is_whole, timeout=5000)
    view.resize(900, 560)
    qtbot.waitUntil(lambda: not is_whole(), timeout=5000)
    view.resize(1600, 560)
    qtbot.waitUntil(is_whole, timeout=5000)


def test_a_column_that_was_drawn_wider_stays_so(view: RunsView) -> None:
    header = view.list.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(0) + header.sectionSize(0) - 1, header.height() // 2)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(30, 0))
    QTest.mouseMove(header.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    drawn = header.sectionSize(0)
    view.resize(1300, 560)
    QTest.qWait(0)
    assert header.sectionSize(0) == drawn > 60


def test_compared_runs_lose_the_folder_that_they_share() -> None:
    details = run_details()[:2]
    inside = [replace(detail, row=replace(detail.row, name=f"bits/{detail.row.name}")) for detail in details]
    assert short_names(inside) == ["fashion-0000", "fashion-0001"]
    assert short_names([inside[0], details[1]]) == ["bits/fashion-0000", "fashion-0001"]


def test_words_and_tags_find_runs(view: RunsView, qtbot: QtBot) -> None:
    place = view.proxy.index(0, 13)
    with qtbot.waitSignal(view.tagsChanged) as told:
        view.proxy.setData(place, " paper,, 3 bits ,paper")
    assert told.args == ["runs/fashion-0005", "paper, 3 bits"]
    assert [view.tag_box.itemText(number) for number in range(view.tag_box.count())] == ["all tags", "3 bits", "paper"]
    view.tag_box.setCurrentIndex(2)
    assert view.proxy.rowCount() == 1
    view.tag_box.setCurrentIndex(0)
    view.search.setText("FASHION baseline")
    assert view.proxy.rowCount() == 1
    view.search.setText("fashion nowhere")
    assert view.proxy.rowCount() == 0


def test_buttons_say_why_they_are_grey(view: RunsView) -> None:
    assert not view.buttons["compare"].isEnabled()
    assert "Select 2 to 6" in view.buttons["compare"].toolTip()
    select(view, 0)
    assert view.buttons["open"].isEnabled()
    select(view, 0, 1)
    assert view.buttons["compare"].isEnabled()
    assert not view.buttons["clone"].isEnabled()


def test_intents(view: RunsView, qtbot: QtBot) -> None:
    select(view, 1)
    for key, signal, expected in (
        ("open", view.openRequested, "runs/fashion-0004"), ("clone", view.cloneRequested, "runs/fashion-0004"),
        ("delete", view.deleteRequested, ["runs/fashion-0004"]),
    ):
        with qtbot.waitSignal(signal) as told:
            view.buttons[key].click()
        assert told.args == [expected]
    select(view, 2, 0)
    with qtbot.waitSignal(view.compareRequested) as told:
        view.buttons["compare"].click()
    assert told.args == [["runs/fashion-0005", "runs/fashion-0003"]]
    with qtbot.waitSignal(view.notesChanged) as told:
        view.proxy.setData(view.proxy.index(0, 12), "  try again ")
    assert told.args == ["runs/fashion-0005", "try again"]


def test_the_selection_survives_a_refresh(view: RunsView) -> None:
    select(view, 3)
    before = view.selected_paths()
    view.show_rows([detail.row for detail in reversed(run_details())])
    assert view.selected_paths() == before


def test_comparison_draws_each_run_and_only_differing_settings(view: RunsView) -> None:
    details = run_details()[:3]
    view.show_comparison(details)
    for number, detail in enumerate(details):
        drawn = view.compare.plot.curve_data(f"{number}:raw")
        assert drawn is not None
        assert np.array_equal(drawn[1], detail.curves["accuracy/agreement"][1])
    view.compare.metric_box.setCurrentIndex(view.compare.metric_box.findData("student/total"))
    drawn = view.compare.plot.curve_data("0:raw")
    assert drawn is not None
    assert np.allclose(10 ** drawn[1], details[0].curves["student/total"][1])
    assert [name for name, _ in differing(details)] == ["losses.pair", "method", "quantization.weight_bits"]
    table = view.compare.differences
    cells = [[item.text() if (item := table.item(row, column)) else "" for column in range(4)] for row in range(3)]
    assert [row[0] for row in cells] == ["Method", "pair", "Weights"], "the method decides about most others"
    assert set(cells[0][1:]) == {"ACQ", "GDFQ"}
    assert cells[2][1:] == [detail.settings["quantization.weight_bits"] for detail in details]
    named = table.item(1, 0)
    assert named is not None
    assert named.toolTip() == "losses.pair"
    accuracy = view.compare.bars.figures()[0][1]
    assert accuracy[0] == ("90.4\u202f%", pytest.approx(0.904))
    view.show_comparison(details[:2])
    assert view.compare.plot.curve_data("2:raw") is None
    view.compare.plot.zoom(0.5)
    view.compare.metric_box.setCurrentIndex(view.compare.metric_box.findData("accuracy/agreement"))
    low, high = view.compare.plot.view.viewRange()[1]
    values = details[0].curves["accuracy/agreement"][1]
    assert low <= values.min() and values.max() <= high, "another curve has ranges of its own"
    QTest.keyClick(view.compare.plot, Qt.Key.Key_End)
    longest = details[1].curves["accuracy/agreement"][1]
    assert value_text(float(longest[-1]), "%") in view.compare._key.text()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.pages.currentIndex() == 0


def test_rows_that_come_leave_a_note_that_is_being_written_alone(view: RunsView, qtbot: QtBot) -> None:
    view.list.setFocus()
    view.list.setCurrentIndex(view.proxy.index(1, 0))
    QTest.keyClick(view.list, Qt.Key.Key_F2)
    editor = view.list.viewport().findChild(QLineEdit)
    assert editor is not None, "F2 writes notes from any column"
    QTest.keyClicks(editor, "good")
    view.show_rows([detail.row for detail in run_details()])
    with qtbot.waitSignal(view.notesChanged) as told, qtbot.waitSignal(view.refreshRequested):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told.args[1].startswith("good")


def test_the_cursor_stays_with_its_run(view: RunsView) -> None:
    view.list.setCurrentIndex(view.proxy.index(2, 0))
    name = view.proxy.index(2, 0).data()
    view.show_rows([detail.row for detail in run_details()][1:])
    assert view.list.currentIndex().data() == name


def test_enter_on_a_button_does_not_open_the_run(view: RunsView, qtbot: QtBot) -> None:
    select(view, 0)
    view.buttons["clone"].setFocus()
    with qtbot.assertNotEmitted(view.openRequested):
        QTest.keyClick(view.buttons["clone"], Qt.Key.Key_Return)
    view.list.setFocus()
    with qtbot.waitSignal(view.openRequested):
        QTest.keyClick(view.list, Qt.Key.Key_Return)


def test_without_test_images_agreement_is_compared(view: RunsView) -> None:
    details = [replace(detail, row=replace(detail.row, student_top1=None)) for detail in run_details()[:2]]
    view.show_comparison(details)
    title, values = view.compare.bars.figures()[0]
    assert title == "agreement"
    assert values[0][0] == value_text(details[0].row.agreement, "%")


def test_runs_without_figures_are_compared_without_bars(view: RunsView) -> None:
    view.show_comparison(run_details()[4:6])
    assert view.compare.bars.figures()[0][1][1] == ("\u2013", None)
    view.set_theme(load_theme("dark"))
    view.grab()


def test_a_new_run_leaves_the_history_alone(view: RunsView) -> None:
    view.reset()
    assert not view.is_empty
    assert len(view.table.rows) == 6


def test_durations() -> None:
    assert [duration_text(value) for value in (None, 70, 3725)] == ["\u2013", "1:10", "1:02:05"]
    assert RunRow("p", "n", "", "m", "acq", 4, 4, "finished").lost is None


def test_samples_of_runs_stand_above_each_other_class_by_class(shown: Shown, qtbot: QtBot) -> None:
    view = shown(RunsView, [], (1000, 560))
    view.show_rows([detail.row for detail in run_details()])
    looks = []
    for seed in (0, 1):
        events = list(FakeRun(seed=seed).events())
        look = Look(next(event for event in reversed(events) if isinstance(event, SamplesReady)))
        look.attention = next(event for event in reversed(events) if isinstance(event, AttentionReady)
                              and event.step == look.step and event.corrected)
        looks.append(look)
    details = [replace(detail, look=look, class_names=("shirt", "coat"), settings={"seed": "0"})
               for detail, look in zip(run_details(), looks, strict=False)]
    view.show_comparison(details)
    compare = view.compare
    before = compare.shown_box.geometry()
    compare.shown_box.button("samples").click()
    QTest.qWait(0)
    assert compare.shown_box.geometry() == before, "the button that was clicked does not jump away"
    assert compare.samples.isVisible() and not compare.metric_box.isVisible()
    assert "same noise" in compare.samples_note.text()
    assert [compare.class_box.itemText(place) for place in range(3)] == ["all classes", "shirt", "coat"]
    compare.class_box.setCurrentIndex(2)
    assert set(looks[0].samples.labels[chosen(looks[0], compare.samples.label)]) == {1}
    assert "centre error" in compare.samples.words(compare.samples.rows[0])
    height = compare.samples.sizeHint().height()
    compare.show_real(looks[1])
    assert compare.samples.sizeHint().height() > height and len(compare.samples.lines()) == 3
    assert "float model" in compare.samples.real_words() and not compare.samples.grab().isNull()
    view.show_comparison([replace(details[0], settings={"seed": "7"}), details[1]])
    assert compare.samples.real is None, "they were those of the runs before"
    assert "noise differs" in compare.samples_note.text()
    view.show_comparison([replace(details[0], look=None), details[1]])
    assert "omitted" in compare.samples_note.text() and len(compare.samples.rows) == 1


def test_selected_runs_are_copied_renamed_and_shown_from_their_menu(
    view: RunsView, qtbot: QtBot, tmp_path: Path
) -> None:
    select(view, 1)
    actions = {action.text(): action for action in view.menu().actions()}
    assert not actions["Compare"].isEnabled() and actions["Rename..."].isEnabled()
    with qtbot.waitSignal(view.renameRequested) as told:
        actions["Rename..."].trigger()
    assert told.args == view.selected_paths()
    lines = view.text().splitlines()
    assert len(lines) == 2 and lines[0].split("\t")[0] == "run" and lines[1].startswith(view.proxy.index(1, 0).data())
    view.list.clearSelection()
    view.save(str(tmp_path / "runs.csv"))
    assert len((tmp_path / "runs.csv").read_text().splitlines()) == 1 + view.proxy.rowCount()


def test_accuracies_of_compared_runs_say_how_far_they_are_from_the_first(view: RunsView) -> None:
    view.show_comparison(run_details()[:2])
    texts = [text for text, _ in view.compare.bars.figures()[0][1]]
    assert "(" not in texts[0] and "(" in texts[1]


def shown_names(view: RunsView) -> list[str]:
    """Rows from top to bottom: runs by name, headings of groups in brackets."""
    rows = [view.proxy.index(row, 0) for row in range(view.proxy.rowCount())]
    return [row.data() or f"[{row.data(Qt.ItemDataRole.AccessibleTextRole)}]" for row in rows]


@pytest.fixture
def grouped(view: RunsView) -> RunsView:
    """Four runs of a sweep and two that are in none, grouped."""
    rows = [detail.row for detail in run_details()]
    view.show_rows([replace(row, name=f"bits/{row.name}") if number < 4 else row for number, row in enumerate(rows)])
    view._group("sweep")
    return view


def test_groups_keep_their_order_whichever_way_runs_are_sorted(grouped: RunsView) -> None:
    newest = ["[bits \u00b7 4 runs]", *(f"fashion-000{number}" for number in (3, 2, 1, 0)),
              "[not in a sweep \u00b7 2 runs]", "fashion-0005", "fashion-0004"]
    assert shown_names(grouped) == newest
    grouped.list.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown_names(grouped) == [newest[0], *reversed(newest[1:5]), newest[5], *reversed(newest[6:])]
    grouped.search.setText("0004")
    assert shown_names(grouped) == ["[not in a sweep \u00b7 2 runs]", "fashion-0004"]
    assert grouped._count.text() == "1 of 6 runs"


def test_a_group_folds_by_mouse_and_keyboard_and_is_no_run(grouped: RunsView, qtbot: QtBot) -> None:
    select(grouped, 0, 1)
    assert grouped.selected_paths() == ["runs/fashion-0003"], "a heading can't be selected"
    at = grouped.list.visualRect(grouped.proxy.index(0, 0)).center()
    QTest.mouseClick(grouped.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(shown_names(grouped)) == 4 and grouped._count.text() == "6 runs"
    grouped.list.setFocus()
    grouped.list.setCurrentIndex(grouped.proxy.index(0, 0))
    with qtbot.assertNotEmitted(grouped.openRequested):
        QTest.keyClick(grouped.list, Qt.Key.Key_Return)
    assert len(shown_names(grouped)) == 8
    assert grouped.list.grab().toImage() != grouped.list.viewport().grab().toImage()
    lines = grouped.text().splitlines()
    assert len(lines) == 7 and lines[1].startswith("bits/fashion"), "runs are copied by their whole names, no headings"


def test_columns_and_groups_are_chosen_and_told(view: RunsView, qtbot: QtBot) -> None:
    assert view.hidden_columns() == ["latency"]
    view._fill_look_menu()
    actions = {action.data() or action.text(): action for action in view._look_menu.actions()}
    assert not actions["run"].isEnabled(), "a run without a name is none"
    with qtbot.waitSignal(view.lookChanged) as told:
        actions["agreement"].trigger()
    assert told.args == [["agreement", "latency"], "none"]
    assert view.list.isColumnHidden(9) and "agreement" not in view.text()
    with qtbot.waitSignal(view.lookChanged) as told:
        actions["Group by model"].trigger()
    assert told.args[1] == "model" and shown_names(view)[0] == "[Fashion sample \u00b7 6 runs]"
    view.set_look(["run", "nonsense", "size"], "nonsense")
    assert view.hidden_columns() == ["size"] and view.grouped == "none"


def test_compared_curves_are_smoothed_as_the_losses_are(view: RunsView) -> None:
    details = run_details()[:2]
    view.show_comparison(details)
    x, y = details[0].curves["accuracy/agreement"]
    series = Series()
    for step, value in zip(x, y, strict=True):
        series.append(step, value)
    drawn = view.compare.plot.curve_data("0:smooth")
    assert drawn is not None and np.allclose(drawn[1], series.smooth), "with the same default"
    view.compare.span_box.setValue(1)
    drawn = view.compare.plot.curve_data("0:smooth")
    assert drawn is not None and np.array_equal(drawn[1], y)
    view.compare.metric_box.setCurrentIndex(view.compare.metric_box.findData("student/total"))
    view.compare.span_box.setValue(500)
    rough, smooth = (view.compare.plot.curve_data(f"0:{layer}") for layer in ("raw", "smooth"))
    assert rough is not None and smooth is not None
    assert np.abs(np.diff(smooth[1])).sum() < np.abs(np.diff(rough[1])).sum()
    view.compare.shown_box.button("samples").click()
    assert view.compare.span_box.isHidden(), "samples have no curves"


def test_latency_is_compared_with_its_ranges(view: RunsView) -> None:
    rows = [replace(detail.row, latency_ms=0.4, latency_range=(0.38, 0.8 + number)) if number < 2 else detail.row
            for number, detail in enumerate(run_details()[:3])]
    view.show_comparison([replace(detail, row=row) for detail, row in zip(run_details(), rows, strict=False)])
    bars = view.compare.bars
    texts, parts = zip(*bars.figures()[2][1], strict=True)
    assert texts[0] == "0.40\u202fms (0.38\u20130.80)" and "(" not in texts[2]
    assert parts[0] == pytest.approx(0.4 / 1.8), "the longest range ends the scale"
    with_ranges = bars.grab().toImage()
    bars.show_runs([replace(detail, row=replace(detail.row, latency_range=(0.4, 1.8))) for detail in bars.details])
    assert bars.grab().toImage() != with_ranges
