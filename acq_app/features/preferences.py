"""Preferences: theme, language, threads, the folder of runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from acq_app.features.context import AppContext


class PreferencesFeature(QObject):
    """Opens the dialog; whatever is changed takes effect at once."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    @Slot()
    def show(self) -> None:
        """Open the dialog."""
        from acq_app.dialogs.preferences import PreferencesDialog

        context = self._context
        dialog = context.dialogs.make(
            lambda parent: PreferencesDialog(context.preferences, context.appearance.theme, parent))
        dialog.changed.connect(context.appearance.preferencesChanged)
        dialog.open()

    def theme_chooser(self, name: Any) -> Callable[[], None]:
        """What an action of a theme does; the preferences check the name."""
        def choose() -> None:
            self._context.preferences.theme = name
            self._context.appearance.preferencesChanged.emit()

        return choose
