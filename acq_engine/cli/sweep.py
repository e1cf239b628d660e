"""acq sweep: one run after another, with several values of some settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from rich.table import Table
from rich.text import Text

from acq_engine.cli import on_cluster
from acq_engine.cli.console import INTERRUPTED, JsonLines, at_terminal, human, notes, show_error
from acq_engine.cli.download import download_bar
from acq_engine.cli.driver import drive, json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import with_setting_options
from acq_engine.cli.run_view import duration
from acq_engine.cluster.address import Address
from acq_engine.cluster.needs import require
from acq_engine.control import RunControl
from acq_engine.errors import AcqError, ConfigError, VerificationError
from acq_engine.events import Failed
from acq_engine.settings.command_line import build_config
from acq_engine.settings.options import given_settings
from acq_engine.store import RunStore, is_run
from acq_engine.sweep.folder import SweepFolder, SweepRow, is_sweep
from acq_engine.sweep.plan import Axis, SweepPlan, SweepRun, is_sweep_file
from acq_engine.sweep.variables import text_of

NAME = "sweep"


@with_setting_options()
def run(
    what: Annotated[Optional[str], typer.Argument(  # noqa: UP045 - typer reads it at run time
        metavar="WHAT", show_default=False,
        help="A sweep file; the folder of a sweep, to resume it; or a model, as for acq quantize.",
    )] = None,
    *,
    vary: Annotated[Optional[list[str]], typer.Option(  # noqa: UP045
        "--vary", metavar="SETTING=VALUES", show_default=False,
        help="A setting and its values, such as bits=2,3,4 or pair=0..3:1; repeat it for a grid.")] = None,
    sample: Annotated[Optional[str], typer.Option(  # noqa: UP045
        metavar="NAME", help="Use the built-in classifier instead: fashion.")] = None,
    config: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="Settings that all runs share: a settings file, a run.json, or a run folder.")] = None,
    out: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FOLDER", help="The folder to create; default: a new one in runs/.")] = None,
    cluster: on_cluster.ClusterOption = None,
    save: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="Save the sweep to a file instead of running it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the runs instead of running them.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print every event as one line of JSON.")] = False,
    **settings: Any,
) -> int:
    """Run a grid of settings, one run after another or on a cluster, with a table of the results."""
    path = None if what is None else Path(what)
    if path is not None and is_sweep(path):
        _refuse(vary, sample, config, settings, "The folder contains the settings of the sweep.")
        if out is not None or save is not None or dry_run:
            raise ConfigError("A started sweep is resumed in its own folder.",
                              hint="Omit --out, --save and --dry-run.")
        return _run_all(SweepFolder.open(path).with_trust(_trusted(settings)), cluster, json)
    if path is not None and is_sweep_file(path):
        _refuse(vary, sample, config, settings, "The file contains the settings of the sweep.")
        plan = SweepPlan.load(path).with_trust(_trusted(settings))
    else:
        axes = tuple(Axis.parse(text) for text in vary or ())
        plan = SweepPlan(out.name if out is not None else "sweep", build_config(what, sample, config, settings), axes)
    if save is not None:
        plan.save(save)
        notes().print(Text(f"{save}: {plan.count} runs"))
        return 0
    if dry_run:
        _show_plan(plan, json)
        return 0
    if cluster is not None:
        require()  # before there is a folder
        Address.parse(cluster)
    return _run_all(SweepFolder.create(out or _new_folder(plan.name), plan), cluster, json)


def _trusted(settings: dict[str, Any]) -> bool:
    """Whether --trust was given: the one setting that no file holds."""
    return bool(given_settings(settings).get("model", {}).get("trust"))


def _refuse(vary: Any, sample: Any, config: Any, settings: dict[str, Any], reason: str) -> None:
    """Options that would be ignored are refused instead."""
    given = {(section, name) for section, values in given_settings(settings).items() for name in values}
    if vary or sample is not None or config is not None or given - {("model", "trust")}:
        raise ConfigError("Settings were given for a sweep that has its own.", cause=reason,
                          hint="Omit them, or create a new sweep.")


def _new_folder(name: str) -> Path:
    base = Path("runs") / name
    number, folder = 1, base
    while folder.exists():
        number += 1
        folder = base.with_name(f"{base.name}-{number}")
    return folder


def _run_all(sweep: SweepFolder, cluster: str | None, as_json: bool) -> int:
    """Every run that has not ended well; a run that fails does not keep the others."""
    with json_output(as_json) as lines:
        code = _one_by_one(sweep, lines) if cluster is None else on_cluster.sweep(sweep, cluster, lines)
        rows = sweep.rows()
        if lines is not None:
            lines.value({"event": "sweep_finished", "folder": str(sweep.path.resolve()), "rows": rows})
        else:
            _show_table(sweep, rows)
    if code == INTERRUPTED:
        notes().print(Text(f"To resume: acq sweep {sweep.path}" + (f" --cluster {cluster}" if cluster else "")))
    return code


def _one_by_one(sweep: SweepFolder, lines: JsonLines | None) -> int:
    """One after another, in this process."""
    code = 0
    left = sweep.unfinished()
    for number, item in enumerate(left, start=1):
        _announce(sweep, item, number, len(left), lines)
        ended = _run_one(sweep, item, lines)
        sweep.write_table()
        if ended == INTERRUPTED:
            code = INTERRUPTED
            if number == len(left) or not _goes_on(lines):
                break
        elif ended and code != INTERRUPTED:
            code = VerificationError.exit_code
    return code


def _run_one(sweep: SweepFolder, item: SweepRun, lines: JsonLines | None) -> int:
    """Begin a run or take it up again; its exit code."""
    control, folder = RunControl(), sweep.folder(item)
    try:
        with ends_at_once(), download_bar() as progress:
            from acq_engine.pipeline.run import QuantizationRun

            if is_run(folder):
                work = QuantizationRun.resume(RunStore.open(folder), control)
            else:
                work = QuantizationRun.create(item.config, folder, control, progress=progress)
    except AcqError as error:
        sweep.note_problem(item, error.message)
        show_error(error.message, error.cause, error.hint)
        if lines is not None:
            lines.event(Failed(error.message, error.cause, error.hint, exit_code=error.exit_code))
        return error.exit_code
    sweep.note_problem(item, "")
    return drive(work.events(), item.config, folder, control, lines)


def _goes_on(lines: JsonLines | None) -> bool:
    """After a run was stopped: whether the next one is wanted. Without a terminal to ask on it is not."""
    if lines is not None or not at_terminal():
        return False
    try:
        return typer.confirm("This run is stopped. Continue with the next one?", default=False, err=True)
    except typer.Abort:
        return False


def _announce(sweep: SweepFolder, item: SweepRun, number: int, count: int, lines: JsonLines | None) -> None:
    values = {axis.variable.name: value for axis, value in zip(sweep.plan.axes, item.values, strict=True)}
    if lines is not None:
        lines.value({"event": "sweep_run", "run": item.name, "number": number, "count": count, "values": values})
        return
    words = ", ".join(f"{name} {text_of(value)}" for name, value in values.items())
    notes().print(Text(f"Run {number} of {count}: {words}", style="bold"))


def _show_plan(plan: SweepPlan, as_json: bool) -> None:
    if as_json:
        with json_output(True) as lines:
            assert lines is not None
            for item in plan.runs:
                values = {axis.variable.name: value for axis, value in zip(plan.axes, item.values, strict=True)}
                lines.value({"run": item.name, "values": values})
        return
    table = Table(title=f"{plan.name}: {plan.count} runs", title_justify="left")
    table.add_column("run")
    for axis in plan.axes:
        table.add_column(axis.variable.name, justify="right")
    for item in plan.runs:
        table.add_row(item.name, *(text_of(value) for value in item.values))
    human().print(table)


def _show_table(sweep: SweepFolder, rows: list[SweepRow]) -> None:
    """What each run came to. Nothing that was not measured is shown."""
    table = Table(title=sweep.plan.name, title_justify="left")
    for axis in sweep.plan.axes:
        table.add_column(axis.variable.name, justify="right")
    table.add_column("state")
    for column in ("float, %", "quantized, %", "drop", "agreement, %", "size, kB", "time"):
        table.add_column(column, justify="right")
    for row in rows:
        size = "" if row.exported_bytes is None else f"{row.exported_bytes / 1000:,.1f}"
        table.add_row(*(text_of(value) for value in row.values), row.state, _number(row.float_top1),
                      _number(row.student_top1), "" if row.lost is None else f"{0.0 - row.lost:.2f}",
                      _number(row.agreement), size, "" if row.seconds is None else duration(row.seconds))
    human().print(table)
    for row in rows:
        if row.problem:
            human().print(Text(f"{row.run}: {row.problem}"))
    human().print(Text(f"table: {sweep.path / 'table.csv'}"))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
