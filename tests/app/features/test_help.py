"""Help: a page for every part of the window; F1 opens the one of the part that has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acq_app.dialogs.help import TOPICS, HelpDialog
from acq_app.panels.field import NumberField
from acq_app.run.health import SIGNS
from acq_app.settings.fields import field_specs
from acq_app.shell.studio import Studio
from acq_app.widgets.help_topic import topic_at
from acq_engine.events import METRICS
from tests.tools.windows import Make


def test_every_setting_metric_and_sign_is_explained(qtbot: QtBot) -> None:
    dialog = HelpDialog()
    qtbot.addWidget(dialog)
    pages = ""
    for index in range(len(TOPICS)):
        dialog.show_topic(index)
        pages += dialog.text.toPlainText()
    for spec in field_specs().values():
        assert spec.help in pages, spec.path
    for metric in METRICS:
        assert metric.help in pages, metric.key
    assert all(sign.change in pages for sign in SIGNS)


def test_every_part_of_the_window_has_a_page(make: Make) -> None:
    studio = make()
    known = {topic.id for topic in TOPICS}
    window = studio.window
    parts: list[QWidget] = [*window.column.panels, *window.host.places.values(), window.health, window.run_bar]
    for part in parts:
        assert topic_at(part)[0] in known, part


def press_f1(qtbot: QtBot, studio: Studio, widget: QWidget) -> HelpDialog:
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    widget.setFocus()
    assert QApplication.focusWidget() is widget
    qtbot.keyClick(widget, Qt.Key.Key_F1)
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, HelpDialog)
    return dialog


@pytest.mark.parametrize(("part", "title"), [("run", "The run"), ("health", "Health"), ("setting", "Method")])
def test_f1_opens_the_page_of_the_part_with_the_focus(make: Make, qtbot: QtBot, part: str, title: str) -> None:
    studio = make()
    field = studio.window.column.panels[2].fields["losses.feature"]
    assert isinstance(field, NumberField)
    window = studio.window
    widget = {"run": window.run_bar.buttons["start"], "health": window.health, "setting": field.editor}[part]
    dialog = press_f1(qtbot, studio, widget)
    item = dialog.list.currentItem()
    assert item is not None and item.text() == title
    if part == "setting":
        assert dialog.text.verticalScrollBar().value() > 0, "it is opened at the setting"
    dialog.close()


def test_after_a_click_on_its_tab_f1_explains_the_page(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    at = studio.window.stack.indexOf(studio.window.host.places["results"])
    qtbot.mouseClick(studio.window.tabs, Qt.MouseButton.LeftButton, pos=studio.window.tabs.tabRect(at).center())
    studio.registry["help"].trigger()
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, HelpDialog)
    item = dialog.list.currentItem()
    assert item is not None and item.text() == "Results"
    dialog.close()
