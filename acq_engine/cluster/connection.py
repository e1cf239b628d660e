"""The way to a cluster: opening it, comparing versions, and calling the depot. Dask is imported when one is opened."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from acq_engine import __version__
from acq_engine.cluster.address import Address
from acq_engine.cluster.needs import require
from acq_engine.errors import AwayError, ClusterError, StorageError, UnknownRunError

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

OPEN_SECONDS = 10.0
ANSWER_SECONDS = 30.0


class Connection:
    """One cluster. Open it, or use it as a context manager; it opens itself again after the network was away."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._client: Client | None = None
        self._local: LocalCluster | None = None

    @property
    def client(self) -> Client | None:
        """Dask's client; None while there is no connection."""
        return self._client

    def __enter__(self) -> Self:
        if self._client is None:
            self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect, and see to it that scheduler and workers have the same version of this program.

        Raises:
            ConfigError: Dask is not installed.
            AwayError: there is no scheduler.
            ClusterError: another version there.
        """
        require()
        from acq_engine.cluster.local import local_cluster

        if self.address.workers and self._local is None:
            self._local = local_cluster(self.address.workers)
        target = self._local.scheduler_address if self._local is not None else self.address.text
        _keep_dask_quiet()
        try:
            client = _opened(target)
        except (OSError, ValueError, TypeError) as error:
            certificates = self.address.text.startswith("tls://")
            raise AwayError(
                "The cluster does not respond.", cause=f"{target}: {_short(error)}",
                hint="Check the certificates: Dask reads them from its settings (docs/scaling.md)." if certificates
                else "Check the address, and that its scheduler runs: dask scheduler") from error
        self._client = client
        try:
            self._compare_versions(client)
            self._install(client)
        except BaseException:
            self.close_client()
            raise

    def _compare_versions(self, client: Any) -> None:
        import cloudpickle

        from acq_engine.cluster import asked_version

        cloudpickle.register_pickle_by_value(asked_version)  # and for good: another connection may need it just now
        try:
            found = {"the scheduler": client.run_on_scheduler(asked_version.program_version)}
            answers = client.run(asked_version.program_version, on_error="return")
            found |= {f"the worker {name}": str(value) for name, value in answers.items()
                      if not isinstance(value, BaseException)}
        except OSError as error:
            raise AwayError("The cluster does not respond.", cause=_short(error)) from error
        for where, version in found.items():
            if version != __version__:
                raise ClusterError(
                    "The cluster has another version of ACQ Studio.",
                    cause=f"Here: {__version__}; {where}: {version or 'none'}.",
                    hint="Install the same version in both places, and start the cluster again.")

    def _install(self, client: Any) -> None:
        from acq_engine.cluster.depot import Depot
        from acq_engine.cluster.worker import OneRunEach

        try:
            client.register_plugin(Depot())
            client.register_plugin(OneRunEach(__version__))
        except OSError as error:
            raise AwayError("The cluster does not respond.", cause=_short(error)) from error
        except Exception as error:
            raise ClusterError("The scheduler does not take runs.", cause=_short(error),
                               hint="Its setting distributed.scheduler.pickle has to be on.") from error
        told = self.call("hello")["version"]
        if told != __version__:
            raise ClusterError("The cluster has another version of ACQ Studio.",
                               cause=f"Here: {__version__}; the scheduler, when it was started: {told}.",
                               hint="Start the cluster again.")

    def call(self, name: str, /, **values: Any) -> Any:
        """Ask the depot.

        Raises:
            AwayError: it does not answer; the next call tries to connect again.
            UnknownRunError: it does not know the run.
            StorageError: it can't do it.
        """
        if self._client is None:
            self.open()
        client = self._client
        assert client is not None
        try:
            method = getattr(client.scheduler, f"acq_{name}")
            told = client.sync(method, callback_timeout=ANSWER_SECONDS, **values)
        except (OSError, RuntimeError, AttributeError) as error:  # a client that was closed has no scheduler
            self.close_client()
            raise AwayError("The cluster does not respond.", cause=_short(error)) from error
        if "unknown" in told:
            raise UnknownRunError("The cluster does not know this run.",
                                  cause="Its scheduler was started again, or the run was brought home already.")
        if "superseded" in told:
            raise UnknownRunError("The run is over on the cluster.")
        if "refused" in told:
            raise StorageError("The scheduler could not do what it was asked.", cause=str(told["refused"]))
        return told["answer"]

    def submit(self, run: str) -> None:
        """Let a worker compute a run that was handed in; it goes on without this connection.

        Raises:
            AwayError: the cluster does not respond.
        """
        from distributed import fire_and_forget

        from acq_engine.cluster.depot import KEY, RESOURCE
        from acq_engine.cluster.worker import work

        if self._client is None:
            self.open()
        assert self._client is not None
        try:
            fire_and_forget(self._client.submit(work, run, key=KEY + run, resources={RESOURCE: 1}, pure=False))
        except (OSError, RuntimeError) as error:
            self.close_client()
            raise AwayError("The cluster does not respond.", cause=_short(error)) from error

    def close_client(self) -> None:
        """Give the connection up; runs go on."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.close(timeout=2)

    def close(self) -> None:
        """Give the connection up, and end workers that were started here."""
        self.close_client()
        local, self._local = self._local, None
        if local is not None:
            with suppress(Exception):
                local.close(timeout=10)


def open_connection(text: str) -> Connection:
    """A connection to the address that was typed, opened.

    Raises:
        AcqError: it is no address, or the cluster can't be used.
    """
    connection = Connection(Address.parse(text))
    connection.open()
    return connection


def _opened(target: str) -> Client:
    """Dask's client, or TimeoutError: its own limit does not hold where a network took the connection and is cut then.

    It is made in a thread of its own; if that one comes to an end later, its client is closed. So is one that can't
    connect: else the garbage collector closes it at any time, and for ever where Dask just holds its lock of all loops,
    which makes every other connection wait as well.
    """
    from distributed import Client

    class Known(Client):  # type: ignore[misc]  # Dask has no types
        """A client that is known before it connects: nobody gets one whose making fails."""

        def __init__(self, **options: Any) -> None:
            begun.append(self)
            super().__init__(**options)

    begun: list[Client] = []
    made: list[Client] = []
    failed: list[BaseException] = []
    given_up = threading.Event()

    def make() -> None:
        try:
            made.append(Known(address=target, timeout=OPEN_SECONDS, set_as_default=False, name="acq-studio"))
        except BaseException as error:
            failed.append(error)
        if failed or given_up.is_set():
            for client in begun:
                with suppress(Exception):
                    client.close(timeout=2)
                with suppress(Exception):  # one that never connected calls itself closed, and its loop runs on
                    client._loop_runner.stop()

    thread = threading.Thread(target=make, name="acq-connect", daemon=True)
    thread.start()
    thread.join(2 * OPEN_SECONDS)
    if failed:
        raise failed[0]
    if not made:
        given_up.set()
        raise TimeoutError(f"no answer within {2 * OPEN_SECONDS:.0f} s")
    return made[0]


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _keep_dask_quiet() -> None:
    """What Dask has to say of connections is said by us, in a sentence."""
    for name in ("client", "comm", "core", "utils", "batched"):
        logging.getLogger(f"distributed.{name}").setLevel(logging.CRITICAL)
