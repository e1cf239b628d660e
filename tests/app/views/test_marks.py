"""The legend of the attention centres, in whatever room it has."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from acq_app.views.shared.marks import MarkLegend


def column(image: QImage, x: int) -> set[int]:
    return {image.pixel(x, y) for y in range(image.height())}


def test_nothing_of_the_legend_is_cut(qtbot: QtBot) -> None:
    legend = MarkLegend()
    qtbot.addWidget(legend)
    legend.show()
    wide = legend.sizeHint().width()
    for width in range(wide, wide // 2, -1):
        legend.resize(width, legend.sizeHint().height())
        image = legend.grab().toImage()
        words = sum(legend.fontMetrics().horizontalAdvance(text) for text in legend._texts[:2]) + 2 * 24
        if width > words:  # below that not even its words have room
            assert len(column(image, image.width() - 1)) == 1, width
