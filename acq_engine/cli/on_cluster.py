"""acq quantize, acq sweep and acq resume on a cluster: handing runs in, and showing them as they come home."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import INTERRUPTED, JsonLines, notes, show_error
from acq_engine.cli.driver import drive, json_output, with_full_paths
from acq_engine.cli.interrupts import ends_at_once, stops_cleanly
from acq_engine.cluster.address import Address
from acq_engine.cluster.needs import require
from acq_engine.control import RunControl
from acq_engine.errors import AcqError, ConfigError, VerificationError
from acq_engine.events import PHASE_TITLES, Event, Failed, Finished, LogMessage, PhaseStarted, RunPlan
from acq_engine.settings import RunConfig
from acq_engine.store import RunStore, is_run
from acq_engine.store.serialization import event_to_dict
from acq_engine.sweep.folder import SweepFolder
from acq_engine.sweep.plan import SweepRun

if TYPE_CHECKING:
    from acq_engine.cluster.connection import Connection
    from acq_engine.cluster.remote_run import RemoteRun

LOOK_SECONDS = 0.1  # between two rounds over the runs that are followed

ClusterOption = Annotated[Optional[str], typer.Option(  # noqa: UP045 - typer reads it at run time
    "--cluster", metavar="ADDRESS", show_default=False,
    help="Compute on a Dask cluster: tcp://HOST:8786, tls://HOST:8786, or local:N for N workers on this machine.")]
DetachOption = Annotated[bool, typer.Option(
    "--detach", help="Hand the run in and leave it on the cluster; acq resume RUN follows it and brings it home.")]


@contextmanager
def connected(text: str) -> Iterator[Connection]:
    """A connection to a cluster; what is to be said of it is said first.

    Raises:
        AcqError: it can't be used.
    """
    require()
    address = Address.parse(text)
    if address.warning():
        notes().print(Text("Warning: ", style="bold yellow").append(Text(address.warning(), style="default")))
    from acq_engine.cluster.connection import Connection

    with ends_at_once(), Connection(address) as connection:
        yield connection


def quantize(
    config: RunConfig, folder: Path, cluster: str, plan: RunPlan | None, kept: Collection[str], *, overwrite: bool,
    detach: bool, json: bool,
) -> int:
    """A new run on a cluster."""
    if detach and Address.parse(cluster).workers:
        raise ConfigError("Workers on this machine end with this command, so nothing can be left with them.",
                          hint="Omit --detach, or start a cluster of its own: acq cluster local")
    control = RunControl()
    with json_output(json) as lines, connected(cluster) as connection:
        from acq_engine.cluster.remote_run import RemoteRun

        with ends_at_once():
            remote = RemoteRun.hand_in(connection, config, folder, control, overwrite=overwrite, plan=plan, kept=kept)
        if detach:
            remote.close()
            notes().print(Text(f"Handed in. To follow it and bring it home: acq resume {folder}"))
            return 0
        return drive(remote.events(), config, folder, control, lines)


def resume(folder: Path, cluster: str | None, *, lower_rates: bool, json: bool) -> int:
    """Follow a run again that is on a cluster, or, with an address, take a stopped one up there."""
    from acq_engine.cluster.remote_run import RemoteRun, is_remote, mark

    again = is_remote(folder)
    address = mark(folder)[0] if again else cluster
    assert address is not None
    if again and cluster is not None and Address.parse(cluster).text != address:
        raise ConfigError("This run is on another cluster.", cause=f"It was handed in to {address}.",
                          hint="Omit --cluster to follow it there.")
    control = RunControl()
    config = RunStore.open(folder).config
    with json_output(json) as lines, connected(address) as connection:
        with ends_at_once():
            remote = RemoteRun.again(connection, folder, control) if again else RemoteRun.resume(
                connection, folder, control, lower_rates=lower_rates)
        return drive(remote.events(), config, folder, control, lines)


def sweep(folder: SweepFolder, cluster: str, lines: JsonLines | None) -> int:
    """Hand all runs in that have not ended well, and follow them together.

    Returns:
        The exit code, as that of a sweep without a cluster.
    """
    control, code = RunControl(), 0
    with connected(cluster) as connection:
        left = folder.unfinished()
        following: dict[str, RemoteRun] = {}
        for item in left:
            remote = _handed_in(connection, folder, item, control, lines)
            if remote is None:
                code = VerificationError.exit_code
            else:
                following[item.name] = remote
        notes().print(Text(f"{len(following)} run(s) handed in to {cluster}."))
        by_name = {item.name: item for item in left}
        ended = dict.fromkeys(following, VerificationError.exit_code)
        try:
            with stops_cleanly(control):
                while following:
                    for name, remote in list(following.items()):
                        for event in remote.look():
                            _show(name, event, remote.folder, lines)
                            ended[name] = _code(event, ended[name])
                            if isinstance(event, Failed) and not is_run(remote.folder):
                                folder.note_problem(by_name[name], event.message)
                        if remote.over:
                            del following[name]
                            folder.write_table()
                    time.sleep(LOOK_SECONDS if following else 0)
        finally:
            for remote in following.values():
                remote.close()
    if INTERRUPTED in ended.values():
        return INTERRUPTED
    return VerificationError.exit_code if any(ended.values()) else code


def _handed_in(
    connection: Connection, folder: SweepFolder, item: SweepRun, control: RunControl, lines: JsonLines | None
) -> RemoteRun | None:
    """Hand a run in, take it up, or follow it where it is already; None where that can't be, which is said."""
    from acq_engine.cluster.remote_run import RemoteRun, is_remote

    path = folder.folder(item)
    try:
        if is_remote(path):
            remote = RemoteRun.again(connection, path, control)
        elif is_run(path):
            remote = RemoteRun.resume(connection, path, control)
        else:
            remote = RemoteRun.hand_in(connection, item.config, path, control)
    except AcqError as error:
        folder.note_problem(item, error.message)
        show_error(f"{item.name}: {error.message}", error.cause, error.hint)
        if lines is not None:
            failed = Failed(error.message, error.cause, error.hint, exit_code=error.exit_code)
            lines.value({"run": item.name, **event_to_dict(failed)})
        return None
    folder.note_problem(item, "")
    return remote


def _code(event: Event, before: int) -> int:
    """The exit code of a run after an event."""
    if isinstance(event, Failed):
        return event.exit_code
    if isinstance(event, Finished):
        return INTERRUPTED if event.state == "stopped" else 0 if event.verified else VerificationError.exit_code
    return before


def _show(name: str, event: Event, folder: Path, lines: JsonLines | None) -> None:
    if lines is not None:
        lines.value({"run": name, **event_to_dict(with_full_paths(event, folder))})
    else:
        _say(name, event)


def _say(name: str, event: Event) -> None:
    """A line for each phase: several runs go on at once, so that there is no one bar."""
    if isinstance(event, PhaseStarted):
        notes().print(Text(f"{name}: {PHASE_TITLES[event.phase]}"))
    elif isinstance(event, LogMessage) and event.level == "warning":
        notes().print(Text(f"{name}: {event.text}"))
    elif isinstance(event, Failed):
        show_error(f"{name}: {event.message}", event.cause, event.hint)
    elif isinstance(event, Finished):
        notes().print(Text(f"{name}: {event.state}"))


