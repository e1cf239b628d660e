"""acq quantize: from a trained classifier to a quantized, exported and verified one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from acq_engine.cli import on_cluster, processes
from acq_engine.cli.console import ask, at_terminal, notes
from acq_engine.cli.download import download_bar
from acq_engine.cli.driver import drive, json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import ConfigOption, with_setting_options
from acq_engine.control import RunControl
from acq_engine.errors import ConfigError
from acq_engine.files import storage_errors
from acq_engine.settings import RunConfig
from acq_engine.settings.command_line import build_config
from acq_engine.settings.options import given_settings
from acq_engine.store import check_folder
from acq_engine.store.plans import PLANNED_SETTINGS, read_plan

NAME = "quantize"


@with_setting_options()
def run(
    model: Annotated[Optional[str], typer.Argument(  # noqa: UP045 - typer reads it at run time
        metavar="MODEL", show_default=False, help="A file with weights, or the name of a torchvision model.",
    )] = None,
    *,
    sample: Annotated[Optional[str], typer.Option(  # noqa: UP045
        metavar="NAME", help="Use the built-in classifier instead: fashion.")] = None,
    config: ConfigOption = None,
    out: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="RUN", help="The run folder to create; default: a new one in runs/.")] = None,
    plan: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="PLAN", help="Follow the plan of another run instead of making one: a run folder, its run.json, or a "
        "file with a plan.")] = None,
    cluster: on_cluster.ClusterOption = None,
    detach: on_cluster.DetachOption = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Overwrite an older run in that folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print every event as one line of JSON.")] = False,
    **settings: Any,
) -> int:
    """Quantize a classifier without data, export it, and verify the export."""
    chosen = build_config(model, sample, config, settings)
    kept = given_settings(settings).get("schedule", {}).keys()
    followed = None if plan is None else read_plan(plan)
    if followed is not None and kept & PLANNED_SETTINGS:
        raise ConfigError(
            "The steps were given twice.",
            cause=f"The plan has them, and so have the options for {', '.join(sorted(kept & PLANNED_SETTINGS))}.",
            hint="Omit --plan or these options.",
        )
    if detach and cluster is None:
        raise ConfigError("Only a run on a cluster can be left there.", hint="Add --cluster ADDRESS, or omit --detach.")
    if processes.several() and cluster is not None:
        raise ConfigError("A run is computed either by processes that torchrun starts or on a cluster.",
                          hint="Omit --cluster, or start acq without torchrun.")
    if processes.several():
        return processes.quantize(chosen, out, followed, kept, overwrite=overwrite, json=json)
    if cluster is not None:
        with _folder(out, chosen) as folder:
            check_folder(folder, overwrite)
            return on_cluster.quantize(chosen, folder, cluster, followed, kept, overwrite=overwrite, detach=detach,
                                       json=json)
    control = RunControl()
    with json_output(json) as lines:
        with ends_at_once(), download_bar() as progress, _folder(out, chosen) as folder:
            check_folder(folder, overwrite)
            from acq_engine.pipeline.run import QuantizationRun

            def measuring() -> None:
                if lines is None:
                    notes().print("Timing a few steps on this machine to plan the run ...")

            work = QuantizationRun.create(chosen, folder, control, overwrite=overwrite, progress=progress,
                                          plan=followed, kept=kept, measuring=measuring,
                                          ask=ask if lines is None and at_terminal() else None)
        return drive(work.events(), chosen, folder, control, lines)


@contextmanager
def _folder(out: Path | None, config: RunConfig) -> Iterator[Path]:
    """The folder that was asked for, or a new one below runs/, which is there at once: so no two runs choose one."""
    if out is not None:
        yield out
        return
    made = [Path("runs")] if not Path("runs").exists() else []
    folder = _new_folder(config)
    try:
        yield folder
    except BaseException:
        for empty in (folder, *made):  # what holds something stays
            with suppress(OSError):
                empty.rmdir()
        raise


def _new_folder(config: RunConfig) -> Path:
    """Make the first folder below runs/ whose name is free."""
    model = config.model.path.stem if config.model.path is not None else config.model.name
    bits = config.quantization
    base = Path("runs") / f"{model}-{bits.name()}"
    number = 1
    folder = base
    with storage_errors("The run folder can't be created.", folder):
        while True:
            try:
                folder.mkdir(parents=True)
                return folder
            except FileExistsError:
                number += 1
                folder = base.with_name(f"{base.name}-{number}")
