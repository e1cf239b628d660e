"""Help, the list of actions, shortcuts, and what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from acq_app.appearance.language import setting_words
from acq_app.commands.registry import Registry
from acq_app.features.context import AppContext
from acq_app.settings.fields import field_specs

if TYPE_CHECKING:
    from acq_app.dialogs.palette import Entry
    from acq_app.views.runs.rows import RunRow


class HelpFeature(QObject):
    """Opens pages over the window; each is made when it is asked for and deleted when it closes."""

    settingChosen = Signal(str)  # path of a setting whose field is to be shown
    runChosen = Signal(str)  # path of a run

    def __init__(self, context: AppContext, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._registry = context, registry
        self.settings: tuple[str, ...] = ()  # paths of the settings that have a field
        self._runs: list[RunRow] = []

    @Slot(list)
    def remember_runs(self, rows: list[RunRow]) -> None:
        """The runs that there are: the palette finds them too."""
        self._runs = rows

    @Slot()
    def show_palette(self) -> None:
        """Find an action, a setting or a run by a few letters."""
        from acq_app.dialogs.palette import PaletteDialog

        self._context.dialogs.open(lambda parent: PaletteDialog(self._registry, self._entries(), parent))

    def _entries(self) -> list[Entry]:
        """What is found besides actions."""
        from acq_app.dialogs.palette import Entry

        def show_setting(path: str) -> None:
            self._context.navigation.show_settings()
            self.settingChosen.emit(path)

        specs = field_specs()
        found = [Entry(setting_words(specs[path].title), self.tr("setting"), setting_words(specs[path].help), path,
                       show_setting) for path in self.settings]
        found += [Entry(row.name, self.tr("run"), row.path, row.path, self.runChosen.emit) for row in self._runs]
        return found

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
