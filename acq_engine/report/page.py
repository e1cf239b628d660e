"""The whole page, and writing it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from acq_engine import __version__
from acq_engine.errors import first_line
from acq_engine.files import storage_errors, write_atomic
from acq_engine.report.html import paragraph, section
from acq_engine.report.run_data import RunData, gather
from acq_engine.report.sections import SECTIONS
from acq_engine.report.style import CSS
from acq_engine.store import RunStore


def build_report(run: Path | str) -> str:
    """The report of a run folder as one HTML page without links to anything outside it.

    Raises:
        StorageError: there is no run, or it can't be read.
    """
    return _page(gather(RunStore.open(run)))


def write_report(run: Path | str, target: Path | str | None = None) -> Path:
    """Write the report of a run folder, whole or not at all.

    Args:
        run: The run folder, also of a run that is still going on.
        target: The file; None writes report.html into the run folder.

    Returns:
        The file.

    Raises:
        StorageError: the run can't be read, or the file can't be written.
    """
    page = build_report(run)
    path = Path(target) if target is not None else Path(run) / "report.html"
    with storage_errors("The report can't be written.", path):
        write_atomic(path, page.encode("utf-8"))
    return path


def _section(part: Callable[[RunData], str], data: RunData) -> str:
    """A section; one whose figures can't be drawn costs only itself."""
    try:
        return part(data)
    except (ArithmeticError, ValueError, LookupError, TypeError) as error:
        return section(part.__name__.capitalize(), paragraph(
            f"This section is missing: the run contains values that can't be shown ({first_line(error)}).", "bad"))


def _page(data: RunData) -> str:
    model, bits = data.info.model, data.info.config.quantization
    name = model.name if model is not None else data.info.config.model.name
    title = f"{name} at {bits.weight_text()} / {bits.activation_text()} bits"
    about = ""
    if model is not None:
        channels, height, width = model.input_shape
        about = (f"{model.arch}, {model.parameters:,} parameters, {model.bn_layers} batch norms, "
                 f"{model.num_classes:,} classes, input {channels} x {height} x {width}. ")
    about += f"Method {data.info.config.method}, preset {data.info.config.schedule.preset}, {data.info.created}."
    body = "".join(_section(part, data) for part in SECTIONS)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Nothing is fetched, whatever a stranger's run folder tries to smuggle in.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        'style-src \'unsafe-inline\'">'
        f'<meta name="generator" content="ACQ Studio {__version__}"><title>{escape(title)}</title>'
        f"<style>{CSS}</style></head><body><h1>{escape(title)}</h1>{paragraph(about, 'muted')}{body}</body></html>\n"
    )
