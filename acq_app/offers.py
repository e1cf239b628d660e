"""What the window offers when somebody comes back: an interrupted run, and a queue that waits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from acq_app.main_window import MainWindow


class Offers(QObject):
    """Asks on the banner, one thing after another, and does what is chosen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._interrupted: Path | None = None  # the run that the banner asks about, until there is an answer
        window.banner.chosen.connect(self._chosen)
        window.banner.dismissed.connect(self._dismissed)

    def resume(self, folder: Path) -> None:
        """An interrupted run waits for somebody to take it up again."""
        self._interrupted = folder
        self.window.banner.ask(
            self.tr("The run {0} was interrupted. The last checkpoint is intact.").format(folder.name),
            [("resume", self.tr("Resume")), ("open", self.tr("Open"))])

    def queue(self) -> None:
        """Runs wait from the last time."""
        waiting = len(self.window.queue.model.waiting)
        if waiting:
            self.window.banner.ask(self.tr("%n run(s) from the last session wait in the queue.", "", waiting),
                                   [("queue_go", self.tr("Start")), ("queue_show", self.tr("Show queue"))])

    @Slot(str)
    def _chosen(self, name: str) -> None:
        if name == "queue_go":
            self.window.queue.go()
        elif name == "queue_show":
            self.window.show_page("queue")
        elif self._interrupted is not None:
            folder = self._interrupted
            if name == "resume":
                self.window.settings.last_run = self._interrupted = None
                self.window.runs.resume_folder(folder)
                self.queue()
            else:
                self.window.runs.open_run(folder)

    @Slot()
    def _dismissed(self) -> None:
        """Not now: an interrupted run stays where it is; the queue is asked about next."""
        if self.window.settings.last_run is not None and self._interrupted is not None:
            self._interrupted = None
            self.queue()
