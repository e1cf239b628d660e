"""The whole window without a mouse: Tab reaches everything, everything has a name, and one sees where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import THEME_NAMES, load_theme
from acq_app.dialogs.palette import PaletteDialog
from acq_app.run.state import RunState
from acq_app.shell.studio import Studio
from acq_app.views.attention.view import AttentionView
from acq_app.views.samples.view import SamplesView
from acq_app.widgets.number_edit import NumberEdit
from tests.tools.stored_run import StoredRun
from tests.tools.windows import Make, until

TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def walk(qtbot: QtBot, studio: Studio, key: Qt.Key = TAB) -> Iterator[QWidget]:
    """Every stop of one round with Tab, beginning where the window begins."""
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    studio.window.setFocus()
    qtbot.keyClick(studio.window, key)
    seen: set[QWidget] = set()
    while focused() not in seen:
        seen.add(focused())
        yield focused()
        qtbot.keyClick(focused(), key)


def holds(count: Callable[[], int], wanted: int) -> bool:
    return count() == wanted


def said(widget: QWidget) -> str:
    """What a screen reader says."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def picture(widget: QWidget) -> NDArray[np.float64]:
    """What the screen shows where a widget is, as relative luminance."""
    top = widget.window()
    image = top.grab(QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    channels = rows[:, : image.width(), 2::-1] / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def changed(first: NDArray[np.float64], second: NDArray[np.float64]) -> int:
    """How many points differ by a contrast of 3 to 1 and more (WCAG 2.2, focus appearance)."""
    ratio = (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)
    return int((ratio >= 3).sum())


@pytest.mark.parametrize("name", THEME_NAMES)
def test_tab_reaches_everything_by_name_and_shows_where_it_is(make: Make, qtbot: QtBot, name: str) -> None:
    studio = make()
    studio.context.appearance.set_theme(load_theme(name))
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.show_log()
    stops = set()
    for widget in walk(qtbot, studio):
        stops.add(widget)
        assert said(widget), widget
        assert studio.window.focus_ring.target is widget
        with_focus = picture(widget)
        widget.clearFocus()
        assert changed(with_focus, picture(widget)) >= widget.width() + widget.height(), (said(widget), widget)
        widget.setFocus()
    buttons = studio.window.run_bar.buttons
    assert {studio.window.tabs, buttons["start"], buttons["export"]} <= stops


def test_every_page_can_be_walked(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.side_docks["settings"].hide()  # it was walked above
    for page in ("layers", "feature_map", "results"):
        studio.window.show_page(page)
        view = studio.window.host.places[page].view
        assert view is not None
        stops = list(walk(qtbot, studio))
        assert all(said(widget) for widget in stops), [widget for widget in stops if not said(widget)]
        assert any(view.isAncestorOf(widget) for widget in stops), page


def test_pages_with_many_runs_can_be_walked(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.session.controller._factory = lambda config, out, control: StoredRun(config=config, control=control,
                                                                        run_dir=str(out))
    studio.run_settings.set_values({"schedule.warmup_steps": 6, "schedule.finetune_steps": 6})
    studio.registry["sweep"].trigger()
    dialog = studio.features.sweeps.dialog
    assert dialog is not None
    dialog.rows[0].values.setText("2, 3")
    dialog.begin_button.click()
    queue = studio.features.queue.model
    qtbot.waitUntil(lambda: [item.state for item in queue.items] == ["done", "done"], timeout=60_000)
    qtbot.waitUntil(lambda: not studio.session.active and not studio.context.background.busy, timeout=10_000)
    studio.window.side_docks["settings"].hide()
    for page in ("runs", "sweeps", "queue"):
        studio.window.show_page(page)
        view = studio.window.host.places[page].view
        assert view is not None
        table = next(found for found in view.findChildren(QTableView) if found.isVisible())
        rows = table.model().rowCount
        qtbot.waitUntil(partial(holds, rows, 2), timeout=10_000)
        stops = list(walk(qtbot, studio))
        assert all(said(widget) for widget in stops), [widget for widget in stops if not said(widget)]
        assert table in stops, page


def test_enter_on_attention_shows_the_sample_large(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.live.docks["samples"].close()
    attention, samples = studio.window.host.places["attention"].view, studio.window.host.places["samples"].view
    assert isinstance(attention, AttentionView)
    assert isinstance(samples, SamplesView)
    attention.flush()
    attention.strips.setFocus()
    qtbot.keyClick(attention.strips, Qt.Key.Key_End)
    qtbot.keyClick(attention.strips, Qt.Key.Key_Return)
    assert samples.large.isVisible()
    assert samples.large.picture.index == attention.strips.current
    assert samples.large.picture.overlay == "eval"
    assert focused() is samples.large


def test_a_run_that_begins_leaves_the_focus_where_it_is(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    studio.window.column.model_panel.setFocus()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    bits = studio.window.column.findChild(NumberEdit)
    assert bits is not None
    bits.setFocus()
    studio.registry["enqueue"].trigger()
    studio.features.queue.go()
    qtbot.waitUntil(lambda: [item.state for item in studio.features.queue.model.items] == ["done"], timeout=30_000)
    assert focused() is bits


def test_tab_follows_the_order_of_reading(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    studio.window.show_log()
    docks = studio.window.side_docks
    parts = [studio.window.tabs, docks["settings"], *studio.window.live.docks.values(), studio.window.time_bar,
             docks["health"], studio.window.side_docks["log"], studio.window.run_bar]
    stops = list(walk(qtbot, studio))
    places = [next(at for at, part in enumerate(parts) if part is widget or part.isAncestorOf(widget))
              for widget in stops]
    assert places == sorted(places) and set(places) == set(range(len(parts)))
    assert list(walk(qtbot, studio, BACK)) == stops[::-1]


def test_what_lies_below_the_edge_is_scrolled_into_sight(make: Make, qtbot: QtBot) -> None:
    studio = make()
    last = studio.window.column.panels[-1].header
    view = studio.window.column.viewport()
    assert not view.rect().contains(last.mapTo(view, last.rect().center()))
    for widget in walk(qtbot, studio):
        if widget is last:
            break
    assert view.rect().contains(last.mapTo(view, last.rect().center()))


def test_the_ring_is_for_the_keyboard(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    button = studio.window.column.test_panel.clear_button
    button.setFocus()
    assert studio.window.focus_ring.target is None, "whoever has not pressed Tab sees no ring"
    qtbot.keyClick(button, TAB)
    assert studio.window.focus_ring.target is focused()
    studio.features.help.show_palette()
    dialog = studio.context.dialogs.latest
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    assert studio.window.focus_ring.target is focused() and dialog.isAncestorOf(focused())
    dialog.close()


def test_the_arrow_that_resets_a_field_comes_behind_it(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.run_settings.set_values({"quantization.weight_bits": 3, "losses.pair": 2.0, "seed": 5})
    stops = list(walk(qtbot, studio))
    for panel in studio.window.column.panels:
        for path, field in panel.fields.items():
            if field.reset_button in stops:
                assert stops.index(field.editor) == stops.index(field.reset_button) - 1, path


def test_a_key_goes_from_part_to_part(make: Make, qtbot: QtBot) -> None:
    studio = make()
    window = studio.window
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    window.show_page("live")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    window.tabs.setFocus()
    docks = {**window.live.docks, **window.side_docks}
    parts = [docks[name] for name in ("settings", "losses", "samples", "attention")]
    for part in parts:
        studio.registry["next_part"].trigger()
        assert part.isAncestorOf(focused())
    for part in parts[-2::-1]:
        studio.registry["previous_part"].trigger()
        assert part.isAncestorOf(focused())
    studio.registry["previous_part"].trigger()
    assert focused() is window.tabs
    studio.registry["previous_part"].trigger()
    assert window.run_bar.isAncestorOf(focused()), "round the end"


def test_the_palette_goes_to_a_field_and_opens_a_run(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.show_page("results")
    studio.window.column.panels[3].set_folded(True)
    studio.features.help.show_palette()
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, PaletteDialog)
    dialog.field.setText("checkpoints kept")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    field = next(panel.fields[path] for panel in studio.window.column.panels for path in panel.fields
                 if panel.fields[path].label.text() == "Checkpoints kept")
    studio.window.activateWindow()
    qtbot.waitUntil(field.editor.hasFocus, timeout=5000)
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty(), timeout=5000)
