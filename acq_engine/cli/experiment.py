"""acq experiment: what the method's losses do, as tables and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Optional

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from acq_engine.cli.console import human
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import ConfigOption, SampleOption, StepsOption, with_setting_options
from acq_engine.cli.subject import open_subject, shown_progress
from acq_engine.errors import ConfigError
from acq_engine.settings import TestSetConfig

if TYPE_CHECKING:
    from acq_engine.experiments import Result
    from acq_engine.experiments.base import Column, Row

NAME = "experiment"
Name = Literal["centres", "diversity", "consistency", "tradeoff", "features"]


@with_setting_options()
def run(
    name: Annotated[Name, typer.Argument(metavar="EXPERIMENT", show_default=False, help=(
        "centres: do attention centres match their targets? diversity: does the pair loss keep samples different? "
        "consistency: do the penalties make eval and train mode agree? tradeoff: centre weight against pair weight. "
        "features: synthetic samples against real images."))],
    model: Annotated[Optional[str], typer.Argument(  # noqa: UP045 - typer reads it at run time
        metavar="RUN|MODEL", show_default=False,
        help="A run folder, whose trained generator is used; or a model, as 'acq quantize' takes it.",
    )] = None,
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for tables and figures.")],
    sample: SampleOption = None,
    config: ConfigOption = None,
    steps: StepsOption = None,
    samples: Annotated[int, typer.Option(min=16, max=100_000, help="Number of synthetic samples to measure on.")] = 512,
    seeds: Annotated[Optional[str], typer.Option(  # noqa: UP045
        metavar="0,1,2", help="Train one generator per seed, and show mean and spread.")] = None,
    compare: Annotated[bool, typer.Option("--compare", help=(
        "For a run: also train its counterpart, for the same steps."))] = False,
    grid: Annotated[str, typer.Option(metavar="0,1,4", help=(
        "Weights of both losses for tradeoff; or CENTRE:PAIR, such as 0,4:0,3."))] = "0,1,4",
    images: Annotated[Optional[Path], typer.Option(  # noqa: UP045
        metavar="PATH", help="Real images for features; default: the settings' test images.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Overwrite older files of the experiment.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON.")] = False,
    **settings: Any,
) -> None:
    """Measure the effect of the method's losses on the samples."""
    weights = _grid(grid)
    chosen_seeds = _seeds(seeds)
    with json_output(json) as lines, ends_at_once():
        from acq_engine.experiments import EXPERIMENTS, About, Options, check_target, write

        check_target(out, name, overwrite)
        subject = open_subject(model, sample, config, steps, settings)
        with shown_progress() as told:
            options = Options(
                seeds=chosen_seeds or (subject.config.seed,), samples=samples,
                compare=compare or subject.generator_state is None, grid=weights, progress=told,
                images=_images(subject, images) if name == "features" else None,
            )
            about = About.of(name, subject, options)
            result = EXPERIMENTS[name].run(subject, options)
        summary = result.summary()
        files = write(out, result, about, summary)
        if lines is not None:
            lines.value({"about": about, "summary": summary, "rows": result.rows, "notes": result.notes,
                         "files": [str(file.resolve()) for file in files]})
    if json:
        return
    _show(result, summary)
    if not options.compare and name in ("centres", "diversity", "consistency"):
        human().print(Text("Only the run's own generator; --compare trains its counterpart as well."))
    human().print(Text(about.line()))
    for file in files:
        human().print(Text(str(file)))


def _grid(text: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    parts = [tuple(_numbers(part, "--grid", float)) for part in text.split(":")]
    if len(parts) > 2 or any(not 0 <= value <= 100 for part in parts for value in part):
        raise ConfigError("--grid needs weights from 0 to 100.", cause=f"Found: {text}", hint="--grid 0,1,4")
    return parts[0], parts[-1]


def _seeds(text: str | None) -> tuple[int, ...]:
    found = tuple(_numbers(text, "--seeds", int)) if text is not None else ()
    if any(not 0 <= seed < 2**31 for seed in found):
        raise ConfigError("A seed is a number from 0 to 2147483647.", cause=f"Found: {text}")
    return found


def _numbers(text: str, flag: str, kind: Any) -> list[Any]:
    try:
        return list(dict.fromkeys(kind(part) for part in text.split(",")))
    except ValueError as error:
        raise ConfigError(f"{flag} needs comma-separated numbers.", cause=f"Found: {text}",
                          hint=f"For example: {flag} 0,1,4") from error


def _images(subject: Any, path: Path | None) -> Any:
    from acq_engine.test_sets.loading import load_test_set

    config = subject.config.test_set if path is None else TestSetConfig(path=path)
    return load_test_set(config, subject.loaded)


def _show(result: Result, summary: list[Row]) -> None:
    table = Table(title=result.question, title_justify="left", box=box.SIMPLE_HEAD,
                  padding=(0, 1, 0, 0))
    for column in (*result.names, *result.figures):
        words = column.key == "variant"
        table.add_column(column.title, justify="left" if words else "right", no_wrap=words)
    for line in summary:
        table.add_row(*(_name(line[column.key]) for column in result.names),
                      *(_figure(line, column) for column in result.figures))
    console = human()
    console.print(table)
    for note in result.notes:
        console.print(Text(note))


def _name(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _figure(line: Row, column: Column) -> str:
    value, spread = line[column.key], line[f"{column.key}_spread"]
    if value is None:
        return "\u2013"
    return f"{value:,.{column.places}f}" + ("" if spread is None else f" ± {spread:,.{column.places}f}")
