"""What the window offers to go on with: after a crash, an interrupted run, losses that became NaN; and the queue."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from acq_app.features.context import AppContext
from acq_app.features.queue.feature import QueueFeature
from acq_app.features.runs import RunFeature
from acq_app.widgets.banner import Banner
from acq_engine.cluster import MARK
from acq_engine.events import Failed

logger = logging.getLogger(__name__)

WAITS, WAIT_MS = 60, 1000  # how often, and after how long each, it is looked whether the last run's writer has gone


class StartupPrompts(QObject):
    """Asks on the banner, one thing after another, and does what is chosen."""

    def __init__(self, context: AppContext, runs: RunFeature, queue: QueueFeature, banner: Banner,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._runs, self._queue = context, runs, queue
        self._interrupted: Path | None = None  # the run that the banner asks about, until there is an answer
        self._crash: tuple[Failed, Callable[[], None]] | None = None  # until there is an answer
        self._diverged: Path | None = None  # a run whose losses became NaN
        self._again, self._waits = QTimer(self), WAITS
        self._again.setInterval(WAIT_MS)
        self._again.timeout.connect(self._ask_again)
        banner.chosen.connect(self._chosen)
        banner.dismissed.connect(self._dismissed)

    def offer_last_run(self) -> bool:
        """Offer the run that was active when the program ended, if it can go on; whether it was offered."""
        last = self._context.preferences.last_run
        if last is None:
            return False
        from acq_engine.errors import AcqError
        from acq_engine.store import RunStore

        try:
            store = RunStore.open(last)
            if store.being_written:
                # A program that was killed holds its lock until the system has taken its memory back.
                self._again.start()
                return False
            if (last / MARK).is_file():
                self.offer_remote(last)
                return True
            if store.interrupted or store.state == "stopped":
                self.offer_run(last, has_checkpoint=store.has_checkpoint)
                return True
        except AcqError as error:
            logger.info("The last run can't be offered: %s", error.message)
        self._context.preferences.last_run = None
        return False

    @Slot()
    def _ask_again(self) -> None:
        """The last run was still being written when the window came up: is it now?"""
        self._waits -= 1
        if self._waits <= 0 or self._context.session.active or self._context.preferences.last_run is None:
            self._again.stop()
        elif not self._crash and not self._interrupted:
            self._again.stop()
            self.offer_last_run()  # which begins again while it is being written

    def offer_run(self, folder: Path, *, has_checkpoint: bool = True) -> None:
        """An interrupted run waits for somebody to resume it."""
        self._interrupted = folder
        text = (self.tr("The run {0} was interrupted. The last checkpoint is intact.") if has_checkpoint else
                self.tr("The run {0} was interrupted before its first checkpoint. Resuming starts it from scratch."))
        self._context.messages.ask(
            text.format(folder.name), [("resume", self.tr("Resume")), ("open", self.tr("Open"))])

    def offer_remote(self, folder: Path) -> None:
        """A run was handed in to a cluster and has not come home."""
        self._interrupted = folder
        self._context.messages.ask(
            self.tr("The run {0} was left on its cluster.").format(folder.name),
            [("resume", self.tr("Follow it"))])

    def offer_crash(self, crash: Failed, then: Callable[[], None]) -> None:
        """The program crashed the last time; `then` comes after the answer, whatever it is."""
        self._crash = (crash, then)
        self._context.messages.ask(crash.message, [("crash", self.tr("Show report"))])

    def _crash_answered(self, *, show: bool) -> None:
        if self._crash is not None:
            (crash, then), self._crash = self._crash, None
            self._context.messages.withdraw()
            if show:
                self._context.messages.fail(crash)
            then()

    def offer_lower_rates(self, folder: Path) -> None:
        """A run whose losses became NaN has a checkpoint from before."""
        self._diverged = folder
        self._context.messages.ask(
            self.tr("The last checkpoint of {0} is from before its losses became NaN.").format(folder.name),
            [("lower_rates", self.tr("Resume with lower learning rates"))])

    def offer_queue(self) -> None:
        """Runs wait from the last time."""
        waiting = len(self._queue.model.waiting)
        if waiting:
            self._context.messages.ask(
                self.tr("%n run(s) from the last session wait in the queue.", "", waiting),
                [("queue_go", self.tr("Start")), ("queue_show", self.tr("Show queue"))])

    @Slot(str)
    def _chosen(self, name: str) -> None:
        if name == "crash":
            self._crash_answered(show=True)
        elif name == "queue_go":
            self._queue.go()
        elif name == "queue_show":
            self._context.navigation.show_page("queue")
        elif name == "lower_rates":
            if self._diverged is not None:
                self._runs.resume(self._diverged, lower_rates=True)
        elif self._interrupted is not None:
            folder = self._interrupted
            if name == "resume":
                self._context.preferences.last_run = self._interrupted = None
                self._runs.resume(folder)
                self.offer_queue()
            else:
                self._runs.open(folder)

    @Slot()
    def _dismissed(self) -> None:
        """Not now: an interrupted run stays where it is; what else there is comes next."""
        if self._crash is not None:
            self._crash_answered(show=False)
        elif self._context.preferences.last_run is not None and self._interrupted is not None:
            self._interrupted = None
            self.offer_queue()
