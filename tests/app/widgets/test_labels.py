"""Labels: what they keep."""

from __future__ import annotations

import ctypes

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from acq_app.widgets.labels import TwoLineLabel, show_pixmap

COUNT, SIDE = 200, 64


def allocated() -> int:
    """Bytes that the C library has handed out and not got back."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("only glibc tells how much is allocated")

    class Info(ctypes.Structure):
        _fields_ = [(name, ctypes.c_size_t) for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]

    library.mallinfo2.restype = Info
    return int(library.mallinfo2().uordblks)


def test_a_label_lets_go_of_the_image_that_another_takes_the_place_of(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)

    def show() -> None:
        image = QPixmap(SIDE, SIDE)
        image.fill(Qt.GlobalColor.red)
        show_pixmap(label, image)

    show()
    before = allocated()
    for _ in range(COUNT):
        show()
    assert allocated() - before < COUNT * SIDE * SIDE, "a quarter of what they would take"
    assert not label.pixmap().isNull()


def test_a_sentence_that_is_too_long_for_its_line_goes_on_in_a_second(qtbot: QtBot) -> None:
    label = TwoLineLabel("Ready. No images are needed. It takes about a minute, judged by the last planned run.")
    qtbot.addWidget(label)
    whole = label.fontMetrics().horizontalAdvance(label.text())
    label.resize(whole + 1, 40)
    assert label.lines() == [label.text()]
    label.resize(2 * whole // 3, 40)
    assert len(label.lines()) == 2 and " ".join(label.lines()) == label.text()
    label.resize(whole // 4, 40)
    assert len(label.lines()) == 2 and label.lines()[1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert label.minimumSizeHint().height() >= 2 * label.fontMetrics().height()
