"""acq verify: run exported files and compare them with what the quantized model computes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import human, say_message
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.run_view import verification_figures, verification_text
from acq_engine.errors import VerificationError

NAME = "verify"


def run(
    path: Annotated[Path, typer.Argument(
        metavar="RUN|FILE", help="A run folder, to verify all its exported files; or one exported file in a run "
        "folder.")],
    of: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        "--run", metavar="RUN", help="The run that FILE was exported from, if FILE is elsewhere.")] = None,
    threads: Annotated[int, typer.Option(min=1, max=256, help="CPU threads of ONNX Runtime.")] = 1,
    trust: Annotated[bool, typer.Option("--trust", help="Load .pt2 files although they can run code.")] = False,
    openvino: Annotated[bool, typer.Option(
        "--openvino", help="Also compare with OpenVINO, if installed; approximate.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON for each file.")] = False,
) -> int:
    """Run exported models and compare them with the quantized model."""
    with json_output(json) as lines, ends_at_once():
        from acq_engine.export.verify.of_run import verify_all, verify_run

        on_event = say_message if lines is None else lines.event
        if of is None and not path.is_file():
            results = verify_all(path, trust=trust, threads=threads, openvino=openvino, on_event=on_event)
        else:
            arguments = (path, None) if of is None else (of, path)
            results = [verify_run(*arguments, trust=trust, threads=threads, openvino=openvino, on_event=on_event)]
    if not json:
        for result in results:
            human().print(Text(f"{result.path}\n{verification_text(result)}\n{verification_figures(result)}"))
    return 0 if all(result.passed for result in results) else VerificationError.exit_code
