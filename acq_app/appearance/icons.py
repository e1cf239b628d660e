"""Icons: the project's own SVG files, drawn in the theme's colours at every size a screen needs."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from acq_app.appearance.resources import ICONS
from acq_app.appearance.theme import Theme


@cache
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    """Draws an icon when it is painted, at the size that is wanted: most of them are not on the screen at the start."""

    def __init__(self, name: str, colours: dict[QIcon.Mode, str]) -> None:
        super().__init__()
        self._name, self._colours = name, colours

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._colours.get(mode, self._colours[QIcon.Mode.Normal])
        _renderer(self._name, colour).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        drawn = QPixmap(side, side)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, side, side), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colours)


@cache
def _icon(name: str, colour: str, disabled: str, selected: str) -> QIcon:
    return QIcon(_Engine(name, {QIcon.Mode.Normal: colour, QIcon.Mode.Disabled: disabled,
                                QIcon.Mode.Selected: selected}))


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
