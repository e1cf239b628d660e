"""The selected layer: what it is in words, and the histograms of its weights and outputs."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.layers.histogram import Histogram, HistogramPlot
from acq_app.widgets.labels import ElidedLabel
from acq_engine.events import LayerInfo, LayerReport


class LayerDetail(QWidget):
    """Two plots side by side, and the switches for both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer: LayerInfo | None = None
        self.about = ElidedLabel()
        self.log = QCheckBox(self.tr("&Log counts"))
        self.log.setToolTip(self.tr("Logarithmic counts, so that rare values are visible"))
        self.levels = QCheckBox(self.tr("Le&vels"))
        self.levels.setToolTip(self.tr("Show the quantization levels; clipped values are hatched"))
        self.levels.setChecked(True)
        self.weights = HistogramPlot(self.tr("Weights"))
        self.outputs = HistogramPlot(self.tr("Activations"))
        for plot in (self.weights, self.outputs):
            self.log.toggled.connect(plot.set_log)
            self.levels.toggled.connect(plot.set_grid)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.about, 1)
        head.addWidget(self.log)
        head.addWidget(self.levels)
        plots = QHBoxLayout()
        plots.setSpacing(2 * GRID)
        plots.addWidget(self.weights, 1)
        plots.addWidget(self.outputs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, HALF, 0, 0)
        column.setSpacing(HALF)
        column.addLayout(head)
        column.addLayout(plots, 1)
        self.show_nothing(self.tr("Select a layer to see its weights and activations."))

    def show_nothing(self, words: str) -> None:
        """No layer is selected, but something that `words` describe."""
        self.layer = None
        self._tell(words)
        self.weights.show_histogram(None, "")
        self.outputs.show_histogram(None, "")

    def show_layer(self, report: LayerReport, index: int) -> None:
        """Show one layer of a report."""
        layer = report.layers[index]
        self.layer = layer
        self._tell(self.words(layer))
        counted = report.weight_counts is not None
        self.weights.show_histogram(_weights(report, index), self._weight_facts(layer, counted))
        self.outputs.show_histogram(_outputs(report, index), self._output_facts(report, index))

    def _tell(self, words: str) -> None:
        self.about.setText(words)
        self.about.setToolTip(words)

    def words(self, layer: LayerInfo) -> str:
        """A layer in one line."""
        shape = " × ".join(map(str, layer.weight_shape))
        return self.tr("{0}: weights {1}, {2} bits, {3} to {4}").format(
            layer.name, shape, layer.weight_bits, f"{layer.weight_low:.3f}", f"{layer.weight_high:.3f}",
        ).replace("-", "\u2212")

    def _weight_facts(self, layer: LayerInfo, counted: bool) -> str:
        if not counted:
            return self.tr("{0} levels; not recorded in this run").format(2**layer.weight_bits)
        return self.tr("{0} levels per channel; {1} % clipped").format(
            2**layer.weight_bits, _percent(layer.weight_clipping))

    def _output_facts(self, report: LayerReport, index: int) -> str:
        layer = report.layers[index]
        if layer.activation_bits is None or layer.output_scale is None:
            return self.tr("stay float")
        levels = 2**layer.activation_bits
        if report.output_counts is None or report.output_zeros is None:
            return self.tr("{0} levels; not recorded in this run").format(levels)
        zeros = float(report.output_zeros[index])
        cut = self.tr("{0} levels; {1} % clipped").format(levels, _percent(layer.clipping_rate))
        if zeros < 0.005:
            return cut
        return self.tr("{0}; {1} % zeros hidden").format(cut, f"{100 * zeros:.0f}")

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        for plot in (self.weights, self.outputs):
            plot.theme = theme
            plot.update()


def _percent(part: float | None) -> str:
    return "\u2013" if part is None else f"{100 * part:.2f}"


def _weights(report: LayerReport, index: int) -> Histogram:
    """In levels: each channel has values of its own, but all have the same levels."""
    levels = 2 ** report.layers[index].weight_bits
    if report.weight_counts is None or report.weight_spans is None:
        return Histogram(None, -0.5, levels - 0.5, 0.0, 1.0, levels)
    first, last = map(float, report.weight_spans[index])
    return Histogram(report.weight_counts[index], first, last, 0.0, 1.0, levels)


def _outputs(report: LayerReport, index: int) -> Histogram | None:
    """In the outputs' own values; None where they stay float."""
    layer = report.layers[index]
    if layer.activation_bits is None or layer.output_scale is None:
        return None
    levels, step = 2**layer.activation_bits, layer.output_scale
    low = -(layer.output_zero_point or 0) * step
    if report.output_counts is None or report.output_spans is None or math.isnan(float(report.output_spans[index][0])):
        return Histogram(None, low - step / 2, low + (levels - 0.5) * step, low, step, levels)
    first, last = map(float, report.output_spans[index])
    return Histogram(report.output_counts[index], first, last, low, step, levels)
