"""The table of commands. A new one is one file and one line here."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from acq_engine.cli import (
    ask,
    cluster,
    evaluate,
    experiment,
    export,
    inspect,
    models,
    quantize,
    report,
    resume,
    samples,
    sensitivity,
    sweep,
    verify,
)
from acq_engine.cli.console import handled
from acq_engine.cli.versions import version_lines

app = typer.Typer(
    name="acq", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Quantize trained image classifiers to 2 to 8 bits without any training data.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (quantize, resume, ask, sweep, evaluate, export, verify, report, samples, inspect, sensitivity,
                experiment, models):
    app.command(command.NAME)(handled(command.run))
app.add_typer(cluster.app, name=cluster.NAME)


def _show_version(wanted: bool) -> None:
    if wanted:
        for line in version_lines():
            typer.echo(line)
            sys.stdout.flush()  # the last line takes seconds
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True,
                                          help="Show the versions and the device, and exit.")] = False,
) -> None:
    """Quantize trained image classifiers to 2 to 8 bits without any training data."""
