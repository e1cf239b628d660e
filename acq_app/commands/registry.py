"""The window's QActions: texts, icons, shortcuts, and what is greyed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from acq_app.appearance.icons import icon
from acq_app.appearance.theme import Theme
from acq_app.appearance.units import in_lines
from acq_app.commands.table import ACTIONS, CONTEXT, ActionContext, ActionInfo

PROGRAM_MENU = {
    "quit": QAction.MenuRole.QuitRole, "preferences": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}
"""What macOS has in the menu with the program's name. By itself, Qt guesses by the first word of a text."""


class Registry(QObject):
    """The window's QActions, made from ACTIONS; `connect_handlers` says what they do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for info in ACTIONS:
            action = QAction(self.text(info), self)
            action.setObjectName(info.id)
            action.setMenuRole(PROGRAM_MENU.get(info.id, QAction.MenuRole.NoRole))
            action.setProperty("icon_name", info.icon)
            if info.group:
                action.setCheckable(True)
                groups.setdefault(info.group, QActionGroup(self)).addAction(action)
            if info.shortcut:
                action.setShortcut(QKeySequence(info.shortcut))
            tip = self.tip(info)
            shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(in_lines(f"{tip} ({shortcut})" if shortcut else tip))
            action.setStatusTip(tip)
            self.actions[info.id] = action

    def connect_handlers(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """What each action does, by its id.

        Raises:
            KeyError: an action has no handler, or a handler no action.
        """
        different = set(handlers) ^ set(self.actions)
        if different:
            raise KeyError(f"actions and handlers differ: {', '.join(sorted(different))}")
        for name, handler in handlers.items():
            self.actions[name].triggered.connect(_without_checked(handler))

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    @staticmethod
    def text(info: ActionInfo) -> str:
        """An action's translated text."""
        return QCoreApplication.translate(info.context, info.text)

    @staticmethod
    def tip(info: ActionInfo) -> str:
        """What an action does, translated; its text where no more is said of it."""
        return QCoreApplication.translate(CONTEXT, info.tip) if info.tip else Registry.text(info)

    @staticmethod
    def words(info: ActionInfo) -> str:
        """Other words for an action, translated."""
        return QCoreApplication.translate(CONTEXT, info.words) if info.words else ""

    @staticmethod
    def menu_text(title: str) -> str:
        """A menu's translated title."""
        return QCoreApplication.translate(CONTEXT, title)

    def rename(self, name: str, text: str, icon_name: str, theme: Theme) -> None:
        """Give an action that changes its meaning (pause, resume) another face."""
        action = self.actions[name]
        if action.text() != text:
            action.setText(text)
        if action.property("icon_name") != icon_name:
            action.setProperty("icon_name", icon_name)
            action.setIcon(icon(icon_name, theme))

    def update(self, now: ActionContext) -> None:
        """Grey what makes no sense now."""
        for info in ACTIONS:
            self.actions[info.id].setEnabled(info.when(now))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for info in ACTIONS:
            if info.icon:
                name = self.actions[info.id].property("icon_name")
                self.actions[info.id].setIcon(icon(name, theme))


def _without_checked(handler: Callable[[], object]) -> Callable[[bool], None]:
    """QAction says whether it is checked; no handler asks for that, and some have arguments of their own."""
    def call(_: bool) -> None:
        handler()

    return call
