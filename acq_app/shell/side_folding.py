"""Side docks make room: on pages that don't need them, in a window that has no room for both, they fold away.

What the user shows or hides is left so. The layout that is remembered between two starts is the unfolded one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

WIDE = 1600  # logical pixels: a window with room for a page between the docks
KEPT_ON = frozenset({"live"})  # where settings and health are part of what is watched


class SideFolding(QObject):
    """Hides the docks of a window's sides and brings them back, with the widths that they had."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget], page: Callable[[], str]) -> None:
        super().__init__(window)
        self._window, self._docks, self._page = window, docks, page
        self._folded: dict[str, int] = {}  # name to width, of those that were hidden here
        self._wanted: set[str] = set()  # shown by the user although there is little room, until the page is left
        self._before: QByteArray | None = None
        self._at = page()
        window.installEventFilter(self)
        for name, dock in docks.items():
            dock.toggleViewAction().triggered.connect(lambda on, name=name: self._toggled(name, on))

    @property
    def folded(self) -> tuple[str, ...]:
        """The docks that are folded away."""
        return tuple(self._folded)

    def state(self) -> QByteArray:
        """The window's layout as it is with the docks unfolded."""
        return self._window.saveState() if self._before is None else self._before

    @Slot()
    def update(self) -> None:
        """The page or the window's width has changed."""
        page = self._page()
        if page != self._at:
            self._at = page
            self._wanted.clear()
        crowded = page not in KEPT_ON and self._window.width() < WIDE
        if not crowded:
            self._unfold(tuple(self._folded))
            return
        names = [name for name, dock in self._docks.items()
                 if not dock.isHidden() and not dock.isFloating() and name not in self._wanted]
        if names and self._before is None:
            self._before = self._window.saveState()
        for name in names:
            self._folded[name] = self._docks[name].width()
            self._docks[name].hide()

    def show(self, name: str) -> None:
        """Show a dock that is folded away, as long as the page stays: the user is to look at it."""
        if name in self._folded:
            self._wanted.add(name)
            self._unfold((name,))

    def forget(self) -> None:
        """The layout was made anew: nothing is folded any more."""
        self._folded.clear()
        self._before = None
        self.update()

    def _unfold(self, names: tuple[str, ...]) -> None:
        if not names:
            return
        widths = {name: self._folded.pop(name) for name in names}
        for name in names:
            self._docks[name].show()
        self._window.resizeDocks([self._docks[name] for name in names], list(widths.values()),
                                 Qt.Orientation.Horizontal)
        if not self._folded:
            self._before = None

    def _toggled(self, name: str, on: bool) -> None:
        """The user's own wish counts more than the room."""
        if on and name in self._folded:
            self._wanted.add(name)
            self._unfold((name,))
        elif on:
            self._wanted.add(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.update()
        return False
