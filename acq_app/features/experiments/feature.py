"""Measuring what the method's losses do, on the run on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from acq_app.features.context import AppContext
from acq_app.run.background import Work
from acq_engine.events import Failed

if TYPE_CHECKING:
    from acq_app.dialogs.experiments import Asked, ExperimentDialog

PROGRESS_MS = 100


class ExperimentFeature(QObject):
    """One dialog, which stays open while the experiment goes on; closing it stops what goes on."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.dialog: ExperimentDialog | None = None
        self._run_dir = Path()
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._tell_progress)

    @Slot(str)
    def show(self, name: str = "centres") -> None:
        """Open the dialog at an experiment."""
        from acq_app.dialogs.experiments import ExperimentDialog

        context, run_dir = self._context, self._context.session.run_dir
        if run_dir is None:
            return
        if self.dialog is not None:
            self.dialog.choose(name)
            self.dialog.raise_()
            return
        self._run_dir = run_dir
        dialog = context.dialogs.make(
            lambda parent: ExperimentDialog(run_dir.name, context.appearance.theme, parent))
        dialog.asked.connect(self._begin)
        dialog.stopRequested.connect(self._stop)
        dialog.folderRequested.connect(self._open_folder)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.choose(name)
        dialog.show()

    @Slot(object)
    def _begin(self, asked: Asked) -> None:
        from acq_app.features.experiments.jobs import ExperimentJob

        if self._work is None and self.dialog is not None:
            self._work = self._context.background.do(ExperimentJob(self._run_dir, asked), self._done, self._failed)
            self.dialog.show_progress("", 0, 0)
            self._timer.start()

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    @Slot()
    def _tell_progress(self) -> None:
        from acq_app.features.experiments.jobs import ExperimentJob

        job = None if self._work is None else self._work.job
        if isinstance(job, ExperimentJob) and self.dialog is not None:
            self.dialog.show_progress(job.title, job.done, job.total)

    def _done(self, outcome: object) -> None:
        self._end()
        if self.dialog is not None:
            self.dialog.show_outcome(outcome)  # type: ignore[arg-type]

    def _failed(self, failed: Failed) -> None:
        self._end()
        if self.dialog is not None:
            self.dialog.show_outcome(None)
            self._context.messages.failed.emit(failed)

    def _end(self) -> None:
        self._work = None
        self._timer.stop()

    @Slot()
    def _closed(self) -> None:
        self._stop()
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @Slot(str)
    def _open_folder(self, path: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))
