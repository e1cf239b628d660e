"""Help, preferences, themes and the other pages that open over the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow


class PageActions(QObject):
    """Opens dialogs; each is made when it is asked for and deleted when it closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.dialog: QDialog | None = None

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._gone)
        dialog.open()

    @Slot()
    def _gone(self) -> None:
        self.dialog = None

    @Slot()
    def show_export(self, name: str = "") -> None:
        """Choose a format (at first the one named) and a place, export, verify."""
        from acq_app.dialogs.export import ExportDialog

        if self.window.state.run_dir:
            dialog = ExportDialog(Path(self.window.state.run_dir), self.window.theme, parent=self.window)
            dialog.format.setCurrentIndex(max(0, dialog.format.findData(name)))
            self._open(dialog)

    @Slot()
    def show_model(self) -> None:
        """The chosen model's layers; they are looked at in the background first."""
        from acq_app.model_layers import ModelLayersJob
        from acq_engine.control import RunControl

        window = self.window
        if window.intents.runs(ModelLayersJob):
            return
        config = window.watch.consents.apply_to_run(window.model.config)
        window.banner.tell(self.tr("Inspecting the model..."))
        window.intents.do(ModelLayersJob(config.model, config.quantization, RunControl()), self._show_layers)

    @Slot()
    def choose_bits(self) -> None:
        """Choose each layer's bits for a size or a mean, by what they cost."""
        from acq_app.bit_choice import BitChoosing

        self._open(BitChoosing(self.window).dialog)

    def _show_layers(self, layers: object) -> None:
        from acq_app.dialogs.model_layers import ModelLayers, ModelLayersDialog

        self.window.banner.hide()
        assert isinstance(layers, ModelLayers)
        self._open(ModelLayersDialog(layers, self.window))

    @Slot()
    def preferences(self) -> None:
        """Theme, threads, folder of runs."""
        from acq_app.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self.window.settings, self.window.theme, self.window)
        dialog.changed.connect(self.window.follow_settings)
        self._open(dialog)

    @Slot()
    def show_palette(self) -> None:
        """Find an action by a few letters."""
        from acq_app.dialogs.palette import PaletteDialog

        self._open(PaletteDialog(self.window.registry, self.window))

    @Slot()
    def show_shortcuts(self) -> None:
        """All shortcuts on one page."""
        from acq_app.dialogs.pages import ShortcutsDialog

        self._open(ShortcutsDialog(self.window.registry, self.window))

    @Slot()
    def show_help(self) -> None:
        """The page of the panel that has the focus, at the setting that has it; else of what is in the middle."""
        from acq_app.dialogs.help import HelpDialog
        from acq_app.widgets.help_topic import topic_at

        topic, setting = topic_at(QApplication.focusWidget())
        if not topic:
            topic, setting = topic_at(self.window.focusWidget())
        if not topic:
            topic, _ = topic_at(self.window.stack.currentWidget())
        self._open(HelpDialog(self.window, topic, setting))

    @Slot()
    def show_about(self) -> None:
        """Name, version, licence."""
        from acq_app.dialogs.pages import AboutDialog

        self._open(AboutDialog(self.window))

    @Slot()
    def show_page(self) -> None:
        """The page that the action names."""
        self.window.show_page(self.sender().objectName().removeprefix("page_"))
        self.window.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def choose_theme(self) -> None:
        """The theme that the action names, from now on."""
        name: Any = self.sender().objectName().removeprefix("theme_")  # the settings check it
        self.window.settings.theme = name
        self.window.follow_settings()
