"""acq verify: run an exported file and compare it with what the quantized model computes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.run_view import verification_text
from acq_engine.errors import VerificationError

NAME = "verify"


def run(
    path: Annotated[Path, typer.Argument(metavar="RUN|FILE", help="A run folder, or an exported file in one.")],
    of: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        "--run", metavar="RUN", help="The run that FILE was exported from, if FILE lies elsewhere.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
) -> int:
    """Run an exported model in ONNX Runtime and compare it with the quantized one."""
    with json_output(json) as lines, ends_at_once():
        from acq_engine.export.from_run import verify_run

        result = verify_run(of, path) if of is not None else verify_run(path)
        if lines is not None:
            lines.event(result)
    if not json:
        human().print(Text(f"{result.path}\n{verification_text(result)}"))
    return 0 if result.passed else VerificationError.exit_code
