"""The model's layers in the window: the same figures as `acq inspect`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from acq_app.dialogs.model_layers import ModelLayersDialog
from acq_app.settings.model_choice import choose_checkpoint
from acq_app.settings.preferences import Preferences
from acq_app.shell.application import make_qapplication
from acq_app.shell.studio import Studio
from tests.tools.windows import shown


@pytest.fixture
def studio(qtbot: QtBot, tmp_path: Path) -> Iterator[Studio]:
    make_qapplication()
    with shown(qtbot, Studio(Preferences(runs_folder=tmp_path / "runs"))) as studio:
        yield studio


def texts(item: QTreeWidgetItem) -> list[str]:
    return [item.text(column) for column in range(item.columnCount())]


def test_the_tree_shows_shapes_costs_and_planned_bits(studio: Studio, qtbot: QtBot) -> None:
    studio.run_settings.set_value("quantization.layer_bits", {"layer2.0.conv2": 6})
    qtbot.mouseClick(studio.window.column.model_panel.layers_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(studio.context.dialogs.latest, ModelLayersDialog), timeout=60_000)
    dialog = studio.context.dialogs.latest
    assert isinstance(dialog, ModelLayersDialog)
    assert texts(dialog.items["conv1"]) == ["conv1", "Conv2d", "16 × 32 × 32", "144", "147,456", "8", ""]
    inner = dialog.items["layer2.0.conv2"]
    assert texts(inner)[5] == "6" and inner.parent() is dialog.items["layer2.0"]
    assert texts(dialog.items["bn1"])[5] == "BN" and "Folded" in texts(dialog.items["bn1"])[6]
    assert "77,754 parameters" in dialog.facts.text() and "9 batch norms" in dialog.facts.text()
    assert "layer3" in dialog.attention.text()

    qtbot.keyClicks(dialog.field, "layer2.0.conv2")
    shown = [name for name, item in dialog.items.items() if not item.isHidden()]
    assert shown == ["layer2", "layer2.0", "layer2.0.conv2"]
    dialog.field.clear()
    assert not any(item.isHidden() for item in dialog.items.values())
    dialog.close()


def test_a_model_that_can_t_be_loaded_says_why(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "broken.pth").write_bytes(b"hello")
    choose_checkpoint(studio.run_settings, tmp_path / "broken.pth")
    studio.registry["model_layers"].trigger()
    qtbot.waitUntil(lambda: bool(studio.messages.open_errors), timeout=60_000)
    assert "not a model" in studio.messages.open_errors[0].message.text()
    assert studio.window.banner.isHidden()
