"""What the chosen test images are: in words, and six of them to see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from acq_app.appearance.language import grouped, said
from acq_app.appearance.theme import HALF, Theme, load_theme
from acq_app.widgets.labels import set_colour, small_font
from acq_app.widgets.pixels import image_of
from acq_engine.events import Failed

SHOWN = 6
LARGEST = 44  # side of a picture
NAMES = 3  # so many class names are written out


@dataclass(frozen=True)
class SetLook:
    """What a test set is, before anything is measured."""

    images: int
    classes: int
    size: tuple[int, int]  # width and height as used
    class_names: tuple[str, ...]
    pictures: NDArray[np.uint8]  # (at most SHOWN, H, W, 3)
    picture_names: tuple[str, ...]  # the class of each
    unread: int = 0  # of the pictures that were to be shown
    notes: tuple[str, ...] = ()


class _Strip(QWidget):
    """The pictures side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SHOWN * (LARGEST + HALF), LARGEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(SHOWN * 24, LARGEST)

    def show_pictures(self, pictures: NDArray[np.uint8]) -> None:
        self.images = [image_of(pixels) for pixels in pictures[:SHOWN]]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(float(LARGEST), (self.width() - (SHOWN - 1) * HALF) / SHOWN)
        for number, image in enumerate(self.images):
            scale = min(side / image.width(), side / image.height())
            box = QRectF(0, 0, image.width() * scale, image.height() * scale)
            box.moveCenter(QRectF(number * (side + HALF), 0, side, side).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
            painter.drawImage(box, image)


class TestImagesLook(QWidget):
    """Hidden until there is something to say."""

    __test__ = False  # not a test class for pytest

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")
        self._bad = False
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setFont(small_font(self.words.font()))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.strip = _Strip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addWidget(self.words)
        column.addWidget(self.strip)
        self.forget()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self._paint()

    def forget(self) -> None:
        """Nothing is known."""
        self.hide()

    def show_waiting(self) -> None:
        """They can't be looked at yet, as nothing is known of the model."""
        self._say(self.tr("The images are checked once a model is open that can be quantized."))

    def show_looking(self) -> None:
        """They are being looked at."""
        self._say(self.tr("Inspecting the images..."))

    def show_look(self, look: SetLook) -> None:
        """Say what they are, and show some."""
        parts = [self.tr("%n image(s)", "", look.images).replace(str(look.images), grouped(look.images)),
                 self.tr("%n class(es)", "", look.classes), f"{look.size[0]} × {look.size[1]}"]
        text = ", ".join(parts)
        if look.class_names:
            names = ", ".join(look.class_names[:NAMES]) + (", ..." if len(look.class_names) > NAMES else "")
            text += ": " + names
        text += "" if text.endswith(".") else "."
        if look.unread:
            text += " " + self.tr("Some can't be read; they are skipped.")
        self._say(" ".join([text, *(said(note) for note in look.notes)]))
        self.strip.show_pictures(look.pictures)
        self.strip.setAccessibleName(self.tr("Some of the test images: {0}").format(", ".join(look.picture_names)))
        self.strip.setToolTip(", ".join(look.picture_names))
        self.strip.show()

    def show_error(self, failed: Failed) -> None:
        """Say why they can't be used."""
        parts = [said(part) for part in (failed.message, failed.cause, failed.hint) if part]
        self._say(" ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts), bad=True)

    def _say(self, text: str, *, bad: bool = False) -> None:
        self._bad = bad
        self.words.setText(text)
        self.strip.hide()
        self._paint()
        self.show()

    def _paint(self) -> None:
        set_colour(self.words, self._theme.bad if self._bad else self._theme.muted)
