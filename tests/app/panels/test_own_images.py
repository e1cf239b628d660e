"""Own images in step 5: a folder is dropped or chosen, shown, and taken away again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from acq_app.panels.own_images import OwnImages
from acq_app.settings.run_settings import RunSettings


def drop(widget: OwnImages, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(1, 1).toPoint(), Qt.DropAction.CopyAction, data, button, key)
    enter.ignore()
    widget.dragEnterEvent(enter)
    if enter.isAccepted():
        widget.dropEvent(QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, button, key))
    return enter.isAccepted()


def test_a_folder_is_dropped_shown_and_taken_away(qtbot: QtBot, tmp_path: Path) -> None:
    settings = RunSettings()
    widget = OwnImages(settings)
    settings.changed.connect(widget.refresh)
    qtbot.addWidget(widget)
    assert "none" in widget.chosen.text()
    assert not widget.clear_button.isEnabled()
    folder = tmp_path / "holiday"
    folder.mkdir()
    assert drop(widget, folder)
    assert settings.config.pictures.path == folder
    assert "holiday" in widget.chosen.text()
    widget.clear_button.click()
    assert settings.config.pictures.path is None
    assert "none" in widget.chosen.text()


def test_files_and_run_folders_are_left_to_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    settings = RunSettings()
    widget = OwnImages(settings)
    qtbot.addWidget(widget)
    file = tmp_path / "model.pth"
    file.write_bytes(b"x")
    run = tmp_path / "run"
    run.mkdir()
    (run / "run.json").write_text("{}")
    assert not drop(widget, file)
    assert not drop(widget, run)
    assert settings.config.pictures.path is None
