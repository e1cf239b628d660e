"""Putting a theme on everything: the application's palette, the window, what is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QStyle

from acq_app.appearance.theme import FIELDS, SYSTEM, Theme, field_palette, load_theme, qt_palette
from acq_app.features.context import Appearance
from acq_app.settings.preferences import Preferences
from acq_app.shell.main_window import MainWindow
from acq_app.shell.tour import Tour


def resolved_theme(name: str) -> str:
    """The theme's name; "system" becomes light or dark."""
    if name != SYSTEM:
        return name
    scheme = QApplication.styleHints().colorScheme()
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"


class Themes(QObject):
    """Follows the preferences and the system."""

    def __init__(self, window: MainWindow, appearance: Appearance, preferences: Preferences, tour: Tour) -> None:
        super().__init__(window)
        self._window, self._appearance, self._preferences, self._tour = window, appearance, preferences, tour
        appearance.themeChanged.connect(self._show)
        appearance.preferencesChanged.connect(self.follow)
        QApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._show(appearance.theme)

    @Slot()
    def follow(self) -> None:
        """Use the theme of the preferences."""
        self._appearance.set_theme(load_theme(resolved_theme(self._preferences.theme)))

    @Slot()
    def _system_changed(self) -> None:
        if self._preferences.theme == SYSTEM and resolved_theme(SYSTEM) != self._appearance.theme.name:
            self.follow()

    def _draw_dock_buttons(self) -> None:
        """Docks ask the style for their buttons' icons once; another theme needs other ones."""
        for dock in self._window.findChildren(QDockWidget):
            for name, icon in (("close", QStyle.StandardPixmap.SP_TitleBarCloseButton),
                               ("float", QStyle.StandardPixmap.SP_TitleBarNormalButton)):
                button = dock.findChild(QAbstractButton, f"qt_dockwidget_{name}button")
                if button is not None:
                    button.setIcon(dock.style().standardIcon(icon, None, dock))

    @Slot(object)
    def _show(self, theme: Theme) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(qt_palette(theme))
            for name in FIELDS:
                app.setPalette(field_palette(theme), name)  # type: ignore[arg-type]  # the stub says bytes
        self._draw_dock_buttons()
        self._window.registry[f"theme_{self._preferences.theme}"].setChecked(True)
        self._window.set_theme(theme)
        self._tour.set_theme(theme)
