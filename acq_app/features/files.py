"""What the user opens, drops and saves: models, test images, runs, settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from acq_app.features.compare.feature import CompareFeature, are_images
from acq_app.features.context import AppContext
from acq_app.features.model_inspection.feature import ModelInspection
from acq_app.features.next_run import NextRunFeature
from acq_app.features.presets.own_presets import applied, is_preset, read_preset
from acq_app.features.runs import RunFeature
from acq_app.features.sweeps.feature import SweepFeature
from acq_app.settings.model_catalogue import MODEL_FILTER, TEST_SET_FILTER, kind_of
from acq_app.settings.model_choice import choose_checkpoint, choose_sample, choose_test_set
from acq_engine.errors import AcqError, StorageError
from acq_engine.files import storage_error, write_atomic
from acq_engine.settings.reading import read_settings


class FileFeature(QObject):
    """Opens dialogs (none of them blocks) and uses what comes out of them, or out of a drop."""

    testSetChosen = Signal()
    modelChosen = Signal()
    recentChanged = Signal(list)  # paths of the models that were used last, once the chosen one could be read

    def __init__(self, context: AppContext, inspection: ModelInspection, next_run: NextRunFeature, runs: RunFeature,
                 sweeps: SweepFeature, compare: CompareFeature, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._settings = context, context.run_settings
        self._inspection, self._next_run, self._runs, self._sweeps = inspection, next_run, runs, sweeps
        self._compare = compare
        self.dialog: QFileDialog | None = None
        inspection.found.connect(self._model_found)

    # --- dialogs ---------------------------------------------------------------------------------

    @Slot()
    def open_model(self) -> None:
        """Ask for a file with weights."""
        self._ask(self.tr("Open model"), self.open_model_file, self.tr("Weights ({0})").format(MODEL_FILTER),
                  kind="model")

    @Slot()
    def open_test_set(self) -> None:
        """Ask for a file of images and labels, or a table of files and labels."""
        self._ask(self.tr("Open test images"), self.use_test_set,
                  self.tr("Images and labels ({0})").format(TEST_SET_FILTER), kind="test_images")

    @Slot()
    def open_test_folder(self) -> None:
        """Ask for a folder of pictures."""
        self._ask(self.tr("Open a folder of test images"), self.use_test_set, kind="test_images")

    @Slot()
    def open_own_images(self) -> None:
        """Ask for a folder of unlabelled images to quantize with."""
        self._ask(self.tr("Open a folder of own images"), self._use_own_images, kind="own_images")

    def _use_own_images(self, folder: Path) -> None:
        self._context.run_settings.set_value("pictures.path", folder)

    @Slot()
    def open_run(self) -> None:
        """Ask for a run folder."""
        self._ask(self.tr("Open run"), self.show_run, start=self._context.preferences.runs_folder, kind="run")

    @Slot()
    def load_settings(self) -> None:
        """Ask for a settings file or a run's run.json."""
        self._ask(self.tr("Load settings"), self.load_settings_file, self.tr("Settings (*.json)"))

    @Slot()
    def save_settings(self) -> None:
        """Ask where to write the settings."""
        self._ask(self.tr("Save settings"), self.save_settings_file, self.tr("Settings (*.json)"), save=True)

    @Slot()
    def copy_command(self) -> None:
        """Put a command line with the settings on the clipboard; what options can't say stands in a settings file."""
        from acq_engine.settings.command_line import command_for

        command = command_for(self._context.run_settings.config)
        if "--config" in command:
            self._context.messages.tell(self.tr(
                "Not every one of these settings has an option. Save settings to a file, and use acq quantize --config "
                "FILE."))
            return
        QGuiApplication.clipboard().setText(command.removesuffix(" --out NEW"))  # by itself, it makes a new folder
        self._context.messages.tell(self.tr("The command line was copied."))

    def _ask(self, title: str, taker: object, filters: str = "", *, start: Path | None = None,
             save: bool = False, kind: str = "settings") -> None:
        """`kind`: of dialog; each opens where it was used last, also after a restart."""
        dialog = self._context.dialogs.make(lambda parent: QFileDialog(parent, title))
        self._context.dialogs.begin_in(dialog, self._context.preferences.folders, kind, start)
        if save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(filters.partition("*.")[2].rstrip(")"))
        elif not filters:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if filters:
            dialog.setNameFilters([filters, self.tr("All files (*)")])
        dialog.fileSelected.connect(taker)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def fill_recent(self, menu: QMenu) -> None:
        """Put the models and runs that were used last, and are still there, into a menu that opens."""
        menu.clear()
        models, runs = self._context.preferences.recent_models, self._context.preferences.recent_runs
        for title, paths in ((self.tr("Models"), models), (self.tr("Runs"), runs)):
            there = [path for path in paths if path.exists()]
            if there:
                menu.addSection(title)
            for path in there:
                action = menu.addAction(path.name.replace("&", "&&"))
                action.setData(str(path))
                action.setToolTip(str(path))
                action.triggered.connect(self._open_recent)
        if menu.isEmpty():
            menu.addAction(self.tr("No recent files")).setEnabled(False)

    @Slot()
    def _open_recent(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.open(Path(action.data()))

    # --- what comes out of them ------------------------------------------------------------------

    def open_all(self, paths: list[Path]) -> None:
        """Take what was dropped: one thing, a model and its test images together, or images for the finished run."""
        if are_images(paths):
            self._compare.take_images(paths)
            return
        paths = sorted(paths, key=kind_of)  # the model first: another model forgets the test images
        if len(paths) == 1 or [kind_of(path) for path in paths] == ["model", "test_set"]:
            for path in paths:
                self.open(path)
        else:
            self._context.messages.tell(self.tr(
                "Drop one file or folder at a time, or a model together with its test images. Nothing was opened."))

    def open(self, path: Path) -> bool:
        """Open whatever a path is; False when nothing is known about it."""
        taker = {"model": self.open_model_file, "test_set": self.use_test_set, "run": self.show_run,
                 "settings": self.load_settings_file, "sweep": self._sweeps.open}.get(kind_of(path))
        if taker is None:
            self._context.messages.fail(StorageError(
                self.tr("This file can't be used here."), cause=path.name,
                hint=self.tr("Drop a model (.safetensors, .pth, .pt, .pt2, .onnx, .py), test images (a folder, a table "
                             "of files and labels, .npz), "
                             "a run folder, or images to try."),
            ))
            return False
        taker(path)
        return True

    @Slot(str)
    def open_model_file(self, path: str | Path) -> None:
        """Choose a file as the model."""
        path = Path(path).absolute()
        self._context.navigation.show_settings()
        other = choose_checkpoint(self._settings, path)
        if not other and self._inspection.error:
            self._inspection.look()  # the same file once more: it may have changed, or the answer
        self.modelChosen.emit()

    @Slot(object, object)
    def _model_found(self, summary: object, notes: object) -> None:
        """The chosen file can be used: offer it among the recent ones."""
        del summary, notes
        path = self._settings.config.model.path
        if path is not None:
            self._context.preferences.remember("recent_models", path)
            self.recentChanged.emit(self._context.preferences.recent_models)

    @Slot(str)
    def use_test_set(self, path: str | Path) -> None:
        """Choose a file or a folder as the test images."""
        choose_test_set(self._settings, Path(path).absolute())
        self.testSetChosen.emit()
        self._context.navigation.show_settings()

    @Slot(str)
    def show_run(self, path: str | Path) -> None:
        """Show a run."""
        path = Path(path).absolute()
        self._runs.open(path.parent if path.name == "run.json" else path)

    @Slot(str)
    def load_settings_file(self, path: str | Path) -> None:
        """Take the settings of a file, or those that a run was made with."""
        try:
            preset = is_preset(Path(path))
            config = applied(read_preset(Path(path)), self._settings.config) if preset else read_settings(Path(path))
        except AcqError as error:
            self._context.messages.fail(error)
            return
        self._next_run.use_config(config, self.tr("Load settings"))

    @Slot(str)
    def clone(self, run_dir: str) -> None:
        """Use the settings that a run was made with, and show them."""
        self.load_settings_file(Path(run_dir) / "run.json")
        self._context.navigation.show_page("live")

    @Slot(str)
    def save_settings_file(self, path: str | Path) -> None:
        """Write the settings to a file, whole or not at all."""
        try:
            write_atomic(Path(path), (self._settings.config.to_json() + "\n").encode("utf-8"))
        except OSError as error:
            self._context.messages.fail(storage_error(self.tr("The settings can't be saved."), error, Path(path)))

    @Slot()
    def use_sample(self) -> None:
        """The built-in sample."""
        choose_sample(self._settings)
        self._context.navigation.show_settings()
        self.modelChosen.emit()

    @Slot()
    def save_debug_package(self) -> None:
        """Ask where to write the debug package."""
        self._ask(self.tr("Save debug package"), self.write_debug_package, self.tr("Zip files (*.zip)"), save=True,
                  kind="debug")

    @Slot(str)
    def write_debug_package(self, path: str | Path) -> None:
        """Write the debug package."""
        from acq_app.features.debug_package import write_debug_package

        try:
            names = write_debug_package(Path(path), self._settings.config, self._context.session.run_dir)
        except AcqError as error:
            self._context.messages.fail(error)
            return
        self._context.messages.tell(self.tr("{0} contains: {1}").format(Path(path).name, ", ".join(names)))
