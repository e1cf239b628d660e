"""acq evaluate: accuracy of a float model, or of all models of a run, on labelled images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from pydantic import ValidationError
from rich.table import Table

from acq_engine.cli.console import ask, at_terminal, human, notes, say_message
from acq_engine.cli.download import download_bar
from acq_engine.cli.driver import json_output
from acq_engine.cli.interrupts import ends_at_once
from acq_engine.cli.options import SampleOption, with_setting_options
from acq_engine.errors import ConfigError, DataError
from acq_engine.events import Evaluated, LogMessage
from acq_engine.settings import TestSetConfig, config_error
from acq_engine.settings.command_line import build_config
from acq_engine.settings.options import given_settings
from acq_engine.store import RunStore, is_run

NAME = "evaluate"


@with_setting_options("model", "test_set")
def run(
    model: Annotated[Optional[str], typer.Argument(  # noqa: UP045 - typer reads it at run time
        metavar="RUN|MODEL", show_default=False,
        help="A run folder, a file with weights, or the name of a torchvision model.",
    )] = None,
    *,
    sample: SampleOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print every result as one line of JSON.")] = False,
    **settings: Any,
) -> None:
    """Evaluate a run's models, or a float model, on test images."""
    asking = not json and at_terminal()
    with json_output(json) as lines, ends_at_once():
        if model is not None and is_run(model):
            given = given_settings(settings)
            if sample is not None or set(given) - {"test_set"}:
                raise ConfigError(
                    "A run has its own model: only the test images can be chosen.", cause=model,
                    hint="Omit the other options, or specify a model instead of a run.",
                )
            results = _of_run(Path(model), given.get("test_set", {}), asking)
        else:
            results = _of_model(model, sample, settings, asking)
        measured: list[Evaluated] = []
        for event in results:
            if lines is not None:
                lines.event(event)
            else:
                say_message(event)
            if isinstance(event, Evaluated):
                measured.append(event)
    if not json:
        _show(measured)


def _of_run(folder: Path, given: dict[str, Any], asking: bool) -> Iterator[Evaluated | LogMessage]:
    """Float, quantized and, if it is there, exported model of a run."""
    from acq_engine.export.from_run import load_student
    from acq_engine.export.verify.proof import onnx_predictor

    store = RunStore.open(folder)
    student, loaded = load_student(folder)
    try:
        test_set = TestSetConfig.model_validate(store.config.test_set.model_dump() | given)
    except ValidationError as error:
        raise config_error(error) from error
    models: dict[Any, Callable[..., Any]] = {"float": loaded.module, "student": student}
    if (folder / "model.onnx").is_file():
        models["exported"] = onnx_predictor(folder / "model.onnx")
    yield from _measure(models, test_set, loaded, store.config.quantization.convention, asking=asking)


def _of_model(
    model: str | None, sample: str | None, settings: dict[str, Any], asking: bool
) -> Iterator[Evaluated | LogMessage]:
    from acq_engine.models import load_model

    config = build_config(model, sample, None, settings)
    with download_bar() as progress:
        loaded = load_model(config.model, progress=progress)
    yield from _measure({"float": loaded.module}, config.test_set, loaded, config.quantization.convention,
                        asking=asking)


def _measure(
    models: dict[Any, Callable[..., Any]], config: TestSetConfig, loaded: Any, convention: Any, *, asking: bool
) -> Iterator[Evaluated | LogMessage]:
    from acq_engine.evaluation.accuracy import evaluate
    from acq_engine.test_sets.loading import load_test_set

    test_set = load_test_set(config, loaded)
    for question in test_set.questions if test_set is not None and asking else ():
        config = config.model_copy(update={question.setting.rpartition(".")[2]: ask(question)})
        test_set = load_test_set(config, loaded)
    if test_set is None:
        raise DataError(
            "There are no test images to evaluate on.",
            hint="Specify an .npz file, or a folder with one subfolder per class: --test-set PATH",
        )
    for warning in (*loaded.warnings(), *(question.said for question in loaded.questions)):
        yield LogMessage("warning", warning)
    for note in (*test_set.notes, *test_set.warnings):
        yield LogMessage("info" if note in test_set.notes else "warning", note)
    if test_set.skipped:
        notes().print(f"{test_set.skipped} of {test_set.skipped + len(test_set):,} test images can't be read "
                      "and are skipped.")
    reference = None
    for subject, predict in models.items():
        result = evaluate(predict, test_set, loaded, reference=reference)
        reference = result.predictions if reference is None else reference
        yield result.event(subject, convention=convention)


def _show(results: list[Evaluated]) -> None:
    table = Table(title=f"{results[0].images:,} test images", title_justify="left")
    for title in ("model", "top-1, %", "top-5, %", "agreement, %"):
        table.add_column(title, justify="left" if title == "model" else "right")
    names = {"float": "float", "student": "quantized", "exported": "exported"}
    for event in results:
        figures = (event.top1, event.top5, event.agreement)
        table.add_row(names[event.subject], *("" if value is None else f"{value:.2f}" for value in figures))
    human().print(table)
