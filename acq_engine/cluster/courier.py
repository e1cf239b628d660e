"""The worker's messenger: twice a second it sends what changed in the run's folder, and brings back what was asked.

It works in a thread of its own, so that the run never waits for the network.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from acq_engine.cluster.files import GROWING, PIECE, found, in_order, is_large, place, whole_lines
from acq_engine.cluster.kept_run import SupersededError
from acq_engine.cluster.tickets import description_with_paths
from acq_engine.control import RunControl

logger = logging.getLogger(__name__)

SECONDS = 0.4  # between two rounds
LAST_SECONDS = 120.0  # that the end of a run waits for a network that is away

Call = Callable[..., Any]


class Courier:
    """Sends one run's folder to the depot.

    Args:
        call: Calls the depot: a name and values; raises OSError while the network is away.
        folder: The run's folder on this worker.
        attempt: The depot's number for this worker's attempt.
        control: Is told what was asked.
        home: Paths of this worker as they are called at home, for run.json.
        sizes: What the depot has already.
    """

    def __init__(self, call: Call, folder: Path, attempt: int, control: RunControl, home: Mapping[str, str],
                 sizes: Mapping[str, int]) -> None:
        self._call, self._folder, self._attempt = call, folder, attempt
        self._control, self._home = control, home
        self._asked = 0  # what an earlier worker was asked holds for this one, too
        self._sent = {name: sizes.get(name, 0) for name in GROWING}
        self._seen: dict[str, tuple[int, int]] = {}
        self._known = set(sizes)
        self._next = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="acq-courier", daemon=True)
        self.superseded = False

    def start(self) -> None:
        """Begin the rounds."""
        self._thread.start()

    def stop(self) -> None:
        """End the rounds, and send what is left.

        Raises:
            OSError: the network has been away for two minutes.
        """
        self._over.set()
        self._thread.join()
        end = time.monotonic() + LAST_SECONDS
        while not self.superseded:
            try:
                self._round(patient=False)
                return
            except SupersededError:
                self.superseded = True
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(1)

    def _work(self) -> None:
        while not self._over.wait(SECONDS):
            try:
                self._round(patient=True)
            except SupersededError:
                self.superseded = True
                self._control.cancel()
                return
            except Exception as error:  # a connection that closes has many kinds; the end of the run looks again
                logger.info("The scheduler does not answer: %s", error)

    def _round(self, *, patient: bool) -> None:
        """Send what changed; `patient`: events go in between while something large is on its way."""
        if (self._folder / "run.json").is_file():
            files = self._send_small()
            for name in in_order([name for name in files if is_large(name)]):
                if self._seen.get(name) != files[name]:
                    self._replace(name, patient=patient)
                    self._seen[name] = files[name]
                self._known.add(name)
            gone = sorted(self._known - set(files))
            if gone:
                self._call("remove", attempt=self._attempt, names=gone)
                self._known.difference_update(gone)
        self._tick()

    def _send_small(self) -> dict[str, tuple[int, int]]:
        """Send all but checkpoints; the files that there are. Lines of events go as far as they went before looking:

        what they name was there by then.
        """
        ends = {name: (self._folder / name).stat().st_size for name in GROWING if (self._folder / name).is_file()}
        files = found(self._folder)
        for name in in_order([name for name in files if not is_large(name)]):
            if name in GROWING:
                self._grow(name, ends.get(name, 0))
            elif self._seen.get(name) != files[name]:
                self._replace(name, patient=False)
                self._seen[name] = files[name]
            self._known.add(name)
        return files

    def _tick(self) -> None:
        sub = self._control.sub_progress
        status = {} if sub is None else {"task": sub.task, "done": sub.done, "total": sub.total}
        number, request = self._call("tick", attempt=self._attempt, status=status)
        self._next = time.monotonic() + SECONDS
        if number == self._asked:
            return
        self._asked = number
        {"pause": self._control.pause, "resume": self._control.resume, "finish": self._control.finish_now,
         "cancel": self._control.cancel}.get(request, self._control.agree)()

    def _grow(self, name: str, end: int) -> None:
        while self._sent[name] < end:
            with (self._folder / name).open("rb") as file:
                file.seek(self._sent[name])
                data = whole_lines(file.read(min(PIECE, end - self._sent[name])))
            if not data:
                return
            self._call("put", attempt=self._attempt, name=name, offset=self._sent[name], data=data, last=False)
            self._sent[name] += len(data)

    def _replace(self, name: str, *, patient: bool) -> None:
        offset = 0
        try:
            with place(self._folder, name).open("rb") as file:
                while True:
                    data = file.read(PIECE)
                    if name == "run.json":
                        data = description_with_paths(data + file.read(), self._home)
                    last = name == "run.json" or len(data) < PIECE
                    self._call("put", attempt=self._attempt, name=name, offset=offset, data=data, last=last)
                    offset += len(data)
                    if last:
                        return
                    if patient and time.monotonic() > self._next:
                        self._send_small()
                        self._tick()
        except FileNotFoundError:
            return  # an older checkpoint that was removed meanwhile
