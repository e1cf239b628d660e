"""acq resume: take a run up again from its last checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from acq_engine.cli import on_cluster, processes
from acq_engine.cli.driver import drive, json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cluster import MARK
from acq_engine.control import RunControl
from acq_engine.errors import StorageError
from acq_engine.store import RunStore

NAME = "resume"


def run(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run that was stopped or interrupted.")],
    lower_rates: Annotated[bool, typer.Option(
        "--lower-rates", help="Resume with 0.3 times the learning rates, after losses became NaN.")] = False,
    cluster: on_cluster.ClusterOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print every event as one line of JSON.")] = False,
) -> int:
    """Resume a stopped or interrupted run from its last checkpoint, or follow one again that is on a cluster."""
    if cluster is not None or (folder / MARK).is_file():
        return on_cluster.resume(folder, cluster, lower_rates=lower_rates, json=json)
    if processes.several():
        return processes.resume(folder, lower_rates=lower_rates, json=json)
    control = RunControl()
    with RunStore.open(folder) as store, json_output(json) as lines:
        if store.state == "succeeded":
            raise StorageError(
                "This run has already finished.", cause=f"{folder} is done.",
                hint=f"To repeat it with the same settings: acq quantize --config {folder} --out NEW",
            )
        store.lock()
        with ends_at_once():
            from acq_engine.pipeline.run import QuantizationRun

            work = QuantizationRun.resume(store, control, lower_rates=lower_rates)
        return drive(work.events(), store.config, folder, control, lines)
