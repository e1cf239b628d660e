"""Results as files: NAME.csv, NAME_TABLE.csv, NAME.png and NAME.json, each whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from acq_engine import __version__
from acq_engine.errors import StorageError
from acq_engine.evaluation.machine import machine
from acq_engine.experiments.base import Options, Result, Row
from acq_engine.experiments.drawing import sheet
from acq_engine.files import storage_errors, write_atomic
from acq_engine.pipeline.subject import Subject
from acq_engine.store.serialization import to_plain


@dataclass(frozen=True)
class About:
    """What an experiment was done with; it stands in each of its files."""

    experiment: str
    model: str
    method: str
    steps: int  # of the generator
    generator_batch: int
    samples: int
    seeds: tuple[int, ...]
    device: str
    machine: str
    version: str
    run: str | None = None  # the run folder's name

    @classmethod
    def of(cls, name: str, subject: Subject, options: Options) -> About:
        """Gathered from what is asked for."""
        schedule = subject.config.schedule
        return cls(name, subject.loaded.name, subject.config.method, subject.steps, schedule.generator_batch,
                   options.samples, options.seeds, str(subject.device), machine(str(subject.device)), __version__,
                   None if subject.source is None else subject.source.resolve().name)

    def line(self) -> str:
        """All of it in one line."""
        seeds = ", ".join(map(str, self.seeds))
        return (f"{self.model}, {self.method}, {self.steps:,} generator steps of {self.generator_batch}, "
                f"{self.samples:,} samples, seed{'s' * (len(self.seeds) > 1)} {seeds}; {self.device}, {self.machine}")


def check_target(folder: Path, name: str, overwrite: bool) -> None:
    """Make the folder; asked before anything is trained in vain.

    Raises:
        StorageError: it can't be made or written, or it has this experiment's files and `overwrite` is off.
    """
    with storage_errors("The folder can't be created.", folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageError("The folder can't be written.", cause=str(folder), hint="Choose another folder.")
    if (folder / f"{name}.csv").exists() and not overwrite:
        raise StorageError(
            "The folder already contains this experiment.", cause=str(folder / f"{name}.csv"),
            hint="Choose another folder, or allow overwriting: --overwrite",
        )


def write(folder: Path, result: Result, about: About, summary: Sequence[Row]) -> list[Path]:
    """Write all files of a result.

    Args:
        folder: Where; it is there.
        result: What came out.
        about: What it was done with.
        summary: `result.summary()`.

    Returns:
        The files.

    Raises:
        StorageError: the disk refuses.
    """
    name = about.experiment
    common = {"model": about.model, "method": about.method, "steps": about.steps, "machine": about.machine}
    files = {f"{name}.csv": _csv([row | common for row in result.rows])}
    files |= {f"{name}_{table}.csv": _csv(rows) for table, rows in result.more.items() if rows}
    picture = io.BytesIO()
    sheet(result.panels, title=result.question, footer=about.line()).save(picture, "PNG")
    files[f"{name}.png"] = picture.getvalue()
    plain = to_plain({"schema": 1, "about": asdict(about), "question": result.question, "summary": summary,
                      "rows": result.rows, "notes": result.notes})
    files[f"{name}.json"] = (json.dumps(plain, indent=2, allow_nan=False) + "\n").encode()
    for file, data in files.items():
        with storage_errors("The result can't be written.", folder / file):
            write_atomic(folder / file, data)
    return [folder / file for file in files]


def _csv(rows: Sequence[Row]) -> bytes:
    """A header and the rows; what was not measured is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return "" if value != value else f"{value:.6g}"
    return "" if value is None else value
