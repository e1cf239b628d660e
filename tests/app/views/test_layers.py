"""The layers view: every layer, found, sorted, and given other bits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from acq_app.theme import load_theme
from acq_app.views.bar_delegate import BAR_ROLE
from acq_app.views.layers import LayersView
from acq_engine.events import Event, LayerInfo, LayerReport
from tests.tools.fake_run import FakeRun

Shown = Callable[..., LayersView]


def names(view: LayersView) -> list[str]:
    """The first column as it is shown."""
    return [view.proxy.index(row, 0).data() for row in range(view.proxy.rowCount())]


def place(view: LayersView, key: str, row: int) -> QModelIndex:
    """A cell of the table as shown."""
    return view.proxy.index(row, [column.key for column in view.table.columns].index(key))


def test_layers_are_in_the_order_of_the_network(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    report = next(event for event in run_events if isinstance(event, LayerReport))
    assert names(view) == [layer.name for layer in report.layers]
    assert place(view, "shape", 0).data() == "16×3×3×3"
    assert place(view, "outputs", len(report.layers) - 1).data() == "\u2013"
    assert "4.0" in view.summary.text()


def test_search_and_sorting(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    view.search.setText("LAYER2.1")
    assert names(view) == ["layer2.1.conv1", "layer2.1.conv2"]
    view.search.clear()
    column = place(view, "sensitivity", 0).column()
    view.list.sortByColumn(column, view.list.horizontalHeader().sortIndicatorOrder().DescendingOrder)
    values = [layer.sensitivity for layer in view.table.layers]
    best = max(range(len(values)), key=lambda i: values[i] or 0)
    assert names(view)[0] == view.table.layers[best].name
    assert place(view, "sensitivity", 0).data(BAR_ROLE) == 1.0


def test_what_was_not_measured_is_a_dash_and_sorts_last(shown: Shown) -> None:
    one = LayerInfo("a", "conv2d", (2, 2, 1, 1), 4, None, -1.0, 1.0)
    view = shown(LayersView, [LayerReport((one, replace(one, name="b", sensitivity=0.0)))])
    assert place(view, "sensitivity", 0).data() == "\u2013"
    assert place(view, "sensitivity", 0).data(BAR_ROLE) is None
    view.list.sortByColumn(10, view.list.horizontalHeader().sortIndicatorOrder().DescendingOrder)
    assert names(view) == ["b", "a"]


def test_bits_for_the_next_run_are_an_intent(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    cell = place(view, "bits", 2)
    with qtbot.waitSignal(view.layerBitsRequested) as told:
        assert view.proxy.setData(cell, 6)
    assert told.args == ["layer1.0.conv2", 6]
    assert cell.data() == "4 → 6"
    assert not view.proxy.setData(cell, 9)
    assert not view.table.flags(view.table.index(0, 0)) & view.table.flags(view.table.index(0, 3)).ItemIsEditable
    report = tuple(replace(layer, weight_bits=6) if layer.name == "layer1.0.conv2" else layer
                   for layer in view.table.layers)
    view.apply(LayerReport(report))
    view.flush()
    assert place(view, "bits", 2).data() == "6"


def test_the_selected_layers_grid_is_described(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    assert "Select a layer" in view.grid.words()
    view.list.selectRow(1)
    assert "layer1.0.conv1: 4 bit, 16 values" in view.grid.words()
    view.apply(LayerReport(FakeRun(seed=9).layers()))
    view.flush()
    assert view.grid.layer is not None
    assert view.grid.layer.name == "layer1.0.conv1"
    view.set_theme(load_theme("dark"))
    view.flush()
    view.grab()
    view.reset()
    assert view.is_empty
    assert view.grid.layer is None
