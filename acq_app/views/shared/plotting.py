"""One plot in the program's style: pyqtgraph's view and axes, curves thinned by us, marks by an overlay.

Curves are thinned to the pixel columns, and only then converted for a logarithmic axis, before
pyqtgraph sees them: sixteen of 100,000 points draw in 15 ms, where its own peak downsampling takes
175 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QToolButton, QWidget

from acq_app.appearance.theme import HALF, Theme, load_theme
from acq_app.views.shared.axes import Range, linear_ticks, log_ticks, tick_text
from acq_app.views.shared.curves import F64, decimate
from acq_app.views.shared.plot_marks import Bands, Overlay
from acq_app.views.shared.plot_state import Marks, PhaseBand

LABEL_ROOM = 24.0  # half a label, in pixels


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis with round ticks; on a logarithmic one positions are exponents and labels are values."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=0)
        self.logarithmic = False
        self.first_label, self._first_room = "", LABEL_ROOM
        self.setStyle(tickTextOffset=HALF, hideOverlappingLabels=False, autoReduceTextSpace=False)
        self.enableAutoSIPrefix(False)

    def boundingRect(self) -> QRectF:
        # Room for the labels at the ends; pyqtgraph drops labels that reach beyond the rectangle.
        return QRectF(super().boundingRect()).adjusted(-self._first_room, -10, LABEL_ROOM, 10)

    def set_first_label(self, text: str, font: QFont) -> None:
        """What is written at 0 in place of the number: it says what the axis counts."""
        self.first_label = text
        self._first_room = max(LABEL_ROOM, QFontMetrics(font).horizontalAdvance(text) / 2 + HALF)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        count = int(max(2, size // (76 if self.orientation == "bottom" else 34)))
        ticks = log_ticks(low, high, count) if self.logarithmic else linear_ticks(low, high, count)
        return [(1.0, ticks)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts = [tick_text(10.0**value if self.logarithmic else value) for value in values]
        if self.first_label and texts and values[0] == 0:
            texts[0] = self.first_label
        return texts


@dataclass
class _Curve:
    item: Any
    x: F64
    y: F64
    logarithmic: bool = False


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot whose ranges are set by its owner until the user zooms; a double click or 0 gives them back.

    With the focus, arrows, Home and End move the cross-hair from point to point (with Ctrl by ten), + and - zoom
    about it, Esc takes it away.
    """

    hovered = Signal(object)  # float: step under the mouse; None: the mouse left
    ownRangeAsked = Signal()  # the user wants the automatic ranges again
    zoomChanged = Signal()  # by the user: other ranges, or the owner's again

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {"left": ValueAxis("left"), "bottom": ValueAxis("bottom")}
        self.theme: Theme = load_theme("light")
        self.bands: list[PhaseBand] = []
        self.marks = Marks()
        self.with_phase_names = True
        self.logarithmic = False
        self._is_zoomed = False
        self.level: float | None = None  # where the mouse is on the y axis
        self._own: tuple[Range, Range] | None = None  # the owner's ranges
        self._curves: dict[str, _Curve] = {}
        super().__init__(parent, axisItems=axes)
        self.whole_button = QToolButton(self)
        self.whole_button.setText(self.tr("Reset zoom"))
        self.whole_button.setToolTip(self.tr("Show the whole run (double-click or 0)"))
        self.whole_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key 0 does the same
        self.whole_button.clicked.connect(self.reset_zoom)
        self.whole_button.hide()
        self.setMenuEnabled(False)
        self.hideButtons()
        self.view = self.plotItem.getViewBox()
        self.view.disableAutoRange()
        self._bands, self._overlay = Bands(self, -2000), Overlay(self, 50)
        self.view.sigRangeChanged.connect(self._range_changed)
        self.view.sigResized.connect(self._range_changed)
        self.view.sigRangeChangedManually.connect(self._zoomed)
        self.view.setDefaultPadding(0)
        self.plotItem.setContentsMargins(0, HALF, HALF, 0)
        self.plotItem.getAxis("left").setWidth(48)
        self.plotItem.getAxis("bottom").set_first_label(self.tr("step 0"), self.font())
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.set_theme(self.theme)

    @property
    def zoomed(self) -> bool:
        """Whether the user chose the ranges; a button says so, and gives them back."""
        return self._is_zoomed

    @zoomed.setter
    def zoomed(self, on: bool) -> None:
        self._is_zoomed = on
        self.whole_button.setVisible(on)
        self._place_button()

    def _place_button(self) -> None:
        self.whole_button.adjustSize()
        area = self.view.sceneBoundingRect()
        # Where curves that fall and curves that rise both leave room.
        self.whole_button.move(int(area.left()) + HALF, int(area.bottom()) - self.whole_button.height() - HALF)

    def show_steps(self, low: float, high: float) -> None:
        """Zoom to some steps, as the plot above or below was."""
        self.zoomed = True
        self.view.setXRange(low, high, padding=0)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's plot colours; the curves' colours are set by whoever owns them."""
        self.theme = theme
        self.setBackground(theme.plot_background)
        for name in ("left", "bottom"):
            axis = self.plotItem.getAxis(name)
            axis.setPen(pg.mkPen(theme.plot_grid))
            axis.setTickPen(pg.mkPen(theme.plot_grid))
            axis.setTextPen(pg.mkPen(theme.muted))
            axis.setGrid(255)
            axis.setStyle(tickFont=self.font())
        self._redraw_layers()

    def set_logarithmic(self, on: bool) -> None:
        """Draw curves that are set from now on as log10, and label the y axis with their values."""
        self.logarithmic = on
        axis = self.plotItem.getAxis("left")
        axis.logarithmic = on
        axis.picture = None
        axis.update()

    def set_neighbours(self, *, above: bool, below: bool) -> None:
        """Whether plots with the same x axis stand above and below: then the ends alone name phases and steps."""
        self.with_phase_names = not above
        axis = self.plotItem.getAxis("bottom")
        axis.setStyle(showValues=not below)
        axis.setHeight(HALF if below else None)
        self._redraw_layers()

    def set_curve(self, key: str, x: F64, y: F64, colour: QColor, *, width: float = 1.0, z: float = 0.0) -> None:
        """Draw a curve, or draw it anew: all its points, as measured.

        On a logarithmic axis values that are not above 0 are left out. The colour should be opaque,
        which Qt draws several times faster than a transparent one.
        """
        curve = self._curves.get(key)
        if curve is None:
            item = pg.PlotCurveItem(skipFiniteCheck=True, antialias=False)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.plotItem.addItem(item)
            curve = self._curves[key] = _Curve(item, x, y)
        curve.x, curve.y, curve.logarithmic = x, y, self.logarithmic
        # One device pixel is drawn fastest; on a dense screen it would be too thin for the main curves.
        dense = max(round(self.devicePixelRatioF()), 1) if z > 0 or width > 1 else 1
        curve.item.setPen(QPen(colour, width * dense, Qt.PenStyle.SolidLine))
        curve.item.opts["pen"].setCosmetic(True)
        curve.item.setZValue(z)
        curve.item.setVisible(True)
        self._thin(curve)

    def hide_curve(self, key: str) -> None:
        """Stop drawing a curve."""
        if key in self._curves:
            self._curves[key].item.setVisible(False)

    def curve_data(self, key: str) -> tuple[F64, F64] | None:
        """What is drawn of a curve now, or None if it is not shown."""
        curve = self._curves.get(key)
        if curve is None or not curve.item.isVisible():
            return None
        x, y = curve.item.getData()
        return np.asarray(x, np.float64), np.asarray(y, np.float64)

    def set_ranges(self, x: Range, y: Range) -> None:
        """Set both ranges, unless the user has zoomed."""
        self._own = x, y
        if not self.zoomed:
            (x0, x1), (y0, y1) = self.view.viewRange()
            if (x0, x1, y0, y1) != (*x, *y):
                self.view.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def set_marks(self, marks: Marks) -> None:
        """Baseline, last values and cross-hair to draw."""
        self.marks = marks
        self._overlay.update()

    def set_bands(self, bands: list[PhaseBand]) -> None:
        """Phases to shade and name."""
        self.bands = bands
        self._bands.update()

    def reset_zoom(self) -> None:
        """Give the ranges back to the owner."""
        self.zoomed = False
        self.ownRangeAsked.emit()
        self.zoomChanged.emit()

    def step_at(self, position: QPointF) -> float | None:
        """The step under a point of the scene, or None outside the plotting area."""
        if not self.view.sceneBoundingRect().contains(position):
            return None
        return float(self.view.mapSceneToView(position).x())

    def mouseMoveEvent(self, event: Any) -> None:
        super().mouseMoveEvent(event)
        at = self.mapToScene(event.position().toPoint())
        step = self.step_at(at)
        self.level = None if step is None else float(self.view.mapSceneToView(at).y())
        self.hovered.emit(step)

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self.level = None
        self.hovered.emit(None)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.reset_zoom()
        event.accept()

    # --- keyboard ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
        moves = {Qt.Key.Key_Left: -far, Qt.Key.Key_Right: far}
        if key in moves or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move_cursor(moves.get(key), to_end=key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(0.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(2.0)
        elif key == Qt.Key.Key_0:
            self.reset_zoom()
        elif key == Qt.Key.Key_Escape and self.marks.cursor is not None:
            self.hovered.emit(None)
        else:
            event.ignore()  # pyqtgraph's own handler would swallow keys that mean something to the window

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._overlay.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._overlay.update()
        if not self.underMouse():
            self.hovered.emit(None)

    def _move_cursor(self, steps: int | None, *, to_end: bool) -> None:
        """Put the cross-hair on another point of the longest curve; without `steps` on its first or last."""
        x = max((curve.x for curve in self._curves.values() if curve.item.isVisible()), key=len, default=np.empty(0))
        if not len(x):
            return
        self.level = None
        last = len(x) - 1
        if steps is None:
            index = last if to_end else 0
        elif self.marks.cursor is None:
            index = last
        else:
            nearest = int(np.abs(x - self.marks.cursor).argmin())
            index = min(max(nearest + steps, 0), last)
        step = float(x[index])
        low, high = self.view.viewRange()[0]
        if self.zoomed and not low <= step <= high:
            shift = step - (low + high) / 2
            self.view.setXRange(low + shift, high + shift, padding=0)
        self.hovered.emit(step)

    def zoom(self, factor: float) -> None:
        """Show `factor` times as many steps, around the cross-hair or the middle; never more than the owner does."""
        low, high = self.view.viewRange()[0]
        if self._own is not None and factor * (high - low) >= self._own[0][1] - self._own[0][0]:
            self.reset_zoom()
            return
        middle = (low + high) / 2 if self.marks.cursor is None else self.marks.cursor
        self.zoomed = True
        self.view.setXRange(middle - factor * (middle - low), middle + factor * (high - middle), padding=0)
        self.zoomChanged.emit()

    def _zoomed(self, *_: object) -> None:
        self.zoomed = True
        self.zoomChanged.emit()

    def _range_changed(self, *_: object) -> None:
        for curve in self._curves.values():
            if curve.item.isVisible():
                self._thin(curve)
        self._redraw_layers()
        self._place_button()

    def _redraw_layers(self) -> None:
        for layer in (self._bands, self._overlay):
            layer.prepareGeometryChange()
            layer.update()

    def _thin(self, curve: _Curve) -> None:
        (low, high), _ = self.view.viewRange()
        columns = max(int(self.view.width()) // 3, 50)
        x, y = decimate(curve.x, curve.y, low, high, columns)
        if curve.logarithmic:
            above = y > 0
            x, y = x[above], np.log10(y[above])
        curve.item.setData(x, y)


def blended(colour: str, ground: str, part: float) -> QColor:
    """`part` of a colour on an opaque ground, itself opaque."""
    first, second = QColor(colour), QColor(ground)
    mixed = [round(part * a + (1 - part) * b) for a, b in
             ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))]
    return QColor(*mixed)
