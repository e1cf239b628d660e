"""What the user opens, drops and saves: models, test images, runs, settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from acq_app.model_catalogue import MODEL_FILTER, kind_of
from acq_app.own_presets import applied, is_preset, read_preset
from acq_app.panels.model_choice import choose_checkpoint, choose_sample, choose_test_set
from acq_app.worker import failure
from acq_engine.errors import AcqError, StorageError
from acq_engine.settings import RunConfig
from acq_engine.settings.reading import read_settings

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow


class FileActions(QObject):
    """Opens dialogs (none of them blocks) and takes what comes out of them, or out of a drop."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.dialog: QFileDialog | None = None

    # --- dialogs ---------------------------------------------------------------------------------

    @Slot()
    def open_model(self) -> None:
        """Ask for a file with weights."""
        self._ask(self.tr("Open model"), self.take_model, self.tr("Weights ({0})").format(MODEL_FILTER))

    @Slot()
    def open_test_set(self) -> None:
        """Ask for an .npz file."""
        self._ask(self.tr("Open test images"), self.take_test_set, self.tr("Images and labels (*.npz)"))

    @Slot()
    def open_test_folder(self) -> None:
        """Ask for a folder of pictures."""
        self._ask(self.tr("Open a folder of test images"), self.take_test_set)

    @Slot()
    def open_run(self) -> None:
        """Ask for a run folder."""
        self._ask(self.tr("Open run"), self.take_run, start=self.window.settings.runs_folder)

    @Slot()
    def load_settings(self) -> None:
        """Ask for a settings file or a run's run.json."""
        self._ask(self.tr("Load settings"), self.take_settings, self.tr("Settings (*.json)"))

    @Slot()
    def save_settings(self) -> None:
        """Ask where to write the settings."""
        self._ask(self.tr("Save settings"), self.write_settings, self.tr("Settings (*.json)"), save=True)

    def _ask(self, title: str, taker: object, filters: str = "", *, start: Path | None = None,
             save: bool = False) -> None:
        dialog = QFileDialog(self.window, title)
        if start is not None and start.is_dir():
            dialog.setDirectory(str(start))
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

    @Slot()
    def fill_recent(self) -> None:
        """Put the models and runs that were used last, and are still there, into the menu that opens."""
        menu = self.sender()
        assert isinstance(menu, QMenu)
        menu.clear()
        settings = self.window.settings
        for title, paths in ((self.tr("Models"), settings.recent_models), (self.tr("Runs"), settings.recent_runs)):
            there = [path for path in paths if path.exists()]
            if there:
                menu.addSection(title)
            for path in there:
                action = menu.addAction(path.name.replace("&", "&&"))
                action.setData(str(path))
                action.setToolTip(str(path))
                action.triggered.connect(self._take_recent)
        if menu.isEmpty():
            menu.addAction(self.tr("No recent files")).setEnabled(False)

    @Slot()
    def _take_recent(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.take(Path(action.data()))

    # --- what comes out of them ------------------------------------------------------------------

    def take_all(self, paths: list[Path]) -> None:
        """Take what was dropped: one thing, or a model and its test images together."""
        paths = sorted(paths, key=kind_of)  # the model first: another model forgets the test images
        if len(paths) == 1 or [kind_of(path) for path in paths] == ["model", "test_set"]:
            for path in paths:
                self.take(path)
        else:
            self.window.banner.tell(self.tr(
                "Drop one file or folder at a time, or a model together with its test images. Nothing was opened."))

    def take(self, path: Path) -> bool:
        """Take whatever a path is; False when nothing is known about it."""
        taker = {"model": self.take_model, "test_set": self.take_test_set, "run": self.take_run,
                 "settings": self.take_settings, "sweep": self.window.sweeps.take}.get(kind_of(path))
        if taker is None:
            self.window.show_failure(failure(StorageError(
                self.tr("This file can't be used here."), cause=path.name,
                hint=self.tr("Drop a model (.safetensors, .pth, .pt, .pt2, .py), test images (.npz, a folder), "
                             "or a run folder."),
            )))
            return False
        taker(path)
        return True

    @Slot(str)
    def take_model(self, path: str | Path) -> None:
        """Choose a file as the model."""
        path = Path(path).absolute()
        if not choose_checkpoint(self.window.model, path):
            if self.window.watch.error:
                self.window.watch.look()  # the same file once more: it may have changed, or the answer
            return
        self.window.settings.remember("recent_models", path)
        self.window.column.model_panel.set_recent(self.window.settings.recent_models)
        self.window.column.model_panel.set_folded(False)

    @Slot(str)
    def take_test_set(self, path: str | Path) -> None:
        """Choose a file or a folder as the test images."""
        choose_test_set(self.window.model, Path(path).absolute())

    @Slot(str)
    def take_run(self, path: str | Path) -> None:
        """Show a run."""
        path = Path(path).absolute()
        self.window.intents.open_run(str(path.parent if path.name == "run.json" else path))

    @Slot(str)
    def take_settings(self, path: str | Path) -> None:
        """Take the settings of a file, or those that a run was made with."""
        try:
            preset = is_preset(Path(path))
            config = applied(read_preset(Path(path)), self.window.model.config) if preset else read_settings(Path(path))
        except AcqError as error:
            self.window.show_failure(failure(error))
            return
        self.window.intents.take_config(config, self.tr("Load settings"))

    @Slot(str)
    def write_settings(self, path: str | Path) -> None:
        """Write the settings to a file, whole or not at all."""
        path = Path(path)
        temporary = path.with_name(path.name + ".tmp")
        try:
            temporary.write_text(self.window.model.config.to_json() + "\n", encoding="utf-8")
            os.replace(temporary, path)
        except OSError as error:
            self.window.show_failure(failure(StorageError(
                self.tr("The settings can't be saved."), cause=str(error), hint=self.tr("Choose another folder."))))

    @Slot()
    def use_sample(self) -> None:
        """The built-in sample."""
        choose_sample(self.window.model)

    @Slot()
    def open_run_folder(self) -> None:
        """Show the run's folder in the file manager."""
        if self.window.state.run_dir:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.window.state.run_dir))

    @Slot()
    def save_debug_package(self) -> None:
        """Ask where to write the debug package."""
        self._ask(self.tr("Save debug package"), self.write_debug_package, self.tr("Zip files (*.zip)"), save=True)

    @Slot(str)
    def write_debug_package(self, path: str | Path) -> None:
        """Write the debug package."""
        from acq_app.debug_package import write_debug_package

        run_dir = Path(self.window.state.run_dir) if self.window.state.run_dir else None
        try:
            names = write_debug_package(Path(path), self.window.model.config, run_dir)
        except AcqError as error:
            self.window.show_failure(failure(error))
            return
        self.window.banner.tell(self.tr("{0} contains: {1}").format(Path(path).name, ", ".join(names)))

    # --- editing ---------------------------------------------------------------------------------

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        self.window.model.undo()

    @Slot()
    def redo(self) -> None:
        """Do it again."""
        self.window.model.redo()

    @Slot()
    def reset_settings(self) -> None:
        """Defaults for everything but the model and the test images."""
        config = self.window.model.config
        fresh = RunConfig(model=config.model, test_set=config.test_set)
        self.window.model.replace(fresh, self.tr("Reset all settings"))
