"""RemoteRun: a run on a cluster as its events, like any other run; its folder fills as it goes on."""

from __future__ import annotations

import dataclasses
import json
import time
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from acq_engine.cluster import MARK
from acq_engine.cluster.connection import Connection
from acq_engine.cluster.files import PIECE, found, in_order, place
from acq_engine.cluster.mirror import Mirror, check_same_beginning
from acq_engine.cluster.parcels import Parcel, parcels
from acq_engine.cluster.tickets import Ticket, with_whole_paths
from acq_engine.cluster.waiting import waiting
from acq_engine.control import TASK_TITLES, RunControl
from acq_engine.errors import AcqError, AwayError, StorageError, UnknownRunError
from acq_engine.events import Event, Failed, Finished, LogMessage, Paused, Resumed, RunPlan, RunStarted
from acq_engine.files import storage_errors, write_atomic
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from acq_engine.store.layout import LOCK
from acq_engine.store.lock import FolderLock
from acq_engine.store.requests import RequestFile

LOOK_SECONDS = 0.3  # between two questions for what is new
WAIT_SECONDS = 3.0  # for a worker, until it is said
RETRY_SECONDS = 2.0  # while the network is away
_GONE = ("The cluster does not know this run any more. What came home is intact, and the run can be resumed from its "
         "last checkpoint here.")


class RemoteRun:
    """One run on a cluster, followed by this process, which holds the lock of its folder.

    Make it with `hand_in`, `resume` or `again`; then drive `events`, or call `look` from time to time. `control` steers
    it as it steers any other run, and so does its control file.
    """

    def __init__(self, connection: Connection, run: str, folder: Path, control: RunControl, *, new: bool) -> None:
        self.connection, self.run, self.folder, self.control = connection, run, folder, control
        self.over = False
        self._new = new  # nothing has come home yet that is worth keeping
        self._lock = FolderLock(folder / LOCK)
        self._lock.acquire()
        self._requests = RequestFile(folder, control)
        self._requests.forget()
        self._mirror = Mirror(folder, self._read)
        self._offset = 0
        self._last: Event | None = None
        self._told = ""  # the request that was passed on last
        self._away = False
        self._retry = 0.0
        self._detached = False
        self._begun, self._waiting_said = time.monotonic(), False
        self._lost = 0
        self._alone = ""  # the worker that ended without another one to take the run up
        self._checked = new
        self._replays = False
        self._owns = True  # whoever handed it in takes it away from there when all of it is at home

    # --- how one is made --------------------------------------------------------------------------

    @classmethod
    def hand_in(
        cls, connection: Connection, config: RunConfig, folder: Path, control: RunControl, *, overwrite: bool = False,
        plan: RunPlan | None = None, kept: Collection[str] = (),
    ) -> RemoteRun:
        """Send a new run to the cluster.

        Raises:
            AcqError: the folder can't be made, a file can't be sent, or the cluster does not answer; nothing is left
                in the folder then.
        """
        config = with_whole_paths(config)
        sent = parcels(config)
        RunStore.create(folder, config, overwrite=overwrite).close()
        try:
            remote = cls(connection, uuid.uuid4().hex[:16], folder, control, new=True)
        except AcqError:
            _discard(folder)
            raise
        try:
            remote._send(Ticket(folder.name, config, tuple(sent), plan, tuple(sorted(kept))))
        except BaseException:
            remote.close()
            _discard(folder)
            raise
        return remote

    @classmethod
    def resume(
        cls, connection: Connection, folder: Path, control: RunControl, *, lower_rates: bool = False
    ) -> RemoteRun:
        """Send a stopped or interrupted run to the cluster, with all that it has done.

        Raises:
            AcqError: it is finished, somebody works on it, or the cluster does not respond.
        """
        with RunStore.open(folder) as store:
            if store.state == "succeeded":
                raise StorageError("This run has finished; there is nothing to resume.", cause=str(folder))
            config = store.config
        sent = parcels(config)
        remote = cls(connection, uuid.uuid4().hex[:16], folder, control, new=False)
        remote._offset = RunStore.open(folder).events_end()
        try:
            remote._send(Ticket(folder.name, config, tuple(sent), lower_rates=lower_rates), with_files=True)
        except BaseException:
            remote.close()
            raise
        remote._checked = True
        return remote

    @classmethod
    def again(
        cls, connection: Connection, folder: Path, control: RunControl, *, from_beginning: bool = False
    ) -> RemoteRun:
        """Follow a run again that was handed in earlier.

        `from_beginning`: with the events that came home before.

        Raises:
            StorageError: the folder has no run of a cluster, or another program follows it already.
        """
        remote = cls(connection, mark(folder)[1], folder, control, new=False)
        remote._replays, remote._owns = from_beginning, _owns(folder)
        return remote

    @classmethod
    def elsewhere(cls, connection: Connection, run: str, folder: Path, control: RunControl) -> RemoteRun:
        """Bring a run home that another computer handed in, or follow it from here, too; it stays there as well.

        Raises:
            AcqError: the cluster does not know it, or the folder can't be made.
        """
        ticket = Ticket.of(connection.call("ticket", run=run))
        RunStore.create(folder, ticket.config).close()
        remote = cls(connection, run, folder, control, new=True)
        remote._owns = False
        remote._write_mark()
        return remote

    def _send(self, ticket: Ticket, *, with_files: bool = False) -> None:
        digests = [parcel.digest for parcel in ticket.parcels]
        wanted = set(self.connection.call("wanted", digests=digests))
        for parcel in ticket.parcels:
            if parcel.digest in wanted:
                self._send_parcel(parcel)
                wanted.discard(parcel.digest)
        self.connection.call("hand_in", run=self.run, ticket=ticket.data())
        if with_files:
            for name in in_order(list(found(self.folder))):
                self._send_file(name)
        self._write_mark()
        self.connection.submit(self.run)

    def _send_parcel(self, parcel: Parcel) -> None:
        with parcel.stream() as file:
            offset, last = 0, False
            while not last:
                data = file.read(PIECE)
                last = len(data) < PIECE
                self.connection.call("parcel_put", digest=parcel.digest, sender=self.run, offset=offset, data=data,
                                     last=last)
                offset += len(data)

    def _send_file(self, name: str) -> None:
        with storage_errors("The run can't be read.", self.folder / name), place(self.folder, name).open("rb") as file:
            offset, last = 0, False
            while not last:
                data = file.read(PIECE)
                last = len(data) < PIECE
                self.connection.call("put", run=self.run, attempt=0, name=name, offset=offset, data=data, last=last)
                offset += len(data)

    def _write_mark(self) -> None:
        """Note where the run is; not where the workers end with this program."""
        if self.connection.address.workers:
            return
        path, data = self.folder / MARK, {"address": self.connection.address.text, "run": self.run, "owns": self._owns}
        with storage_errors("The run can't be saved.", path):
            write_atomic(path, json.dumps(data).encode())

    # --- following ---------------------------------------------------------------------------------

    def detach(self) -> None:
        """Stop following; the run goes on, and can be followed again later. From any thread."""
        self._detached = True

    def events(self) -> Iterator[Event]:
        """The run's events as they come home. The last one is Finished or Failed, unless it was detached."""
        try:
            while not self.over:
                yield from self.look()
                if not self.over:
                    time.sleep(LOOK_SECONDS)
        finally:
            self.close()

    def look(self) -> list[Event]:
        """Pass requests on, bring home what is new, and give the events of it; sets `over` at the end."""
        if self._detached:
            self.over = True
            return []
        if time.monotonic() < self._retry:
            return self._while_away()
        try:
            before = self._check()
            self._pass_on()
            epoch, version = self._mirror.seen
            news = self.connection.call("since", run=self.run, epoch=epoch, version=version)
            events = [*before, *self._back(), *self._said_of(news)]
            self._mirror.hear(news)
            events += self._fetched(news["outcome"] is not None)
            if news["outcome"] is not None:
                events += self._ended(news["outcome"])
            return events
        except AwayError as error:
            self._retry = time.monotonic() + RETRY_SECONDS
            first, self._away = not self._away, True
            said = [LogMessage("warning", f"{error.message} It is asked again until it does; the run continues there.")]
            return [*(said if first else ()), *self._while_away()]
        except UnknownRunError:
            return self._unknown()
        except AcqError as error:  # the disk at home: the run goes on there
            self.over = True
            return [Failed(error.message, error.cause, error.hint, exit_code=error.exit_code)]

    def _check(self) -> list[Event]:
        """Once: whether what is here belongs to what is there; the events that are here, if they are wanted."""
        if self._checked:
            return []
        check_same_beginning(self.folder, self._read)
        store = RunStore.open(self.folder)
        self._offset = store.events_end()
        events = self._at_home(store.events(self._offset))
        self._noted(events)
        self._checked = True
        return events if self._replays else []

    def _fetched(self, at_end: bool) -> list[Event]:
        """Bring files home; a large one only where no event waits to be shown."""
        while self._mirror.fetch(large=at_end):
            pass
        events = self._new_events()
        if not events:
            self._mirror.fetch()
        return events

    def _new_events(self) -> list[Event]:
        said, self._offset = RunStore.open(self.folder).tail_events(self._offset)
        events = self._at_home(said)
        self._noted(events)
        return events

    def _at_home(self, events: Iterable[Event]) -> list[Event]:
        """The worker's folder is gone when the run is over; whoever reads of a folder means the one here."""
        return [dataclasses.replace(event, run_dir=str(self.folder)) if isinstance(event, RunStarted) else event
                for event in events]

    def _noted(self, events: list[Event]) -> None:
        """Whoever paused or resumed it, the control says so."""
        for event in events:
            self._last, self._new = event, False
            if isinstance(event, Paused):
                self._told = "pause"
                self.control.pause()
            elif isinstance(event, Resumed) and self._told in ("pause", "resume"):
                self._told = "resume"
                self.control.resume()

    def _pass_on(self) -> None:
        """Requests go there once, when they are made."""
        self._requests.look()
        control = self.control
        wanted = ("cancel" if control.cancel_requested else "finish" if control.finish_requested
                  else "pause" if control.pause_requested else "resume" if self._told == "pause" else self._told)
        if wanted != self._told:
            self.connection.call("ask", run=self.run, request=wanted)
            self._told = wanted

    def _said_of(self, news: dict[str, Any]) -> list[Event]:
        status = news["status"]
        if status.get("task") in TASK_TITLES:
            self.control.tell(status["task"], int(status["done"]), int(status["total"]))
        else:
            self.control.tell_steps()
        said: list[Event] = []
        lost = list(news["lost"])
        for worker in lost[self._lost:]:
            said.append(LogMessage("warning", f"The worker {worker} ended. Another one resumes the run from its last "
                                              "checkpoint."))
        self._lost = len(lost)
        if news["alone"] and news["outcome"] is None and not news["workers"]:
            if self._alone != news["worker"]:
                self._alone = news["worker"]
                said.append(LogMessage("warning", f"The worker {self._alone} ended, and there is no other one. The run "
                                                  "waits for a worker, which resumes it from its last checkpoint."))
        elif not news["worker"] and news["outcome"] is None and not self._waiting_said and (
                time.monotonic() - self._begun > WAIT_SECONDS):
            self._waiting_said = True
            said.append(waiting(int(news["workers"]), dict(news["strangers"])))
        return said

    def _back(self) -> list[Event]:
        if not self._away:
            return []
        self._away = False
        return [LogMessage("info", "The cluster responds again.")]

    def _while_away(self) -> list[Event]:
        if not self.control.cancel_requested:
            return []
        self.over = True
        return [Failed("The run could not be asked to stop: the cluster does not respond.",
                       cause=self.connection.address.text,
                       hint="It may still be active there. Open its folder later to follow it again.", exit_code=1)]

    def _unknown(self) -> list[Event]:
        self.over = True
        with suppress(OSError):
            (self.folder / MARK).unlink()
        return [Failed(_GONE, cause=self.connection.address.text, exit_code=1,
                       hint=f"acq resume {self.folder}")]

    def _ended(self, outcome: dict[str, Any]) -> list[Event]:
        self.over = True
        events: list[Event] = []
        if not isinstance(self._last, Finished | Failed):
            if outcome["state"] == "stopped":
                events.append(Finished("stopped", None, None, None, None, {}, 0.0))
            else:
                events.append(Failed(
                    str(outcome.get("message") or "The run ended without a result."), str(outcome.get("cause") or ""),
                    str(outcome.get("hint") or ""), exit_code=int(outcome.get("exit_code") or 1)))
        self.close()
        nothing = self._new and isinstance(events[-1] if events else None, Failed)
        if nothing:
            _discard(self.folder)
        elif events:
            with suppress(AcqError), RunStore.open(self.folder) as store:
                for event in events:
                    store.write(event)
        with suppress(OSError):
            (self.folder / MARK).unlink()
        if self._owns:
            with suppress(AcqError):
                self.connection.call("forget", run=self.run)
        return events

    def _read(self, name: str, offset: int) -> tuple[int, bytes]:
        version, data = self.connection.call("read", run=self.run, name=name, offset=offset)
        return int(version), bytes(data)

    def close(self) -> None:
        """Give the folder back; the run goes on if it is not over."""
        self._lock.release()


def mark(folder: Path | str) -> tuple[str, str]:
    """Address and name on its cluster of the run in a folder.

    Raises:
        StorageError: it is not on a cluster.
    """
    path = Path(folder) / MARK
    try:
        data = json.loads(path.read_bytes()[:10_000])
        return str(data["address"]), str(data["run"])
    except FileNotFoundError:
        raise StorageError("This run is not on a cluster.", cause=str(folder)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError("It can't be read where this run is.", cause=f"{path}: {error}") from error


def _owns(folder: Path) -> bool:
    """Whether the folder is that of whoever handed the run in."""
    with suppress(OSError, ValueError, AttributeError):
        return bool(json.loads((folder / MARK).read_bytes()).get("owns", True))
    return False


def is_remote(folder: Path | str) -> bool:
    """Whether the run in a folder was handed in to a cluster and has not come home."""
    return (Path(folder) / MARK).is_file()


def _discard(folder: Path) -> None:
    with suppress(AcqError, OSError):
        RunStore.open(folder).discard()
