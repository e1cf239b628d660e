"""The layers view: what became of each layer, how many bits it has, and how its values lie on their levels."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.views.layers.columns import mean_bits
from acq_app.views.layers.detail import LayerDetail
from acq_app.views.layers.tree import BITS, PATH_ROLE, SORT_ROLE, LayerTree
from acq_app.views.shared.axes import bytes_text
from acq_app.views.shared.bar_delegate import BarDelegate
from acq_app.views.shared.base import View
from acq_app.views.shared.empty import table_rows
from acq_app.views.shared.fitted_columns import FittedColumns
from acq_app.widgets.labels import ElidedLabel
from acq_app.widgets.segmented import Segmented
from acq_app.widgets.taking_away import PictureAway, TableAway
from acq_engine.events import Event, LayerReport, RunStarted


class BitsDelegate(QStyledItemDelegate):
    """Bits are chosen between 2 and 8."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        box = QSpinBox(parent)
        box.setRange(BITS[0], BITS[-1])
        box.setAccessibleName(self.tr("Bits of the layer's weights"))
        return box


class LayerTreeView(QTreeView):
    """The keys 2 to 8 ask for bits of all selected rows, Delete takes them back, F2 edits those of one."""

    bitsTyped = Signal(int)  # 0: take back
    editAsked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text().isdigit() and int(event.text()) in BITS:
            self.bitsTyped.emit(int(event.text()))
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.bitsTyped.emit(0)
        elif key == Qt.Key.Key_F2:
            self.editAsked.emit()
        else:
            super().keyPressEvent(event)


class LayersView(View):
    """All quantized layers in a tree that can be searched and sorted; below it the selected one's histograms."""

    layerBitsRequested = Signal(dict)  # layers and weight bits for the next run; 0: none of their own
    chooseBitsRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Layers")
        self._report: LayerReport | None = None
        self._drawn: LayerReport | None = None
        self.table = LayerTree(self)
        self.table.bitsAsked.connect(self.layerBitsRequested)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.table)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.proxy.setFilterRole(PATH_ROLE)
        self.proxy.setRecursiveFilteringEnabled(True)
        self.list = LayerTreeView()
        self._build_list()
        TableAway(self.list, self.title, self.errorRaised.emit)
        self.detail = LayerDetail()
        PictureAway(self.detail, self.tr("Layer"), self.errorRaised.emit)
        self.list.selectionModel().currentRowChanged.connect(self._row_changed)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.detail)
        self.detail.raise_()  # Tab reaches it behind the tree
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(GRID, GRID, GRID, HALF)
        layout.setSpacing(GRID)
        layout.addLayout(self._tools())
        layout.addWidget(self.split, 1)
        self.content = content
        self.set_content(content, self.tr("Every quantized layer appears here after calibration, with bits, ranges, "
                                          "errors and histograms."), table_rows)
        self.set_theme(self.theme)

    def _build_list(self) -> None:
        self.list.setModel(self.proxy)
        self.list.setAccessibleName(self.tr("Tree of the quantized layers"))
        self.list.setSortingEnabled(True)
        self.list.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAllColumnsShowFocus(True)
        self.list.setUniformRowHeights(True)
        self._columns = FittedColumns(self.list)
        self.list.setIndentation(2 * GRID)
        self.list.setTabKeyNavigation(False)
        self.list.setFrameShape(QTreeView.Shape.NoFrame)
        self.list.setMinimumHeight(12 * GRID)
        self.list.header().setStretchLastSection(False)  # its figures would stand far from all others
        self.list.bitsTyped.connect(self._ask_for_selected)
        self.list.editAsked.connect(self._edit_current)
        self._bars, self._bits = BarDelegate(self), BitsDelegate(self)
        for number, column in enumerate(self.table.columns):
            if column.bar:
                self.list.setItemDelegateForColumn(number, self._bars)
            elif column.key == "bits":
                self.list.setItemDelegateForColumn(number, self._bits)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("search layers"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Part of a layer's name"))
        self.search.setToolTip(self.tr("Show layers whose name contains this text"))
        self.search.setMaximumWidth(240)
        self.search.setMinimumWidth(15 * GRID)
        self.search.textChanged.connect(self._search)
        self.shape = Segmented((
            ("tree", self.tr("Tree"), self.tr("Layers grouped by module")),
            ("list", self.tr("List"), self.tr("All layers in one list; click a column's title to sort")),
        ))
        self.shape.set_value("tree")
        self.shape.chosen.connect(self._shape_chosen)
        self.summary = ElidedLabel()
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.choose = QPushButton(self.tr("Bit allocation..."))
        self.choose.setToolTip(self.tr("Find the bits per layer with the smallest error within a size or an average "
                                       "bit width"))
        self.choose.clicked.connect(self.chooseBitsRequested)
        row.addWidget(self.search)
        row.addWidget(self.shape)
        row.addWidget(self.summary, 1)
        row.addWidget(self.choose)
        return row

    # --- events ------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        if isinstance(event, LayerReport):
            self._report = event
            self.show_content(bool(event.layers))
            self.request_refresh()
        elif isinstance(event, RunStarted) and event.resumed_from_step is None:
            self.reset()

    def reset(self) -> None:
        super().reset()
        self._report = self._drawn = None
        self.table.show_layers(())
        self.detail.show_nothing("")

    def show_asked(self, bits: Mapping[str, int]) -> None:
        """Show which bits single layers will have in the next run, as the settings say."""
        self.table.show_asked(bits)

    # --- drawing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        report = self._report
        if report is None or report is self._drawn:
            return
        first, self._drawn = not self.table.layers, report
        for number, column in enumerate(self.table.columns):  # what no layer has been measured for is not shown
            self.list.setColumnHidden(number, all(column.value(layer) is None for layer in report.layers))
        chosen = self.detail.layer
        self.table.show_layers(report.layers)
        if first:
            self.list.expandAll()
            self._columns.fit()
        self._select(chosen.name if chosen is not None else report.layers[0].name if report.layers else "")
        bits = sum(prod(layer.weight_shape) * layer.weight_bits for layer in report.layers)
        count = sum(prod(layer.weight_shape) for layer in report.layers)
        words = self.tr("%n layer(s); {0} → {1}, {2} bits on average", "", len(report.layers))
        words = words.format(bytes_text(4 * count), bytes_text(bits // 8), f"{mean_bits(report.layers):.2f}")
        about = self.tr("Size of the weights, computed from shapes and bits, without scales and zero points")
        self.summary.setText(words)
        self.summary.setToolTip(f"{words}\n{about}")

    def _select(self, name: str) -> None:
        index = self.proxy.mapFromSource(self.table.layer_index(name))
        if index.isValid():
            if index != self.list.currentIndex():
                self.list.setCurrentIndex(index)
            self._row_changed(index)

    @Slot(QModelIndex)
    def _row_changed(self, current: QModelIndex) -> None:
        report, source = self._drawn, self.proxy.mapToSource(current)
        if report is None or not source.isValid():
            return
        node = self.table.node(source)
        if node.children:
            layers = self.table.layers_of(source)
            words = self.tr("{0}: {1} layers, {2} bits on average. Select one to see its weights and activations.")
            self.detail.show_nothing(words.format(node.path, len(layers), f"{mean_bits(layers):.2f}"))
        else:
            self.detail.show_layer(report, node.layers[0])

    @Slot(str)
    def _search(self, text: str) -> None:
        self.proxy.setFilterFixedString(text.strip())
        self.list.expandAll()

    @Slot(str)
    def _shape_chosen(self, shape: str) -> None:
        chosen = self.detail.layer
        self.table.set_flat(shape == "list")
        self.list.setRootIsDecorated(shape == "tree")
        self.list.expandAll()
        self._columns.fit()
        if chosen is not None:
            self._select(chosen.name)

    # --- bits for the next run ---------------------------------------------------------------

    @Slot(int)
    def _ask_for_selected(self, bits: int) -> None:
        rows = map(self.proxy.mapToSource, self.list.selectionModel().selectedRows())
        self.table.ask({layer.name: bits for row in rows for layer in self.table.layers_of(row)})

    @Slot()
    def _edit_current(self) -> None:
        column = [column.key for column in self.table.columns].index("bits")
        self.list.edit(self.list.currentIndex().siblingAtColumn(column))

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._bars.theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.content.setPalette(palette)
        self.content.setAutoFillBackground(True)
        self.list.viewport().update()
        self.detail.set_theme(theme)
