"""Help, the list of actions, shortcuts, and what the program is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from acq_app.commands.registry import Registry
from acq_app.features.context import AppContext


class HelpFeature(QObject):
    """Opens pages over the window; each is made when it is asked for and deleted when it closes."""

    def __init__(self, context: AppContext, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._registry = context, registry

    @Slot()
    def show_palette(self) -> None:
        """Find an action by a few letters."""
        from acq_app.dialogs.palette import PaletteDialog

        self._context.dialogs.open(lambda parent: PaletteDialog(self._registry, parent))

    @Slot()
    def show_shortcuts(self) -> None:
        """All shortcuts on one page."""
        from acq_app.dialogs.pages import ShortcutsDialog

        self._context.dialogs.open(lambda parent: ShortcutsDialog(self._registry, parent))

    @Slot()
    def show_help(self) -> None:
        """The page of the panel that has the focus, at the setting that has it; else of what is in the middle."""
        from acq_app.dialogs.help import HelpDialog
        from acq_app.widgets.help_topic import topic_at

        topic, setting = topic_at(QApplication.focusWidget())
        if not topic:
            topic, setting = topic_at(self._context.dialogs.focused())
        if not topic and self._context.navigation.current_page != "live":
            topic = self._context.navigation.current_page
        self._context.dialogs.open(lambda parent: HelpDialog(parent, topic, setting))

    @Slot()
    def show_about(self) -> None:
        """Name, version, licence."""
        from acq_app.dialogs.pages import AboutDialog

        self._context.dialogs.open(AboutDialog)
