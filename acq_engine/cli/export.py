"""acq export: write the quantized model of a run in a format that runtimes read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once

NAME = "export"


def run(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder with a quantized model.")],
    format: Annotated[str, typer.Option("--format", metavar="NAME", help="onnx is what runtimes execute.")] = "onnx",  # noqa: A002
    out: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="The file to write; without it, one in the run folder.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
) -> None:
    """Export the quantized model of a run."""
    with json_output(json) as lines, ends_at_once():
        from acq_engine.export.from_run import export_run

        done = export_run(folder, format, out)
        if lines is not None:
            lines.event(done)
    if not json:
        human().print(Text(
            f"{done.path}: {done.bytes / 1000:,.1f} kB, the float weights take {done.float_bytes / 1000:,.1f} kB"
        ))
