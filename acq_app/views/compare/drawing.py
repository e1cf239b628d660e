"""What is drawn of one compared picture: it, both attention maps, both answers, and the error of each layer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from acq_app.appearance.theme import GRID, HALF, Theme, load_theme
from acq_app.views.compare.rows import Comparison, Parting
from acq_app.views.shared.maps import coloured, common_top, enlarge, laid_over, times_even
from acq_app.views.shared.tiles import scaled, snapped
from acq_app.widgets.labels import small_font
from acq_app.widgets.pixels import image_of

LARGEST = 260  # side of a picture
SMALLEST = 96
WIPE_STEP = 0.05


class _Drawing(QWidget):
    """A widget that shows a part of one picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.shown: Comparison | None = None
        self.place = -1

    def show_picture(self, shown: Comparison | None, place: int) -> None:
        """Show another picture."""
        self.shown, self.place = shown, place
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.theme = theme
        self.update()


class Triptych(_Drawing):
    """The picture, and over it where the float and where the quantized model look, on one colour scale.

    Dragging across one of the two attention pictures wipes from the one model to the other: left of the mouse is the
    float model's attention, right of it the quantized one's. Left and right do the same, Escape shows both again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opacity = 0.6
        self.split: float | None = None  # where the wipe is, 0..1 from the left; None: both are shown whole
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Drag across an attention map, or press the left or right arrow key, to wipe from the "
                                "float to the quantized model; Esc shows both again"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("The image, and the attention of the float and of the quantized model"))

    def set_opacity(self, opacity: float) -> None:
        """How much of a map covers the picture, 0..1."""
        self.opacity = opacity
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._side(width) + self.fontMetrics().height() + HALF)

    def sizeHint(self) -> QSize:
        return QSize(3 * 200, self.heightForWidth(3 * 200))

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * SMALLEST + 2 * GRID, SMALLEST + self.fontMetrics().height() + HALF)

    def _side(self, width: float) -> float:
        return float(max(SMALLEST, min(LARGEST, (width - 2 * GRID) / 3)))

    def titles(self) -> tuple[str, str, str]:
        """What stands over the three pictures."""
        missing = self.shown is not None and self.shown.quantized_maps is None
        return (self.tr("image"), self.tr("attention, float"),
                self.tr("not available") if missing else self.tr("attention, quantized"))

    def images(self, side: float) -> list[QImage | None]:
        """The three pictures at most `side` large."""
        shown, ratio = self.shown, self.devicePixelRatioF()
        assert shown is not None
        picture = shown.images[self.place]
        height, width = picture.shape[:2]
        across = snapped(side * min(1.0, width / height), width, ratio)
        large = scaled(picture[None], round(across * height / width * ratio), round(across * ratio))[0]
        maps = [shown.float_maps[self.place]]
        if shown.quantized_maps is not None:
            maps.append(shown.quantized_maps[self.place])
        times = times_even(np.stack(maps))
        colours = coloured(enlarge(times, *large.shape[:2]), self.theme.viridis, 0.0, common_top(times))
        over = laid_over(np.stack([large] * len(maps)), colours, self.opacity)
        result: list[QImage | None] = [image_of(large), *(image_of(pixels) for pixels in over)]
        result += [None] * (3 - len(result))
        for image in result:
            if image is not None:
                image.setDevicePixelRatio(ratio)
        return result

    def set_split(self, split: float | None) -> None:
        """Put the wipe at a part of the width, 0..1, or take it away."""
        can = self.shown is not None and self.shown.quantized_maps is not None
        self.split = None if split is None or not can else min(max(split, 0.0), 1.0)
        self.update()

    def _split_at(self, point: QPointF) -> float | None:
        """The part of the attention picture's width at a place of the widget; None where there is none."""
        side = self._side(self.width())
        for number in (1, 2):
            left = number * (side + GRID)
            if left <= point.x() <= left + side and point.y() >= self.fontMetrics().height() + HALF:
                return float((point.x() - left) / side)
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        split = self._split_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and split is not None:
            self.set_split(split)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        split = self._split_at(event.position())
        if self.split is not None and split is not None:
            self.set_split(split)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.set_split(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -WIPE_STEP, Qt.Key.Key_Right: WIPE_STEP}.get(Qt.Key(event.key()))
        if step is not None:
            self.set_split((0.5 if self.split is None else self.split) + step)
        elif event.key() == Qt.Key.Key_Escape and self.split is not None:
            self.set_split(None)
        else:
            super().keyPressEvent(event)

    def _draw_wipe(self, painter: QPainter, box: QRectF, plain: QImage, quantized: QImage) -> None:
        """Left of the split the float model's attention, right of it the quantized one's."""
        assert self.split is not None
        size = quantized.deviceIndependentSize()
        x = box.left() + self.split * size.width()
        for image, part in ((plain, QRectF(box.left(), box.top(), x - box.left(), size.height())),
                            (quantized, QRectF(x, box.top(), box.left() + size.width() - x, size.height()))):
            painter.save()
            painter.setClipRect(part)
            painter.drawImage(box.topLeft(), image)
            painter.restore()
        painter.setPen(QPen(QColor("white"), 2))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.top() + size.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None or self.place < 0:
            return
        painter, side, line = QPainter(self), self._side(self.width()), self.fontMetrics().height()
        images = self.images(side)
        for number, (title, image) in enumerate(zip(self.titles(), images, strict=True)):
            left = number * (side + GRID)
            if self.split is not None and number and images[1] is not None and images[2] is not None:
                title = self.tr("float | quantized")
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(left, 0, side, line), Qt.AlignmentFlag.AlignVCenter,
                             self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(side)))
            box = QRectF(left, line + HALF, side, side)
            if self.split is not None and number and images[1] is not None and images[2] is not None:
                self._draw_wipe(painter, box, images[1], images[2])
            elif image is not None:
                painter.drawImage(box.topLeft(), image)
            else:
                painter.setPen(QPen(QColor(self.theme.border), 1, Qt.PenStyle.DashLine))
                painter.drawRect(box.adjusted(0, 0, -1, -1))


class AnswerBars(_Drawing):
    """Both networks' likeliest classes with their probabilities; the answer that is not the float one's is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _line(self) -> int:
        return self.fontMetrics().height() + HALF

    def sizeHint(self) -> QSize:
        rows = 5 if self.shown is None else self.shown.float_classes.shape[1]
        return QSize(420, (rows + 1) * self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def show_picture(self, shown: Comparison | None, place: int) -> None:
        super().show_picture(shown, place)
        if shown is not None and place >= 0:
            self.setAccessibleName(self.tr("Predictions of both models"))
            self.setAccessibleDescription("; ".join(
                f"{title}: " + ", ".join(f"{name} {100 * share:.1f} %" for name, share, _ in rows)
                for title, rows in self.columns()))

    def columns(self) -> list[tuple[str, list[tuple[str, float, bool]]]]:
        """For each network its title and rows of class, probability and whether it is the true class."""
        shown, place = self.shown, self.place
        assert shown is not None
        truth = None if shown.labels is None else int(shown.labels[place])
        return [
            (title, [(shown.name_of(int(label)), float(share), int(label) == truth)
                     for label, share in zip(classes[place], shares[place], strict=True)])
            for title, classes, shares in (
                (self.tr("float"), shown.float_classes, shown.float_shares),
                (self.tr("quantized"), shown.quantized_classes, shown.quantized_shares))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None or self.place < 0:
            return
        painter, line, theme = QPainter(self), self._line(), self.theme
        width = (self.width() - 2 * GRID) / 2
        flips = bool(self.shown.flipped[self.place])
        for column, (title, rows) in enumerate(self.columns()):
            left = column * (width + 2 * GRID)
            painter.setFont(small_font(self.font()))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(left, 0, width, line), Qt.AlignmentFlag.AlignVCenter, title)
            painter.setFont(self.font())
            for number, (name, share, true) in enumerate(rows, 1):
                odd = flips and column == 1 and number == 1
                self._bar(painter, QRectF(left, number * line, width, line), name, share, true, odd)

    def _bar(self, painter: QPainter, box: QRectF, name: str, share: float, true: bool, odd: bool) -> None:
        theme, metrics = self.theme, self.fontMetrics()
        percent = f"{100 * share:.1f}\u202f%"
        room = metrics.horizontalAdvance("100.0\u202f%")
        track = QRectF(box.left(), box.bottom() - 4, box.width(), 3)
        painter.fillRect(track, QColor(theme.track))
        painter.fillRect(QRectF(track.left(), track.top(), track.width() * min(max(share, 0.0), 1.0), 3),
                         QColor(theme.bad if odd else theme.accent))
        painter.setPen(QColor(theme.bad if odd else theme.text))
        painter.drawText(box.adjusted(0, 0, 0, -HALF), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                         percent)
        words = f"{'⇄ ' if odd else ''}{name}{' ✓' if true else ''}"
        painter.drawText(box.adjusted(0, 0, -room - HALF, -HALF), Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width() - room - HALF)))


class LayerBars(QWidget):
    """The error of each layer's output on one picture, with the mean over all pictures as a tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.layers: tuple[str, ...] = ()
        self.one: Parting | None = None
        self.mean: Parting | None = None
        self.setMinimumHeight(9 * GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Error of each layer's output"))
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(420, 15 * GRID)

    def show_layers(self, layers: tuple[str, ...], one: Parting | None, mean: Parting | None) -> None:
        """The layers in the order of computation, of one picture and on average."""
        self.layers, self.one, self.mean = layers, one, mean
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self.theme = theme
        self.update()

    def _plot(self) -> QRectF:
        return QRectF(0, HALF, self.width(), self.height() - HALF - self.fontMetrics().height() - 2)

    def _top(self) -> float:
        assert self.one is not None and self.mean is not None
        return max(float(self.one.errors.max()), float(self.mean.errors.max()), 1e-9)

    def layer_at(self, x: float) -> int | None:
        """The layer under a point."""
        if not self.layers or not 0 <= x < self.width():
            return None
        return min(int(x * len(self.layers) / max(self.width(), 1)), len(self.layers) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.one is None or self.mean is None or not self.layers:
            return
        painter, plot, top = QPainter(self), self._plot(), self._top()
        step = plot.width() / len(self.layers)
        gap = min(3.0, step / 4)
        painter.setPen(QColor(self.theme.border))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        for number in range(len(self.layers)):
            left = plot.left() + number * step
            height = plot.height() * float(self.one.errors[number]) / top
            chosen = number in (self.one.largest, self.one.rise)
            painter.fillRect(QRectF(left + gap / 2, plot.bottom() - height, max(step - gap, 1.0), height),
                             QColor(self.theme.accent if chosen else self.theme.faint))
            y = plot.bottom() - plot.height() * float(self.mean.errors[number]) / top
            painter.setPen(QPen(QColor(self.theme.text), 1.5))
            painter.drawLine(QPointF(left + gap / 2, y), QPointF(left + step - gap / 2, y))
        painter.setFont(small_font(self.font()))
        metrics = QFontMetrics(painter.font())
        painter.setPen(QColor(self.theme.muted))
        number = self.one.largest
        name = metrics.elidedText(self.layers[number], Qt.TextElideMode.ElideLeft, int(plot.width() * 0.6))
        width = metrics.horizontalAdvance(name) + 2
        left = min(max(plot.left() + (number + 0.5) * step - width / 2, 0.0), plot.right() - width)
        painter.drawText(QRectF(left, plot.bottom() + 2, width, metrics.height()), name)

    def words_of(self, number: int) -> str:
        """A layer's error in words."""
        assert self.one is not None and self.mean is not None
        return self.tr("{0}: {1:.2f} % of the float output's energy; mean over all images {2:.2f} %").format(
            self.layers[number], 100 * float(self.one.errors[number]), 100 * float(self.mean.errors[number]))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.layer_at(event.pos().x())
            if number is not None and self.one is not None:
                QToolTip.showText(event.globalPos(), self.words_of(number), self)
                return True
        return super().event(event)
