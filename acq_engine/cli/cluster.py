"""acq cluster: workers on this machine, and what a cluster knows of runs."""

from __future__ import annotations

import signal
import threading
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from acq_engine.cli.console import handled, human, notes
from acq_engine.cli.driver import drive, json_output
from acq_engine.cli.on_cluster import connected
from acq_engine.cluster.needs import require
from acq_engine.control import RunControl
from acq_engine.errors import ConfigError

NAME = "cluster"
HELP = "Compute on several machines with Dask: workers here, runs there."

app = typer.Typer(no_args_is_help=True, add_completion=False, help=HELP,
                  context_settings={"help_option_names": ["-h", "--help"]})

Which = Annotated[str, typer.Argument(metavar="RUN", help="As acq cluster runs names it.")]
Where = Annotated[str, typer.Argument(metavar="ADDRESS", help="Of the scheduler, such as tcp://HOST:8786.")]


def local(
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes; each computes one run at a time.")
                       ] = 2,
    threads: Annotated[int, typer.Option("--threads", min=0, max=1024,
                                         help="CPU threads of each; 0 divides the machine's.")] = 0,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Of the scheduler; 0: any free one.")] = 8786,
    host: Annotated[str, typer.Option("--host", help="Where the scheduler listens. Whoever can reach another address "
                                      "than 127.0.0.1 can run code here.")] = "127.0.0.1",
) -> int:
    """Start a scheduler and workers on this machine, until Ctrl-C."""
    require()
    from acq_engine.cluster.local import local_cluster

    over = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        over.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        cluster = local_cluster(workers, threads=threads, host=host, port=port)
    except (OSError, RuntimeError) as error:
        raise ConfigError("The cluster can't be started.", cause=f"{host}:{port}: {error}",
                          hint="Another one may have the port: choose one with --port.") from error
    try:
        notes().print(Text(f"{workers} worker(s). Their address: {cluster.scheduler_address}"))
        notes().print(Text(f"Use it with: acq quantize ... --cluster {cluster.scheduler_address}"))
        notes().print("Ctrl-C ends it; runs that are not at home are lost then.")
        over.wait()
    finally:
        cluster.close(timeout=10)
    return 0


def runs(where: Where, json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each.")] = False,
         ) -> int:
    """List the runs that a cluster has."""
    with json_output(json) as lines, connected(where) as connection:
        known = connection.call("runs")
    table = Table(title=f"{len(known)} run(s)", title_justify="left")
    for column in ("run", "name", "state", "since", "worker"):
        table.add_column(column)
    for one in known:
        if lines is not None:
            lines.value(dict(one))
            continue
        since = datetime.fromtimestamp(one["created"]).astimezone().isoformat(" ", "minutes")
        table.add_row(one["run"], one["name"], one["state"], since, one["worker"])
    if lines is None:
        human().print(table)
    return 0


def download(
    where: Where,
    run: Which,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The run folder to create.")],
    json: Annotated[bool, typer.Option("--json", help="Print every event as one line of JSON.")] = False,
) -> int:
    """Follow a run from here, and copy it to this computer; the computer that handed it in still finds it."""
    from acq_engine.store import RunStore

    control = RunControl()
    with json_output(json) as lines, connected(where) as connection:
        from acq_engine.cluster.remote_run import RemoteRun

        remote = RemoteRun.elsewhere(connection, run, out, control)
        return drive(remote.events(), RunStore.open(out).config, out, control, lines)


def forget(where: Where, run: Which) -> int:
    """Take a run away that nobody brings home any more: what is not at home is lost."""
    with connected(where) as connection:
        connection.call("forget", run=run)
    return 0


for command in (local, runs, download, forget):
    app.command(command.__name__)(handled(command))
