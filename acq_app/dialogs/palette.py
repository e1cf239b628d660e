"""The command palette: a few letters find an action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID
from acq_app.commands.fuzzy import fuzzy_score
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTIONS

BY_TIP = -1000.0  # below whatever fits by its name


class PaletteDialog(QDialog):
    """Lists the actions that can be done now, the best match first; Enter does it."""

    def __init__(self, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.registry = registry
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find an action"))
        self.resize(56 * GRID, 44 * GRID)
        blank = QPixmap(2 * GRID, 2 * GRID)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)  # so that all texts begin at the same place
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a few letters, such as: exp"))
        self.field.setAccessibleName(self.tr("Find an action"))
        self.field.textChanged.connect(self.search)
        self.field.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setIconSize(QSize(2 * GRID, 2 * GRID))
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
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
        """Show what fits by its name, then what fits by its explanation; what can't be done now is grey, and last."""
        scored: list[tuple[bool, float, int, QAction]] = []
        for order, info in enumerate(ACTIONS):
            action = self.registry[info.id]
            able = action.isEnabled()
            if info.id == "palette" or not (able or text.strip()):
                continue
            score = fuzzy_score(text, action.text()) if text.strip() else 0.0
            if score is None and all(word in action.statusTip().casefold() for word in text.casefold().split()):
                score = BY_TIP
            if score is not None:
                scored.append((not able, -score, order, action))
        self.list.clear()
        for _, _, _, action in sorted(scored, key=lambda item: item[:3]):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem([action.text().replace("&", ""), keys])
            item.setIcon(0, action.icon() if not action.icon().isNull() else self._blank)
            item.setSizeHint(0, QSize(0, 3 * GRID + 2))
            item.setToolTip(0, action.statusTip())
            item.setData(0, Qt.ItemDataRole.UserRole, action.objectName())
            if not action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(0, self.tr("Not possible now. {0}").format(action.statusTip()))
            self.list.addTopLevelItem(item)
        if not scored:
            item = QTreeWidgetItem([self.tr("No action matches."), ""])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addTopLevelItem(item)
        self._choose(0)

    def _choose(self, row: int) -> None:
        item = self.list.topLevelItem(row)
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.list.setCurrentItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
            count = sum(bool(item and item.flags() & Qt.ItemFlag.ItemIsEnabled) for item in items)  # they come first
            if step and count:
                self._choose((self.list.currentIndex().row() + step) % count)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._activate(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    @Slot(QTreeWidgetItem)
    def _activate(self, item: QTreeWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        action = self.registry[item.data(0, Qt.ItemDataRole.UserRole)]
        self.accept()
        action.trigger()
