"""Pages to read: shortcuts, about. The help has its own module."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acq_app import APP_NAME
from acq_app.appearance.icons import app_icon
from acq_app.appearance.theme import GRID
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTIONS
from acq_app.dialogs.error import versions
from acq_app.widgets.labels import bold, muted, show_pixmap


class Page(QDialog):
    """A dialog with content above and Close below."""

    def __init__(self, title: str, content: QWidget, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(width, height)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(content, 1)
        column.addLayout(row)


class ShortcutsDialog(Page):
    """Every action that has a shortcut, with what it does."""

    def __init__(self, registry: Registry, parent: QWidget | None = None) -> None:
        with_keys = [info for info in ACTIONS if info.shortcut]
        self.table = QTableWidget(len(with_keys), 3)
        super().__init__("", self.table, 84 * GRID, 62 * GRID, parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.table.setHorizontalHeaderLabels([self.tr("Keys"), self.tr("Action"), self.tr("What it does")])
        for row, info in enumerate(with_keys):
            action = registry[info.id]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            for at, text in enumerate((keys, action.text().replace("&", ""), action.statusTip())):
                self.table.setItem(row, at, QTableWidgetItem(text))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)


class AboutDialog(Page):
    """Name, what it is, versions, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__("", content, 56 * GRID, 36 * GRID, parent)
        self.setWindowTitle(self.tr("About ACQ Studio"))
        picture = QLabel()
        show_pixmap(picture, app_icon().pixmap(64, 64))
        column = QVBoxLayout(content)
        column.setSpacing(GRID)
        column.addWidget(picture)
        column.addWidget(bold(APP_NAME))
        column.addWidget(muted(self.tr(
            "Quantizes image classifiers without their training data, shows how, and verifies the exported file. Based "
            "on ACQ (Li et al., arXiv 2301.07266); the documentation marks this project's own choices."
        ), wrap=True))
        details = QLabel(versions())
        details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        details.setWordWrap(True)
        column.addWidget(details)
        column.addWidget(muted(self.tr("Apache License 2.0. Qt is used under the LGPL 3.")))
        column.addStretch(1)
