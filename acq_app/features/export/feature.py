"""Exporting the run on the screen: the dialog's wish becomes a job, and what the job says goes to the dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from acq_app.features.context import AppContext
from acq_app.features.export.job import ExportJob
from acq_app.run.background import Background, Work
from acq_app.run.jobs import Job
from acq_engine.events import Exported, Failed

if TYPE_CHECKING:
    from acq_app.dialogs.export import ExportDialog

PROGRESS_MS = 100
JobMaker = Callable[[Path, str, Path], Job]


class Exporting(QObject):
    """Stands behind one dialog, and goes with it."""

    def __init__(self, dialog: ExportDialog, background: Background, make_job: JobMaker = ExportJob) -> None:
        super().__init__(dialog)
        self._dialog, self._background, self._make_job = dialog, background, make_job
        self._work: Work | None = None
        self._cancelled = False
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._drain)
        dialog.exportRequested.connect(self._start)
        dialog.cancelRequested.connect(self._cancel)

    @Slot(str, object)
    def _start(self, name: str, target: Path) -> None:
        self._cancelled = False
        self._work = self._background.do(
            self._make_job(self._dialog.run_dir, name, target), self._done, self._failed)
        self._timer.start()

    @Slot()
    def _cancel(self) -> None:
        if self._work is not None:
            self._cancelled = True
            self._work.cancel()

    @Slot()
    def _drain(self) -> None:
        if self._work is not None:
            for event in self._work.events():
                self._dialog.take(event)

    def _end(self) -> None:
        self._drain()
        self._timer.stop()
        self._work = None

    def _done(self, exported: object) -> None:
        self._end()
        if isinstance(exported, Exported):
            self._dialog.take(exported)
        if self._cancelled:
            self._dialog.show_cancelled()
        else:
            self._dialog.show_result()

    def _failed(self, failed: Failed) -> None:
        self._end()
        self._dialog.show_failure(failed)


class ExportFeature(QObject):
    """Opens the dialog."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    @Slot()
    def show(self) -> None:
        """Choose a format and a place, export, verify."""
        self.show_format("")

    @Slot(str)
    def show_format(self, name: str) -> None:
        """As `show`, at a format; nothing happens while there is nothing to export."""
        from acq_app.dialogs.export import ExportDialog  # like every dialog: the window is there before it is needed

        session, background = self._context.session, self._context.background
        run_dir = session.run_dir
        if run_dir is None or session.active or not session.can_export:
            return
        dialog = self._context.dialogs.make(
            lambda parent: ExportDialog(run_dir, self._context.appearance.theme, parent))
        Exporting(dialog, background)
        dialog.choose_format(name)
        dialog.open()
