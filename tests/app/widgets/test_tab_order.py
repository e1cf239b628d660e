"""Looking for where Tab goes leaves every widget as it was."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QTreeView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from acq_app.widgets.tab_order import stops


def test_what_goes_takes_nothing_along_that_comes_behind_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    doomed, tree, number = QTreeView(), QTreeView(), QSpinBox()
    for widget in (doomed, tree, number):
        column.addWidget(widget)
    kept = (tree.header(), tree.viewport(), tree.verticalScrollBar(), number.findChild(QLineEdit))
    window.show()
    assert [widget for widget in stops(window, []) if isinstance(widget, QTreeView | QSpinBox)] == [
        doomed, tree, number]
    column.removeWidget(doomed)
    doomed.deleteLater()
    del doomed
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert all(shiboken6.isValid(part) for part in kept), "Qt made them, and they are still there"
