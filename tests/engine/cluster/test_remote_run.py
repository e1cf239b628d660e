"""Runs on a cluster that lives in this process, with a run that computes nothing: what goes there, what comes home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from acq_engine.cluster.address import Address
from acq_engine.cluster.mirror import Mirror
from acq_engine.control import RunControl
from acq_engine.errors import AcqError, AwayError, ClusterError, ConfigError, ModelFileError
from acq_engine.events import Failed, Finished, LogMessage, Paused, PhaseStarted, Resumed, SamplesReady
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore
from acq_engine.store.requests import ask
from tests.engine.cli.made_up import acq
from tests.engine.cluster.steered import SteeredRun, until

distributed = pytest.importorskip("distributed", reason="the optional package for clusters is not here")

from acq_engine.cluster import connection as connections  # noqa: E402
from acq_engine.cluster.connection import Connection  # noqa: E402
from acq_engine.cluster.remote_run import RemoteRun, is_remote  # noqa: E402


def test_a_run_comes_home_as_if_it_had_been_computed_here(
    connection: Connection, free: type[SteeredRun], tmp_path: Path
) -> None:
    events = list(RemoteRun.hand_in(connection, RunConfig(), tmp_path / "far", RunControl()).events())
    near = RunConfig()
    here = list(SteeredRun.create(near, tmp_path / "near", RunControl()).events())
    said = [event for event in events if not isinstance(event, LogMessage) or event.level != "info"]
    assert [type(event) for event in said] == [type(event) for event in here]
    one, two = (next(event for event in which if isinstance(event, SamplesReady)) for which in (said, here))
    assert np.array_equal(one.images, two.images) and one.path == two.path
    names = {path.relative_to(tmp_path / "near").as_posix() for path in (tmp_path / "near").rglob("*")}
    assert names == {path.relative_to(tmp_path / "far").as_posix() for path in (tmp_path / "far").rglob("*")}
    store = RunStore.open(tmp_path / "far")
    assert store.state == "succeeded" and not store.being_written
    assert connection.call("runs") == (), "what is at home is not kept there"


def test_files_go_once_and_settings_keep_the_names_of_home(
    connection: Connection, free: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, images = tmp_path / "net.pth", tmp_path / "pictures"
    model.write_bytes(b"weights")
    (images / "cats").mkdir(parents=True)
    (images / "cats" / "1.png").write_bytes(b"cat")
    (tmp_path / "pictures_labels.csv").write_text("1.png,0\n")
    config = RunConfig.from_data({"model": {"source": "checkpoint", "path": str(model)},
                                  "test_set": {"path": str(images)}})
    sent: list[str] = []
    call = Connection.call

    def counted(self: Connection, name: str, /, **values: Any) -> Any:
        sent.extend([name] if name == "parcel_put" else [])
        return call(self, name, **values)

    monkeypatch.setattr(Connection, "call", counted)
    runs = [RemoteRun.hand_in(connection, config, tmp_path / name, RunControl()) for name in ("a", "b")]
    assert len(sent) == 2, "the second run sends neither again"
    for remote in runs:
        assert isinstance(list(remote.events())[-1], Finished)
    for seen in free.configs:
        assert seen.model.path is not None and seen.test_set.path is not None
        assert seen.model.path != model and seen.model.path.name == "net.pth"
        assert seen.model.path.read_bytes() == b"weights"
        assert (seen.test_set.path / "cats" / "1.png").read_bytes() == b"cat"
        assert (seen.test_set.path.parent / "pictures_labels.csv").is_file()
    stored = RunStore.open(tmp_path / "a").config
    assert (stored.model.path, stored.test_set.path) == (model, images)


def test_requests_go_there_and_what_came_of_them_comes_back(
    connection: Connection, held: type[SteeredRun], tmp_path: Path
) -> None:
    control, folder = RunControl(), tmp_path / "run"
    remote = RemoteRun.hand_in(connection, RunConfig(), folder, control)
    until(remote, PhaseStarted)
    control.pause()
    until(remote, Paused)
    while RunStore.open(folder).state != "paused":
        remote.look()
    ask(folder, "resume")  # through the control file, as another window does
    until(remote, Resumed)
    control.finish_now()
    assert isinstance(list(remote.events())[-1], Finished)
    assert RunStore.open(folder).state == "succeeded"


def test_cancelling_stops_a_run_there_and_one_that_waits(
    connection: Connection, held: type[SteeredRun], tmp_path: Path
) -> None:
    control = RunControl()
    first = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "1", control)
    until(first, PhaseStarted)
    second = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "2", RunControl())
    second.control.cancel()
    for remote in (second, first):
        remote.control.cancel()
        last = list(remote.events())[-1]
        assert isinstance(last, Finished) and last.state == "stopped"
        assert RunStore.open(remote.folder).state == "stopped" and not is_remote(remote.folder)
    assert len(held.configs) == 1, "the one that waited never began"


def test_a_client_that_left_finds_its_run_again(
    address: str, held: type[SteeredRun], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    with Connection(Address.parse(address)) as first:
        remote = RemoteRun.hand_in(first, RunConfig(), folder, RunControl())
        until(remote, PhaseStarted)
        remote.detach()
        assert list(remote.events()) == []
    assert is_remote(folder) and not RunStore.open(folder).being_written
    held.hold.set()
    result = acq("resume", folder)
    assert result.exit_code == 0, result.output + result.stderr
    assert RunStore.open(folder).state == "succeeded" and not is_remote(folder)


def test_a_run_can_be_left_there_listed_and_downloaded_elsewhere(
    address: str, free: type[SteeredRun], tmp_path: Path
) -> None:
    handed = acq("quantize", "--sample", "fashion", "--out", tmp_path / "run", "--cluster", address, "--detach")
    assert handed.exit_code == 0 and "acq resume" in handed.stderr
    listed = [json.loads(line) for line in acq("cluster", "runs", address, "--json").stdout.splitlines()]
    assert [one["name"] for one in listed] == ["run"]
    got = acq("cluster", "download", address, listed[0]["run"], "--out", tmp_path / "other")
    assert got.exit_code == 0, got.output + got.stderr
    assert RunStore.open(tmp_path / "other").state == "succeeded"
    own = acq("resume", tmp_path / "run")
    assert own.exit_code == 0 and RunStore.open(tmp_path / "run").state == "succeeded", own.stderr
    assert acq("cluster", "runs", address, "--json").stdout == "", "at home it is where it was handed in"


def test_a_run_that_the_cluster_does_not_know_any_more_stays_as_far_as_it_came_home(
    connection: Connection, held: type[SteeredRun], tmp_path: Path
) -> None:
    remote = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl())
    until(remote, PhaseStarted)
    assert acq("cluster", "forget", connection.address.text, remote.run).exit_code == 0
    last = list(remote.events())[-1]
    assert isinstance(last, Failed) and "does not know this run any more" in last.message
    assert not is_remote(tmp_path / "run") and (tmp_path / "run" / "events.jsonl").stat().st_size


def test_a_stopped_run_is_taken_up_there(connection: Connection, free: type[SteeredRun], tmp_path: Path) -> None:
    folder = tmp_path / "run"
    control = RunControl()
    control.cancel()
    list(SteeredRun.create(RunConfig(), folder, control).events())
    before = (folder / "events.jsonl").read_bytes()
    assert acq("resume", folder, "--cluster", connection.address.text).exit_code == 0
    assert len(free.configs) == 1, "it was resumed, not created again"
    assert RunStore.open(folder).state == "succeeded"
    assert (folder / "events.jsonl").read_bytes().startswith(before)


def test_another_window_can_not_follow_what_is_followed(
    connection: Connection, held: type[SteeredRun], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    remote = RemoteRun.hand_in(connection, RunConfig(), folder, RunControl())
    with pytest.raises(AcqError, match="Another program is working on this run"):
        RemoteRun.again(connection, folder, RunControl())
    held.hold.set()
    list(remote.events())


def test_an_error_of_the_model_is_told_and_nothing_is_left(
    connection: Connection, free: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ModelFileError("The model file is damaged.", cause="net.pth", hint="Download it again.")

    monkeypatch.setattr(free, "create", refuse)
    last = list(RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl()).events())[-1]
    assert isinstance(last, Failed) and (last.message, last.cause) == ("The model file is damaged.", "net.pth")
    assert not (tmp_path / "run").exists()


def test_a_file_that_is_on_neither_side_is_named(connection: Connection, tmp_path: Path) -> None:
    config = RunConfig.from_data({"model": {"source": "checkpoint", "path": "/nowhere/net.pth"}})
    last = list(RemoteRun.hand_in(connection, config, tmp_path / "run", RunControl()).events())[-1]
    assert isinstance(last, Failed)
    assert "neither on the computer that started it nor on the worker" in last.message
    assert "/nowhere/net.pth" in last.cause


def test_another_version_is_refused_with_both(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "__version__", "9.9.9")
    with pytest.raises(ClusterError, match="another version") as refused, Connection(Address.parse(address)):
        pass
    assert "9.9.9" in refused.value.cause and "0.1.0" in refused.value.cause


def test_a_network_that_is_away_for_a_while_costs_nothing(
    connection: Connection, held: type[SteeredRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = RemoteRun.hand_in(connection, RunConfig(), tmp_path / "run", RunControl())
    until(remote, PhaseStarted)
    with monkeypatch.context() as cut:
        cut.setattr("acq_engine.cluster.remote_run.RETRY_SECONDS", 0.0)

        def away(*_: Any, **__: Any) -> Any:
            raise AwayError("The cluster does not respond.")

        cut.setattr(connection, "call", away)
        said = [*remote.look(), *remote.look()]
        assert [type(event) for event in said] == [LogMessage] and not remote.over
    connection.close_client()  # as after a cut: the next call connects again
    held.hold.set()
    events = list(remote.events())
    assert isinstance(events[-1], Finished)
    assert any(isinstance(event, LogMessage) and "responds again" in event.text for event in events)


def test_nobody_at_the_address_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(connections, "OPEN_SECONDS", 0.3)
    result = acq("quantize", "--sample", "fashion", "--out", tmp_path / "r", "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 1 and "The cluster does not respond." in result.stderr
    assert not (tmp_path / "r").exists()


def test_the_cluster_opens_no_dashboard_and_nothing_beyond_this_machine(address: str) -> None:
    import psutil

    listening = [one.laddr for one in psutil.Process().net_connections("tcp") if one.status == psutil.CONN_LISTEN]
    assert listening and {one.ip for one in listening} == {"127.0.0.1"}
    assert 8787 not in {one.port for one in listening}


@pytest.mark.parametrize(("text", "found"), [
    ("tcp://host:8786", "tcp://host:8786"), ("host:1", "tcp://host:1"), ("tls://10.0.0.1:8786", "tls://10.0.0.1:8786"),
    ("local:3", "local:3"), (" [::1]:80 ", "tcp://[::1]:80"),
])
def test_addresses(text: str, found: str) -> None:
    assert Address.parse(text).text == found


@pytest.mark.parametrize("text", ["", "host", "host:0", "host:99999", "local:0", "local:x", "http://host:1", "a b:1"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ConfigError):
        Address.parse(text)


@pytest.mark.parametrize(("text", "warns"), [
    ("tcp://192.0.2.7:8786", True), ("cluster.example:8786", True), ("tls://cluster.example:8786", False),
    ("tcp://127.0.0.1:8786", False), ("localhost:8786", False), ("[::1]:8786", False), ("local:2", False),
])
def test_a_cluster_elsewhere_without_tls_is_warned_of(text: str, warns: bool) -> None:
    assert bool(Address.parse(text).warning()) is warns


def test_names_from_elsewhere_stay_in_the_folder(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path, lambda name, offset: (1, b"evil" if not offset else b""))
    for name in ("../evil", "/tmp/evil", "samples/../../evil", "run.lock", ".ssh", "a/b/c", "cluster.json"):
        mirror.hear({"epoch": 0, "version": 1, "changed": [[name, 4]], "gone": []})
        with pytest.raises(AcqError, match="no run has"):
            mirror.fetch()
        mirror._late.clear()
    assert list(tmp_path.rglob("*")) == []
