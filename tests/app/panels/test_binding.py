"""PySide6 6.12.0 loses references to None and True on Python 3.10 and 3.11 and then aborts: not with ours."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class Emitter(QObject):
    told = Signal(object)
    flagged = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12 on")
def test_signals_and_texts_lose_no_references(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    emitter = Emitter()
    emitter.flagged.connect(label.setEnabled)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(5000):
        label.setText(str(number))
        emitter.told.emit(None)
        emitter.flagged.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - 500 and after[1] > before[1] - 500
