"""Every action of the window as data: it feeds the menus, the toolbar, the palette and the shortcuts page.

An action names the situation in which it makes sense, so that no other place decides what is greyed. What it does
stands in a dict of handlers by id (`acq_app/features/wiring.py`, and the shell's own), which a test holds against this
table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from acq_app.commands.pages import PAGES
from acq_app.commands.words import WORDS
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
    queued: bool = False  # the active run is one of the queue's
    finishing: bool = False  # training was asked to end early
    following: bool = False  # a run that somebody else works on
    remote: bool = False  # the run is on a cluster
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
    return now.active and not now.replaying and (now.queued or now.waiting > 0)


def _startable(now: ActionContext) -> bool:
    return not now.active and not now.blocked


def _pausable(now: ActionContext) -> bool:
    return now.following or now.state in (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED)


def _leavable(now: ActionContext) -> bool:
    return now.active and now.state is not RunState.STOPPING and (now.following or now.remote)


def _finishable(now: ActionContext) -> bool:
    return _pausable(now) and not now.finishing


def _cancellable(now: ActionContext) -> bool:
    return now.active and now.state is not RunState.STOPPING


def _exportable(now: ActionContext) -> bool:
    return now.can_export and not now.active


def _with_run(now: ActionContext) -> bool:
    return now.has_run


def _experimentable(now: ActionContext) -> bool:
    return now.has_run and not now.active


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

    @property
    def words(self) -> str:
        """Other words that people look for it by; translated in the context "Actions"."""
        return WORDS.get(self.id, "")


def _t(text: str) -> str:
    """Marks a text for translation; `Registry` translates it."""
    return text


MENUS: tuple[tuple[str, str], ...] = (
    ("file", _t("&File")), ("edit", _t("&Edit")), ("run", _t("&Run")),
    ("experiments", _t("E&xperiments")), ("view", _t("&View")), ("help", _t("&Help")),
)

PAGE_ACTIONS: tuple[ActionInfo, ...] = tuple(
    ActionInfo(f"page_{page.id}", page.title, "view", "", f"Ctrl+{number}", context="Views")
    for number, page in enumerate((page for page in PAGES if page.area == "page"), 2)
)

ACTIONS: tuple[ActionInfo, ...] = (
    ActionInfo("open_model", _t("Open model..."), "file", "open", "Ctrl+O",
               _t("Choose a file with trained weights (.safetensors, .pth, .pt)."), _editable),
    ActionInfo("use_sample", _t("Use the sample model"), "file", "sample", "Ctrl+D",
               _t("Use the built-in classifier of clothing; no file is needed."), _editable),
    ActionInfo("open_test_set", _t("Open test images..."), "file", "", "Ctrl+T",
               _t("Choose labelled images; they are used only to measure accuracy."), _editable),
    ActionInfo("open_run", _t("Open run..."), "file", "folder", "Ctrl+Shift+O",
               _t("Open an earlier run with all its curves and images."), _idle, True),
    ActionInfo("open_run_folder", _t("Show run folder"), "file", "", "",
               _t("Open the folder of this run in the file manager."), _with_run),
    ActionInfo("load_settings", _t("Load settings..."), "file", "", "",
               _t("Load settings from a file or from another run."), _editable, True),
    ActionInfo("save_settings", _t("Save settings..."), "file", "", "Ctrl+S",
               _t("Save the settings to a file that the command line reads as well.")),
    ActionInfo("export", _t("Export..."), "file", "export", "Ctrl+E",
               _t("Export the quantized model to a file and verify it."), _exportable, True),
    ActionInfo("report", _t("Save report..."), "file", "", "Ctrl+Shift+R",
               _t("Write the run's report as a web page (HTML) or as PDF."), _with_run),
    ActionInfo("calibration_set", _t("Save calibration set..."), "file", "", "",
               _t("Save images of the run for other quantization tools, as PNG files or as arrays."), _with_run),
    ActionInfo("save_animation", _t("Save animation..."), "file", "", "",
               _t("Save the whole run as an animated image (GIF or WebP)."), _with_run),
    ActionInfo("quit", _t("Quit"), "file", "", "Ctrl+Q", "", _always, True),
    ActionInfo("undo", _t("Undo"), "edit", "undo", "Ctrl+Z",
               _t("Undo the last change of a setting."), _undoable),
    ActionInfo("redo", _t("Redo"), "edit", "redo", "Ctrl+Shift+Z",
               _t("Redo the last change of a setting."), _redoable),
    ActionInfo("reset_settings", _t("Reset all settings"), "edit", "reset", "",
               _t("Reset all settings except the model and the test images to their defaults."), _editable),
    ActionInfo("presets", _t("Presets..."), "edit", "", "Ctrl+Shift+S",
               _t("Save these settings under a name, apply saved ones, or share them."), _editable),
    ActionInfo("choose_bits", _t("Bit allocation..."), "edit", "", "Ctrl+B",
               _t("Find the bits per layer with the smallest error within a size or an average bit "
                  "width."), _startable),
    ActionInfo("copy_command", _t("Copy command line"), "edit", "", "",
               _t("Copy the acq command that does a run with these settings.")),
    ActionInfo("preferences", _t("Preferences..."), "edit", "gear", "Ctrl+,", "", _always, True),
    ActionInfo("start", _t("Start"), "run", "play", "F5", _t("Start the run."), _startable),
    ActionInfo("pause_resume", _t("Pause"), "run", "pause", "F6",
               _t("Pause after the current step."), _pausable),
    ActionInfo("finish_now", _t("Finish now"), "run", "finish", "F7",
               _t("Stop training now; evaluate and export the model as it is."), _finishable),
    ActionInfo("cancel", _t("Cancel"), "run", "stop", "Shift+F5",
               _t("Save a checkpoint and stop; the run can be resumed."), _cancellable),
    ActionInfo("stop_following", _t("Stop following"), "run", "close", "",
               _t("Let the run continue where it is, without this window; open it again to follow it."), _leavable),
    ActionInfo("resume_run", _t("Resume from checkpoint"), "run", "play", "Shift+F6",
               _t("Resume this run from its last checkpoint."), _resumable, True),
    ActionInfo("measure", _t("Evaluate on test images"), "run", "chart", "",
               _t("Evaluate the models of this run again, on the images chosen in step 5."), _exportable),
    ActionInfo("compare_test_set", _t("Compare on test images"), "run", "", "",
               _t("The test images in the float and in the quantized model, side by side."), _exportable),
    ActionInfo("compare_samples", _t("Compare on samples"), "run", "", "",
               _t("The run's samples in the float and in the quantized model, side by side."), _exportable),
    ActionInfo("try_it", _t("Try it on an image..."), "run", "", "Ctrl+I",
               _t("Ask the exported file about one image; it can also be dropped on the window."), _exportable),
    ActionInfo("enqueue", _t("Add to queue"), "run", "", "Ctrl+Return",
               _t("Add a run with these settings to the end of the queue."), _queueable, True),
    ActionInfo("queue_go", _t("Resume queue"), "run", "", "Ctrl+F5",
               _t("Start the next waiting run, now or after the current one."), _can_go),
    ActionInfo("queue_hold", _t("Pause queue"), "run", "", "",
               _t("Let the current run finish, but do not start the next one."), _can_hold),
    ActionInfo("stop_all", _t("Stop all"), "run", "", "Ctrl+Shift+F5",
               _t("Save a checkpoint of the current run, stop it, and pause the queue."), _can_stop_all),
    ActionInfo("sweep", _t("Sweep..."), "run", "", "Ctrl+Shift+W",
               _t("Run a grid of settings, one run after another, and compare the results."), _editable, True),
    *(ActionInfo(f"experiment_{name}", text, "experiments", "", "", tip, _experimentable) for name, text, tip in (
        ("centres", _t("Experiment: attention centres..."),
         _t("Do attention centres match their targets? Measured on the samples of this run.")),
        ("diversity", _t("Experiment: diversity..."),
         _t("Does the pair loss keep samples of one class different?")),
        ("consistency", _t("Experiment: eval/train consistency..."),
         _t("Do the consistency penalties make eval and train mode agree?")),
        ("tradeoff", _t("Experiment: centre against pair loss..."),
         _t("How do the centre loss and the pair loss trade off? Trains several generators.")),
        ("features", _t("Experiment: samples against real images..."),
         _t("How far are samples from real images in the teacher's feature space?")),
    )),
    ActionInfo("show_live", _t("Live"), "view", "chart", "Ctrl+1", ""),
    *PAGE_ACTIONS,
    ActionInfo("model_layers", _t("Model layers..."), "view", "layers", "Ctrl+M",
               _t("The chosen model's layers: shapes, parameters, multiply-adds, planned bits."), _always, True),
    ActionInfo("show_log", _t("Log"), "view", "log", "Ctrl+L", "", _always, True),
    ActionInfo("theme_system", _t("System theme"), "view", "", "",
               _t("Light or dark, following the system."), _always, True, "theme"),
    ActionInfo("theme_light", _t("Light theme"), "view", group="theme"),
    ActionInfo("theme_dark", _t("Dark theme"), "view", group="theme"),
    ActionInfo("theme_high-contrast", _t("High contrast theme"), "view", group="theme"),
    ActionInfo("reset_layout", _t("Reset layout"), "view", "", "",
               _t("Move every panel back to its original place."), _always, True),
    ActionInfo("next_part", _t("Next part of the window"), "view", "", "Ctrl+F6",
               _t("Move the focus to the next panel, view or bar.")),
    ActionInfo("previous_part", _t("Previous part of the window"), "view", "", "Ctrl+Shift+F6",
               _t("Move the focus to the panel, view or bar before.")),
    ActionInfo("palette", _t("Find..."), "help", "search", "Ctrl+Shift+P",
               _t("Search actions, settings and runs.")),
    ActionInfo("help", _t("Help on the focused part"), "help", "help", "F1",
               _t("Explain the focused part of the window and its settings.")),
    ActionInfo("tour", _t("Tour of the window"), "help", "", "",
               _t("Six steps through the window; Esc ends the tour.")),
    ActionInfo("shortcuts", _t("Keyboard shortcuts"), "help", "keyboard", "Ctrl+/"),
    ActionInfo("debug_package", _t("Save debug package..."), "help", "", "",
               _t("A zip file with versions, settings and logs for a bug report; no images, no "
                  "weights."), _always, True),
    ActionInfo("about", _t("About ACQ Studio"), "help", "info", "", "", _always, True),
)
EXPERIMENTS = tuple(
    info.id.removeprefix("experiment_") for info in ACTIONS if info.menu == "experiments")
ACTION_BY_ID = {info.id: info for info in ACTIONS}
