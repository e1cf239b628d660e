"""The application: one QApplication, one window, one way in and one way out."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from acq_app import APP_NAME, ORGANISATION
from acq_app.icons import app_icon
from acq_app.language import SYSTEM, install, languages
from acq_app.logs import Reporter, start_logging
from acq_app.main_window import MainWindow, resolved_theme
from acq_app.model_catalogue import kind_of
from acq_app.run_controller import RunController, RunFactory
from acq_app.settings import load_settings, save_settings
from acq_app.theme import THEME_NAMES, load_theme, qt_palette

logger = logging.getLogger(__name__)

DESKTOP_ID = "io.github.acq_studio.ACQStudio"
EXIT_WAIT_MS = 10_000


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line of `acq-studio`."""
    parser = argparse.ArgumentParser(
        prog="acq-studio", description="Quantize an image classifier without data, and watch it.",
        epilog="The command line for scripts is `acq`.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="MODEL",
                        help="a model, test images (.npz or folder), a settings file, or a run folder to begin with")
    parser.add_argument("--run", type=Path, help="open this run folder")
    parser.add_argument("--theme", choices=THEME_NAMES, help="this theme, for this time")
    parser.add_argument("--language", choices=(SYSTEM, *languages()), help="this language, for this time")
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
    app.setStyle("Fusion")
    app.setWindowIcon(app_icon())
    app.setFont(tabular(app.font()))
    return app


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width, so that numbers don't dance."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


class Studio(QObject):
    """The running program: settings, window, error routing."""

    def __init__(self, arguments: argparse.Namespace, factory: RunFactory | None = None) -> None:
        super().__init__()
        self.arguments = arguments
        self.app = make_qapplication()
        self.settings = load_settings()
        install(arguments.language or self.settings.language)
        theme = load_theme(arguments.theme or resolved_theme(self.settings.theme))
        self.app.setPalette(qt_palette(theme))
        self.reporter = Reporter(self)
        self.reporter.install()
        self.window = MainWindow(self.settings, RunController(factory, self.settings.threads), theme)
        self.reporter.unexpected.connect(self.window.show_unexpected)
        self.window.viewsLoaded.connect(self._begin)
        self.app.aboutToQuit.connect(self.shutdown)
        self._down = False

    def show(self) -> None:
        """Put the window on the screen."""
        self.window.show()

    @Slot()
    def _begin(self) -> None:
        """What the command line asked for, or an interrupted run that waits."""
        if self.arguments.run is not None:
            self.window.files.take_run(self.arguments.run)
        elif self.arguments.file is not None:
            path: Path = self.arguments.file
            if kind_of(path):
                self.window.files.take(path)
            else:
                self.window.files.take_model(path)
        elif not self._offer_interrupted():
            self.window.tour.offer()
            if self.settings.last_run is None:
                self.window.offers.queue()

    def _offer_interrupted(self) -> bool:
        last = self.settings.last_run
        if last is None:
            return False
        from acq_engine.errors import AcqError
        from acq_engine.store import RunStore

        try:
            store = RunStore.open(last)
            if store.interrupted or (store.state == "stopped" and not store.being_written):
                self.window.offers.resume(last)
                return True
        except AcqError as error:
            logger.info("The last run can't be offered: %s", error.message)
        self.settings.last_run = None
        return False

    @Slot()
    def shutdown(self) -> None:
        """The one way out: stop, wait, save."""
        if self._down:
            return
        self._down = True
        self.window.controller.cancel()
        window = self.window
        ended = all(part(EXIT_WAIT_MS) for part in (
            window.controller.wait, window.inspector.shutdown, window.intents.shutdown))
        save_settings(self.settings)
        self.reporter.uninstall()
        if not ended:
            logger.warning("A thread is still in its last step; the run's folder keeps its last checkpoint.")
            logging.shutdown()
            # A QThread must not be destroyed while it runs, and must not be killed either.
            os._exit(1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    parsed = parse(sys.argv[1:] if arguments is None else arguments)
    start_logging(verbose=parsed.verbose)
    studio = Studio(parsed)
    studio.show()
    QTimer.singleShot(0, studio, _log_start)
    return studio.app.exec()


def _log_start() -> None:
    logger.info("%s started", APP_NAME)
