"""The model's layers in the window: the same figures as `acq inspect`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from acq_app.application import make_qapplication
from acq_app.dialogs.model_layers import ModelLayersDialog
from acq_app.main_window import MainWindow
from acq_app.panels.model_choice import choose_checkpoint
from acq_app.settings import AppSettings


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    make_qapplication()
    made = MainWindow(AppSettings(runs_folder=tmp_path / "runs"))
    with qtbot.waitSignal(made.viewsLoaded, timeout=20_000):
        made.show()
    yield made
    assert made.inspector.shutdown(20_000) and made.intents.shutdown(20_000)
    for dialog in made.open_errors:
        dialog.close()
    made.close()
    made.deleteLater()


def texts(item: QTreeWidgetItem) -> list[str]:
    return [item.text(column) for column in range(item.columnCount())]


def test_the_tree_shows_shapes_costs_and_planned_bits(window: MainWindow, qtbot: QtBot) -> None:
    window.model.set_value("quantization.layer_bits", {"layer2.0.conv2": 6})
    qtbot.mouseClick(window.column.model_panel.layers_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.pages.dialog, ModelLayersDialog), timeout=60_000)
    dialog = window.pages.dialog
    assert isinstance(dialog, ModelLayersDialog)
    assert texts(dialog.items["conv1"]) == ["conv1", "Conv2d", "16 × 32 × 32", "144", "147,456", "8", ""]
    inner = dialog.items["layer2.0.conv2"]
    assert texts(inner)[5] == "6" and inner.parent() is dialog.items["layer2.0"]
    assert texts(dialog.items["bn1"])[5] == "BN" and "Merged" in texts(dialog.items["bn1"])[6]
    assert "77,754 parameters" in dialog.facts.text() and "9 batch norms" in dialog.facts.text()
    assert "layer3" in dialog.attention.text()

    qtbot.keyClicks(dialog.field, "layer2.0.conv2")
    shown = [name for name, item in dialog.items.items() if not item.isHidden()]
    assert shown == ["layer2", "layer2.0", "layer2.0.conv2"]
    dialog.field.clear()
    assert not any(item.isHidden() for item in dialog.items.values())
    dialog.close()


def test_a_model_that_can_t_be_loaded_says_why(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "broken.pth").write_bytes(b"hello")
    choose_checkpoint(window.model, tmp_path / "broken.pth")
    window.registry["model_layers"].trigger()
    qtbot.waitUntil(lambda: bool(window.open_errors), timeout=60_000)
    assert "not a model file" in window.open_errors[0].message.text()
    assert window.banner.isHidden()
