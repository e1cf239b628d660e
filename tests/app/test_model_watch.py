"""The chosen model in the real window: consent before code is run, downloads that can be stopped."""

from __future__ import annotations

import threading
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from acq_app.__main__ import main
from acq_app.application import make_qapplication
from acq_app.consent import Consents
from acq_app.main_window import MainWindow
from acq_app.panels.model_choice import choose_timm, choose_torchvision
from acq_app.settings import AppSettings
from acq_engine.settings import ModelConfig, RunConfig

SOURCE = """
from pathlib import Path
from torch import nn

Path(__file__).with_name("marker").write_text("ran")

def build():
    return nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                         nn.Linear(8, 4))
"""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    make_qapplication()
    made = MainWindow(AppSettings(runs_folder=tmp_path / "runs"))
    with qtbot.waitSignal(made.viewsLoaded, timeout=20_000):
        made.show()
    yield made
    assert made.inspector.shutdown(60_000) and made.intents.shutdown(20_000)
    made.close()
    made.deleteLater()


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


def asked(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.watch.dialog is not None and window.watch.dialog.isVisible(), timeout=30_000)


@pytest.mark.slow
def test_code_is_run_after_a_yes_and_not_before(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    source, marker = tmp_path / "mine.py", tmp_path / "marker"
    source.write_text(SOURCE)
    drop(window, source)
    asked(qtbot, window)
    dialog = window.watch.dialog
    assert dialog is not None
    assert "mine.py" in dialog.text() and "can run code" in dialog.text() and str(source) in dialog.informativeText()
    assert dialog.defaultButton() is dialog.no and dialog.escapeButton() is dialog.no
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # the default button: no
    qtbot.waitUntil(lambda: window.watch.dialog is None)
    panel = window.column.model_panel
    assert "can run code" in panel.problem.text() and "--trust" not in panel.problem.text()
    assert not window.registry["start"].isEnabled() and not marker.exists()

    drop(window, source)  # once more: asked once more
    asked(qtbot, window)
    dialog = window.watch.dialog
    assert dialog is not None
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.registry["start"].isEnabled(), timeout=120_000)
    assert marker.read_text() == "ran"
    assert "1 BN layers, 4 classes" in panel.found.text() and panel.problem.isHidden()
    # Consent goes into the run, and nowhere else.
    assert not window.model.config.model.trust
    assert window.watch.consents.apply_to_run(window.model.config).model.trust
    assert "trust" not in window.model.config.to_json()


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
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
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
    panel = window.column.model_panel
    choose_timm(window.model, "repvgg_a0")
    assert panel.title_text() == "timm repvgg_a0"
    qtbot.waitUntil(lambda: panel.found.text() == "Downloading weights: 12.0 of 45.0 MB", timeout=20_000)
    assert panel.again.isVisible() and panel.again.text() == "Stop"
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.problem.isVisible(), timeout=20_000)
    assert panel.problem.text() == "The download was stopped." and panel.again.text() == "Try again"
    assert not window.registry["start"].isEnabled()
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=20_000)


def test_without_a_network_a_sentence_says_what_to_do(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise urllib.error.URLError("no route to host")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    monkeypatch.setattr("torch.hub.get_dir", lambda: str(tmp_path))
    panel = window.column.model_panel
    choose_torchvision(window.model, "resnet18")
    qtbot.waitUntil(lambda: panel.problem.isVisible(), timeout=60_000)
    assert panel.problem.text().startswith("The weights of resnet18 can't be downloaded. Check the network connection.")
    assert "give it as a model file" in panel.problem.text()
    assert not isinstance(window.watch.dialog, QMessageBox)


def test_what_was_recognised_and_how_surely_is_shown(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    import torch

    from acq_engine.models.registry import architecture

    path = tmp_path / "small.pth"
    torch.save(architecture("cifar_shufflenetv2_x1_0").build(10, 3).state_dict(), path)
    drop(window, path)
    found = window.column.model_panel.found
    qtbot.waitUntil(lambda: "BN layers" in found.text(), timeout=60_000)
    assert found.text().startswith("cifar_shufflenetv2_x1_0, input 3 × 32 × 32")
    assert "The weights also fit: shufflenet_v2_x1_0." in found.text()


def test_the_menu_offers_both_collections(window: MainWindow) -> None:
    menus = {action.text(): action.menu() for action in window.column.model_panel.menu.actions() if action.menu()}
    assert set(menus) == {"torchvision", "timm"}


def test_a_packaged_window_can_start_child_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def window() -> int:
        order.append("window")
        return 0

    monkeypatch.setattr("multiprocessing.freeze_support", lambda: order.append("ready"))
    monkeypatch.setattr("acq_app.application.main", window)
    with pytest.raises(SystemExit):
        main()
    assert order == ["ready", "window"]
