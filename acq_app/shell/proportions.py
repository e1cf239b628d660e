"""Docks keep their share of the room: a window that shrinks and grows again looks as before.

Qt gives what is lost to the first dock that has it, and never gives it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow


class Proportions(QObject):
    """Remembers which share of a page each dock has, and gives it back when the page's size changes.

    Shares are taken when docks change while the page does not: then somebody moved, closed or resized them.
    """

    def __init__(self, page: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
        super().__init__(page)
        self._page, self._docks = page, docks
        self._shares: dict[str, tuple[float, float]] = {}
        self._size = QSize()  # of the page when the shares were taken or last given back
        self._giving = False
        self._note, self._give = QTimer(self), QTimer(self)
        for timer, slot in ((self._note, self._take), (self._give, self._give_back)):
            timer.setSingleShot(True)
            timer.setInterval(0)
            timer.timeout.connect(slot)
        page.installEventFilter(self)
        for dock in docks.values():
            dock.installEventFilter(self)

    @property
    def shares(self) -> dict[str, list[float]]:
        """What part of the page's width and height each dock has, for the next start."""
        return {name: list(share) for name, share in self._shares.items()}

    def restore(self, shares: Mapping[str, list[float]]) -> None:
        """Give docks the parts of before, whatever size the page has now.

        Qt's own state has pixels: of a page that was lower then, as with the slider through a run below it, it would
        give all that is more to one dock, at every start again.
        """
        if all(len(share) == 2 for share in shares.values()):
            self._shares = {name: (share[0], share[1]) for name, share in shares.items()}
            self._give.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page:
            if event.type() == QEvent.Type.Resize and self._page.size() != self._size:
                self._give.start()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide) and not self._giving and (
                self._page.size() == self._size):
            self._note.start()
        return False

    def _lying(self) -> dict[str, QDockWidget]:
        """The docks that take room of the page."""
        return {name: dock for name, dock in self._docks.items() if not dock.isHidden() and not dock.isFloating()}

    @Slot()
    def _take(self) -> None:
        if self._page.size() != self._size or self._give.isActive() or not self._page.isVisible():
            return
        width, height = max(self._size.width(), 1), max(self._size.height(), 1)
        self._shares = {name: (dock.width() / width, dock.height() / height) for name, dock in self._lying().items()}

    @Slot()
    def _give_back(self) -> None:
        self._note.stop()
        self._size = self._page.size()
        there = self._lying()
        if set(there) != set(self._shares):  # shown for the first time, or others are shown than before
            self._note.start()
            return
        self._giving = True
        try:
            for way, length, place in ((Qt.Orientation.Horizontal, self._size.width(), 0),
                                       (Qt.Orientation.Vertical, self._size.height(), 1)):
                sizes = [max(1, round(self._shares[name][place] * length)) for name in there]
                self._page.resizeDocks(list(there.values()), sizes, way)
            layout = self._page.layout()
            if layout is not None:
                layout.activate()
        finally:
            self._giving = False
