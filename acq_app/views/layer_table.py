"""The quantized layers as a table model: what a column shows, how it sorts, what can be edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from acq_app.views.axes import value_text
from acq_app.views.bar_delegate import BAR_ROLE
from acq_engine.events import LayerInfo

translate = QCoreApplication.translate
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)


@dataclass(frozen=True)
class Column:
    """A column: `value` for sorting and bars, `text` for reading."""

    key: str
    title: str
    tip: str
    value: Callable[[LayerInfo], Any]
    text: Callable[[LayerInfo], str]
    bar: bool = False


def columns() -> tuple[Column, ...]:
    """All columns, in the user's language."""

    def number(value: float | None) -> str:
        if value is None:
            return "\u2013"
        return f"{value:.4f}" if value == 0 or abs(value) >= 1e-3 else f"{value:.1e}"

    def percent(value: float | None) -> str:
        return "\u2013" if value is None else f"{100 * value:.2f}\u202f%"

    return (
        Column("name", translate("Layers", "layer"), translate("Layers", "The module's path in the model"),
               lambda layer: layer.name, lambda layer: layer.name),
        Column("kind", translate("Layers", "kind"), translate("Layers", "What the layer computes"),
               lambda layer: layer.kind, lambda layer: layer.kind),
        Column("shape", translate("Layers", "weights"), translate("Layers", "Shape of the weights"),
               lambda layer: prod(layer.weight_shape), lambda layer: "\u00d7".join(map(str, layer.weight_shape))),
        Column("bits", translate("Layers", "bits"),
               translate("Layers", "Bits of each weight; double click to set them for the next run"),
               lambda layer: layer.weight_bits, lambda layer: str(layer.weight_bits)),
        Column("outputs", translate("Layers", "out bits"),
               translate("Layers", "Bits of each output; \u2013: the output stays float"),
               lambda layer: layer.activation_bits or 0,
               lambda layer: "\u2013" if layer.activation_bits is None else str(layer.activation_bits)),
        Column("low", translate("Layers", "from"), translate("Layers", "Lowest weight that can be represented"),
               lambda layer: layer.weight_low, lambda layer: value_text(layer.weight_low).replace("-", "\u2212")),
        Column("high", translate("Layers", "to"), translate("Layers", "Highest weight that can be represented"),
               lambda layer: layer.weight_high, lambda layer: value_text(layer.weight_high).replace("-", "\u2212")),
        Column("scale", translate("Layers", "out scale"),
               translate("Layers", "Step between two neighbouring output values"),
               lambda layer: layer.output_scale, lambda layer: number(layer.output_scale)),
        Column("error", translate("Layers", "error"),
               translate("Layers", "Squared error of the quantized weights, relative to their squares"),
               lambda layer: layer.weight_error, lambda layer: percent(layer.weight_error), bar=True),
        Column("clipping", translate("Layers", "clipped"),
               translate("Layers", "Outputs that lie outside the range that can be represented"),
               lambda layer: layer.clipping_rate, lambda layer: percent(layer.clipping_rate), bar=True),
        Column("sensitivity", translate("Layers", "sensitivity"),
               translate("Layers", "How much the answer changes if only this layer is quantized"),
               lambda layer: layer.sensitivity, lambda layer: number(layer.sensitivity), bar=True),
    )


class LayerTable(QAbstractTableModel):
    """Rows are layers in the order of the network."""

    bitsAsked = Signal(str, int)  # layer, bits: for the next run

    def __init__(self) -> None:
        super().__init__()
        self.layers: tuple[LayerInfo, ...] = ()
        self.columns = columns()
        self.asked: dict[str, int] = {}
        self._largest: dict[str, float] = {}

    def show_layers(self, layers: tuple[LayerInfo, ...]) -> None:
        """Show these layers; bits that were asked for and are now in use are no longer marked."""
        self.beginResetModel()
        self.layers = layers
        self.asked = {layer.name: self.asked[layer.name] for layer in layers
                      if self.asked.get(layer.name, layer.weight_bits) != layer.weight_bits}
        for column in self.columns:
            if column.bar:
                known = [value for value in map(column.value, layers) if value is not None]
                self._largest[column.key] = max(known, default=0.0)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.layers)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return {int(Qt.ItemDataRole.DisplayRole): column.title, int(Qt.ItemDataRole.ToolTipRole): column.tip}.get(role)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        layer, column = self.layers[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            asked = self.asked.get(layer.name) if column.key == "bits" else None
            return column.text(layer) if asked is None else f"{column.text(layer)} \u2192 {asked}"
        if role == Qt.ItemDataRole.EditRole and column.key == "bits":
            return self.asked.get(layer.name, layer.weight_bits)
        if role == SORT_ROLE:
            value = column.value(layer)
            return -1.0 if value is None else value
        if role == BAR_ROLE and column.bar:
            value, largest = column.value(layer), self._largest[column.key]
            return None if value is None else value / largest if largest > 0 else 0.0
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{layer.name}\n{column.tip}"
        return None

    @staticmethod
    def _alignment(column: Column) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column.key in ("name", "kind") else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].key == "bits" else flags

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        layer = self.layers[index.row()]
        if role != Qt.ItemDataRole.EditRole or not 2 <= int(value) <= 8:
            return False
        if int(value) == layer.weight_bits:
            self.asked.pop(layer.name, None)
        else:
            self.asked[layer.name] = int(value)
        self.dataChanged.emit(index, index)
        self.bitsAsked.emit(layer.name, int(value))
        return True
