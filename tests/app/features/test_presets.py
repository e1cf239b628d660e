"""Presets of the user's own: kept, chosen, renamed, deleted, shared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acq_app.features.presets.own_presets import applied, folder, list_presets, read_preset, save_preset
from acq_engine.errors import AcqError
from acq_engine.settings import RunConfig
from acq_engine.settings.reading import read_settings
from tests.tools.windows import Make


def test_presets_through_the_window(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    studio = make()
    studio.run_settings.set_values({"quantization.weight_bits": 3, "losses.pair": 7.0})
    studio.registry["presets"].trigger()
    dialog = studio.features.presets.dialog
    assert dialog is not None and not dialog.save.isEnabled() and not dialog.use.isEnabled()
    qtbot.keyClicks(dialog.name, "three bits")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.names() == ["three bits"] and "W3 A4, pair 7" in dialog.summary.text()
    studio.run_settings.set_value("quantization.weight_bits", 6)
    dialog.saveRequested.emit("six")
    assert dialog.chosen() == "six"
    item = dialog.list.currentItem()
    assert item is not None
    item.setText("Three Bits")
    assert item.text() == "six", "a name that is taken is not taken twice"
    item.setText("six bits")
    assert dialog.names() == ["six bits", "three bits"]
    dialog.exportRequested.emit("six bits", str(tmp_path / "shared.json"))
    dialog.deleteRequested.emit("six bits")
    assert dialog.names() == ["three bits"]
    dialog.importRequested.emit(str(tmp_path / "shared.json"))
    dialog.importRequested.emit(str(tmp_path / "shared.json"))
    assert dialog.names() == ["six bits", "six bits 2", "three bits"]
    dialog.list.setCurrentRow(2)
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert studio.run_settings.config.quantization.weight_bits == 3
    studio.registry["undo"].trigger()
    assert studio.run_settings.config.quantization.weight_bits == 6
    qtbot.waitUntil(lambda: studio.features.presets.dialog is None)


def test_a_shared_file_that_is_dropped_is_used_at_once(make: Make, tmp_path: Path) -> None:
    config = RunConfig()
    config.losses.pair = 9.0
    save_preset("mine", config, tmp_path / "mine.json")
    studio = make()
    studio.run_settings.set_values({"model.name": "fashion", "quantization.layer_bits": {"conv1": 6}})
    studio.features.files.open(tmp_path / "mine.json")
    assert studio.run_settings.config.losses.pair == 9.0
    assert studio.run_settings.config.quantization.layer_bits == {"conv1": 6}, "what names layers stays"


def test_a_preset_says_how_and_not_what(tmp_path: Path) -> None:
    config = RunConfig.from_data({
        "model": {"source": "checkpoint", "path": "/secret/model.pth"}, "test_set": {"path": "/secret/images"},
        "quantization": {"weight_bits": 3, "layer_bits": {"conv1": 6}}, "generator": {"attention_layer": "layer2"}})
    preset = save_preset("a", config)
    text = preset.path.read_text()
    assert "secret" not in text and "conv1" not in text and "layer2" not in text
    back = applied(read_preset(preset.path), config)
    assert back == config
    assert read_settings(preset.path).quantization.weight_bits == 3, "a file that the command line reads"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"kind": "preset"}', '{"kind": "preset", "settings": {}}',
                                  '{"schema": 9, "kind": "preset", "settings": {}}',
                                  '{"schema": 1, "kind": "preset", "settings": {"seed": -1}}'])
def test_a_broken_file_is_left_alone_and_out(text: str) -> None:
    save_preset("good", RunConfig())
    (folder() / "bad.json").write_text(text)
    assert [preset.name for preset in list_presets()] == ["good"]
    assert (folder() / "bad.json").read_text() == text
    with pytest.raises(AcqError):
        read_preset(folder() / "bad.json")


def test_names_that_are_no_file_names_work() -> None:
    for name in ("a/b", "../x", "ä ö", "..."):
        save_preset(name, RunConfig())
    assert {preset.name for preset in list_presets()} == {"a/b", "../x", "ä ö", "..."}
    assert all(path.parent == folder() for path in folder().rglob("*.json"))
    first = json.loads(next(iter(folder().glob("*.json"))).read_text())
    assert first["schema"] == 1
