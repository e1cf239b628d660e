"""The layers view: every layer, found, sorted, given other bits, and looked into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from acq_app.appearance.theme import load_theme
from acq_app.views.layers.histogram import Histogram, HistogramPlot
from acq_app.views.layers.tree import module_tree
from acq_app.views.layers.view import LayersView
from acq_app.views.shared.bar_delegate import BAR_ROLE
from acq_engine.events import Event, LayerInfo, LayerReport
from tests.tools.fake_run import FakeRun

Shown = Callable[..., LayersView]


def names(view: LayersView, above: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """The first column as it is shown, with a dot a level before it."""
    above, found = above or QModelIndex(), []
    for row in range(view.proxy.rowCount(above)):
        index = view.proxy.index(row, 0, above)
        found += ["." * depth + index.data(), *names(view, index, depth + 1)]
    return found


def cell(view: LayersView, key: str, layer: str) -> QModelIndex:
    """A layer's cell as shown."""
    index = view.proxy.mapFromSource(view.table.layer_index(layer))
    assert index.isValid(), layer
    return index.siblingAtColumn([column.key for column in view.table.columns].index(key))


def listed(shown: Shown, events: list[Event]) -> LayersView:
    view = shown(LayersView, events)
    view.shape.button("list").click()
    return view


def report_of(events: list[Event]) -> LayerReport:
    return next(event for event in events if isinstance(event, LayerReport))


def test_layers_are_a_tree_of_modules(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    assert names(view) == ["conv1", "layer1", ".0", "..conv1", "..conv2", ".1", "..conv1", "..conv2",
                           "layer2", ".0", "..conv1", "..conv2", ".1", "..conv1", "..conv2", "fc"]
    assert cell(view, "shape", "conv1").data() == "16×3×3×3"
    assert cell(view, "outputs", "fc").data() == "\u2013"
    assert "4.0" in view.summary.text()
    group = cell(view, "kind", "layer1.0.conv1").parent().siblingAtColumn(1)
    assert group.data() == "2 layers"


def test_a_module_with_one_layer_is_no_group() -> None:
    nodes = module_tree(["stem.conv", "features.block.0.conv", "features.block.1.conv", "features.head.conv"])
    assert [(node.text, len(node.children)) for node in nodes[1:]] == [
        ("stem.conv", 0), ("features", 2), ("block", 2), ("0.conv", 0), ("1.conv", 0), ("head.conv", 0)]


def test_the_list_sorts_over_modules(shown: Shown, run_events: list[Event]) -> None:
    view = listed(shown, run_events)
    assert names(view) == [layer.name for layer in report_of(run_events).layers]
    column = cell(view, "sensitivity", "fc").column()
    view.list.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    best = max(view.table.layers, key=lambda layer: layer.sensitivity or 0)
    assert names(view)[0] == best.name
    assert cell(view, "sensitivity", best.name).data(BAR_ROLE) == 1.0


def test_search_keeps_the_modules_of_what_it_finds(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    view.search.setText("LAYER2.1")
    assert names(view) == ["layer2", ".1", "..conv1", "..conv2"]
    view.search.setText("nothing like it")
    assert names(view) == []
    view.search.clear()
    assert len(names(view)) == 16


def test_what_was_not_measured_is_a_dash_and_sorts_last(shown: Shown) -> None:
    one = LayerInfo("a", "conv2d", (2, 2, 1, 1), 4, None, -1.0, 1.0)
    view = shown(LayersView, [LayerReport((one, replace(one, name="b", sensitivity=0.0)))])
    sensitivity = cell(view, "sensitivity", "a")
    assert sensitivity.data() == "\u2013"
    assert sensitivity.data(BAR_ROLE) is None
    view.list.sortByColumn(sensitivity.column(), Qt.SortOrder.DescendingOrder)
    assert names(view) == ["b", "a"]


def test_bits_for_the_next_run_are_an_intent(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    bits = cell(view, "bits", "layer1.0.conv2")
    with qtbot.waitSignal(view.layerBitsRequested) as told:
        assert view.proxy.setData(bits, 6)
    assert told.args == [{"layer1.0.conv2": 6}]
    assert bits.data() == "4", "until the settings have taken it"
    view.show_asked({"layer1.0.conv2": 6})
    assert bits.data() == "4 → 6"
    assert bits.parent().siblingAtColumn(bits.column()).data() == "4 → 5", "of the module, on average"
    assert not view.proxy.setData(bits, 9)
    report = tuple(replace(layer, weight_bits=6) if layer.name == "layer1.0.conv2" else layer
                   for layer in view.table.layers)
    view.apply(LayerReport(report))
    view.flush()
    assert cell(view, "bits", "layer1.0.conv2").data() == "6"


def test_keys_set_bits_of_all_that_is_selected(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    view.list.setCurrentIndex(cell(view, "name", "layer2.0.conv1").parent())
    told: list[dict[str, int]] = []
    view.layerBitsRequested.connect(told.append)
    qtbot.keyClick(view.list, Qt.Key.Key_3)
    qtbot.keyClick(view.list, Qt.Key.Key_9)
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert told == [{"layer2.0.conv1": 3, "layer2.0.conv2": 3}, {"layer2.0.conv1": 0, "layer2.0.conv2": 0}]
    qtbot.keyClick(view.list, Qt.Key.Key_F2)
    assert view.list.state() == view.list.State.EditingState


def test_a_new_report_keeps_what_is_folded_and_selected(shown: Shown, run_events: list[Event]) -> None:
    view = shown(LayersView, run_events)
    assert view.detail.layer is not None and view.detail.layer.name == "conv1", "something is to be seen at once"
    folded = cell(view, "name", "layer2.0.conv1").parent().parent()
    view.list.collapse(folded)
    view.list.setCurrentIndex(cell(view, "name", "layer1.0.conv1"))
    view.apply(FakeRun(seed=9).layer_report())
    view.flush()
    assert not view.list.isExpanded(view.proxy.mapFromSource(view.proxy.mapToSource(folded)))
    assert view.detail.layer.name == "layer1.0.conv1"
    assert "layer1.0.conv1: weights 16 × 16 × 3 × 3, 4 bit" in view.detail.about.text()
    view.list.setCurrentIndex(folded)
    assert "4 layers" in view.detail.about.text() and view.detail.layer is None
    view.set_theme(load_theme("dark"))
    view.flush()
    view.grab()
    view.reset()
    assert view.is_empty
    assert view.detail.layer is None


def test_histograms_of_the_selected_layer(shown: Shown, qtbot: QtBot, run_events: list[Event]) -> None:
    view, report = shown(LayersView, run_events), report_of(run_events)
    view.list.setCurrentIndex(cell(view, "name", "layer1.0.conv2"))
    weights, outputs = view.detail.weights, view.detail.outputs
    assert weights.shown is not None and outputs.shown is not None and report.weight_counts is not None
    assert weights.shown.total == int(report.weight_counts[2].sum())
    assert "1.10 % clipped" in weights.words() and "52 % zeros" in outputs.words()
    qtbot.keyClick(weights, Qt.Key.Key_Home)
    assert weights.words().startswith("level 0: ")
    qtbot.keyClick(weights, Qt.Key.Key_Right)
    assert weights.words().startswith("level 1: ")
    qtbot.keyClick(weights, Qt.Key.Key_End)
    assert weights.words().startswith("level 15: ")
    area = outputs.plot_area()
    qtbot.mouseMove(outputs, QPoint(int(area.left()) + 2, int(area.center().y())))
    assert outputs.words().startswith("level 0 = 0: ")
    view.list.setCurrentIndex(cell(view, "name", "fc"))
    assert outputs.shown is None and outputs.words() == "stay float"


def test_a_run_without_histograms_still_shows_its_levels(shown: Shown) -> None:
    view = shown(LayersView, [LayerReport(FakeRun().layers())])
    view.list.setCurrentIndex(cell(view, "name", "layer1.0.conv2"))
    assert view.detail.weights.shown is not None and view.detail.weights.shown.levels == 16
    assert "not recorded in this run" in view.detail.weights.words()
    view.grab()


def pixels(plot: HistogramPlot) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The plot's area as RGB."""
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    area = plot.plot_area().toRect()
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)[
        area.top() + 2:area.bottom() - 1, area.left() + 2:area.right() - 1]


def drawn(
    qtbot: QtBot, bits: int, counts: np.ndarray[tuple[int], np.dtype[np.int64]] | None, **ends: float,
) -> HistogramPlot:
    plot = HistogramPlot("Weights")
    qtbot.addWidget(plot)
    plot.resize(420, 200)
    levels = 2**bits
    first, last = ends.get("first", -0.5), ends.get("last", levels - 0.5)
    plot.show_histogram(Histogram(counts, first, last, 0.0, 1.0, levels), "")
    return plot


def test_every_level_is_seen_at_few_bits_and_8_bits_are_no_block(qtbot: QtBot) -> None:
    for bits in (2, 3, 4):
        plot = drawn(qtbot, bits, None)
        middle = pixels(plot)[100].astype(int)
        changes = middle.sum(1)
        lines = np.flatnonzero(changes < changes.max() - 200)
        assert len(lines) == 2**bits, f"{bits} bit"
    plot = drawn(qtbot, 8, None)
    dark = (pixels(plot).astype(int).sum(2) < 300).mean()
    assert dark < 0.1


def test_what_is_cut_off_is_hatched(qtbot: QtBot) -> None:
    bad = QColor(load_theme("light").bad)
    plot = drawn(qtbot, 4, None, first=-4.0, last=15.5)
    picture = pixels(plot).astype(int)
    reddish = (picture[:, :, 0] - picture[:, :, 2]) > 0
    assert bad.red() > bad.blue()
    assert reddish[:, :40].mean() > 0.9 and reddish[:, -100:].mean() < 0.05


def test_logarithms_make_rare_values_visible(qtbot: QtBot) -> None:
    counts = np.full(256, 2, np.int64)
    counts[128] = 100_000
    plot = drawn(qtbot, 4, counts)
    plot.set_grid(False)
    blue = QColor(load_theme("light").curves[0])

    def covered() -> float:
        return float((np.abs(pixels(plot).astype(int) - (blue.red(), blue.green(), blue.blue())).sum(2) < 12).mean())

    before = covered()
    plot.set_log(True)
    assert covered() > before + 0.05
