"""Presenter: keeps the window up to date with the run: actions, run bar, health, title, and what ended runs say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from acq_app import APP_NAME
from acq_app.commands.registry import Registry
from acq_app.commands.table import ACTION_BY_ID, ActionContext
from acq_app.features.context import AppContext
from acq_app.features.wiring import Features
from acq_app.panels.run_bar import next_step
from acq_app.run.quality import judge
from acq_app.run.run_jobs import OpenedRun
from acq_app.run.session import Beginning
from acq_app.run.state import RunState, WindowState
from acq_app.settings.preferences import save_preferences
from acq_app.shell.main_window import MainWindow
from acq_app.shell.notifications import Notifier
from acq_app.shell.startup_prompts import StartupPrompts
from acq_app.shell.tour import Tour
from acq_engine.events import Event, RunStarted
from acq_engine.settings import ModelConfig


class Presenter(QObject):
    """Shows what the session says, and what can be done now."""

    def __init__(self, window: MainWindow, context: AppContext, features: Features, tour: Tour,
                 prompts: StartupPrompts, notifier: Notifier) -> None:
        super().__init__(window)
        self._window, self._context, self._features = window, context, features
        self._tour, self._prompts, self._notifier = tour, prompts, notifier
        self._session = session = context.session
        self._model: ModelConfig | None = None  # of the run on the screen
        self._health_title = window.side_docks["health"].windowTitle()
        self._name = ""  # of its folder, and of the sweep that it belongs to
        session.started.connect(self._began)
        session.events.connect(self._show_events)
        session.changed.connect(self._state_changed)
        session.taskChanged.connect(self.refresh)
        session.opened.connect(self._opened)
        context.run_settings.changed.connect(self.refresh)
        context.run_settings.problemsChanged.connect(self.refresh)
        context.run_settings.undoChanged.connect(self.refresh)
        features.inspection.changed.connect(self.refresh)
        features.estimate.changed.connect(self.refresh)
        features.test_images.changed.connect(self.refresh)
        features.queue.changed.connect(self.refresh)
        features.place.changed.connect(self.refresh)
        window.refused.connect(self._refuse)

    # --- the run ---------------------------------------------------------------------------------

    @Slot(object)
    def _began(self, beginning: Beginning) -> None:
        window, preferences = self._window, self._context.preferences
        folder = Path(beginning.folder)
        in_sweep = (folder.parent / "sweep.json").is_file()
        self._name = f"{folder.parent.name}/{folder.name}" if in_sweep else folder.name
        window.host.load()
        window.host.reset()
        window.time_bar.reset()
        self._model = _model_of(beginning)
        if not beginning.quiet:
            window.banner.hide()
            self._tour.run_began()
            window.show_page("live")
        self._context.run_settings.set_locked(beginning.replayed)  # such a run puts its own settings on the panels
        if not beginning.replayed:
            preferences.last_run = beginning.folder
            window.save_layout()
            self._features.next_run.remember()
            save_preferences(preferences)  # now: after a crash nobody would

    @Slot(list)
    def _show_events(self, events: list[Event]) -> None:
        for event in events:
            self._window.host.apply(event)
            self._window.time_bar.apply(event)
            if isinstance(event, RunStarted) and self._is_the_panels_model():
                self._window.column.model_panel.show_summary(event.model)
        self._window.show_time_bar()
        self._window.health.show_state(self._session.state)
        self.refresh()

    def _is_the_panels_model(self) -> bool:
        """Whether the run has the model on the panels: one of the queue, or one that is resumed, may have another."""
        return self._model in (None, self._context.run_settings.config.model)

    @Slot(object)
    def _state_changed(self, run: RunState) -> None:
        session, preferences = self._session, self._context.preferences
        replaying = session.controller.replaying
        self._context.run_settings.set_locked(session.active and replaying)
        self._window.side_docks["settings"].setWindowTitle(
            self.tr("Settings of the next run") if session.running else self.tr("Settings"))
        if run in (RunState.SUCCEEDED, RunState.FAILED) and not replaying:
            preferences.last_run = None
            if session.run_dir is not None and session.run_dir.is_dir():
                preferences.remember("recent_runs", session.run_dir)
            QApplication.alert(self._window)
            if preferences.notify:
                sentence = self._window.run_bar.sentence_for(run, session.state)
                self._notifier.tell(APP_NAME, sentence, session.state.elapsed_seconds)
        if not session.active:
            self._features.history.refresh()
        if run is RunState.FAILED and session.state.failed is not None:
            self._tell_failure()
        self.refresh()

    def _turned_away(self) -> bool:
        """Whether another model was opened since the run on the screen ended: then the next run is what matters."""
        chosen, shown = self._context.run_settings.config.model, self._model
        return not self._session.active and shown is not None and (
            (chosen.source, chosen.name, chosen.path) != (shown.source, shown.name, shown.path))

    def _tell_failure(self) -> None:
        failed = self._session.state.failed
        assert failed is not None
        if self._features.queue.goes_on:  # a dialog would wait for somebody while the next run begins
            self._context.messages.tell(self.tr("{0} failed: {1} The queue continues.").format(
                Path(self._session.state.run_dir).name, failed.message), lasting=True)
        else:
            self._context.messages.fail(failed)
            if failed.lower_rates and self._session.run_dir is not None:
                self._prompts.offer_lower_rates(self._session.run_dir)

    @Slot(object)
    def _opened(self, opened: OpenedRun) -> None:
        self._model = opened.config.model
        self._context.run_settings.replace(opened.config, self.tr("Open run"))
        self._context.preferences.remember("recent_runs", opened.path)
        if opened.interrupted:
            self._prompts.offer_run(opened.path)
        elif opened.state == "succeeded":
            self._window.show_page("results")

    # --- what can be done now --------------------------------------------------------------------

    def action_context(self, reasons: list[str]) -> ActionContext:
        """What decides which actions make sense; `reasons` speak against a start."""
        session, settings, queue = self._session, self._context.run_settings, self._features.queue.model
        return ActionContext(
            state=session.controller.state, active=session.active, replaying=session.controller.replaying,
            blocked=bool(reasons), has_run=session.state.model is not None, can_export=session.can_export,
            can_undo=bool(settings.undo_text()), can_redo=bool(settings.redo_text()), resumable=session.resumable,
            waiting=len(queue.waiting), queued=queue.running is not None, held=queue.held,
            finishing=session.controller.finishing, following=session.controller.following, remote=session.remote,
        )

    @Slot()
    def refresh(self) -> None:
        """Show again what can be done now."""
        window, reasons = self._window, self._features.runs.reasons()
        now = self.action_context(reasons)
        theme = self._context.appearance.theme
        window.registry.update(now)
        paused = now.state in (RunState.PAUSED, RunState.PAUSING) or self._session.controller.followed_paused
        window.registry.rename("pause_resume", self.tr("Resume") if paused else self.tr("Pause"),
                               "play" if paused else "pause", theme)
        window.run_bar.buttons["resume_run"].setVisible(now.resumable)
        window.registry.rename("finish_now", self.tr("Finishing...") if now.finishing else self.tr("Finish now"),
                               "finish", theme)
        following, job = now.following, self._session.controller.cluster_job
        window.run_bar.buttons["stop_following"].setVisible(following or now.remote)
        run, state = now.state, self._session.state
        away = self._turned_away()
        if away:
            run, state = RunState.DRAFT, WindowState()
        window.side_docks["health"].setWindowTitle(
            self.tr("Health of {0}").format(self._name) if away and now.has_run else self._health_title)
        window.run_bar.show_state(run, state, reasons, replaying=now.replaying, following=following,
                                  finishing=now.finishing, estimate=self._estimate(),
                                  place="" if job is None else job.address, left=self._session.controller.detached)
        quality = judge(state) if run is RunState.SUCCEEDED else None
        window.run_bar.show_next(next_step(run, can_export=now.can_export, resumable=now.resumable,
                                           blocked=bool(reasons), poor=quality is not None and quality.grade == "poor"))
        window.setWindowTitle(self._title(now))

    @Slot(str)
    def _refuse(self, name: str) -> None:
        """A shortcut was pressed whose action is greyed: say so, and why where that is known.

        Not in the place of a question; and that there is nothing to undo is seen.
        """
        if self._window.banner.asks or name in ("undo", "redo"):
            return
        info, reasons = ACTION_BY_ID[name], self._features.runs.reasons()
        free = self.action_context([])  # as if nothing stood against a start
        why = ""
        if self._session.active and info.when(replace(free, active=False, state=RunState.SUCCEEDED, can_export=True)):
            why = self.tr("A run is active.")
        elif reasons and info.when(free):
            why = reasons[0]
        text = self.tr("Not possible now: {0}").format(Registry.text(info).replace("&", "").rstrip("."))
        self._context.messages.tell(f"{text}. {why}".rstrip())

    def _estimate(self) -> str:
        """How long the next run takes; of a cluster's machines nothing is known."""
        return "" if self._features.place.address else self._features.estimate.sentence()

    def _title(self, now: ActionContext) -> str:
        state = self._session.state
        if self._turned_away():
            return f"{self._window.column.model_panel.title_text()} \u2013 {APP_NAME}"
        if now.replaying or not now.active:
            name = self._name if now.has_run else ""
            return f"{name} \u2013 {APP_NAME}" if name else APP_NAME
        mark = self.tr("paused, ") if now.state is RunState.PAUSED else ""
        return f"{mark}{100 * state.progress:.0f} % \u2013 {self._name} \u2013 {APP_NAME}"


def _model_of(beginning: Beginning) -> ModelConfig | None:
    """The model of a run; None for one that is read back, as it puts its own settings on the panels."""
    if beginning.replayed or beginning.model is not None:
        return beginning.model
    from acq_engine.errors import AcqError
    from acq_engine.store import RunStore

    try:
        return RunStore.open(beginning.folder).config.model
    except AcqError:  # the run itself will say so
        return None
