"""The run's images as a calibration set for other quantization tools."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from acq_app.appearance.language import said
from acq_app.features.context import AppContext
from acq_app.features.save_file import ask_where
from acq_app.run.jobs import Emit, Job

COUNT = 256  # what most tools ask for; `acq samples --count` makes other sets


@dataclass
class CalibrationSetJob(Job):
    """Make and write the set; a name that ends in .npz becomes one file, any other a folder of images."""

    run_dir: Path
    target: Path
    worth_asking = True

    def run(self, emit: Emit) -> tuple[Path, list[str]]:
        """Where it was written, and what it is made of.

        Raises:
            StorageError: the run has no checkpoint, or the set can't be written.
            AcqError: its model can't be read.
        """
        del emit
        from acq_engine.models import load_teacher
        from acq_engine.pipeline.calibration_set import make_calibration_set, write_calibration_set

        images = make_calibration_set(self.run_dir, COUNT)
        # The dialog has asked about a file that is there; a folder with other things in it is refused.
        path = write_calibration_set(images, load_teacher(self.run_dir), self.target, overwrite=True)
        return path, images.sentences()


class CalibrationSetFeature(QObject):
    """Asks for a name and has the set written."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.dialog: QFileDialog | None = None

    @Slot()
    def ask(self) -> None:
        """Ask where to write it."""
        run_dir = self._context.session.run_dir
        if run_dir is None or self._context.background.does(CalibrationSetJob):
            return
        self.dialog = ask_where(
            self._context, self.tr("Save calibration set"), run_dir.parent / f"{run_dir.name}-calibration",
            [(self.tr("Arrays (*.npz)"), "npz"), (self.tr("A new folder of PNG images (*)"), "")], self.write)

    @Slot(str)
    def write(self, path: str | Path) -> None:
        """Write it to a file or a folder."""
        run_dir = self._context.session.run_dir
        if run_dir is None:
            return
        self._context.messages.tell(
            self.tr("Making a calibration set of {0} images...").format(COUNT), lasting=True)
        self._context.background.do(CalibrationSetJob(run_dir, Path(path)), self._written, self._not_written)

    def _written(self, result: object) -> None:
        assert isinstance(result, tuple)
        path, sentences = result
        self._context.messages.withdraw()
        made_of = " ".join(said(sentence) for sentence in sentences)
        self._context.messages.tell(
            self.tr("The calibration set is written: {0}").format(path.name) + ". " + made_of, lasting=True)

    def _not_written(self, failed: object) -> None:
        self._context.messages.withdraw()
        self._context.messages.failed.emit(failed)
