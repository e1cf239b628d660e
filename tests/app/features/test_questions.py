"""What is not certain is asked in the window, with what speaks for each choice; the answer is a setting."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image
from pytestqt.qtbot import QtBot

from acq_app.features.model_inspection.inspect_job import InspectJob
from acq_app.shell.studio import Studio
from acq_engine.errors import ChoiceNeededError
from acq_engine.events import ModelSummary
from acq_engine.models.registry import architecture
from tests.tools.windows import Make, drop

OUTPUTS = (("0", "10 classes, made by a last linear layer."), ("1", "3 classes, made by a last linear layer."))
SUMMARY = ModelSummary("net", "Net", 99, 1, 10, (3, 16, 16), 400)


def settled(studio: Studio, qtbot: QtBot) -> None:
    inspector, images = studio.features.inspection.inspector, studio.features.test_images
    qtbot.waitUntil(lambda: not inspector.busy and not images._timer.isActive() and not studio.context.background.busy,
                    timeout=60_000)


def test_the_output_is_asked_for_and_the_answer_stays(
    make: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inspect(job: InspectJob, _emit: object) -> ModelSummary:
        if job.config.output is None:
            raise ChoiceNeededError("It is not clear which output is the logits.", setting="model.output",
                                    choices=OUTPUTS, hint="Choose one with --output.")
        return SUMMARY

    monkeypatch.setattr(InspectJob, "run", inspect)
    studio = make()
    (tmp_path / "net.pth").write_bytes(b"x")
    drop(studio, tmp_path / "net.pth")
    feature, panel = studio.features.questions, studio.window.column.model_panel
    qtbot.waitUntil(lambda: feature.dialog is not None, timeout=30_000)
    dialog = feature.dialog
    assert dialog is not None and "not clear which output" in dialog.message.text()
    assert not dialog.use_button.isEnabled() and dialog.answer == "", "nothing is chosen for the user"
    assert "--output" not in panel.problem.text() and not studio.registry["start"].isEnabled()
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: feature.dialog is None)
    assert studio.run_settings.config.model.output is None and len(panel.questions.buttons) == 1
    panel.questions.buttons[0].click()  # the question can be asked for again
    dialog = feature.dialog
    assert dialog is not None
    dialog.choices["1"].click()
    assert dialog.use_button.isEnabled()
    dialog.use_button.click()
    settled(studio, qtbot)
    assert studio.run_settings.config.model.output == "1" and '"output": "1"' in studio.run_settings.config.to_json()
    assert "10 classes" in panel.found.text() and panel.questions.isHidden() and panel.problem.isHidden()
    studio.run_settings.undo()
    assert studio.run_settings.config.model.output is None, "an answer is a step of undo"
    settled(studio, qtbot)
    if feature.dialog is not None:
        feature.dialog.reject()


def test_an_architecture_of_two_can_be_chosen(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    torch.manual_seed(0)
    torch.save(architecture("cifar_shufflenetv2_x0_5").build(10, 3).state_dict(), tmp_path / "small.pth")
    studio = make()
    drop(studio, tmp_path / "small.pth")
    settled(studio, qtbot)
    panel, feature = studio.window.column.model_panel, studio.features.questions
    assert panel.questions.labels[0].text() == "The weights also fit: shufflenet_v2_x0_5."
    assert feature.dialog is None, "the run can begin without an answer"
    panel.questions.buttons[0].click()
    dialog = feature.dialog
    assert dialog is not None and dialog.answer == "cifar_shufflenetv2_x0_5"
    assert dialog.choices["cifar_shufflenetv2_x0_5"].text() == "cifar_shufflenetv2_x0_5 (used now)"
    dialog.use_button.click()
    settled(studio, qtbot)
    assert studio.run_settings.config.model.arch == "cifar_shufflenetv2_x0_5" and panel.questions.isHidden()


def test_the_order_of_labels_can_be_chosen(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    for name in range(1, 11):
        (tmp_path / "set" / str(name)).mkdir(parents=True)
        Image.new("L", (32, 32), 99).save(tmp_path / "set" / str(name) / "0.png")
    studio = make()
    studio.features.files.use_test_set(tmp_path / "set")
    settled(studio, qtbot)
    panel = studio.window.column.test_panel
    assert [label.text() for label in panel.questions.labels] == [
        "Which classes do the numbers of the class folders mean?"]
    panel.questions.buttons[0].click()
    dialog = studio.features.questions.dialog
    assert dialog is not None and list(dialog.choices) == ["numbers_from_1", "text_from_1"]
    dialog.choices["text_from_1"].click()
    dialog.use_button.click()
    settled(studio, qtbot)
    assert studio.run_settings.config.test_set.label_order == "text_from_1" and panel.questions.isHidden()
