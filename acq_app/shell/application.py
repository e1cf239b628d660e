"""The application: one QApplication, one window, one way in and one way out."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from acq_app import APP_NAME, ORGANISATION
from acq_app.appearance.icons import app_icon
from acq_app.appearance.language import SYSTEM, install, languages
from acq_app.appearance.style import Style
from acq_app.appearance.theme import THEME_NAMES, load_theme, qt_palette
from acq_app.run.controller import RunController, RunFactory
from acq_app.settings.model_catalogue import kind_of
from acq_app.settings.preferences import load_preferences
from acq_app.shell.crashes import crash_report, forget_crash
from acq_app.shell.logs import Reporter, start_logging
from acq_app.shell.quitter import SystemSignals, abandon, connect_session_end
from acq_app.shell.studio import Studio
from acq_app.shell.themes import resolved_theme

logger = logging.getLogger(__name__)

DESKTOP_ID = "io.github.acq_studio.ACQStudio"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line of `acq-studio`."""
    parser = argparse.ArgumentParser(
        prog="acq-studio", description="Quantize an image classifier without data, and watch it.",
        epilog="The command line for scripts is `acq`.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="MODEL",
                        help="a model, test images (.npz or folder), a settings file, or a run folder to open")
    parser.add_argument("--run", type=Path, help="open this run folder")
    parser.add_argument("--theme", choices=THEME_NAMES, help="use this theme for this session")
    parser.add_argument("--language", choices=(SYSTEM, *languages()), help="use this language for this session")
    parser.add_argument("--verbose", action="store_true", help="log more, and to the terminal")
    return parser.parse_args(arguments)


def make_qapplication() -> QApplication:
    """The QApplication with the program's names, style and font; the existing one if there is one."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("acq-studio")
    app.setApplicationDisplayName(APP_NAME)
    app.setOrganizationName(ORGANISATION)
    QGuiApplication.setDesktopFileName(DESKTOP_ID)
    if not isinstance(app.style(), Style):
        app.setStyle(Style())
    app.setWindowIcon(app_icon())
    app.setFont(tabular(app.font()))
    return app


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width, so that numbers don't dance."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


class Application(QObject):
    """The running program: command line, language, error routing, and the way out."""

    def __init__(self, arguments: argparse.Namespace, factory: RunFactory | None = None,
                 logs: Path | None = None) -> None:
        """`logs`: the folder in which a crash of an earlier start would be."""
        super().__init__()
        self._logs = logs
        self.arguments = arguments
        self.app = make_qapplication()
        preferences = load_preferences()
        install(arguments.language or preferences.language)
        theme = load_theme(arguments.theme or resolved_theme(preferences.theme))
        self.app.setPalette(qt_palette(theme))
        self.reporter = Reporter(self)
        self.reporter.install()
        self.studio = Studio(preferences, RunController(factory, preferences.threads), theme, self)
        self.reporter.unexpected.connect(self.studio.context.messages.fail)
        self.studio.viewsLoaded.connect(self._begin)
        connect_session_end(self.app, self.studio.quitter)
        self.signals = SystemSignals(self.studio.quitter.leave_at_once, self)

    def show(self) -> None:
        """Put the window on the screen."""
        self.studio.window.show()

    def run(self) -> int:
        """Show the window until the program is to end; the exit code. However that comes, the way out is the same."""
        code = 1
        try:
            self.show()
            QTimer.singleShot(0, self, _log_start)
            code = self.app.exec()
        except Exception:
            logger.exception("The window ended with an error.")
        if not self.shutdown():
            abandon(code or 1)
        return code

    @Slot()
    def _begin(self) -> None:
        """Tell of a crash, then go on."""
        crash = None if self._logs is None else crash_report(self._logs)
        if crash is None:
            self._go_on()
        elif self.arguments.run is not None or self.arguments.file is not None:
            self._go_on()
            self.studio.prompts.offer_crash(crash, self._crash_told)
        else:
            self.studio.prompts.offer_crash(crash, self._crash_answered)

    def _crash_told(self) -> None:
        assert self._logs is not None
        forget_crash(self._logs)

    def _crash_answered(self) -> None:
        self._crash_told()
        self._go_on()

    def _go_on(self) -> None:
        """What the command line asked for, or an interrupted run that waits."""
        files, prompts = self.studio.features.files, self.studio.prompts
        self.studio.features.next_run.restore()
        if self.arguments.run is not None:
            files.show_run(self.arguments.run)
        elif self.arguments.file is not None:
            path: Path = self.arguments.file
            if kind_of(path):
                files.open(path)
            else:
                files.open_model_file(path)
        elif not prompts.offer_last_run():
            self.studio.tour.offer()
            if self.studio.context.preferences.last_run is None:
                prompts.offer_queue()

    def shutdown(self) -> bool:
        """Leave, and give back what was taken over from Python and the system. True when no thread is left."""
        ended = self.studio.quitter.leave()
        self.reporter.uninstall()
        self.signals.restore()
        return ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    parsed = parse(sys.argv[1:] if arguments is None else arguments)
    log = start_logging(verbose=parsed.verbose)
    return Application(parsed, logs=None if log is None else log.parent).run()


def _log_start() -> None:
    logger.info("%s started", APP_NAME)
