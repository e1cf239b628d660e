"""What the user does with a run: start, pause, finish, cancel, resume, open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from acq_app.features.context import AppContext
from acq_app.features.model_inspection.feature import ModelInspection
from acq_app.features.place import PlaceFeature
from acq_app.features.test_images import TestImagesFeature
from acq_app.run.cluster_jobs import AskJob
from acq_app.run.state import RunState
from acq_app.settings.readiness import blockers
from acq_engine.cluster import MARK
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from acq_engine.store.requests import Request


def run_name(config: RunConfig) -> str:
    """A folder's name that says what the run was: "fashion-acq-w4a4"."""
    model = config.model
    name = "fashion" if model.source == "sample" else model.path.stem if model.path else model.name
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "model"
    bits = config.quantization
    return f"{name}-{config.method}-{bits.name()}"


def free_folder(folder: Path, name: str) -> Path:
    """The first folder called name-1, name-2, ... that is not there yet."""
    number = 1
    while (folder / f"{name}-{number}").exists():
        number += 1
    return folder / f"{name}-{number}"


class RunFeature(QObject):
    """Turns what the user wants into the session's commands."""

    def __init__(self, context: AppContext, inspection: ModelInspection, test_images: TestImagesFeature,
                 place: PlaceFeature, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._inspection, self._test_images, self._place = context, inspection, test_images, place
        self._session = context.session

    def reasons(self) -> list[str]:
        """Why Start is greyed; empty when it is not."""
        settings, place = self._context.run_settings, self._place.reason()
        return [*blockers(settings.config, settings.problems(), self._inspection.error, self._test_images.error),
                *([place] if place else [])]

    @Slot()
    def start(self) -> None:
        """Begin a run with the settings on the panels."""
        if self._session.active or self.reasons():
            return
        config = self._context.run_settings.config
        self.begin(config, free_folder(self._context.preferences.runs_folder, run_name(config)))

    def begin(self, config: RunConfig, folder: Path, *, quiet: bool = False) -> None:
        """Begin a run in a folder; `quiet` leaves the user on the page where they are."""
        self._session.begin(self._context.consents.apply_to_run(config), folder, quiet=quiet,
                            place=self._place.address)

    def resume(self, folder: Path, *, quiet: bool = False, lower_rates: bool = False) -> None:
        """Go on with a run from its last checkpoint, if wanted with lower learning rates."""
        self._session.resume(folder, quiet=quiet, lower_rates=lower_rates, place=self._place.address)

    @Slot()
    def pause_resume(self) -> None:
        """Pause a running run, resume a paused one; so, too, one that is followed."""
        controller = self._session.controller
        if controller.following:
            self._ask("resume" if controller.followed_paused else "pause")
        elif controller.state is RunState.RUNNING:
            controller.pause()
        else:
            controller.resume()

    @Slot()
    def finish_now(self) -> None:
        """End training, go on to measuring and exporting."""
        if self._session.controller.following:
            self._ask("finish")
        else:
            self._session.controller.finish_now()

    @Slot()
    def cancel(self) -> None:
        """Save a checkpoint and stop; a run that is only being read back is let go."""
        if self._session.controller.following:
            self._ask("cancel")
        else:
            self._session.controller.cancel()

    @Slot()
    def stop_following(self) -> None:
        """Let a run go on where it is, without this window."""
        if self._session.remote:
            self._session.controller.detach()
        elif self._session.controller.following:
            self._session.controller.cancel()

    def _ask(self, request: Request) -> None:
        """Ask the run that somebody else works on, through its folder."""
        folder = self._session.run_dir
        if folder is not None:
            self._context.background.do(AskJob(folder, request), self._asked)

    def _asked(self, _: object) -> None:
        self._context.messages.tell(self.tr("Asked. The run takes it in after its current step."))

    @Slot()
    def resume_shown(self) -> None:
        """Go on with the run on the screen."""
        if self._session.run_dir is not None:
            self.resume(self._session.run_dir)

    @Slot(str)
    def open(self, path: str | Path) -> None:
        """Show an earlier run, or say why that can't be now."""
        if self._session.active:
            self._context.messages.tell(self.tr("Another run can be opened once this one has finished."))
        elif (Path(path) / MARK).is_file() and not _is_followed(Path(path)):
            self._session.resume(Path(path))  # on a cluster: there is more to be seen than what came home
        else:
            self._session.open(Path(path))

    @Slot()
    def show_own_folder(self) -> None:
        """Show the folder of the run on the screen in the file manager."""
        if self._session.run_dir is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.run_dir)))

    @Slot(str)
    def show_folder(self, file: str) -> None:
        """Show the folder of one of the run's files."""
        path = Path(file)
        if not path.is_absolute() and self._session.run_dir is not None:
            path = self._session.run_dir / path
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))


def _is_followed(folder: Path) -> bool:
    """Whether another program brings a run home from a cluster: then its folder is followed."""
    from acq_engine.errors import AcqError
    from acq_engine.store import RunStore

    try:
        return RunStore.open(folder).being_written
    except AcqError:
        return True  # opening it says why
