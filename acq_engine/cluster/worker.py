"""What a Dask worker does: it begins a run or takes it up, computes it as on any other machine, and sends it home."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin
from distributed.utils import sync

from acq_engine import __version__
from acq_engine.cluster.courier import Courier
from acq_engine.cluster.depot import PREFIX, RESOURCE
from acq_engine.cluster.files import place
from acq_engine.cluster.kept_run import SupersededError
from acq_engine.cluster.parcels import PATHS, unpack
from acq_engine.cluster.tickets import Ticket, description_with_paths, with_paths
from acq_engine.control import RunControl
from acq_engine.errors import AcqError, DataError, StorageError
from acq_engine.explained import explained

ANSWER_SECONDS = 60.0

_one_at_a_time = threading.Lock()  # torch's threads and its memory are the process's


class OneRunEach(WorkerPlugin):  # type: ignore[misc, unused-ignore]  # Dask's types are not looked at
    """Lets each worker of this version compute one run at a time; one that joins with another version gets none."""

    name = "acq-studio"

    def __init__(self, version: str) -> None:
        self._version = version

    async def setup(self, worker: Any) -> None:
        """Called on each worker, and on those that join later."""
        if worker.nanny is not None:  # it has a process of its own, whose output may be that of `acq ... --json`
            sys.stdout = sys.stderr
        if __version__ == self._version:
            if RESOURCE not in worker.state.total_resources:  # to set it anew would make a busy worker free
                await worker.set_resources(**{RESOURCE: 1})
                await getattr(worker.scheduler, f"{PREFIX}joined")(worker=worker.address)
        else:
            await getattr(worker.scheduler, f"{PREFIX}stranger")(worker=worker.address, version=__version__)


def work(run: str) -> str:
    """Compute a run that the depot knows; called by Dask.

    Returns:
        How it ended, in a word.
    """
    with _one_at_a_time:
        worker = get_worker()
        return _Work(run, worker).do()


class _Work:
    def __init__(self, run: str, worker: Any) -> None:
        self._run, self._worker = run, worker
        self._attempt = 0

    def call(self, name: str, /, **values: Any) -> Any:
        """Ask the depot.

        Raises:
            OSError: the scheduler does not answer.
            SupersededError: another worker has the run now.
            StorageError: the depot can't do it.
        """
        method = getattr(self._worker.scheduler, PREFIX + name)
        told = sync(self._worker.loop, method, callback_timeout=ANSWER_SECONDS, **values)
        if "superseded" in told or "unknown" in told:
            raise SupersededError
        if "refused" in told:
            raise StorageError("The scheduler could not do what the worker asked.", cause=told["refused"])
        return told["answer"]

    def do(self) -> str:
        try:
            begun = self._calling("begin", worker=self._worker.address)
            if begun is None:
                return "over"
            self._attempt = begun["attempt"]
            base = Path(self._worker.local_directory) / "acq-studio"
            folder = base / f"{self._run}-{self._attempt}"
            try:
                return self._computed(Ticket.of(begun["ticket"]), dict(begun["files"]), base, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        except SupersededError:
            return "superseded"

    def _calling(self, name: str, /, **values: Any) -> Any:
        return self.call(name, run=self._run, **values)

    def _computed(self, ticket: Ticket, sizes: dict[str, int], base: Path, folder: Path) -> str:
        control, failure = RunControl(), None
        courier = None
        try:
            there = self._paths(ticket, base)
            config = with_paths(ticket.config, there)
            originals = {name: getattr(getattr(ticket.config, section), key)
                         for section, key in PATHS if (name := f"{section}.{key}") in there}
            resumes = {"run.json", "teacher.json", "teacher.safetensors"} <= set(sizes)
            if resumes:
                self._bring(sizes, folder, {str(originals[name]): str(path) for name, path in there.items()})
            elif sizes:
                self._calling("anew", attempt=self._attempt)
                sizes = {}
            home = {str(path): str(originals[name]) for name, path in there.items()}
            courier = Courier(self._calling, folder, self._attempt, control,
                              home, sizes)
            courier.start()
            self._run_it(ticket, config, folder, control, resumes=resumes)
        except AcqError as error:
            failure = error
        except SupersededError:
            raise
        except Exception as error:
            failure = explained(error) or AcqError("The worker failed with an internal error.",
                                                   cause=f"{type(error).__name__}: {error}")
            failure.cause = f"{failure.cause.rstrip(': ')} (worker {self._worker.address})"
        if courier is not None:
            courier.stop()
        outcome: dict[str, Any] = {"state": "ended"}
        if failure is not None:
            outcome = {"state": "failed", "message": failure.message, "cause": failure.cause, "hint": failure.hint,
                       "exit_code": failure.exit_code}
        self._calling("end", attempt=self._attempt, outcome=outcome)
        return str(outcome["state"])

    def _run_it(self, ticket: Ticket, config: Any, folder: Path, control: RunControl, *, resumes: bool) -> None:
        import torch

        from acq_engine.pipeline.run import QuantizationRun
        from acq_engine.store import RunStore

        torch.set_num_threads(config.threads or self._worker.state.nthreads)
        if resumes:
            store = RunStore.open(folder)
            if store.state == "succeeded":
                return
            lower = ticket.lower_rates and self._attempt == 1
            work = QuantizationRun.resume(store, control, lower_rates=lower)
        else:
            work = QuantizationRun.create(config, folder, control, plan=ticket.plan, kept=ticket.kept)
        for _ in work.events():
            pass  # they are in the folder

    def _paths(self, ticket: Ticket, base: Path) -> dict[str, Path]:
        """Where the settings' paths are on this worker; a file that came once stays as long as the worker."""
        there = {}
        sent = {parcel.setting for parcel in ticket.parcels}
        for section, name in PATHS:
            path = getattr(getattr(ticket.config, section), name)
            if path is not None and f"{section}.{name}" not in sent and not Path(path).exists():
                raise DataError("A file of the run is neither on the computer that started it nor on the worker.",
                                cause=f"{path}, worker {self._worker.address}", hint="Check the path.")
        for parcel in ticket.parcels:
            folder = base / "parcels" / f"{parcel.digest}-{parcel.path.name}"
            if not folder.is_dir():
                arriving = base / "parcels" / f"{parcel.digest}.part"
                arriving.parent.mkdir(parents=True, exist_ok=True)
                self._fetch(arriving, partial(self._piece_of_parcel, parcel.digest))
                half = folder.with_name(f"{folder.name}.half")
                shutil.rmtree(half, ignore_errors=True)
                unpack(parcel, arriving, half)
                half.rename(folder)
                arriving.unlink(missing_ok=True)
            there[parcel.setting] = folder / parcel.path.name
        return there

    def _bring(self, sizes: dict[str, int], folder: Path, here: dict[str, str]) -> None:
        """The run as the worker before left it."""
        for name in sizes:
            path = place(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._fetch(path, partial(self._piece_of_file, name))
        path = folder / "run.json"
        path.write_bytes(description_with_paths(path.read_bytes(), here))

    def _piece_of_parcel(self, digest: str, offset: int) -> bytes:
        return bytes(self.call("parcel_get", digest=digest, offset=offset))

    def _piece_of_file(self, name: str, offset: int) -> bytes:
        return bytes(self._calling("read", name=name, offset=offset)[1])

    def _fetch(self, path: Path, read: Callable[[int], bytes]) -> None:
        with path.open("wb") as file:
            while data := self._patiently(lambda: read(file.tell())):
                file.write(data)

    def _patiently(self, ask: Callable[[], bytes]) -> bytes:
        end = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                return ask()
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(1)
