"""Tables and pictures are copied and saved from a menu at the right mouse button."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from acq_app.widgets.taking_away import PictureAway, TableAway
from acq_engine.errors import StorageError


def menu_of(widget: QWidget) -> list[str]:
    at = QPoint(2, 2)
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    return texts


@pytest.fixture
def tree(qtbot: QtBot) -> QTreeWidget:
    made = QTreeWidget()
    qtbot.addWidget(made)
    made.setHeaderLabels(["layer", "error"])
    top = QTreeWidgetItem(["stage", "\u22121.5"])
    top.addChild(QTreeWidgetItem(['a "b", c', "2"]))
    made.addTopLevelItem(top)
    made.addTopLevelItem(QTreeWidgetItem(["head", "3"]))
    made.show()
    return made


def test_a_tree_is_copied_with_what_lies_below(tree: QTreeWidget, tmp_path: Path) -> None:
    away = TableAway(tree, "Layers of a model")
    assert menu_of(tree.viewport()) == ["Copy", "Save as CSV..."]
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "layer\terror", "stage\t\u22121.5", 'a "b", c\t2', "head\t3"]
    assert away.file_name(".csv") == "layers-of-a-model.csv"
    away.save(str(tmp_path / "t.csv"))
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()[1:3] == ['"stage","-1.5"', '"a ""b"", c","2"']


def test_several_selected_rows_alone_are_copied(tree: QTreeWidget) -> None:
    away = TableAway(tree, "Layers")
    tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
    tree.topLevelItem(0).setSelected(True)  # type: ignore[union-attr]
    tree.topLevelItem(1).setSelected(True)  # type: ignore[union-attr]
    assert away.text().splitlines()[1:] == ["stage\t\u22121.5", "head\t3"]


def test_a_picture_is_copied_and_saved_and_a_failure_told(qtbot: QtBot, tmp_path: Path) -> None:
    label = QLabel("here")
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    failed: list[StorageError] = []
    away = PictureAway(label, "Curve", failed.append)
    assert menu_of(label) == ["Copy image", "Save image..."]
    away.copy()
    assert QGuiApplication.clipboard().image().width() == 80
    away.save(str(tmp_path / "a.svg"))
    away.save(str(tmp_path / "a.png"))
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<?xml") and (tmp_path / "a.png").stat().st_size > 100
    away.save(str(tmp_path / "no" / "a.png"))
    assert len(failed) == 1
