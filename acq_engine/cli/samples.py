"""acq samples: images of a run as a calibration set for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once

NAME = "samples"


def run(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder with a checkpoint.")],
    out: Annotated[Path, typer.Option(
        metavar="FOLDER|FILE.npz", help="A new folder for PNG files and labels.csv, or a file of arrays: images "
        "(pixels), inputs (normalized), labels.")],
    count: Annotated[int, typer.Option(min=1, help="Number of images.")] = 256,
    device: Annotated[Optional[str], typer.Option(help="Where to compute; default: as the run did.")] = None,  # noqa: UP045
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Overwrite an earlier set.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
) -> None:
    """Save images of a run as a calibration set for other quantization tools."""
    with json_output(json) as lines, ends_at_once():
        from acq_engine.models import load_teacher
        from acq_engine.pipeline.calibration_set import make_calibration_set, write_calibration_set

        images = make_calibration_set(folder, count, device=device)
        path = write_calibration_set(images, load_teacher(folder), out, overwrite=overwrite)
        if lines is not None:
            lines.value({"path": str(path.resolve()), "images": len(images), "samples": int(images.is_sample.sum()),
                         "recognised": images.recognised})
    if not json:
        for sentence in images.sentences():
            human().print(Text(sentence))
        human().print(Text(str(path)))
