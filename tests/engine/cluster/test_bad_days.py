"""What goes wrong with a cluster, and what is told: a cut network, workers that don't fit, certificates."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest

pytest.importorskip("distributed", reason="the optional package for clusters is not here")

from distributed import Client

from acq_engine.cluster import connection as connections
from acq_engine.cluster.address import Address
from acq_engine.cluster.connection import Connection
from acq_engine.cluster.depot import RESOURCE
from acq_engine.cluster.remote_run import RemoteRun
from acq_engine.control import RunControl
from acq_engine.errors import AwayError
from acq_engine.events import Event, Failed, Finished, LogMessage, PhaseStarted, RunStarted
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from tests.engine.cli.made_up import acq
from tests.engine.cluster.steered import SteeredRun, until
from tests.tools.certificates import make_certificates
from tests.tools.cluster import local_cluster_here
from tests.tools.cut_network import way_to


def said(events: list[Event]) -> str:
    return "\n".join(event.text for event in events if isinstance(event, LogMessage))


def until_said(remote: RemoteRun, words: str) -> str:
    """What it says, up to these words."""
    events: list[Event] = []
    end = time.monotonic() + 60
    while words not in said(events):
        assert time.monotonic() < end and not remote.over, events
        events += remote.look()
    return said(events)


def test_a_cut_network_is_told_and_the_run_comes_home_when_it_is_back(
    address: str, held: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANSWER_SECONDS", "OPEN_SECONDS"):
        monkeypatch.setattr(connections, name, 0.5)
    monkeypatch.setattr("acq_engine.cluster.remote_run.RETRY_SECONDS", 0.0)
    with (way_to(int(address.rpartition(":")[2])) as way,
          Connection(Address.parse(f"tcp://127.0.0.1:{way.port}")) as connection):
        remote = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl())
        until(remote, PhaseStarted)
        way.cut()
        assert "does not respond. It is asked again until it does" in until_said(remote, "does not respond")
        held.hold.set()  # it goes on there meanwhile, to its end
        assert not remote.look(), "it is said once"
        way.mend()
        monkeypatch.setattr(connections, "OPEN_SECONDS", 10.0)
        monkeypatch.setattr(connections, "ANSWER_SECONDS", 10.0)
        events = list(remote.events())
    assert "responds again" in said(events) and isinstance(events[-1], Finished)
    assert RunStore.open(tmp_path / "run").state == "succeeded"


def test_a_worker_of_another_version_that_joins_later_gets_no_run_and_that_is_said(
    held: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acq_engine.cluster.remote_run.WAIT_SECONDS", 0.0)
    with local_cluster_here(workers=0) as cluster, Connection(Address.parse(cluster.scheduler_address)) as connection:
        assert connection.client is not None
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr("acq_engine.cluster.worker.__version__", "9.9.9")
            cluster.scale(1)
            connection.client.wait_for_workers(1, timeout=60)
        remote = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl())
        told = until_said(remote, "The run waits")
        remote.control.cancel()
        assert isinstance(list(remote.events())[-1], Finished)
    assert "has ACQ Studio 9.9.9, and here it is 0." in told and "Install the same version" in told
    assert not held.configs


def test_a_run_that_waits_is_begun_by_the_worker_that_comes(
    free: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acq_engine.cluster.remote_run.WAIT_SECONDS", 0.0)
    with local_cluster_here(workers=0) as cluster, Connection(Address.parse(cluster.scheduler_address)) as connection:
        remote = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl())
        assert "No worker is connected" in until_said(remote, "the run waits")
        cluster.scale(1)
        assert isinstance(list(remote.events())[-1], Finished)
    assert RunStore.open(tmp_path / "run").state == "succeeded"


def test_a_second_client_does_not_make_a_busy_worker_free(
    address: str, held: type[SteeredRun], tmp_path: Path
) -> None:
    with Connection(Address.parse(address)) as first:
        remote = RemoteRun.hand_in(first, RunConfig(), tmp_path / "run", RunControl())
        until(remote, PhaseStarted)
        with Connection(Address.parse(address)) as second:
            assert second.client is not None
            used = second.client.run_on_scheduler(
                lambda dask_scheduler: [one.used_resources for one in dask_scheduler.workers.values()])
        held.hold.set()
        list(remote.events())
    assert used == [{RESOURCE: 1}]


def test_memory_that_is_short_on_a_worker_is_told_of_that_worker(
    address: str, free: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(free, "create", short)
    with Connection(Address.parse(address)) as connection:
        last = list(RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl()).events())[-1]
    assert isinstance(last, Failed) and last.message == "There is not enough memory."
    assert "(worker tcp://127.0.0.1:" in last.cause
    assert not (tmp_path / "run").exists()


def test_whoever_reads_of_a_run_folder_is_told_of_the_one_at_home(
    address: str, free: type[SteeredRun], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    with Connection(Address.parse(address)) as connection:
        events = list(RemoteRun.hand_in(connection, RunConfig(), folder, RunControl()).events())
    assert [event.run_dir for event in events if isinstance(event, RunStarted)] == [str(folder)]


def test_a_file_on_a_worker_alone_is_found_there(
    address: str, free: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.pth"
    there.write_bytes(b"weights")
    monkeypatch.setattr("acq_engine.cluster.remote_run.parcels", lambda config: [])  # as where the path is not here
    config = RunConfig.from_data({"model": {"source": "checkpoint", "path": str(there)}})
    with Connection(Address.parse(address)) as connection:
        remote = RemoteRun.hand_in(connection, config, tmp_path / "run", RunControl())
        assert isinstance(list(remote.events())[-1], Finished)
    assert free.configs[-1].model.path == there


def test_a_worker_that_ends_without_another_one_is_told_of_at_once(
    address: str, held: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Connection(Address.parse(address)) as connection:
        remote = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl())
        until(remote, PhaseStarted)
        call = connection.call

        def without_workers(name: str, /, **values: Any) -> Any:
            told = call(name, **values)
            return {**told, "alone": True, "workers": 0} if name == "since" else told

        with monkeypatch.context() as gone:
            gone.setattr(connection, "call", without_workers)
            assert "ended, and there is no other one. The run waits for a worker" in said(remote.look())
            assert not said(remote.look()), "it is said once"
        held.hold.set()
        list(remote.events())


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[str]:
    """The address of a cluster that takes nobody without a certificate; ours is in Dask's settings."""
    pytest.importorskip("cryptography", reason="certificates can't be made without it")
    authority, own = map(str, make_certificates(tmp_path))
    settings = {"distributed.comm.tls.ca-file": authority} | {
        f"distributed.comm.tls.{role}.{kind}": own for role in ("scheduler", "worker", "client")
        for kind in ("cert", "key")}
    with dask.config.set(settings), local_cluster_here(protocol="tls://") as cluster:
        yield str(cluster.scheduler_address)


def test_a_run_over_tls(certified: str, free: type[SteeredRun], tmp_path: Path) -> None:
    assert certified.startswith("tls://")
    done = acq("quantize", "--sample", "fashion", "--out", tmp_path / "run", "--cluster", certified)
    assert done.exit_code == 0 and "Warning" not in done.stderr, done.output + done.stderr
    assert RunStore.open(tmp_path / "run").state == "succeeded"


def loops() -> int:
    """Threads in which Dask's clients and clusters run."""
    return sum(thread.name == "IO loop" for thread in threading.enumerate())


def test_without_a_certificate_nobody_gets_in(certified: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "OPEN_SECONDS", 1.0)
    before = loops()
    without = {f"distributed.comm.tls.client.{kind}": None for kind in ("cert", "key")}
    with dask.config.set(without | {"distributed.comm.tls.ca-file": None}):
        for address in (certified, certified.replace("tls://", "tcp://")):
            with pytest.raises(AwayError, match="does not respond") as refused, Connection(Address.parse(address)):
                pass
            assert ("certificates" in refused.value.hint) is address.startswith("tls://")
            # What is left of the client is at rest: whoever collects it later has nothing to wait for.
            assert loops() == before
            assert all(one.status == "closed" for one in gc.get_objects() if issubclass(type(one), Client))
