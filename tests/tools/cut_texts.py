"""Texts on the screen that have less room than they need: what a test can't see by looking at strings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from acq_app.widgets.labels import ElidedLabel

SLACK = 1  # pixels that rounding may take


def cut_texts(root: QWidget) -> list[str]:
    """Every visible text that is cut, with the widget's class and the pixels it lacks. Texts that say "..." are not."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            text, room = _text_and_room(widget)
            needed = max((QFontMetrics(widget.font()).horizontalAdvance(line) for line in text.split("\n")), default=0)
            if text and needed > room + SLACK:
                found.append(f"{type(widget).__name__} {text!r} lacks {needed - room} px")
    return found


def _text_and_room(widget: QWidget) -> tuple[str, int]:
    """What a widget shows on one line each, and how wide it may be; no text where it wraps or elides by itself."""
    style = widget.style()
    if isinstance(widget, QLabel):
        elides = isinstance(widget, ElidedLabel) or widget.wordWrap()
        rich = widget.textFormat() == Qt.TextFormat.RichText or "<" in widget.text()
        return ("" if elides or rich else widget.text()), widget.contentsRect().width()
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        rect = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, widget)
        return widget.currentText(), rect.width()
    if isinstance(widget, QCheckBox | QRadioButton):
        choice = QStyleOptionButton()
        widget.initStyleOption(choice)
        part = (QStyle.SubElement.SE_CheckBoxContents if isinstance(widget, QCheckBox)
                else QStyle.SubElement.SE_RadioButtonContents)
        return _plain(widget), style.subElementRect(part, choice, widget).width()
    if isinstance(widget, QAbstractButton):
        kind = widget.toolButtonStyle() if isinstance(widget, QToolButton) else None
        shows = kind != Qt.ToolButtonStyle.ToolButtonIconOnly
        alone = widget.icon().isNull() or kind == Qt.ToolButtonStyle.ToolButtonTextOnly
        icon = 0 if alone else widget.iconSize().width() + 4
        return (_plain(widget) if shows else ""), widget.width() - icon
    return "", 0


def _plain(button: QAbstractButton) -> str:
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
