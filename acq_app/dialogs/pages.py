"""Pages to read: shortcuts, help for each step and setting, about."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from acq_app import APP_NAME
from acq_app.actions import ACTIONS, Registry
from acq_app.dialogs.error import versions
from acq_app.fields import FieldSpec, field_specs, value_text
from acq_app.icons import app_icon
from acq_app.language import setting_words
from acq_app.theme import GRID
from acq_app.widgets.labels import bold, muted


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


translate = QCoreApplication.translate

# (title, what the step decides, the settings' paths or their beginnings)
TOPICS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Model", "The trained classifier that is quantized. It needs batch-norm layers: their statistics are what is "
     "known of the training data.", ("model.",)),
    ("Quantization", "How many bits weights and activations keep. At 4 bits little accuracy is lost; below 4 bits it "
     "depends on everything else.", ("quantization.",)),
    ("Method", "How samples are made that stand for the training data. Each loss has a weight; 0 switches it off.",
     ("method", "losses.", "generator.")),
    ("Schedule", "How much time the generator and the quantized network get. The presets are a good start.",
     ("schedule.", "seed", "device", "threads")),
    ("Test images", "Labelled pictures that measure accuracy. Quantization never sees them, and works without them.",
     ("test_set.",)),
)


class HelpDialog(Page):
    """One page for each step; each setting in two sentences at most, from the settings themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__("", content, 100 * GRID, 70 * GRID, parent)
        self.setWindowTitle(self.tr("Help"))
        self.list = QListWidget()
        self.list.setFixedWidth(18 * GRID)
        self.list.setAccessibleName(self.tr("Topics"))
        self.text = QTextBrowser()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        for title, _, _ in TOPICS:
            self.list.addItem(translate("HelpDialog", title))
        self.list.currentRowChanged.connect(self.show_topic)
        self.list.setCurrentRow(0)

    def show_topic(self, index: int) -> None:
        """Show the page of one step."""
        title, about, prefixes = TOPICS[index]
        heading, text = translate("HelpDialog", title), translate("HelpDialog", about)
        parts = [f"<h3>{escape(heading)}</h3><p>{escape(text)}</p>"]
        for spec in field_specs().values():
            if spec.path.startswith(prefixes) and spec.kind != "table":
                parts.append(self._setting(spec))
        self.text.setHtml("".join(parts))

    def _setting(self, spec: FieldSpec) -> str:
        facts = self.tr("Default: {0}.").format(value_text(spec.default))
        if spec.range_text():
            facts = self.tr("Range: {0}.").format(spec.range_text()) + " " + facts
        title, about = setting_words(spec.title), setting_words(spec.help)
        return f"<p><b>{escape(title)}</b><br/>{escape(about)} <i>{escape(facts)}</i></p>"


class AboutDialog(Page):
    """Name, what it is, versions, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__("", content, 56 * GRID, 36 * GRID, parent)
        self.setWindowTitle(self.tr("About ACQ Studio"))
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        column = QVBoxLayout(content)
        column.setSpacing(GRID)
        column.addWidget(picture)
        column.addWidget(bold(APP_NAME))
        column.addWidget(muted(self.tr(
            "Quantizes image classifiers without their data, shows how, and proves the exported file. "
            "After ACQ (Li et al., arXiv 2301.07266); what is our own choice is marked so in the documents."
        ), wrap=True))
        details = QLabel(versions())
        details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        details.setWordWrap(True)
        column.addWidget(details)
        column.addWidget(muted(self.tr("Apache License 2.0. Qt is used under the LGPL 3.")))
        column.addStretch(1)
