"""The chosen model's layers as a tree: what they are, what they cost, at how many bits they will be quantized."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from acq_app.appearance.language import grouped, said
from acq_app.appearance.theme import GRID
from acq_app.dialogs.pages import Page
from acq_app.widgets.labels import bold, muted
from acq_app.widgets.taking_away import TableAway

NOTE = 6
MOST_NAMES = 12


@dataclass(frozen=True)
class LayerLine:
    """One module; `depth` 1 stands directly in the network. Bits are None where nothing is quantized."""

    name: str
    depth: int
    type: str
    shape: tuple[int, ...] | None
    parameters: int
    multiply_adds: int
    bits: int | None
    note: str
    is_batch_norm: bool


@dataclass(frozen=True)
class ModelLayers:
    """What the dialog shows."""

    title: str
    facts: str
    notes: tuple[str, ...]
    lines: tuple[LayerLine, ...]
    attention_layers: tuple[str, ...]


class ModelLayersDialog(Page):
    """The tree, a field that finds layers by a part of their name, and the totals above it."""

    def __init__(self, layers: ModelLayers, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__("", content, 118 * GRID, 78 * GRID, parent)
        self.setWindowTitle(self.tr("Model layers"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a layer"))
        self.field.setAccessibleName(self.tr("Find a layer"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.search)
        self.tree = QTreeWidget()
        TableAway(self.tree, self.tr("Model layers"))
        self.tree.setAccessibleName(self.tr("Layers"))
        self.tree.setHeaderLabels([
            self.tr("layer"), self.tr("type"), self.tr("output"), self.tr("parameters"), self.tr("multiply-adds"),
            self.tr("bits"), self.tr("note"),
        ])
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.items: dict[str, QTreeWidgetItem] = {}
        for line in layers.lines:
            self._add(line)
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(True)
        for column in range(NOTE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        column_layout = QVBoxLayout(content)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(GRID)
        column_layout.addWidget(bold(layers.title))
        self.facts = muted("\n".join((layers.facts, *(said(note) for note in layers.notes))), wrap=True)
        column_layout.addWidget(self.facts)
        column_layout.addWidget(self.field)
        column_layout.addWidget(self.tree, 1)
        names = layers.attention_layers
        listed = ", ".join(names[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")
        self.attention = muted(
            self.tr("Possible attention layers, last one first: {0}").format(listed), wrap=True)
        self.attention.setToolTip(", ".join(names))
        column_layout.addWidget(self.attention)

    def _add(self, line: LayerLine) -> None:
        bits = self.tr("BN") if line.is_batch_norm else "" if line.bits is None else str(line.bits)
        item = QTreeWidgetItem([
            line.name.rpartition(".")[2], line.type, " × ".join(map(str, line.shape or ())),
            grouped(line.parameters) if line.parameters else "",
            grouped(line.multiply_adds) if line.multiply_adds else "", bits, said(line.note),
        ])
        for column in (3, 4, 5):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(0, line.name)
        item.setToolTip(NOTE, said(line.note))
        parent = self.items.get(line.name.rpartition(".")[0])
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        self.items[line.name] = item

    @Slot(str)
    def search(self, text: str) -> None:
        """Hide what does not have this text in its name or type; what contains a hit stays."""
        wanted = text.strip().lower()
        shown: set[str] = set()
        for name, item in self.items.items():
            if wanted in name.lower() or wanted in item.text(1).lower():
                parts = name.split(".")
                shown.update(".".join(parts[:length]) for length in range(1, len(parts) + 1))
        for name, item in self.items.items():
            item.setHidden(name not in shown)
