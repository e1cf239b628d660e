"""AppContext: what every feature is given. Small parts without widgets; the shell listens to them.

Nobody is handed the window: a feature says what it wants to be known, seen or asked, and the window does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from acq_app.appearance.theme import Theme, load_theme
from acq_app.features.consents import Consents
from acq_app.run.background import Background
from acq_app.run.jobs import failure
from acq_app.run.session import RunSession
from acq_app.settings.preferences import Preferences
from acq_app.settings.run_settings import RunSettings
from acq_app.widgets.wheel_guard import WheelGuard
from acq_engine.events import Failed

AnyDialog = TypeVar("AnyDialog", bound=QDialog | QMessageBox | QFileDialog)


class Messages(QObject):
    """What the user is told: the banner and the error dialog listen."""

    told = Signal(str, bool)  # in passing; whether it holds until it is withdrawn or put away
    asked = Signal(str, list)  # a sentence, and answers as (id, text)
    withdrawn = Signal()  # what was told or asked no longer holds
    failed = Signal(object)  # Failed

    def tell(self, text: str, *, lasting: bool = False) -> None:
        """Say something in passing, for a while; `lasting`: as long as it is so, or until it is put away."""
        self.told.emit(text, lasting)

    def ask(self, text: str, answers: list[tuple[str, str]]) -> None:
        """Ask without keeping anybody from working; the banner hands the answer's id on."""
        self.asked.emit(text, answers)

    def withdraw(self) -> None:
        """Put away what was told."""
        self.withdrawn.emit()

    def fail(self, error: Failed | BaseException) -> None:
        """Show what went wrong, in a dialog that does not block."""
        self.failed.emit(error if isinstance(error, Failed) else failure(error))


class Navigation(QObject):
    """Where the user is, and where a feature would like them to look."""

    page_requested = Signal(str)  # a view's id, or "live"
    focus_requested = Signal(str)  # as above, and the keyboard goes there too
    dock_requested = Signal(str)  # a side dock's name: what was just done is to be seen in it
    note_changed = Signal(str, str)  # a view's id, and a short note for its tab, such as a count

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current_page = "live"

    def show_page(self, name: str) -> None:
        """Turn to a page."""
        self.page_requested.emit(name)

    def focus_page(self, name: str) -> None:
        """Turn to a page, and let the keyboard act there."""
        self.focus_requested.emit(name)

    def show_settings(self) -> None:
        """Show the settings where they have been folded away: the user has changed some by a dialog or a drop."""
        self.dock_requested.emit("settings")

    def set_note(self, name: str, note: str) -> None:
        """Put a note behind a page's name; empty takes it away."""
        self.note_changed.emit(name, note)


class Dialogs(QObject):
    """Opens dialogs above whatever window there is; none of them blocks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parent: QWidget | None = None
        self._wheel_guard = WheelGuard(self)
        self.latest: QWidget | None = None  # the last one that was made, while it lives

    def set_parent(self, parent: QWidget) -> None:
        """The widget that dialogs belong to."""
        self._parent = parent

    def make(self, factory: Callable[[QWidget | None], AnyDialog]) -> AnyDialog:
        """Make a dialog with the right parent; whoever asked opens it."""
        dialog = factory(self._parent)
        dialog.destroyed.connect(self._gone)
        self._wheel_guard.watch(dialog)
        self.latest = dialog
        return dialog

    def open(self, factory: Callable[[QWidget | None], AnyDialog]) -> AnyDialog:
        """Make a dialog and open it."""
        dialog = self.make(factory)
        dialog.open()
        return dialog

    def begin_in(self, dialog: QFileDialog, folders: dict[str, Path], kind: str, start: Path | None = None) -> None:
        """Open a file dialog in the folder where one of its kind was used last; `folders` remembers it.

        The first time that is `start`, or else the user's documents.
        """
        usual = start or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        folder = folders.get(kind, usual)
        dialog.setDirectory(str(folder if folder.is_dir() else usual if usual.is_dir() else Path.home()))

        def remember(paths: list[str]) -> None:
            folders[kind] = Path(paths[0]).parent

        dialog.filesSelected.connect(remember)

    @Slot()
    def _gone(self) -> None:
        self.latest = None

    def focused(self) -> QWidget | None:
        """What has the keyboard below the dialogs."""
        return None if self._parent is None else self._parent.focusWidget()


class Appearance(QObject):
    """The theme that is used now."""

    themeChanged = Signal(object)  # Theme
    preferencesChanged = Signal()  # the user chose another theme or other preferences

    def __init__(self, theme: Theme | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme or load_theme("light")

    def set_theme(self, theme: Theme) -> None:
        """Use another theme everywhere."""
        self.theme = theme
        self.themeChanged.emit(theme)


@dataclass(frozen=True)
class AppContext:
    """The parts that features share; no widget among them."""

    run_settings: RunSettings
    preferences: Preferences
    session: RunSession
    background: Background
    messages: Messages
    navigation: Navigation
    dialogs: Dialogs
    appearance: Appearance
    consents: Consents
