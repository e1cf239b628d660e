"""A desktop notification when a long run ends while the user looks at something else."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from acq_app.appearance.icons import app_icon

LONG_SECONDS = 60.0
SHOWN_MS = 15_000


class Notifier(QObject):
    """Shows at most one notification at a time; where the desktop has no place for it, nothing happens."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._put_away)

    def wanted(self, seconds: float) -> bool:
        """Whether a run of so many seconds is worth a notification now."""
        return seconds >= LONG_SECONDS and not self.window.isActiveWindow()

    def tell(self, title: str, text: str, seconds: float) -> bool:
        """Notify, if it is worth it and possible."""
        if not self.wanted(seconds) or not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self)
            self._tray.messageClicked.connect(self._show_window)
        self._tray.show()
        self._tray.showMessage(title, text, app_icon(), SHOWN_MS)
        self._timer.start()
        return True

    @Slot()
    def _show_window(self) -> None:
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    @Slot()
    def _put_away(self) -> None:
        if self._tray is not None:
            self._tray.hide()
