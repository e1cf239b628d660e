"""RUN|MODEL on the command line: a run's trained generator, or a model whose generator is trained now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from acq_engine.cli.console import notes
from acq_engine.errors import ConfigError
from acq_engine.settings.command_line import build_config
from acq_engine.settings.options import given_settings
from acq_engine.store import is_run

if TYPE_CHECKING:
    from acq_engine.pipeline.subject import Progress as Told
    from acq_engine.pipeline.subject import Subject


def open_subject(
    target: str | None, sample: str | None, config: Path | None, steps: int | None, settings: dict[str, Any],
    *, changeable: tuple[str, ...] = (),
) -> Subject:
    """What the command line names.

    Args:
        target: A run folder, or a model as `acq quantize` takes it.
        sample: The name of a built-in sample.
        config: Settings to start from.
        steps: Generator steps, for a model.
        settings: The typed options by parameter name.
        changeable: Sections of the settings that may be changed for a run too.

    Raises:
        ConfigError: no model, two models, or options that a finished run can't take.
        AcqError: the run or the model can't be read.
    """
    import torch

    from acq_engine.pipeline.subject import Subject
    from acq_engine.settings import RunConfig

    given = given_settings(settings)
    if target is None or not is_run(target):
        chosen = build_config(target, sample, config, settings)
        if chosen.threads is not None:
            torch.set_num_threads(chosen.threads)
        return Subject.of_model(chosen, steps)
    other = sorted({*given.pop("", {}), *(name for section in given if section not in changeable
                                          for name in given[section])} - {"device", "threads"})
    if other or steps is not None or sample is not None or config is not None:
        named = [*other, *("steps",) * (steps is not None), *("sample",) * (sample is not None),
                 *("config",) * (config is not None)]
        raise ConfigError(
            "A run keeps its settings.", cause=f"Given in addition to the run: {', '.join(named)}.",
            hint=f"To train with other settings: --config {target} instead of {target}.",
        )
    general = given_settings(settings).get("", {})
    if general.get("threads") is not None:
        torch.set_num_threads(general["threads"])
    subject = Subject.of_run(target, general.get("device"))
    data = subject.config.model_dump()
    for section in changeable:
        data[section].update(given.get(section, {}))
    return Subject(subject.loaded, RunConfig.from_data(data), subject.device, subject.steps, subject.generator_state,
                   subject.source)


@contextmanager
def shown_progress() -> Iterator[Told]:
    """A line on standard error that says what is being done and how far it is; nothing where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = notes()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def told(title: str, done: int, total: int) -> None:
            bar.update(task, description=title, completed=done, total=total)

        yield told
