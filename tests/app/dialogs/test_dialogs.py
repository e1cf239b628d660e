"""Dialogs: export with its verdict, palette, preferences, pages to read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import acq_engine
from acq_app.appearance.theme import load_theme
from acq_app.commands.fuzzy import fuzzy_score
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTIONS, ActionContext
from acq_app.dialogs.error import ErrorDialog, versions
from acq_app.dialogs.export import ExportDialog
from acq_app.dialogs.pages import AboutDialog, ShortcutsDialog
from acq_app.dialogs.palette import Entry, PaletteDialog
from acq_app.dialogs.preferences import PreferencesDialog
from acq_app.features.export.feature import Exporting
from acq_app.run.background import Background
from acq_app.run.jobs import Job
from acq_app.settings.preferences import Preferences
from acq_engine.errors import ExportError
from acq_engine.events import Exported, Failed
from acq_engine.export import FORMATS
from tests.tools.fake_export import BESIDE, NEAR, FakeExport


def texts(dialog: ExportDialog) -> str:
    found = []
    for row in range(dialog.figures.rowCount()):
        item = dialog.figures.itemAt(row, dialog.figures.ItemRole.FieldRole)
        found.append(item.widget().text())  # type: ignore[union-attr]
    return "\n".join(found)


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    assert made.wait(10_000)


def exporting(background: Background, folder: Path, make_job: Callable[..., Job] = FakeExport, theme: str = "light",
              ) -> ExportDialog:
    """The dialog with who stands behind it."""
    dialog = ExportDialog(folder, load_theme(theme))
    Exporting(dialog, background, make_job)
    return dialog


def test_export_shows_the_proof(
    qtbot: QtBot, tmp_path: Path, background: Background,
) -> None:
    dialog = exporting(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.target.text() == str(tmp_path / "model.onnx") and dialog.export_button.bright
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert dialog.busy and not dialog.export_button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)
    assert "reproduces the quantized model" in dialog.headline.text()
    shown = texts(dialog)
    assert "100.0 % bit-exact" in shown and "2,000 test images" in shown and "10 integer, 0 float" in shown
    assert "61 kB" in shown and "0.42 ms" in shown
    assert dialog.reveal.isVisible() and dialog.close_button.bright


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_offered_with_a_sentence_and_its_own_file(
    qtbot: QtBot, tmp_path: Path, background: Background, name: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(FORMATS, name, replace(FORMATS[name], package=""))
    dialog = exporting(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.format.setCurrentIndex(dialog.format.findData(name))
    assert dialog.target.text() == str(tmp_path / FORMATS[name].file_name)
    assert dialog.about.text().endswith(".") and dialog.about.text().count(". ") == 0
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)
    layout = dialog.layout()
    assert layout is not None and dialog.height() >= layout.totalHeightForWidth(dialog.width()), "no text is cut"
    shown = texts(dialog)
    assert ("10 integer" in shown) == ("5.90 ms" in shown) == (name.startswith("onnx") or name in BESIDE)
    assert ("ONNX file: 0.35 ms" in shown) == ("5.30 ms" in shown) == (name in BESIDE)
    assert ("98.40 %" in shown) == (name == "tflite") and ("0.0123" in shown) == (name in NEAR)
    assert ("100.0 % bit-exact" in shown) == (name not in NEAR) != ("near the quantized" in dialog.headline.text())
    assert ("TensorRT was not run" in dialog.headline.text()) == (name == "tensorrt")


def test_a_format_whose_package_is_missing_says_what_to_install(
    qtbot: QtBot, tmp_path: Path, background: Background, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(FORMATS, "tflite", replace(FORMATS["tflite"], package="a_package_that_nobody_has"))
    dialog = exporting(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.choose_format("tflite")
    assert not dialog.export_button.isEnabled() and "pip install 'acq-studio[litert]'" in dialog.about.text()
    dialog.start()
    assert not dialog.busy, "Enter in the file's name starts nothing either"
    dialog.choose_format("onnx")
    assert dialog.export_button.isEnabled() and "pip" not in dialog.about.text()


def test_an_export_that_is_wrong_says_so(
    qtbot: QtBot, tmp_path: Path, background: Background,
) -> None:
    dialog = exporting(background, tmp_path,
                       lambda run, kind, target: FakeExport(run, kind, target, passed=False), "dark")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)
    assert "does not reproduce" in dialog.headline.text() and "Rows differ" in texts(dialog)


def test_an_export_that_fails_says_why_and_can_be_repeated(
    qtbot: QtBot, tmp_path: Path, background: Background,
) -> None:
    error = ExportError("The folder can't be written.", cause="No permission.", hint="Choose another folder.")
    dialog = exporting(background, tmp_path,
                       lambda run, kind, target: FakeExport(run, kind, target, error=error), "dark")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)
    assert dialog.headline.text() == "The folder can't be written." and "Choose another folder." in texts(dialog)
    assert dialog.export_button.isEnabled()


def recorder() -> tuple[Registry, list[str]]:
    """A registry whose actions note their names."""
    registry = Registry()
    done: list[str] = []
    registry.connect_handlers({info.id: partial(done.append, info.id) for info in ACTIONS})
    registry.update(ActionContext())
    return registry, done


def listed(dialog: PaletteDialog) -> list[str]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def test_the_palette_finds_and_does(qtbot: QtBot) -> None:
    registry, done = recorder()
    dialog = PaletteDialog(registry)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.list.topLevelItemCount() > 10
    qtbot.keyClicks(dialog.field, "dark")
    first = listed(dialog)[0]
    assert first.startswith("Dark theme")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert done == ["theme_dark"]


def test_the_palette_shows_what_makes_no_sense_now_in_grey_and_does_not_do_it(qtbot: QtBot) -> None:
    registry, done = recorder()
    dialog = PaletteDialog(registry)
    qtbot.addWidget(dialog)
    assert not any(text.startswith("Export") for text in listed(dialog)), "nothing is typed yet"
    dialog.search("resume from")
    item = dialog.list.topLevelItem(0)
    assert item is not None and item.text(0).startswith("Resume from checkpoint")
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled and item.toolTip(0).startswith("Not possible now.")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    dialog._activate(item)
    assert not done
    dialog.search("zip")
    assert listed(dialog)[0].startswith("Save debug package"), "found by what it does"
    dialog.search("qqq")
    assert listed(dialog) == ["Nothing matches."]
    dialog.search("abort")
    assert "Cancel" in listed(dialog), "by a word that stands nowhere on the screen"


def test_the_palette_finds_settings_and_runs(qtbot: QtBot) -> None:
    registry, done = recorder()
    entries = [Entry("Seed", "setting", "", "seed", done.append),
               Entry("fashion-w3", "run", "", "/runs/w3", done.append)]
    dialog = PaletteDialog(registry, entries)
    qtbot.addWidget(dialog)
    assert not {"Seed", "fashion-w3"} & set(listed(dialog)), "nothing is typed yet"
    qtbot.keyClicks(dialog.field, "seed")
    assert listed(dialog)[0] == "Seed"
    dialog.field.setText("w3 fash")
    assert listed(dialog)[0] == "fashion-w3"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert done == ["/runs/w3"]


def test_fuzzy_search_prefers_word_starts() -> None:
    score = fuzzy_score("lt", "Light theme")
    other = fuzzy_score("lt", "Reset all settings")
    assert score is not None and other is not None and score > other
    assert fuzzy_score("xyz", "Light theme") is None


def test_preferences_take_effect_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Preferences(runs_folder=tmp_path)
    dialog = PreferencesDialog(settings, load_theme("light"))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.changed):
        dialog.theme.setCurrentIndex(dialog.theme.findData("high-contrast"))
    with qtbot.waitSignal(dialog.changed):
        dialog.set_folder(str(tmp_path / "runs"))
    with qtbot.waitSignal(dialog.changed):
        dialog.threads.setValue(1)
    assert (settings.theme, settings.threads, settings.runs_folder) == ("high-contrast", 1, tmp_path / "runs")


def test_shortcuts_and_about(qtbot: QtBot) -> None:
    registry, _ = recorder()
    shortcuts, about = ShortcutsDialog(registry), AboutDialog()
    for dialog in (shortcuts, about):
        qtbot.addWidget(dialog)
        dialog.show()
    assert shortcuts.table.rowCount() == len([info for info in ACTIONS if info.shortcut])


def test_about_tells_versions_and_the_device_without_loading_pytorch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    told = versions()
    assert told.startswith(f"acq-studio {acq_engine.__version__}\n")
    for name in ("PySide6-Essentials 6.", "torch ", "onnxruntime "):
        assert f"\n{name}" in told
    assert "device: known when PyTorch is loaded" in told and "torch" not in sys.modules
    card = SimpleNamespace(is_available=lambda: True, get_device_name=lambda: "Some Card")
    torch = SimpleNamespace(cuda=card, backends=SimpleNamespace(mps=SimpleNamespace(is_available=lambda: False)),
                            version=SimpleNamespace(cuda=None))
    monkeypatch.setitem(sys.modules, "torch", torch)
    assert versions().endswith("\ndevice: Some Card")
    card.is_available = lambda: False
    assert versions().endswith("\ndevice: CPU (this PyTorch has no CUDA)")


def test_a_short_error_hides_what_it_does_not_have(qtbot: QtBot) -> None:
    dialog = ErrorDialog(Failed("The disk is full."), load_theme("light"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.cause.isHidden() and dialog.hint.isHidden() and dialog.message.isVisible()


def test_the_file_that_was_written_is_the_one_that_is_named(
    qtbot: QtBot, tmp_path: Path, background: Background,
) -> None:
    dialog = exporting(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.target.setText(str(tmp_path / "mine"))
    written = str(tmp_path / "mine.acq.safetensors")  # the engine adds the ending of the format
    dialog.take(Exported("acq", written, 1000, 4000))
    dialog.show_result()
    assert dialog.target.text() == written


@pytest.mark.parametrize("change", [
    lambda dialog: dialog.choose_format("pt2"),
    lambda dialog: dialog.target.setText(dialog.target.text() + "x"),
], ids=["format", "file"])
def test_a_verdict_is_only_shown_with_the_file_that_it_is_about(
    qtbot: QtBot, tmp_path: Path, background: Background, change: Callable[[ExportDialog], None],
) -> None:
    dialog = exporting(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)
    assert dialog.verdict.isVisible() and dialog.close_button.bright
    change(dialog)
    assert not dialog.verdict.isVisible() and not dialog.reveal.isVisible(), "nothing is known of this file"
    assert dialog.export_button.bright and not dialog.close_button.bright


def test_a_file_that_is_there_is_replaced_only_when_that_is_wanted(
    qtbot: QtBot, tmp_path: Path, background: Background,
) -> None:
    there = tmp_path / "model.acq.safetensors"
    there.write_bytes(b"of somebody")
    dialog = exporting(background, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.choose_format("acq")
    dialog.target.setText(str(tmp_path / "model"))  # gets its ending when it is written
    dialog.start()
    assert not dialog.busy and dialog.question is not None
    assert dialog.question.text() == "model.acq.safetensors already exists. Replace it?"
    dialog.question.reject()
    assert not dialog.busy and dialog.question is None, "it stays"
    dialog.start()
    dialog.replace_button.click()
    assert dialog.busy
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)
    dialog.target.setText(str(there))
    dialog.take(Exported("acq", str(there), 1000, 4000))
    dialog.start()
    assert dialog.busy and dialog.question is None, "its own file it may write again"
    qtbot.waitUntil(lambda: not dialog.busy, timeout=10_000)


def test_an_export_can_be_cancelled(qtbot: QtBot, tmp_path: Path, background: Background) -> None:
    dialog = exporting(background, tmp_path, lambda run, kind, target: FakeExport(run, kind, target, waits=True))
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.close_button.text() == "Close"
    dialog.start()
    assert dialog.close_button.text() == "Cancel" and dialog.close_button.isEnabled()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible() and dialog.doing.text() == "Cancelling..."
    qtbot.waitUntil(lambda: not dialog.busy, timeout=5_000)
    assert dialog.headline.text() == "Cancelled" and "model.onnx was written but not verified." in texts(dialog)
    assert dialog.close_button.text() == "Close" and dialog.export_button.bright
    dialog.reject()
    assert not dialog.isVisible()


def test_enter_closes_an_error(qtbot: QtBot) -> None:
    dialog = ErrorDialog(Failed("The disk is full."), load_theme("light"))
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    focus = dialog.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(focus, Qt.Key.Key_Return)
