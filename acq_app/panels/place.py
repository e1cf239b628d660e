"""The field "Compute on": this computer, or the address of a cluster, chosen or typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.widgets.help_topic import set_topic
from acq_app.widgets.labels import muted, set_colour
from acq_app.widgets.quiet import QuietCombo


class ComputeOn(QWidget):
    """Says what the user chose; what it shows is handed to it."""

    chosen = Signal(str)  # an address as it was typed, or "" for this computer
    forgotten = Signal(str)  # an address that is not to be offered any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_topic(self, "cluster")
        self._theme: Theme | None = None
        self._bad = False
        self._address = ""
        self.label = QLabel(self.tr("Compute on"))  # as narrow as it can be: addresses are long
        self.place = QuietCombo()
        self.place.setEditable(True)
        self.place.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.place.setAccessibleName(self.label.text())
        self._tip = self.tr("This computer, or a Dask cluster: tcp://HOST:8786. The window follows a run there as one "
                            "here.")
        self.place.setAccessibleDescription(self._tip)
        self.label.setToolTip(self._tip)
        self.label.setBuddy(self.place)
        self.forget = QToolButton()
        self.forget.setAutoRaise(True)
        self.forget.setIconSize(QSize(14, 14))
        self.forget.setFixedSize(3 * GRID - 2, 3 * GRID - 2)
        self.forget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.forget.setToolTip(self.tr("Forget this address"))
        self.forget.setAccessibleName(self.tr("Forget this address"))
        self.forget.clicked.connect(lambda: self.forgotten.emit(self._address))
        self.note = muted(small=True, wrap=True)
        self.note.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(HALF)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.place, 0, 1)
        grid.addWidget(self.forget, 0, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.place.activated.connect(self._picked)
        line = self.place.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._typed)
        self.show_place("", (), "", bad=False)

    def show_place(self, address: str, known: tuple[str, ...], note: str, *, bad: bool) -> None:
        """Show the choice, and what is to be said of it; `bad`: it speaks against starting."""
        self._address, self._bad = address, bad
        self.place.blockSignals(True)
        self.place.clear()
        self.place.addItem(self.tr("this computer"), "")
        for one in known:
            self.place.addItem(one, one)
        index = self.place.findData(address)
        if index >= 0:
            self.place.setCurrentIndex(index)
        else:
            self.place.setEditText(address)
        self.place.blockSignals(False)
        self.place.setToolTip(f"{address}\n{self._tip}".lstrip())
        self.forget.setEnabled(bool(address) and address in known)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._paint()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self._paint()

    def _paint(self) -> None:
        if self._theme is not None:
            set_colour(self.note, self._theme.bad if self._bad else self._theme.warning)
            self.forget.setIcon(icon("close", self._theme, "muted"))
        self.forget.setVisible(self.forget.isEnabled())

    @Slot(int)
    def _picked(self, index: int) -> None:
        self._choose(str(self.place.itemData(index) or ""))

    @Slot()
    def _typed(self) -> None:
        text = self.place.currentText().strip()
        self._choose("" if text == self.place.itemText(0) else text)

    def _choose(self, address: str) -> None:
        if address != self._address:
            self._address = address
            self.chosen.emit(address)
