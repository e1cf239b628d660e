"""The wheel leaves fields alone until they are clicked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from acq_app.widgets.wheel_guard import WheelGuard


def turn(widget: QWidget) -> bool:
    """Turn the wheel over a widget; whether it took that. What is not taken goes on to what the widget lies in."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(at, widget.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.fixture
def page(qtbot: QtBot) -> QScrollArea:
    """A combo box, a spin box and a slider on a page that scrolls."""
    inside = QWidget()
    layout = QVBoxLayout(inside)
    combo, spin, slider = QComboBox(), QSpinBox(), QSlider(Qt.Orientation.Horizontal)
    combo.addItems(["a", "b", "c"])
    spin.setValue(50)
    slider.setValue(50)
    for field in (combo, spin, slider):
        layout.addWidget(field)
    inside.setMinimumHeight(2000)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.resize(200, 200)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    area.activateWindow()
    return area


def values(area: QScrollArea) -> tuple[int, int, int]:
    combo, spin, slider = area.findChild(QComboBox), area.findChild(QSpinBox), area.findChild(QSlider)
    assert combo is not None and spin is not None and slider is not None
    return combo.currentIndex(), spin.value(), slider.value()


def test_the_wheel_changes_nothing_and_goes_on_to_the_page(page: QScrollArea) -> None:
    guard = WheelGuard(page)
    guard.watch(page)
    before = values(page)
    for field in page.findChildren(QWidget):
        if isinstance(field, QComboBox | QSpinBox | QSlider):
            field.setFocus(Qt.FocusReason.TabFocusReason)
            assert not turn(field), field
    assert values(page) == before


def test_a_field_that_was_clicked_takes_it_until_it_is_left(page: QScrollArea) -> None:
    guard = WheelGuard(page)
    guard.watch(page)
    slider = page.findChild(QSlider)
    spin = page.findChild(QSpinBox)
    assert slider is not None and spin is not None
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton)
    clicked = slider.value()
    assert turn(slider)
    assert slider.value() != clicked
    spin.setFocus(Qt.FocusReason.TabFocusReason)
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    clicked = slider.value()
    turn(slider)
    assert slider.value() == clicked
