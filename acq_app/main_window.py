"""The main window: five steps on the left, what happens in the middle, health on the right, the run below."""

from __future__ import annotations

import logging
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from acq_app import APP_NAME
from acq_app.actions import Registry, Situation
from acq_app.closing import Closing
from acq_app.dialogs.error import ErrorDialog
from acq_app.file_actions import FileActions
from acq_app.model_catalogue import kind_of
from acq_app.model_watch import ModelWatch
from acq_app.notify import Notifier
from acq_app.offers import Offers
from acq_app.page_actions import PageActions
from acq_app.panels.run_bar import next_step
from acq_app.preset_actions import PresetActions
from acq_app.readiness import blockers
from acq_app.run_actions import RunActions
from acq_app.run_controller import RunController
from acq_app.run_queue import RunQueue
from acq_app.settings import AppSettings, save_settings
from acq_app.settings_model import SettingsModel
from acq_app.state import RunState, WindowState
from acq_app.sweep_actions import SweepActions
from acq_app.theme import FIELDS, SYSTEM, Theme, field_palette, load_theme, qt_palette
from acq_app.tour import Tour
from acq_app.view_host import ViewHost
from acq_app.view_intents import ViewIntents
from acq_app.window_frame import FIRST, MINIMUM, WindowFrame
from acq_app.worker import OpenedRun, failure
from acq_engine.errors import AcqError
from acq_engine.events import Event, Failed, RunStarted

logger = logging.getLogger(__name__)



class MainWindow(WindowFrame):
    """Wires parts to each other; what they do stands in the parts."""

    viewsLoaded = Signal()

    def __init__(self, settings: AppSettings, controller: RunController | None = None, theme: Theme | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.state = WindowState()
        self.theme = theme or load_theme("light")
        self.model = SettingsModel(parent=self)
        self.controller = controller or RunController(threads=settings.threads)
        self.controller.setParent(self)
        self.watch = ModelWatch(self)
        self.inspector = self.watch.inspector
        self.host = ViewHost(parent=self)
        self.files, self.runs, self.pages = FileActions(self), RunActions(self), PageActions(self)
        self.closing, self.intents = Closing(self), ViewIntents(self)
        self.sweeps, self.queue, self.presets = SweepActions(self), RunQueue(self), PresetActions(self)
        self.notifier, self.tour = Notifier(self), Tour(self)
        self.registry = Registry(self)
        self._errors: list[ErrorDialog] = []
        self._others_run = False  # somebody else works on the run on the screen
        self._painted = False
        self.build()
        self._connect()
        self.setMinimumSize(MINIMUM)
        self.resize(FIRST)
        self.setAcceptDrops(True)
        self.restore_layout()
        self.set_theme(self.theme)
        self._refresh()

    # --- building --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.controller.eventsReady.connect(self.take_events)
        self.controller.stateChanged.connect(self._state_changed)
        self.controller.runOpened.connect(self._opened)
        self.controller.openFailed.connect(self.show_failure)
        self.model.changed.connect(self._settings_changed)
        self.model.problemsChanged.connect(self._refresh)
        self.model.undoChanged.connect(self._refresh)
        self.watch.connect_panel()
        self.host.errorRaised.connect(self._view_error)
        self.column.schedule_panel.presetsRequested.connect(self.presets.show)
        panel = self.column.model_panel
        panel.openRequested.connect(self.files.open_model)
        panel.pathChosen.connect(self.files.take_model)
        panel.layersRequested.connect(self.pages.show_model)
        panel.set_recent(self.settings.recent_models)
        self.column.test_panel.openFileRequested.connect(self.files.open_test_set)
        self.column.test_panel.openFolderRequested.connect(self.files.open_test_folder)
        self.column.foldedChanged.connect(self.remember_folded)
        self.offers = Offers(self)
        self._runs_folder = self.settings.runs_folder
        QApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme everywhere, at once."""
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(qt_palette(theme))
            for name in FIELDS:
                app.setPalette(field_palette(theme), name)  # type: ignore[arg-type]  # the stub says bytes
        self.registry.set_theme(theme)
        self.registry[f"theme_{self.settings.theme}"].setChecked(True)
        self.host.set_theme(theme)
        for part in (self.column, self.health, self.run_bar, self.banner, self.focus_ring, self.tour):
            part.set_theme(theme)
        self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            # Not from showEvent: a screen asks for the first picture later, and would show a blank window till then.
            self._painted = True
            QTimer.singleShot(0, self, self.load_views)

    @Slot()
    def load_views(self) -> None:
        """Make the views; the window is on the screen by now."""
        self.host.load()
        for field in self.findChildren(QLineEdit):
            field.setAcceptDrops(False)  # a dropped file is for the window, its path is no text for a field
        for name in ("acq_app.history", "psutil"):  # else the first run would wait for them while it is watched
            import_module(name)
        self.viewsLoaded.emit()

    # --- the run ---------------------------------------------------------------------------------

    def begin(self, folder: Path, *, remember: bool = True, show: bool = True) -> None:
        """Get ready for a run's events.

        Args:
            folder: The run's.
            remember: Offer the run again at the next start if it is interrupted.
            show: Turn to the live page, and put the banner away. A queue's run leaves the user where they are.
        """
        self.state = WindowState(run_dir=str(folder))
        self._others_run = False
        self.host.load()
        self.host.reset()
        if show:
            self.banner.hide()
            self.tour.run_began()
            self.show_live()
        self.model.set_locked(not remember)  # a run that is read back puts its own settings on the panels
        if remember:
            self.settings.last_run = folder
            self.keep_settings()

    @Slot(list)
    def take_events(self, events: list[Event]) -> None:
        """Show what a run says."""
        for event in events:
            self.state.apply(event)
            self.host.apply(event)
            if isinstance(event, RunStarted) and self._is_the_panels_model():
                self.column.model_panel.show_summary(event.model)
        self.health.show_state(self.state)
        self._refresh()

    def _is_the_panels_model(self) -> bool:
        """Whether the run that goes on has the model on the panels: a queue's may have another one."""
        queued = self.queue.model.running
        return queued is None or queued.config.model == self.model.config.model

    def set_page_note(self, name: str, note: str) -> None:
        """Put a note, such as a count, behind the name of a page on its tab."""
        place = self.host.places.get(name)
        index = -1 if place is None else self.stack.indexOf(place)
        if place is not None and index >= 0:
            self.tabs.setTabText(index, f"{place.title()} ({note})" if note else place.title())

    @Slot(object)
    def _state_changed(self, run: RunState) -> None:
        self.model.set_locked(self.controller.active and self.controller.replaying)
        busy = self.controller.active and not self.controller.replaying
        self.side_docks["settings"].setWindowTitle(
            self.tr("Settings of the next run") if busy else self.tr("Settings"))
        if run in (RunState.SUCCEEDED, RunState.FAILED) and not self.controller.replaying:
            self.settings.last_run = None
            if self.state.run_dir and Path(self.state.run_dir).is_dir():
                self.settings.remember("recent_runs", Path(self.state.run_dir))
            QApplication.alert(self)
            if self.settings.notify:
                self.notifier.tell(APP_NAME, self.run_bar.sentence_for(run, self.state), self.state.elapsed_seconds)
        if not self.controller.active:
            self.intents.refresh()
        if run is RunState.FAILED and self.state.failed is not None:
            if self.queue.goes_on:  # a dialog would wait for somebody while the next run begins
                self.banner.tell(self.tr("{0} failed: {1} The queue continues.").format(
                    Path(self.state.run_dir).name, self.state.failed.message))
            else:
                self.show_failure(self.state.failed)
        self._refresh()

    @Slot(object)
    def _opened(self, opened: OpenedRun | None) -> None:
        if opened is None:
            return
        self._others_run = opened.being_written
        self.model.replace(opened.config, self.tr("Open run"))
        self.settings.remember("recent_runs", opened.path)
        if opened.interrupted:
            self.offers.resume(opened.path)
        elif opened.state == "succeeded":
            self.show_page("results")

    def show_page(self, name: str) -> None:
        """Show a page by its view's id."""
        for index in range(self.stack.count()):
            if self.stack.widget(index) is self.host.places.get(name):
                self.tabs.setCurrentIndex(index)

    # --- settings and model ----------------------------------------------------------------------

    def reasons(self) -> list[str]:
        """Why Start is greyed; empty when it is not."""
        return blockers(self.model.config, self.model.problems(), self.watch.error)

    @Slot()
    def _settings_changed(self) -> None:
        self.watch.follow()
        self._refresh()

    def refresh(self) -> None:
        """Show again what can be done now."""
        self._refresh()

    @Slot()
    def follow_settings(self) -> None:
        """Preferences were changed."""
        self.controller.threads = self.settings.threads
        if self._runs_folder != self.settings.runs_folder:
            self._runs_folder = self.settings.runs_folder
            self.intents.refresh()
            self.sweeps.refresh()
        self.set_theme(load_theme(resolved_theme(self.settings.theme)))

    @Slot()
    def _system_changed(self) -> None:
        if self.settings.theme == SYSTEM and resolved_theme(SYSTEM) != self.theme.name:
            self.set_theme(load_theme(resolved_theme(SYSTEM)))

    # --- what can be done now --------------------------------------------------------------------

    def situation(self) -> Situation:
        """What decides which actions make sense."""
        run = self.controller.state
        ended = self.state.results.finished is not None
        return Situation(
            state=run, active=self.controller.active, replaying=self.controller.replaying,
            blocked=bool(self.reasons()), has_run=self.state.model is not None,
            can_export=ended and run is RunState.SUCCEEDED, can_undo=bool(self.model.undo_text()),
            can_redo=bool(self.model.redo_text()),
            resumable=run is RunState.STOPPED and self.state.model is not None and not self._others_run,
            waiting=len(self.queue.model.waiting), held=self.queue.model.held,
        )

    @Slot()
    def _refresh(self) -> None:
        now, reasons = self.situation(), self.reasons()
        self.registry.update(now)
        paused = now.state in (RunState.PAUSED, RunState.PAUSING)
        self.registry.rename("pause_resume", self.tr("Resume") if paused else self.tr("Pause"),
                             "play" if paused else "pause", self.theme)
        self.run_bar.buttons["resume_run"].setVisible(now.resumable)
        following = self.controller.following
        self.registry.rename("cancel", self.tr("Stop "
                                               "following") if following else self.tr("Cancel"), "stop", self.theme)
        self.run_bar.show_state(now.state, self.state, reasons, replaying=now.replaying, following=following)
        self.run_bar.show_next(next_step(now.state, can_export=now.can_export, resumable=now.resumable,
                                         blocked=bool(reasons)))
        self.setWindowTitle(self._title(now))

    def _title(self, now: Situation) -> str:
        if now.replaying or not now.active:
            name = Path(self.state.run_dir).name if now.has_run else ""
            return f"{name} \u2013 {APP_NAME}" if name else APP_NAME
        mark = self.tr("paused, ") if now.state is RunState.PAUSED else ""
        return f"{mark}{100 * self.state.progress:.0f} % \u2013 {Path(self.state.run_dir).name} \u2013 {APP_NAME}"

    # --- errors ----------------------------------------------------------------------------------

    @Slot(object)
    def show_failure(self, failed: Failed) -> None:
        """Say in a dialog what went wrong; it does not block."""
        dialog = ErrorDialog(failed, self.theme, self)
        self._errors.append(dialog)
        dialog.finished.connect(self._error_closed)
        dialog.open()

    @Slot()
    def _error_closed(self) -> None:
        self._errors = [dialog for dialog in self._errors if dialog is not self.sender()]

    @property
    def open_errors(self) -> list[ErrorDialog]:
        """Error dialogs on the screen."""
        return list(self._errors)

    @Slot(object)
    def show_unexpected(self, error: BaseException) -> None:
        """An error that nobody caught."""
        self.show_failure(failure(error))

    @Slot(object)
    def _view_error(self, error: AcqError) -> None:
        self.show_failure(failure(error))

    # --- drag and drop, closing ------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if not urls or not all(url.isLocalFile() for url in urls) or self.controller.replaying:
            return
        kinds = [kind_of(Path(url.toLocalFile())) for url in urls]
        if kinds != ["run"] or not self.controller.active:
            event.acceptProposedAction()
            self.column.model_panel.target.set_hot("model" in kinds)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.column.model_panel.target.set_hot(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.column.model_panel.target.set_hot(False)
        event.acceptProposedAction()
        self.files.take_all([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    def keep_settings(self) -> None:
        """Write the remembered values now: after a crash nobody would."""
        self.save_layout()
        save_settings(self.settings)

    @Slot()
    def quit(self) -> None:
        """Close the window, and with it the program."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.closing.allowed:
            event.ignore()
            self.closing.ask()
            return
        self.save_layout()
        self.inspector.forget()
        event.accept()


def resolved_theme(name: str) -> str:
    """The theme's name; "system" becomes light or dark."""
    if name != SYSTEM:
        return name
    scheme = QApplication.styleHints().colorScheme()
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"
