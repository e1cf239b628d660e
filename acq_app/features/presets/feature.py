"""What the user does with presets of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acq_app.features.context import AppContext
from acq_app.features.next_run import NextRunFeature
from acq_app.features.presets.own_presets import (
    OwnPreset,
    applied,
    delete_preset,
    list_presets,
    read_preset,
    rename_preset,
    save_preset,
)
from acq_app.settings.differences import differences
from acq_engine.errors import AcqError

if TYPE_CHECKING:
    from acq_app.dialogs.presets import PresetsDialog


class PresetFeature(QObject):
    """Opens the dialog and does what it asks for."""

    def __init__(self, context: AppContext, next_run: NextRunFeature, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._next_run = context, next_run
        self.dialog: PresetsDialog | None = None

    @Slot()
    def show(self) -> None:
        """Choose, save, rename, delete, share."""
        from acq_app.dialogs.presets import PresetsDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = self._context.dialogs.make(lambda parent: PresetsDialog(self._context.appearance.theme, parent))
        dialog.useRequested.connect(self.use)
        dialog.saveRequested.connect(self.save)
        dialog.renameRequested.connect(self.rename)
        dialog.deleteRequested.connect(self.delete)
        dialog.exportRequested.connect(self.export)
        dialog.importRequested.connect(self.import_file)
        dialog.destroyed.connect(self._gone)
        self.dialog = dialog
        self._refresh()
        dialog.open()

    @Slot()
    def _gone(self) -> None:
        self.dialog = None

    def _refresh(self, chosen: str = "") -> None:
        if self.dialog is not None:
            self.dialog.show_presets([(preset.name, self._words(preset)) for preset in list_presets()], chosen)

    def _words(self, preset: OwnPreset) -> str:
        bits = preset.settings.quantization
        other = differences(preset.settings)
        return f"W{bits.weight_text()} A{bits.activation_text()}" + (f", {other}" if other else "")

    @Slot(str)
    def use(self, name: str) -> None:
        """Put a preset's settings on the panels."""
        preset = self._find(name)
        if preset is not None:
            text = self.tr("Preset {0}").format(preset.name)
            self._next_run.use_config(applied(preset, self._context.run_settings.config), text)

    @Slot(str)
    def save(self, name: str) -> None:
        """Keep the settings on the panels."""
        self._do(lambda: save_preset(name, self._context.run_settings.config), name)

    @Slot(str, str)
    def rename(self, old: str, new: str) -> None:
        """Another name."""
        preset = self._find(old)
        if preset is not None:
            self._do(lambda: rename_preset(preset, new), new)

    @Slot(str)
    def delete(self, name: str) -> None:
        """Remove one."""
        preset = self._find(name)
        if preset is not None:
            self._do(lambda: delete_preset(preset))

    @Slot(str, str)
    def export(self, name: str, path: str) -> None:
        """Write one to a file elsewhere."""
        preset = self._find(name)
        if preset is not None:
            self._do(lambda: save_preset(preset.name, preset.settings, Path(path)))

    @Slot(str)
    def import_file(self, path: str | Path) -> None:
        """Take a file in; a name that is there already gets a number."""
        def copy() -> None:
            preset = read_preset(Path(path))
            known = {other.name.casefold() for other in list_presets()}
            name, number = preset.name, 1
            while name.casefold() in known:
                number += 1
                name = f"{preset.name} {number}"
            save_preset(name, preset.settings)

        self._do(copy)

    def _find(self, name: str) -> OwnPreset | None:
        return next((preset for preset in list_presets() if preset.name == name), None)

    def _do(self, work: Callable[[], object], chosen: str = "") -> None:
        try:
            work()
        except AcqError as error:
            self._context.messages.fail(error)
        self._refresh(chosen)
