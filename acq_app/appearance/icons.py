"""Icons: the project's own SVG files, drawn in the theme's colours at every size a screen needs."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from acq_app.appearance.resources import ICONS
from acq_app.appearance.theme import Theme

_SIZES = (16, 20, 24, 32, 48)


@cache
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def _pixmap(name: str, colour: str, size: int) -> QPixmap:
    data = _source(name).replace("currentColor", colour)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(data.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def _icon(name: str, colour: str, disabled: str, selected: str) -> QIcon:
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_pixmap(name, colour, size), QIcon.Mode.Normal)
        icon.addPixmap(_pixmap(name, disabled, size), QIcon.Mode.Disabled)
        icon.addPixmap(_pixmap(name, selected, size), QIcon.Mode.Selected)
    return icon


def icon(name: str, theme: Theme, colour: str = "") -> QIcon:
    """The icon `name` of resources/icons in a theme's colour ("text" unless `colour` says otherwise)."""
    return _icon(name, getattr(theme, colour or "text"), theme.faint, theme.accent_text)


def plain_icon(name: str, colour: str) -> QIcon:
    """The icon `name` in one colour, "#rrggbb"."""
    return _icon(name, colour, colour, colour)


def pixmap(name: str, theme: Theme, colour: str = "", size: int = 16) -> QPixmap:
    """As `icon`, as a picture of one size in pixels."""
    return icon(name, theme, colour).pixmap(size, size)


def app_icon() -> QIcon:
    """The program's own icon; an empty one where the file is missing."""
    path = ICONS / "app.svg"
    return QIcon(str(path)) if path.is_file() else QIcon()
