"""The chosen model in the real window: consent before code is run, downloads that can be stopped."""

from __future__ import annotations

import threading
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from acq_app.__main__ import main
from acq_app.features.consents import Consents
from acq_app.settings.model_choice import choose_timm, choose_torchvision
from acq_app.settings.preferences import Preferences
from acq_app.shell.application import make_qapplication
from acq_app.shell.studio import Studio
from acq_engine.settings import ModelConfig, RunConfig
from tests.tools.windows import drop, shown

SOURCE = """
from pathlib import Path
from torch import nn

Path(__file__).with_name("marker").write_text("ran")

def build():
    return nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                         nn.Linear(8, 4))
"""


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Iterator[Studio]:
    make_qapplication()
    with shown(qtbot, Studio(Preferences(runs_folder=tmp_path / "runs"))) as studio:
        yield studio


def asked(qtbot: QtBot, studio: Studio) -> None:
    inspection = studio.features.inspection
    qtbot.waitUntil(lambda: inspection.dialog is not None and inspection.dialog.isVisible(), timeout=30_000)


@pytest.mark.slow
def test_code_is_run_after_a_yes_and_not_before(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    source, marker = tmp_path / "mine.py", tmp_path / "marker"
    source.write_text(SOURCE)
    drop(studio, source)
    asked(qtbot, studio)
    dialog = studio.features.inspection.dialog
    assert dialog is not None
    assert "mine.py" in dialog.text() and "can run code" in dialog.text() and str(source) in dialog.informativeText()
    assert dialog.defaultButton() is dialog.no and dialog.escapeButton() is dialog.no
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # the default button: no
    qtbot.waitUntil(lambda: studio.features.inspection.dialog is None)
    panel = studio.window.column.model_panel
    assert "can run code" in panel.problem.text() and "--trust" not in panel.problem.text()
    assert not studio.registry["start"].isEnabled() and not marker.exists()

    drop(studio, source)  # once more: asked once more
    asked(qtbot, studio)
    dialog = studio.features.inspection.dialog
    assert dialog is not None
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: studio.registry["start"].isEnabled(), timeout=120_000)
    assert marker.read_text() == "ran"
    assert "1 BN layers, 4 classes" in panel.found.text() and panel.problem.isHidden()
    # Consent goes into the run, and nowhere else.
    assert not studio.run_settings.config.model.trust
    assert studio.context.consents.apply_to_run(studio.run_settings.config).model.trust
    assert "trust" not in studio.run_settings.config.to_json()


def test_a_file_that_changed_is_asked_about_again(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text("a = 1")
    consents = Consents()
    config = RunConfig(model=ModelConfig(source="checkpoint", path=Path(f"{path}:build")))
    assert not consents.apply_to_run(config).model.trust
    consents.allow(config.model)
    assert consents.apply_to_run(config).model.trust and not config.model.trust
    path.write_text("a = 22")
    assert not consents.apply_to_run(config).model.trust
    consents.allow(ModelConfig())  # the sample is no file
    assert not consents.apply(ModelConfig()).trust


def test_a_download_shows_how_far_it_is_and_can_be_stopped(
    studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acq_engine.models.pretrained import StoppedError

    calls: list[ModelConfig] = []

    def fetch(config: ModelConfig, *, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> Any:
        calls.append(config)
        progress(12_000_000, 45_000_000)
        while not stop():
            threading.Event().wait(0.01)
        raise StoppedError("The download was stopped.")

    monkeypatch.setattr("acq_engine.models.load_model", fetch)
    panel = studio.window.column.model_panel
    choose_timm(studio.run_settings, "repvgg_a0")
    assert panel.title_text() == "timm repvgg_a0"
    qtbot.waitUntil(lambda: panel.found.text() == "Downloading weights: 12.0 of 45.0 MB", timeout=20_000)
    assert panel.again.isVisible() and panel.again.text() == "Stop"
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.problem.isVisible(), timeout=20_000)
    assert panel.problem.text() == "The download was stopped." and panel.again.text() == "Try again"
    assert not studio.registry["start"].isEnabled()
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=20_000)


def test_without_a_network_a_sentence_says_what_to_do(
    studio: Studio, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise urllib.error.URLError("no route to host")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    monkeypatch.setattr("torch.hub.get_dir", lambda: str(tmp_path))
    panel = studio.window.column.model_panel
    choose_torchvision(studio.run_settings, "resnet18")
    qtbot.waitUntil(lambda: panel.problem.isVisible(), timeout=60_000)
    assert panel.problem.text().startswith("The weights of resnet18 can't be downloaded. Check the network connection.")
    assert "use it as a model file" in panel.problem.text()
    assert not isinstance(studio.features.inspection.dialog, QMessageBox)


def test_what_was_recognised_and_how_surely_is_shown(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    import torch

    from acq_engine.models.registry import architecture

    path = tmp_path / "small.pth"
    torch.save(architecture("cifar_shufflenetv2_x1_0").build(10, 3).state_dict(), path)
    drop(studio, path)
    found = studio.window.column.model_panel.found
    qtbot.waitUntil(lambda: "BN layers" in found.text(), timeout=60_000)
    assert found.text().startswith("cifar_shufflenetv2_x1_0, input 3 × 32 × 32")
    questions = studio.window.column.model_panel.questions
    qtbot.waitUntil(lambda: bool(questions.labels))
    assert questions.labels[0].text() == "The weights also fit: shufflenet_v2_x1_0."


def test_the_menu_offers_both_collections(studio: Studio) -> None:
    panel = studio.window.column.model_panel
    menus = {action.text(): action.menu() for action in panel.menu.actions() if action.menu()}
    assert set(menus) == {"torchvision", "timm"}


def test_a_packaged_window_can_start_child_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def studio() -> int:
        order.append("window")
        return 0

    monkeypatch.setattr("multiprocessing.freeze_support", lambda: order.append("ready"))
    monkeypatch.setattr("acq_app.shell.application.main", studio)
    with pytest.raises(SystemExit):
        main()
    assert order == ["ready", "window"]
