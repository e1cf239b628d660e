"""The window speaks the language that was chosen, and says the same numbers in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from acq_app.appearance.language import ENGLISH, grouped, install, languages, pattern_of, resolved, said
from acq_app.appearance.theme import load_theme
from acq_app.dialogs.error import ErrorDialog, report_text
from acq_app.dialogs.preferences import PreferencesDialog
from acq_app.run.state import RunState
from acq_app.settings.preferences import Preferences, save_preferences
from acq_app.views.shared.axes import tick_text
from acq_engine.errors import DataError
from acq_engine.events import Failed
from acq_engine.models.checkpoint import read_weights
from tests.tools.windows import Make, program, until


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """German for one test."""
    assert install("de") == "de"
    yield
    install(ENGLISH)


def test_the_system_decides_unless_a_language_is_chosen() -> None:
    assert languages() == {"de": "Deutsch", "en": "English"}
    assert resolved("system", ["de-AT", "en-GB"]) == "de"
    assert resolved("system", ["fr-FR", "de-CH", "en"]) == "de"
    assert resolved("system", ["fr-FR"]) == "en"
    assert resolved("de", ["en"]) == "de"
    assert resolved("xx", ["de"]) == "de", "a language that is gone"


def test_the_chosen_language_is_taken_at_the_start(qtbot: QtBot) -> None:
    save_preferences(Preferences(language="de"))
    try:
        with program(qtbot) as started:
            assert started.studio.registry["open_model"].text() == "Modell öffnen..."
    finally:
        install(ENGLISH)


def test_preferences_remember_the_language_for_the_next_start(qtbot: QtBot) -> None:
    settings = Preferences()
    dialog = PreferencesDialog(settings, load_theme("light"))
    qtbot.addWidget(dialog)
    names = [dialog.language.itemText(index) for index in range(dialog.language.count())]
    assert names == ["System default", "Deutsch", "English"]
    assert dialog.language.currentIndex() == 0
    dialog.language.setCurrentIndex(1)
    assert settings.language == "de"
    assert "after a restart" in dialog.language_note.text()


@pytest.mark.usefixtures("german")
def test_qt_own_buttons_are_translated(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


@pytest.mark.usefixtures("german")
def test_the_point_is_the_decimal_mark_in_every_language() -> None:
    assert QLocale().toString(0.5) == "0.5"
    assert grouped(12000) == "12\u202f000"
    assert tick_text(20000.0) == "20\u202f000"
    install(ENGLISH)
    assert QLocale().toString(0.5) == "0.5"
    assert grouped(12000) == "12,000"


@pytest.mark.usefixtures("german")
def test_errors_of_the_engine_are_translated_with_their_values(tmp_path: Path) -> None:
    assert said("The model file is empty.") == "Die Modelldatei ist leer."
    assert said("It has 12,345 bytes; the limit is 9.") == "Sie hat 12,345 Bytes; die Grenze ist 9."
    empty = tmp_path / "empty.pt"
    empty.write_bytes(b"")
    with pytest.raises(Exception, match="empty") as caught:
        read_weights(empty)
    assert said(getattr(caught.value, "message", "")) == "Die Modelldatei ist leer."
    # Two sentences, one of them with a value; and one that nobody translated.
    assert said("Install ACQ Studio again. model.pt is missing.") == "ACQ Studio neu installieren. model.pt fehlt."
    assert said("Segmentation fault") == "Segmentation fault"
    assert said("") == ""


def test_english_stays_as_the_engine_says_it() -> None:
    assert said("It has 12,345 bytes.") == "It has 12,345 bytes."
    assert pattern_of("It has {0} bytes.").fullmatch("It has a (b) bytes.")


@pytest.mark.usefixtures("german")
def test_an_error_is_shown_in_german_and_reported_in_english(qtbot: QtBot) -> None:
    error = DataError("The test set has 10 classes, the model 12.",
                      hint="Use a test set with the classes that the model was trained on.")
    failed = Failed(error.message, error.cause, error.hint)
    dialog = ErrorDialog(failed, load_theme("light"))
    qtbot.addWidget(dialog)
    assert dialog.message.text() == "Die Testmenge hat 10 Klassen, das Modell 12."
    assert report_text(failed).startswith("The test set has 10 classes")


def cut(widget: QLabel | QAbstractButton) -> bool:
    """Whether a text has less room than it needs. Labels that wrap or shorten themselves are left out."""
    if isinstance(widget, QLabel):
        plain = type(widget) is QLabel and not widget.wordWrap() and "<" not in widget.text()
        return plain and widget.width() < widget.minimumSizeHint().width() - 1
    if isinstance(widget, QCheckBox):
        return widget.width() < widget.minimumSizeHint().width() - 1
    if isinstance(widget, QPushButton | QToolButton):
        if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            return False
        text = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
        return bool(widget.text()) and widget.width() < text
    return False


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("size", [(1100, 700), (1280, 800)], ids=["1100", "1280"])
def test_no_german_text_is_cut(qtbot: QtBot, make: Make, size: tuple[int, int]) -> None:
    if "DejaVu Sans" not in QFontDatabase.families():
        pytest.skip("measured with the font of the pictures, which is not installed")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.font()
    app.setFont(QFont("DejaVu Sans", 9))
    try:
        studio = make()
        studio.window.resize(*size)
        studio.registry["start"].trigger()
        until(qtbot, studio, RunState.SUCCEEDED)
        for page in range(studio.window.stack.count()):
            studio.window.tabs.setCurrentIndex(page)
            QApplication.processEvents()
            labels, buttons = studio.window.findChildren(QLabel), studio.window.findChildren(QAbstractButton)
            assert not [label.text() for label in labels if label.isVisible() and cut(label)]
            assert not [button.text() for button in buttons if button.isVisible() and cut(button)]
    finally:
        app.setFont(before)
