"""Docks keep their sizes: over restarts in a window that the system makes larger, and down to a minimum."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences
from acq_app.shell.studio import Studio
from acq_app.widgets.bar import Bar
from tests.tools.cut_texts import cut_texts
from tests.tools.windows import Make, until, view_of

LARGE = (1900, 1060)


def settle(qtbot: QtBot) -> None:
    """Let layouts come to rest."""
    for _ in range(3):
        QApplication.processEvents()
        qtbot.wait(20)


def heights(studio: Studio) -> dict[str, int]:
    return {name: dock.height() for name, dock in studio.window.live.docks.items()}


def test_a_restart_in_a_maximised_window_leaves_the_docks_as_they_were(
    make: Make, qtbot: QtBot,
) -> None:
    studio = make()
    settle(qtbot)
    usual = studio.window.saveGeometry()  # what a maximised window comes back to before it is shown
    studio.window.resize(*LARGE)
    settle(qtbot)
    studio.registry["reset_layout"].trigger()
    settle(qtbot)
    before = heights(studio)
    preferences: Preferences = studio.context.preferences
    for _ in range(2):
        studio.window.save_layout()
        preferences.geometry = bytes(usual.data()).hex()
        studio = make(settings=preferences, size=LARGE)
        settle(qtbot)
        found = heights(studio)
        assert all(abs(found[name] - before[name]) <= 4 for name in before), (before, found)


def test_restarts_between_runs_leave_the_docks_as_they_were(make: Make, qtbot: QtBot) -> None:
    """In a run a slider lies below the page, which is lower then than at the next start."""
    preferences, found = Preferences(), []
    for _ in range(4):
        studio = make(settings=preferences, size=LARGE)
        settle(qtbot)
        studio.registry["start"].trigger()
        until(qtbot, studio, RunState.SUCCEEDED)
        studio.window.show_page("live")
        settle(qtbot)
        assert studio.window.time_bar.isVisible()
        found.append(heights(studio))
        preferences = studio.context.preferences
        studio.window.save_layout()
    first, last = found[0], found[-1]
    assert all(abs(first[name] - last[name]) <= 4 for name in first), found


def test_no_dock_is_too_small_to_be_read(make: Make, qtbot: QtBot) -> None:
    studio = make()
    live = studio.window.live
    live.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, live.docks["attention"])
    live.resizeDocks(list(live.docks.values()), [1, 1, 1], Qt.Orientation.Horizontal)
    live.resizeDocks(list(live.docks.values()), [1, 1, 1], Qt.Orientation.Vertical)
    settle(qtbot)
    for dock in live.docks.values():
        assert dock.width() >= 180 and dock.height() >= 140, dock.windowTitle()


def test_in_the_smallest_window_with_the_log_nothing_lies_over_anything(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.resize(studio.window.minimumSize())
    studio.window.show_page("live")
    studio.window.show_log()
    settle(qtbot)
    losses, samples = view_of(studio, "losses"), view_of(studio, "samples")
    rows = [row for plot in losses.plots.values() for row in plot.rows.values() if row.isVisible()]
    labels = [label for label in samples.findChildren(QLabel) if label.isVisible() and label.text()]
    for shown in (rows, labels):
        boxes = [QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()) for widget in shown]
        assert not any(one.intersects(other) for index, one in enumerate(boxes) for other in boxes[:index])
    for widget in (*rows, *labels):
        assert widget.height() >= widget.fontMetrics().height() - 2, widget.text()
    plot = next(plot for plot in losses.plots.values() if plot.isVisible())
    assert plot.plot.view.height() >= 40, "the curves can be seen"


def test_a_window_that_shrinks_and_grows_again_looks_as_before(make: Make, qtbot: QtBot) -> None:
    studio = make(size=LARGE)
    window, live = studio.window, studio.window.live
    settle(qtbot)
    live.resizeDocks([live.docks["losses"], live.docks["samples"]], [900, 380], Qt.Orientation.Horizontal)
    live.resizeDocks([live.docks["losses"], live.docks["attention"]], [400, 500], Qt.Orientation.Vertical)
    settle(qtbot)
    before = {name: (dock.width(), dock.height()) for name, dock in live.docks.items()}
    for size in ((1100, 700), (1280, 800), LARGE):
        window.resize(*size)
        settle(qtbot)
    after = {name: (dock.width(), dock.height()) for name, dock in live.docks.items()}
    moved = [abs(one - other) for name in before for one, other in zip(before[name], after[name], strict=True)]
    assert max(moved) <= 6, (before, after)


def test_a_look_at_another_page_leaves_the_docks_as_they_were(make: Make, qtbot: QtBot) -> None:
    studio = make(size=(1280, 800))
    window, live = studio.window, studio.window.live
    settle(qtbot)
    before = {name: (dock.width(), dock.height()) for name, dock in live.docks.items()}
    for page in ("results", "runs", "live", "compare", "live"):
        window.show_page(page)
        settle(qtbot)
    after = {name: (dock.width(), dock.height()) for name, dock in live.docks.items()}
    moved = [abs(one - other) for name in before for one, other in zip(before[name], after[name], strict=True)]
    assert max(moved) <= 6, (before, after)


def test_side_docks_make_room_where_a_page_does_not_need_them(make: Make, qtbot: QtBot) -> None:
    studio = make(size=(1280, 800))
    window = studio.window
    settle(qtbot)
    settings, health = window.side_docks["settings"], window.side_docks["health"]
    widths = settings.width(), health.width()
    for page in ("results", "runs", "compare"):
        window.show_page(page)
        assert not settings.isVisible() and not health.isVisible(), page
    window.show_page("live")
    settle(qtbot)
    assert (settings.width(), health.width()) == widths
    window.show_page("results")
    window.resize(*LARGE)
    settle(qtbot)
    assert settings.isVisible() and health.isVisible(), "there is room for all"


def test_what_the_user_shows_or_hides_is_left_so(make: Make, qtbot: QtBot) -> None:
    studio = make(size=(1280, 800))
    window = studio.window
    settings, health = window.side_docks["settings"], window.side_docks["health"]
    health.toggleViewAction().trigger()
    window.show_page("results")
    settings.toggleViewAction().trigger()
    assert settings.isVisible()
    window.resize(1270, 800)
    settle(qtbot)
    assert settings.isVisible(), "it was asked for on this page"
    window.show_page("live")
    assert settings.isVisible() and not health.isVisible(), "it was closed by hand"
    window.show_page("runs")
    assert not settings.isVisible()
    studio.features.files.use_sample()
    assert settings.isVisible(), "what was chosen is to be seen"


def test_folded_docks_are_there_after_a_restart(make: Make, qtbot: QtBot) -> None:
    studio = make(size=(1280, 800))
    studio.window.show_page("runs")
    settle(qtbot)
    studio.window.save_layout()
    other = make(settings=studio.context.preferences)
    settle(qtbot)
    assert other.window.current_page == "live"
    assert other.window.side_docks["settings"].isVisible() and other.window.side_docks["health"].isVisible()
    assert other.window.side_docks["settings"].width() > 250


def test_no_page_is_cut_or_scrolls_sideways_in_the_smallest_window(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.resize(studio.window.minimumSize())
    for name in ("results", "runs", "layers"):
        studio.window.show_page(name)
        settle(qtbot)
        view = view_of(studio, name)
        for area in view.findChildren(QAbstractScrollArea):
            if area.isVisible():
                assert area.horizontalScrollBar().maximum() == 0, (name, area)
    for button in view_of(studio, "runs").buttons.values():
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 8
    assert view_of(studio, "runs").search.width() >= 120


@pytest.mark.parametrize("size", [(1100, 700), (1280, 800)])
def test_no_text_is_cut_on_any_page(make: Make, qtbot: QtBot, size: tuple[int, int]) -> None:
    studio = make(size=size)
    for name, value in (("warmup_steps", 50), ("finetune_steps", 50)):
        studio.run_settings.set_value(f"schedule.{name}", value)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    for page in ("live", *(place.info.id for place in studio.window.host.of_area("page"))):
        studio.window.show_page(page)
        settle(qtbot)
        assert not cut_texts(studio.window), page


def test_every_tab_is_whole_where_words_are_long(make: Make, qtbot: QtBot) -> None:
    window = make().window
    bar = window.findChild(Bar, "toolbar-top")
    assert isinstance(bar, Bar)
    button = bar.widgetForAction(window.registry["open_model"])
    assert isinstance(button, QToolButton)

    def is_whole() -> bool:
        tabs = window.tabs
        return tabs.width() >= tabs.sizeHint().width() and tabs.rect().contains(tabs.tabRect(tabs.count() - 1))

    window.resize(1100, 700)
    qtbot.waitUntil(is_whole, timeout=5000)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    window.set_page_note("queue", "as long as all words in German are together")
    qtbot.waitUntil(is_whole, timeout=5000)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    window.resize(1900, 700)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_results_without_test_images_are_whole_in_the_smallest_window(make: Make, qtbot: QtBot) -> None:
    studio = make(size=(1100, 700), with_test_set=False)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.show_page("results")
    settle(qtbot)
    view = view_of(studio, "results")
    for kind in ("synthetic", "procedural"):
        view.unlabelled.kind_box.button(kind).click()
        settle(qtbot)
        assert not cut_texts(view), kind
        assert view.scroll_area.horizontalScrollBar().maximum() == 0
        strip = view.unlabelled.furthest
        assert strip.height() >= strip.heightForWidth(strip.width()), "no image is cut off"


def test_a_banner_in_a_narrow_window_is_no_column_of_words(make: Make, qtbot: QtBot) -> None:
    studio = make(size=(1100, 700))
    banner = studio.window.banner
    banner.ask("The run fashion-acq-w4a4-1 was interrupted. The last checkpoint is intact.",
               [("resume", "Resume"), ("open", "Open")])
    settle(qtbot)
    assert banner.text.width() >= 260 and banner.height() < 90
    assert not cut_texts(banner)
    buttons_at = banner.dismiss.mapTo(banner, QPoint(0, 0)).y()
    assert buttons_at > banner.text.geometry().bottom() - 4, "below"
    studio.window.resize(*LARGE)
    settle(qtbot)
    assert banner.dismiss.mapTo(banner, QPoint(0, 0)).y() < banner.text.geometry().bottom(), "beside"
