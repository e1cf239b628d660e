"""The command palette: a few letters find an action, a setting or a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from acq_app.appearance.theme import GRID
from acq_app.appearance.units import in_lines
from acq_app.commands.fuzzy import fuzzy_score
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTIONS

BY_TIP = -1000.0  # below whatever fits by its name
MOST = 40  # entries besides actions


@dataclass(frozen=True)
class Entry:
    """Something besides actions that can be found: a setting, a run."""

    text: str
    kind: str  # in a word
    tip: str
    key: str
    choose: Callable[[str], object]  # is given the key


class PaletteDialog(QDialog):
    """Lists the actions that can be done now, and what else fits, the best match first; Enter does it."""

    def __init__(self, registry: Registry, entries: Sequence[Entry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.registry, self._entries = registry, entries
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find an action, a setting or a run"))
        self.resize(56 * GRID, 44 * GRID)
        blank = QPixmap(2 * GRID, 2 * GRID)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)  # so that all texts begin at the same place
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a few letters, such as: exp, seed, or the name of a run"))
        self.field.setAccessibleName(self.windowTitle())
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
        """Show what fits by its name, then by other words; what can't be done now is grey, and last."""
        scored: list[tuple[bool, float, int, QAction | Entry]] = []
        for order, info in enumerate(ACTIONS):
            action = self.registry[info.id]
            able = action.isEnabled()
            if info.id == "palette" or not (able or text.strip()):
                continue
            score = fuzzy_score(text, action.text()) if text.strip() else 0.0
            about = f"{action.text()} {self.registry.words(info)} {action.statusTip()}".casefold()
            if score is None and all(word in about for word in text.casefold().split()):
                score = BY_TIP
            if score is not None:
                scored.append((not able, -score, order, action))
        scored += self._matching(text)
        self.list.clear()
        for _, _, _, found in sorted(scored, key=lambda item: item[:3]):
            self.list.addTopLevelItem(self._entry_item(found) if isinstance(found, Entry) else self._action_item(found))
        if not scored:
            item = QTreeWidgetItem([self.tr("Nothing matches."), ""])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addTopLevelItem(item)
        self._choose(0)

    def _matching(self, text: str) -> list[tuple[bool, float, int, QAction | Entry]]:
        """Entries in which every word stands as it was typed."""
        words = text.casefold().split()
        if not words:
            return []
        scored = [(False, -(fuzzy_score(text, entry.text) or 0.0), len(ACTIONS) + order, entry)
                  for order, entry in enumerate(self._entries)
                  if all(word in entry.text.casefold() for word in words)]
        return list(sorted(scored, key=lambda item: item[:3])[:MOST])

    def _entry_item(self, entry: Entry) -> QTreeWidgetItem:
        item = QTreeWidgetItem([entry.text, entry.kind])
        item.setIcon(0, self._blank)
        item.setToolTip(0, in_lines(entry.tip))
        item.setSizeHint(0, QSize(0, 3 * GRID + 2))
        item.setData(0, Qt.ItemDataRole.UserRole, entry)
        return item

    def _action_item(self, action: QAction) -> QTreeWidgetItem:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        item = QTreeWidgetItem([action.text().replace("&", ""), keys])
        item.setIcon(0, action.icon() if not action.icon().isNull() else self._blank)
        item.setSizeHint(0, QSize(0, 3 * GRID + 2))
        item.setToolTip(0, action.statusTip())
        item.setData(0, Qt.ItemDataRole.UserRole, action.objectName())
        if not action.isEnabled():
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setToolTip(0, self.tr("Not possible now. {0}").format(action.statusTip()))
        return item

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
        found = item.data(0, Qt.ItemDataRole.UserRole)
        self.accept()
        if isinstance(found, Entry):
            found.choose(found.key)
        else:
            self.registry[found].trigger()
