"""Files and folders dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from acq_app.features.files import FileFeature
from acq_app.run.session import RunSession
from acq_app.settings.model_catalogue import kind_of
from acq_app.shell.main_window import MainWindow


class Drops(QObject):
    """Watches the window; what is dropped is opened as from a dialog."""

    def __init__(self, window: MainWindow, session: RunSession, files: FileFeature) -> None:
        super().__init__(window)
        self._window, self._session, self._files = window, session, files
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._window:
            return False
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._show_target(hot=False)
            event.acceptProposedAction()
            self._files.open_all(_paths(event.mimeData()))
        elif event.type() is QEvent.Type.DragLeave:
            self._show_target(hot=False)
            return False
        else:
            return False
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if not urls or not all(url.isLocalFile() for url in urls) or self._session.controller.replaying:
            event.ignore()
            return
        kinds = [kind_of(path) for path in _paths(event.mimeData())]
        if kinds != ["run"] or not self._session.active:
            event.acceptProposedAction()
            self._show_target(hot="model" in kinds)

    def _show_target(self, *, hot: bool) -> None:
        self._window.column.model_panel.target.set_hot(hot)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls()]
