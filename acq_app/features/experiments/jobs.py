"""An experiment as work for a thread: the engine measures, and what the dialog shows comes back as plain values."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from acq_app.appearance.language import grouped, said
from acq_app.dialogs.experiments import Asked, Outcome
from acq_app.run.jobs import Emit, Job

if TYPE_CHECKING:
    from acq_engine.experiments.base import Column, Row
    from acq_engine.experiments.writing import About

FOLDER = "experiments"  # in the run's own


class _StoppedError(Exception):
    """The user has enough of it."""


@dataclass
class ExperimentJob(Job):
    """Measure on a run's generator, write tables and picture into its folder. `title`, `done`, `total`: how far it is.

    Generators that are not the run's own are trained; between their steps it can be stopped.
    """

    run_dir: Path
    asked: Asked
    title: str = ""
    done: int = 0
    total: int = 0
    worth_asking = True
    _stopped: threading.Event = field(default_factory=threading.Event)

    def run(self, emit: Emit) -> Outcome | None:
        """What came out; None where it was stopped.

        Raises:
            StorageError: the run has no checkpoint, or the folder can't be written.
            AcqError: the run's model or its images can't be read, or the experiment can't be done with it.
        """
        del emit
        from acq_engine.experiments import EXPERIMENTS, About, Options, check_target, write
        from acq_engine.pipeline.subject import Subject
        from acq_engine.test_sets.loading import load_test_set

        asked, folder = self.asked, self.run_dir / FOLDER
        subject = Subject.of_run(self.run_dir)
        check_target(folder, asked.name, overwrite=True)
        images = load_test_set(subject.config.test_set, subject.loaded) if asked.name == "features" else None
        options = Options(seeds=(subject.config.seed,), samples=asked.samples, compare=asked.compare,
                          grid=(asked.weights, asked.weights), images=images, progress=self._tell)
        about = About.of(asked.name, subject, options)
        try:
            result = EXPERIMENTS[asked.name].run(subject, options)
        except _StoppedError:
            return None
        if self._stopped.is_set():
            return None
        summary = result.summary()
        files = write(folder, result, about, summary)
        rows = tuple(tuple(_cell(line, column) for column in (*result.names, *result.figures)) for line in summary)
        picture = next(path for path in files if path.suffix == ".png")
        heads = tuple(said(column.title) for column in (*result.names, *result.figures))
        return Outcome(asked.name, heads, rows, tuple(said(note) for note in result.notes), _line(about), picture)

    def _tell(self, title: str, done: int, total: int) -> None:
        self.title, self.done, self.total = title, done, total
        if self._stopped.is_set():
            raise _StoppedError

    def cancel(self) -> None:
        """Stop after the current step of a generator."""
        self._stopped.set()


def _line(about: About) -> str:
    """On what it was measured, in one line."""
    text = QCoreApplication.translate(
        "Experiments", "{0}, {1}; generator: {2} steps, batch {3}; {4} samples, seed {5}; {6}")
    seeds = ", ".join(map(str, about.seeds))
    return text.format(about.model, about.method, grouped(about.steps), about.generator_batch, grouped(about.samples),
                       seeds, f"{about.device}, {about.machine}")


def _cell(line: Row, column: Column) -> str:
    """A figure with its spread, or a name."""
    value: Any = line[column.key]
    spread = line.get(f"{column.key}_spread")
    if value is None:
        return "\u2013"
    if isinstance(value, str):
        return said(value)
    if f"{column.key}_spread" not in line:
        return f"{value:g}"
    form = f".{column.places}f"
    return grouped(value, form) + ("" if spread is None else f" \u00b1 {grouped(spread, form)}")
