"""A layout is emptied, and keeps what isn't its own."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from acq_app.widgets.emptying import empty


def test_widgets_are_handed_over_in_their_order_and_layouts_stay_their_owners(qtbot: object) -> None:
    parent = QWidget()
    grid, inner, first, second = QGridLayout(parent), QHBoxLayout(), QLabel("1"), QLabel("2")
    inside = QLabel("inside")
    inner.addWidget(inside)

    def fill() -> None:
        grid.addWidget(first, 0, 0)
        grid.addLayout(inner, 1, 0)
        grid.addWidget(second, 2, 0)

    fill()
    assert empty(grid) == [first, second]
    assert grid.count() == 0
    fill()
    item = inner.itemAt(0)
    assert grid.count() == 3 and item is not None and item.widget() is inside
