"""The command palette: a few letters find an action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from acq_app.actions import ACTIONS, Registry, fuzzy_score
from acq_app.theme import GRID


class PaletteDialog(QDialog):
    """Lists the actions that can be done now, the best match first; Enter does it."""

    def __init__(self, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.registry = registry
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find an action"))
        self.resize(56 * GRID, 44 * GRID)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a few letters, such as: exp"))
        self.field.setAccessibleName(self.tr("Find an action"))
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.itemActivated.connect(self._activate)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.search("")
        self.field.setFocus()

    @Slot(str)
    def search(self, text: str) -> None:
        """Show what fits."""
        scored: list[tuple[float, int, QAction]] = []
        for order, info in enumerate(ACTIONS):
            action = self.registry[info.id]
            if info.id == "palette" or not action.isEnabled():
                continue
            score = fuzzy_score(text, action.text()) if text.strip() else 0.0
            if score is not None:
                scored.append((-score, order, action))
        self.list.clear()
        for _, _, action in sorted(scored, key=lambda item: item[:2]):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QListWidgetItem(action.icon(), action.text().replace("&", "") + (f"    {keys}" if keys else ""))
            item.setToolTip(action.statusTip())
            item.setData(Qt.ItemDataRole.UserRole, action.objectName())
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._activate(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    @Slot(QListWidgetItem)
    def _activate(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        action = self.registry[item.data(Qt.ItemDataRole.UserRole)]
        self.accept()
        action.trigger()
