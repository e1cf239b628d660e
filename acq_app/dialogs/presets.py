"""The dialog of the user's own presets: save, choose, rename, delete, share as a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.theme import GRID, Theme
from acq_app.widgets.labels import Button, muted

SUMMARY = int(Qt.ItemDataRole.UserRole)


class PresetsDialog(QDialog):
    """Shows names and asks; whoever owns it keeps the files and calls `show_presets` again."""

    useRequested = Signal(str)  # name
    saveRequested = Signal(str)
    renameRequested = Signal(str, str)  # old, new
    deleteRequested = Signal(str)
    exportRequested = Signal(str, str)  # name, file
    importRequested = Signal(str)  # file

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Presets"))
        self.resize(68 * GRID, 52 * GRID)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("name of a new preset"))
        self.name.setAccessibleName(self.tr("Name of a new preset"))
        self.name.setMaxLength(60)
        self.name.textChanged.connect(self._update)
        self.name.returnPressed.connect(self._save)
        self.save = QPushButton()
        self.save.clicked.connect(self._save)
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.save)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Custom presets"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.itemSelectionChanged.connect(self._update)
        self.list.itemDoubleClicked.connect(self._use)
        self.list.itemChanged.connect(self._renamed)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setMinimumHeight(2 * self.fontMetrics().height())
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons: dict[str, QPushButton] = {}
        low = QHBoxLayout()
        for key, text, tip, handler in (
            ("rename", self.tr("Rename"), self.tr("Rename the preset (F2)"), self._rename),
            ("delete", self.tr("Delete"), self.tr("Delete the preset (Delete); the current settings do not "
                                                  "change"), self._delete),
            ("export", self.tr("Share..."), self.tr("Save the preset to a file for others"), self._export),
            ("import", self.tr("Import..."), self.tr("Import a preset from a file"), self._import),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.setMinimumHeight(4 * GRID)
            button.clicked.connect(handler)
            self.buttons[key] = button
            low.addWidget(button)
        low.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        close.setAutoDefault(False)
        close.setMinimumHeight(4 * GRID)
        self.use = Button(self.tr("Apply"))
        self.use.set_theme(theme)
        self.use.setToolTip(self.tr("Apply the preset (Enter); Undo reverts it"))
        self.use.setMinimumHeight(4 * GRID)
        self.use.setAutoDefault(False)
        self.use.clicked.connect(self._use)
        self.save.setAutoDefault(False)
        low.addWidget(close)
        low.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(muted(self.tr("A preset stores bits, method, loss weights and schedule. The model, the test "
                                       "images and the bits set per layer do not change."), wrap=True))
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.summary)
        column.addLayout(low)
        self._update()

    def show_presets(self, presets: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Names with what is in them, in words; `chosen` is selected."""
        wanted = chosen or self.chosen()
        self.list.blockSignals(True)
        self.list.clear()
        for name, summary in presets:
            item = QListWidgetItem(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(SUMMARY, (name, summary))
            item.setToolTip(summary)
            self.list.addItem(item)
            if name == wanted:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._update()

    def chosen(self) -> str:
        """The selected preset's name; empty when none is."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(SUMMARY)[0])

    def names(self) -> list[str]:
        """All names, in order."""
        return [str(self.list.item(row).data(SUMMARY)[0]) for row in range(self.list.count())]

    @Slot()
    def _update(self) -> None:
        item = self.list.currentItem()
        self.summary.setText("" if item is None else str(item.data(SUMMARY)[1]))
        for key in ("rename", "delete", "export"):
            self.buttons[key].setEnabled(item is not None)
        self.use.setEnabled(item is not None)
        self.use.set_bright(item is not None)
        typed = self.name.text().strip()
        there = typed.casefold() in (name.casefold() for name in self.names())
        self.save.setText(self.tr("Replace") if there else self.tr("Save current settings"))
        self.save.setToolTip(self.tr("Save the current settings under this name") if typed
                             else self.tr("Enter a name first"))
        self.save.setEnabled(bool(typed))

    def _save(self) -> None:
        if self.name.text().strip():
            self.saveRequested.emit(self.name.text().strip())
            self.name.clear()

    def _use(self) -> None:
        if self.chosen():
            self.useRequested.emit(self.chosen())
            self.accept()

    def _rename(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.editItem(item)

    def _renamed(self, item: QListWidgetItem) -> None:
        old, new = str(item.data(SUMMARY)[0]), item.text().strip()
        others = [name.casefold() for name in self.names() if name != old]
        if not new or new.casefold() in others:  # an empty name, or another preset's, is not taken
            self.list.blockSignals(True)
            item.setText(old)
            self.list.blockSignals(False)
            if new:
                self.summary.setText(self.tr("A preset called {0} already exists.").format(new))
        elif new != old:
            self.renameRequested.emit(old, new)

    def _delete(self) -> None:
        if self.chosen():
            self.deleteRequested.emit(self.chosen())

    def _export(self) -> None:
        dialog = QFileDialog(self, self.tr("Share preset"), "", self.tr("Presets (*.json)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{self.chosen()}.json")
        dialog.fileSelected.connect(self._export_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _export_to(self, path: str) -> None:
        self.exportRequested.emit(self.chosen(), path)

    def _import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import preset"), "", self.tr("Presets (*.json)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.importRequested)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._use()
        else:
            super().keyPressEvent(event)
