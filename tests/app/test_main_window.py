"""The window through a whole run, as a user drives it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from acq_app.main_window import MainWindow
from acq_app.panels.field import NumberField
from acq_app.state import RunState
from acq_app.theme import load_theme
from acq_engine.settings import RunConfig
from tests.tools.windows import Make, until


def bright(window: MainWindow) -> list[str]:
    return [name for name, button in window.run_bar.buttons.items() if button.bright]


def test_start_pause_resume_finish_export(make: Make, qtbot: QtBot) -> None:
    window = make(delay=0.003)
    buttons = window.run_bar.buttons
    assert bright(window) == ["start"] and not buttons["pause_resume"].isEnabled()
    qtbot.mouseClick(buttons["start"], Qt.MouseButton.LeftButton)
    until(qtbot, window, RunState.RUNNING)
    assert bright(window) == ["pause_resume"] and not buttons["start"].isEnabled()
    assert window.column.panels[1].body.isEnabled(), "the next run can be set up meanwhile"
    assert window.side_docks["settings"].windowTitle() == "Settings of the next run"
    qtbot.mouseClick(buttons["pause_resume"], Qt.MouseButton.LeftButton)
    until(qtbot, window, RunState.PAUSED)
    assert buttons["pause_resume"].text() == "Resume" and bright(window) == ["pause_resume"]
    assert window.windowTitle().startswith("paused, ")
    qtbot.mouseClick(buttons["pause_resume"], Qt.MouseButton.LeftButton)
    until(qtbot, window, RunState.RUNNING)
    qtbot.waitUntil(lambda: window.state.phase == "finetune", timeout=20_000)
    assert "%" in window.windowTitle()
    qtbot.mouseClick(buttons["finish_now"], Qt.MouseButton.LeftButton)
    until(qtbot, window, RunState.SUCCEEDED)
    assert bright(window) == ["export"] and window.state.progress == 1.0
    assert window.run_bar.percent.text() == "100 %"
    assert "verified" in window.run_bar.sentence.text()
    assert window.health.figures.text("exported") == "90.4 %"
    assert window.side_docks["settings"].windowTitle() == "Settings"


def test_progress_text_never_runs_backwards(make: Make, qtbot: QtBot) -> None:
    window = make()
    seen: list[float] = []
    window.controller.eventsReady.connect(lambda events: seen.append(window.state.progress))
    window.registry["start"].trigger()
    until(qtbot, window, RunState.SUCCEEDED)
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_a_value_that_is_not_allowed_greys_start_with_the_reason(make: Make, qtbot: QtBot) -> None:
    window = make()
    field = window.column.panels[1].fields["quantization.weight_bits"]
    assert isinstance(field, NumberField)
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "12")
    assert field.reason.isVisible() and field.reason.text() == "Must be 2 to 8 bit."
    assert not window.run_bar.buttons["start"].isEnabled() and bright(window) == []
    assert "Weights: must be 2 to 8 bit." in window.run_bar.sentence.text()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "3")
    assert not field.reason.isVisible() and window.run_bar.buttons["start"].isEnabled()
    assert window.model.config.quantization.weight_bits == 3
    window.registry["undo"].trigger()
    assert field.editor.text() == "4"


def test_a_folded_step_still_says_what_was_chosen(make: Make) -> None:
    window = make()
    panel = window.column.panels[1]
    panel.set_folded(True)
    window.model.set_value("quantization.weight_bits", 3)
    assert panel.header.summary == "W3 A4, first/last 8"
    assert window.settings.folded["quantization"] is True
    window.model.set_problem("quantization.weight_bits", "No.")
    assert not panel.folded, "a reason is never hidden in a folded step"
    window.model.set_problem("quantization.weight_bits", "")


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPoint(400, 300).toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)


def test_dropping_test_images_and_unknown_files(make: Make, tmp_path: Path) -> None:
    window = make()
    images = tmp_path / "mine.npz"
    images.write_bytes(b"x")
    drop(window, images)
    assert window.model.config.test_set.path == images
    strange = tmp_path / "notes.docx"
    strange.write_bytes(b"x")
    drop(window, strange)
    assert len(window.open_errors) == 1 and "can't be used" in window.open_errors[0].message.text()


def test_a_model_and_its_test_images_are_dropped_together_and_two_models_are_not(make: Make, tmp_path: Path) -> None:
    window = make()
    model, images, other = (tmp_path / name for name in ("net.pth", "mine.npz", "other.pth"))
    for path in (model, images, other):
        path.write_bytes(b"x")
    drop(window, images, model)
    assert window.model.config.model.path == model and window.model.config.test_set.path == images
    drop(window, other, model)
    assert window.model.config.model.path == model
    assert window.banner.isVisible() and "one file or folder at a time" in window.banner.text.text()
    assert window.banner.dismiss.text() == "Close"


def test_dropping_a_broken_model_says_why_and_greys_start(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make()
    broken = tmp_path / "net.safetensors"
    broken.write_bytes(b"not a model")
    drop(window, broken)
    assert window.model.config.model.path == broken and window.settings.recent_models == [broken]
    qtbot.waitUntil(lambda: window.column.model_panel.problem.isVisible(), timeout=60_000)
    assert not window.run_bar.buttons["start"].isEnabled()
    assert window.run_bar.sentence.text().startswith("Can't start. ")
    window.registry["use_sample"].trigger()
    assert window.run_bar.buttons["start"].isEnabled() and not window.column.model_panel.problem.isVisible()


def test_closing_in_the_middle_asks_and_stops_cleanly(make: Make, qtbot: QtBot) -> None:
    window = make(delay=0.005)
    window.registry["start"].trigger()
    until(qtbot, window, RunState.RUNNING)
    assert not window.close() and window.isVisible()
    question = window.closing.question
    assert question is not None and question.isVisible()
    qtbot.mouseClick(question.buttons()[1], Qt.MouseButton.LeftButton)  # Keep running
    assert window.isVisible() and window.controller.active
    window.close()
    stop = window.closing.stop_button
    assert isinstance(stop, QPushButton) and stop.text().replace("&", "") == "Stop run and quit"
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert window.controller.state is RunState.STOPPED
    assert window.settings.last_run is not None, "it is offered at the next start"
    assert window.settings.geometry and window.settings.layout


def test_a_failing_run_shows_message_cause_hint_and_detail_to_copy(make: Make, qtbot: QtBot) -> None:
    window = make(fail_at=60)
    window.registry["start"].trigger()
    qtbot.waitUntil(lambda: bool(window.open_errors), timeout=20_000)
    dialog = window.open_errors[0]
    assert "no longer a number" in dialog.message.text() and "NaN" in dialog.cause.text()
    assert "Lower" in dialog.hint.text()
    assert not dialog.detail.isVisible()
    qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    assert dialog.detail.isVisible()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text()
    assert "Traceback" in copied and "PySide6" in copied
    dialog.close_button.click()
    assert not window.open_errors and bright(window) == ["start"]


def test_a_collapsing_generator_is_told_in_words(make: Make, qtbot: QtBot) -> None:
    window = make(collapsed=True)
    window.registry["start"].trigger()
    until(qtbot, window, RunState.SUCCEEDED)
    line = window.health.lines["health/diversity"]
    assert line.level == "bad" and line.sentence.isVisible() and "nearly identical" in line.sentence.text()
    assert window.health.lines["health/class"].level == "good"


def test_layout_and_theme_are_remembered(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make()
    window.side_docks["health"].hide()
    window.registry["theme_dark"].trigger()
    assert window.theme.name == "dark" and window.settings.theme == "dark"
    qtbot.waitUntil(lambda: window.palette().window().color().name() == load_theme("dark").window, timeout=5000)
    window.close()
    settings = window.settings
    again = make(settings=settings)
    assert not again.side_docks["health"].isVisible()
    again.registry["reset_layout"].trigger()
    assert again.side_docks["health"].isVisible()
    settings.layout = "zz"
    settings.geometry = "00ff"
    make(settings=settings)  # a broken layout does not keep the window from opening
    again.set_theme(load_theme("light"))


def test_settings_files_and_runs_are_read(make: Make, tmp_path: Path) -> None:
    window = make()
    window.model.set_value("quantization.weight_bits", 3)
    path = tmp_path / "mine.json"
    window.files.write_settings(str(path))
    window.files.reset_settings()
    assert window.model.config == RunConfig()
    window.files.take(path)
    assert window.model.config.quantization.weight_bits == 3
    path.write_text('{"quantization": {"weight_bits": 99}}', encoding="utf-8")
    window.files.take(path)
    assert "weight_bits" in window.open_errors[0].message.text()


def test_every_action_has_a_handler_a_name_and_its_own_shortcut(make: Make) -> None:
    window = make()
    actions = window.registry.actions.values()
    shortcuts = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert len(shortcuts) == len(set(shortcuts))
    assert all(action.text() for action in actions)


def test_everything_has_an_accessible_name_and_the_keyboard_reaches_it(make: Make) -> None:
    window = make()
    for panel in window.column.panels:
        assert panel.header.accessibleName() or panel.header.text()
        for field in panel.fields.values():
            editor = getattr(field, "editor", None)
            if editor is not None:
                assert editor.accessibleName() or editor.text()
                assert editor.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_window_fits_its_smallest_size(make: Make, qtbot: QtBot) -> None:
    window = make()
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.width() == 1100, timeout=5000)
    for area in (window.column, window.health):
        inside = area.widget()
        assert inside is not None and inside.minimumSizeHint().width() <= area.viewport().width()


def test_the_window_is_up_before_torch_and_pyqtgraph(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from acq_app.application import Studio, parse\n"
        "studio = Studio(parse([]))\n"
        "studio.show()\n"
        "assert studio.window.isVisible()\n"
        "assert not {'pyqtgraph', 'PIL'} & set(sys.modules)\n"
        "studio.app.processEvents()\n"
        "heavy = [name for name in ('torch', 'torchvision', 'onnx', 'onnxruntime') if name in sys.modules]\n"
        "studio.window.close()\n"
        "studio.shutdown()\n"
        "assert not heavy, heavy\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ACQ_STUDIO_CONFIG_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120,
                          cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
