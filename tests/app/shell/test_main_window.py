"""The window through a whole run, as a user drives it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.panels.field import NumberField
from acq_app.run.state import RunState
from acq_app.shell.studio import Studio
from acq_engine.settings import RunConfig
from tests.tools.windows import Make, drop, until


def bright(studio: Studio) -> list[str]:
    return [name for name, button in studio.window.run_bar.buttons.items() if button.bright]


def test_start_pause_resume_finish_export(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.003)
    buttons = studio.window.run_bar.buttons
    assert bright(studio) == ["start"] and not buttons["pause_resume"].isEnabled()
    qtbot.mouseClick(buttons["start"], Qt.MouseButton.LeftButton)
    until(qtbot, studio, RunState.RUNNING)
    assert bright(studio) == ["pause_resume"] and not buttons["start"].isEnabled()
    assert studio.window.column.panels[1].body.isEnabled(), "the next run can be set up meanwhile"
    assert studio.window.side_docks["settings"].windowTitle() == "Settings of the next run"
    qtbot.mouseClick(buttons["pause_resume"], Qt.MouseButton.LeftButton)
    until(qtbot, studio, RunState.PAUSED)
    assert buttons["pause_resume"].text() == "Resume" and bright(studio) == ["pause_resume"]
    assert studio.window.windowTitle().startswith("paused, ")
    qtbot.mouseClick(buttons["pause_resume"], Qt.MouseButton.LeftButton)
    until(qtbot, studio, RunState.RUNNING)
    qtbot.waitUntil(lambda: studio.session.state.phase == "finetune", timeout=20_000)
    assert "%" in studio.window.windowTitle()
    qtbot.mouseClick(buttons["finish_now"], Qt.MouseButton.LeftButton)
    until(qtbot, studio, RunState.SUCCEEDED)
    assert bright(studio) == ["export"] and studio.session.state.progress == 1.0
    assert studio.window.run_bar.percent.text() == "100 %"
    assert "verified" in studio.window.run_bar.sentence.text()
    assert studio.window.health.figures.text("exported") == "90.4 %"
    assert studio.window.side_docks["settings"].windowTitle() == "Settings"


def test_after_a_poor_run_the_next_one_is_the_bright_button(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    measured = studio.session.state.results.exported
    assert measured is not None and bright(studio) == ["export"]
    studio.session.take([replace(measured, top1=60.0, agreement=62.0)])
    assert "Poor" in studio.window.run_bar.sentence.text() and bright(studio) == ["start"]
    assert studio.window.run_bar.buttons["export"].isEnabled()


def test_fine_tuning_without_effect_is_not_passed_over(make: Make, qtbot: QtBot) -> None:
    studio = make(undone=True)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    bar = studio.window.run_bar
    assert "calibrated weights kept. The exported file is verified." in bar.sentence.text()
    assert "Fine-tune: no effect on the result" in bar.bar.accessibleDescription()
    assert bar.bar.toolTip() == "Fine-tune: no effect on the result"


def test_an_interim_accuracy_stands_beside_the_float_models_on_the_same_images(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.003)
    studio.registry["start"].trigger()
    qtbot.waitUntil(lambda: studio.session.state.results.glimpse is not None, timeout=20_000)
    figures = studio.window.health.figures
    qtbot.waitUntil(lambda: figures.text("float") == "92.6 %", timeout=5_000)
    assert "500 of 2,000 test images" in figures.note.text()
    assert figures.name("agreement") == "agreement (test)"
    assert studio.window.health.lines["accuracy/agreement"].name.text() == "agreement (synthetic)"
    until(qtbot, studio, RunState.SUCCEEDED)
    assert figures.text("float") == "91.9 %", "on all of them, as the result is"


def test_after_another_model_is_opened_the_window_speaks_of_that(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    assert bright(studio) == ["export"]
    own = studio.window.windowTitle()
    model = tmp_path / "birds.pth"
    model.write_bytes(b"x")
    drop(studio, model)
    assert studio.window.windowTitle().startswith("birds")
    assert "Done" not in studio.window.run_bar.sentence.text() and "export" not in bright(studio)
    assert studio.window.run_bar.percent.text() == ""
    studio.registry["undo"].trigger()
    assert studio.window.windowTitle() == own and bright(studio) == ["export"]


def test_a_message_in_passing_goes_away_and_one_that_holds_stays(make: Make, qtbot: QtBot) -> None:
    studio = make()
    banner, messages = studio.window.banner, studio.context.messages
    studio.messages.passing.setInterval(50)
    studio.registry["enqueue"].trigger()
    assert banner.isVisible() and "Added to the queue" in banner.text.text()
    qtbot.waitUntil(lambda: not banner.isVisible(), timeout=5_000)
    messages.tell("Something goes on.", lasting=True)
    messages.tell("In passing.")
    messages.ask("A question?", [("yes", "Yes")])
    qtbot.wait(150)
    assert banner.isVisible() and banner.text.text() == "A question?"
    messages.tell("Something goes on.", lasting=True)
    qtbot.wait(150)
    assert banner.isVisible()
    studio.features.queue.model.remove(range(len(studio.features.queue.model.items)))


def test_progress_text_never_runs_backwards(make: Make, qtbot: QtBot) -> None:
    studio = make()
    seen: list[float] = []
    studio.session.controller.eventsReady.connect(lambda events: seen.append(studio.session.state.progress))
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_a_value_that_is_not_allowed_greys_start_with_the_reason(make: Make, qtbot: QtBot) -> None:
    studio = make()
    field = studio.window.column.panels[1].fields["quantization.weight_bits"]
    assert isinstance(field, NumberField)
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "12")
    assert field.reason.isVisible() and field.reason.text() == "Must be 2 to 8 bits."
    assert not studio.window.run_bar.buttons["start"].isEnabled() and bright(studio) == []
    assert "Weights: must be 2 to 8 bits." in studio.window.run_bar.sentence.text()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, "3")
    assert not field.reason.isVisible() and studio.window.run_bar.buttons["start"].isEnabled()
    assert studio.run_settings.config.quantization.weight_bits == 3
    studio.registry["undo"].trigger()
    assert field.editor.text() == "4"


def test_a_folded_step_still_says_what_was_chosen(make: Make) -> None:
    studio = make()
    panel = studio.window.column.panels[1]
    panel.set_folded(True)
    studio.run_settings.set_value("quantization.weight_bits", 3)
    assert panel.header.summary == "W3 A4, first/last 8"
    assert studio.context.preferences.folded["quantization"] is True
    studio.run_settings.set_problem("quantization.weight_bits", "No.")
    assert not panel.folded, "a reason is never hidden in a folded step"
    studio.run_settings.set_problem("quantization.weight_bits", "")


def test_dropping_test_images_and_unknown_files(make: Make, tmp_path: Path) -> None:
    studio = make()
    images = tmp_path / "mine.npz"
    images.write_bytes(b"x")
    drop(studio, images)
    assert studio.run_settings.config.test_set.path == images
    strange = tmp_path / "notes.docx"
    strange.write_bytes(b"x")
    drop(studio, strange)
    assert len(studio.messages.open_errors) == 1 and "can't be used" in studio.messages.open_errors[0].message.text()


def test_a_model_and_its_test_images_are_dropped_together_and_two_models_are_not(make: Make, tmp_path: Path) -> None:
    studio = make()
    model, images, other = (tmp_path / name for name in ("net.pth", "mine.npz", "other.pth"))
    for path in (model, images, other):
        path.write_bytes(b"x")
    drop(studio, images, model)
    assert studio.run_settings.config.model.path == model and studio.run_settings.config.test_set.path == images
    drop(studio, other, model)
    assert studio.run_settings.config.model.path == model
    assert studio.window.banner.isVisible() and "one file or folder at a time" in studio.window.banner.text.text()
    assert studio.window.banner.dismiss.text() == "Close"


def test_dropping_a_broken_model_says_why_and_greys_start(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    broken = tmp_path / "net.safetensors"
    broken.write_bytes(b"not a model")
    drop(studio, broken)
    assert studio.run_settings.config.model.path == broken
    assert studio.context.preferences.recent_models == [], "it could not be read"
    qtbot.waitUntil(lambda: studio.window.column.model_panel.problem.isVisible(), timeout=60_000)
    column = studio.window.column
    column.verticalScrollBar().setValue(column.verticalScrollBar().maximum())
    drop(studio, broken)  # once more, with the panel scrolled away
    qtbot.waitUntil(lambda: column.verticalScrollBar().value() == 0, timeout=5000)
    qtbot.waitUntil(lambda: column.model_panel.problem.isVisible(), timeout=60_000)
    assert not studio.window.run_bar.buttons["start"].isEnabled()
    assert studio.window.run_bar.sentence.text().startswith("Can't start. ")
    studio.registry["use_sample"].trigger()
    assert studio.window.run_bar.buttons["start"].isEnabled()
    assert not studio.window.column.model_panel.problem.isVisible()


def test_closing_in_the_middle_asks_and_stops_cleanly(make: Make, qtbot: QtBot) -> None:
    studio = make(delay=0.005)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.RUNNING)
    assert not studio.window.close() and studio.window.isVisible()
    question = studio.quitter.question
    assert question is not None and question.isVisible()
    qtbot.mouseClick(question.buttons()[1], Qt.MouseButton.LeftButton)  # Keep running
    assert studio.window.isVisible() and studio.session.active
    studio.window.close()
    stop = studio.quitter.stop_button
    assert isinstance(stop, QPushButton) and stop.text().replace("&", "") == "Stop run and quit"
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not studio.window.isVisible(), timeout=10_000)
    assert studio.session.controller.state is RunState.STOPPED
    assert studio.context.preferences.last_run is not None, "it is offered at the next start"
    assert studio.context.preferences.geometry and studio.context.preferences.layout


def test_a_failing_run_shows_message_cause_hint_and_detail_to_copy(make: Make, qtbot: QtBot) -> None:
    studio = make(fail_at=60)
    studio.registry["start"].trigger()
    qtbot.waitUntil(lambda: bool(studio.messages.open_errors), timeout=20_000)
    dialog = studio.messages.open_errors[0]
    assert "became NaN" in dialog.message.text() and "NaN" in dialog.cause.text()
    assert "Lower" in dialog.hint.text()
    assert not dialog.detail.isVisible()
    qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    assert dialog.detail.isVisible()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text()
    assert "Traceback" in copied and "PySide6" in copied
    dialog.close_button.click()
    asked: list[tuple[object, ...]] = []
    studio.session.controller.resume_run = lambda folder, **how: asked.append((folder, how))  # type: ignore[method-assign]
    folder = studio.session.run_dir
    lower = studio.window.banner.findChild(QPushButton, "lower_rates")
    assert lower is not None and lower.isVisible()
    lower.click()
    assert asked == [(folder, {"lower_rates": True, "place": ""})]
    assert not studio.messages.open_errors and bright(studio) == ["start"]


def test_a_collapsing_generator_is_told_in_words(make: Make, qtbot: QtBot) -> None:
    studio = make(collapsed=True)
    studio.registry["start"].trigger()
    until(qtbot, studio, RunState.SUCCEEDED)
    line = studio.window.health.lines["health/diversity"]
    assert line.level == "bad" and line.sentence.isVisible() and "nearly identical" in line.sentence.text()
    assert studio.window.health.lines["health/class"].level == "good"


def test_layout_and_theme_are_remembered(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    studio.window.side_docks["health"].hide()
    studio.registry["theme_dark"].trigger()
    assert studio.context.appearance.theme.name == "dark" and studio.context.preferences.theme == "dark"
    qtbot.waitUntil(lambda: studio.window.palette().window().color().name() == load_theme("dark").window, timeout=5000)
    studio.window.close()
    settings = studio.context.preferences
    again = make(settings=settings)
    assert not again.window.side_docks["health"].isVisible()
    again.registry["reset_layout"].trigger()
    assert again.window.side_docks["health"].isVisible()
    settings.layout = "zz"
    settings.geometry = "00ff"
    make(settings=settings)  # a broken layout does not keep the window from opening
    again.context.appearance.set_theme(load_theme("light"))


def test_settings_files_and_runs_are_read(make: Make, tmp_path: Path) -> None:
    studio = make()
    studio.run_settings.set_value("quantization.weight_bits", 3)
    path = tmp_path / "mine.json"
    studio.features.files.save_settings_file(str(path))
    studio.features.next_run.reset()
    assert studio.run_settings.config == RunConfig()
    studio.features.files.open(path)
    assert studio.run_settings.config.quantization.weight_bits == 3
    path.write_text('{"quantization": {"weight_bits": 99}}', encoding="utf-8")
    studio.features.files.open(path)
    assert "weight_bits" in studio.messages.open_errors[0].message.text()


def test_the_command_line_of_the_settings_is_copied(make: Make, tmp_path: Path) -> None:
    studio = make()
    studio.run_settings.set_values({"quantization.weight_bits": 3, "losses.pair": 2.0})
    studio.registry["copy_command"].trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("acq quantize --sample fashion ") and "--out" not in text
    assert "--weight-bits 3" in text and "--pair-weight 2.0" in text
    studio.run_settings.set_value("quantization.layer_bits", {"conv1": 6})
    studio.registry["copy_command"].trigger()
    assert QGuiApplication.clipboard().text() == text, "a command that leaves something out is none"
    assert "--config" in studio.window.banner.text.text()


def test_every_action_has_a_handler_a_name_and_its_own_shortcut(make: Make) -> None:
    studio = make()
    actions = studio.registry.actions.values()
    shortcuts = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert len(shortcuts) == len(set(shortcuts))
    assert all(action.text() for action in actions)


def test_everything_has_an_accessible_name_and_the_keyboard_reaches_it(make: Make) -> None:
    studio = make()
    for panel in studio.window.column.panels:
        assert panel.header.accessibleName() or panel.header.text()
        for field in panel.fields.values():
            editor = getattr(field, "editor", None)
            if editor is not None:
                assert editor.accessibleName() or editor.text()
                assert editor.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_window_fits_its_smallest_size(make: Make, qtbot: QtBot) -> None:
    studio = make()
    studio.window.resize(1100, 700)
    qtbot.waitUntil(lambda: studio.window.width() == 1100, timeout=5000)
    for area in (studio.window.column, studio.window.health):
        inside = area.widget()
        assert inside is not None and inside.minimumSizeHint().width() <= area.viewport().width()


def test_the_window_is_up_before_torch_and_pyqtgraph(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from acq_app.shell.application import Application, parse\n"
        "program = Application(parse([]))\n"
        "program.show()\n"
        "assert program.studio.window.isVisible()\n"
        "assert not {'pyqtgraph', 'PIL'} & set(sys.modules)\n"
        "program.app.processEvents()\n"
        "heavy = [name for name in ('torch', 'torchvision', 'onnx', 'onnxruntime') if name in sys.modules]\n"
        "program.studio.window.close()\n"
        "program.shutdown()\n"
        "assert not heavy, heavy\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ACQ_STUDIO_CONFIG_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120,
                          cwd=Path(__file__).parents[3], check=False)
    assert done.returncode == 0, done.stderr
