"""Comparing both networks on pictures, and trying the exported file: what is asked becomes a job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from acq_app.features.compare.jobs import CompareJob, Kind, TryJob, exported_file
from acq_app.features.context import AppContext
from acq_app.features.measuring import MeasureFeature
from acq_app.run.background import Work
from acq_app.settings.model_catalogue import IMAGE_FILTER, kind_of
from acq_engine.errors import StorageError
from acq_engine.events import Failed

if TYPE_CHECKING:
    from acq_app.dialogs.try_it import TryDialog

PROGRESS_MS = 100


class CompareFeature(QObject):
    """Works on the run on the screen, once it has finished; one job of each kind at a time."""

    progressed = Signal(str, int, int)  # stage ("", "read" or "compare"), images done, images in all
    compared = Signal(object)  # Comparison
    ended = Signal()  # without a comparison: it failed, or was stopped at once

    def __init__(self, context: AppContext, measuring: MeasureFeature, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._measuring = context, measuring
        self._cache: dict[Path, Any] = {}
        self._opened_files: dict[Path, Any] = {}
        self._work: Work | None = None
        self._next: CompareJob | None = None
        self._trying = False
        self._next_picture: Path | None = None
        self.dialog: QFileDialog | None = None
        self.try_dialog: TryDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PROGRESS_MS)
        self._timer.timeout.connect(self._tell_progress)
        context.session.started.connect(self._another_run)

    # --- comparing ---------------------------------------------------------------------------------

    @Slot()
    def ask_images(self) -> None:
        """Choose pictures in a dialog."""
        dialog = self._context.dialogs.make(lambda parent: QFileDialog(parent, self.tr("Images to compare")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Images ({0})").format(IMAGE_FILTER), self.tr("All files (*)")])
        dialog.filesSelected.connect(self.compare_files)
        self._open(dialog)

    @Slot()
    def ask_folder(self) -> None:
        """Choose a folder of pictures in a dialog."""
        dialog = self._context.dialogs.make(lambda parent: QFileDialog(parent, self.tr("Folder of images to compare")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self.compare_files)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        self._context.dialogs.begin_in(dialog, self._context.preferences.folders, "images")
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    @Slot(list)
    def compare_files(self, paths: Sequence[str | Path]) -> None:
        """Compare on pictures, on all of a folder, or on a test set."""
        self._compare("files", tuple(Path(path) for path in paths))

    @Slot()
    def compare_test_set(self) -> None:
        """Compare on the test images of step 5."""
        self._compare("test")

    @Slot(int, int)
    def compare_cell(self, truth: int, predicted: int) -> None:
        """Compare on the test images behind a cell of the confusion matrix: those that it was measured on."""
        self._compare("test", cell=(truth, predicted))

    @Slot()
    def compare_samples(self) -> None:
        """Compare on the samples that the run kept last."""
        self._compare("samples")

    @Slot()
    def stop(self) -> None:
        """Stop comparing; what was compared so far is shown."""
        self._next = None
        if self._work is not None:
            self._work.cancel()

    def _compare(self, kind: Kind, paths: tuple[Path, ...] = (), cell: tuple[int, int] | None = None) -> None:
        run_dir = self._finished_run()
        if run_dir is None:
            return
        self._context.navigation.show_page("compare")
        test_set = self._context.run_settings.config.test_set if cell is None else self._measuring.test_set_of(run_dir)
        job = CompareJob(run_dir, kind, paths, test_set, self._cache, cell)
        self.stop()
        if self._work is not None:  # the networks are in use until it has ended
            self._next = job
        else:
            self._begin(job)
        self.progressed.emit("", 0, 0)

    def _finished_run(self) -> Path | None:
        session = self._context.session
        if session.can_export and session.run_dir is not None:
            return session.run_dir
        self._context.messages.tell(self.tr("Images can be compared or tried once a run has finished, or after a "
                                            "finished one was opened."))
        return None

    def _begin(self, job: CompareJob) -> None:
        self._work = self._context.background.do(
            job, lambda found: self._done(job, found), lambda failed: self._failed(job, failed))
        self._timer.start()

    def _end(self) -> bool:
        """A job has ended; True when another one was waiting for that."""
        self._work, job, self._next = None, self._next, None
        self._timer.stop()
        if job is not None:
            self._begin(job)
        return job is not None

    def _done(self, job: CompareJob, found: object) -> None:
        shown = self._is_shown(job)
        if self._end():
            return
        if found is not None and shown:
            self.compared.emit(found)
        else:
            self.ended.emit()

    def _failed(self, job: CompareJob, failed: Failed) -> None:
        shown = self._is_shown(job)
        if self._end():
            return
        self.ended.emit()
        if shown:
            self._context.messages.fail(failed)

    def _is_shown(self, job: CompareJob) -> bool:
        return job.run_dir == self._context.session.run_dir

    @Slot()
    def _tell_progress(self) -> None:
        job = None if self._work is None else self._work.job
        if isinstance(job, CompareJob):
            self.progressed.emit(job.stage, job.done, job.total)

    @Slot()
    def _another_run(self) -> None:
        self.stop()
        if self.try_dialog is not None:
            self.try_dialog.close()
        if self._work is None:
            self._cache.clear()

    # --- trying ------------------------------------------------------------------------------------

    @Slot()
    def show_try(self) -> None:
        """Open the dialog that asks the exported file."""
        self._dialog()

    def take_images(self, paths: list[Path]) -> None:
        """What was dropped on the window: one picture is tried, several are compared."""
        if len(paths) == 1:
            self.try_image(paths[0])
        else:
            self.compare_files(paths)

    @Slot(object)
    def try_image(self, path: Path) -> None:
        """Ask the exported file about a picture; of several that come meanwhile only the last one counts."""
        dialog = self._dialog()
        if dialog is None:
            return
        dialog.show_waiting(path.name)
        if self._trying:
            self._next_picture = path
            return
        run_dir = self._context.session.run_dir
        assert run_dir is not None
        self._trying = True
        self._context.background.do(TryJob(run_dir, path, self._exported(), self._opened_files), self._answered,
                                    self._not_answered)

    def _exported(self) -> Path | None:
        """The file that answers: what was exported last, wherever it was written to, else one in the run folder."""
        session = self._context.session
        if session.run_dir is None:
            return None
        latest = session.state.results.export
        return exported_file(session.run_dir, None if latest is None else Path(latest.path))

    def _dialog(self) -> TryDialog | None:
        """The dialog, opened if it is not; None where there is nothing that could answer."""
        if self.try_dialog is not None:
            self.try_dialog.raise_()
            return self.try_dialog
        if self._finished_run() is None:
            return None
        file = self._exported()
        if file is None:
            self._context.messages.fail(StorageError(
                self.tr("The run has no exported file that can be tried."),
                hint=self.tr("Export the model as ONNX or as an ACQ checkpoint first.")))
            return None
        from acq_app.dialogs.try_it import TryDialog

        dialog = self._context.dialogs.make(
            lambda parent: TryDialog(file.name, self._context.appearance.theme, parent))
        dialog.pictureGiven.connect(self.try_image)
        dialog.chooseRequested.connect(self._choose_picture)
        dialog.destroyed.connect(self._try_closed)
        self.try_dialog = dialog
        dialog.show()
        return dialog

    @Slot()
    def _try_closed(self) -> None:
        self.try_dialog = None

    @Slot()
    def _choose_picture(self) -> None:
        dialog = QFileDialog(self.try_dialog, self.tr("Image to try"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Images ({0})").format(IMAGE_FILTER), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.try_image(Path(path)))
        self._open(dialog)

    def _answered(self, answer: object) -> None:
        if not self._try_next() and self.try_dialog is not None:
            from acq_app.dialogs.try_it import Answer

            assert isinstance(answer, Answer)
            self.try_dialog.show_answer(answer)

    def _not_answered(self, failed: Failed) -> None:
        if not self._try_next() and self.try_dialog is not None:
            self.try_dialog.show_failure(failed)

    def _try_next(self) -> bool:
        self._trying, path, self._next_picture = False, self._next_picture, None
        if path is None or self.try_dialog is None:
            return False
        self.try_image(path)
        return True


def are_images(paths: Sequence[Path]) -> bool:
    """Whether all that was dropped are pictures."""
    return bool(paths) and all(kind_of(path) == "image" for path in paths)
