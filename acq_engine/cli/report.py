"""acq report: one HTML file about a run, readable without a network, and the same as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once

NAME = "report"


def run(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder, even of an active run.")],
    out: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="The file to write; default: report.html in the run folder.")] = None,
    pdf: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="Also print it as PDF; needs Chromium, Chrome or Edge.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
) -> None:
    """Write an HTML report of a run."""
    with json_output(json) as lines, ends_at_once():
        from acq_engine.report import write_pdf, write_report

        paths = {"report": write_report(folder, out)}
        if pdf is not None:
            paths["pdf"] = write_pdf(folder, pdf)
        if lines is not None:
            lines.value({name: str(path.resolve()) for name, path in paths.items()})
    if not json:
        for path in paths.values():
            human().print(Text(str(path)))
