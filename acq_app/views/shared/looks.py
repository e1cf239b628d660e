"""Looks at samples, one above the other: samples, attention, and the plane of their centres; test images below.

Runs with one seed have the same noise, classes and targets, so what differs is what their methods made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.shared.history import Look
from acq_app.views.shared.maps import coloured, common_top, enlarge, laid_over, times_even
from acq_app.views.shared.marks import distances, paint_centres, to_pixels
from acq_app.views.shared.sample_facts import class_name
from acq_app.views.shared.tiles import scaled
from acq_app.widgets.labels import small_font
from acq_app.widgets.pixels import image_of
from acq_app.widgets.saving import ask_and_save, widget_image, write_image
from acq_engine.errors import StorageError

TILE = 56  # pixels
OPACITY = 0.7
BINS = 20  # of the histogram of similarities
WIDE = 640  # pixels from which there is room for it beside some samples


def chosen(look: Look, label: int | None) -> list[int]:
    """The samples of a class, or all; by class, so that several runs have them in the same order."""
    labels = look.samples.labels
    return [int(i) for i in np.argsort(labels, kind="stable") if label is None or labels[i] == label]


def similarities(look: Look, label: int | None) -> NDArray[np.float32]:
    """Cosine similarity of the attention of every two samples of one class, 0..1, (pairs,); empty without attention.

    The method wants it as low, and as spread, as that of authentic images (arXiv 2301.07266, Figure 1).
    """
    if look.attention is None:
        return np.empty(0, np.float32)
    labels, maps = look.samples.labels, look.attention.eval_maps.reshape(len(look.samples.labels), -1)
    maps = maps / np.maximum(np.linalg.norm(maps, axis=1, keepdims=True), 1e-12)
    found = []
    for own in np.unique(labels) if label is None else [label]:
        mine = maps[labels == own]
        rows, columns = np.triu_indices(len(mine), 1)
        found.append((mine[rows] * mine[columns]).sum(1))
    return np.concatenate(found).astype(np.float32) if found else np.empty(0, np.float32)


@dataclass(frozen=True)
class NamedLook:
    """A row: whose samples these are, and the first words about them."""

    name: str
    look: Look
    method: str = ""


class ClassBox(QComboBox):
    """Samples of which class are shown; all of them at first."""

    chosen = Signal(object)  # int, or None: all

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(lambda: self.chosen.emit(self.currentData()))

    def fill(self, rows: Sequence[NamedLook], names: tuple[str, ...]) -> None:
        """Offer the classes of some samples, and choose all; nobody is told."""
        self.blockSignals(True)
        self.clear()
        self.addItem(self.tr("all classes"), None)
        for label in sorted({int(label) for row in rows for label in np.unique(row.look.samples.labels)}):
            self.addItem(class_name(names, label), label)
        self.blockSignals(False)


class LooksSideBySide(QWidget):
    """A row for each look: its plane of attention centres, its samples, and their attention below."""

    errorRaised = Signal(object)  # AcqError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.rows: Sequence[NamedLook] = ()
        self.label: int | None = None
        self.real: Look | None = None  # test images
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Samples with their attention, one row above the other"))

    def show_looks(self, rows: Sequence[NamedLook]) -> None:
        """Show these; test images below them stay."""
        self.rows = rows
        self._changed()

    def show_real(self, look: Look | None) -> None:
        """Show test images below, as the teacher sees them; None: show none any more."""
        self.real = look
        self._changed()

    def _changed(self) -> None:
        """Say in full what a narrow window elides, to whoever hovers or listens."""
        words = [f"{name}: {words}" for name, words, _, _ in self.lines()]
        self.setAccessibleDescription("; ".join(words))
        self.setToolTip("\n".join(words))
        self.updateGeometry()
        self.update()

    def lines(self) -> list[tuple[str, str, Look, str]]:
        """What stands in each row: name, words, samples, colour."""
        rows = [(row.name, self.words(row), row.look, self.theme.curves[number])
                for number, row in enumerate(self.rows)]
        if self.real is not None:
            rows.append((self.tr("Test images"), self.real_words(), self.real, self.theme.muted))
        return rows

    def real_words(self) -> str:
        """What is said of the test images of the chosen class."""
        assert self.real is not None
        places, samples = chosen(self.real, self.label), self.real.samples
        if not places:
            return self.tr("none of this class")
        spread = float(np.linalg.norm(samples.measured[places].std(0)))
        words = self.tr("attention of the float model, spread of centres {0}").format(f"{spread:.2f}")
        return ", ".join([words, *self._similarity_words(self.real)])

    def _similarity_words(self, look: Look) -> list[str]:
        alike = similarities(look, self.label)
        return [self.tr("attention similarity in a class {0}").format(f"{np.median(alike):.2f}")] if len(alike) else []

    def set_label(self, label: int | None) -> None:
        """Only samples of one class; None: of all."""
        self.label = label
        self._changed()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.theme = theme
        self.update()

    def words(self, row: NamedLook) -> str:
        """The figures of a row's samples of the chosen class, in a line."""
        look = row.look
        places, samples = chosen(look, self.label), look.samples
        parts = [*([row.method] if row.method else []), self.tr("step {0}").format(samples.step)]
        if places:
            right = 100 * float(np.mean(samples.teacher_class[places] == samples.labels[places]))
            parts.append(self.tr("class match of these {0} %").format(f"{right:.0f}"))
            away = distances(samples.asked, samples.measured)
            if away is not None:
                parts.append(self.tr("centre error {0}").format(f"{float(away[places].mean()):.2f}"))
            spread = float(np.linalg.norm(samples.measured[places].std(0)))
            parts.append(self.tr("spread of centres {0}").format(f"{spread:.2f}"))
            parts += self._similarity_words(look)
        return ", ".join(parts)

    # --- drawing ---------------------------------------------------------------------------------

    def _line(self) -> int:
        return self.fontMetrics().height() + HALF

    def _row_height(self) -> int:
        return self._line() + 2 * TILE + HALF + 2 * GRID

    def sizeHint(self) -> QSize:
        return QSize(480, max(1, len(self.rows) + (self.real is not None)) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (name, words, look, colour) in enumerate(self.lines()):
            top = number * self._row_height()
            painter.setPen(QPen(QColor(colour), 3))
            painter.drawLine(QPointF(2, top + 4), QPointF(2, top + self._line() - 4))
            places, below = chosen(look, self.label), top + self._line()
            side = 2 * TILE + HALF
            left = side + 2 * GRID
            alike = similarities(look, self.label)
            if len(alike) and self.width() >= WIDE:
                self._draw_similarities(painter, QRectF(left, below, side, side), alike, colour)
                left += side + 2 * GRID
            room = QRectF(GRID, top, self.width() - GRID, self._line())
            fits = self.fitting(left, len(places))
            if fits < len(places):
                told = self.tr("{0} of {1} shown").format(fits, len(places))
                painter.setPen(QColor(self.theme.muted))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, told)
                room.setWidth(room.width() - self.fontMetrics().horizontalAdvance(told) - 2 * GRID)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.fontMetrics().elidedText(
                f"{name}   {words}", Qt.TextElideMode.ElideRight, int(room.width())))
            self._draw_plane(painter, QRectF(1, below, side, side), look, places)
            self._draw_samples(painter, left, below, look, places[:fits])

    def fitting(self, left: float, count: int) -> int:
        """How many of so many samples there is room for, the first of them at `left`."""
        return max(0, min(count, int((self.width() - left) // (TILE + HALF))))

    def _draw_plane(self, painter: QPainter, rect: QRectF, look: Look, places: list[int]) -> None:
        """All targets and measured centres in one picture of the image's plane."""
        painter.setPen(QPen(QColor(self.theme.border), 1))
        painter.setBrush(QColor(self.theme.plot_background))
        painter.drawRect(rect)
        painter.setPen(QPen(QColor(self.theme.plot_grid), 1))
        painter.drawLine(QPointF(rect.center().x(), rect.top()), QPointF(rect.center().x(), rect.bottom()))
        painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()))
        samples = look.samples
        if samples.asked is not None:
            for place in places:
                painter.setPen(QPen(QColor(self.theme.muted), 1))
                painter.drawLine(to_pixels(rect, samples.asked[place]), to_pixels(rect, samples.measured[place]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.text), 1.2))
            for place in places:
                painter.drawEllipse(to_pixels(rect, samples.asked[place]), 3.5, 3.5)
        painter.setPen(QPen(QColor(self.theme.text), 0.8))
        painter.setBrush(QColor(self.theme.measured))
        for place in places:
            painter.drawEllipse(to_pixels(rect, samples.measured[place]), 2.8, 2.8)

    def _draw_similarities(self, painter: QPainter, rect: QRectF, alike: NDArray[np.float32], colour: str) -> None:
        """A histogram of the pairs of one class: from other places on the left to the same place on the right."""
        painter.setPen(QPen(QColor(self.theme.border), 1))
        painter.setBrush(QColor(self.theme.plot_background))
        painter.drawRect(rect)
        counts, _ = np.histogram(np.clip(alike, 0, 1), BINS, (0.0, 1.0))
        step, highest = rect.width() / BINS, max(int(counts.max()), 1)
        line = painter.fontMetrics().height()
        for place, count in enumerate(counts.tolist()):
            height = (rect.height() - line - 2) * count / highest
            painter.fillRect(QRectF(rect.left() + place * step, rect.bottom() - height, step - 1, height),
                             QColor(colour))
        x = rect.left() + rect.width() * float(np.median(alike))
        painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, rect.top() + line), QPointF(x, rect.bottom()))
        painter.setPen(QColor(self.theme.muted))
        painter.setFont(small_font(self.font()))
        painter.drawText(rect.adjusted(HALF, 0, -HALF, 0), Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter,
                         painter.fontMetrics().elidedText(self.tr("similarity 0 to 1"), Qt.TextElideMode.ElideRight,
                                                          int(rect.width() - 2 * HALF)))
        painter.setFont(self.font())

    def _draw_samples(self, painter: QPainter, left: float, top: float, look: Look, places: list[int]) -> None:
        if not places:
            return
        samples, attention, ratio = look.samples, look.attention, self.devicePixelRatioF()
        size = round(TILE * ratio)
        pixels = scaled(samples.images[places], size, size)
        over = None
        if attention is not None:
            maps = times_even(attention.eval_maps)
            colours = coloured(enlarge(maps[places], size, size), self.theme.viridis, 0.0, common_top(maps))
            over = laid_over(pixels, colours, OPACITY)
        for column, place in enumerate(places):
            rect = QRectF(left + column * (TILE + HALF), top, TILE, TILE)
            painter.drawImage(rect, image_of(pixels[column]))
            asked = None if samples.asked is None else samples.asked[place]
            paint_centres(painter, rect, asked, samples.measured[place], self.theme)
            if over is not None:
                painter.drawImage(rect.translated(0, TILE + HALF), image_of(over[column]))

    # --- to take away ----------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy image"), lambda: QGuiApplication.clipboard().setImage(widget_image(self)))
        menu.addAction(self.tr("Save as image..."), self._ask)
        menu.popup(event.globalPos())

    def _ask(self) -> None:
        ask_and_save(self, self.tr("Samples and attention"), "attention.png", self.tr("Image (*.png)"), self.save)

    def save(self, path: str) -> None:
        """Write what is shown as PNG."""
        try:
            write_image(path, widget_image(self))
        except StorageError as error:
            self.errorRaised.emit(error)
