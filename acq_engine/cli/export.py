"""acq export: write the quantized model of a run in formats that runtimes read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import human, say_message
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.run_view import verification_text
from acq_engine.errors import VerificationError
from acq_engine.events import Event, Exported
from acq_engine.export import FORMATS

NAME = "export"


def run(
    source: Annotated[Path, typer.Argument(
        metavar="RUN", help="A run folder with a quantized model, or a file of the format acq.")],
    format: Annotated[str, typer.Option(  # noqa: A002
        "--format", metavar="NAME", help=f"{', '.join(FORMATS)}, or all. onnx: the file for inference "
        "runtimes.")] = "onnx",
    out: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="PATH", help="The file to write, or a folder with all; default: in the run folder.")] = None,
    opset: Annotated[Optional[int], typer.Option(  # noqa: UP045
        metavar="NUMBER", help="Opset of an ONNX file, 13 to 21; default: the oldest that suffices.")] = None,
    with_preprocessing: Annotated[bool, typer.Option(
        "--with-preprocessing", help="ONNX files take uint8 pixels (B, H, W, C) and normalize them.")] = False,
    beside: Annotated[bool, typer.Option(
        "--program/--no-program", help="Write predict.py and a README next to an ONNX, .tflite or .xml file.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON for each file.")] = False,
) -> int:
    """Export the quantized model of a run."""
    with json_output(json) as lines, ends_at_once():
        from acq_engine.export.from_run import ALL, export_all, export_run
        from acq_engine.export.info import ExportOptions

        on_event = None if lines is None else lines.event
        tell = on_event or say_message
        options = ExportOptions(opset, with_preprocessing)
        if format == ALL:
            written = export_all(source, out, options=options, beside=beside, on_event=tell)
        else:
            written = [export_run(source, format, out, options=options, beside=beside, on_event=on_event)]
        if not json:
            for done in written:
                human().print(Text(
                    f"{done.path}: {done.bytes / 1000:,.1f} kB (float weights: {done.float_bytes / 1000:,.1f} kB)"
                ))
        return _check_again(source, written, on_event)


def _check_again(source: Path, written: list[Exported], on_event: Callable[[Event], None] | None) -> int:
    """Where the run's own export failed its check: check what was written, and say how that went.

    Returns:
        The exit code.
    """
    from acq_engine.export.verify.of_run import check_failed, verify_run

    if source.is_file() or not check_failed(source):
        return 0
    if on_event is None:
        human().print(Text("The run's own export failed its verification, so what was written is verified now."))
    code = 0
    for done in written:  # trust: this very program has just written the file
        result = verify_run(source, done.path, trust=True, on_event=on_event)
        if not result.passed:
            code = VerificationError.exit_code
        if on_event is None:
            human().print(Text(f"{done.path}\n{verification_text(result)}"))
    if code and on_event is None:
        human().print(Text("Do not use a file that failed: it does not compute what the quantized model computes."))
    return code
