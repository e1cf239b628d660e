"""Every action of the window as data: it feeds the menus, the toolbar, the palette and the shortcuts page.

An action names the situation in which it makes sense, so that no other place decides what is greyed. What it does
stands in a dict of handlers by id (`acq_app/features/wiring.py`, and the shell's own), which a test holds against this
table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from acq_app.commands.pages import PAGES
from acq_app.run.state import RunState

CONTEXT = "Actions"


@dataclass(frozen=True)
class ActionContext:
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


Rule = Callable[[ActionContext], bool]


def _always(_: ActionContext) -> bool:
    return True


def _idle(now: ActionContext) -> bool:
    return not now.active


def _editable(now: ActionContext) -> bool:
    return not now.replaying


def _queueable(now: ActionContext) -> bool:
    return not now.blocked and not now.replaying


def _can_go(now: ActionContext) -> bool:
    return now.waiting > 0 and not now.replaying and (now.held or not now.active)


def _can_hold(now: ActionContext) -> bool:
    return now.waiting > 0 and now.active and not now.held


def _can_stop_all(now: ActionContext) -> bool:
    return now.active and not now.replaying and now.waiting > 0


def _startable(now: ActionContext) -> bool:
    return not now.active and not now.blocked


def _pausable(now: ActionContext) -> bool:
    return now.state in (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED)


def _cancellable(now: ActionContext) -> bool:
    return now.active and now.state is not RunState.STOPPING


def _exportable(now: ActionContext) -> bool:
    return now.can_export and not now.active


def _with_run(now: ActionContext) -> bool:
    return now.has_run


def _resumable(now: ActionContext) -> bool:
    return now.resumable and not now.active


def _undoable(now: ActionContext) -> bool:
    return now.can_undo


def _redoable(now: ActionContext) -> bool:
    return now.can_redo


@dataclass(frozen=True)
class ActionInfo:
    """One action; its texts are translated in the context "Actions"."""

    id: str
    text: str
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

PAGE_ACTIONS: tuple[ActionInfo, ...] = tuple(
    ActionInfo(f"page_{page.id}", page.title, "view", "", f"Ctrl+{number}", context="Views")
    for number, page in enumerate((page for page in PAGES if page.area == "page"), 2)
)

ACTIONS: tuple[ActionInfo, ...] = (
    ActionInfo("open_model", _t("Open model..."), "file", "open", "Ctrl+O",
               _t("Choose a file with trained weights (.safetensors, .pth, .pt)."), _editable),
    ActionInfo("use_sample", _t("Use the sample"), "file", "sample", "Ctrl+D",
               _t("Take the built-in classifier of clothes; it needs no file."), _editable),
    ActionInfo("open_test_set", _t("Open test images..."), "file", "", "Ctrl+T",
               _t("Choose labelled images that only measure accuracy."), _editable),
    ActionInfo("open_run", _t("Open run..."), "file", "folder", "Ctrl+Shift+O",
               _t("Look at an earlier run, with all its curves and pictures."), _idle, True),
    ActionInfo("open_run_folder", _t("Show run folder"), "file", "", "",
               _t("Open the folder of this run in the file manager."), _with_run),
    ActionInfo("load_settings", _t("Load settings..."), "file", "", "",
               _t("Take the settings of a file or of another run."), _editable, True),
    ActionInfo("save_settings", _t("Save settings..."), "file", "", "Ctrl+S",
               _t("Write the settings to a file; the command line takes the same file.")),
    ActionInfo("export", _t("Export..."), "file", "export", "Ctrl+E",
               _t("Write the quantized model and check it in ONNX Runtime."), _exportable, True),
    ActionInfo("quit", _t("Quit"), "file", "", "Ctrl+Q", "", _always, True),
    ActionInfo("undo", _t("Undo"), "edit", "undo", "Ctrl+Z",
               _t("Take the last change of a setting back."), _undoable),
    ActionInfo("redo", _t("Redo"), "edit", "redo", "Ctrl+Shift+Z",
               _t("Do that change again."), _redoable),
    ActionInfo("reset_settings", _t("Reset all settings"), "edit", "reset", "",
               _t("Every setting but the model and the test images back to its default."), _editable),
    ActionInfo("presets", _t("Presets..."), "edit", "", "Ctrl+Shift+S",
               _t("Keep these settings under a name, choose among those that you kept, share them."), _editable),
    ActionInfo("choose_bits", _t("Choose bits..."), "edit", "", "Ctrl+B",
               _t("Find the bits of each layer that cost least within a size, or a mean."), _startable),
    ActionInfo("preferences", _t("Preferences..."), "edit", "gear", "Ctrl+,", "", _always, True),
    ActionInfo("start", _t("Start"), "run", "play", "F5", _t("Begin the run."), _startable),
    ActionInfo("pause_resume", _t("Pause"), "run", "pause", "F6",
               _t("Wait after the current step; go on later."), _pausable),
    ActionInfo("finish_now", _t("Finish now"), "run", "finish", "F7",
               _t("End training here; measure and export what there is."), _pausable),
    ActionInfo("cancel", _t("Cancel"), "run", "stop", "Shift+F5",
               _t("Save a checkpoint and stop; the run can be taken up again."), _cancellable),
    ActionInfo("resume_run", _t("Take up again"), "run", "play", "Shift+F6",
               _t("Go on with this run from its last checkpoint."), _resumable, True),
    ActionInfo("measure", _t("Measure on the test images"), "run", "chart", "",
               _t("Measure this run's models once more, on the images chosen in step 5."), _exportable),
    ActionInfo("enqueue", _t("Add to queue"), "run", "", "Ctrl+Return",
               _t("Put these settings at the end of the queue; they are run after the others."), _queueable, True),
    ActionInfo("queue_go", _t("Go on with the queue"), "run", "", "Ctrl+F5",
               _t("Begin the next waiting run, now or after the present one."), _can_go),
    ActionInfo("queue_hold", _t("Hold the queue"), "run", "", "",
               _t("Let the present run end, and do not begin the next one."), _can_hold),
    ActionInfo("stop_all", _t("Stop all"), "run", "", "Ctrl+Shift+F5",
               _t("Save a checkpoint of the present run, stop it, and hold the queue."), _can_stop_all),
    ActionInfo("sweep", _t("Sweep..."), "run", "", "Ctrl+Shift+W",
               _t("Run a grid of settings, one run after another, and see the figures of all."), _editable, True),
    ActionInfo("show_live", _t("Live"), "view", "chart", "Ctrl+1", ""),
    *PAGE_ACTIONS,
    ActionInfo("model_layers", _t("Model layers..."), "view", "layers", "Ctrl+M",
               _t("The chosen model's layers: shapes, parameters, multiply-adds, planned bits."), _always, True),
    ActionInfo("show_log", _t("Log"), "view", "log", "Ctrl+L", "", _always, True),
    ActionInfo("theme_system", _t("Theme of the system"), "view", "", "",
               _t("Light or dark, as the system is, also when it changes."), _always, True, "theme"),
    ActionInfo("theme_light", _t("Light theme"), "view", group="theme"),
    ActionInfo("theme_dark", _t("Dark theme"), "view", group="theme"),
    ActionInfo("theme_high-contrast", _t("High contrast theme"), "view", group="theme"),
    ActionInfo("reset_layout", _t("Reset layout"), "view", "", "",
               _t("Put every panel back in its first place."), _always, True),
    ActionInfo("palette", _t("Find an action..."), "help", "search", "Ctrl+Shift+P",
               _t("Type a few letters of what you want to do.")),
    ActionInfo("help", _t("Help"), "help", "help", "F1",
               _t("What the part of the window that has the focus is for, and what each setting does.")),
    ActionInfo("tour", _t("Tour of the window"), "help", "", "",
               _t("Six steps that show where things are; Esc ends it.")),
    ActionInfo("shortcuts", _t("Keyboard shortcuts"), "help", "keyboard", "Ctrl+/"),
    ActionInfo("debug_package", _t("Save debug package..."), "help", "", "",
               _t("A zip with versions, settings and logs for a report; no pictures, no weights."), _always, True),
    ActionInfo("about", _t("About ACQ Studio"), "help", "info", "", "", _always, True),
)
ACTION_BY_ID = {info.id: info for info in ACTIONS}
