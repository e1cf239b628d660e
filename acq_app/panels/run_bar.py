"""The bottom of the window: how far the run is, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from acq_app.appearance.icons import icon
from acq_app.appearance.language import said
from acq_app.appearance.theme import GRID, HALF, Theme
from acq_app.appearance.units import clock
from acq_app.commands.registry import Registry
from acq_app.run.quality import judge
from acq_app.run.state import ACTIVE, RunState, WindowState
from acq_app.widgets.help_topic import set_topic
from acq_app.widgets.labels import Button, TwoLineLabel, muted, set_colour
from acq_app.widgets.meter import Meter
from acq_app.widgets.phase_bar import PhaseBar, phase_name, task_text

BUTTONS = ("start", "pause_resume", "finish_now", "cancel", "stop_following", "resume_run", "export")


def next_step(state: RunState, *, can_export: bool, resumable: bool, blocked: bool, poor: bool = False) -> str:
    """The action that is bright: the next sensible one; empty where waiting is all there is to do.

    `poor`: nobody would use the run's model; another run comes next.
    """
    if state is RunState.SUCCEEDED and can_export and not poor:
        return "export"
    if state is RunState.STOPPED and resumable:
        return "resume_run"
    if state in (RunState.RUNNING, RunState.PAUSED):
        return "pause_resume"
    if state in (RunState.DRAFT, RunState.SUCCEEDED, RunState.STOPPED, RunState.FAILED):
        return "" if blocked else "start"
    return ""


class ActionButton(Button):
    """A button that is an action's face: same text, icon, tip, and greyed together."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action, self._tip = action, ""
        self.setMinimumHeight(4 * GRID)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Take over what the action says."""
        self.setText(self._action.text())
        name = self._action.property("icon_name")
        if self._theme is not None and isinstance(name, str):
            self.setIcon(icon(name, self._theme, self.icon_colour()))
        self.setToolTip(f"{self._action.toolTip()}\n{self._tip}".rstrip())
        self.setAccessibleDescription(self._action.statusTip())
        self.setEnabled(self._action.isEnabled())

    def add_tip(self, text: str) -> None:
        """Say something more where the pointer rests on the button."""
        if text != self._tip:
            self._tip = text
            self.follow()


class RunBar(QFrame):
    """Progress above, buttons below; between them the one sentence that explains what goes on."""

    def __init__(self, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        set_topic(self, "run")
        self._theme: Theme | None = None
        self._estimate = ""
        self._phase: tuple[bool, str | None] | None = None
        self._phase_began = self._eta_told = 0.0
        self._eta: float | None = None
        self._counts = self._moves = False
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show_times)
        self.bar = PhaseBar()
        self.percent = QLabel()
        self.percent.setMinimumWidth(6 * GRID)
        self.left = muted()
        self.left.setMinimumWidth(13 * GRID)
        for label in (self.percent, self.left):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sentence = TwoLineLabel()
        self.sentence.setAccessibleName(self.tr("Run status"))
        self.buttons = {name: ActionButton(registry[name]) for name in BUTTONS}
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self.bar, 1)
        top.addWidget(self.percent)
        top.addWidget(self.left)
        low = QHBoxLayout()
        low.setSpacing(GRID)
        for name in BUTTONS[:-1]:
            low.addWidget(self.buttons[name])
        low.addSpacing(GRID)
        low.addWidget(self.sentence, 1)
        self.meter = Meter()
        self.meter.hide()
        low.addWidget(self.meter)
        low.addSpacing(GRID)
        low.addWidget(self.buttons["export"])
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, HALF, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addLayout(low)
        self.show_state(RunState.DRAFT, WindowState(), (), replaying=False)

    def set_theme(self, theme: Theme) -> None:
        """Use the theme's colours."""
        self._theme = theme
        self.bar.set_theme(theme)
        for button in self.buttons.values():
            button.set_theme(theme)

    def show_next(self, name: str) -> None:
        """Make one button bright."""
        for key, button in self.buttons.items():
            button.set_bright(key == name)
            button.follow()

    def show_state(self, run: RunState, state: WindowState, reasons: Sequence[str], *, replaying: bool,
                   following: bool = False, finishing: bool = False, estimate: str = "", place: str = "",
                   left: bool = False) -> None:
        """Show progress, time left and the sentence.

        `estimate`: how long the next run takes, in a sentence; `place`: the cluster that the run is on;
        `left`: it was left there.
        """
        self._estimate = estimate
        self.buttons["start"].add_tip(estimate)
        began = run is not RunState.DRAFT
        self.meter.setVisible(run in ACTIVE)
        self.bar.set_progress(state.phases, state.phase if began and state.results.finished is None else None,
                              round(100 * state.progress))
        self.percent.setText(f"{100 * state.progress:.0f} %" if began else "")
        self._take_times(run, state, counts=following or run in (RunState.RUNNING, RunState.PAUSED),
                         moves=following or run in (RunState.PREPARING, RunState.RUNNING, RunState.PAUSING,
                                                    RunState.STOPPING), finishing=finishing)
        text, colour = self._sentence(run, state, reasons, replaying=replaying and not following)
        if following:
            steps = f" {state.step} / {state.steps}" if state.steps else ""
            text = self.tr("Following a run of another process.") + (
                f" {phase_name(state.phase)}{steps}" if state.phase else "")
            colour = ""
        elif finishing and run is RunState.RUNNING and state.phase not in (None, "evaluate", "export"):
            text = self.tr("Finishing: no further training; evaluation and export follow.")
            if state.sub is not None:
                text += f" {phase_name(state.phase)}: {task_text(state.sub)}"
        if left and run is RunState.STOPPED:
            text = self.tr("The run continues on its cluster. Open it again to follow it.")
        if place and run is RunState.PREPARING and state.sub is None:
            text = self.tr("The cluster prepares the run.")
        if place:
            text = self.tr("{0} On {1}.").format(text if text.endswith(".") else f"{text}.", place)
        self.sentence.setText(text)
        self.sentence.setToolTip(text)
        set_colour(self.sentence, getattr(self._theme, colour) if self._theme and colour else "")

    def _take_times(
        self, run: RunState, state: WindowState, *, counts: bool, moves: bool, finishing: bool,
    ) -> None:
        """Note since when a phase goes on, and when the time left was told; both move on by themselves."""
        now = monotonic()
        if (run is RunState.PREPARING, state.phase) != self._phase:
            self._phase, self._phase_began = (run is RunState.PREPARING, state.phase), now
        if state.eta_seconds != self._eta:
            self._eta, self._eta_told = state.eta_seconds, now
        # What was told before training was asked to end is the time of steps that are not done any more.
        training = state.phase not in ("evaluate", "export")
        self._counts, self._moves = counts and not (finishing and training), moves
        if moves and not self._clock.isActive():
            self._clock.start()
        elif not moves:
            self._clock.stop()
        self._show_times()

    @Slot()
    def _show_times(self) -> None:
        """The time left where it is known, else how long the phase has taken so far."""
        now = monotonic()
        left = None if self._eta is None else self._eta - (now - self._eta_told if self._moves else 0.0)
        if self._counts and left is not None and left > 0:
            self.left.setText(self.tr("{0} left").format(clock(left)))
        elif self._moves and now - self._phase_began >= 1:
            self.left.setText(self.tr("for {0}").format(clock(now - self._phase_began)))
        else:
            self.left.setText("")

    def sentence_for(self, run: RunState, state: WindowState) -> str:
        """The sentence about a run that has ended."""
        return self._sentence(run, state, (), replaying=False)[0]

    def _sentence(self, run: RunState, state: WindowState, reasons: Sequence[str], *,
                  replaying: bool) -> tuple[str, str]:
        if replaying:
            return self.tr("Reading the run..."), "muted"
        if run is RunState.PREPARING:
            if state.sub is not None:
                return task_text(state.sub), "muted"
            return self.tr("Loading the model; the first time takes a few seconds."), "muted"
        if run is RunState.RUNNING and state.phase:
            steps = f" {state.step} / {state.steps}" if state.steps else ""
            task = f": {task_text(state.sub)}" if state.sub is not None else ""
            return phase_name(state.phase) + steps + task, ""
        if run is RunState.PAUSING:
            return self.tr("Pausing after this step."), "muted"
        if run is RunState.PAUSED:
            return self.tr("Paused. Resume at any time."), ""
        if run is RunState.STOPPING:
            return self.tr("Saving a checkpoint, then stopping."), "muted"
        if reasons:
            return self.tr("Can't start. {0}").format(reasons[0]), "warning"
        if run is RunState.SUCCEEDED:
            return self._ended(state)
        if run is RunState.STOPPED:
            return self.tr("Stopped; it can be resumed."), ""
        if run is RunState.FAILED:
            return (said(state.failed.message) if state.failed else self.tr("The run failed.")), "bad"
        ready = self.tr("Ready. Start quantizes the model; no images are needed.")
        return f"{ready} {self._estimate}".rstrip(), "muted"

    def _ended(self, state: WindowState) -> tuple[str, str]:
        finished = state.results.finished
        took = clock(finished.seconds) if finished else ""
        quality = judge(state)
        text = self.tr("Done in {0}.").format(took)
        if state.results.without_fine_tuning:
            text = self.tr("Done in {0}; fine-tuning did not help, calibrated weights kept.").format(took)
        if finished is not None and finished.verified:
            text += " " + self.tr("The exported file is verified.")
        if quality is None:
            return text, ""
        return f"{quality.short} {text}", {"usable": "good", "look": "warning", "poor": "bad"}[quality.grade]
