"""The layers view: what became of each layer, and how many bits it has."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from acq_app.theme import GRID, HALF, Theme, load_theme
from acq_app.views.axes import bytes_text
from acq_app.views.bar_delegate import BarDelegate, fit_columns
from acq_app.views.base import View
from acq_app.views.empty import table_rows
from acq_app.views.layer_table import SORT_ROLE, LayerTable
from acq_engine.events import Event, LayerInfo, LayerReport, RunStarted


class BitsDelegate(QStyledItemDelegate):
    """Bits are chosen between 2 and 8."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        box = QSpinBox(parent)
        box.setRange(2, 8)
        box.setAccessibleName(self.tr("Bits of the layer's weights"))
        return box


class WeightGrid(QWidget):
    """The values that a layer's weights can have, on a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.layer: LayerInfo | None = None
        self.setFixedHeight(self.fontMetrics().height() * 2 + 3 * GRID)

    def show_layer(self, layer: LayerInfo | None) -> None:
        self.layer = layer
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """The layer's grid in one line."""
        if self.layer is None:
            return self.tr("Select a layer to see the values that its weights can have.")
        layer = self.layer
        step = (layer.weight_high - layer.weight_low) / (2**layer.weight_bits - 1)
        return self.tr("{0}: {1} bit, {2} values in steps of {3} from {4} to {5}").format(
            layer.name, layer.weight_bits, 2**layer.weight_bits, f"{step:.4f}", f"{layer.weight_low:.3f}",
            f"{layer.weight_high:.3f}").replace("-", "\u2212")

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = self.fontMetrics().height()
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QRectF(0, 0, self.width(), line + HALF), Qt.AlignmentFlag.AlignVCenter, self.words())
        layer = self.layer
        if layer is None or layer.weight_high <= layer.weight_low:
            return
        reach = max(abs(layer.weight_low), abs(layer.weight_high)) * 1.05
        middle, base = self.width() / 2, line + 2.5 * GRID

        def x_of(value: float) -> float:
            return middle + value / reach * (middle - GRID)

        painter.setPen(QPen(QColor(self.theme.border), 1))
        painter.drawLine(QPointF(GRID, base), QPointF(self.width() - GRID, base))
        painter.setPen(QPen(QColor(self.theme.curves[0]), 1))
        for number in range(2**layer.weight_bits):
            x = x_of(layer.weight_low + number * (layer.weight_high - layer.weight_low) / (2**layer.weight_bits - 1))
            painter.drawLine(QPointF(x, base - GRID), QPointF(x, base))
        painter.setPen(QPen(QColor(self.theme.text), 1))
        painter.drawLine(QPointF(x_of(0), base - GRID - HALF), QPointF(x_of(0), base + HALF))
        painter.drawText(QPointF(x_of(0) + HALF, base + line - HALF), "0")


class LayersView(View):
    """All quantized layers in a table that can be searched and sorted."""

    layerBitsRequested = Signal(str, int)  # layer and weight bits, for the next run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Layers")
        self._report: tuple[LayerInfo, ...] = ()
        self.table = LayerTable()
        self.table.setParent(self)
        self.table.bitsAsked.connect(self.layerBitsRequested)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.table)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.proxy.setFilterKeyColumn(0)
        self.list = QTableView()
        self.list.setModel(self.proxy)
        self.list.setAccessibleName(self.tr("Table of the quantized layers"))
        self.list.setSortingEnabled(True)
        self.list.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setFrameShape(QTableView.Shape.NoFrame)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID + 2)
        header = self.list.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        self._bars, self._bits = BarDelegate(self), BitsDelegate(self)
        for number, column in enumerate(self.table.columns):
            if column.bar:
                self.list.setItemDelegateForColumn(number, self._bars)
            elif column.key == "bits":
                self.list.setItemDelegateForColumn(number, self._bits)
        self.grid = WeightGrid()
        self.list.selectionModel().currentRowChanged.connect(self._row_changed)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, GRID, GRID, HALF)
        layout.setSpacing(GRID)
        layout.addLayout(self._tools())
        layout.addWidget(self.list, 1)
        layout.addWidget(self.grid)
        self.content = content
        self.set_content(content, self.tr("Every quantized layer appears here after calibration: its bits, ranges "
                                          "and error."), table_rows)
        self.set_theme(self.theme)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("search a layer"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Part of a layer's name"))
        self.search.setToolTip(self.tr("Show layers whose name contains this text"))
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(self.proxy.setFilterFixedString)
        self.summary = QLabel()
        self.summary.setToolTip(self.tr("Computed from shapes and bits; scales and zero points come on top"))
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.summary)
        return row

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, LayerReport):
            self._report = event.layers
            self.show_content(bool(event.layers))
            self.request_refresh()
        elif isinstance(event, RunStarted) and event.resumed_from_step is None:
            self.reset()

    def reset(self) -> None:
        super().reset()
        self._report = ()
        self.table.asked.clear()
        self.table.show_layers(())
        self.grid.show_layer(None)

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.table.layers == self._report:
            return
        first = not self.table.layers
        for number, column in enumerate(self.table.columns):  # what no layer has been measured for is not shown
            self.list.setColumnHidden(number, all(column.value(layer) is None for layer in self._report))
        chosen = self.grid.layer.name if self.grid.layer is not None else None
        self.table.show_layers(self._report)
        if first:
            fit_columns(self.list)
        names = [layer.name for layer in self._report]
        if chosen in names:
            self.list.selectRow(self.proxy.mapFromSource(self.table.index(names.index(chosen), 0)).row())
        count = sum(prod(layer.weight_shape) for layer in self._report)
        bits = sum(prod(layer.weight_shape) * layer.weight_bits for layer in self._report)
        words = self.tr("%n layer(s); weights {0} → {1}, {2} bit on average", "", len(self._report))
        self.summary.setText(words.format(
            bytes_text(4 * count), bytes_text(bits // 8), f"{bits / max(count, 1):.2f}"))

    def _row_changed(self, current: QModelIndex) -> None:
        row = self.proxy.mapToSource(current).row()
        self.grid.show_layer(self.table.layers[row] if 0 <= row < len(self.table.layers) else None)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._bars.theme = self.grid.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)
        self.list.viewport().update()
        self.grid.update()
