"""Studio: every part of the program, put together once. Nothing else knows of them all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from acq_app.appearance.theme import Theme
from acq_app.commands.registry import Registry
from acq_app.features.consents import Consents
from acq_app.features.context import AppContext, Appearance, Dialogs, Messages, Navigation
from acq_app.features.wiring import Features, wire_panels, wire_views
from acq_app.run.background import Background
from acq_app.run.controller import RunController
from acq_app.run.session import RunSession
from acq_app.settings.preferences import Preferences, save_preferences
from acq_app.settings.run_settings import RunSettings
from acq_app.shell.drops import Drops
from acq_app.shell.main_window import MainWindow
from acq_app.shell.message_host import MessageHost
from acq_app.shell.notifications import Notifier
from acq_app.shell.presenter import Presenter
from acq_app.shell.quitter import Quitter
from acq_app.shell.recording import Recording
from acq_app.shell.startup_prompts import StartupPrompts
from acq_app.shell.themes import Themes
from acq_app.shell.tour import Tour


class Studio(QObject):
    """The running program without its command line: window, features, and what they share."""

    viewsLoaded = Signal()  # the window is on the screen and everything is connected

    def __init__(self, preferences: Preferences, controller: RunController | None = None, theme: Theme | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run_settings = RunSettings(parent=self)
        self.session = RunSession(controller or RunController(threads=preferences.threads), self)
        self.context = AppContext(
            run_settings=self.run_settings, preferences=preferences, session=self.session,
            background=Background(self), messages=Messages(self), navigation=Navigation(self), dialogs=Dialogs(self),
            appearance=Appearance(theme, self), consents=Consents(),
        )
        self.registry = Registry(self)
        self.features = Features(self.context, self.registry, self)
        self.window = MainWindow(self.registry, self.run_settings, preferences)
        self.context.dialogs.set_parent(self.window)
        self.messages = MessageHost(self.context.messages, self.window.banner, self.context.appearance, self.window)
        self.tour = Tour(self.window, self.context.appearance, preferences, self.save)
        self.notifier = Notifier(self.window)
        self.prompts = StartupPrompts(self.context, self.features.runs, self.features.queue, self.window.banner, self)
        self.quitter = Quitter(self.window, self.session, self.context.background, self.features.queue.model,
                               self.messages, self.save, self)
        self.drops = Drops(self.window, self.session, self.features.files)
        self.presenter = Presenter(self.window, self.context, self.features, self.tour, self.prompts, self.notifier)
        self.themes = Themes(self.window, self.context.appearance, preferences, self.tour)
        self.recording = Recording(self.window, self.context)
        self._runs_folder = preferences.runs_folder
        self._connect()
        self.presenter.refresh()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What every action does: the features' and the window's own."""
        return {
            **self.features.handlers(), "quit": self.window.close, "show_log": self.window.show_log,
            "next_part": self.window.next_part, "previous_part": self.window.previous_part,
            "reset_layout": self.window.reset_layout, "tour": self.tour.begin,
            "save_animation": self.recording.ask,
        }

    def _connect(self) -> None:
        window, navigation = self.window, self.context.navigation
        self.registry.connect_handlers(self.handlers())
        wire_panels(window.column, self.features)
        window.column.model_panel.set_recent(self.context.preferences.recent_models)
        window.recent.aboutToShow.connect(self._fill_recent)
        navigation.page_requested.connect(window.show_page)
        navigation.focus_requested.connect(window.focus_page)
        navigation.dock_requested.connect(window.folding.show)
        navigation.note_changed.connect(window.set_page_note)
        window.tabs.currentChanged.connect(self._page_changed)
        window.time_bar.saveRequested.connect(self.recording.ask)
        self.context.background.failed.connect(self.messages.show_job_failure)
        self.session.openFailed.connect(self.messages.show_failure)
        window.host.errorRaised.connect(self.context.messages.fail)
        self.context.appearance.preferencesChanged.connect(self._follow_preferences)
        self.context.appearance.themeChanged.connect(self.presenter.refresh)
        window.viewsLoaded.connect(self._views_loaded)

    @Slot()
    def _views_loaded(self) -> None:
        wire_views(self.window.host.views, self.features)
        from acq_app.views.samples.view import SamplesView  # brings pyqtgraph, which is there by now

        samples, health = self.window.host.places["samples"].view, self.window.side_docks["health"]
        if isinstance(samples, SamplesView):
            health.visibilityChanged.connect(samples.strip.set_told_elsewhere)
            samples.strip.set_told_elsewhere(health.isVisible())
        self.viewsLoaded.emit()

    @Slot()
    def _fill_recent(self) -> None:
        self.features.files.fill_recent(self.window.recent)

    @Slot()
    def _page_changed(self) -> None:
        self.context.navigation.current_page = self.window.current_page

    @Slot()
    def _follow_preferences(self) -> None:
        preferences = self.context.preferences
        self.session.controller.threads = preferences.threads
        if self._runs_folder != preferences.runs_folder:
            self._runs_folder = preferences.runs_folder
            self.features.history.refresh()
            self.features.sweeps.refresh()

    @Slot()
    def save(self) -> None:
        """Write what is remembered between two starts."""
        self.window.save_layout()
        self.features.next_run.remember()
        save_preferences(self.context.preferences)
