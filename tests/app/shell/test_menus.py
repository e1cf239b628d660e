"""What the menus add to the buttons: recent files, pages by number, themes, and who gets a dropped file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.commands.pages import PAGES
from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences
from acq_app.shell.studio import Studio
from tests.tools.windows import Make, until, view_of


def recent(studio: Studio) -> list[str]:
    studio.window.recent.aboutToShow.emit()
    return [action.text() for action in studio.window.recent.actions() if not action.isSeparator()]


def test_recent_models_and_runs_are_in_the_menu_while_they_are_there(make: Make, tmp_path: Path) -> None:
    settings = Preferences(runs_folder=tmp_path)
    studio = make(settings=settings)
    assert recent(studio) == ["No recent files"] and not studio.window.recent.actions()[0].isEnabled()
    for name in ("a&b.npz", "gone.npz"):
        (tmp_path / name).write_bytes(b"x")
        settings.remember("recent_models", tmp_path / name)
    (tmp_path / "gone.npz").unlink()
    assert recent(studio) == ["a&&b.npz"]
    next(action for action in studio.window.recent.actions() if action.data()).trigger()
    assert studio.run_settings.config.test_set.path == tmp_path / "a&b.npz"


def test_macos_moves_only_what_belongs_into_the_programs_menu(make: Make) -> None:
    """There, Qt takes actions out of the menus by their roles; one without a role by its first word."""
    bar = make().window.menuBar()
    every = [action for menu in bar.findChildren(QMenu) if menu.parent() is bar for action in menu.actions()
             if not action.isSeparator() and not action.menu()]
    moved = {action.objectName(): action.menuRole() for action in every
             if action.menuRole() is not QAction.MenuRole.NoRole}
    assert moved == {"quit": QAction.MenuRole.QuitRole, "preferences": QAction.MenuRole.PreferencesRole,
                     "about": QAction.MenuRole.AboutRole}
    assert len(every) > 30


def test_every_page_has_a_number(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.activateWindow()
    qtbot.waitUntil(studio.window.isActiveWindow, timeout=5000)
    pages = [page.id for page in PAGES if page.area == "page"]
    for number, name in enumerate(pages, 2):
        qtbot.keyClick(studio.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert studio.window.stack.currentWidget() is studio.window.host.places[name]
    qtbot.keyClick(studio.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert studio.window.stack.currentWidget() is studio.window.live


def test_the_menu_marks_the_theme_and_follows_the_system(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    studio = make()
    themes = {name: action for name, action in studio.registry.actions.items() if name.startswith("theme_")}
    themes["theme_high-contrast"].trigger()
    assert studio.context.appearance.theme.name == "high-contrast"
    assert [name for name, action in themes.items() if action.isChecked()] == ["theme_high-contrast"]
    monkeypatch.setattr("acq_app.shell.themes.resolved_theme", lambda name: "dark" if name == "system" else name)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert studio.context.appearance.theme.name == "high-contrast", "a theme that was chosen stays"
    themes["theme_system"].trigger()
    assert studio.context.appearance.theme.name == "dark" and themes["theme_system"].isChecked()
    monkeypatch.setattr("acq_app.shell.themes.resolved_theme", lambda name: "light" if name == "system" else name)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert studio.context.appearance.theme.name == "light"
    studio.context.appearance.set_theme(load_theme("light"))


def test_a_file_over_a_text_field_is_for_the_window(make: Make) -> None:
    studio = make()
    fields = studio.window.findChildren(QLineEdit)
    assert len(fields) > 10 and studio.window.acceptDrops()
    assert not [field for field in fields if field.acceptDrops()], "Qt would put the file's path into the field"


@pytest.mark.parametrize("wanted", [True, False])
def test_notifications_can_be_switched_off(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wanted: bool,
) -> None:
    studio = make()
    told: list[str] = []
    monkeypatch.setattr(studio.notifier, "tell", lambda title, text, seconds: told.append(text))
    studio.features.preferences.show()
    dialog = studio.context.dialogs.latest
    assert dialog is not None
    if not wanted:
        qtbot.mouseClick(dialog.notify, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    dialog.close()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    assert bool(told) is wanted


def test_empty_pages_offer_what_fills_them(make: Make, qtbot: QtBot) -> None:
    studio = make()
    for name, text in (("sweeps", "New sweep..."), ("queue", "Add to queue")):
        studio.window.show_page(name)
        view = view_of(studio, name)
        button = next(button for button in view.findChildren(QPushButton) if button.text() == text)
        qtbot.waitUntil(button.isVisible, timeout=5000)
        assert view.rect().contains(button.geometry()) and button.height() > 10
    studio.features.queue.hold()
    button.click()
    assert len(studio.features.queue.model.items) == 1


def test_no_menu_has_a_line_twice(make: Make) -> None:
    studio = make()
    for menu in studio.window.menuBar().findChildren(QMenu):
        texts = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
        assert len(set(texts)) == len(texts) and menu.title().replace("&", "") not in texts, texts


def test_the_shortcut_of_a_greyed_action_is_answered(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.02)
    banner = studio.window.banner
    qtbot.keyClick(studio.window.tabs, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert banner.isVisible() and banner.text.text() == "Not possible now: Export."
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    qtbot.keyClick(studio.window.tabs, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert banner.text.text() == "Not possible now: Bit allocation. A run is active."
    studio.registry["finish_now"].trigger()
    qtbot.keyClick(studio.window.tabs, Qt.Key.Key_F7)
    assert banner.text.text() == "Not possible now: Finish now."
    studio.prompts.offer_run(studio.context.preferences.runs_folder / "one")
    qtbot.keyClick(studio.window.tabs, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert banner.asks and "interrupted" in banner.text.text(), "a question waits for its answer"
    studio.registry["cancel"].trigger()
    qtbot.waitUntil(lambda: not studio.session.active, timeout=30_000)
    banner.hide()
    studio.run_settings.set_value("quantization.weight_bits", 12)
    qtbot.keyClick(studio.window.tabs, Qt.Key.Key_F5)
    assert banner.text.text().startswith("Not possible now: Start. ") and "8" in banner.text.text()


def test_finish_now_is_answered_at_once(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.02)
    studio.registry["start"].trigger()
    qtbot.waitUntil(lambda: studio.session.state.global_step >= 4, timeout=30_000)
    studio.registry["finish_now"].trigger()
    assert "no further training" in studio.window.run_bar.sentence.text()
    action = studio.registry["finish_now"]
    assert action.text() == "Finishing..." and not action.isEnabled()
    until(qtbot, studio, RunState.SUCCEEDED)
    assert action.text() == "Finish now"
