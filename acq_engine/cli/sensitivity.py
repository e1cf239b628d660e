"""acq sensitivity: what each layer's weights and each activation cost at each bit-width, and the best bits for each."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import ConfigOption, SampleOption, StepsOption, with_setting_options
from acq_engine.cli.subject import open_subject, shown_progress
from acq_engine.errors import ConfigError, StorageError
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
    from rich.console import Console

    from acq_engine.quantization.allocation import Allocation
    from acq_engine.quantization.sensitivity import LayerSensitivity

NAME = "sensitivity"


@with_setting_options()
def run(
    model: Annotated[Optional[str], typer.Argument(  # noqa: UP045 - typer reads it at run time
        metavar="RUN|MODEL", show_default=False,
        help="A run folder, whose generator is used; or a model, as 'acq quantize' takes it.",
    )] = None,
    *,
    sample: SampleOption = None,
    config: ConfigOption = None,
    size_kb: Annotated[Optional[float], typer.Option(  # noqa: UP045
        metavar="KB", help="Allocate bits so that all packed weights fit into this size, in kilobytes of 1,000 "
        "bytes.")] = None,
    steps: StepsOption = None,
    samples: Annotated[Optional[int], typer.Option(  # noqa: UP045
        min=2, max=4096, help="Number of synthetic samples to measure on; default: 64 at 32 pixels, 8 at 224.")] = None,
    write: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="Write settings with the allocated bits, for: acq quantize --config FILE")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Overwrite FILE if it exists.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
    **settings: Any,
) -> None:
    """Show how sensitive weights and activations are at 2 to 8 bits, and allocate bits within a budget."""
    with json_output(json) as lines, ends_at_once():
        mean_bits = settings.get("quantization__mean_bits")
        if mean_bits is not None and size_kb is not None:
            raise ConfigError("Two budgets were given.", cause="--mean-bits and --size-kb.", hint="Omit one.")
        if write is not None and write.exists() and not overwrite:
            raise StorageError("A file with this name already exists.", cause=str(write), hint="Allow it: --overwrite")
        subject = open_subject(model, sample, config, steps, settings, changeable=("quantization",))
        mean_bits = subject.config.quantization.average_bits() if size_kb is None else None
        if write is not None and mean_bits is None and size_kb is None:
            raise ConfigError("There is no budget for the bit "
                              "allocation.", hint="Specify one: --mean-bits 3 or --size-kb "
                                                                             "100")
        from acq_engine.pipeline.bit_allocation import choose_activation_bits, choose_bits, sensitivity_samples
        from acq_engine.quantization.sensitivity import measure, measure_activations, sample_count

        with shown_progress() as told:
            session = subject.session(progress=told)
            student = session.build_student()
            drawn = sensitivity_samples(session, samples or sample_count(student.input_shape))
            found = measure(student, drawn, progress=lambda done, total: told("sensitivity of weights", done, total))
            activations = measure_activations(
                student, drawn, student.activation_quantizers(),
                progress=lambda done, total: told("sensitivity of activations", done, total))
        of_activations = choose_activation_bits(student, activations, subject.config.quantization)
        chosen = choose_bits(student, found, subject.config.quantization, mean_bits,
                             None if size_kb is None else int(size_kb * 1000))
        if write is not None:
            _write(write, subject.config, chosen, {student.layers()[0].name, student.layers()[-1].name})
        if lines is not None:
            lines.value({
                "layers": found, "chosen": chosen, "activations": activations,
                "chosen_activations": {"bits": of_activations.bits, "error": of_activations.error,
                                       "mean_bits": of_activations.mean_bits},
                "written": None if write is None else str(write.resolve()),
            })
    if not json:
        _show(found, chosen)
        _show_activations(activations, of_activations)
        if write is not None:
            human().print(Text(f"written: {write}"))


def _write(path: Path, config: RunConfig, chosen: Allocation, ends: set[str]) -> None:
    from acq_engine.files import storage_errors, write_atomic

    # First and last layer follow their own setting; all others get the bits that were chosen.
    bits = {name: own for name, own in chosen.bits.items()
            if name not in ends or name in config.quantization.layer_bits}
    quantization = config.quantization.model_copy(update={"layer_bits": bits, "mean_bits": None})
    text = config.model_copy(update={"quantization": quantization}).to_json()
    with storage_errors("The settings can't be written.", path):
        write_atomic(path, (text + "\n").encode("utf-8"))


def _show(found: list[LayerSensitivity], chosen: Allocation) -> None:
    console = human()
    _print_table(console, "Error of the output, in %, if only one layer's weights have this many bits",
                 ("layer", "weights", "number"), found, chosen)
    mean = "" if math.isnan(chosen.mean_bits) else (
        f", {chosen.mean_bits:.2f} bits on average without first, last and locked layers")
    console.print(Text(f"packed weights {chosen.packed_bytes / 1000:,.1f} kB{mean}; total error "
                       f"{100 * chosen.error:.3g} %\n"))


def _show_activations(found: list[LayerSensitivity], chosen: Allocation) -> None:
    if not found:
        return
    console = human()
    _print_table(console, "Error of the output, in %, if only one activation has this many bits",
                 ("activation", "size", "values"), found, chosen)
    if any(mark in one.name for one in found for mark in "@#"):
        console.print(Text("@1: the second use of the same module. #1: the same activation, quantized with other bits "
                           "for other layers."))
    mean = "" if math.isnan(chosen.mean_bits) else (
        f"{chosen.mean_bits:.2f} bits on average without those that have 8 in any case; ")
    console.print(Text(f"activations: {mean}total error {100 * chosen.error:.3g} %"))


def _print_table(
    console: Console, title: str, titles: tuple[str, str, str], found: list[LayerSensitivity], chosen: Allocation
) -> None:
    """One line for each; without the shapes where the terminal is too narrow for them."""
    widths = sorted(found[0].errors)
    rows = [[*titles, *map(str, widths), "bits"]]
    rows += [[one.name, "x".join(map(str, one.shape)), f"{one.parameters:,}",
              *(_percent(one.errors[bits]) for bits in widths), str(chosen.bits[one.name])] for one in found]
    room = sum(2 + max(map(len, column)) for column in zip(*rows, strict=True))  # with the space between two columns
    if room > console.width:
        rows = [[row[0], *row[2:]] for row in rows]
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for name in rows[0]:
        is_text = name in titles[:2]
        table.add_column(name, justify="left" if is_text else "right", no_wrap=not is_text, overflow="fold")
    for row in rows[1:]:
        table.add_row(*map(Text, row))
    console.print(table)


def _percent(error: float) -> str:
    percent = 100 * error
    return "<.01" if percent < 0.01 else f"{percent:.2f}" if percent < 10 else f"{percent:.0f}"
