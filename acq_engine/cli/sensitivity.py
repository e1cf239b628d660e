"""acq sensitivity: what the weights of each layer cost at each bit-width, and how many bits each should get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import with_setting_options
from acq_engine.cli.subject import open_subject, shown_progress
from acq_engine.errors import ConfigError, StorageError
from acq_engine.settings import RunConfig

if TYPE_CHECKING:
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
    sample: Annotated[Optional[str], typer.Option(metavar="NAME", help="The built-in classifier: fashion.")] = None,  # noqa: UP045
    config: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="Settings to start from: a settings file, a run.json, or a run folder.")] = None,
    size_kb: Annotated[Optional[float], typer.Option(  # noqa: UP045
        metavar="KB", help="Allocate bits so that all packed weights fit into this size, in kilobytes of 1,000 "
        "bytes.")] = None,
    steps: Annotated[Optional[int], typer.Option(  # noqa: UP045
        min=1, help="Generator steps for a model; default: the preset's warm-up.")] = None,
    samples: Annotated[Optional[int], typer.Option(  # noqa: UP045
        min=2, max=4096, help="Number of synthetic samples to measure on; default: 64 at 32 pixels, 8 at 224.")] = None,
    write: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="FILE", help="Write settings with the allocated bits, for: acq quantize --config FILE")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Overwrite FILE if it exists.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
    **settings: Any,
) -> None:
    """Show how sensitive each layer is at 2 to 8 bits, and allocate bits within a budget."""
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
        from acq_engine.pipeline.bit_allocation import choose_bits, sensitivity_samples
        from acq_engine.quantization.sensitivity import measure, sample_count

        with shown_progress() as told:
            session = subject.session(progress=told)
            student = session.build_student()
            found = measure(student, sensitivity_samples(session, samples or sample_count(student.input_shape)),
                            progress=lambda done, total: told("sensitivity", done, total))
        chosen = choose_bits(student, found, subject.config.quantization, mean_bits,
                             None if size_kb is None else int(size_kb * 1000))
        if write is not None:
            _write(write, subject.config, chosen, {student.layers()[0].name, student.layers()[-1].name})
        if lines is not None:
            lines.value({"layers": found, "chosen": chosen, "written": None if write is None else str(write.resolve())})
    if not json:
        _show(found, chosen)
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
    widths = sorted(found[0].errors)
    table = Table(title="Error of the output, in %, if only one layer's weights have this many bits",
                  title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for title in ("layer", "weights", "number", *map(str, widths), "bits"):
        table.add_column(title, justify="left" if title in ("layer", "weights") else "right", overflow="fold",
                         no_wrap=title != "weights")
    for layer in found:
        table.add_row(Text(layer.name), "x".join(map(str, layer.shape)), f"{layer.parameters:,}",
                      *(_percent(layer.errors[bits]) for bits in widths), str(chosen.bits[layer.name]))
    console.print(table)
    mean = "" if chosen.mean_bits != chosen.mean_bits else (
        f", {chosen.mean_bits:.2f} bits on average without first, last and locked layers")
    console.print(Text(f"packed weights {chosen.packed_bytes / 1000:,.1f} kB{mean}; total error "
                       f"{100 * chosen.error:.3g} %"))


def _percent(error: float) -> str:
    percent = 100 * error
    return "<.01" if percent < 0.01 else f"{percent:.2f}" if percent < 10 else f"{percent:.0f}"
