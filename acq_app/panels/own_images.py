"""A few real images of the user's own: a folder that is dropped or chosen; none are needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import HALF, Theme
from acq_app.settings.run_settings import RunSettings
from acq_app.widgets.labels import ElidedLabel, muted


class OwnImages(QWidget):
    """Shows the folder; takes another one by a button or by a drop."""

    folderRequested = Signal()

    def __init__(self, model: RunSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAcceptDrops(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, HALF, 0, 0)
        layout.setSpacing(HALF)
        self.chosen = ElidedLabel()
        layout.addWidget(self.chosen)
        row = QHBoxLayout()
        row.setSpacing(HALF)
        self.folder_button = QPushButton(self.tr("Own images..."))
        self.folder_button.setToolTip(self.tr("A folder of unlabelled images of any size; it can be dropped here."))
        self.folder_button.clicked.connect(self.folderRequested)
        self.clear_button = QPushButton(self.tr("None"))
        self.clear_button.setToolTip(self.tr("Quantize without any real image."))
        self.clear_button.clicked.connect(lambda: self.take(None))
        row.addWidget(self.folder_button, 2)
        row.addWidget(self.clear_button, 1)
        layout.addLayout(row)
        layout.addWidget(muted(self.tr("Optional: ten or more unlabelled images help calibration and fine-tuning. "
                                       "Not those that measure accuracy."), small=True, wrap=True))
        self.refresh()

    def take(self, folder: Path | None) -> None:
        """Use the images of a folder, or none."""
        self._model.set_value("pictures.path", folder)

    def refresh(self) -> None:
        """Show what is chosen."""
        folder = self._model.config.pictures.path
        self.chosen.setText(self.tr("Own images: {0}").format(folder.name) if folder else
                            self.tr("Own images: none, quantized without data"))
        self.chosen.setToolTip(str(folder) if folder else "")
        self.clear_button.setEnabled(folder is not None)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.folder_button.setIcon(icon("folder", theme))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _folder_of(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = _folder_of(event)
        if folder is not None:
            self.take(folder)
            event.acceptProposedAction()


def _folder_of(event: QDropEvent) -> Path | None:
    """The single folder that is dropped; the window takes everything else."""
    urls = event.mimeData().urls()
    folder = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return folder if folder is not None and folder.is_dir() and not (folder / "run.json").is_file() else None
