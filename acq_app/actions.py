"""Every action of the window as data: it feeds the menus, the toolbar, the palette and the shortcuts page.

An action names the window's method that does it and the situation in which it makes sense, so
that no other place decides what is greyed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from acq_app.icons import icon
from acq_app.state import RunState
from acq_app.theme import Theme
from acq_app.views import VIEWS

CONTEXT = "Actions"


@dataclass(frozen=True)
class Situation:
    """What decides whether an action makes sense now."""

    state: RunState = RunState.DRAFT
    active: bool = False
    replaying: bool = False
    blocked: bool = False  # a reason stands against Start
    has_run: bool = False  # a run folder is on the screen
    can_export: bool = False
    can_undo: bool = False
    can_redo: bool = False
    resumable: bool = False
    waiting: int = 0  # runs in the queue
    held: bool = False  # the queue does not go on by itself


Rule = Callable[[Situation], bool]


def _always(_: Situation) -> bool:
    return True


def _idle(now: Situation) -> bool:
    return not now.active


def _editable(now: Situation) -> bool:
    return not now.replaying


def _queueable(now: Situation) -> bool:
    return not now.blocked and not now.replaying


def _can_go(now: Situation) -> bool:
    return now.waiting > 0 and not now.replaying and (now.held or not now.active)


def _can_hold(now: Situation) -> bool:
    return now.waiting > 0 and now.active and not now.held


def _can_stop_all(now: Situation) -> bool:
    return now.active and not now.replaying and now.waiting > 0


def _startable(now: Situation) -> bool:
    return not now.active and not now.blocked


def _pausable(now: Situation) -> bool:
    return now.state in (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED)


def _cancellable(now: Situation) -> bool:
    return now.active and now.state is not RunState.STOPPING


def _exportable(now: Situation) -> bool:
    return now.can_export and not now.active


def _with_run(now: Situation) -> bool:
    return now.has_run


def _resumable(now: Situation) -> bool:
    return now.resumable and not now.active


def _undoable(now: Situation) -> bool:
    return now.can_undo


def _redoable(now: Situation) -> bool:
    return now.can_redo


@dataclass(frozen=True)
class ActionInfo:
    """One action. `handler` leads from the window to a method ("files.open_model"); texts: context "Actions"."""

    id: str
    text: str
    handler: str
    menu: str
    icon: str = ""
    shortcut: str = ""
    tip: str = ""
    when: Rule = _always
    separator: bool = False  # a line above it in the menu
    group: str = ""  # of actions of which one is checked
    context: str = CONTEXT  # of the translation of `text`


def _t(text: str) -> str:
    """Marks a text for translation; `Registry` translates it."""
    return text


MENUS: tuple[tuple[str, str], ...] = (
    ("file", _t("&File")), ("edit", _t("&Edit")), ("run", _t("&Run")), ("view", _t("&View")), ("help", _t("&Help")),
)

PAGES: tuple[ActionInfo, ...] = tuple(
    ActionInfo(f"page_{view.id}", view.title, "pages.show_page", "view", "", f"Ctrl+{number}", context="Views")
    for number, view in enumerate((view for view in VIEWS if view.area == "page"), 2)
)

ACTIONS: tuple[ActionInfo, ...] = (
    ActionInfo("open_model", _t("Open model..."), "files.open_model", "file", "open", "Ctrl+O",
               _t("Choose a file with trained weights (.safetensors, .pth, .pt)."), _editable),
    ActionInfo("use_sample", _t("Use the sample model"), "files.use_sample", "file", "sample", "Ctrl+D",
               _t("Use the built-in classifier of clothing; no file is needed."), _editable),
    ActionInfo("open_test_set", _t("Open test images..."), "files.open_test_set", "file", "", "Ctrl+T",
               _t("Choose labelled images; they are used only to measure accuracy."), _editable),
    ActionInfo("open_run", _t("Open run..."), "files.open_run", "file", "folder", "Ctrl+Shift+O",
               _t("Open an earlier run with all its curves and images."), _idle, True),
    ActionInfo("open_run_folder", _t("Show run folder"), "files.open_run_folder", "file", "", "",
               _t("Open the folder of this run in the file manager."), _with_run),
    ActionInfo("load_settings", _t("Load settings..."), "files.load_settings", "file", "", "",
               _t("Load settings from a file or from another run."), _editable, True),
    ActionInfo("save_settings", _t("Save settings..."), "files.save_settings", "file", "", "Ctrl+S",
               _t("Save the settings to a file that the command line reads as well.")),
    ActionInfo("export", _t("Export..."), "runs.export", "file", "export", "Ctrl+E",
               _t("Export the quantized model to a file and verify it."), _exportable, True),
    ActionInfo("quit", _t("Quit"), "quit", "file", "", "Ctrl+Q", "", _always, True),
    ActionInfo("undo", _t("Undo"), "files.undo", "edit", "undo", "Ctrl+Z",
               _t("Undo the last change of a setting."), _undoable),
    ActionInfo("redo", _t("Redo"), "files.redo", "edit", "redo", "Ctrl+Shift+Z",
               _t("Redo the last change of a setting."), _redoable),
    ActionInfo("reset_settings", _t("Reset all settings"), "files.reset_settings", "edit", "reset", "",
               _t("Reset all settings except the model and the test images to their defaults."), _editable),
    ActionInfo("presets", _t("Presets..."), "presets.show", "edit", "", "Ctrl+Shift+S",
               _t("Save these settings under a name, apply saved ones, or share them."), _editable),
    ActionInfo("choose_bits", _t("Bit allocation..."), "pages.choose_bits", "edit", "", "Ctrl+B",
               _t("Find the bits per layer with the smallest error within a size or an average bit "
                  "width."), _startable),
    ActionInfo("preferences", _t("Preferences..."), "pages.preferences", "edit", "gear", "Ctrl+,", "", _always, True),
    ActionInfo("start", _t("Start"), "runs.start", "run", "play", "F5", _t("Start the run."), _startable),
    ActionInfo("pause_resume", _t("Pause"), "runs.pause_resume", "run", "pause", "F6",
               _t("Pause after the current step."), _pausable),
    ActionInfo("finish_now", _t("Finish now"), "runs.finish_now", "run", "finish", "F7",
               _t("Stop training now; evaluate and export the model as it is."), _pausable),
    ActionInfo("cancel", _t("Cancel"), "runs.cancel", "run", "stop", "Shift+F5",
               _t("Save a checkpoint and stop; the run can be resumed."), _cancellable),
    ActionInfo("resume_run", _t("Resume from checkpoint"), "runs.resume_run", "run", "play", "Shift+F6",
               _t("Resume this run from its last checkpoint."), _resumable, True),
    ActionInfo("measure", _t("Evaluate on test images"), "runs.measure", "run", "chart", "",
               _t("Evaluate the models of this run again, on the images chosen in step 5."), _exportable),
    ActionInfo("enqueue", _t("Add to queue"), "queue.add_present", "run", "", "Ctrl+Return",
               _t("Add a run with these settings to the end of the queue."), _queueable, True),
    ActionInfo("queue_go", _t("Resume queue"), "queue.go", "run", "", "Ctrl+F5",
               _t("Start the next waiting run, now or after the current one."), _can_go),
    ActionInfo("queue_hold", _t("Pause queue"), "queue.hold", "run", "", "",
               _t("Let the current run finish, but do not start the next one."), _can_hold),
    ActionInfo("stop_all", _t("Stop all"), "queue.stop_all", "run", "", "Ctrl+Shift+F5",
               _t("Save a checkpoint of the current run, stop it, and pause the queue."), _can_stop_all),
    ActionInfo("sweep", _t("Sweep..."), "sweeps.make", "run", "", "Ctrl+Shift+W",
               _t("Run a grid of settings, one run after another, and compare the results."), _editable, True),
    ActionInfo("show_live", _t("Live"), "show_live", "view", "chart", "Ctrl+1", ""),
    *PAGES,
    ActionInfo("model_layers", _t("Model layers..."), "pages.show_model", "view", "layers", "Ctrl+M",
               _t("The chosen model's layers: shapes, parameters, multiply-adds, planned bits."), _always, True),
    ActionInfo("show_log", _t("Log"), "show_log", "view", "log", "Ctrl+L", "", _always, True),
    ActionInfo("theme_system", _t("System theme"), "pages.choose_theme", "view", "", "",
               _t("Light or dark, following the system."), _always, True, "theme"),
    ActionInfo("theme_light", _t("Light theme"), "pages.choose_theme", "view", group="theme"),
    ActionInfo("theme_dark", _t("Dark theme"), "pages.choose_theme", "view", group="theme"),
    ActionInfo("theme_high-contrast", _t("High contrast theme"), "pages.choose_theme", "view", group="theme"),
    ActionInfo("reset_layout", _t("Reset layout"), "reset_layout", "view", "", "",
               _t("Move every panel back to its original place."), _always, True),
    ActionInfo("palette", _t("Find an action..."), "pages.show_palette", "help", "search", "Ctrl+Shift+P",
               _t("Search all actions.")),
    ActionInfo("help", _t("Help"), "pages.show_help", "help", "help", "F1",
               _t("Explain the focused part of the window and its settings.")),
    ActionInfo("tour", _t("Tour of the window"), "tour.begin", "help", "", "",
               _t("Six steps through the window; Esc ends the tour.")),
    ActionInfo("shortcuts", _t("Keyboard shortcuts"), "pages.show_shortcuts", "help", "keyboard", "Ctrl+/"),
    ActionInfo("debug_package", _t("Save debug package..."), "files.save_debug_package", "help", "", "",
               _t("A zip file with versions, settings and logs for a bug report; no images, no "
                  "weights."), _always, True),
    ActionInfo("about", _t("About ACQ Studio"), "pages.show_about", "help", "info", "", "", _always, True),
)
ACTION_BY_ID = {info.id: info for info in ACTIONS}


class Registry(QObject):
    """The window's QActions, made from ACTIONS; `window` has all that the handlers name."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self.actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for info in ACTIONS:
            action = QAction(self.text(info), self)
            action.setObjectName(info.id)
            action.setProperty("icon_name", info.icon)
            if info.group:
                action.setCheckable(True)
                groups.setdefault(info.group, QActionGroup(self)).addAction(action)
            if info.shortcut:
                action.setShortcut(QKeySequence(info.shortcut))
            tip = QCoreApplication.translate(CONTEXT, info.tip) if info.tip else self.text(info)
            shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tip} ({shortcut})" if shortcut else tip)
            action.setStatusTip(tip)
            action.triggered.connect(attrgetter(info.handler)(window))
            self.actions[info.id] = action

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    @staticmethod
    def text(info: ActionInfo) -> str:
        """An action's translated text."""
        return QCoreApplication.translate(info.context, info.text)

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

    def update(self, now: Situation) -> None:
        """Grey what makes no sense now."""
        for info in ACTIONS:
            self.actions[info.id].setEnabled(info.when(now))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for info in ACTIONS:
            if info.icon:
                name = self.actions[info.id].property("icon_name")
                self.actions[info.id].setIcon(icon(name, theme))


def fuzzy_score(query: str, text: str) -> float | None:
    """How well a text fits what was typed; None if its letters don't appear in this order.

    Letters at the start of a word and letters that follow each other count more.
    """
    wanted, letters = query.lower().replace(" ", ""), text.lower()
    score, at, last = 0.0, 0, -2
    for letter in wanted:
        found = letters.find(letter, at)
        if found < 0:
            return None
        starts_word = found == 0 or not letters[found - 1].isalnum()
        score += 1 + 2 * starts_word + 2 * (found == last + 1)
        last, at = found, found + 1
    return score - 0.01 * len(text)
