"""The question before a file is loaded that can run code. The answer that does nothing is the default."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from acq_app.appearance.language import said
from acq_engine.events import Failed


class ConsentDialog(QMessageBox):
    """Names the file, says that it can run code; `accepted_by_user` tells the answer once it is closed."""

    def __init__(self, path: Path, failed: Failed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("This file can run code"))
        self.setTextFormat(Qt.TextFormat.PlainText)  # a file's name is no markup
        self.setText(said(failed.message))
        self.setInformativeText(self.tr(
            "{0} Whoever wrote it could read and change your files. Load it only if you trust its author.\n\n{1}"
        ).format(said(failed.cause), path))
        self.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        self.yes = self.button(QMessageBox.StandardButton.Yes)
        self.no = self.button(QMessageBox.StandardButton.No)
        self.yes.setText(self.tr("Load it"))
        self.no.setText(self.tr("Don't load it"))
        self.setDefaultButton(QMessageBox.StandardButton.No)
        self.setEscapeButton(QMessageBox.StandardButton.No)

    @property
    def accepted_by_user(self) -> bool:
        """Whether the user pressed the button that loads the file."""
        return self.clickedButton() is self.yes
