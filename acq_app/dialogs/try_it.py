"""Try it: one image, and what the exported file says about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from acq_app.appearance.language import said
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.settings.model_catalogue import kind_of
from acq_app.widgets.labels import Button, bold, muted, set_colour
from acq_app.widgets.pixels import image_of
from acq_engine.events import Failed

SIDE = 200  # of the picture


@dataclass(frozen=True)
class Answer:
    """What an exported file says about one image."""

    name: str  # of the image
    pixels: NDArray[np.uint8]  # (H, W, 3), as the model sees it
    classes: tuple[tuple[str, int, float], ...]  # name, number, probability 0..1; likeliest first
    file: str  # that answered
    runtime: str  # that ran it, with its version
    milliseconds: float


class _Picture(QWidget):
    """The image as the model sees it, or a dashed box to drop one on."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.image: QImage | None = None
        self.setFixedSize(QSize(SIDE, SIDE))
        self.setAccessibleName(words)

    def show_pixels(self, pixels: NDArray[np.uint8]) -> None:
        self.image = image_of(pixels)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image is None:
            painter.setPen(QPen(QColor(self._theme.outline), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), HALF, HALF)
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(self.rect().adjusted(GRID, GRID, -GRID, -GRID),
                             Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        scale = min(SIDE / self.image.width(), SIDE / self.image.height())
        box = QRectF(0, 0, self.image.width() * scale, self.image.height() * scale)
        box.moveCenter(QRectF(self.rect()).center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        painter.drawImage(box, self.image)


class _Bars(QWidget):
    """The likeliest classes with their probabilities."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[tuple[str, float]] = []
        self.setMinimumWidth(30 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(36 * GRID, 5 * self._line())

    def _line(self) -> int:
        return self.fontMetrics().height() + GRID + HALF

    def show_rows(self, rows: list[tuple[str, float]]) -> None:
        self.rows = rows
        self.setAccessibleName(", ".join(f"{name} {100 * share:.1f} %" for name, share in rows))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line, metrics = QPainter(self), self._line(), self.fontMetrics()
        room = metrics.horizontalAdvance("100.0\u202f%") + HALF
        for number, (name, share) in enumerate(self.rows):
            box = QRectF(0, number * line, self.width(), line - GRID)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                             f"{100 * share:.1f}\u202f%")
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(
                name, Qt.TextElideMode.ElideRight, int(self.width() - room)))
            track = QRectF(0, box.bottom() + 1, self.width(), 4)
            painter.fillRect(track, QColor(self._theme.track))
            track.setWidth(track.width() * min(max(share, 0.0), 1.0))
            painter.fillRect(track, QColor(self._theme.accent))


class TryDialog(QDialog):
    """Takes images by drop or by a file dialog; whoever owns it asks the file and tells it what came out."""

    pictureGiven = Signal(object)  # Path
    chooseRequested = Signal()

    def __init__(self, file: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Try it"))
        self.setAcceptDrops(True)
        self.picture = _Picture(theme, self.tr("Drop an image here"))
        self.bars = _Bars(theme)
        self.name = bold(self.tr("What does {0} predict?").format(file))
        self.name.setWordWrap(True)
        self.source = muted(self.tr(
            "The prediction comes from the exported file itself, not from the program's own models."), wrap=True)
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addWidget(self.name)
        right.addWidget(self.bars)
        right.addStretch(1)
        right.addWidget(self.source)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        self.choose = Button(self.tr("Choose image..."))
        self.choose.set_theme(theme)
        self.choose.set_bright(True)
        self.choose.clicked.connect(self.chooseRequested)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.choose)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addLayout(row, 1)
        layout.addLayout(foot)
        self.setMinimumSize(70 * GRID, 38 * GRID)

    def show_waiting(self, name: str) -> None:
        """An image was given; the answer is on its way."""
        self.name.setText(name)
        set_colour(self.source, "")
        self.source.setText(self.tr("Asking..."))

    def show_answer(self, answer: Answer) -> None:
        """Show what the file says."""
        self.name.setText(answer.name)
        self.picture.show_pixels(answer.pixels)
        self.picture.setAccessibleName(answer.name)
        self.bars.show_rows([(name or self.tr("class {0}").format(number), share)
                             for name, number, share in answer.classes])
        set_colour(self.source, "")
        self.source.setText(self.tr("Predicted by {0} in {1}, in {2:.1f} ms. The image is shown at the size of the "
                                    "model's input.").format(answer.file, answer.runtime, answer.milliseconds))

    def show_failure(self, failed: Failed) -> None:
        """Say why there is no answer; an earlier one is no longer shown."""
        self.bars.show_rows([])
        self.picture.image = None
        self.picture.update()
        set_colour(self.source, self._theme.bad)
        self.source.setText(" ".join(said(part) for part in (failed.message, failed.cause, failed.hint) if part))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _image_of(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _image_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.pictureGiven.emit(path)


def _image_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and kind_of(path) == "image" else None
