"""The log view: levels, filter, copy, following, and an end to its memory."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from acq_app.appearance.theme import load_theme
from acq_app.views.log.view import MAX_LINES, LogView
from acq_engine.events import Event, Failed, LogMessage, PhaseStarted, StepMetrics

Shown = Callable[..., LogView]

LINES = [
    LogMessage("debug", "cache filled"), LogMessage("info", "warm-up starts"),
    StepMetrics("warmup", 1, 2, 1, {}, 125.0), LogMessage("warning", "diversity is low"),
    LogMessage("error", "no space left"),
]


def shown_text(view: LogView) -> str:
    return view.text.toPlainText()


def test_each_entry_has_its_time_and_level(shown: Shown) -> None:
    view = shown(LogView, LINES)
    lines = shown_text(view).splitlines()
    assert [line.split()[:2] for line in lines] == [["00:00", "info"], ["02:05", "warning"], ["02:05", "error"]]


def test_between_steps_the_clock_goes_on_and_never_back(shown: Shown) -> None:
    view = shown(LogView, [])
    now = 100.0
    view.clock = lambda: now
    view.reset()
    view.apply(PhaseStarted("prepare", 0))
    now = 111.0
    view.apply(LogMessage("info", "read the model"))
    now = 300.0  # paused meanwhile, which a run's own time leaves out
    view.apply(LogMessage("info", "continues"))
    view.apply(StepMetrics("warmup", 1, 2, 1, {}, 20.0))
    view.apply(LogMessage("info", "a step"))
    view.flush()
    times = [line.split()[0] for line in shown_text(view).splitlines()]
    assert times == ["00:00", "00:11", "03:20", "03:20"], "phases are told, too"


def test_level_and_text_filter_entries(shown: Shown) -> None:
    view = shown(LogView, LINES)
    view.level_box.setCurrentIndex(view.level_box.findData("warning"))
    assert "warm-up" not in shown_text(view)
    assert "diversity" in shown_text(view)
    view.level_box.setCurrentIndex(view.level_box.findData("debug"))
    assert "cache filled" in shown_text(view)
    view.filter_box.setText("SPACE")
    assert shown_text(view).splitlines() == [str(view.lines[-1])]
    view.apply(LogMessage("info", "more space"))
    view.apply(LogMessage("info", "something else"))
    view.flush()
    assert len(shown_text(view).splitlines()) == 2
    view.filter_box.clear()
    assert len(shown_text(view).splitlines()) == 6


def test_copy_takes_what_is_shown(shown: Shown) -> None:
    view = shown(LogView, LINES)
    view.filter_box.setText("diversity")
    view.copy()
    assert QGuiApplication.clipboard().text() == shown_text(view)


def test_the_newest_entry_stays_in_sight_only_while_following(shown: Shown) -> None:
    view = shown(LogView, [LogMessage("info", f"line {number}") for number in range(500)])
    bar = view.text.verticalScrollBar()
    assert bar.value() == bar.maximum()
    view.follow_box.setChecked(False)
    bar.setValue(7)
    view.apply(LogMessage("info", "one more"))
    view.flush()
    assert bar.value() == 7
    view.follow_box.setChecked(True)
    assert bar.value() == bar.maximum()


def test_memory_has_an_end(shown: Shown) -> None:
    view = shown(LogView, [LogMessage("info", str(number)) for number in range(MAX_LINES + 50)])
    assert len(view.lines) == MAX_LINES
    assert view.text.document().blockCount() <= MAX_LINES
    assert view.lines[-1].text == str(MAX_LINES + 49)


def test_a_failure_is_told_with_cause_and_hint(shown: Shown) -> None:
    view = shown(LogView, [Failed("It stopped.", "A value was NaN.", "Lower the rate.")])
    view.level_box.setCurrentIndex(view.level_box.findData("error"))
    lines = shown_text(view).splitlines()
    assert len(lines) == 3
    assert lines[2].strip() == "Lower the rate."


def test_theme_and_reset(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LogView, LINES)
    dark = load_theme("dark")
    view.set_theme(dark)
    view.flush()
    assert len(shown_text(view).splitlines()) == 3
    style = view.text.document().lastBlock().begin().fragment().charFormat()
    assert style.foreground().color().name() == dark.bad
    view.reset()
    assert view.is_empty
    for event in run_events:
        view.apply(event)
    view.flush()
    assert "parameters" in shown_text(view)
