"""The depot: what the scheduler keeps of runs and of the files that they need, and the calls it answers.

It is a plugin of Dask's scheduler. What it keeps lies on the scheduler's disk and goes with the scheduler; memory holds
names and numbers only. Calls come from clients and workers over the cluster's own connections.
"""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from distributed.diagnostics.plugin import SchedulerPlugin

from acq_engine import __version__
from acq_engine.cluster.files import PIECE
from acq_engine.cluster.kept_run import KeptRun, SupersededError

logger = logging.getLogger(__name__)

KEY = "acq-run-"  # a task's name is this and the run's
RESOURCE = "acq-run"  # each worker has one, so that it computes one run at a time
PREFIX = "acq_"  # of the calls
_ID = re.compile(r"[0-9a-f]{8,64}")


class Depot(SchedulerPlugin):  # type: ignore[misc, unused-ignore]  # Dask's types are not looked at
    """Answers a call with plain data; what can't be done is {"refused": why}, and never ends a connection."""

    name = "acq-studio"
    idempotent = True  # a second client finds what the first one left

    def __init__(self) -> None:
        self._known: dict[str, KeptRun] = {}
        self._root: Path | None = None
        self._scheduler: Any = None
        self._strangers: dict[str, str] = {}  # workers with another version, and which

    def __reduce__(self) -> Any:
        return Depot, ()  # made anew on the scheduler

    async def start(self, scheduler: Any) -> None:
        """Begin to answer."""
        import dask

        self._scheduler = scheduler
        self._root = Path(tempfile.mkdtemp(prefix="acq-studio-", dir=dask.config.get("temporary-directory", None)))
        for name in ("hello", "wanted", "parcel_put", "parcel_get", "hand_in", "runs", "begin", "anew", "put", "remove",
                     "tick", "end", "since", "read", "ask", "forget", "ticket", "stranger", "joined"):
            scheduler.handlers[PREFIX + name] = self._answering(getattr(self, "_" + name))

    async def close(self) -> None:
        """Take everything away."""
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)

    def transition(self, key: Any, start: str, finish: str, *args: Any, **kwargs: Any) -> None:
        """A task that Dask gives up, such as one whose workers end one after another, is the end of its run."""
        run = self._known.get(str(key).removeprefix(KEY)) if str(key).startswith(KEY) else None
        if run is not None and finish == "erred" and run.outcome is None:
            ended = [*run.lost, *([run.worker] if run.worker else [])]
            run.outcome = {
                "state": "lost", "message": "The workers that computed the run ended, one after another.",
                "cause": f"{len(ended)} worker(s) ended: {', '.join(ended) or 'unknown'}. "
                         f"{str(kwargs.get('exception_text') or '')[:300]}".strip(),
                "hint": "Often a worker has too little memory: give it more (dask worker --memory-limit), or use "
                        "smaller batches. The run can be resumed from its last checkpoint.", "exit_code": 1,
            }

    def _answering(self, call: Any) -> Any:
        def handler(comm: Any = None, **values: Any) -> dict[str, Any]:
            try:
                return {"answer": call(**values)}
            except SupersededError:
                return {"superseded": True}
            except KeyError:
                return {"unknown": True}
            except Exception as error:
                logger.warning("A call of ACQ Studio failed.", exc_info=True)
                return {"refused": f"{type(error).__name__}: {error}"}

        return handler

    # --- files that runs need, by their hash -------------------------------------------------------

    def _parcel(self, digest: str) -> Path:
        if self._root is None or not _ID.fullmatch(digest):
            raise ValueError("no such file")
        return self._root / "parcels" / digest

    def _hello(self) -> dict[str, Any]:
        return {"version": __version__}

    def _wanted(self, digests: list[str]) -> list[str]:
        return [one for one in digests if not self._parcel(one).is_file()]

    def _parcel_put(self, digest: str, sender: str, offset: int, data: bytes, last: bool) -> None:
        path = self._parcel(digest)
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f"{digest}.{sender if _ID.fullmatch(sender) else 'part'}")
        with part.open("r+b" if offset else "wb") as file:
            file.seek(offset)
            file.write(data)
        if last:
            part.replace(path)

    def _parcel_get(self, digest: str, offset: int) -> bytes:
        with self._parcel(digest).open("rb") as file:
            file.seek(offset)
            return file.read(PIECE)

    # --- runs ---------------------------------------------------------------------------------------

    def _hand_in(self, run: str, ticket: dict[str, Any]) -> bool:
        """Take a run; False if it is known, which it is where an answer got lost."""
        if run in self._known:
            return False
        if self._root is None or not _ID.fullmatch(run):
            raise ValueError("no such run")
        folder = self._root / "runs" / run
        folder.mkdir(parents=True)
        self._known[run] = KeptRun(folder, ticket, time.time())
        return True

    def _runs(self) -> list[dict[str, Any]]:
        return [{"run": name, "name": kept.ticket.get("name", ""), "created": kept.created, "worker": kept.worker,
                 "state": (kept.outcome or {}).get("state") or ("running" if kept.worker else "waiting")}
                for name, kept in self._known.items()]

    def _ticket(self, run: str) -> dict[str, Any]:
        return self._known[run].ticket

    def _begin(self, run: str, worker: str) -> dict[str, Any] | None:
        kept = self._known[run]
        if kept.outcome is not None:
            return None
        if kept.request[1] == "cancel":  # before a worker had it
            kept.outcome = {"state": "stopped"}
            return None
        attempt = kept.begin(worker)
        return {"attempt": attempt, "ticket": kept.ticket,
                "files": [[name, kept.size(name)] for name in kept.changed]}

    def _anew(self, run: str, attempt: int) -> None:
        kept = self._known[run]
        kept.check(attempt)
        kept.anew()

    def _put(self, run: str, attempt: int, name: str, offset: int, data: bytes, last: bool) -> None:
        kept = self._known[run]
        kept.check(attempt)
        kept.put(name, offset, data, last=last)

    def _remove(self, run: str, attempt: int, names: list[str]) -> None:
        kept = self._known[run]
        kept.check(attempt)
        kept.remove(names)

    def _tick(self, run: str, attempt: int, status: dict[str, Any]) -> list[Any]:
        kept = self._known[run]
        kept.check(attempt)
        kept.status = status
        return list(kept.request)

    def _end(self, run: str, attempt: int, outcome: dict[str, Any]) -> None:
        kept = self._known[run]
        kept.check(attempt)
        kept.outcome, kept.status = outcome, {}

    def _since(self, run: str, epoch: int, version: int) -> dict[str, Any]:
        kept = self._known[run]
        found = kept.since(epoch, version)
        workers = self._scheduler.workers
        strangers = {name: version for name, version in self._strangers.items() if name in workers}
        return {**found, "workers": sum(1 for one in workers.values() if one.resources.get(RESOURCE)),
                "strangers": strangers, "alone": bool(kept.worker) and kept.worker not in workers}

    def _stranger(self, worker: str, version: str) -> None:
        self._strangers[worker] = version

    def _joined(self, worker: str) -> None:
        """Give a worker what waits: Dask looks for that when a worker connects, before it can have a resource."""
        one = self._scheduler.workers.get(worker)
        if one is not None:
            waiting = self._scheduler.bulk_schedule_unrunnable_after_adding_worker(one)
            self._scheduler.transitions(waiting, f"acq-joined-{time.time()}")

    def _read(self, run: str, name: str, offset: int) -> list[Any]:
        return list(self._known[run].read(name, offset))

    def _ask(self, run: str, request: str) -> None:
        kept = self._known[run]
        kept.request = (kept.request[0] + 1, request)
        if request == "cancel" and not kept.worker and kept.outcome is None:
            kept.outcome = {"state": "stopped"}

    def _forget(self, run: str) -> None:
        kept = self._known.pop(run)
        shutil.rmtree(kept.folder, ignore_errors=True)
        needed = {one["digest"] for other in self._known.values() for one in other.ticket.get("parcels", ())}
        for parcel in kept.ticket.get("parcels", ()):
            if parcel["digest"] not in needed:
                self._parcel(parcel["digest"]).unlink(missing_ok=True)
