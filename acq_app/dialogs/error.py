"""The error dialog: a plain sentence, the cause, what to do, and the detail to copy."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from acq_app.appearance.icons import pixmap
from acq_app.appearance.language import said
from acq_app.appearance.theme import GRID, Theme
from acq_app.widgets.labels import Button, bold, muted, show_pixmap
from acq_engine import __version__
from acq_engine.events import Failed

PACKAGES = ("PySide6-Essentials", "torch", "torchvision", "numpy", "onnx", "onnxruntime")


def versions() -> str:
    """One line a package and one for the device, for reports."""
    packaged = ", packaged program" if getattr(sys, "frozen", False) else ""
    lines = [f"acq-studio {__version__}{packaged}", f"Python {platform.python_version()}, {platform.platform()}"]
    for name in PACKAGES:
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return "\n".join([*lines, device()])


def device() -> str:
    """Where a run would compute. PyTorch takes seconds to import, so it is only asked once something has loaded it."""
    torch = sys.modules.get("torch")
    if not hasattr(torch, "cuda") or not hasattr(torch, "backends"):  # also while it is being imported
        return "device: known when PyTorch is loaded, which is not yet"
    assert torch is not None
    if torch.cuda.is_available():
        return f"device: {torch.cuda.get_device_name()}"
    if torch.backends.mps.is_available():
        return "device: GPU of this Mac (mps)"
    return "device: CPU" if torch.version.cuda else "device: CPU (this PyTorch has no CUDA)"


def report_text(failed: Failed) -> str:
    """What "Copy" puts on the clipboard: in English, for whoever gets the report."""
    parts = [failed.message, failed.cause, failed.hint, failed.detail.rstrip(), versions()]
    return "\n\n".join(part for part in parts if part) + "\n"


class ErrorDialog(QDialog):
    """Shows one failure; open it with `open()`."""

    def __init__(self, failed: Failed, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setMinimumWidth(60 * GRID)
        mark = QLabel()
        show_pixmap(mark, pixmap("error", theme, "bad", 32))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.message = bold(said(failed.message))
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        self.cause, self.hint = muted(said(failed.cause)), QLabel(said(failed.hint))
        for label in (self.message, self.cause, self.hint):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                          | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            label.setVisible(bool(label.text()))
            texts.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(mark)
        top.addLayout(texts, 1)
        self.detail = QPlainTextEdit(report_text(failed))
        self.detail.setReadOnly(True)
        self.detail.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.detail.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.detail.setMinimumHeight(22 * GRID)
        self.detail.setAccessibleName(self.tr("Details for a bug report"))
        self.detail.hide()
        self.more = QPushButton(self.tr("Show details"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_details)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the message, the details and the versions."))
        self.copy_button.clicked.connect(self._copy)
        self.close_button = Button(self.tr("Close"))
        self.close_button.set_theme(theme)
        self.close_button.set_bright(True)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        for button in (self.more, self.copy_button):
            button.setAutoDefault(False)  # Enter closes, whatever Qt would give the focus first
        self.close_button.setFocus()
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        column.addWidget(self.detail, 1)
        column.addLayout(row)

    def _show_details(self, shown: bool) -> None:
        self.detail.setVisible(shown)
        self.more.setText(self.tr("Hide details") if shown else self.tr("Show details"))
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(report_text(self.failed))
        self.copy_button.setText(self.tr("Copied"))
