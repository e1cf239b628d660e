"""Errors in the window's own code: the run goes on, and the user is told once."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.shell.logs import Reporter
from tests.tools.windows import Make, until


@pytest.fixture
def reporter() -> Iterator[Reporter]:
    usual = sys.excepthook
    reporter = Reporter()
    reporter.install()
    yield reporter
    reporter.uninstall()
    sys.excepthook = usual


@pytest.mark.qt_no_exception_capture
def test_a_view_that_throws_at_every_event_does_not_end_the_run_and_is_told_of_once(
    make: Make, qtbot: QtBot, reporter: Reporter, caplog: pytest.LogCaptureFixture
) -> None:
    studio = make()
    reporter.unexpected.connect(studio.context.messages.fail)
    thrown = 0

    def broken_view(_: list[object]) -> None:
        nonlocal thrown
        thrown += 1
        raise ZeroDivisionError("in a view")

    studio.session.events.connect(broken_view)
    with caplog.at_level(logging.ERROR, "acq_app"):
        studio.registry["start"].trigger()
        until(qtbot, studio, RunState.SUCCEEDED)
    heard = thrown
    for _ in range(5):  # a quick machine hears a whole run in two batches; later ones throw as well
        studio.session.events.emit([])
    assert heard >= 1 and thrown == heard + 5
    dialogs = studio.messages.open_errors
    assert len(dialogs) == 1
    assert studio.session.state.results.finished is not None, "the other listeners heard everything"
    assert studio.window.run_bar.percent.text() == "100 %"
    traces = [record for record in caplog.records if "in a view" in record.getMessage()]
    assert 2 <= len(traces) <= 3, "the log doesn't fill with one error"
    dialogs[0].close()


def test_errors_of_two_places_are_both_told(reporter: Reporter, qtbot: QtBot) -> None:
    told: list[BaseException] = []
    reporter.unexpected.connect(told.append)
    works: list[Callable[[], object]] = [lambda: [][0], lambda: [][0], lambda: int("a")]
    for work in works + works:
        try:
            work()
        except (IndexError, ValueError) as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert [type(error) for error in told] == [IndexError, IndexError, ValueError]
