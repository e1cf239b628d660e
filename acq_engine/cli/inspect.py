"""acq inspect: what a model is made of, and what would be quantized."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.download import download_bar
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import SampleOption, with_setting_options
from acq_engine.settings.command_line import build_config

if TYPE_CHECKING:
    from acq_engine.models.inspect import Inspection, LayerRow

NAME = "inspect"


@with_setting_options("model", "quantization")
def run(
    model: Annotated[Optional[str], typer.Argument(  # noqa: UP045 - typer reads it at run time
        metavar="MODEL", show_default=False, help="A file with weights, or the name of a torchvision model.",
    )] = None,
    *,
    sample: SampleOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
    **settings: Any,
) -> None:
    """Show a model's layers and the bits that each would get."""
    with json_output(json) as lines, ends_at_once(), download_bar() as progress:
        from acq_engine.models import load_model
        from acq_engine.models.inspect import inspect_model
        from acq_engine.quantization.plan import with_plan

        config = build_config(model, sample, None, settings)
        loaded = load_model(config.model, progress=progress)
        found = with_plan(inspect_model(loaded, config.quantization), loaded, config.quantization)
        if lines is not None:
            lines.value(found)
    if not json:
        _show(found)


def _show(found: Inspection) -> None:
    console = human()
    summary = found.summary
    channels, height, width = summary.input_shape
    console.print(Text(f"{summary.name}: {summary.arch}, {summary.num_classes:,} classes", style="bold"))
    mean, std = _numbers(found.mean), _numbers(found.std)
    console.print(Text(f"input {channels} x {height} x {width}, mean {mean}, std {std}"))
    console.print(Text(
        f"{found.parameters:,} parameters, {found.multiply_adds:,} multiply-adds, {found.batch_norms} batch norms, "
        f"{found.quantizable} layers to quantize"
    ))
    for note in found.notes:
        console.print(Text(note))
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)  # 80 columns hold the usual networks
    for title in ("layer", "type", "output", "parameters", "mult-adds", "bits", ""):
        table.add_column(title, justify="right" if title in ("parameters", "mult-adds", "bits") else "left",
                         overflow="fold", no_wrap=title in ("output", "parameters", "mult-adds", "bits"))
    for row in found.rows[1:]:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    console.print(table)
    layers = ", ".join(summary.attention_layers[:5])
    console.print(Text(f"layers for --attention-layer, last one first: {layers}"))


def _cells(row: LayerRow) -> tuple[str, ...]:
    name = "  " * (row.depth - 1) + row.name.rpartition(".")[2]
    shape = "x".join(map(str, row.output_shape)) if row.output_shape else ""
    bits = str(row.weight_bits) if row.quantizable and row.weight_bits is not None else ""
    folded = row.is_batch_norm and not row.note.startswith("Stays")
    measured = row.type.endswith("Statistics")  # which the first lines say
    note = "" if folded or measured else row.note  # said of each one it would hide the notes that matter
    return (name, row.type, shape, f"{row.parameters:,}" if row.parameters else "",
            _short(row.multiply_adds), bits, note)


def _short(count: int) -> str:
    """Millions or thousands, as far as they matter; nothing for 0."""
    if count >= 1_000_000:
        return f"{count / 1e6:,.1f} M"
    return f"{count / 1e3:,.1f} k" if count else ""


def _numbers(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:.4g}" for value in values)
