"""The confusion matrix: labels, numbers, colour scale, and a zoom for more classes than there is room for."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from acq_app.appearance.theme import GRID, HALF, load_theme
from acq_app.views.results.figures import signed
from acq_app.views.shared.maps import coloured
from acq_app.views.shared.sample_facts import class_name
from acq_app.widgets.labels import small_font
from acq_app.widgets.pixels import image_of
from acq_app.widgets.saving import ask_and_save, widget_image, write_bytes, write_image
from acq_engine.errors import StorageError

Shown = Literal["quantized", "float", "difference"]
LONGEST_NAME = 110  # pixels
FEWEST = 4  # classes that a zoom leaves
ZOOM = 1.5
SCALE = GRID  # width of the colour scale


class ConfusionMatrix(QWidget):
    """How often each class (row) is taken for each class (column); mouse or arrows name a cell.

    A click or Enter asks for the images behind it. Ctrl and the wheel, plus and minus, or a double click zoom; 0 shows
    the whole matrix again.
    """

    pointed = Signal(str)  # the cell in words; empty: none
    opened = Signal(int, int)  # true and predicted class of a cell whose images are wanted
    errorRaised = Signal(object)  # AcqError

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.names: tuple[str, ...] = ()
        self.counts: NDArray[np.int64] | None = None
        self.float_counts: NDArray[np.int64] | None = None
        self.shown: Shown = "quantized"
        self.cell: tuple[int, int] | None = None
        self._clicked: tuple[int, int] | None = None
        self._doubled = False
        self._click = QTimer(self)
        self._click.setSingleShot(True)
        self._click.timeout.connect(self._open)
        self.with_numbers = False
        self._part: tuple[int, int, int] | None = None  # first row, first column, classes; None: all
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(180, 180)
        self.setAccessibleName(self.tr("Confusion matrix: rows are true classes, columns are predicted classes"))

    def show_counts(
        self, counts: NDArray[np.int64] | None, float_counts: NDArray[np.int64] | None, names: tuple[str, ...],
    ) -> None:
        """Counts (classes, classes), rows the truth, of the quantized and the float model."""
        known = next((found for found in (self.counts, self.float_counts) if found is not None), None)
        fresh = next((found for found in (counts, float_counts) if found is not None), None)
        if known is None or fresh is None or len(known) != len(fresh):
            self._part = None
        self.counts, self.float_counts, self.names = counts, float_counts, names
        self.cell = None
        self.update()

    def set_shown(self, shown: Shown) -> None:
        """Which model's counts to show, or the difference of both."""
        self.shown = shown
        self.update()

    def set_with_numbers(self, with_numbers: bool) -> None:
        """Write percentages into the cells, where these are large enough."""
        self.with_numbers = with_numbers
        self.update()

    def _values(self) -> NDArray[np.float32] | None:
        """Percent of each row, (classes, classes); a difference where that is shown."""
        def percent(counts: NDArray[np.int64]) -> NDArray[np.float32]:
            return np.asarray(100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), np.float32)

        if self.shown == "difference":
            if self.counts is None or self.float_counts is None:
                return None
            return percent(self.counts) - percent(self.float_counts)
        counts = self.counts if self.shown == "quantized" else self.float_counts
        return None if counts is None else percent(counts)

    # --- zoom ------------------------------------------------------------------------------------

    def part(self, count: int) -> tuple[int, int, int]:
        """First row and column that are shown, and how many of each."""
        return (0, 0, count) if self._part is None else self._part

    @property
    def zoomed(self) -> bool:
        """Whether only a part of the matrix is shown."""
        return self._part is not None

    def zoom(self, factor: float, at: tuple[int, int] | None = None) -> None:
        """Show fewer classes (factor above 1) or more; the cell `at` stays where it is, or the middle."""
        values = self._values()
        if values is None:
            return
        count = len(values)
        row, column, size = self.part(count)
        wanted = min(count, max(min(FEWEST, count), round(size / factor)))
        if wanted == size and factor > 1:
            wanted = max(min(FEWEST, count), size - 1)
        around = at or self.cell or (row + size // 2, column + size // 2)
        # The cell keeps its place in the widget: as many parts of the width before it as there were.
        down, across = (round(middle + 0.5 - (middle + 0.5 - first) * wanted / size)
                        for middle, first in zip(around, (row, column), strict=True))
        self._show_part(down, across, wanted)

    def _show_part(self, row: int, column: int, size: int) -> None:
        values = self._values()
        if values is None:
            return
        last = len(values) - size
        self._part = None if last <= 0 else (min(max(row, 0), last), min(max(column, 0), last), size)
        self.update()

    def show_all(self) -> None:
        """The whole matrix again."""
        self._part = None
        self.update()

    # --- drawing ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    def _area(self, count: int) -> QRectF:
        """Where the cells are, with `count` of them in a row."""
        left = top = 1.0
        if self._named(count):
            row, column, size = self.part(count)
            size = min(size, count)
            left, top = (
                min(max(self.fontMetrics().horizontalAdvance(class_name(self.names, first + i)) for i in range(size)),
                    LONGEST_NAME) + GRID for first in (row, column))
        room = min(self.width() - left - self._scale_width(), self.height() - top - 2.0)
        side = max(room // count, 1) * count if count <= 200 else room
        return QRectF(left, top, side, side)

    def _named(self, count: int) -> bool:
        return self.height() / count >= self.fontMetrics().height() * 1.3

    def _scale_width(self) -> int:
        return SCALE + 2 * GRID + self.fontMetrics().horizontalAdvance("\u2212100 pp")

    def _top(self, values: NDArray[np.float32]) -> float:
        """The value that has the last colour, of a difference."""
        return max(float(np.abs(values).max()), 1.0)

    def _coloured(self, values: NDArray[np.float32], top: float) -> NDArray[np.uint8]:
        if self.shown == "difference":
            return coloured(values, self.theme.difference, -top, top)
        # A root, so that the few that are wrong can be told from none.
        return coloured(np.sqrt(values), self.theme.viridis, 0.0, 10.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        values = self._values()
        painter = QPainter(self)
        if values is None:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("not measured"))
            return
        top = self._top(values)
        row, column, size = self.part(len(values))
        seen = values[row : row + size, column : column + size]
        area, colours = self._area(size), self._coloured(seen, top)
        painter.drawImage(area, image_of(colours))
        step = area.width() / size
        if step >= 8:
            painter.setPen(QPen(QColor(self.theme.panel), 1))
            for line in range(size + 1):
                along = line * step
                painter.drawLine(QPointF(area.left() + along, area.top()), QPointF(area.left() + along, area.bottom()))
                painter.drawLine(QPointF(area.left(), area.top() + along), QPointF(area.right(), area.top() + along))
        if self._named(size):
            self._draw_names(painter, area, step, (row, column, size))
        if self.with_numbers:
            self._draw_numbers(painter, area, step, seen, colours)
        self._draw_scale(painter, area, top)
        if self.cell is not None:
            across, down = self.cell[1] - column, self.cell[0] - row
            if 0 <= across < size and 0 <= down < size:
                painter.setPen(QPen(QColor(self.theme.accent), 2))
                painter.drawRect(QRectF(area.left() + across * step, area.top() + down * step, step, step))

    def _draw_names(self, painter: QPainter, area: QRectF, step: float, part: tuple[int, int, int]) -> None:
        painter.setPen(QColor(self.theme.muted))
        metrics = self.fontMetrics()
        for place in range(part[2]):
            at = area.top() + place * step
            room = QRectF(0, at, area.left() - HALF, step)
            name = metrics.elidedText(class_name(self.names, part[0] + place), Qt.TextElideMode.ElideRight,
                                      int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            painter.save()  # names of columns are read from below
            quarter = QTransform(0, -1, 1, 0, area.left() + (place + 0.5) * step, area.top() - HALF)
            painter.setTransform(quarter, True)
            long = area.top() - HALF
            name = metrics.elidedText(class_name(self.names, part[1] + place), Qt.TextElideMode.ElideRight, int(long))
            painter.drawText(QRectF(0, -step / 2, long, step),
                             Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            painter.restore()

    def _draw_numbers(self, painter: QPainter, area: QRectF, step: float, values: NDArray[np.float32],
                      colours: NDArray[np.uint8]) -> None:
        painter.setFont(small_font(self.font()))
        widest = "\u2212100" if self.shown == "difference" else "100"
        if step < painter.fontMetrics().horizontalAdvance(widest) + 2 or step < painter.fontMetrics().height():
            return
        light = colours[..., :3].astype(float) @ (0.299, 0.587, 0.114) > 140
        for (down, across), value in np.ndenumerate(values):
            if abs(value) > 0.5:  # what is rounded to 0 is left empty
                painter.setPen(QColor("black" if light[down, across] else "white"))
                text = f"{value:.0f}" if self.shown != "difference" else signed(float(value)).partition(".")[0]
                painter.drawText(QRectF(area.left() + across * step, area.top() + down * step, step, step),
                                 Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(self.font())

    def _draw_scale(self, painter: QPainter, area: QRectF, top: float) -> None:
        """Which colour is which percentage."""
        difference = self.shown == "difference"
        ramp = np.linspace(1, 0, 128, dtype=np.float32)[:, None]
        values = (2 * ramp - 1) * top if difference else 100 * ramp**2
        place = QRectF(area.right() + 2 * GRID, area.top(), SCALE, area.height())
        painter.drawImage(place, image_of(self._coloured(values, top)))
        marks = ([(0.0, f"+{top:.0f} pp"), (0.5, "0"), (1.0, f"\u2212{top:.0f} pp")] if difference
                 else [(0.0, "100 %"), (0.5, "25 %"), (1.0, "0 %")])
        painter.setPen(QColor(self.theme.muted))
        line = self.fontMetrics().height()
        for part, text in marks:
            y = place.top() + part * (place.height() - line)
            painter.drawText(QRectF(place.right() + HALF, y, self.width(), line), Qt.AlignmentFlag.AlignVCenter, text)

    # --- cells -----------------------------------------------------------------------------------

    def words(self, row: int, column: int) -> str:
        """A cell in words."""
        truth, seen = class_name(self.names, row), class_name(self.names, column)
        values = self._values()
        if values is None:
            return ""
        if self.shown == "difference":
            return self.tr("{0} predicted as {1}: {2} pp vs. float").format(
                truth, seen, signed(float(values[row, column])))
        counts = self.counts if self.shown == "quantized" else self.float_counts
        assert counts is not None
        return self.tr("{0} predicted as {1}: {2} of {3} ({4} %)").format(
            truth, seen, int(counts[row, column]), int(counts[row].sum()), f"{float(values[row, column]):.1f}")

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Row and column of the whole matrix at a place of the widget."""
        values = self._values()
        if values is None:
            return None
        row, column, size = self.part(len(values))
        area = self._area(size)
        if not area.contains(point):
            return None
        step = area.width() / size
        last = size - 1
        return (row + min(last, int((point.y() - area.top()) // step)),
                column + min(last, int((point.x() - area.left()) // step)))

    def _point(self, cell: tuple[int, int] | None) -> None:
        if cell != self.cell:
            self.cell = cell
            self.pointed.emit("" if cell is None else self.words(*cell))
            self.setAccessibleDescription("" if cell is None else self.words(*cell))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._values() is not None:
            self._point(self.cell_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None and not self._doubled:
            self._clicked = cell
            self._click.start(QGuiApplication.styleHints().mouseDoubleClickInterval())  # unless another one follows
        self._doubled = False

    def _open(self) -> None:
        if self._clicked is not None and self._values() is not None:
            self.opened.emit(*self._clicked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._click.stop()
        self._doubled = True
        cell = self.cell_at(event.position())
        if cell is not None:
            self.zoom(ZOOM**2, cell)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Without Ctrl the wheel scrolls the page that the matrix lies on.
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not event.angleDelta().y():
            event.ignore()
            return
        self.zoom(ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM, self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        key, values = Qt.Key(event.key()), self._values()
        if values is not None and key in moves:
            self._step(moves[key], len(values))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM)
        elif key == Qt.Key.Key_0:
            self.show_all()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cell is not None:
            self.opened.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def _step(self, move: tuple[int, int], count: int) -> None:
        """Go on to a neighbour; the part that is shown follows."""
        first_row, first_column, size = self.part(count)
        row, column = self.cell or (first_row, first_column)
        if self.cell is not None:
            row, column = row + move[0], column + move[1]
        row, column = min(max(row, 0), count - 1), min(max(column, 0), count - 1)
        self._show_part(min(max(first_row, row - size + 1), row), min(max(first_column, column - size + 1), column),
                        size)
        self._point((row, column))

    # --- to take away ----------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cell = self.cell
        images = menu.addAction(self.tr("Compare these images"))
        images.setEnabled(cell is not None)
        if cell is not None:
            images.triggered.connect(lambda: self.opened.emit(*cell))
        menu.addSeparator()
        menu.addAction(self.tr("Zoom in"), lambda: self.zoom(ZOOM, cell))
        menu.addAction(self.tr("Zoom out"), lambda: self.zoom(1 / ZOOM, cell)).setEnabled(self.zoomed)
        menu.addAction(self.tr("Whole matrix"), self.show_all).setEnabled(self.zoomed)
        menu.addSeparator()
        menu.addAction(self.tr("Copy as table"), self.copy)
        menu.addAction(self.tr("Copy image"), self._copy_image)
        menu.addAction(self.tr("Save as CSV..."), self._ask_table)
        menu.addAction(self.tr("Save as image..."), self._ask_image)
        menu.popup(event.globalPos())

    def _ask_table(self) -> None:
        ask_and_save(self, self.tr("Confusion matrix"), "confusion-matrix.csv", self.tr("Table (*.csv)"),
                     self.save_table)

    def _ask_image(self) -> None:
        ask_and_save(self, self.tr("Confusion matrix"), "confusion-matrix.png", self.tr("Image (*.png)"),
                     self.save_image)

    def table(self, separator: str = "\t") -> str:
        """All counts with the classes' names; a difference is that of the counts. Empty where nothing was measured."""
        counts = self.float_counts if self.shown == "float" else self.counts
        if counts is not None and self.shown == "difference":
            counts = None if self.float_counts is None else counts - self.float_counts
        if counts is None:
            return ""
        names = [class_name(self.names, index) for index in range(len(counts))]
        if separator == ",":
            names = ['"' + name.replace('"', '""') + '"' for name in names]
        lines = [["", *names], *([name, *map(str, row)] for name, row in zip(names, counts.tolist(), strict=True))]
        return "\n".join(separator.join(line) for line in lines) + "\n"

    def copy(self) -> None:
        """Put the counts on the clipboard."""
        QGuiApplication.clipboard().setText(self.table())

    def _copy_image(self) -> None:
        QGuiApplication.clipboard().setImage(widget_image(self))

    def save_table(self, path: str) -> None:
        """Write the counts as CSV."""
        try:
            write_bytes(path, self.table(",").encode("utf-8"))
        except StorageError as error:
            self.errorRaised.emit(error)

    def save_image(self, path: str) -> None:
        """Write what is shown as PNG."""
        try:
            write_image(path, widget_image(self))
        except StorageError as error:
            self.errorRaised.emit(error)
