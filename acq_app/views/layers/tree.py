"""The quantized layers as a tree of modules, or as a list: what a cell shows, how it sorts, what can be edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from acq_app.views.layers.columns import Column, columns
from acq_app.views.shared.bar_delegate import BAR_ROLE
from acq_engine.events import LayerInfo

SORT_ROLE = int(Qt.ItemDataRole.UserRole)
PATH_ROLE = SORT_ROLE + 2  # the whole module path, for the search
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
BITS = range(2, 9)


@dataclass
class Node:
    """A module: one layer, or a group of what is inside it. `layers` are numbers of layers."""

    path: str
    text: str
    parent: int
    row: int
    layers: list[int] = field(default_factory=list)
    children: list[int] = field(default_factory=list)


def module_tree(names: Sequence[str]) -> list[Node]:
    """Nodes by number, the root first. A group that would hold one node alone is joined with it."""
    inside: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        parts = name.split(".")
        for length in range(len(parts)):
            inside.setdefault(".".join(parts[:length]), []).append(number)
    nodes = [Node("", "", -1, 0, list(range(len(names))))]
    at: dict[str, int] = {"": 0}

    def add(path: str, above: str, layers: list[int]) -> None:
        parent = nodes[at[above]]
        at[path] = len(nodes)
        text = path[len(above) + 1:] if above else path
        nodes.append(Node(path, text, at[above], len(parent.children), layers))
        parent.children.append(at[path])

    for number, name in enumerate(names):
        above, parts = "", name.split(".")
        for length in range(1, len(parts)):
            path = ".".join(parts[:length])
            if len(inside[path]) == 1 or (len(inside[path]) == len(inside[above]) and above):
                continue  # it would hold nothing but the next one
            if path not in at:
                add(path, above, inside[path])
            above = path
        add(name, above, [number])
    return nodes


class LayerTree(QAbstractItemModel):
    """Rows are modules in the order of the network. Bits for the next run are asked for, not set here."""

    bitsAsked = Signal(dict)  # layer names and bits; 0 takes a layer's own bits back

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layers: tuple[LayerInfo, ...] = ()
        self.columns: tuple[Column, ...] = columns()
        self.asked: dict[str, int] = {}
        self.flat = False
        self.nodes = module_tree(())
        self._largest: dict[str, float] = {}

    def show_layers(self, layers: tuple[LayerInfo, ...]) -> None:
        """Show these layers. Rows stay the same where the names do."""
        same = [layer.name for layer in layers] == [layer.name for layer in self.layers]
        if not same:
            self.beginResetModel()
        self.layers = layers
        for column in self.columns:
            if column.bar:
                known = [value for value in map(column.value, layers) if value is not None]
                self._largest[column.key] = max(known, default=0.0)
        if same:
            self._all_changed()
        else:
            self._build()
            self.endResetModel()

    def set_flat(self, flat: bool) -> None:
        """A list of layers by their whole paths, or the tree."""
        self.beginResetModel()
        self.flat = flat
        self._build()
        self.endResetModel()

    def show_asked(self, asked: Mapping[str, int]) -> None:
        """Show which bits single layers will have in the next run."""
        if dict(asked) != self.asked:
            self.asked = dict(asked)
            self._all_changed()

    def _build(self) -> None:
        names = [layer.name for layer in self.layers]
        if self.flat:
            self.nodes = [Node("", "", -1, 0, list(range(len(names))), list(range(1, len(names) + 1))),
                          *(Node(name, name, 0, row, [row]) for row, name in enumerate(names))]
        else:
            self.nodes = module_tree(names)

    def _all_changed(self) -> None:
        for number, node in enumerate(self.nodes):
            if node.children:
                top = _ROOT if number == 0 else self.createIndex(node.row, 0, number)
                last = len(self.columns) - 1
                self.dataChanged.emit(self.index(0, 0, top), self.index(len(node.children) - 1, last, top))

    # --- structure -------------------------------------------------------------------------------

    def node(self, index: Index) -> Node:
        """The node of an index; the root's of none."""
        return self.nodes[index.internalId()] if index.isValid() else self.nodes[0]

    def layer_index(self, name: str) -> QModelIndex:
        """The index of a layer's row."""
        for number, node in enumerate(self.nodes):
            if node.path == name and not node.children and number:
                return self.createIndex(node.row, 0, number)
        return QModelIndex()

    def layers_of(self, index: Index) -> list[LayerInfo]:
        """The layers in a row, in the order of the network."""
        return [self.layers[number] for number in self.node(index).layers]

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        children = self.node(parent).children
        if not 0 <= row < len(children) or not 0 <= column < len(self.columns):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # the other one has no argument
        above = self.node(index).parent
        return self.createIndex(self.nodes[above].row, 0, above) if above > 0 else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return len(self.columns)

    # --- what is shown ---------------------------------------------------------------------------

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return {DISPLAY: column.title, int(Qt.ItemDataRole.ToolTipRole): column.tip}.get(role)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        node, column = self.node(index), self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == PATH_ROLE:
            return node.path
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{node.path}\n{column.tip}"
        layers = [self.layers[number] for number in node.layers]
        value = column.group_value(layers) if node.children else column.value(layers[0])
        if role == SORT_ROLE:
            return node.layers[0] if column.key == "name" else -1.0 if value is None else value
        if role == BAR_ROLE and column.bar and not node.children:
            largest = self._largest[column.key]
            return None if value is None else value / largest if largest > 0 else 0.0
        if role == EDIT and column.key == "bits":
            return self.asked.get(layers[0].name, layers[0].weight_bits)
        if role == DISPLAY:
            return self._text(node, column, layers)
        return None

    def _text(self, node: Node, column: Column, layers: list[LayerInfo]) -> str:
        if column.key == "name":
            return node.text
        text = column.group_text(layers) if node.children else column.text(layers[0])
        if column.key != "bits" or all(self._planned(layer) == layer.weight_bits for layer in layers):
            return text
        planned = [LayerInfo(layer.name, layer.kind, layer.weight_shape, self._planned(layer), None, 0, 0)
                   for layer in layers]
        return f"{text} \u2192 {column.group_text(planned) if node.children else column.text(planned[0])}"

    def _planned(self, layer: LayerInfo) -> int:
        return self.asked.get(layer.name, layer.weight_bits)

    # --- editing ---------------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        editable = index.isValid() and self.columns[index.column()].key == "bits"
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        if role != EDIT or int(value) not in BITS:
            return False
        self.ask({layer.name: int(value) for layer in self.layers_of(index)})
        return True

    def ask(self, bits: dict[str, int]) -> None:
        """Ask for bits in the next run, or for none of their own (0)."""
        if bits:
            self.bitsAsked.emit(bits)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column.key in ("name", "kind") else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
