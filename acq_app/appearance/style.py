"""Qt's Fusion style with what it leaves out: edges that can be seen on dark grounds, and marks of what is chosen.

Fusion draws every edge a little darker than the window. On a dark window an unchecked box, a spin box or a button then
has no visible edge, and on a black one none at all.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QWidget,
)

from acq_app.appearance.icons import plain_icon
from acq_app.appearance.theme import HALF

MARK = 3  # height of the line under the chosen tab, in pixels
DARK = 128  # lightness of a window below which Fusion's own edges are not seen

_PRIMITIVES = frozenset({
    QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorRadioButton,
    QStyle.PrimitiveElement.PE_FrameLineEdit, QStyle.PrimitiveElement.PE_PanelButtonCommand,
})
_COMPLEX = frozenset({QStyle.ComplexControl.CC_SpinBox, QStyle.ComplexControl.CC_ComboBox})
# The buttons of a dock; Fusion's own are dark on dark.
_ICONS = {QStyle.StandardPixmap.SP_TitleBarCloseButton: "close", QStyle.StandardPixmap.SP_TitleBarNormalButton: "copy"}
_TAB = QStyle.ControlElement.CE_TabBarTabShape
_MENU_ITEM = QStyle.ControlElement.CE_MenuItem


class Style(QProxyStyle):
    """Draws as Fusion does, then adds to it. Colours come from the palette: see `qt_palette`."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def standardIcon(self, standardIcon: QStyle.StandardPixmap,  # noqa: N803 - Qt's name
                     option: QStyleOption | None = None, widget: QWidget | None = None) -> QIcon:
        name = _ICONS.get(standardIcon)
        if name is None:
            return super().standardIcon(standardIcon, option, widget)
        return plain_icon(name, QApplication.palette().color(QPalette.ColorRole.WindowText).name())

    def drawPrimitive(self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter,
                      widget: QWidget | None = None) -> None:
        super().drawPrimitive(element, option, painter, widget)
        if element in _PRIMITIVES:
            _edge(option, painter, round_=element is QStyle.PrimitiveElement.PE_IndicatorRadioButton,
                  bevel=element is QStyle.PrimitiveElement.PE_PanelButtonCommand)

    def drawComplexControl(self, control: QStyle.ComplexControl, option: QStyleOptionComplex, painter: QPainter,
                           widget: QWidget | None = None) -> None:
        super().drawComplexControl(control, option, painter, widget)
        if control in _COMPLEX:
            _edge(option, painter)

    def drawControl(self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter,
                    widget: QWidget | None = None) -> None:
        if element is _MENU_ITEM and isinstance(option, QStyleOptionMenuItem):
            option = _with_selected_icon(option)
        super().drawControl(element, option, painter, widget)
        if element is _TAB and option.state & QStyle.StateFlag.State_Selected:
            box = option.rect
            painter.fillRect(box.left() + 1, box.bottom() - MARK + 1, box.width() - 2, MARK,
                             option.palette.color(QPalette.ColorRole.Highlight))


def _edge(option: QStyleOption, painter: QPainter, *, round_: bool = False, bevel: bool = False) -> None:
    """An edge around a control, where the style's own would not be seen."""
    palette, state = option.palette, option.state
    if palette.color(QPalette.ColorRole.Window).lightness() >= DARK:
        return
    role = QPalette.ColorRole.Shadow
    if state & QStyle.StateFlag.State_HasFocus:
        role = QPalette.ColorRole.Highlight
    elif not state & QStyle.StateFlag.State_Enabled:
        role = QPalette.ColorRole.Mid
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(palette.color(role), 1))
    box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    if round_:
        painter.drawEllipse(box)
    else:
        painter.drawRoundedRect(box, HALF / 2, HALF / 2)
    if bevel:  # Fusion's light line inside would be too near to the edge, and to the ring of the focus, in colour
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Button), 1))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), HALF / 2, HALF / 2)
    painter.restore()


def _with_selected_icon(option: QStyleOptionMenuItem) -> QStyleOptionMenuItem:
    """The line of a menu under the mouse has the accent's ground; its icon is to be seen on that."""
    state = option.state
    chosen = state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Enabled
    if not chosen or option.icon.isNull():
        return option
    copy = QStyleOptionMenuItem(option)
    pixmap = option.icon.pixmap(QSize(16, 16), QIcon.Mode.Selected)
    copy.icon = QIcon(pixmap)
    return copy
