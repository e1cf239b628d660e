"""The report of the run on the screen, as a web page or as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from acq_app.features.context import AppContext
from acq_app.features.save_file import ask_where
from acq_app.run.jobs import Emit, Job


@dataclass
class ReportJob(Job):
    """Write the report of a run; the ending of the file says as what."""

    run_dir: Path
    target: Path
    worth_asking = True

    def run(self, emit: Emit) -> Path:
        """The file that was written.

        Raises:
            StorageError: the run can't be read, the file can't be written, or no browser is there that prints PDF.
        """
        del emit
        from acq_engine.report import write_pdf, write_report

        if self.target.suffix.lower() == ".pdf":
            return write_pdf(self.run_dir, self.target)
        return write_report(self.run_dir, self.target)


class ReportFeature(QObject):
    """Asks for a file and has the report written; it is opened when it is there."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.dialog: QFileDialog | None = None

    @Slot()
    def ask(self) -> None:
        """Ask where to write it."""
        run_dir = self._context.session.run_dir
        if run_dir is None or self._context.background.does(ReportJob):
            return
        self.dialog = ask_where(
            self._context, self.tr("Save report"), run_dir / "report.html",
            [(self.tr("Web page (*.html)"), "html"),
             (self.tr("PDF, printed by Chromium, Chrome or Edge (*.pdf)"), "pdf")], self.write)

    @Slot(str)
    def write(self, path: str | Path) -> None:
        """Write it to a file."""
        run_dir = self._context.session.run_dir
        if run_dir is None:
            return
        self._context.messages.tell(self.tr("Writing the report..."), lasting=True)
        self._context.background.do(ReportJob(run_dir, Path(path)), self._written, self._not_written)

    def _written(self, path: object) -> None:
        assert isinstance(path, Path)
        self._context.messages.withdraw()
        self._context.messages.tell(self.tr("The report is written: {0}").format(path.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))

    def _not_written(self, failed: object) -> None:
        self._context.messages.withdraw()
        self._context.messages.failed.emit(failed)
