"""The dialog that chooses each layer's bits: what they cost, a budget, and the result before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import grouped
from acq_app.appearance.theme import GRID, Theme
from acq_app.appearance.units import size_text
from acq_app.dialogs.budget_curve import BudgetCurve
from acq_app.dialogs.layer_costs import BitChoice, Budget, LayerCost, cost, percent
from acq_app.widgets.labels import Button, muted, set_colour
from acq_app.widgets.segmented import Segmented
from acq_app.widgets.taking_away import TableAway
from acq_engine.events import Failed

SETTLE_MS = 200  # after the last change of the budget
NAME, WEIGHTS, NOW, NEW, COST_NOW, COST_NEW = range(6)


class BitsDialog(QDialog):
    """Asks for measurements and choices by signals, shows what it is given, and hands over what is taken.

    Args:
        sources: (value, text) of what can make the samples.
        own: Layers whose bits are set one by one already, with their bits.
        theme: For the buttons.
    """

    measureRequested = Signal(str)
    stopRequested = Signal()
    budgetChanged = Signal(object)  # Budget
    curveRequested = Signal(dict)  # the layers that are held, with their bits
    taken = Signal(dict)  # bits of single layers, for the settings

    def __init__(self, sources: list[tuple[str, str]], own: Mapping[str, int], theme: Theme,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.own = theme, dict(own)
        self.layers: tuple[LayerCost, ...] = ()
        self.choice: BitChoice | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Bit allocation"))
        self.resize(96 * GRID, 84 * GRID)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(muted(self.tr(
            "Some layers are more sensitive to quantization than others. This measures, on synthetic samples, how much "
            "the model's output changes if the weights of a single layer have 2 to 8 bits, and finds the bits with the "
            "smallest total error."),
            wrap=True))
        column.addLayout(self._measuring(sources))
        column.addWidget(self._table(), 1)
        column.addLayout(self._budget())
        self.curve = BudgetCurve(theme)
        self.curve.sizeChosen.connect(self._size_chosen)
        self.curve.hide()
        column.addWidget(self.curve)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setMinimumHeight(2 * self.fontMetrics().height() + 2)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.summary)
        column.addLayout(self._buttons())
        self._show_busy(False)
        self._say(self.tr("Measure first. The result is shown here before anything changes."))

    # --- building --------------------------------------------------------------------------------

    def _measuring(self, sources: list[tuple[str, str]]) -> QHBoxLayout:
        self.source = QComboBox()
        self.source.setAccessibleName(self.tr("Samples from"))
        for value, text in sources:
            self.source.addItem(text, value)
        self.measure = Button(self.tr("&Measure"))
        self.measure.setToolTip(self.tr("Measure how sensitive each layer is"))
        self.measure.clicked.connect(self._measure)
        self.stop = Button(self.tr("&Stop"))
        self.stop.setToolTip(self.tr("Stop the measurement"))
        self.stop.clicked.connect(self._stop)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress of the measurement"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        label = QLabel(self.tr("Samples from"))
        label.setBuddy(self.source)
        row.addWidget(label)
        row.addWidget(self.source, 1)
        row.addWidget(self.progress, 1)
        row.addWidget(self.measure)
        row.addWidget(self.stop)
        return row

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, 6)
        TableAway(self.table, self.tr("Bit allocation"))
        self.table.setAccessibleName(self.tr("Layers, their bits and the resulting error"))
        titles = (
            (self.tr("layer (ticked: locked)"), self.tr("Tick a layer to lock its bits")),
            (self.tr("weights"), self.tr("Number of weights")),
            (self.tr("bits, now"), self.tr("Bits with the current settings")),
            (self.tr("bits, new"), self.tr("Bits allocated within the budget")),
            (self.tr("error, now"), self.tr("Change of the model's output if only this layer has its current bits")),
            (self.tr("error, new"), self.tr("Change of the model's output if only this layer has its new bits")),
        )
        for column, (title, tip) in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(column, item)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._held_changed)
        return self.table

    def _budget(self) -> QHBoxLayout:
        self.kind = Segmented((
            ("size", self.tr("Size"), self.tr("Maximum size of the weights of all layers, in kilobytes")),
            ("mean", self.tr("Average bits"), self.tr("Maximum average bits of the layers that are not locked")),
        ))
        self.kind.set_value("size")
        self.kind.chosen.connect(self._kind_chosen)
        self.size_box = QDoubleSpinBox()
        self.size_box.setDecimals(1)
        self.size_box.setSuffix(self.tr(" kB"))
        self.size_box.setAccessibleName(self.tr("Size of all weights"))
        self.mean_box = QDoubleSpinBox()
        self.mean_box.setDecimals(2)
        self.mean_box.setRange(2, 8)
        self.mean_box.setSingleStep(0.1)
        self.mean_box.setSuffix(self.tr(" bits"))
        self.mean_box.setAccessibleName(self.tr("Average bits"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(QLabel(self.tr("Budget")))
        row.addWidget(self.kind)
        for box in (self.size_box, self.mean_box):
            box.setMinimumWidth(14 * GRID)
            box.valueChanged.connect(self._changed)
            row.addWidget(box)
        self.mean_box.hide()
        self.range = muted()
        row.addWidget(self.range)
        row.addStretch(1)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.close_button = Button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.take = Button(self.tr("&Use for the next run"))
        self.take.setToolTip(self.tr("Apply these bits per layer; Undo reverts it"))
        self.take.clicked.connect(self._take)
        for button in (self.measure, self.stop, self.close_button, self.take):
            button.set_theme(self.theme)
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.take)
        return row

    # --- measuring -------------------------------------------------------------------------------

    @Slot()
    def _measure(self) -> None:
        self._show_busy(True)
        self.show_progress("", 0, 0)
        self.measureRequested.emit(str(self.source.currentData()))

    @Slot()
    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.progress.setFormat(self.tr("stopping"))
        self.stopRequested.emit()

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        self.source.setVisible(not busy)
        self.measure.setVisible(not busy)
        there = bool(self.layers) and not busy
        for widget in (self.table, self.kind, self.size_box, self.mean_box):
            widget.setEnabled(there)
        self.take.setEnabled(there and self.choice is not None)
        self.measure.set_bright(not self.layers)
        self.take.set_bright(self.take.isEnabled())

    def show_progress(self, title: str, done: int, total: int) -> None:
        """How far the measurement is; a total of 0 is not known yet."""
        words = {"generator": self.tr("training a generator: step %v of %m"),
                 "layers": self.tr("measuring: pass %v of %m")}
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setFormat(words.get(title, self.tr("loading")))

    def show_layers(self, layers: tuple[LayerCost, ...]) -> None:
        """The measurement has ended."""
        self.layers, self.choice = layers, None
        free = {layer.name for layer in layers if not layer.end}
        # Where every layer has bits of its own they were chosen here before, and may be chosen anew.
        own = set() if free <= set(self.own) else set(self.own)
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(layers))
            for row, layer in enumerate(layers):
                texts = (layer.name, grouped(layer.weights), str(layer.bits), "", percent(cost(layer, layer.bits)), "")
                for column, text in enumerate(texts):
                    item = QTableWidgetItem(text)
                    side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
                    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                    self.table.setItem(row, column, item)
                held = layer.end or layer.name in own
                name = self.table.item(row, NAME)
                assert name is not None
                name.setFlags(name.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                name.setCheckState(Qt.CheckState.Checked if held else Qt.CheckState.Unchecked)
                name.setToolTip(self.tr("First or last layer: its bits have their own setting") if layer.end
                                else layer.name)
        self._set_ranges(first=True)
        self._show_busy(False)
        self._ask()
        self.curveRequested.emit(self.held())

    def show_failure(self, failed: Failed | None) -> None:
        """The measurement was stopped (None), or what was asked for can't be done."""
        self._show_busy(False)
        if failed is None:
            self._say(self.tr("Stopped. Nothing was changed."))
            return
        self.choice = None
        self._show_busy(False)
        self._show_rows()
        self._say(" ".join(part for part in (failed.message, failed.cause, failed.hint) if part), bad=True)

    # --- the budget ------------------------------------------------------------------------------

    def held(self) -> dict[str, int]:
        """The layers that are ticked, with their bits."""
        return {layer.name: layer.bits for row, layer in enumerate(self.layers)
                if (item := self.table.item(row, NAME)) is not None and item.checkState() == Qt.CheckState.Checked}

    def _set_ranges(self, *, first: bool = False) -> None:
        held = self.held()

        def size(bits: int | None) -> int:
            return sum(layer.bytes_at(layer.bits if bits is None or layer.name in held else bits)
                       for layer in self.layers)

        low, high = size(2) / 1000, size(8) / 1000
        with QSignalBlocker(self.size_box), QSignalBlocker(self.mean_box):
            self.size_box.setRange(ceil(low * 10 - 1e-6) / 10, ceil(high * 10 - 1e-6) / 10)
            self.size_box.setSingleStep(max(0.1, round((high - low) / 60, 1)))
            if first:
                free = [layer for layer in self.layers if layer.name not in held]
                weights = sum(layer.weights for layer in free)
                self.size_box.setValue(-(-size(None) // 100) / 10)
                self.mean_box.setValue(sum(layer.weights * layer.bits for layer in free) / max(weights, 1))
        self._show_range()

    def _show_range(self) -> None:
        box = self.size_box if self.kind.value() == "size" else self.mean_box
        self.range.setText(self.tr("{0} to {1}").format(
            box.textFromValue(box.minimum()), box.textFromValue(box.maximum()) + box.suffix()) if self.layers else "")

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        self.size_box.setVisible(kind == "size")
        self.mean_box.setVisible(kind == "mean")
        self._show_range()
        self._changed()

    @Slot()
    def _held_changed(self) -> None:
        self._set_ranges()
        self._changed()
        self.curveRequested.emit(self.held())

    def show_curve(self, choices: tuple[BitChoice, ...]) -> None:
        """The best allocations of all sizes, with the layers that are held."""
        size = sum(layer.bytes_at(layer.bits) for layer in self.layers)
        self.curve.show_points(choices, (size, sum(cost(layer, layer.bits) for layer in self.layers)))
        self.curve.show()

    @Slot(int)
    def _size_chosen(self, size: int) -> None:
        if self.size_box.isEnabled():
            self.kind.set_value("size")
            self._kind_chosen("size")
            self.size_box.setValue(size / 1000)

    @Slot()
    def _changed(self) -> None:
        if self.layers:
            self.take.setEnabled(False)  # until the result is shown
            self._settle.start()

    @Slot()
    def _ask(self) -> None:
        if self.kind.value() == "size":
            self.budgetChanged.emit(Budget(self.held(), size_bytes=round(self.size_box.value() * 1000)))
        else:
            self.budgetChanged.emit(Budget(self.held(), mean_bits=self.mean_box.value()))

    # --- the result ------------------------------------------------------------------------------

    def show_choice(self, choice: BitChoice) -> None:
        """The bits that the budget gives."""
        if self._settle.isActive():  # the budget has changed meanwhile
            return
        self.choice = choice
        self.curve.show_choice(choice)
        self._show_rows()
        now = sum(cost(layer, layer.bits) for layer in self.layers)
        size = sum(layer.bytes_at(layer.bits) for layer in self.layers)
        weights = sum(layer.weights for layer in self.layers)
        mean = sum(layer.weights * choice.bits[layer.name] for layer in self.layers) / max(weights, 1)
        self._say(self.tr(
            "Weights {0} → {1}, {2} bits on average. Total error {3} → {4}, an estimate; the run measures the real "
            "effect.").format(size_text(size), size_text(choice.size), f"{mean:.2f}", percent(now),
                                        percent(choice.error)))
        self._show_busy(False)

    def _show_rows(self) -> None:
        with QSignalBlocker(self.table):
            for row, layer in enumerate(self.layers):
                bits = None if self.choice is None else self.choice.bits[layer.name]
                new, price = self.table.item(row, NEW), self.table.item(row, COST_NEW)
                assert new is not None and price is not None
                new.setText("" if bits is None else str(bits) if bits == layer.bits else f"\u2192 {bits}")
                price.setText("" if bits is None else percent(cost(layer, bits)))
                font = new.font()
                font.setBold(bits is not None and bits != layer.bits)
                new.setFont(font)

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.summary.setText(text)
        set_colour(self.summary, self.theme.bad if bad else "")

    @Slot()
    def _take(self) -> None:
        if self.choice is None:
            return
        bits = {layer.name: self.choice.bits[layer.name] for layer in self.layers
                if not layer.end or layer.name in self.own or self.choice.bits[layer.name] != layer.bits}
        self.taken.emit(bits)
        self.accept()

    def reject(self) -> None:
        self.stopRequested.emit()
        super().reject()
