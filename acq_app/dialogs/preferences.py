"""Preferences: theme, language, processor threads, folder of runs. All but the language take effect at once."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from acq_app.appearance.language import SYSTEM, languages, theme_words
from acq_app.appearance.theme import GRID, THEME_NAMES, Theme, load_theme
from acq_app.settings.preferences import Preferences
from acq_app.widgets.labels import Button, muted


class PreferencesDialog(QDialog):
    """Writes to the settings as the user chooses."""

    changed = Signal()

    def __init__(self, settings: Preferences, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(60 * GRID)
        self.theme = QComboBox()
        self.theme.addItem(self.tr("System default"), SYSTEM)
        for name in THEME_NAMES:
            self.theme.addItem(theme_words(load_theme(name).title), name)
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.theme.currentIndexChanged.connect(self._theme_chosen)
        self.language = QComboBox()
        self.language.addItem(self.tr("System default"), SYSTEM)
        for code, name in languages().items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.language.currentIndexChanged.connect(self._language_chosen)
        self.language_note = muted(self.tr("Takes effect after a restart."), small=True, wrap=True)
        self.threads = QSpinBox()
        self.threads.setRange(0, os.cpu_count() or 1)
        self.threads.setSpecialValueText(self.tr("all but one"))
        self.threads.setValue(settings.threads)
        self.threads.valueChanged.connect(self._threads_chosen)
        self.notify = QCheckBox(self.tr("Notify when a long run finishes"))
        self.notify.setToolTip(self.tr("Show a desktop notification when a run of more than a minute finishes while "
                                       "another window is active."))
        self.notify.setChecked(settings.notify)
        self.notify.toggled.connect(self._notify_chosen)
        self.folder = QLineEdit(str(settings.runs_folder))
        self.folder.setReadOnly(True)
        choose = QPushButton(self.tr("Choose..."))
        choose.clicked.connect(self._choose_folder)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", self.language_note)
        form.addRow(self.tr("CPU threads"), self.threads)
        form.addRow("", muted(self.tr("One thread is kept free for the window. Applies to the next run."),
                              small=True, wrap=True))
        form.addRow(self.tr("Runs folder"), place)
        form.addRow("", self.notify)
        close = Button(self.tr("Close"))
        close.set_theme(theme)
        close.set_bright(True)
        close.setMinimumHeight(4 * GRID)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.addLayout(form)
        column.addSpacing(2 * GRID)
        column.addStretch(1)
        column.addLayout(row)

    @Slot(int)
    def _theme_chosen(self, index: int) -> None:
        self.settings.theme = self.theme.itemData(index)
        self.changed.emit()

    @Slot(int)
    def _language_chosen(self, index: int) -> None:
        self.settings.language = self.language.itemData(index)
        self.changed.emit()

    @Slot(int)
    def _threads_chosen(self, count: int) -> None:
        self.settings.threads = count
        self.changed.emit()

    @Slot(bool)
    def _notify_chosen(self, wanted: bool) -> None:
        self.settings.notify = wanted
        self.changed.emit()

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Runs folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.set_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def set_folder(self, path: str) -> None:
        """Where the next runs are written."""
        self.settings.runs_folder = Path(path)
        self.folder.setText(path)
        self.changed.emit()
