"""What the user does with the runs on disk: list, compare, annotate, delete."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QInputDialog, QMessageBox

from acq_app.features.context import AppContext
from acq_engine.errors import StorageError
from acq_engine.files import storage_error


class HistoryFeature(QObject):
    """Reads and moves run folders in the background. The jobs are imported late: they bring pictures' formats."""

    rowsRead = Signal(list)  # of RunRow
    compared = Signal(list)  # of RunDetail
    realSeen = Signal(object)  # Look: test images of the compared runs with their attention; comes after them

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.question: QMessageBox | None = None
        self._doomed: tuple[Path, ...] = ()

    @Slot()
    def refresh(self) -> None:
        """Read the list of runs again."""
        from acq_app.features.history.jobs import ListRunsJob, existing

        preferences = self._context.preferences
        job = ListRunsJob((preferences.runs_folder,), existing(preferences.recent_runs))
        self._context.background.do(job, self.rowsRead.emit)

    @property
    def look(self) -> tuple[list[str], str]:
        """Columns of the table that are hidden, and how runs are grouped, as they were last."""
        return self._context.preferences.runs_hidden, self._context.preferences.runs_group

    @Slot(list, str)
    def remember_look(self, hidden: list[str], group: str) -> None:
        """Keep them for the next start."""
        self._context.preferences.runs_hidden, self._context.preferences.runs_group = hidden, group

    @Slot(list)
    def compare(self, paths: list[str]) -> None:
        """Put some runs beside each other."""
        from acq_app.features.history.jobs import CompareJob

        self._context.background.do(CompareJob(tuple(Path(path) for path in paths)), self._compared)

    def _compared(self, details: object) -> None:
        from acq_app.features.real_attention import RealAttentionJob

        assert isinstance(details, list)
        self.compared.emit(details)
        looks = {detail.row.path: detail.look for detail in details if detail.look is not None}
        if looks:  # one model is enough: runs are compared that quantize the same
            labels = sorted({int(label) for look in looks.values() for label in look.samples.labels})
            job = RealAttentionJob(Path(next(iter(looks))), tuple(labels))
            self._context.background.do(job, self._real_seen, lambda _: None)

    def _real_seen(self, look: object) -> None:
        if look is not None:
            self.realSeen.emit(look)

    # --- deleting --------------------------------------------------------------------------------

    @Slot(list)
    def delete(self, paths: list[str]) -> None:
        """Ask, then move runs to the trash."""
        from acq_app.features.history.jobs import being_written, existing

        current = self._context.session.run_dir if self._context.session.active else None
        asked = existing(Path(path) for path in paths)
        doomed = tuple(path for path in asked if path != current and not being_written(path))
        if not doomed:
            if asked:
                self._context.messages.tell(self.tr("An active run can't be deleted."))
            return
        self._doomed = doomed
        box = self._context.dialogs.make(lambda parent: QMessageBox(parent))
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Delete"))
        names = ", ".join(path.name for path in doomed[:3]) + (", ..." if len(doomed) > 3 else "")
        box.setText(self.tr("Move %n run(s) to the trash?", "", len(doomed)))
        box.setInformativeText(names)
        yes = box.addButton(self.tr("Move to trash"), QMessageBox.ButtonRole.AcceptRole)
        yes.setObjectName("trash")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.finished.connect(self._delete_answered)
        self.question = box
        box.open()

    @Slot()
    def _delete_answered(self) -> None:
        box, self.question = self.question, None
        if box is None:
            return
        clicked = box.clickedButton()
        if clicked is not None and clicked.objectName() == "trash":
            from acq_app.features.history.jobs import TrashJob

            self._context.background.do(TrashJob(self._doomed), self._trashed)
        box.deleteLater()

    def _trashed(self, _: object) -> None:
        for path in self._doomed:
            self._context.preferences.forget("recent_runs", path)
        self.refresh()

    # --- renaming --------------------------------------------------------------------------------

    @Slot(str)
    def ask_name(self, path: str) -> None:
        """Ask for a run's new name."""
        old = Path(path)
        dialog = self._context.dialogs.make(lambda parent: QInputDialog(parent))
        dialog.setWindowTitle(self.tr("Rename run"))
        dialog.setLabelText(self.tr("Name of the run and of its folder:"))
        dialog.setTextValue(old.name)
        dialog.textValueSelected.connect(lambda name: self.rename(old, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def rename(self, path: Path, name: str) -> None:
        """Give a run's folder another name; what is remembered of it follows."""
        from acq_app.features.history.jobs import rename_run

        context = self._context
        try:
            new = rename_run(path, name)
        except StorageError as error:
            context.messages.fail(error)
            return
        preferences = context.preferences
        if path in preferences.recent_runs:
            preferences.forget("recent_runs", path)
            preferences.remember("recent_runs", new)
        if preferences.last_run == path:
            preferences.last_run = new
        if context.session.run_dir == path:
            context.session.state.run_dir = str(new)
            context.session.changed.emit(context.session.controller.state)
        self.refresh()

    # --- annotations -----------------------------------------------------------------------------

    @Slot(str, str)
    def note(self, path: str, text: str) -> None:
        """Keep what the user wrote about a run."""
        from acq_app.features.history.jobs import NOTES

        self._write(path, text, NOTES, self.tr("The notes can't be saved."))

    @Slot(str, str)
    def tag(self, path: str, text: str) -> None:
        """Keep the tags that the user gave a run."""
        from acq_app.features.history.jobs import TAGS

        self._write(path, text, TAGS, self.tr("The tags can't be saved."))

    def _write(self, path: str, text: str, name: str, message: str) -> None:
        from acq_app.features.history.jobs import write_notes

        try:
            write_notes(Path(path), text, name)
        except OSError as error:
            self._context.messages.fail(storage_error(message, error))
